// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>

namespace app {

/// A file of an example workspace as it is at the demo host. Of gantry.yaml and of what runbooks
/// name, only the environments whose names begin with "demo" are left: the others are at hosts that
/// do not exist, and nothing that is tried out reaches for those. addresses: by what stands for
/// each in the example. Pure.
[[nodiscard]] QByteArray demoPartOf(const QByteArray& text,
                                    const QMap<QByteArray, QByteArray>& addresses);

} // namespace app

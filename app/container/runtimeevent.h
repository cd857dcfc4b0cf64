// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace app {

/// The containers to which something happened, in the complete lines of pending, which are taken
/// out of it: a runtime's events, one JSON object a line, as the API and the command write them.
/// What leaves a container as it is (a command in it, a look at it) does not count. Pure.
[[nodiscard]] QStringList changedContainers(QByteArray& pending);

} // namespace app

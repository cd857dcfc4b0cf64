// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace models {

/// Whether it can name an environment, a host or a workspace's id: it goes on command lines, into
/// paths and on screen. Letters, digits, dots, dashes and underscores, at most 100.
[[nodiscard]] bool isPlainName(QStringView name);
/// Whether ssh can connect to it: "user@host", or a name of ~/.ssh/config. One that begins with a
/// dash would be read as an option.
[[nodiscard]] bool isDestination(QStringView text);

} // namespace models

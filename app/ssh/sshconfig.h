// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostsettings.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace app {

/// All that the meaning of a configuration depends on besides its text.
struct SshSurroundings {
    QString home;
    QString user;      ///< who we are here
    QString localName; ///< of this machine
    QString userId;
    /// Content of a file, or nothing where it cannot be read.
    std::function<std::optional<QByteArray>(const QString& path)> read;
    /// The files that a pattern names, sorted.
    std::function<QStringList(const QString& pattern)> glob;
    std::function<std::optional<QString>(const QString& name)> variable;
};

/// The settings for a host as the workspace, or a person, writes it: an alias of ~/.ssh/config,
/// "user@host:port" or "ssh://…". Reads ~/.ssh/config and /etc/ssh/ssh_config as ssh_config(5)
/// says; what is in them and is not honoured here is in the notes. Pure, but for what surroundings
/// do. Runs no command: a Match exec never applies.
[[nodiscard]] models::Result<HostSettings>
resolveHost(const QString& name, const QString& destination, const SshSurroundings& surroundings);

/// This machine and whoever runs the program. Reading blocks.
[[nodiscard]] SshSurroundings ourSurroundings();

} // namespace app

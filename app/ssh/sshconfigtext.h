// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <optional>

namespace app {

/// One line of an ssh_config(5) file that says something.
struct SshConfigLine {
    int number = 0;
    QString keyword; ///< lower case
    QString spelled; ///< as it stands there
    QStringList arguments;
};

/// Comments and empty lines are left out; quotes and the form KEYWORD=VALUE are understood.
[[nodiscard]] QList<SshConfigLine> sshConfigLines(const QByteArray& content);

/// "yes" and "no", as ssh_config has them.
[[nodiscard]] std::optional<bool> sshConfigFlag(const QString& text);
/// "90", "1m30s" …: sshd_config(5), TIME FORMATS.
[[nodiscard]] std::optional<std::chrono::seconds> sshConfigTime(const QString& text);
/// Replaces each %x by what valueOf gives for it, and ${NAME} by what variable gives for it.
/// Nothing where one of them is not known.
[[nodiscard]] std::optional<QString>
expandSshTokens(const QString& text, const std::function<std::optional<QString>(QChar)>& valueOf,
                const std::function<std::optional<QString>(const QString&)>& variable);

/// Who and where, as a person writes it: "[user@]host[:port]", "ssh://…", "[::1]:22".
struct SshDestination {
    QString user;
    QString host;
    quint16 port = 0; ///< 0: not said
};
[[nodiscard]] std::optional<SshDestination> parseSshDestination(const QString& text);

} // namespace app

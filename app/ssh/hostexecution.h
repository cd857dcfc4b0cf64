// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "app/ssh/sshchannel.h"

#include <QTimer>

#include <array>
#include <memory>

namespace app {

/// One short attached command at a host: collects what it says, and reports once. Whatever happens,
/// none of it stays behind: the shell there watches its standard input, and ends the command's
/// group when that ends. Deletes itself.
class HostExecution final : public QObject {
    Q_OBJECT

public:
    HostExecution(const QStringList& argv, const QByteArray& input,
                  std::chrono::milliseconds timeLimit, std::unique_ptr<SshChannel> shell,
                  Place::ExecCallback done, QObject* parent);

private:
    /// A stream of the shell: what comes before the token is the login shell's.
    struct Stream {
        QByteArray bytes;
        bool isBegun = false;
    };

    void collect(Stream& stream, const QByteArray& bytes);
    void stop(const QString& why);
    void finish();

    const QString m_command;
    const QByteArray m_token;
    std::unique_ptr<SshChannel> m_shell;
    Place::ExecCallback m_done;
    Stream m_out;
    Stream m_err;
    QTimer m_limit;
    QString m_stopped;
    bool m_isFinished = false;
};

} // namespace app

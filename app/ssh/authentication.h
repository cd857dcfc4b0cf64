// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/handshake.h"

#include <QStringList>

namespace app {

/// Lets us in at a host whose key is known: the agent, then the named key files with their
/// certificates, then questions of the host, then a password. Nothing is stored. Blocks, on the
/// thread of one connect worker.
class Authentication {
public:
    Authentication(ssh_session session, const HostSettings& settings, KeyRing& keys,
                   const Asker& ask, const Cancellation& cancellation);
    Q_DISABLE_COPY_MOVE(Authentication)

    [[nodiscard]] Connected<void> perform();
    [[nodiscard]] const QString& method() const { return m_method; }

private:
    /// In: done. Onwards: the host wants one more method. Refused: not with this.
    enum class Outcome { In, Onwards, Refused, Failed };

    [[nodiscard]] Outcome await(const std::function<int()>& call);
    [[nodiscard]] Outcome tryAll();
    [[nodiscard]] Outcome tryAgent();
    [[nodiscard]] Outcome tryFiles();
    [[nodiscard]] Outcome tryFile(const QString& file);
    [[nodiscard]] Outcome offer(const QString& file, const QString& publicFile, bool isCertificate);
    [[nodiscard]] KeyHandle privateKey(const QString& file);
    [[nodiscard]] Outcome tryInteractive();
    [[nodiscard]] Outcome answerPrompts();
    [[nodiscard]] Outcome tryPassword();
    [[nodiscard]] std::optional<SshAnswer> ask(SshQuestion question);
    [[nodiscard]] tl::unexpected<ConnectFailure> failure() const;

    ssh_session m_session;
    const HostSettings& m_settings;
    KeyRing& m_keys;
    const Asker& m_ask;
    const Cancellation& m_cancellation;
    QString m_method;
    QStringList m_tried;
    bool m_isDeclined = false; ///< a person did not answer
    bool m_hasTimedOut = false;
};

} // namespace app

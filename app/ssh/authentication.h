// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/agentrelay.h"
#include "app/ssh/handshake.h"
#include "app/ssh/keyfile.h"

#include <QStringList>

#include <memory>

namespace app {

/// Lets us in at a host whose key is known: the agent, then the named key files with their
/// certificates, then questions of the host, then a password. What was given before to this very
/// host is tried before anybody is asked. Blocks, on the thread of one connect worker.
class Authentication {
public:
    /// host: its key, which was found to be the right one. All of them outlive this.
    Authentication(ssh_session session, const HostSettings& settings, const HostKey& host,
                   Credentials& credentials, const Asker& asker, const Cancellation& cancellation);
    ~Authentication();
    Q_DISABLE_COPY_MOVE(Authentication)

    [[nodiscard]] Connected<void> perform();
    [[nodiscard]] const QString& method() const { return m_method; }

private:
    /// In: done. Onwards: the host wants one more method. Refused: not with this.
    enum class Outcome { In, Onwards, Refused, Failed };
    struct Given {
        enum class Source { Person, Memory };

        SshQuestion question;
        QList<QByteArray> texts;
        Source source = Source::Person;
    };

    [[nodiscard]] Outcome await(const std::function<int()>& call);
    [[nodiscard]] Outcome tryAll();
    [[nodiscard]] Outcome tryAgent();
    [[nodiscard]] QList<QByteArray> namedKeys() const;
    [[nodiscard]] Outcome tryFiles();
    [[nodiscard]] Outcome tryFile(const QString& file);
    [[nodiscard]] Outcome offer(const QString& file, const QString& publicFile, PublicKeyKind kind);
    [[nodiscard]] KeyHandle privateKey(const QString& file);
    [[nodiscard]] KeyHandle unlock(const QString& file);
    [[nodiscard]] Outcome tryInteractive();
    [[nodiscard]] Outcome converse();
    [[nodiscard]] bool answerPrompts();
    [[nodiscard]] Outcome tryPassword();
    [[nodiscard]] Outcome sendPassword(const QByteArray& password);
    void settleAnswers(Outcome outcome);
    [[nodiscard]] std::optional<SshAnswer> ask(SshQuestion question);
    [[nodiscard]] tl::unexpected<ConnectFailure> failure() const;

    ssh_session m_session;
    const HostSettings& m_settings;
    const HostKey& m_host;
    Credentials& m_credentials;
    const Asker& m_asker;
    const Cancellation& m_cancellation;
    QString m_method;
    QStringList m_tried;
    std::unique_ptr<AgentRelay> m_agent;
    /// What was answered in the conversation that goes on.
    QList<Given> m_given;
    bool m_isDeclined = false; ///< a person did not answer
    bool m_hasTimedOut = false;
};

} // namespace app

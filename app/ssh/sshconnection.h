// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "app/ssh/connectjob.h"
#include "app/ssh/hostsettings.h"
#include "models/core/result.h"
#include "models/run/askedby.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace app {

class SshChannel;
struct ChannelTarget;
struct SessionListener;
struct SshContext;

/// One connection to one host, which is made when it is wanted, and again when it was lost. On the
/// engine's thread; never blocks.
class SshConnection final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle,
        Connecting,
        Asking, ///< a person has to answer question()
        Connected,
        Waiting, ///< before the next attempt: see retryIn()
        Failed,  ///< see error(); connectNow() tries again
    };
    Q_ENUM(State)
    /// Whether it goes on trying where the host cannot be reached.
    enum class Persistence {
        OnceConnected, ///< after it was there, and until it is given up: a first attempt that
                       ///< fails is told at once
        Always,
    };
    using SettledCallback = std::function<void(const models::Result<void>&)>;

    /// jump: the host to go through, or null. credentials: what further connections to the same
    /// host share.
    SshConnection(std::shared_ptr<SshContext> context, HostSettings settings,
                  std::shared_ptr<SshConnection> jump, std::shared_ptr<Credentials> credentials,
                  QObject* parent = nullptr);
    ~SshConnection() override;
    Q_DISABLE_COPY_MOVE(SshConnection)

    /// Never that of another one for as long as the program runs.
    [[nodiscard]] quint64 id() const { return m_id; }
    [[nodiscard]] const HostSettings& settings() const { return m_settings; }
    [[nodiscard]] State state() const { return m_state; }
    /// While Connected: since when the host has answered nothing; nothing: it answers.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> silentSince() const {
        return m_silentSince;
    }
    /// Of the last attempt that failed; cleared by a success.
    [[nodiscard]] const models::Error& error() const { return m_error; }
    [[nodiscard]] const std::optional<SshQuestion>& question() const { return m_question; }
    /// While Waiting; rounded as timers are.
    [[nodiscard]] std::chrono::milliseconds retryIn() const;
    /// What kind of failure error() is; meaningless while there is none.
    [[nodiscard]] ConnectFailure::Kind failureKind() const { return m_failureKind; }
    /// A person did not want it any more: it is for people to ask for it again.
    [[nodiscard]] bool isGivenUp() const {
        return m_state == State::Failed && m_failureKind == ConnectFailure::Kind::Cancelled;
    }
    /// Attempts in a row that failed.
    [[nodiscard]] int failures() const { return m_failures; }
    /// That the host showed last; none where the last attempt did not come to that.
    [[nodiscard]] const HostKey& hostKey() const { return m_hostKey; }
    /// Of the connection that is, or was last.
    [[nodiscard]] const QString& authentication() const { return m_authentication; }

    void setPersistence(Persistence persistence) { m_persistence = persistence; }
    /// Begins unless it is under way; does not wait any longer where it waits. A connection over
    /// which nothing is answered is made anew.
    void connectNow();
    /// Gives up trying. What waits for the connection fails; what asks for it later begins anew,
    /// as for the first time.
    void cancel();
    /// Hangs up.
    void close();
    /// To the question that stands. False: it is another one, and nothing happens.
    bool answer(quint64 question, const SshAnswer& answer);
    /// What was given so that the host lets us in. It goes when the connection is refused or given
    /// up, and with the connection; a lost one keeps it, so that it can come back.
    [[nodiscard]] const std::shared_ptr<Credentials>& credentials() const { return m_credentials; }

    /// Connects where that is not done, and calls back once it is settled; at once where it is
    /// connected. For the program it is not connected where it isGivenUp(): told so at once. Not
    /// called where context goes first.
    void whenSettled(QObject* context, models::AskedBy askedBy, SettledCallback callback);
    void whenSettled(QObject* context, SettledCallback callback) {
        whenSettled(context, models::AskedBy::Person, std::move(callback));
    }
    /// A channel for which a connection is made where there is none.
    [[nodiscard]] std::unique_ptr<SshChannel> open(const ChannelTarget& target);
    /// Open ones, and those that wait for the connection.
    [[nodiscard]] qsizetype channelCount() const { return m_channels.size(); }
    /// The channel is over.
    void forget(quint64 channel);
    /// Of the live session; 0 while there is none.
    [[nodiscard]] quint64 session() const { return m_session; }

Q_SIGNALS:
    void stateChanged();
    void silenceChanged();
    void questionAsked(const app::SshQuestion& question);
    /// The question that stood was answered, or needs no answer any more.
    void questionWithdrawn(quint64 question);
    /// Of each answer to a passphrase's question, once.
    void answerJudged(quint64 question, app::AnswerVerdict verdict);
    /// The last channel is over.
    void idle();

private:
    struct Waiting {
        QPointer<QObject> context;
        SettledCallback callback;
    };

    void begin();
    void startJob(ConnectJob::Dial dial);
    [[nodiscard]] ConnectJob::Dial dialThrough(quint64 jumpSession) const;
    void handleQuestion(quint64 job, SshQuestion question);
    void handleVerdict(quint64 job, AnswerVerdict verdict);
    void judge(AnswerVerdict verdict);
    void handleEnd(quint64 job, Connected<ConnectJob::Success>& result);
    void handleSuccess(ConnectJob::Success& success);
    void handleFailure(const ConnectFailure& failure);
    void handleLoss(quint64 session, const QString& why);
    void handleSilence(quint64 session, std::optional<std::chrono::steady_clock::time_point> since);
    [[nodiscard]] SessionListener listenerOf(quint64 session) const;
    void waitForNext();
    void fail(const models::Error& error, ConnectFailure::Kind kind);
    void settle(const models::Result<void>& result);
    void setState(State state);
    void stopJob();
    void dropQuestion();
    /// The one with the number, where it still is; letters name it so.
    static void tell(SshContext& context, quint64 id,
                     const std::function<void(SshConnection&)>& what);

    std::shared_ptr<SshContext> m_context;
    quint64 m_id;
    HostSettings m_settings;
    std::shared_ptr<SshConnection> m_jump;
    State m_state = State::Idle;
    models::Error m_error;
    ConnectFailure::Kind m_failureKind = ConnectFailure::Kind::Unreachable;
    Persistence m_persistence = Persistence::OnceConnected;
    bool m_wasConnected = false;
    int m_failures = 0;
    int m_drops = 0; ///< connections in a row that were lost soon after they were made
    std::chrono::steady_clock::time_point m_connectedAt;
    std::optional<std::chrono::steady_clock::time_point> m_silentSince;
    QTimer m_retry;
    std::shared_ptr<ConnectJob> m_job;
    quint64 m_jobId = 0; ///< of the job that counts
    std::optional<SshQuestion> m_question;
    quint64 m_answered = 0; ///< passphrase's question whose answer is being tried
    std::shared_ptr<Credentials> m_credentials;
    quint64 m_session = 0;
    HostKey m_hostKey;
    QString m_authentication;
    QList<quint64> m_channels;
    QList<Waiting> m_waiting;
};

} // namespace app

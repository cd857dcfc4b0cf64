// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconnection.h"

#include "app/ssh/sshchannel.h"
#include "app/ssh/sshcontext.h"
#include "app/ssh/tunnel.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr std::chrono::milliseconds firstRetry{500};
constexpr std::chrono::milliseconds longestRetry{60'000};
/// What stayed for so long was a connection; what did not counts as one more failure.
constexpr std::chrono::seconds settledAfter{10};

models::Error cancelledError(const QString& text) {
    return {models::ErrorCode::Cancelled, text, {}};
}

} // namespace

SshContext::SshContext() = default;
SshContext::~SshContext() = default;

SshConnection::SshConnection(std::shared_ptr<SshContext> context, HostSettings settings,
                             std::shared_ptr<SshConnection> jump,
                             std::shared_ptr<Credentials> credentials, QObject* parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_id(m_context->nextId())
    , m_settings(std::move(settings))
    , m_jump(std::move(jump))
    , m_credentials(std::move(credentials)) {
    m_context->connections.insert(m_id, this);
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &SshConnection::begin);
}

SshConnection::~SshConnection() {
    m_context->connections.remove(m_id);
    stopJob(); // nobody is asked any more
    blockSignals(true);
    m_waiting.clear();
    close();
}

void SshConnection::tell(SshContext& context, quint64 id,
                         const std::function<void(SshConnection&)>& what) {
    if (SshConnection* const connection = context.connections.value(id))
        what(*connection);
}

std::chrono::milliseconds SshConnection::retryIn() const {
    return m_retry.isActive() ? m_retry.remainingTimeAsDuration() : std::chrono::milliseconds(0);
}

void SshConnection::setState(State state) {
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

// --- connecting ---

void SshConnection::connectNow() {
    switch (m_state) {
    case State::Idle:
    case State::Waiting:
    case State::Failed:
        begin();
        return;
    case State::Connected:
        if (m_silentSince) {
            handleLoss(m_session, tr("It did not answer, and was connected anew."));
            begin();
        }
        return;
    case State::Connecting:
    case State::Asking:
        return;
    }
}

void SshConnection::begin() {
    m_retry.stop();
    m_jobId = m_context->nextId();
    setState(State::Connecting);
    const auto blocking =
        std::find_if(m_settings.notes.cbegin(), m_settings.notes.cend(),
                     [](const auto& note) { return note.weight == SettingsNote::Weight::Blocks; });
    if (blocking != m_settings.notes.cend()) {
        fail({models::ErrorCode::Unsupported, blocking->message, {}},
             ConnectFailure::Kind::Unusable);
        return;
    }
    if (!m_jump) {
        startJob(dialDirectly(m_settings));
        return;
    }
    m_jump->whenSettled(this, [this, job = m_jobId](const models::Result<void>& settled) {
        if (job != m_jobId || m_state != State::Connecting)
            return; // it was given up in between
        if (settled)
            startJob(dialThrough(m_jump->session()));
        else
            fail(settled.error(), m_jump->failureKind());
    });
}

void SshConnection::startJob(ConnectJob::Dial dial) {
    ConnectJob::Listener listener;
    const MailAddress engine = m_context->mailbox.address();
    SshContext* const context = m_context.get();
    listener.asked = [engine, context, id = m_id, job = m_jobId](SshQuestion question) {
        engine.post([context, id, job, question = std::move(question)] {
            tell(*context, id, [&](SshConnection& self) { self.handleQuestion(job, question); });
        });
    };
    listener.judged = [engine, context, id = m_id, job = m_jobId](AnswerVerdict verdict) {
        engine.post([context, id, job, verdict] {
            tell(*context, id, [&](SshConnection& self) { self.handleVerdict(job, verdict); });
        });
    };
    listener.ended = [engine, context, id = m_id,
                      job = m_jobId](Connected<ConnectJob::Success> result) {
        const auto kept = std::make_shared<Connected<ConnectJob::Success>>(std::move(result));
        engine.post([context, id, job, kept] {
            tell(*context, id, [&](SshConnection& self) { self.handleEnd(job, *kept); });
        });
    };
    m_job = m_context->crew.start(m_settings, std::move(dial), m_credentials, std::move(listener));
}

ConnectJob::Dial SshConnection::dialThrough(quint64 jumpSession) const {
    return [io = &m_context->io, jumpSession, channel = m_context->nextId(), settings = m_settings](
               ConnectJob::Clock::time_point until, const Cancellation& cancellation) {
        return tunnelTo(*io, jumpSession, channel, settings, until, cancellation);
    };
}

void SshConnection::stopJob() {
    m_jobId = 0;
    dropQuestion();
    judge(AnswerVerdict::Unknown);
    if (const auto job = std::exchange(m_job, nullptr))
        job->cancel();
}

void SshConnection::dropQuestion() {
    if (const auto question = std::exchange(m_question, std::nullopt))
        Q_EMIT questionWithdrawn(question->id);
}

void SshConnection::handleQuestion(quint64 job, SshQuestion question) {
    if (job != m_jobId)
        return;
    dropQuestion();
    question.id = m_context->nextId();
    m_question = question;
    setState(State::Asking);
    Q_EMIT questionAsked(question);
}

bool SshConnection::answer(quint64 question, const SshAnswer& answer) {
    if (!m_question || m_question->id != question || !m_job)
        return false;
    if (m_question->kind == SshQuestion::Kind::Passphrase)
        m_answered = question;
    dropQuestion();
    m_job->answer(answer);
    setState(State::Connecting);
    return true;
}

void SshConnection::handleVerdict(quint64 job, AnswerVerdict verdict) {
    if (job == m_jobId)
        judge(verdict);
}

void SshConnection::judge(AnswerVerdict verdict) {
    if (const quint64 answered = std::exchange(m_answered, 0))
        Q_EMIT answerJudged(answered, verdict);
}

void SshConnection::handleEnd(quint64 job, Connected<ConnectJob::Success>& result) {
    if (job != m_jobId)
        return; // given up; the session goes with the letter
    m_job.reset();
    m_jobId = 0;
    dropQuestion();
    judge(AnswerVerdict::Unknown);
    if (result)
        handleSuccess(*result);
    else
        handleFailure(result.error());
}

void SshConnection::handleSuccess(ConnectJob::Success& success) {
    m_session = m_context->nextId();
    m_hostKey = success.hostKey;
    m_authentication = success.authentication;
    m_wasConnected = true;
    m_connectedAt = std::chrono::steady_clock::now();
    m_error = {};
    const auto handle = std::make_shared<SessionHandle>(std::move(success.session));
    const KeepAlive keepAlive{m_settings.keepAliveInterval, m_settings.keepAliveMisses};
    m_context->io.post([handle, keepAlive, session = m_session,
                        listener = listenerOf(m_session)](SessionTable& sessions) {
        sessions.add(session, std::move(*handle), keepAlive, listener);
    });
    const QList<quint64> channels = m_channels;
    for (const quint64 id : channels) {
        if (SshChannel* const channel = m_context->channels.value(id))
            channel->attach(m_session);
    }
    setState(State::Connected);
    settle({});
}

SessionListener SshConnection::listenerOf(quint64 session) const {
    SshContext* const context = m_context.get();
    const MailAddress engine = m_context->mailbox.address();
    SessionListener listener;
    listener.lost = [context, engine, id = m_id, session](const QString& why) {
        engine.post([context, id, session, why] {
            tell(*context, id, [&](SshConnection& self) { self.handleLoss(session, why); });
        });
    };
    listener.silent = [context, engine, id = m_id, session](auto since) {
        engine.post([context, id, session, since] {
            tell(*context, id, [&](SshConnection& self) { self.handleSilence(session, since); });
        });
    };
    return listener;
}

void SshConnection::handleFailure(const ConnectFailure& failure) {
    ++m_failures;
    m_hostKey = failure.hostKey;
    const bool mayComeBack = failure.kind == ConnectFailure::Kind::Unreachable;
    if (mayComeBack && (m_wasConnected || m_persistence == Persistence::Always)) {
        m_error = failure.error;
        m_failureKind = failure.kind;
        waitForNext();
    } else {
        fail(failure.error, failure.kind);
    }
}

void SshConnection::handleLoss(quint64 session, const QString& why) {
    m_context->io.post([session, why](SessionTable& sessions) { sessions.remove(session, why); });
    if (session != m_session)
        return;
    m_session = 0;
    m_silentSince.reset();
    if (std::chrono::steady_clock::now() - m_connectedAt > settledAfter)
        m_failures = m_drops = 0;
    else
        ++m_drops;
    m_error = {models::ErrorCode::NotFound,
               tr("The connection to %1 was lost. Commands there go on.").arg(m_settings.address()),
               why};
    m_failureKind = ConnectFailure::Kind::Unreachable;
    waitForNext();
}

void SshConnection::handleSilence(quint64 session,
                                  std::optional<std::chrono::steady_clock::time_point> since) {
    if (session != m_session)
        return;
    m_silentSince = since;
    Q_EMIT silenceChanged();
}

/// Each wait is about twice as long as the one before, and no two consoles come at the same moment.
void SshConnection::waitForNext() {
    // A line that holds for a moment and goes again is no better than none.
    const int doublings = std::min(m_failures + std::max(m_drops - 2, 0), 16);
    const auto most =
        std::min<std::chrono::milliseconds>(firstRetry * (1 << doublings), longestRetry);
    const int half = int(most.count() / 2);
    m_retry.start(half + int(QRandomGenerator::global()->bounded(half + 1)));
    setState(State::Waiting);
}

// --- ending ---

void SshConnection::cancel() {
    if (m_state == State::Connected || m_state == State::Failed || m_state == State::Idle)
        return;
    // Who asks for it again wants to know at once whether it is there.
    m_wasConnected = false;
    m_persistence = Persistence::OnceConnected;
    fail(cancelledError(tr("Connecting to %1 was given up, and nothing connects to it by itself. "
                           "Connect to it again.")
                            .arg(m_settings.address())),
         ConnectFailure::Kind::Cancelled);
}

void SshConnection::close() {
    stopJob();
    m_retry.stop();
    const QString why = tr("The connection to %1 was closed.").arg(m_settings.address());
    if (const quint64 session = std::exchange(m_session, 0))
        m_context->io.post(
            [session, why](SessionTable& sessions) { sessions.remove(session, why); });
    const QList<quint64> channels = m_channels;
    for (const quint64 id : channels) {
        if (SshChannel* const channel = m_context->channels.value(id))
            channel->fail(why);
    }
    m_wasConnected = false;
    m_silentSince.reset();
    m_failures = m_drops = 0;
    setState(State::Idle);
    settle(tl::unexpected(cancelledError(why)));
}

void SshConnection::fail(const models::Error& error, ConnectFailure::Kind kind) {
    stopJob();
    m_retry.stop();
    // What cannot be reached may be tried again with what was given; all else is over.
    if (kind != ConnectFailure::Kind::Unreachable)
        m_credentials = std::make_shared<Credentials>(m_context->keys);
    m_error = error;
    m_failureKind = kind;
    const QList<quint64> channels = m_channels;
    for (const quint64 id : channels) {
        if (SshChannel* const channel = m_context->channels.value(id))
            channel->fail(error.message);
    }
    setState(State::Failed);
    settle(tl::unexpected(error));
}

void SshConnection::settle(const models::Result<void>& result) {
    const QList<Waiting> waiting = std::exchange(m_waiting, {});
    for (const Waiting& one : waiting) {
        if (one.context)
            one.callback(result);
    }
}

// --- what goes over it ---

void SshConnection::whenSettled(QObject* context, models::AskedBy askedBy,
                                SettledCallback callback) {
    if (m_state == State::Connected) {
        callback({});
        return;
    }
    if (askedBy == models::AskedBy::Program && isGivenUp()) {
        callback(tl::unexpected(m_error));
        return;
    }
    m_waiting.append({context, std::move(callback)});
    if (m_state == State::Idle || m_state == State::Failed)
        begin();
}

std::unique_ptr<SshChannel> SshConnection::open(const ChannelTarget& target) {
    auto channel = std::make_unique<SshChannel>(m_context, m_id, target);
    m_channels.append(channel->id());
    switch (m_state) {
    case State::Connected:
        channel->attach(m_session);
        break;
    case State::Failed:
        channel->fail(m_error.message);
        break;
    case State::Idle:
        begin();
        break;
    case State::Connecting:
    case State::Asking:
    case State::Waiting:
        break;
    }
    return channel;
}

void SshConnection::forget(quint64 channel) {
    if (m_channels.removeOne(channel) && m_channels.isEmpty())
        Q_EMIT idle();
}

} // namespace app

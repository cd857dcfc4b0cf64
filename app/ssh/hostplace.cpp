// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostplace.h"

#include "app/ssh/hostexecution.h"

#include <utility>

namespace app {
namespace {

/// How long a shell may take to answer, the time included in which there is no connection: a
/// weekend with the lid closed is nothing unusual. A shell that is there and silent is
/// HostChannels' to see.
constexpr std::chrono::hours patience{24 * 14};

} // namespace

HostPlace::HostPlace(const QString& name, const HostSettings& settings, SshConnections& connections,
                     QObject* parent)
    : HostPlace(name, connections.connectionTo(settings), connections, parent) {}

HostPlace::HostPlace(const QString& name, std::shared_ptr<SshConnection> connection,
                     SshConnections& connections, QObject* parent)
    : SupervisedPlace(name, std::make_unique<HostChannels>(connections, connection), parent)
    , m_connection(connection)
    , m_channels(std::make_unique<HostChannels>(connections, connection)) {
    setPatience(patience);
}

HostPlace::~HostPlace() = default;

void HostPlace::openRun(const models::RunId& run, OpenCallback done) {
    m_connection->whenSettled(
        this, [this, run, done = std::move(done)](const models::Result<void>& settled) {
            if (settled)
                SupervisedPlace::openRun(run, done);
            else
                done(tl::unexpected(settled.error()));
        });
}

void HostPlace::run(const AttemptRequest& request) {
    if (m_waiting.contains(request.attempt))
        return;
    forgetCancel(request.attempt);
    m_waiting.insert(request.attempt, {request.origin, {}});
    // It is somewhere, and nobody knows how it stands until the host is there again.
    if (request.origin == AttemptOrigin::FoundUnderWay)
        m_connection->setPersistence(SshConnection::Persistence::Always);
    m_connection->whenSettled(this, [this, request](const models::Result<void>& settled) {
        if (!m_waiting.contains(request.attempt))
            return; // cancelled
        const auto wanted = m_waiting.take(request.attempt).wanted;
        if (!settled) {
            refuse(request, settled.error());
            return;
        }
        SupervisedPlace::run(request);
        for (const auto& one : wanted)
            one();
    });
}

void HostPlace::refuse(const AttemptRequest& request, const models::Error& error) {
    // A caller may not be ready for an answer before run() returns.
    QMetaObject::invokeMethod(
        this,
        [this, key = request.attempt, origin = request.origin, error] {
            if (origin == AttemptOrigin::BegunHere)
                Q_EMIT attemptRefused(key, error);
            else
                Q_EMIT attemptUnknown(
                    key,
                    origin == AttemptOrigin::AskedAbout
                        ? tr("%1 cannot be asked what became of the command: %2")
                              .arg(name(), error.message)
                        : tr("An earlier console began the command, and its host cannot be asked "
                             "what became of it."),
                    (error.message + QLatin1Char('\n') + error.detail).trimmed(),
                    models::Loss::Unanswered);
        },
        Qt::QueuedConnection);
}

void HostPlace::cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) {
    const auto waiting = m_waiting.find(attempt);
    if (waiting == m_waiting.end()) {
        SupervisedPlace::cancel(attempt, grace);
        return;
    }
    if (waiting->origin != AttemptOrigin::BegunHere) {
        // It is there, and cannot be ended without its host.
        waiting->wanted.append([this, attempt, grace] { SupervisedPlace::cancel(attempt, grace); });
        limitCancel(attempt, grace);
        return;
    }
    m_waiting.erase(waiting);
    QMetaObject::invokeMethod(
        this,
        [this, attempt] {
            Q_EMIT attemptRefused(attempt, {models::ErrorCode::Cancelled,
                                            tr("The command was cancelled before it began."),
                                            {}});
            Q_EMIT cancelFinished(attempt, CancelOutcome::Gone, {});
        },
        Qt::QueuedConnection);
}

bool HostPlace::leave(const models::AttemptKey& attempt) {
    return m_waiting.remove(attempt) > 0 || SupervisedPlace::leave(attempt);
}

void HostPlace::sendInput(const models::AttemptKey& attempt, int number, const QByteArray& bytes) {
    if (const auto waiting = m_waiting.find(attempt); waiting != m_waiting.end())
        waiting->wanted.append([=, this] { SupervisedPlace::sendInput(attempt, number, bytes); });
    else
        SupervisedPlace::sendInput(attempt, number, bytes);
}

void HostPlace::setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) {
    if (const auto waiting = m_waiting.find(attempt); waiting != m_waiting.end())
        waiting->wanted.append([=, this] { SupervisedPlace::setOutputFlow(attempt, flow); });
    else
        SupervisedPlace::setOutputFlow(attempt, flow);
}

void HostPlace::exec(const QStringList& argv, const QByteArray& input,
                     std::chrono::milliseconds timeLimit, ExecCallback done) {
    if (argv.isEmpty() || argv.first().isEmpty()) {
        done(models::failure(models::ErrorCode::InvalidInput,
                             tr("There is no command to run. Name one.")));
        return;
    }
    m_connection->whenSettled(this, m_askedBy,
                              [this, argv, input, timeLimit,
                               done = std::move(done)](const models::Result<void>& settled) {
                                  if (settled)
                                      new HostExecution(argv, input, timeLimit,
                                                        m_channels->openShell(), done, this);
                                  else
                                      done(tl::unexpected(settled.error()));
                              });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeplace.h"

namespace tests {

void FakeHost::define(const QString& script, const FakeCommand& command) {
    const std::scoped_lock locker(m_mutex);
    m_commands.insert(script, command);
}

void FakeHost::refuse(const QString& reason) {
    const std::scoped_lock locker(m_mutex);
    m_refusal = reason;
}

void FakeHost::setFolder(const QString& folder) {
    const std::scoped_lock locker(m_mutex);
    m_folder = folder;
}

void FakeHost::failToOpen(const std::optional<models::Error>& error) {
    const std::scoped_lock locker(m_mutex);
    m_openError = error;
}

void FakeHost::loseOutcomes(const QString& reason, models::Loss how) {
    const std::scoped_lock locker(m_mutex);
    m_loss = reason;
    m_howLost = how;
}

void FakeHost::answerExec(const app::ExecResult& result) {
    const std::scoped_lock locker(m_mutex);
    m_execResult = result;
}

void FakeHost::answerLock(const QByteArray& answer) {
    const std::scoped_lock locker(m_mutex);
    m_lockAnswer = answer;
}

void FakeHost::holdLock() {
    const std::scoped_lock locker(m_mutex);
    m_holdsLock = true;
}

void FakeHost::letGoOfLock() {
    const std::scoped_lock locker(m_mutex);
    m_holdsLock = false;
    for (const auto& [place, answer] : std::exchange(m_heldQuestions, {}))
        QMetaObject::invokeMethod(place, answer, Qt::QueuedConnection);
}

qsizetype FakeHost::heldLockQuestions() const {
    const std::scoped_lock locker(m_mutex);
    return m_heldQuestions.size();
}

void FakeHost::end(const models::AttemptKey& attempt, int exitCode) {
    const std::scoped_lock locker(m_mutex);
    FakeCommand& command = m_processes[attempt].command;
    command.ends = true;
    command.exitCode = exitCode;
    app::AttemptRecord record;
    record.exitCode = exitCode;
    record.stateSaved = true;
    for (FakePlace* const place : std::as_const(m_places))
        place->finishLater(attempt, record);
}

void FakeHost::fallSilent(bool isSilent) {
    const std::scoped_lock locker(m_mutex);
    m_isSilent = isSilent;
}

void FakeHost::loseSight(const models::AttemptKey& attempt, const QString& reason) {
    const std::scoped_lock locker(m_mutex);
    for (FakePlace* const place : std::as_const(m_places))
        QMetaObject::invokeMethod(
            place,
            [place, attempt, reason] {
                Q_EMIT place->attemptUnknown(attempt, reason, QStringLiteral("given up"),
                                             models::Loss::Unanswered);
            },
            Qt::QueuedConnection);
}

int FakeHost::starts(const models::AttemptKey& attempt) const {
    const std::scoped_lock locker(m_mutex);
    return m_processes.value(attempt).starts;
}

QStringList FakeHost::scripts() const {
    QStringList scripts;
    for (const app::AttemptRequest& request : requests())
        scripts.append(QString::fromUtf8(request.script));
    return scripts;
}

QList<app::AttemptRequest> FakeHost::requests() const {
    const std::scoped_lock locker(m_mutex);
    return m_requests;
}

QList<app::AttemptRequest> FakeHost::asked() const {
    const std::scoped_lock locker(m_mutex);
    return m_asked;
}

bool FakeHost::isAcknowledged(const models::AttemptKey& attempt) const {
    const std::scoped_lock locker(m_mutex);
    return m_acknowledged.contains(attempt);
}

void FakeHost::forgetAcknowledgements() {
    const std::scoped_lock locker(m_mutex);
    m_acknowledged.clear();
}

bool FakeHost::isClosed(const models::RunId& run) const {
    const std::scoped_lock locker(m_mutex);
    return m_closed.contains(run);
}

QList<QByteArray> FakeHost::inputs() const {
    const std::scoped_lock locker(m_mutex);
    return m_inputs;
}

QList<app::Place::OutputFlow> FakeHost::flows() const {
    const std::scoped_lock locker(m_mutex);
    return m_flows;
}

bool FakeHost::waitForFlow(app::Place::OutputFlow flow, std::chrono::milliseconds patience) const {
    std::unique_lock locker(m_mutex);
    return m_flowAsked.wait_for(locker, patience, [&] { return m_flows.contains(flow); });
}

FakePlace::FakePlace(FakeHost& host, QString name)
    : m_host(host)
    , m_name(std::move(name)) {
    const std::scoped_lock locker(m_host.m_mutex);
    m_host.m_places.insert(this);
}

FakePlace::~FakePlace() {
    const std::scoped_lock locker(m_host.m_mutex);
    m_host.m_places.remove(this);
    m_host.m_heldQuestions.removeIf([this](const auto& held) { return held.first == this; });
}

void FakePlace::openRun(const models::RunId&, OpenCallback done) {
    std::unique_lock locker(m_host.m_mutex);
    const models::Result<QString> opened =
        m_host.m_openError ? models::Result<QString>(tl::unexpected(*m_host.m_openError))
                           : models::Result<QString>(m_host.m_folder);
    locker.unlock();
    // Not at once, as where a shell is asked first.
    QMetaObject::invokeMethod(
        this, [opened, done = std::move(done)] { done(opened); }, Qt::QueuedConnection);
}

/// Signals come from the event loop, never from within the call, as those of a real place.
void FakePlace::run(const app::AttemptRequest& request) {
    const models::AttemptKey key = request.attempt;
    std::unique_lock locker(m_host.m_mutex);
    m_host.m_asked.append(request);
    if (m_host.m_isSilent)
        return;
    if (!m_host.m_refusal.isEmpty()) {
        const models::Error error{models::ErrorCode::NotFound, m_host.m_refusal, {}};
        QMetaObject::invokeMethod(
            this, [this, key, error] { Q_EMIT attemptRefused(key, error); }, Qt::QueuedConnection);
        return;
    }
    if (!m_host.m_loss.isEmpty()) {
        QMetaObject::invokeMethod(
            this,
            [this, key, loss = m_host.m_loss, how = m_host.m_howLost] {
                Q_EMIT attemptUnknown(key, loss, QStringLiteral("no record"), how);
            },
            Qt::QueuedConnection);
        return;
    }
    FakeHost::Process& process = m_host.m_processes[key];
    if (process.starts == 0 && request.origin == app::AttemptOrigin::AskedAbout) {
        const models::Error error{
            models::ErrorCode::Cancelled, QStringLiteral("It never began there."), {}};
        QMetaObject::invokeMethod(
            this, [this, key, error] { Q_EMIT attemptRefused(key, error); }, Qt::QueuedConnection);
        return;
    }
    if (process.starts == 0) {
        ++process.starts;
        process.command = m_host.m_commands.value(QString::fromUtf8(request.script));
        m_host.m_requests.append(request);
    }
    const FakeCommand command = process.command;
    locker.unlock();
    QMetaObject::invokeMethod(
        this,
        [this, key, command, from = request.from] {
            Q_EMIT attemptStarted(key);
            if (command.out.size() > from.out)
                Q_EMIT outputReceived(key, app::OutputStream::Stdout, from.out,
                                      command.out.mid(from.out));
            if (command.err.size() > from.err)
                Q_EMIT outputReceived(key, app::OutputStream::Stderr, from.err,
                                      command.err.mid(from.err));
            app::AttemptRecord record;
            record.exitCode = command.exitCode;
            record.stateSaved = true;
            record.sizes = {command.out.size(), command.err.size()};
            if (command.ends)
                Q_EMIT attemptFinished(key, record);
        },
        Qt::QueuedConnection);
}

void FakePlace::cancel(const models::AttemptKey& attempt, std::chrono::milliseconds) {
    app::AttemptRecord record;
    record.exitCode = 143;
    record.cancelled = true;
    Q_EMIT cancelFinished(attempt, app::CancelOutcome::Gone, {});
    finishLater(attempt, record);
}

void FakePlace::sendInput(const models::AttemptKey& attempt, int, const QByteArray& bytes) {
    {
        const std::scoped_lock locker(m_host.m_mutex);
        m_host.m_inputs.append(bytes);
    }
    finishLater(attempt, {});
}

void FakePlace::finishLater(const models::AttemptKey& attempt, const app::AttemptRecord& record) {
    QMetaObject::invokeMethod(
        this, [this, attempt, record] { Q_EMIT attemptFinished(attempt, record); },
        Qt::QueuedConnection);
}

void FakePlace::setOutputFlow(const models::AttemptKey&, OutputFlow flow) {
    const std::scoped_lock locker(m_host.m_mutex);
    m_host.m_flows.append(flow);
    m_host.m_flowAsked.notify_all();
}

void FakePlace::acknowledge(const models::AttemptKey& attempt) {
    const std::scoped_lock locker(m_host.m_mutex);
    m_host.m_acknowledged.insert(attempt);
}

void FakePlace::closeRun(const models::RunId& run) {
    const std::scoped_lock locker(m_host.m_mutex);
    m_host.m_closed.insert(run);
}

void FakePlace::exec(const QStringList& argv, const QByteArray&, std::chrono::milliseconds,
                     ExecCallback done) {
    static const QHash<QString, QByteArray> lockAnswers{
        {u"look"_qs, "free"},    {u"take"_qs, "taken"},   {u"keep"_qs, "held"},
        {u"seize"_qs, "passed"}, {u"release"_qs, "free"},
    };
    std::unique_lock locker(m_host.m_mutex);
    app::ExecResult result = m_host.m_execResult;
    if (argv.value(3) == u"gantry-lock") {
        const QByteArray usual = lockAnswers.value(argv.value(4));
        result = {0, m_host.m_lockAnswer.isEmpty() ? usual : m_host.m_lockAnswer, {}};
        if (m_host.m_holdsLock) {
            m_host.m_heldQuestions.append(
                {this, [done = std::move(done), result] { done(result); }});
            return;
        }
    }
    locker.unlock();
    QMetaObject::invokeMethod(
        this, [done = std::move(done), result] { done(result); }, Qt::QueuedConnection);
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
// What people ask of runs: each is for the engine to decide.
#include "app/run/runserviceparts.h"

#include "app/diagnostics/clock.h"

namespace app {

using models::RunId;
using models::StepId;

void RunService::setVariables(const RunId& run, const QMap<QString, QString>& values) {
    d->submit(run, intent::setVariables(values));
}

void RunService::giveSecrets(const RunId& run, const QMap<QString, QString>& values) {
    d->m_secrets.keep(run, values);
    d->handOver(run, values);
}

void RunService::startStep(const RunId& run, const StepId& step, const StartOptions& options) {
    d->m_engine.with(run,
                     [step, options](RunSession& session) { session.startStep(step, options); });
}

void RunService::cancelStep(const RunId& run, const StepId& step) {
    d->submit(run, intent::cancelStep(step));
}

void RunService::askAgain(const RunId& run, const StepId& step, const QString& host) {
    d->submit(run, intent::askAgain(step, host));
}

void RunService::sendInput(const RunId& run, const StepId& step, const QByteArray& bytes,
                           const QString& host) {
    d->m_engine.with(
        run, [step, bytes, host](RunSession& session) { session.sendInput(step, bytes, host); });
}

void RunService::confirmStep(const RunId& run, const StepId& step, bool passed,
                             const QString& remark, const QString& host) {
    d->submit(run, intent::confirmStep(step, passed, remark, host));
}

void RunService::skipStep(const RunId& run, const StepId& step, const QString& reason) {
    d->submit(run, intent::skipStep(step, reason));
}

void RunService::markPassed(const RunId& run, const StepId& step, const QString& evidence,
                            const QString& host) {
    d->submit(run, intent::markPassed(step, evidence, host));
}

void RunService::reopenStep(const RunId& run, const StepId& step) {
    d->submit(run, intent::reopenStep(step));
}

void RunService::overrideGate(const RunId& run, const StepId& step, const QString& reason,
                              const QString& second) {
    d->submit(run, intent::overrideGate(step, reason, second));
}

void RunService::requestApproval(const RunId& run, const StepId& step, const QString& reason) {
    d->submit(run, intent::requestApproval(step, reason, presentInstant()));
}

void RunService::approve(const RunId& run, const StepId& step, bool approved, const QString& name,
                         const QString& remark) {
    d->submit(run, intent::approve(step, approved, name, remark, presentInstant()));
}

void RunService::setSigner(std::shared_ptr<ApprovalSigner> signer) {
    d->m_answers.setSigner(std::move(signer));
}

void RunService::answerSigned(const RunId& run, const StepId& step, const QString& pasted) {
    d->m_answers.check(run, step, pasted);
}

void RunService::signHere(const RunId& run, const StepId& step, bool isGo, const QString& note,
                          const QString& keyFile) {
    d->m_answers.sign(run, step, isGo, note, keyFile);
}

void RunService::acknowledgeRisk(const RunId& run, const QString& risk, const QString& remark) {
    d->submit(run, intent::acknowledgeRisk(risk, remark));
}

QFuture<models::Result<QByteArray>> RunService::handOver(const RunId& run, const QString& to) {
    return d->m_engine.ask<QByteArray>([run, to](Engine& engine, Engine::Exported done) {
        engine.handOver(run, to, std::move(done));
    });
}

QFuture<models::Result<RunId>> RunService::takeOver(const QByteArray& bytes) {
    return d->m_engine.ask<RunId>([bytes](Engine& engine, const Engine::Opened& done) {
        const models::Result<models::RunFile> file = models::runFileFrom(bytes);
        if (!file)
            done(tl::unexpected(file.error()));
        else
            engine.takeOver(*file, done);
    });
}

QFuture<models::Result<RunId>> RunService::takeBack(const RunId& run, const QString& reason) {
    return d->m_engine.ask<RunId>([run, reason](Engine& engine, Engine::Opened done) {
        engine.takeBack(run, reason, std::move(done));
    });
}

void RunService::setOwner(const RunId& run, const StepId& step, const QString& owner) {
    d->submit(run, intent::setOwner(step, owner));
}

void RunService::addNote(const RunId& run, const StepId& step, const QString& text) {
    d->submit(run, intent::addNote(step, text));
}

void RunService::pinEvidence(const RunId& run, const StepId& step, const QString& remark,
                             const QList<models::PinnedLine>& lines) {
    d->submit(run, intent::pinEvidence(step, remark, lines));
}

void RunService::addCommand(const RunId& run, const StepId& after, const QString& shell,
                            const QString& script) {
    d->submit(run, intent::addCommand(after, shell, script));
}

void RunService::setPaused(const RunId& run, bool paused) {
    d->submit(run, intent::setPaused(paused));
}

void RunService::runSection(const RunId& run, int section) {
    d->m_secrets.whenRead(run, [this, run, section] {
        d->m_engine.with(run, [section](RunSession& session) { session.runAll(section); });
    });
}

void RunService::runAll(const RunId& run) {
    d->m_secrets.whenRead(run, [this, run] {
        d->m_engine.with(run, [](RunSession& session) { session.runAll(std::nullopt); });
    });
}

void RunService::stopRunningAll(const RunId& run) {
    d->m_engine.with(run, [](RunSession& session) { session.stopRunningAll(); });
}

void RunService::close(const RunId& run, models::RunOutcome outcome, const QString& reason) {
    d->submit(run, intent::close(outcome, reason));
}

void RunService::startRollback(const RunId& run, const QString& reason,
                               const models::RollbackDecisions& decisions) {
    d->submit(run, intent::startRollback(newRunId(), reason, decisions));
}

void RunService::verifyRollback(const RunId& rollback, models::Verdict verdict,
                                const QString& reason,
                                const QList<models::RollbackObservation>& observations) {
    d->submit(rollback, intent::verifyRollback(verdict, reason, observations));
}

void RunService::unblockRelease(const RunId& run, const QString& reason) {
    d->m_engine.post(
        [run, reason](Engine& engine) { engine.submitAside(run, intent::unblockRelease(reason)); });
}

QList<models::LockObstacle> RunService::lockObstacles(const RunId& run) const {
    return d->m_obstacles.value(run);
}

void RunService::retryLocks(const RunId& run) {
    d->m_engine.with(run, [](RunSession& session) { session.retryLocks(); });
}

void RunService::takeOverLocks(const RunId& run, const QList<models::LockObstacle>& seen,
                               const QString& reason) {
    d->m_engine.with(run,
                     [seen, reason](RunSession& session) { session.takeOverLocks(seen, reason); });
}

void RunService::releaseLeftLocks() {
    d->m_engine.post([](Engine& engine) { engine.releaseLeftLocks(); });
}

void RunService::submit(const RunId& run, const Intent& intent) {
    d->submit(run, intent);
}

} // namespace app

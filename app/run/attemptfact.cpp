// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/attemptfact.h"

#include "models/run/draft.h"
#include "models/run/resolve.h"
#include "models/run/rollbackcondition.h"

namespace app {

namespace {

QString durationText(std::chrono::milliseconds duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    return seconds % 60 == 0 && seconds > 0 ? u"%1 min"_qs.arg(seconds / 60)
                                            : u"%1 s"_qs.arg(double(duration.count()) / 1000);
}

} // namespace

models::EventDraft attemptFact(const models::Step& step, models::Attempt attempt,
                               const AttemptRecord& record, const OutputRecorder& output,
                               const QString& cancelRemark) {
    attempt.exitCode = record.exitCode;
    attempt.stateSaved = record.stateSaved;
    attempt.outputCut = record.outputCut;
    attempt.leftBehind = record.leftBehind;
    attempt.evidence = cancelRemark;
    if (record.ranNothing) {
        const QString reason = u"Nothing was run: "_qs + record.reason;
        return attempt.restoreNumber > 0
                   ? models::draft::sessionLost(step.id, attempt.number, reason)
                   : models::draft::notStarted(step.id, attempt.number, reason);
    }
    if (record.cancelled) {
        attempt.reason = attempt.streaming ? u"It was stopped. Judge it by its output."_qs
                                           : u"It was cancelled."_qs;
        return models::draft::cancelled(step.id, attempt,
                                        attempt.streaming ? models::StepStatus::Waiting
                                                          : models::StepStatus::Failed);
    }
    if (record.byTimeLimit) {
        attempt.reason =
            u"It was ended at its time limit of %1."_qs.arg(durationText(attempt.timeLimit));
        return models::draft::stepFinished(step.id, attempt,
                                           attempt.streaming ? models::StepStatus::Waiting
                                                             : models::StepStatus::Failed);
    }
    models::StepStatus status = models::judge(step, attempt, output.text(OutputStream::Stdout),
                                              output.text(OutputStream::Stderr));
    const bool isComplete = output.isTextComplete();
    // A part of the output is no evidence; the exit status has decided already.
    if (!isComplete && attempt.exitCode.value_or(-1) != attempt.expectExit)
        attempt.expectations.clear();
    const bool judgedInPart = !isComplete && !attempt.expectations.isEmpty();
    if (judgedInPart || (attempt.streaming && status == models::StepStatus::Passed &&
                         attempt.expectations.isEmpty())) {
        status = models::StepStatus::Waiting;
        attempt.reason = judgedInPart ? u"There is too much output to check. Judge it by eye."_qs
                                      : u"It ended by itself. Judge it by its output."_qs;
    }
    attempt.migratedNothing =
        isComplete && !attempt.edited && attempt.exitCode == 0 && models::migratesForward(step) &&
        models::saysNothingMigrated(QString::fromUtf8(output.text(OutputStream::Stdout) + '\n' +
                                                      output.text(OutputStream::Stderr)));
    if (attempt.inputs > 0 && attempt.evidence.isEmpty())
        attempt.evidence = u"Input was typed: of this step only the directory is carried over."_qs;
    if (record.outputCut && attempt.evidence.isEmpty())
        attempt.evidence =
            u"A part of its output is missing: there was no room for it on the disk. "
            "Free some space there."_qs;
    if (record.leftBehind > 0 && attempt.evidence.isEmpty())
        attempt.evidence = record.leftBehind == 1
                               ? u"1 background process goes on."_qs
                               : u"%1 background processes go on."_qs.arg(record.leftBehind);
    return models::draft::stepFinished(step.id, attempt, status);
}

} // namespace app

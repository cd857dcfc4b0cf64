// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runrecord.h"

#include "models/run/exitstatus.h"
#include "models/run/standing.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace app {

namespace {

using models::AttemptStatus;
using models::Event;
using models::EventKind;
using models::Verdict;

/// "StepMarkedPassed" as "Step marked passed".
QString readableKind(const QString& name) {
    QString text;
    for (const QChar c : name) {
        if (c.isUpper() && !text.isEmpty())
            text += QLatin1Char(' ');
        text += text.isEmpty() ? c : c.toLower();
    }
    return text;
}

QString titleOf(const models::RunState& state, const Event& event) {
    const QString id = event.payload.value(QLatin1String("step")).toString();
    if (id.isEmpty() || !state.plan)
        return id;
    const models::PlanStep* step = state.plan->find(models::StepId(id));
    return step ? step->step.title : id;
}

/// The host that the event is about, of a step on several.
QString hostOf(const models::RunState& state, const Event& event) {
    const QString host = event.payload.value(QLatin1String("host")).toString();
    const models::StepId id(event.payload.value(QLatin1String("step")).toString());
    const models::PlanStep* step = state.plan ? state.plan->find(id) : nullptr;
    if (!host.isEmpty() || !step || !models::hasSeveralHosts(step->step))
        return host;
    const QList<models::Attempt>& attempts = state.step(id).attempts;
    const int number = event.payload.value(QLatin1String("attempt")).toInt();
    return number >= 1 && number <= attempts.size() ? attempts[number - 1].place : QString();
}

/// The texts of a payload that a person gave or has to read.
QString detailOf(const models::RunState& state, const Event& event) {
    QStringList details;
    if (const QString host = hostOf(state, event); !host.isEmpty())
        details.append(host);
    for (const char* key :
         {"trigger", "wave", "verdict", "holder", "lacking", "reason", "text", "evidence", "remark",
          "words", "name", "second", "owner", "outcome", "risk", "from", "to", "until"}) {
        const QString text = event.payload.value(QLatin1String(key)).toString();
        const models::Instant time = models::Instant::fromString(text);
        if (!time.isNull())
            details.append(QLatin1String(key) + u' ' + readableTime(time));
        else if (!text.isEmpty() && !details.contains(text))
            details.append(text);
    }
    if (event.kind == EventKind::VariablesSet || event.kind == EventKind::RunStarted) {
        const QJsonObject values = event.payload.value(QLatin1String("variables")).toObject();
        for (auto value = values.constBegin(); value != values.constEnd(); ++value)
            details.append(QStringLiteral("%1=%2").arg(value.key(), value->toString()));
    }
    if (event.payload.contains(u"verified"))
        details.append(
            event.payload[u"verified"].toBool()
                ? QStringLiteral("verified, signed with %1").arg(event.payload[u"key"].toString())
                : QStringLiteral("recorded, not verified"));
    if (event.payload.value(QLatin1String("fresh")).toBool())
        details.append(QStringLiteral("in a fresh shell"));
    if (event.kind == EventKind::EvidencePinned)
        details.append(
            QStringLiteral("%L1 log lines").arg(event.payload[u"lines"].toArray().size()));
    if (const QJsonValue exit = event.payload.value(QLatin1String("exit")); exit.isDouble())
        details.append(QStringLiteral("exit status %1").arg(models::exitStatusText(exit.toInt())));
    return details.join(QStringLiteral(" · "));
}

RecordedFact factOf(const models::RunState& state, const Event& event) {
    const bool isKnown = event.kind != EventKind::Unrecognised;
    return {event.at, event.actor,
            isKnown ? readableKind(event.kindName)
                    : QStringLiteral("Event of a newer Gantry (%1)").arg(event.kindName),
            titleOf(state, event), detailOf(state, event)};
}

SignedFact signedFact(const models::RunState& state, const Event& event) {
    const auto text = [&event](QStringView key) { return event.payload.value(key).toString(); };
    return {titleOf(state, event),
            text(event.kind == EventKind::GateOverridden ? u"second" : u"name"), text(u"key"),
            text(u"statement"), text(u"signature")};
}

/// What the run was started against, a fact each.
QList<RecordedFact> overridesOf(const models::RunState& state, const Event& started) {
    QList<RecordedFact> facts;
    if (!state.plan)
        return facts;
    for (const models::StartOverride& override : state.plan->context.overrides)
        facts.append({started.at, started.actor, QStringLiteral("Started all the same"),
                      override.objection, override.reason});
    return facts;
}

/// Beside what it changes: a watch that goes on as before is no news.
bool isToldAlready(const Event& event, Verdict& watched) {
    if (event.kind != EventKind::WatchObserved)
        return event.kind == EventKind::OutputRecorded;
    const Verdict before =
        std::exchange(watched, models::verdictFromName(event.payload.value(u"verdict").toString()));
    return before == watched;
}

bool isDeviation(const Event& event) {
    switch (event.kind) {
    case EventKind::WatchEnded:
        return models::verdictFromName(event.payload.value(u"verdict").toString()) != Verdict::Pass;
    case EventKind::StepSkipped:
    case EventKind::StepMarkedPassed:
    case EventKind::StepReopened:
    case EventKind::CommandAdded:
    case EventKind::OutcomeUnknown:
    case EventKind::GateOverridden:
    case EventKind::TriggerAcknowledged:
    case EventKind::Unrecognised:
        return true;
    case EventKind::LockTaken:
        return event.payload.contains(QLatin1String("reason"));
    case EventKind::StepStarted:
        return event.payload.value(QLatin1String("edited")).toBool() ||
               event.payload.value(QLatin1String("fresh")).toBool();
    case EventKind::RunStarted:
    case EventKind::VariablesSet:
    case EventKind::OutputRecorded:
    case EventKind::StepFinished:
    case EventKind::StepConfirmed:
    case EventKind::StepEdited:
    case EventKind::NoteAdded:
    case EventKind::Reattached:
    case EventKind::CancelRequested:
    case EventKind::Cancelled:
    case EventKind::GateEntered:
    case EventKind::GateObserved:
    case EventKind::GatePassed:
    case EventKind::ApprovalRequested:
    case EventKind::ApprovalGiven:
    case EventKind::ApprovalRejected:
    case EventKind::ApprovalExpired:
    case EventKind::RiskAcknowledged:
    case EventKind::WaveEntered:
    case EventKind::TriggerArmed:
    case EventKind::TriggerHeld:
    case EventKind::TriggerCleared:
    case EventKind::WatchStarted:
    case EventKind::WatchObserved:
    case EventKind::TimerSet:
    case EventKind::TimerFired:
    case EventKind::RunPaused:
    case EventKind::RunResumed:
    case EventKind::DriverChanged:
    case EventKind::LockReleased:
    case EventKind::RollbackStarted:
    case EventKind::RollbackVerified:
    case EventKind::ReleaseBlocked:
    case EventKind::ReleaseUnblocked:
    case EventKind::EvidencePinned:
    case EventKind::RunClosed:
        return false;
    }
    return false;
}

QString resultOf(const models::Attempt& attempt) {
    switch (attempt.status) {
    case AttemptStatus::Intended:
        return QStringLiteral("intended, not known to have started");
    case AttemptStatus::Started:
        return QStringLiteral("running");
    case AttemptStatus::Exited:
        return attempt.exitCode
                   ? QStringLiteral("exit status %1").arg(models::exitStatusText(*attempt.exitCode))
                   : QStringLiteral("ended");
    case AttemptStatus::Cancelled:
        return QStringLiteral("cancelled");
    case AttemptStatus::NotStarted:
        return QStringLiteral("never started");
    case AttemptStatus::Unknown:
        return QStringLiteral("outcome unknown");
    }
    return {};
}

StepRecord stepRecord(const models::RunState& state, int index, const OutputLookup& output) {
    const models::PlanStep& planned = state.plan->steps[index];
    StepRecord record;
    record.title = planned.step.title;
    record.section = planned.section >= 0 ? state.plan->sections[planned.section].title : QString();
    record.wave = planned.wave;
    record.lane = planned.step.lane;
    record.depth = planned.step.depth;
    record.status = models::stepStatusName(models::effectiveStatus(state, index));
    record.standing = models::standingWords(state, index);
    record.state = state.step(planned.step.id);
    if (models::hasSeveralHosts(planned.step))
        record.hosts = models::hostProgress(state, index);
    for (const models::Attempt& attempt : record.state.attempts) {
        AttemptRecordText text;
        text.attempt = attempt;
        text.result = resultOf(attempt);
        for (int stream = 0; stream < 2; ++stream) {
            if (attempt.outputBytes[stream] > 0)
                text.output[stream] =
                    readableOutput(output({state.id, planned.step.id, attempt.number}, stream));
        }
        record.attempts.append(text);
    }
    return record;
}

bool isShown(const models::RunState& state, int index) {
    const models::PlanStep& planned = state.plan->steps[index];
    models::StepState untouched;
    untouched.owner = planned.step.options.text(QLatin1String("owner"));
    if (state.step(planned.step.id) != untouched)
        return true;
    const bool isOwnLane = planned.step.lane == models::Lane::Main ||
                           (planned.step.lane == models::Lane::Rollback &&
                            state.plan->runbook.kind == models::DocumentKind::RollbackRunbook);
    return planned.applicable && isOwnLane;
}

} // namespace

RunRecord makeRecord(const StoredRun& stored, const OutputLookup& output,
                     models::Instant writtenAt) {
    RunRecord record;
    record.writtenAt = writtenAt;
    record.damage = stored.damage;
    record.events = stored.events.size();
    models::TimelineRecord timeline;
    for (const Event& event : stored.events) {
        record.state = models::apply(std::move(record.state), event);
        timeline.add(event);
    }
    record.timeline = timeline.timeline(record.state, writtenAt);
    if (!stored.events.isEmpty())
        record.head = QString::fromLatin1(stored.events.last().hash.toHex());
    // Titles are looked up in the last plan: it holds the commands that were added on the way.
    Verdict watched = Verdict::Unknown;
    for (const Event& event : stored.events) {
        if (isToldAlready(event, watched))
            continue;
        record.facts.append(factOf(record.state, event));
        if (event.payload.contains(u"signature"))
            record.signedFacts.append(signedFact(record.state, event));
        if (event.kind == EventKind::RunStarted)
            record.deviations.append(overridesOf(record.state, event));
        if (isDeviation(event))
            record.deviations.append(record.facts.last());
    }
    const int steps = record.state.plan ? static_cast<int>(record.state.plan->steps.size()) : 0;
    for (int index = 0; index < steps; ++index) {
        if (isShown(record.state, index))
            record.steps.append(stepRecord(record.state, index, output));
    }
    return record;
}

QString readableOutput(const QByteArray& bytes) {
    // CSI, OSC (ended by BEL or ST) and two-character sequences of ECMA-48.
    static const QRegularExpression control(QStringLiteral(
        "\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b[ -/]*."));
    QString text = QString::fromUtf8(bytes);
    text.remove(control);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    QString readable;
    readable.reserve(text.size());
    for (const QChar c : std::as_const(text)) {
        const bool isBreak = c == QLatin1Char('\n') || c == QLatin1Char('\t');
        // Characters that turn the direction of writing make a text look like another one.
        const bool turns = (c >= QChar(0x202a) && c <= QChar(0x202e)) ||
                           (c >= QChar(0x2066) && c <= QChar(0x2069));
        if (isBreak || !(c.category() == QChar::Other_Control || turns))
            readable += c;
        else if (turns)
            readable += QChar(QChar::ReplacementCharacter);
    }
    return readable;
}

QString readableTime(models::Instant at) {
    return at.isNull() ? QStringLiteral("–")
                       : at.toDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
}

QString readableDuration(models::Instant from, models::Instant to) {
    if (from.isNull() || to.isNull() || to < from)
        return QStringLiteral("–");
    const double seconds = static_cast<double>(to.nanoseconds - from.nanoseconds) / 1e9;
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds, 0, 'f', 2);
    const qint64 whole = static_cast<qint64>(seconds);
    if (whole < 3600)
        return QStringLiteral("%1 min %2 s")
            .arg(whole / 60)
            .arg(whole % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1 h %2 min")
        .arg(whole / 3600)
        .arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

} // namespace app

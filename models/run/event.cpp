// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/event.h"

#include "models/core/sha256.h"

#include <QHash>
#include <QJsonDocument>

#include <array>
#include <cmath>

namespace models {

namespace {

/// In the order of EventKind.
constexpr std::array kindNames = {
    QLatin1String("RunStarted"),
    QLatin1String("VariablesSet"),
    QLatin1String("StepStarted"),
    QLatin1String("OutputRecorded"),
    QLatin1String("StepFinished"),
    QLatin1String("StepConfirmed"),
    QLatin1String("StepSkipped"),
    QLatin1String("StepMarkedPassed"),
    QLatin1String("StepReopened"),
    QLatin1String("StepEdited"),
    QLatin1String("NoteAdded"),
    QLatin1String("CommandAdded"),
    QLatin1String("OutcomeUnknown"),
    QLatin1String("Reattached"),
    QLatin1String("CancelRequested"),
    QLatin1String("Cancelled"),
    QLatin1String("GateEntered"),
    QLatin1String("GateObserved"),
    QLatin1String("GatePassed"),
    QLatin1String("GateOverridden"),
    QLatin1String("ApprovalRequested"),
    QLatin1String("ApprovalGiven"),
    QLatin1String("ApprovalRejected"),
    QLatin1String("ApprovalExpired"),
    QLatin1String("RiskAcknowledged"),
    QLatin1String("WaveEntered"),
    QLatin1String("TriggerArmed"),
    QLatin1String("TriggerHeld"),
    QLatin1String("TriggerCleared"),
    QLatin1String("TriggerAcknowledged"),
    QLatin1String("WatchStarted"),
    QLatin1String("WatchObserved"),
    QLatin1String("WatchEnded"),
    QLatin1String("TimerSet"),
    QLatin1String("TimerFired"),
    QLatin1String("RunPaused"),
    QLatin1String("RunResumed"),
    QLatin1String("DriverChanged"),
    QLatin1String("LockTaken"),
    QLatin1String("LockReleased"),
    QLatin1String("RollbackStarted"),
    QLatin1String("RollbackVerified"),
    QLatin1String("ReleaseBlocked"),
    QLatin1String("ReleaseUnblocked"),
    QLatin1String("EvidencePinned"),
    QLatin1String("RunClosed"),
};
static_assert(kindNames.size() == static_cast<size_t>(EventKind::Unrecognised));

const QHash<QString, EventKind>& kindsByName() {
    static const QHash<QString, EventKind> kinds = [] {
        QHash<QString, EventKind> made;
        for (size_t i = 0; i < kindNames.size(); ++i)
            made.insert(QString(kindNames[i]), static_cast<EventKind>(i));
        return made;
    }();
    return kinds;
}

tl::unexpected<Error> noEnvelope(const QString& detail) {
    return failure(ErrorCode::Damaged,
                   QStringLiteral("A recorded event cannot be read. \"gantry journal verify\" "
                                  "says which one."),
                   detail);
}

bool hasType(const QJsonObject& object, QLatin1String key, QJsonValue::Type type) {
    return object.value(key).type() == type;
}

/// A whole number that a double holds exactly, as versions and sequence numbers are.
bool isCount(const QJsonObject& object, QLatin1String key) {
    const QJsonValue value = object.value(key);
    return value.isDouble() && value.toInteger(-1) >= 1 &&
           static_cast<double>(value.toInteger()) == value.toDouble();
}

QString envelopeFault(const QJsonObject& envelope) {
    for (const QLatin1String key : {QLatin1String("v"), QLatin1String("seq")}) {
        if (!isCount(envelope, key))
            return QStringLiteral("\"%1\" is not a number from 1.").arg(key);
    }
    for (const QLatin1String key :
         {QLatin1String("run"), QLatin1String("at"), QLatin1String("actor"),
          QLatin1String("console"), QLatin1String("kind")}) {
        if (!hasType(envelope, key, QJsonValue::String))
            return QStringLiteral("\"%1\" is not a text.").arg(key);
    }
    if (!hasType(envelope, QLatin1String("payload"), QJsonValue::Object))
        return QStringLiteral("\"payload\" is not an object.");
    return {};
}

} // namespace

QString eventKindName(EventKind kind) {
    const auto index = static_cast<size_t>(kind);
    return index < kindNames.size() ? QString(kindNames[index]) : QStringLiteral("Unrecognised");
}

EventKind eventKindFromName(QStringView name) {
    return kindsByName().value(name.toString(), EventKind::Unrecognised);
}

QByteArray chainOrigin() {
    return QByteArray(32, '\0');
}

QByteArray chainHash(const QByteArray& previousHash, const QByteArray& bytes) {
    return sha256(previousHash + bytes);
}

void sealEvent(Event& event, const QByteArray& previousHash) {
    if (event.kindName.isEmpty())
        event.kindName = eventKindName(event.kind);
    // QJsonObject keeps its keys sorted, at every depth: that is what makes the bytes canonical.
    const QJsonObject envelope{
        {QStringLiteral("v"), event.v},           {QStringLiteral("run"), event.run.text()},
        {QStringLiteral("seq"), event.seq},       {QStringLiteral("at"), event.at.toString()},
        {QStringLiteral("actor"), event.actor},   {QStringLiteral("console"), event.console},
        {QStringLiteral("kind"), event.kindName}, {QStringLiteral("payload"), event.payload},
    };
    event.bytes = QJsonDocument(envelope).toJson(QJsonDocument::Compact);
    event.hash = chainHash(previousHash, event.bytes);
}

Result<Event> eventFromBytes(const QByteArray& bytes, const QByteArray& hash) {
    QJsonParseError parsed;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &parsed);
    if (parsed.error != QJsonParseError::NoError || !document.isObject())
        return noEnvelope(parsed.errorString());
    const QJsonObject envelope = document.object();
    if (const QString fault = envelopeFault(envelope); !fault.isEmpty())
        return noEnvelope(fault);

    Event event;
    event.v = envelope.value(QLatin1String("v")).toInt();
    event.run = RunId(envelope.value(QLatin1String("run")).toString());
    event.seq = envelope.value(QLatin1String("seq")).toInteger();
    event.at = Instant::fromString(envelope.value(QLatin1String("at")).toString());
    event.actor = envelope.value(QLatin1String("actor")).toString();
    event.console = envelope.value(QLatin1String("console")).toString();
    event.kindName = envelope.value(QLatin1String("kind")).toString();
    event.payload = envelope.value(QLatin1String("payload")).toObject();
    event.bytes = bytes;
    event.hash = hash;
    // Version 1 is the oldest there is. A later version of a known kind may mean something else.
    event.kind =
        event.v == Event::version ? eventKindFromName(event.kindName) : EventKind::Unrecognised;
    return event;
}

} // namespace models

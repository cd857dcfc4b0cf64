// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

namespace models {

/// Every fact that a run can hold. Names are stored as written here.
enum class EventKind {
    RunStarted,
    VariablesSet,
    StepStarted,
    OutputRecorded,
    StepFinished,
    StepConfirmed,
    StepSkipped,
    StepMarkedPassed,
    StepReopened,
    StepEdited,
    NoteAdded,
    CommandAdded,
    OutcomeUnknown,
    Reattached,
    CancelRequested,
    Cancelled,
    GateEntered,
    GateObserved,
    GatePassed,
    GateOverridden,
    ApprovalRequested,
    ApprovalGiven,
    ApprovalRejected,
    ApprovalExpired,
    RiskAcknowledged,
    WaveEntered,
    TriggerArmed,
    TriggerHeld,
    TriggerCleared,
    TriggerAcknowledged,
    WatchStarted,
    WatchObserved,
    WatchEnded,
    TimerSet,
    TimerFired,
    RunPaused,
    RunResumed,
    DriverChanged,
    LockTaken,
    LockReleased,
    RollbackStarted,
    RollbackVerified,
    ReleaseBlocked,
    ReleaseUnblocked,
    EvidencePinned,
    RunClosed,
    Unrecognised, ///< written by a newer version: the run opens read-only
};

[[nodiscard]] QString eventKindName(EventKind kind);
[[nodiscard]] EventKind eventKindFromName(QStringView name);

/// What somebody wants to record; the journal adds the rest of the envelope. Payloads are made in
/// models/run/draft.h (of RunStarted the journal reads plan.context for the runs list), but for one
/// that the journal makes from an output body: OutputRecorded {step, attempt, stream: 0|1, from,
/// to, size, sha256, leftOut}, where from and to are raw offsets, size and sha256 are of the masked
/// bytes, and leftOut counts the bytes of the attempt's middle that are no longer kept (absent
/// while all are).
struct EventDraft {
    EventKind kind = EventKind::Unrecognised;
    QJsonObject payload;
};

/// One recorded fact. bytes are the exact canonical UTF-8 JSON of the envelope that was hashed:
/// hash = SHA-256(previous hash as 32 raw bytes, bytes); the first event of a run follows 32 zeros.
struct Event {
    static constexpr int version = 1;

    int v = version;
    RunId run;
    qint64 seq = 0; ///< from 1, without gaps
    Instant at;
    QString actor;   ///< the account that acted, "user@host"; "gantry" for the program itself
    QString console; ///< id of the console process that wrote it
    EventKind kind = EventKind::Unrecognised;
    QString kindName; ///< as stored, also where kind is Unrecognised
    QJsonObject payload;
    QByteArray bytes;
    QByteArray hash; ///< 32 raw bytes
};

/// What the first event of a run follows: 32 zero bytes.
[[nodiscard]] QByteArray chainOrigin();
/// SHA-256 over the previous hash and the event's bytes.
[[nodiscard]] QByteArray chainHash(const QByteArray& previousHash, const QByteArray& bytes);

/// Fills bytes (keys sorted, compact) and hash from the other members. The kind's name is written
/// where kindName is empty, else kindName.
void sealEvent(Event& event, const QByteArray& previousHash);
/// Reads an envelope; upcasts old versions, never rewrites bytes. Kinds and versions of a newer
/// Gantry come as Unrecognised with kindName and payload kept. Damaged where it is no envelope.
/// Whether hash is right is the chain's question: see verifyChain().
[[nodiscard]] Result<Event> eventFromBytes(const QByteArray& bytes, const QByteArray& hash);

} // namespace models

Q_DECLARE_METATYPE(models::Event)

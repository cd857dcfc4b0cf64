// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/event.h"
#include "models/run/runfile.h"
#include "models/run/runstate.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace app {

/// Masked output of one attempt's stream, to be stored with an OutputRecorded event.
struct OutputBody {
    models::AttemptKey attempt;
    int stream = 0;     ///< 0 stdout, 1 stderr
    qint64 rawFrom = 0; ///< offsets in the unmasked stream, which resuming needs
    qint64 rawTo = 0;
    QByteArray bytes; ///< masked
};

/// One line of the runs list, kept current by the journal so that listing replays nothing.
struct RunSummary {
    models::RunId id;
    QString workspaceId;
    QString workspaceName;
    QString workspaceRoot;
    QString runbookPath;
    QString runbookTitle;
    QString environment;
    models::Instant startedAt;
    models::Instant closedAt;
    models::Instant lastEventAt;
    models::RunStatus status = models::RunStatus::Open;
    models::RunOutcome outcome = models::RunOutcome::None;
    QString startedBy;
    int done = 0;   ///< steps of the main lane that passed or were skipped
    int failed = 0; ///< failed or unknown ones
    int total = 0;
    models::Target target;
    models::RunId rollbackOf; ///< the run that it takes back; empty: it is no rollback
    /// Why what it was about must not go there again; empty: nothing blocks it.
    QString blockReason;
    QString blockedBy;         ///< who said so
    models::Instant blockedAt; ///< and when; null: nothing blocks it
    /// Where it holds its environment's lock, or could not give it back: hosts, and "local" for the
    /// journal's own.
    QStringList locks;
    QString givenTo;         ///< whom it was handed over to, who drives it; empty: nobody
    models::Instant givenAt; ///< when that was
    QString heldBy; ///< "console 4711 of user@host since 14:02 UTC" while some console holds it
};

/// A run as it was stored. damage is empty when the chain verified.
struct StoredRun {
    QList<models::Event> events;
    QString damage;
    bool writable = false; ///< this console holds the run's lock
    QString heldBy;        ///< who holds it otherwise
    QString refusal; ///< why it cannot be held though nobody does: a full disk, a read-only one
};

/// Events and bodies of one transaction.
struct Append {
    models::RunId run;
    QList<models::EventDraft> drafts; ///< OutputRecorded drafts are made by the store from bodies
    QList<OutputBody> bodies;         ///< recorded before the drafts
    QString actor;
    std::optional<models::Progress> progress = {}; ///< for the runs list, where it changed
};

/// The journal as services see it. Thread-safe; the work is on the journal's own thread, and a
/// future is finished from there (attach continuations with a context object). Appends of one
/// caller keep their order; what a finished future reports is durable.
class JournalStore : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Makes a run with its first event and takes its lock.
    virtual QFuture<models::Result<QList<models::Event>>> create(const Append& first) = 0;
    /// All or nothing. NotWritable when the disk is full, Locked when the lock is not ours, or when
    /// it takes the journal's lock of an environment (LockTaken of "local") that another open run
    /// holds, unless it says that it takes over from that one: then it has passed to this run.
    virtual QFuture<models::Result<QList<models::Event>>> append(const Append& append) = 0;
    /// Replays nothing: gives the events. takeLock: try to become the run's one writer.
    virtual QFuture<models::Result<StoredRun>> load(const models::RunId& run, bool takeLock) = 0;
    /// Gives the run's lock back; the run stays open.
    virtual QFuture<void> release(const models::RunId& run) = 0;
    virtual QFuture<models::Result<QList<RunSummary>>> runs() = 0;
    /// The run as JSON lines, as "gantry journal export" writes them: for another console.
    virtual QFuture<models::Result<QByteArray>> exported(const models::RunId& run) = 0;
    /// Takes in a run that another console exported, or what follows there on what is stored of it
    /// here: so many events, none where all of them are here. All or nothing. Refused where it does
    /// not go on from what is stored here, Locked where a console writes to it.
    virtual QFuture<models::Result<qint64>> adopt(const models::RunFile& file) = 0;
    /// The open run that holds the journal's lock of this run's environment, which may be this one;
    /// nothing where none does.
    virtual QFuture<models::Result<std::optional<RunSummary>>>
    lockHolder(const models::RunId& run) = 0;
    /// Masked bytes as they were recorded, both cuts marked in the text itself.
    virtual QFuture<models::Result<QByteArray>> output(const models::AttemptKey& attempt,
                                                       int stream, qint64 maximum) = 0;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/run/approval.h"
#include "models/run/host.h"
#include "models/run/observed.h"
#include "models/run/pin.h"
#include "models/run/plan.h"
#include "models/run/rollback.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <optional>

namespace models {

enum class StepStatus { Pending, Blocked, Running, Waiting, Passed, Failed, Unknown, Skipped };
enum class RunStatus { Open, Watching, Closed };
enum class RunOutcome {
    None, ///< while the run is not closed
    Succeeded,
    SucceededWithDeviations,
    Failed,
    Aborted,
    RolledBack,
    RollbackFailed,
};

[[nodiscard]] QString stepStatusName(StepStatus status); ///< "passed", … as shown and stored
[[nodiscard]] std::optional<StepStatus> stepStatusFromName(QStringView name);
[[nodiscard]] QString runStatusName(RunStatus status);
[[nodiscard]] QString runOutcomeName(RunOutcome outcome); ///< "succeeded with deviations", …
[[nodiscard]] std::optional<RunOutcome> runOutcomeFromName(QStringView name);

/// An expectation with what was seen of it.
struct ExpectationResult {
    Expectation expectation;
    Finding finding;

    bool operator==(const ExpectationResult&) const = default;
};

enum class AttemptStatus {
    Intended, ///< durable, not known to have started
    Started,
    Exited,     ///< exitCode is known
    Cancelled,  ///< ended on request or by its time limit
    NotStarted, ///< proven never to have run
    Unknown,    ///< evidence says what is known
};

/// Whether a place whose attempt has an unknown outcome may still tell more of it.
enum class Loss {
    Unanswered, ///< it did not say, or could not be asked
    ForGood,    ///< it said all that it knows
};

/// One try of a step with a command, at one place. Those of a step on several hosts share one
/// series of numbers.
struct Attempt {
    int number = 1;
    AttemptStatus status = AttemptStatus::Intended;
    qint64 startSeq = 0; ///< of its StepStarted
    Instant startedAt;
    Instant finishedAt; ///< null while it runs
    QString actor;
    QString place = localPlace;
    QList<int> commands; ///< indices into Step::commands; all of a choice-free step
    QString script;      ///< exactly what ran, before variables
    QString shell;
    QMap<QString, QString> variables; ///< handed over with it
    QStringList secrets;              ///< names of those handed over
    QString workingDirectory;         ///< where nothing is carried over
    QString folder;     ///< the mark of the folder that records it at its place; empty: not known
    StepId restoreStep; ///< the attempt whose session state it took over; empty: none
    int restoreNumber = 0;
    std::chrono::milliseconds timeLimit{0};
    int expectExit = 0;
    bool errexit = true;
    bool streaming = false;
    bool interactive = false; ///< its standard input is open
    int inputs = 0;           ///< how many inputs were sent to it
    bool cancelRequested = false;
    bool stateSaved = false;      ///< a later step can carry on from it
    bool edited = false;          ///< script differs from the document: a deviation
    bool fresh = false;           ///< a person chose to carry nothing over: a deviation
    bool sessionLost = false;     ///< never started: what it was to carry over is gone at its place
    bool alone = false;           ///< no other host of its step follows by itself
    Loss loss = Loss::Unanswered; ///< where its outcome is unknown
    int asks = 0;                 ///< so often its place was asked again after the outcome was lost
    bool isAsking = false; ///< and has not answered the last time: it is not to begin by that
    std::optional<int> exitCode;
    StepStatus verdict = StepStatus::Running; ///< what it makes of the step at its place
    QString reason; ///< why it failed, was cancelled or is unknown, for a person
    QString evidence;
    QString markedBecause; ///< the evidence of who marked its host alone as passed
    QList<ExpectationResult> expectations;
    qint64 outputBytes[2] = {0, 0}; ///< raw bytes recorded of stdout and stderr
    bool outputCut = false;         ///< the middle was left out past 2 x 64 MB
    int leftBehind = 0;             ///< background processes that lived when it ended
    bool migratedNothing = false;   ///< the tool said that the database's schema was up to date

    bool operator==(const Attempt&) const = default;
};

/// Whether it runs, as far as the journal knows.
[[nodiscard]] bool isUnderWay(const Attempt& attempt);

struct StepState;
/// Whether any attempt of it may have done something: all but those proven never to have run.
[[nodiscard]] bool hasRun(const StepState& step);
/// Whether it would begin if it carried nothing over: at a place, its last attempt could not for
/// that alone.
[[nodiscard]] bool lostSession(const StepState& step);

/// What becomes of the hosts of a step that come later, after those that run.
enum class Rollout {
    Held,      ///< a person starts them: something failed, or was decided by hand
    GoesOn,    ///< they follow by themselves as long as all pass
    Cancelled, ///< a person ended it before them
};

/// That a run has its environment to itself at one place.
struct HeldLock {
    Instant since;
    QString lacking; ///< why there is no lock there, and it goes on without; empty: it holds it

    bool operator==(const HeldLock&) const = default;
};

struct Note {
    Instant at;
    QString actor;
    QString text;

    bool operator==(const Note&) const = default;
};

struct StepState {
    StepStatus status = StepStatus::Pending; ///< of a leaf; parents are derived
    QList<Attempt> attempts;
    QList<Note> notes;
    QList<Pin> pins;
    QString owner;
    QString reason;   ///< of a skip, a failure, an override
    QString evidence; ///< of "mark as passed"
    QString actor;    ///< who decided last
    Instant changedAt;
    ApprovalRequest request; ///< of an approval; what was said before it counts no more
    QList<Say> says;         ///< to the request, one of each person
    int approvals = 0;       ///< so many of them are a go that counts
    QStringList approvedBy;  ///< the names of those
    Instant waitUntil;       ///< of a waiting wait step, or of the pause between two batches
    Rollout rollout = Rollout::Held; ///< of a step on several hosts
    qsizetype openedAfter = 0;       ///< attempts before it was last reopened: they count no more
    qsizetype waitedAfter = 0;       ///< after so many attempts the pause between batches is over
    bool deviation = false;          ///< skipped, overridden, edited or marked
    qint64 changeSeq = 0; ///< the event that began its latest change; 0: it changed nothing

    bool operator==(const StepState&) const = default;
};

/// How many applicable leaves are in which status.
struct Tally {
    int total = 0;
    int running = 0;
    int waiting = 0;
    int passed = 0;
    int failed = 0;
    int unknown = 0;
    int skipped = 0;

    [[nodiscard]] int done() const { return passed + skipped; }
    bool operator==(const Tally&) const = default;
};

/// What follows from the steps' statuses, kept along so that no question scans the plan.
struct Standing {
    QList<Tally> steps;    ///< by plan index: of the step and all below it
    QList<Tally> sections; ///< by lane * sections + section: of the section and those below it
    Tally lanes[3];        ///< by lane
    QList<Tally> waves;    ///< by wave of the plan
    int blockersDone = 0;  ///< leading entries of Plan::blockers that hold nothing any more
    QSet<int> active;      ///< plan indices of steps that run or wait for a timer
    int deviations = 0;    ///< steps of the plan's main lane that deviated

    bool operator==(const Standing&) const = default;
};

/// Where a run stands: a fold of its events over apply(). A value.
struct RunState {
    RunId id;
    RunStatus status = RunStatus::Open;
    RunOutcome outcome = RunOutcome::None;
    bool paused = false;
    bool readOnly = false; ///< holds an event that this version does not know
    QString startedBy;
    Instant startedAt;
    Instant closedAt;
    qint64 lastSeq = 0;
    QByteArray head;                         ///< hash of the last event
    PlanPointer plan;                        ///< set by RunStarted; CommandAdded makes a new one
    QMap<QString, QString> variables;        ///< with a value, secrets excluded
    QSet<QString> secretsGiven;              ///< names only
    QHash<StepId, StepState> steps;          ///< absent: pending
    QList<Note> notes;                       ///< of the run as a whole
    QList<Pin> pins;                         ///< of the run as a whole
    StepId current;                          ///< where the operator is
    QMap<QString, qint64> variableSeq;       ///< the event that gave each variable its value
    QHash<QString, AttemptKey> sessions;     ///< by sessionName(): the last to carry on from
    QHash<StepId, GateState> gates;          ///< that were entered
    QMap<QString, TriggerStanding> triggers; ///< armed ones, by name
    std::optional<WatchState> watch;         ///< the newest
    Standing standing;
    std::optional<FirstChange> firstChange; ///< nothing was changed before it
    std::optional<RollbackOrder> rollback;  ///< another run takes this one back: it closes with it
    std::optional<RollbackVerification> verification; ///< of a rollback, after its last step
    std::optional<ReleaseBlock> releaseBlock;         ///< until somebody lifts it
    QMap<QString, HeldLock> locks; ///< by host, "local" for the journal's; until they are released
    bool overrodeLock = false;     ///< took over somebody's, or went on without one: a deviation
    QStringList
        drivers; ///< accounts in turn, the one that started it first; after each hand-over one
    QList<RiskTaken> risksTaken;        ///< one of each risk
    std::optional<GivenAway> givenAway; ///< somebody else drives it, at another console
    QMap<int, Instant>
        wavesEntered; ///< by wave of the plan: when its first step was begun or decided

    [[nodiscard]] const StepState& step(const StepId& stepId) const;
};

struct Event;

/// The state of a run of this plan before its first event: to preview it, and for tests.
[[nodiscard]] RunState initialState(PlanPointer plan);

/// Commands of one document at one place share a session: its name.
[[nodiscard]] QString sessionName(const Plan& plan, int planIndex, const QString& place);

/// Folds one event in. Pure; the first event must be RunStarted. An event that does not fit the
/// state is kept in lastSeq and head, and changes nothing else.
[[nodiscard]] RunState apply(RunState state, const Event& event);

/// The outcome that a run closed as good would have now: Succeeded only when every applicable step
/// of its lane passed without deviation; None while steps are open. Of a rollback RolledBack, once
/// it was looked whether it led back, and nothing says that it did not.
[[nodiscard]] RunOutcome goodOutcome(const RunState& state);

/// The status to show: of a leaf its own (with Blocked derived), of a parent derived from children.
[[nodiscard]] StepStatus effectiveStatus(const RunState& state, int planIndex);
/// Why a step cannot be taken now, for a person; empty when it can.
[[nodiscard]] QString blockedReason(const RunState& state, int planIndex);
/// The next open step of the main lane (of the whole lane of a rollback runbook); -1 when none.
[[nodiscard]] int nextOpenStep(const RunState& state, int afterPlanIndex = -1);

struct Progress {
    int done = 0;   ///< passed or skipped leaves
    int total = 0;  ///< applicable leaves
    int failed = 0; ///< failed or unknown leaves
    int running = 0;

    bool operator==(const Progress&) const = default;
};
/// Of one section with those below it, or of a whole lane (section -1).
[[nodiscard]] Progress progressOf(const RunState& state, Lane lane, int section = -1);

} // namespace models

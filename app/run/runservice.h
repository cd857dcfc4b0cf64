// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "app/run/place.h"
#include "app/run/report.h"
#include "models/run/approvaltext.h"
#include "models/run/lock.h"
#include "models/run/plan.h"
#include "models/run/runstate.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace app {

class ApprovalSigner;
class EngineThread;
class SecretStore;
struct Intent;

/// How a step's commands are to be run this time.
struct StartOptions {
    QString choice;         ///< the chosen option of a step with a choice
    QString editedScript;   ///< non-null: run this once instead (a deviation)
    bool confirmed = false; ///< the person typed what a destructive step asks for
    /// Of a step on several hosts: these alone, and no other follows by itself. Empty: all that
    /// failed or never ran, batch by batch.
    QStringList hosts;
    bool fresh = false; ///< begins without what the steps before left in their shell (a deviation)
};

/// What a step needs from a person before it can start.
struct StepNeeds {
    QStringList variables;    ///< placeholders without a value
    QStringList secrets;      ///< secrets without a value in this process
    QString confirmationText; ///< non-empty: to be typed (destructive, or confirm)
    QStringList choices;      ///< non-empty: one is to be chosen
    QString terminalCommand;  ///< non-empty: to be run by the person in a terminal
    QString needsPerson;      ///< why --unattended cannot take it; empty: it can
    QString blockedBy;        ///< why it cannot be taken now; empty: it can
};

/// Everything that one attempt would run, resolved, for showing and for --rehearse.
struct ResolvedCommand {
    QString shell;
    QString script; ///< exactly what runs
    QMap<QString, QString> variables;
    QStringList secrets;      ///< names
    QString place;            ///< of several all, as in "web-1, web-2"
    QStringList places;       ///< where it is still to pass
    QString workingDirectory; ///< empty: carried over
    QString missing; ///< non-empty: why it cannot be resolved yet; script is the document's text
};

/// Runs, for the window and the command line. Main thread; the work is on the engine's thread.
/// The truth is in the journal: intents come back as events, and as intentRefused when they cannot
/// be recorded. A view folds eventsAppended with models::apply for itself.
class RunService : public QObject {
    Q_OBJECT

public:
    /// Makes the places of a run, on the engine's thread, from what the run knows of its hosts;
    /// nullptr for a name that it does not know, and then nothing runs.
    using PlaceFactory = std::function<std::unique_ptr<Place>(const models::PlanContext& context,
                                                              const QString& name)>;

    /// journal and secrets outlive the service. engine: null for a thread of its own.
    RunService(JournalStore& journal, SecretStore& secrets, PlaceFactory places,
               std::shared_ptr<EngineThread> engine = nullptr, QObject* parent = nullptr);
    ~RunService() override;

    /// Without one no signature is checked or made here.
    void setSigner(std::shared_ptr<ApprovalSigner> signer);

    /// What a run of this plan would be: the state before the first event, to preview.
    [[nodiscard]] static models::RunState preview(models::PlanPointer plan);
    [[nodiscard]] static StepNeeds needs(const models::RunState& state, const models::StepId& step);
    [[nodiscard]] static ResolvedCommand
    resolve(const models::RunState& state, const models::StepId& step, const StartOptions& options);

    /// Starts a run; runOpened follows.
    QFuture<models::Result<models::RunId>> start(models::PlanPointer plan,
                                                 const QMap<QString, QString>& variables);
    /// Opens a recorded run, for writing where its lock is free, else read-only; runOpened follows,
    /// also where it is open here already.
    QFuture<models::Result<models::RunId>> open(const models::RunId& run);
    /// Of a run that is open here and that another console holds: what that one recorded meanwhile
    /// comes as eventsAppended, then caughtUp.
    void catchUp(const models::RunId& run);
    /// Lets go of a run; what runs goes on running at its place. Finishes when the head of its
    /// chain is in the keychain, or cannot be kept there.
    QFuture<models::Result<void>> release(const models::RunId& run);
    QFuture<models::Result<QList<RunSummary>>> runs();
    QFuture<models::Result<QByteArray>> output(const models::AttemptKey& attempt, int stream,
                                               qint64 maximum);
    /// The record of the run up to now, to be saved as a file; made off the main thread. course:
    /// what is known of the services' health beside it.
    QFuture<models::Result<QByteArray>> report(const models::RunId& run, ReportFormat format,
                                               const models::HealthCourse& course = {});
    /// Of a run that is open here; nullptr otherwise. Folded on the main thread.
    [[nodiscard]] const models::RunState* state(const models::RunId& run) const;
    /// Attempts under way in runs that are open here.
    [[nodiscard]] int attemptsUnderWay() const;

    // Intents. Each is an event once it is durable, or intentRefused.
    void setVariables(const models::RunId& run, const QMap<QString, QString>& values);
    /// Values stay in memory (and in the keychain while the run is open), never in the journal.
    void giveSecrets(const models::RunId& run, const QMap<QString, QString>& values);
    void startStep(const models::RunId& run, const models::StepId& step,
                   const StartOptions& options = {});
    /// On every host where it runs; those that come later are left out.
    void cancelStep(const models::RunId& run, const models::StepId& step);
    /// Has its place asked once more what became of a command whose outcome is unknown: it goes on,
    /// or has ended as is recorded there, or nothing is left of it. Nothing begins by this.
    void askAgain(const models::RunId& run, const models::StepId& step, const QString& host = {});
    // A host names one of several: without it, all that this can be done to are meant.
    void sendInput(const models::RunId& run, const models::StepId& step, const QByteArray& bytes,
                   const QString& host = {});
    /// A manual step is done, a streamed step judged, an asked expectation answered.
    void confirmStep(const models::RunId& run, const models::StepId& step, bool passed,
                     const QString& remark = {}, const QString& host = {});
    void skipStep(const models::RunId& run, const models::StepId& step, const QString& reason);
    /// Without a host, the step as a whole.
    void markPassed(const models::RunId& run, const models::StepId& step, const QString& evidence,
                    const QString& host = {});
    void reopenStep(const models::RunId& run, const models::StepId& step);
    /// second: the other person who agrees, which a protected environment asks for.
    void overrideGate(const models::RunId& run, const models::StepId& step, const QString& reason,
                      const QString& second = {});
    /// Asks people to approve: their time runs from here on. Asked again, nothing that was said
    /// before counts. reason: of a gate, why it is to be overridden.
    void requestApproval(const models::RunId& run, const models::StepId& step,
                         const QString& reason = {});
    /// name: as it was typed at this console: recorded, not verified. Asks first where nobody did.
    void approve(const models::RunId& run, const models::StepId& step, bool approved,
                 const QString& name, const QString& remark);
    /// An answer that somebody signed, as it came by chat. Of a gate, its override: the request
    /// says why. intentRefused where it does not verify or does not count.
    void answerSigned(const models::RunId& run, const models::StepId& step, const QString& pasted);
    /// The same, signed by this machine's user; keyFile: as ApprovalSigner::sign().
    void signHere(const models::RunId& run, const models::StepId& step, bool isGo,
                  const QString& note, const QString& keyFile);
    /// Somebody takes note of a known risk, and goes on.
    void acknowledgeRisk(const models::RunId& run, const QString& risk, const QString& remark);
    void setOwner(const models::RunId& run, const models::StepId& step, const QString& owner);
    void addNote(const models::RunId& run, const models::StepId& step, const QString& text);
    /// An empty step is the run as a whole. At most what models::Pin allows.
    void pinEvidence(const models::RunId& run, const models::StepId& step, const QString& remark,
                     const QList<models::PinnedLine>& lines);
    /// An ad-hoc command becomes a step behind the given one and starts.
    void addCommand(const models::RunId& run, const models::StepId& after, const QString& shell,
                    const QString& script);
    void setPaused(const models::RunId& run, bool paused);
    /// Runs what needs no person, in order, and stops at the first thing that does.
    void runSection(const models::RunId& run, int section);
    void runAll(const models::RunId& run);
    void stopRunningAll(const models::RunId& run);
    void close(const models::RunId& run, models::RunOutcome outcome, const QString& reason);
    /// For services that observe runs: decided like what a person asks for.
    void submit(const models::RunId& run, const Intent& intent);

    /// Takes the run back: runOpened of the run that does it follows, and as soon as nothing of
    /// this one runs any more, that one begins. decisions: see models::rollbackPlan().
    void startRollback(const models::RunId& run, const QString& reason,
                       const models::RollbackDecisions& decisions);
    /// What was seen after the last step of a rollback.
    void verifyRollback(const models::RunId& rollback, models::Verdict verdict,
                        const QString& reason,
                        const QList<models::RollbackObservation>& observations);
    /// Of a run that was taken back, closed or not: what it was about may go there again.
    void unblockRelease(const models::RunId& run, const QString& reason);

    /// What holds up the changes of a run that is open here: who has its environment's locks.
    [[nodiscard]] QList<models::LockObstacle> lockObstacles(const models::RunId& run) const;
    /// Asks again: takes what is free now, or tells who has it. Of a closed run, gives back what a
    /// host still has.
    void retryLocks(const models::RunId& run);
    /// Goes on over what was seen, which is recorded with the reason here and at the hosts. Refused
    /// where somebody else has a lock by now.
    void takeOverLocks(const models::RunId& run, const QList<models::LockObstacle>& seen,
                       const QString& reason);
    /// Of closed runs, on hosts that could not be told: tries again, once.
    void releaseLeftLocks();

    /// The run as a file, for a colleague's console: from here on it can only be read here. Refused
    /// while a command runs. The file is made again where it was handed over already.
    QFuture<models::Result<QByteArray>> handOver(const models::RunId& run, const QString& to);
    /// Takes up what another console handed over; runOpened follows. The same file again opens the
    /// run as it stands here.
    QFuture<models::Result<models::RunId>> takeOver(const QByteArray& file);
    /// Of a run that was handed over: drives it here all the same. What the colleague recorded
    /// meanwhile cannot be taken in any more.
    QFuture<models::Result<models::RunId>> takeBack(const models::RunId& run,
                                                    const QString& reason);

    /// Lines for the team's chat.
    [[nodiscard]] static QString statusText(const models::RunState& state, models::Instant now);

Q_SIGNALS:
    /// The run is open here with these events; heldBy is non-empty when it is read-only because
    /// another console holds it, problem where it is for another reason, in a sentence.
    void runOpened(const models::RunId& run, const QList<models::Event>& events,
                   const QString& heldBy, const QString& problem);
    /// heldBy: who drives it now; empty: nobody.
    void caughtUp(const models::RunId& run, const QString& heldBy);
    /// It is not open here any more.
    void runReleased(const models::RunId& run);
    /// Durable and folded into state(); in order, in batches.
    void eventsAppended(const models::RunId& run, const QList<models::Event>& events);
    /// Masked output as it arrives, before it is durable; batched to about 50 ms, and bounded in
    /// one turn of the event loop. What happened after it is told after it. While a few MB wait to
    /// be taken in here, more is left at its place.
    void outputReceived(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void intentRefused(const models::RunId& run, const models::StepId& step,
                       const models::Error& error);
    /// lockObstacles() are others.
    void lockObstaclesChanged(const models::RunId& run);
    /// A runAll or runSection came to an end: at this step, for this reason; empty: all done.
    void runAllStopped(const models::RunId& run, const models::StepId& step, const QString& reason);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace app

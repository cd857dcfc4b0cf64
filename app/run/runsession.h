// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/autorunner.h"
#include "app/run/executor.h"
#include "app/run/intentqueue.h"
#include "app/run/journalwriter.h"
#include "app/run/outputpace.h"
#include "app/run/runlocks.h"

#include <QObject>
#include <QSet>

namespace app {

/// One open run, once round the loop: an intent is decided on the state, recorded, folded in, and
/// what follows from the new state is brought about; what comes of that is recorded likewise.
/// Intents are taken one after the other, each when everything before it is durable. Engine's
/// thread.
class RunSession : public QObject {
    Q_OBJECT

public:
    /// state is the fold of what the journal holds; nothing is brought about before begin().
    RunSession(models::RunState state, JournalStore& journal,
               const RunService::PlaceFactory& places, QObject* parent = nullptr);

    /// A run just made.
    void begin();
    /// A run from the journal: what was under way is taken up.
    void resume();
    /// A run that was handed over: this console drives it from here on. reason: as
    /// intent::takeOver().
    void takeOver(const QString& reason);

    void submit(Intent intent);
    void startStep(const models::StepId& step, const StartOptions& options);
    void sendInput(const models::StepId& step, const QByteArray& bytes, const QString& host);
    void giveSecrets(const QMap<QString, QString>& values);
    void runAll(std::optional<int> section);
    void stopRunningAll();
    /// A person asks again whether the environment's locks can be taken.
    void retryLocks();
    /// A person goes on over what was seen, with a reason.
    void takeOverLocks(const QList<models::LockObstacle>& seen, const QString& reason);
    /// The run is closed and a host is being told.
    [[nodiscard]] bool isReleasingLocks() const { return m_locks.isReleasing(); }
    /// As JournalWriter::tellHead(), of all that this session records.
    void tellHead(QObject* context, const std::function<void(const QByteArray&)>& done) const {
        m_writer.tellHead(context, done);
    }
    /// So many bytes of what was outputReceived are off its receiver's hands.
    void noteShown(qsizetype bytes) { m_pace.noteShown(bytes); }

    [[nodiscard]] QList<Place*> places() const { return m_executor.places().all(); }
    /// At the end of this: for what they still have to do there.
    [[nodiscard]] std::vector<std::unique_ptr<Place>> takePlaces() {
        return m_executor.takePlaces();
    }

    /// The fold of everything that was eventsAppended.
    [[nodiscard]] const models::RunState& state() const { return m_state; }

Q_SIGNALS:
    void eventsAppended(const models::RunId& run, const QList<models::Event>& events);
    void outputReceived(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void intentRefused(const models::RunId& run, const models::StepId& step,
                       const models::Error& error);
    void runAllStopped(const models::RunId& run, const models::StepId& step, const QString& reason);
    void rollbackDue(const models::RunId& run, const models::RunId& rollback);
    void obstructed(const models::RunId& run, const QList<models::LockObstacle>& obstacles);
    void locksReleased(const models::RunId& run);

private:
    void takeNextIntent();
    void recordIntent(const Intent& intent);
    void recordFact(const models::EventDraft& fact, const QList<OutputBody>& output,
                    const std::function<void()>& durable);
    void fold(const QList<models::Event>& events);
    void advance();
    void showLive(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void startAfterLook(const models::StepId& step, const StartOptions& options);
    void continueStep(const models::StepId& step);
    void recordTime(const models::StepId& step);
    void openPlaces(const QStringList& places, const Intent& intent);
    void takeLocks(const QList<models::EventDraft>& drafts, const Intent& intent);
    void awaitLocks(const Intent& intent);
    void lockWhatWasDoneByHand(const QList<models::Event>& events);
    void putBack(Intent intent);
    [[nodiscard]] Decision checked(const Intent& intent) const;
    void write(const Intent& intent, const QList<models::EventDraft>& drafts);
    void refuse(const models::StepId& step, const models::Error& error);

    models::RunState m_state;
    JournalWriter m_writer;
    Executor m_executor;
    RunLocks m_locks;
    AutoRunner m_autoRunner;
    OutputPace m_pace{[this](Place::OutputFlow flow) { m_executor.setOutputFlow(flow); }};
    IntentQueue m_intents;
    bool m_recording = false;          ///< an intent is on its way into the journal
    int m_looking = 0;                 ///< starts whose places are looked at or opened first
    QSet<models::StepId> m_continuing; ///< their next batch is on its way into the journal
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/outputrecorder.h"
#include "app/run/runplaces.h"
#include "app/run/runservice.h"
#include "app/run/steptimers.h"
#include "models/run/event.h"
#include "models/run/next.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace app {

/// Brings about the effects of one run: attempts at their places, timers, the clearing up. Keyed by
/// attempt, so that an effect asked for again is no second one. What happens is reported as facts
/// to record. Engine's thread.
class Executor : public QObject {
    Q_OBJECT

public:
    /// state: of the run before anything is brought about.
    Executor(const models::RunState& state, JournalStore& journal,
             const RunService::PlaceFactory& places, QObject* parent = nullptr);
    ~Executor() override;

    /// Everything that should be under way in this state.
    void bringAbout(const models::RunState& state);
    /// The run was opened from the journal: attempts found under way are taken up, not begun. Of
    /// those that ended, the output goes from their places, where the console before did not come
    /// to saying so.
    void takeUp(const models::RunState& state);

    /// Refused where the value cannot be masked. Attempts that waited for it go on.
    models::Result<void> addSecrets(const QMap<QString, QString>& values);
    [[nodiscard]] const models::SecretMasker& masker() const { return m_masker; }

    /// Held while the journal cannot keep up; of everything that runs and is yet to start.
    void setOutputFlow(Place::OutputFlow flow);
    /// Everything that ended and is durable now: its output may go.
    void acknowledge(const models::AttemptKey& attempt);
    void sendInput(const models::AttemptKey& attempt, int number, const QByteArray& bytes);
    [[nodiscard]] RunPlaces& places() { return m_places; }
    [[nodiscard]] const RunPlaces& places() const { return m_places; }
    /// At the end of this: for what they still have to do there.
    [[nodiscard]] std::vector<std::unique_ptr<Place>> takePlaces();

Q_SIGNALS:
    void outputReady(const QList<app::OutputBody>& bodies);
    void liveOutput(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void reattached(const models::AttemptKey& attempt);
    /// The fact that ends the attempt, with the last of its output.
    void attemptEnded(const models::AttemptKey& attempt, const models::EventDraft& fact,
                      const QList<app::OutputBody>& lastOutput);
    void timerFired(const models::StepId& step);
    /// The next batch of the step's hosts is to be recorded, or the wait before it. Said again with
    /// every bringAbout() until it is.
    void continuationDue(const models::StepId& step);
    /// The run that takes this one back is to be there. Said again with every bringAbout().
    void rollbackDue(const models::RunId& rollback);
    /// The run is closed, and hosts still have its lock. Said again with every bringAbout().
    void locksLeft();

private:
    struct Running;
    struct Ended {
        QString place;
        int asks = 0;        ///< asked about once more since, it is under way again
        bool isKnown = true; ///< how; what is not known is left at its place, to be asked about
    };
    struct KeyHash {
        std::size_t operator()(const models::AttemptKey& key) const { return qHash(key); }
    };

    void start(const models::RunState& state, const models::AttemptKey& key);
    void launch(Running& running);
    void cancel(const models::AttemptKey& key);
    void acknowledgeEnded(const models::RunState& state);
    void cleanUp(const models::RunState& state);
    void missPlace(const models::AttemptKey& key);
    void follow(Place& place);
    [[nodiscard]] AttemptRequest requestFor(const Running& running) const;

    void receive(const models::AttemptKey& key, OutputStream stream, qint64 offset,
                 const QByteArray& bytes);
    void finish(const models::AttemptKey& key, const AttemptRecord& record);
    void lose(const models::AttemptKey& key, const QString& reason, const QString& evidence,
              models::Loss loss);
    void refuse(const models::AttemptKey& key, const models::Error& error);
    void end(Running& running, const models::EventDraft& fact);
    void flushBatches();

    models::RunId m_run;
    JournalStore& m_journal;
    RunPlaces m_places;
    models::SecretMasker m_masker;
    QMap<QString, QString> m_secrets;
    std::unordered_map<models::AttemptKey, std::unique_ptr<Running>, KeyHash> m_running;
    QHash<models::AttemptKey, Ended> m_ended; ///< here, or before this console
    QSet<models::AttemptKey> m_takenUp;
    StepTimers m_timers;
    QTimer m_batchTimer;
    Place::OutputFlow m_flow = Place::OutputFlow::Flowing;
    bool m_cleanedUp = false;
};

} // namespace app

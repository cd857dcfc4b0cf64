// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/engineline.h"
#include "app/run/headkeeper.h"
#include "app/run/runsecrets.h"
#include "app/run/runservice.h"
#include "app/run/signedanswers.h"

#include <utility>

namespace app {

/// What the main thread has of the runs: each as the engine tells of it, and the way to the engine.
class RunService::Private {
public:
    Private(RunService& service, JournalStore& journal, SecretStore& secrets, PlaceFactory places,
            std::shared_ptr<EngineThread> engine)
        : m_service(service)
        , m_journal(journal)
        , m_secrets(secrets,
                    [this](const models::RunId& run, const QMap<QString, QString>& values) {
                        handOver(run, values);
                    })
        , m_heads(secrets)
        , m_answers([this](const models::RunId& run) { return m_service.state(run); })
        , m_engine(journal, std::move(places), std::move(engine)) {}

    void submit(const models::RunId& run, Intent intent) {
        m_engine.with(
            run, [intent = std::move(intent)](RunSession& session) { session.submit(intent); });
    }

    void opened(const models::RunId& run, const QList<models::Event>& events);
    void fold(const models::RunId& run, const QList<models::Event>& events);
    void takeIn(const models::RunId& run, const StoredRun& stored);
    void handOver(const models::RunId& run, const QMap<QString, QString>& secrets);
    void beginRollbacks();
    void connectEngine();

    RunService& m_service;
    JournalStore& m_journal;
    RunSecrets m_secrets;
    HeadKeeper m_heads;
    SignedAnswers m_answers;
    QHash<models::RunId, models::RunState> m_states;
    QHash<models::RunId, QList<models::LockObstacle>> m_obstacles;
    QSet<models::RunId> m_heldElsewhere;    ///< as they were opened: what is recorded there is read
    QSet<models::RunId> m_rollbacksToBegin; ///< just made; what they take back may still run
    EngineLine m_engine;                    ///< last: what it tells needs all of the above
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthservice.h"
#include "app/run/runservice.h"
#include "app/version/versionservice.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>
#include <vector>

namespace app {

/// Looks whether a rollback led back, once its last step is done: the version of each service is
/// to be the one that was there before, and its health is to pass, both seen after that step. What
/// was seen is recorded in the rollback, which closes where all of it is good. What does not get
/// there in time has failed; what cannot be seen is unknown, and a person decides. Main thread.
class RollbackCheck final : public QObject {
    Q_OBJECT

public:
    using Now = std::function<models::Instant()>;

    /// For how long something may still be on its way, and how often it is looked at meanwhile.
    struct Patience {
        std::chrono::milliseconds limit{60'000};
        std::chrono::milliseconds interval{2'000};
    };

    /// runs outlives it. now: of the system's clock, where nothing else is given.
    explicit RollbackCheck(RunService& runs, Now now = {}, QObject* parent = nullptr);

    /// From now on rollbacks in the workspace that both look after are checked by them, for as long
    /// as they live.
    void attend(VersionService& versions, HealthService& health);

    void setPatience(const Patience& patience);

private:
    struct Look {
        models::Instant since; ///< of the last step: nothing older counts
        models::Instant until;
    };
    struct Attended {
        QPointer<VersionService> versions;
        QPointer<HealthService> health;
    };

    void consider(const models::RunId& run);
    void lookAgain();
    void decideAll();
    /// Whether there is nothing more to wait for.
    [[nodiscard]] bool decide(const models::RunId& run, const Look& look);
    void ask(const models::RunState& state);
    /// Who looks after the run's workspace; nullptr where nobody does, or it is not trusted.
    [[nodiscard]] const Attended* attended(const models::RunState& state) const;
    [[nodiscard]] QList<models::RollbackObservation>
    observe(const models::RunState& state, const Look& look, const Attended& by) const;
    [[nodiscard]] models::RollbackObservation versionOf(const models::PlanContext& context,
                                                        const QString& service, const Look& look,
                                                        const VersionService& versions) const;

    RunService& m_runs;
    std::vector<Attended> m_attended;
    Now m_now;
    Patience m_patience;
    std::map<models::RunId, Look> m_looks;
    QTimer m_timer;
};

/// All that was seen together: any failure is one, and without one anything unknown is.
[[nodiscard]] models::Finding verdictOf(const QList<models::RollbackObservation>& observations);

} // namespace app

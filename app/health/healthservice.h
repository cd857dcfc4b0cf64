// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/trustkeeper.h"
#include "app/health/healthhistory.h"
#include "models/environment/workspace.h"
#include "models/health/probehealth.h"
#include "models/health/probeschedule.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace app {

class Prober;

/// Watches the services of an open workspace: has its probes carried out when they are due, and
/// keeps what came of them. Nothing is probed before the workspace is trusted. Main thread.
class HealthService final : public QObject {
    Q_OBJECT

public:
    using Now = std::function<models::Instant()>;

    /// One service of one environment. A value.
    struct Watched {
        QString environment;
        QString service;
        std::vector<std::size_t> probes; ///< numbers, for probe(); none: nothing says how to
    };

    /// prober and trust outlive it. now: of the system's clock, where nothing else is given.
    HealthService(Prober& prober, TrustKeeper& trust, Now now = {}, QObject* parent = nullptr);
    ~HealthService() override;

    /// From now on what is observed is kept there, and what was kept is taken up. It outlives this.
    void keepIn(HealthHistory& history);
    [[nodiscard]] HealthHistory* history() const { return m_history; }

    /// Watches this one; an empty one has nothing to watch. What was observed by probes that are
    /// the same ones is kept.
    void watch(const models::Workspace& workspace);
    /// Whether the last checks that were kept are on their way; lastsTaken() follows.
    [[nodiscard]] bool awaitsLasts() const { return m_awaitsLasts; }
    [[nodiscard]] TrustKeeper::Standing trust() const;
    /// A person has seen what the workspace names: from now on it is probed.
    void trustWorkspace();
    /// From now on nothing of it is asked by itself, and answers under way are dropped. What was
    /// observed is kept.
    void distrustWorkspace();

    [[nodiscard]] const models::Workspace& workspace() const { return m_workspace; }
    /// In the order of the file.
    [[nodiscard]] const std::vector<Watched>& services() const { return m_services; }
    [[nodiscard]] const models::ProbeHealth& probe(std::size_t number) const {
        return m_probes[number].health;
    }
    [[nodiscard]] models::HealthStanding standing(const Watched& service,
                                                  models::Instant now) const;
    /// Probes it now, whenever it is due.
    void probeNow(const Watched& service);

Q_SIGNALS:
    /// Other services, or other probes of them; or whether they are probed is another.
    void rebuilt();
    /// The same services as before; what else the workspace says may be another, and they may be
    /// probed from now on.
    void workspaceTaken();
    /// What was kept of the last checks is there.
    void lastsTaken();
    /// One of services() was looked at.
    void observed(std::size_t service);

private:
    struct Entry {
        std::size_t service = 0;
        models::ProbeHealth health;
        bool isUnderWay = false;
        models::ProbeIdentity identity = {};
        /// Its past is not there yet: what comes meanwhile is taken once more behind it.
        bool isAwaitingPast = false;
        QList<models::ProbeReply> early = {};
    };

    void rebuild();
    void loadPast();
    void takeUp(std::size_t number, const LastCheck& last);
    void takeUp(std::size_t number, ProbePast past);
    void schedule();
    void begin(std::size_t number, models::Instant due);
    void take(std::size_t number, const models::ProbeReply& reply);
    [[nodiscard]] const QList<models::Maintenance>& maintenanceOf(const QString& environment) const;
    std::optional<Entry> takeOver(std::vector<Entry>& old, const std::vector<Watched>& services,
                                  const Watched& service, const models::Probe& probe);

    Prober& m_prober;
    TrustKeeper& m_trust;
    Now m_now;
    HealthHistory* m_history = nullptr;
    models::Workspace m_workspace;
    std::vector<Watched> m_services;
    std::vector<Entry> m_probes;
    models::ProbeSchedule m_schedule;
    QTimer m_timer;
    bool m_awaitsLasts = false;
    quint64 m_generation = 0; ///< answers to probes of an earlier one are dropped
};

} // namespace app

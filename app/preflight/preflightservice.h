// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/contractservice.h"
#include "app/host/hostservice.h"
#include "app/preflight/hostlooker.h"
#include "app/run/runservice.h"
#include "app/version/versionservice.h"
#include "models/preflight/preflight.h"
#include "models/run/promotion.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace app {

/// What a report of a host comes to for a run: the worst of its checks, and what to do about it.
[[nodiscard]] models::HostFinding hostFinding(const HostReport& report);

/// Gathers what a preflight asks for, from the services that know it. Main thread.
class PreflightService final : public QObject {
    Q_OBJECT

public:
    using Now = std::function<models::Instant()>;

    /// All of them outlive it.
    struct Sources {
        HostService& hosts;
        HostLooker& looker;
        RunService& runs;
        TrustKeeper& trust;
        JournalStore& journal;
    };

    /// now: of the system's clock, where nothing else is given.
    explicit PreflightService(const Sources& sources, Now now = {}, QObject* parent = nullptr);

    /// From now on a workspace that both look after is answered for by them, for as long as they
    /// live.
    void attend(ContractService& contracts, VersionService& versions);
    /// Looks for a run of this plan: what earlier runs say, and its hosts where the workspace is
    /// trusted. One plan at a time.
    void begin(const models::Workspace& workspace, const models::PlanPointer& plan);
    /// A person asked for it: also where nobody has trusted the workspace yet.
    void checkHosts();
    /// Whether everything that begin() and checkHosts() asked for is answered.
    [[nodiscard]] bool isSettled() const;
    /// Of a run that stands so and is about the target, by what is known at this moment.
    [[nodiscard]] std::vector<models::PreflightLine> lines(const models::RunState& state,
                                                           const models::Target& target) const;

    /// What is known of the version of a service in an environment of that workspace; nothing where
    /// it says no way to see it, or nobody looks after it.
    [[nodiscard]] std::optional<models::VersionStanding> deployed(const QString& environment,
                                                                  const QString& service) const;
    /// The run whose release is blocked in the environment of begin(), where the target goes there
    /// again; nothing where none does, or earlier runs are not read yet.
    [[nodiscard]] std::optional<RunSummary> block(const models::Target& target) const;

Q_SIGNALS:
    /// lines() may be others.
    void changed();

private:
    struct Attended {
        QPointer<ContractService> contracts;
        QPointer<VersionService> versions;
    };

    /// Who looks after the workspace of begin(); nullptr where nobody does.
    [[nodiscard]] const Attended* attended() const;
    void readRuns();
    void takeRuns(const QList<RunSummary>& runs);
    void lookAtHosts();
    void takeReport(const HostReport& report);
    void readPromoted();
    [[nodiscard]] models::PreflightLine promotion(const models::Environment& environment,
                                                  const models::Target& target) const;
    [[nodiscard]] models::PreflightLine release(const models::Target& target) const;

    Sources m_sources;
    std::vector<Attended> m_attended;
    Now m_now;
    models::Workspace m_workspace;
    models::PlanPointer m_plan;
    std::map<QString, models::HostFinding> m_hosts;
    std::map<QString, HostLook> m_looks; ///< of this plan, by host
    QSet<QString> m_awaited;             ///< hosts of which the whole report is still to come
    int m_looking = 0;                   ///< hosts that were asked and did not answer yet
    QList<models::EarlierRun> m_earlier;
    std::optional<models::Result<QList<RunSummary>>> m_runs;              ///< once they were read
    std::optional<models::Result<QList<models::PromotedRun>>> m_promoted; ///< once it was read
    QString m_lockedBy;
    QString m_openRun;
};

} // namespace app

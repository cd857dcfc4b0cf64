// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/trustkeeper.h"
#include "app/version/recordedtargets.h"
#include "app/version/versionrelations.h"
#include "models/environment/workspace.h"
#include "models/health/probeschedule.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace app {

class ContainerLookup;
class Prober;

/// Looks up which version of each service of an open workspace is deployed, and compares it with
/// what the last run recorded, with what is expected and with the environment before. Nothing is
/// looked up before the workspace is trusted. Main thread.
class VersionService final : public QObject {
    Q_OBJECT

public:
    using Now = std::function<models::Instant()>;

    /// What looks; all of them outlive the service.
    struct Sources {
        Prober& prober;
        ContainerLookup& containers;
        CommitGraph& commits;
        JournalStore& journal;
    };

    /// now: of the system's clock, where nothing else is given.
    VersionService(const Sources& sources, TrustKeeper& trust, Now now = {},
                   QObject* parent = nullptr);
    ~VersionService() override;

    /// Looks after this one; an empty one has nothing to look after. What was seen in the same way is kept.
    void watch(const models::Workspace& workspace);
    [[nodiscard]] const models::Workspace& workspace() const { return m_workspace; }
    /// Nothing where the service does not say how its version is to be seen.
    [[nodiscard]] std::optional<models::VersionStanding>
    standing(const QString& environment, const QString& service, models::Instant now) const;
    /// What is deployed in an environment by what was seen, of each service of which it was.
    [[nodiscard]] models::Target versionsIn(const QString& environment, models::Instant now) const;
    /// Whether somebody has looked at each of its services that says how.
    [[nodiscard]] bool isLookedAt(const QString& environment) const;
    /// Looks now, whenever it is due.
    void lookNow(const QString& environment, const QString& service);

Q_SIGNALS:
    /// Something that standing() tells of any service of the workspace is another.
    void changed();

private:
    using Key = std::pair<QString, QString>; ///< environment and service

    struct Look {
        Key service;
        models::Host host; ///< of a place; the network has none
        models::VersionReading reading;
        bool isUnderWay = false;
    };
    struct Watched {
        models::VersionProbe probe;
        models::VersionSource source;
        QString promotedFrom; ///< an environment with the same service; empty: none
        bool isOnly = false;  ///< the one of its environment whose version can be seen
        std::vector<std::size_t> looks;
    };

    void rebuild();
    void add(const models::Environment& environment, const models::Service& service,
             const std::vector<Look>& old, const std::map<Key, Watched>& before);
    void schedule();
    void begin(std::size_t number, models::Instant due);
    void take(std::size_t number, const models::VersionReading& reading);
    void tell();
    [[nodiscard]] models::VersionStanding observed(const Watched& watched,
                                                   models::Instant now) const;
    [[nodiscard]] QList<models::VersionReference> references(const Key& key, const Watched& watched,
                                                             models::Instant now) const;
    [[nodiscard]] CommitQuestion question(const Watched& watched,
                                          const models::VersionReference& reference,
                                          const QString& version) const;
    [[nodiscard]] models::VersionComparison comparison(const Watched& watched,
                                                       const models::VersionReference& reference,
                                                       const QString& version) const;

    Prober& m_prober;
    ContainerLookup& m_containers;
    TrustKeeper& m_trust;
    Now m_now;
    RecordedTargets m_recorded;
    VersionRelations m_relations;
    models::Workspace m_workspace;
    std::map<Key, Watched> m_services;
    std::vector<Look> m_looks;
    models::ProbeSchedule m_schedule;
    QTimer m_timer;
    QTimer m_telling; ///< many answers at once are one change
    QTimer m_journalTimer;
    quint64 m_generation = 0; ///< answers to looks of an earlier one are dropped
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/contract/contractservice.h"
#include "app/health/environmentwatch.h"
#include "app/health/healthservice.h"
#include "app/health/logwatch.h"
#include "app/health/noticeservice.h"
#include "app/version/versionservice.h"

#include <QObject>

namespace app {

/// What open workspaces are watched through; they share it.
struct WatchParts {
    Prober& prober;
    MetricSource& metrics;
    ContainerLookup& containers;
    CommitGraph& commits;
    VariableChecker& variables;
    JournalStore& journal;
    LogService& logs;
    Notifier& desktop;
    WebhookTeller& webhooks;
    TrustKeeper& trust;
    HealthHistory* history = nullptr; ///< nullptr: what is observed ends with the program
};

/// One workspace that is open, and who watches it: its health, versions, contracts, metrics,
/// triggers and notices are its own, and nothing of another workspace comes among them. Main
/// thread.
class OpenWorkspace final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Outlined,   ///< gantry.yaml was read; the runbooks are on their way, and trust with them
        Read,       ///< all of it
        Unreadable, ///< problem() says why
    };

    /// The parts outlive it. path: a folder, or a lone document.
    OpenWorkspace(const WatchParts& parts, QString path, QObject* parent = nullptr);
    ~OpenWorkspace() override;

    /// To open it again; no two open ones have the same.
    [[nodiscard]] const QString& path() const { return m_path; }
    /// Without environments until it was read.
    [[nodiscard]] const models::Workspace& workspace() const { return m_workspace; }
    /// What people call it; before it was read, its folder.
    [[nodiscard]] QString name() const;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString& problem() const { return m_problem; }

    /// As it is now.
    [[nodiscard]] bool isTrusted() const {
        return m_health.trust() == TrustKeeper::Standing::Trusted;
    }
    [[nodiscard]] HealthService& health() { return m_health; }
    [[nodiscard]] EnvironmentWatch& watch() { return m_watch; }
    [[nodiscard]] VersionService& versions() { return m_versions; }
    [[nodiscard]] ContractService& contracts() { return m_contracts; }
    [[nodiscard]] NoticeService& notices() { return m_notices; }

    /// From now on this is what is watched.
    void take(const models::Workspace& workspace, State state);
    /// It cannot be read now. What was read before goes on being watched.
    void takeProblem(const QString& problem);

Q_SIGNALS:
    /// Something that it says of itself is another; what its services say, they tell.
    void changed();

private:
    const QString m_path;
    models::Workspace m_workspace;
    State m_state = State::Outlined;
    QString m_problem;
    HealthService m_health;
    VersionService m_versions;
    ContractService m_contracts;
    LogWatch m_logs;
    EnvironmentWatch m_watch;
    NoticeService m_notices;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/health/probehealth.h"
#include "ui/environment/environmentservices.h"
#include "ui/environment/servicefilter.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QListView;

namespace app {
class OpenWorkspace;
class RunbookRisks;
class RunbookService;
class RunFeed;
} // namespace app

namespace models {
struct Environment;
}

namespace ui {

class BannerWidget;
class ElidedLabel;
class EnvironmentColumn;
class GlyphSign;
class PromotionArrow;
class ServiceDetail;
class TextLabel;
class VersionMatrix;

/// One open workspace on the dashboard: its environments side by side, in the order of promotion.
/// What of it stands elsewhere on the page is made here too, and is placed by the page.
class WorkspaceBoard final : public QWidget {
    Q_OBJECT

public:
    /// What is listed, and how.
    struct Wanted {
        QString text;
        ServiceFilter::Order order = ServiceFilter::Order::WorstFirst;
        ServiceFilter::Groups groups = ServiceFilter::Groups::None;
    };

    /// All of them outlive it.
    WorkspaceBoard(app::OpenWorkspace& workspace, const app::RunFeed& runs,
                   app::RunbookService& runbooks, QWidget* parent = nullptr);

    [[nodiscard]] app::OpenWorkspace& workspace() const { return m_workspace; }
    [[nodiscard]] const QList<EnvironmentColumn*>& columns() const { return m_columns; }
    [[nodiscard]] BannerWidget& trustBanner() const { return *m_trust; }
    [[nodiscard]] BannerWidget& problemBanner() const { return *m_problem; }
    /// Both are made when they are first asked for.
    [[nodiscard]] ServiceDetail& detail();
    [[nodiscard]] QWidget& versions();
    /// nullptr until they are.
    [[nodiscard]] ServiceDetail* madeDetail() const { return m_detail; }
    [[nodiscard]] QWidget* madeVersions() const { return m_versions; }
    /// The list that the service that is chosen stands in; nullptr: none is.
    [[nodiscard]] QListView* chosenList() const;
    /// Whether an environment of it declares anything that stands in a row: a service, a trigger or
    /// a metric.
    [[nodiscard]] bool hasRows() const;
    /// How each of its services stands.
    [[nodiscard]] QList<models::HealthState> states() const;

    /// Of every probed service how it stood when it was looked at last.
    [[nodiscard]] bool showsVerdicts() const;

    /// Whether it would run something by itself, and nobody has trusted it as it is.
    [[nodiscard]] bool asksTrust() const;
    /// Its own banner stays away while another one asks for several.
    void setTrustJoined(bool isJoined);
    /// Shows what would run.
    void askTrust();
    /// Beside others its name stands over its columns.
    void setNamed(bool isNamed);
    void show(const Wanted& wanted);
    /// Takes in what was observed.
    void settle(models::Instant now);
    /// What the time alone changes.
    void tick(models::Instant now);
    /// Another service of it, or of another workspace, is the current one.
    void leaveService();
    /// Nothing that was observed since it was made of all has been taken in yet.
    [[nodiscard]] bool isFresh() const { return m_isFresh; }
    void showDetail(models::Instant now);
    void tryCondition(const QString& environment, const QString& condition);
    /// Reads again which risks its runbooks name.
    void readRisks();

Q_SIGNALS:
    /// It has other environments, services or banners.
    void rebuilt();
    void observed();
    /// One of its services is the current one.
    void serviceChosen();
    /// A service is to be shown over time.
    void healthRequested(const QString& environment, const QString& service);
    void closeRequested();
    void readRequested();
    void runRequested(const models::RunId& run);
    /// All of them are to be listed.
    void runsRequested();
    /// What stands for and against a run going on, its risks among that.
    void boardRequested(const models::RunId& run);
    void runbookRequested(const QString& environment, const QString& path);

private:
    QWidget* makeHead();
    void rebuild();
    void addColumn(const models::Environment& environment, models::Instant now);
    void takeRuns();
    void showRisks(const QString& environment);
    void settleWords();
    void settleTrust();
    void settleIsolation(models::Instant now);
    void choose(std::size_t service);
    void requestHealth(std::size_t service);

    [[nodiscard]] EnvironmentServices services() const;

    app::OpenWorkspace& m_workspace;
    const app::RunFeed& m_runs;
    app::RunbookRisks* m_risks;
    TextLabel* m_name;
    ElidedLabel* m_state;
    GlyphSign* m_isolationSign;
    ElidedLabel* m_isolation;
    QHBoxLayout* m_row;
    QList<EnvironmentColumn*> m_columns;
    QList<PromotionArrow*> m_arrows;
    BannerWidget* m_trust;
    BannerWidget* m_problem;
    ServiceDetail* m_detail = nullptr;
    VersionMatrix* m_matrix = nullptr; ///< in m_versions, as its name is
    TextLabel* m_matrixName = nullptr;
    QWidget* m_versions = nullptr;
    Wanted m_wanted;
    bool m_isNamed = false;
    bool m_isTrustJoined = false;
    bool m_isFresh = true;
    std::optional<std::size_t> m_chosen;
    QString m_chosenName; ///< environment and service, which outlive a rebuild
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/environmentwatch.h"
#include "app/health/healthservice.h"
#include "ui/environment/environmentservices.h"
#include "ui/widgets/paletteentry.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QStackedLayout;
class QStackedWidget;

namespace ui {

class ActionButton;
class BannerWidget;
class ElidedLabel;
class EmptyState;
class GlyphSign;
class SearchField;
class VersionMatrix;
class EnvironmentColumn;
class PromotionArrow;
class ServiceDetail;

/// All environments of the workspace side by side, in the order of promotion: how each service
/// stands, why, and how old that is. Probes nothing before a person has trusted the workspace.
class EnvironmentPage final : public QWidget {
    Q_OBJECT

public:
    explicit EnvironmentPage(const EnvironmentServices& services, QWidget* parent = nullptr);

    [[nodiscard]] PaletteEntries paletteEntries();
    /// Takes in at once what was observed, which otherwise waits for a tenth of a second.
    void settleNow();

Q_SIGNALS:
    /// A service is to be shown over time.
    void healthRequested(const QString& environment, const QString& service);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeColumns();
    void filterServices();
    /// Side by side, or by version.
    void showVersions(bool areShown);
    void rebuild();
    void settleTrust();
    void settleSummary();
    void settleIsolation(models::Instant now);
    void tick(models::Instant now);
    void choose(std::size_t service);
    void requestHealth(std::size_t service);
    void showDetail(models::Instant now);
    void askTrust();
    void tryCondition(const QString& environment, const QString& condition);

    const EnvironmentServices m_services;
    app::HealthService& m_health;
    const app::EnvironmentWatch& m_watch;
    ElidedLabel* m_summary;
    GlyphSign* m_isolationSign;
    ElidedLabel* m_isolation;
    BannerWidget* m_trust;
    SearchField* m_search;
    QComboBox* m_order;
    QComboBox* m_groups;
    ActionButton* m_byVersion;
    VersionMatrix* m_matrix;
    QStackedWidget* m_views; ///< the columns, and the matrix
    QWidget* m_body;
    QHBoxLayout* m_columnsRow;
    QList<EnvironmentColumn*> m_columns;
    QList<PromotionArrow*> m_arrows;
    ServiceDetail* m_detail;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    QTimer m_settling;
    std::optional<std::size_t> m_chosen;
    QString m_chosenName; ///< environment and service, which outlive a rebuild
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "models/core/result.h"
#include "models/runbook/runbook.h"

#include <QAbstractListModel>
#include <QStringList>

#include <optional>

namespace ui {

/// What the workspace page says of one runbook.
struct RunbookOverview {
    enum class State { Loading, Ready, Unreadable };

    State state = State::Loading;
    QString title;
    models::DocumentKind kind = models::DocumentKind::Runbook;
    int steps = 0; ///< of the main lane
    int rollbackSteps = 0;
    int errors = 0;
    int warnings = 0;
    QString problem; ///< why it is unreadable
    QList<models::ContractVariable> contract; ///< of its table of variables

    bool operator==(const RunbookOverview&) const = default;
};

[[nodiscard]] RunbookOverview overviewOf(const models::Result<models::Runbook>& runbook);

/// The runbooks of a workspace, with the newest run of each in the chosen environment.
class RunbookListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, OverviewRole, LastRunRole };

    explicit RunbookListModel(QObject* parent = nullptr);

    /// Relative to the workspace; overviews of paths that stay are kept.
    void setPaths(const QStringList& paths);
    void setOverview(const QString& path, const RunbookOverview& overview);
    /// Newest run of each runbook; runs of other runbooks are ignored.
    void setRuns(const QList<app::RunSummary>& runs);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        QString path;
        RunbookOverview overview;
        std::optional<app::RunSummary> lastRun;
    };

    [[nodiscard]] QString spoken(const Row& row) const;

    QList<Row> m_rows;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::RunbookOverview)
Q_DECLARE_METATYPE(app::RunSummary)

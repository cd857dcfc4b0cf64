// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

#include <QAbstractListModel>

namespace ui {

/// Runs of one workspace that are not closed, newest first: what can be taken up again.
class OpenRunsModel final : public QAbstractListModel {
    Q_OBJECT

public:
    /// DrivenRole: whether this window drives it, whatever it shows.
    enum Role { RunRole = Qt::UserRole, DrivenRole };

    explicit OpenRunsModel(QObject* parent = nullptr);

    /// Of all runs; closed ones are left out.
    void setRuns(const QList<app::RunSummary>& runs);
    /// The runs that this window drives.
    void setDriven(const QList<models::RunId>& runs);
    [[nodiscard]] models::RunId runId(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<app::RunSummary> m_runs;
    QList<models::RunId> m_driven;
};

} // namespace ui

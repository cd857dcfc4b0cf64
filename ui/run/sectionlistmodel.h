// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QAbstractListModel>

namespace models {
class RunTreeModel;
}

namespace ui {

/// The sections of a run's document, lanes apart, with their progress; also those without steps,
/// which can be read.
class SectionListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IsLaneRole = Qt::UserRole + 1, ///< bool: a lane's head
        LaneRole,                      ///< models::Lane
        SectionRole,                   ///< index into Plan::sections; -1 for a lane
        DepthRole,
        DoneRole,
        TotalRole,
        FailedRole,
        HasTextOnlyRole, ///< bool: nothing to do in it or below
    };

    /// run outlives this.
    explicit SectionListModel(const models::RunTreeModel& run, QObject* parent = nullptr);

    /// The row of a section, or of the nearest section around it; -1 where there is none.
    [[nodiscard]] int rowOf(models::Lane lane, int section) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        models::Lane lane = models::Lane::Main;
        int section = -1;
        int depth = 0;
    };

    void rebuild();
    void onProgressChanged(models::Lane lane);

    const models::RunTreeModel& m_run;
    QList<Row> m_rows;
};

} // namespace ui

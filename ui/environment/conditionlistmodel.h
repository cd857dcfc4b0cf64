// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/environmentwatch.h"
#include "ui/environment/standingrow.h"

#include <QAbstractListModel>

namespace ui {

/// A trigger or a metric of an environment, as it stands.
struct ConditionRow : StandingRow {
    QString condition; ///< of a trigger; of a metric its name
};

/// The triggers of one environment, those that hold first, and behind them its metrics.
class ConditionListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { ConditionRole = standingRowRole + 1 };

    /// watch outlives it.
    ConditionListModel(const app::EnvironmentWatch& watch, QString environment,
                       QObject* parent = nullptr);

    /// Reads all of them anew; what is current stays so where it is still there.
    void settle(models::Instant now);
    [[nodiscard]] const std::vector<ConditionRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// As standingData().
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] std::vector<ConditionRow> read(models::Instant now) const;

    const app::EnvironmentWatch& m_watch;
    QString m_environment;
    std::vector<ConditionRow> m_rows;
};

} // namespace ui

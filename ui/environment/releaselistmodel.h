// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/environmentservices.h"
#include "ui/environment/releaserows.h"

#include <QAbstractListModel>

namespace ui {

/// Of one environment its runs, its certificates and its risks, in this order. Runs and risks are
/// taken in when they are read, and the certificates with the time.
class ReleaseListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    ReleaseListModel(const EnvironmentServices& services, QString environment,
                     QObject* parent = nullptr);

    /// Takes in the runs and the risks.
    void takeRuns();
    /// What the time and what was observed change.
    void settle(models::Instant now);
    [[nodiscard]] const std::vector<ReleaseRow>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    /// As standingData().
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    void show(std::vector<ReleaseRow> rows);

    const EnvironmentServices m_services;
    QString m_environment;
    std::vector<ReleaseRow> m_runs;
    std::vector<ReleaseRow> m_risks;
    std::vector<ReleaseRow> m_rows;
};

} // namespace ui

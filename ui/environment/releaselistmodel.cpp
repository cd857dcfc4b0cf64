// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/releaselistmodel.h"

#include "app/health/healthservice.h"
#include "ui/environment/certificaterow.h"

#include <algorithm>

namespace ui {

namespace {

/// Whether it is about the same thing, however that stands.
bool isSame(const ReleaseRow& one, const ReleaseRow& other) {
    return one.kind == other.kind && one.run == other.run && one.height == other.height;
}

} // namespace

ReleaseListModel::ReleaseListModel(const EnvironmentServices& services, QString environment,
                                   QObject* parent)
    : QAbstractListModel(parent)
    , m_services(services)
    , m_environment(std::move(environment)) {}

void ReleaseListModel::takeRuns() {
    const models::Workspace& workspace = m_services.health.workspace();
    m_runs = runRows(m_services.runs, workspace.id, m_environment);
    m_risks = riskRows(m_services.runs, m_services.risks, workspace, m_environment);
}

void ReleaseListModel::settle(models::Instant now) {
    std::vector<ReleaseRow> rows = m_runs;
    if (auto certificate = certificateRow(m_services.health, m_environment, now))
        rows.push_back(std::move(*certificate));
    rows.insert(rows.end(), m_risks.begin(), m_risks.end());
    show(std::move(rows));
}

/// What is about the same thing stays the same row: what is current goes on being so.
void ReleaseListModel::show(std::vector<ReleaseRow> rows) {
    for (int i = rowCount() - 1; i >= 0; --i) {
        const auto isThis = [this, i](const ReleaseRow& row) {
            return isSame(row, m_rows[static_cast<std::size_t>(i)]);
        };
        if (std::any_of(rows.begin(), rows.end(), isThis))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int at = static_cast<int>(i);
        if (i < m_rows.size() && isSame(m_rows[i], rows[i])) {
            if (m_rows[i] == rows[i])
                continue;
            m_rows[i] = std::move(rows[i]);
            Q_EMIT dataChanged(index(at), index(at));
            continue;
        }
        beginInsertRows({}, at, at);
        m_rows.insert(m_rows.begin() + at, std::move(rows[i]));
        endInsertRows();
    }
    if (const int kept = static_cast<int>(rows.size()); kept < rowCount()) {
        beginRemoveRows({}, kept, rowCount() - 1);
        m_rows.erase(m_rows.begin() + kept, m_rows.end());
        endRemoveRows();
    }
}

int ReleaseListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ReleaseListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    return standingData(m_rows[static_cast<std::size_t>(index.row())], role);
}

} // namespace ui

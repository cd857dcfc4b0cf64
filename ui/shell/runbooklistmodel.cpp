// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/runbooklistmodel.h"

#include "ui/theme/glyph.h"
#include "ui/widgets/wording.h"

#include <QFileInfo>

#include <algorithm>

namespace ui {

RunbookOverview overviewOf(const models::Result<models::Runbook>& runbook) {
    RunbookOverview overview;
    if (!runbook) {
        overview.state = RunbookOverview::State::Unreadable;
        overview.problem = runbook.error().message;
        return overview;
    }
    overview.state = RunbookOverview::State::Ready;
    overview.title = runbook->title;
    overview.kind = runbook->kind;
    overview.contract = runbook->contract;
    QSet<int> parents; // what is done is their parts, as a run counts
    for (const models::Step& step : runbook->steps)
        parents.insert(step.parent);
    for (int index = 0; index < runbook->steps.size(); ++index) {
        const models::Lane lane = runbook->steps[index].lane;
        if (parents.contains(index))
            continue;
        overview.steps += lane == models::Lane::Main ? 1 : 0;
        overview.rollbackSteps += lane == models::Lane::Rollback ? 1 : 0;
    }
    for (const models::Diagnostic& diagnostic : runbook->diagnostics) {
        overview.errors += diagnostic.severity == models::Severity::Error ? 1 : 0;
        overview.warnings += diagnostic.severity == models::Severity::Warning ? 1 : 0;
    }
    return overview;
}

RunbookListModel::RunbookListModel(QObject* parent)
    : QAbstractListModel(parent) {}

void RunbookListModel::setPaths(const QStringList& paths) {
    for (int row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (paths.contains(m_rows[row].path))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < paths.size(); ++row) {
        if (row < m_rows.size() && m_rows[row].path == paths[row])
            continue;
        const auto kept = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& candidate) {
            return candidate.path == paths[row];
        });
        if (kept != m_rows.end()) {
            const int from = static_cast<int>(kept - m_rows.begin());
            beginMoveRows({}, from, from, {}, row);
            m_rows.move(from, row);
            endMoveRows();
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(row, Row{paths[row], {}, {}});
        endInsertRows();
    }
}

void RunbookListModel::setOverview(const QString& path, const RunbookOverview& overview) {
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].path != path || m_rows[row].overview == overview)
            continue;
        m_rows[row].overview = overview;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

void RunbookListModel::setRuns(const QList<app::RunSummary>& runs) {
    for (Row& row : m_rows) {
        row.lastRun.reset();
        for (const app::RunSummary& run : runs) {
            if (run.runbookPath == row.path &&
                (!row.lastRun || row.lastRun->startedAt < run.startedAt))
                row.lastRun = run;
        }
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
}

int RunbookListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString RunbookListModel::spoken(const Row& row) const {
    QStringList words = {row.overview.title.isEmpty() ? row.path : row.overview.title};
    if (row.overview.state == RunbookOverview::State::Unreadable)
        words.append(row.overview.problem);
    else if (row.overview.state == RunbookOverview::State::Ready)
        words.append(countOf(row.overview.steps, tr("%1 step"), tr("%1 steps")));
    if (row.overview.errors > 0)
        words.append(countOf(row.overview.errors, tr("%1 error"), tr("%1 errors")));
    if (row.overview.warnings > 0)
        words.append(countOf(row.overview.warnings, tr("%1 warning"), tr("%1 warnings")));
    if (row.lastRun)
        words.append(tr("last run: %1").arg(runWord(row.lastRun->status, row.lastRun->outcome)));
    return words.join(QStringLiteral(", "));
}

QVariant RunbookListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const Row& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.overview.title.isEmpty() ? QFileInfo(row.path).completeBaseName()
                                            : row.overview.title;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case PathRole:
        return row.path;
    case OverviewRole:
        return QVariant::fromValue(row.overview);
    case LastRunRole:
        return row.lastRun ? QVariant::fromValue(*row.lastRun) : QVariant();
    default:
        return {};
    }
}

} // namespace ui

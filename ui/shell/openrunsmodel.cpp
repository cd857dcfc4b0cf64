// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/openrunsmodel.h"

#include "app/run/runtitle.h"
#include "ui/shell/runbooklistmodel.h"
#include "ui/widgets/wording.h"

#include <algorithm>

namespace ui {

OpenRunsModel::OpenRunsModel(QObject* parent)
    : QAbstractListModel(parent) {}

void OpenRunsModel::setRuns(const QList<app::RunSummary>& runs) {
    QList<app::RunSummary> open;
    std::copy_if(
        runs.begin(), runs.end(), std::back_inserter(open),
        [](const app::RunSummary& run) { return run.status != models::RunStatus::Closed; });
    std::sort(open.begin(), open.end(), [](const app::RunSummary& one, const app::RunSummary& two) {
        return one.startedAt > two.startedAt;
    });
    const auto sameRun = [](const app::RunSummary& one, const app::RunSummary& two) {
        return one.id == two.id;
    };
    if (std::equal(open.begin(), open.end(), m_runs.begin(), m_runs.end(), sameRun)) {
        m_runs = open;
        if (!m_runs.isEmpty())
            Q_EMIT dataChanged(index(0), index(static_cast<int>(m_runs.size()) - 1));
        return;
    }
    if (!m_runs.isEmpty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_runs.size()) - 1);
        m_runs.clear();
        endRemoveRows();
    }
    if (!open.isEmpty()) {
        beginInsertRows({}, 0, static_cast<int>(open.size()) - 1);
        m_runs = open;
        endInsertRows();
    }
}

void OpenRunsModel::setDriven(const QList<models::RunId>& runs) {
    if (m_driven == runs)
        return;
    m_driven = runs;
    if (!m_runs.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_runs.size()) - 1));
}

models::RunId OpenRunsModel::runId(const QModelIndex& index) const {
    return index.isValid() && index.row() < m_runs.size() ? m_runs[index.row()].id
                                                          : models::RunId();
}

int OpenRunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant OpenRunsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_runs.size())
        return {};
    const app::RunSummary& run = m_runs[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return app::runTitle(run);
    case Qt::AccessibleTextRole: {
        const QString words = tr("%1 in %2, %3")
                                  .arg(app::runTitle(run), run.environment,
                                       progressWords(run.done, run.failed, run.total));
        if (!run.givenTo.isEmpty())
            return tr("%1, handed over to %2").arg(words, run.givenTo);
        return m_driven.contains(run.id) ? tr("%1, under way here").arg(words) : words;
    }
    case RunRole:
        return QVariant::fromValue(run);
    case DrivenRole:
        return m_driven.contains(run.id);
    default:
        return {};
    }
}

} // namespace ui

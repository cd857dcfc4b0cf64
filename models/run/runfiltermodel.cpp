// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runfiltermodel.h"

#include "models/run/runtreemodel.h"

namespace models {

bool matches(RunFilter filter, StepStatus status) {
    switch (filter) {
    case RunFilter::All:
        return true;
    case RunFilter::Open:
        return status != StepStatus::Passed && status != StepStatus::Skipped;
    case RunFilter::Running:
        return status == StepStatus::Running || status == StepStatus::Waiting;
    case RunFilter::Failed:
        return status == StepStatus::Failed || status == StepStatus::Unknown;
    case RunFilter::Done:
        return status == StepStatus::Passed || status == StepStatus::Skipped;
    }
    return true;
}

RunFilterModel::RunFilterModel(QObject* parent)
    : QSortFilterProxyModel(parent) {
    setRecursiveFilteringEnabled(true);
}

void RunFilterModel::setFilter(RunFilter filter) {
    if (m_filter == filter)
        return;
    m_filter = filter;
    invalidateRowsFilter();
}

void RunFilterModel::setText(const QString& text) {
    const QString wanted = text.trimmed();
    if (m_text == wanted)
        return;
    m_text = wanted;
    invalidateRowsFilter();
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (!isActive())
        return true;
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto node = RunTreeModel::NodeKind(index.data(RunTreeModel::NodeRole).toInt());
    // A section stays when one of its steps does; recursive filtering sees to that.
    if (node == RunTreeModel::NodeKind::Section)
        return false;
    if (!matches(m_filter, StepStatus(index.data(RunTreeModel::StatusRole).toInt())))
        return false;
    if (m_text.isEmpty())
        return true;
    const auto holdsText = [this](const QModelIndex& candidate) {
        return candidate.data(RunTreeModel::SearchRole)
            .toString()
            .contains(m_text, Qt::CaseInsensitive);
    };
    for (QModelIndex candidate = index; candidate.isValid(); candidate = candidate.parent()) {
        if (holdsText(candidate))
            return true;
    }
    return false;
}

} // namespace models

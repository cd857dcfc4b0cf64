// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/sectionlistmodel.h"

#include "models/run/runtreemodel.h"
#include "ui/run/sectiontext.h"

#include <algorithm>

namespace ui {

using models::Lane;

namespace {

QString laneWord(Lane lane) {
    switch (lane) {
    case Lane::Main:
        return SectionListModel::tr("Main");
    case Lane::Rollback:
        return SectionListModel::tr("Rollback");
    case Lane::Reference:
        return SectionListModel::tr("Reference");
    }
    return {};
}

/// The document's one title, which stands above the page: its words are read from here, if it has
/// any.
bool isDocumentTitle(const models::Plan& plan, int index) {
    const auto isTop = [](const models::Section& section) { return section.level == 1; };
    return plan.sections[index].level == 1 &&
           std::count_if(plan.sections.begin(), plan.sections.end(), isTop) == 1;
}

} // namespace

SectionListModel::SectionListModel(const models::RunTreeModel& run, QObject* parent)
    : QAbstractListModel(parent)
    , m_run(run) {
    connect(&run, &models::RunTreeModel::modelReset, this, &SectionListModel::rebuild);
    connect(&run, &models::RunTreeModel::progressChanged, this,
            &SectionListModel::onProgressChanged);
    rebuild();
}

void SectionListModel::rebuild() {
    beginResetModel();
    m_rows.clear();
    if (const models::PlanPointer plan = m_run.state().plan) {
        for (const Lane lane : {Lane::Main, Lane::Rollback, Lane::Reference}) {
            const qsizetype head = m_rows.size();
            QList<int> depths(plan->sections.size(), 0);
            for (int index = 0; index < plan->sections.size(); ++index) {
                const models::Section& section = plan->sections[index];
                const bool isTitle = isDocumentTitle(*plan, index);
                const int parent = section.parent;
                const bool isNested = parent >= 0 && !isDocumentTitle(*plan, parent);
                depths[index] = isNested ? depths[parent] + 1 : 0;
                const bool isSeen = !isTitle || !sectionText(*plan, index).trimmed().isEmpty();
                if (section.lane == lane && isSeen)
                    m_rows.append({lane, index, depths[index]});
            }
            if (m_rows.size() > head || m_run.progress(lane).total > 0)
                m_rows.insert(head, Row{lane, -1, 0});
        }
    }
    endResetModel();
}

void SectionListModel::onProgressChanged(Lane lane) {
    int first = -1;
    int last = -1;
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].lane != lane)
            continue;
        first = first < 0 ? row : first;
        last = row;
    }
    if (first >= 0)
        Q_EMIT dataChanged(index(first), index(last), {DoneRole, TotalRole, FailedRole});
}

int SectionListModel::rowOf(Lane lane, int section) const {
    const models::PlanPointer plan = m_run.state().plan;
    for (int wanted = section; plan && wanted >= 0; wanted = plan->sections[wanted].parent) {
        for (int row = 0; row < m_rows.size(); ++row) {
            if (m_rows[row].lane == lane && m_rows[row].section == wanted)
                return row;
        }
    }
    return -1;
}

int SectionListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags SectionListModel::flags(const QModelIndex& index) const {
    const bool isLane = index.isValid() && m_rows[index.row()].section < 0;
    return isLane ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant SectionListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const models::Progress progress = m_run.progress(row.lane, row.section);
    const QString title =
        row.section < 0 ? laneWord(row.lane) : m_run.state().plan->sections[row.section].title;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return title;
    case Qt::AccessibleTextRole:
        return progress.total == 0 ? title
                                   : tr("%1, %2 of %3 steps done")
                                         .arg(title)
                                         .arg(progress.done)
                                         .arg(progress.total);
    case IsLaneRole:
        return row.section < 0;
    case LaneRole:
        return int(row.lane);
    case SectionRole:
        return row.section;
    case DepthRole:
        return row.depth;
    case DoneRole:
        return progress.done;
    case TotalRole:
        return progress.total;
    case FailedRole:
        return progress.failed;
    case HasTextOnlyRole:
        return progress.total == 0;
    default:
        return {};
    }
}

} // namespace ui

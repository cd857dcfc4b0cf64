// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/servicefilter.h"

#include "ui/widgets/healthwords.h"

#include <algorithm>

namespace ui {

ServiceFilter::ServiceFilter(ServiceListModel& services, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_services(services) {
    setSourceModel(&services);
}

void ServiceFilter::setWanted(const QString& words) {
    m_wanted = words.simplified().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void ServiceFilter::setOrder(Order order) {
    m_order = order;
    arrange();
}

void ServiceFilter::setGroups(Groups groups) {
    m_groups = groups;
    arrange();
}

/// The services stand the worst first by themselves.
void ServiceFilter::arrange() {
    const bool isAsTheyStand = m_order == Order::WorstFirst && m_groups == Groups::None;
    const int column = isAsTheyStand ? -1 : 0;
    if (sortColumn() == column)
        invalidate();
    else
        sort(column);
}

const ServiceRow& ServiceFilter::rowOf(const QModelIndex& source) const {
    return m_services.rows()[static_cast<std::size_t>(source.row())];
}

QString ServiceFilter::groupOf(const ServiceRow& row) const {
    switch (m_groups) {
    case Groups::None:
        break;
    case Groups::ByHost:
        return row.place.isEmpty() ? tr("No host is named") : row.place;
    case Groups::ByVerdict:
        return row.isProbed ? stateWord(row.standing.state) : tr("Not checked");
    }
    return {};
}

int ServiceFilter::compareGroups(const ServiceRow& one, const ServiceRow& other) const {
    switch (m_groups) {
    case Groups::None:
        break;
    case Groups::ByHost:
        if (one.place.isEmpty() != other.place.isEmpty())
            return one.place.isEmpty() ? 1 : -1;
        return QString::localeAwareCompare(one.place, other.place);
    case Groups::ByVerdict:
        if (one.isProbed != other.isProbed)
            return one.isProbed ? -1 : 1;
        return one.isProbed ? int(one.standing.state) - int(other.standing.state) : 0;
    }
    return 0;
}

QVariant ServiceFilter::data(const QModelIndex& index, int role) const {
    if (role != GroupRole)
        return QSortFilterProxyModel::data(index, role);
    if (m_groups == Groups::None || !index.isValid())
        return {};
    const ServiceRow& row = rowOf(mapToSource(index));
    const bool isFirst =
        index.row() == 0 ||
        compareGroups(rowOf(mapToSource(index.siblingAtRow(index.row() - 1))), row) != 0;
    return isFirst ? groupOf(row) : QVariant();
}

bool ServiceFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const ServiceRow& service = rowOf(m_services.index(row));
    const QString words = service.name + u' ' + stateWord(service.standing.state) + u' ' +
                          (service.version ? service.version->text : QString());
    return std::all_of(m_wanted.begin(), m_wanted.end(), [&words](const QString& word) {
        return words.contains(word, Qt::CaseInsensitive);
    });
}

bool ServiceFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const ServiceRow& one = rowOf(left);
    const ServiceRow& other = rowOf(right);
    if (const int groups = compareGroups(one, other); groups != 0)
        return groups < 0;
    return m_order == Order::ByName ? QString::localeAwareCompare(one.name, other.name) < 0
                                    : left.row() < right.row();
}

} // namespace ui

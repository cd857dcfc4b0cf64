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
    sort(order == Order::ByName ? 0 : -1);
}

bool ServiceFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const ServiceRow& service = m_services.rows()[static_cast<std::size_t>(row)];
    const QString words = service.name + u' ' + stateWord(service.standing.state) + u' ' +
                          (service.version ? service.version->text : QString());
    return std::all_of(m_wanted.begin(), m_wanted.end(), [&words](const QString& word) {
        return words.contains(word, Qt::CaseInsensitive);
    });
}

bool ServiceFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto nameOf = [this](const QModelIndex& index) {
        return m_services.rows()[static_cast<std::size_t>(index.row())].name;
    };
    return QString::localeAwareCompare(nameOf(left), nameOf(right)) < 0;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/servicelistmodel.h"

#include <QSortFilterProxyModel>

namespace ui {

/// The services of an environment that a person looks for, in the order that they chose.
class ServiceFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class Order { WorstFirst, ByName };

    /// services outlives it.
    explicit ServiceFilter(ServiceListModel& services, QObject* parent = nullptr);

    /// Words that all are in its name, in how it stands or in its version, whatever their case.
    void setWanted(const QString& words);
    void setOrder(Order order);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    ServiceListModel& m_services;
    QStringList m_wanted;
};

} // namespace ui

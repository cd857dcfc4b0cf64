// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/servicelistmodel.h"

#include <QSortFilterProxyModel>

namespace ui {

/// The services of an environment that a person looks for, in the groups and the order that they
/// chose.
class ServiceFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class Order { WorstFirst, ByName };
    enum class Groups { None, ByHost, ByVerdict };
    /// What the group is called that begins with this row; empty within one, and without groups.
    static constexpr int GroupRole = Qt::UserRole + 1;

    /// services outlives it.
    explicit ServiceFilter(ServiceListModel& services, QObject* parent = nullptr);

    /// Words that all are in its name, in how it stands or in its version, whatever their case.
    void setWanted(const QString& words);
    void setOrder(Order order);
    void setGroups(Groups groups);
    [[nodiscard]] Groups groups() const { return m_groups; }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    [[nodiscard]] const ServiceRow& rowOf(const QModelIndex& source) const;
    [[nodiscard]] QString groupOf(const ServiceRow& row) const;
    /// Less than 0 where the group of the one comes first.
    [[nodiscard]] int compareGroups(const ServiceRow& one, const ServiceRow& other) const;
    void arrange();

    ServiceListModel& m_services;
    Order m_order = Order::WorstFirst;
    Groups m_groups = Groups::None;
    QStringList m_wanted;
};

} // namespace ui

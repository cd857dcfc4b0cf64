// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logsourcerow.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace ui {

/// The tree of log sources. What stands for the same as before stays the row that it was, so that
/// neither choice nor what is folded is lost each time that a container's usage comes in.
class LogSourceModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role {
        RowRole = Qt::UserRole, ///< LogSourceRow
        SearchRole,             ///< every word by which a person may look for it
    };

    explicit LogSourceModel(QObject* parent = nullptr);
    ~LogSourceModel() override;
    Q_DISABLE_COPY_MOVE(LogSourceModel)

    void setTree(const QList<LogSourceNode>& tree);

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// Qt::DisplayRole is the name, Qt::CheckStateRole whether it is shown.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Item;

    [[nodiscard]] Item& itemOf(const QModelIndex& index) const;
    void sync(Item& item, const QModelIndex& at, const QList<LogSourceNode>& wanted);
    void insert(Item& item, const QModelIndex& at, int row, const LogSourceNode& node);

    std::unique_ptr<Item> m_root;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcemodel.h"

#include "ui/log/logsourcewords.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace ui {

struct LogSourceModel::Item {
    LogSourceRow row;
    Item* parent = nullptr;
    std::vector<std::unique_ptr<Item>> items;

    static std::unique_ptr<Item> make(const LogSourceNode& node, Item* parent) {
        auto item = std::make_unique<Item>();
        item->row = node.row;
        item->parent = parent;
        for (const LogSourceNode& child : node.children)
            item->items.push_back(make(child, item.get()));
        return item;
    }

    [[nodiscard]] int find(const QString& key, int from) const {
        for (int i = from; i < int(items.size()); ++i) {
            if (items[size_t(i)]->row.key == key)
                return i;
        }
        return -1;
    }
};

LogSourceModel::LogSourceModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Item>()) {}

LogSourceModel::~LogSourceModel() = default;

LogSourceModel::Item& LogSourceModel::itemOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<Item*>(index.internalPointer()) : *m_root;
}

void LogSourceModel::setTree(const QList<LogSourceNode>& tree) {
    sync(*m_root, {}, tree);
}

void LogSourceModel::sync(Item& item, const QModelIndex& at, const QList<LogSourceNode>& wanted) {
    QSet<QString> keys;
    for (const LogSourceNode& node : wanted)
        keys.insert(node.row.key);
    for (int row = int(item.items.size()) - 1; row >= 0; --row) {
        if (keys.contains(item.items[size_t(row)]->row.key))
            continue;
        beginRemoveRows(at, row, row);
        item.items.erase(item.items.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < int(wanted.size()); ++row) {
        const LogSourceNode& node = wanted[row];
        const int known = item.find(node.row.key, row);
        if (known < 0) {
            insert(item, at, row, node);
            continue;
        }
        if (known > row) {
            beginMoveRows(at, known, known, at, row);
            std::rotate(item.items.begin() + row, item.items.begin() + known,
                        item.items.begin() + known + 1);
            endMoveRows();
        }
        item.items[size_t(row)]->row = node.row;
        sync(*item.items[size_t(row)], index(row, 0, at), node.children);
    }
    if (const int count = rowCount(at); count > 0)
        Q_EMIT dataChanged(index(0, 0, at), index(count - 1, 0, at));
}

void LogSourceModel::insert(Item& item, const QModelIndex& at, int row, const LogSourceNode& node) {
    beginInsertRows(at, row, row);
    item.items.insert(item.items.begin() + row, Item::make(node, &item));
    endInsertRows();
}

QModelIndex LogSourceModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemOf(parent).items[size_t(row)].get());
}

QModelIndex LogSourceModel::parent(const QModelIndex& child) const {
    if (!child.isValid())
        return {};
    Item* const parent = itemOf(child).parent;
    if (parent == m_root.get())
        return {};
    const auto& siblings = parent->parent->items;
    const auto at = std::find_if(siblings.cbegin(), siblings.cend(),
                                 [parent](const auto& one) { return one.get() == parent; });
    return createIndex(int(at - siblings.cbegin()), 0, parent);
}

int LogSourceModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : int(itemOf(parent).items.size());
}

int LogSourceModel::columnCount(const QModelIndex& parent) const {
    Q_UNUSED(parent)
    return 1;
}

QVariant LogSourceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogSourceRow& row = itemOf(index).row;
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::ToolTipRole:
        return sourceToolTip(row);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(row.title, sourceWords(row));
    case Qt::CheckStateRole:
        return row.canBeShown() ? QVariant(row.tick >= 0 ? Qt::Checked : Qt::Unchecked)
                                : QVariant();
    case RowRole:
        return QVariant::fromValue(row);
    case SearchRole:
        return searchWords(row);
    default:
        return {};
    }
}

Qt::ItemFlags LogSourceModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/savedfilters.h"

#include "ui/theme/preferences.h"

#include <algorithm>

namespace ui {

namespace {

/// A list of names and texts in turn.
const QString key = QStringLiteral("logs/filters");

QString reason(const QString& text) {
    const models::Result<models::LogFilter> filter = models::LogFilter::parse(text);
    if (!filter)
        return filter.error().message;
    const auto compiled = models::CompiledFilter::compile(*filter);
    return compiled ? QString() : compiled.error().message;
}

} // namespace

SavedFilters::SavedFilters(QObject* parent)
    : QAbstractListModel(parent) {
    const QStringList stored = Preferences::instance().value(key).toStringList();
    for (qsizetype i = 0; i < stored.size(); i += 2)
        m_all.append({stored[i], stored.value(i + 1)});
}

int SavedFilters::indexOf(const QString& name) const {
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(),
                                    [&name](const Entry& each) { return each.name == name; });
    return found == m_all.cend() ? -1 : static_cast<int>(found - m_all.cbegin());
}

void SavedFilters::save(const QString& name, const models::LogFilter& filter) {
    const int row = indexOf(name);
    if (row < 0) {
        restore(rowCount(), {name, filter.toString()});
        return;
    }
    m_all[row].text = filter.toString();
    Q_EMIT dataChanged(index(row), index(row));
    store();
}

void SavedFilters::restore(int row, const Entry& entry) {
    const int at = std::clamp(row, 0, rowCount());
    beginInsertRows({}, at, at);
    m_all.insert(at, entry);
    endInsertRows();
    store();
}

void SavedFilters::remove(int row) {
    beginRemoveRows({}, row, row);
    m_all.removeAt(row);
    endRemoveRows();
    store();
}

void SavedFilters::store() const {
    QStringList stored;
    for (const Entry& each : m_all)
        stored << each.name << each.text;
    if (stored.isEmpty())
        Preferences::instance().remove(key);
    else
        Preferences::instance().setValue(key, stored);
}

int SavedFilters::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_all.size());
}

QVariant SavedFilters::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& entry = m_all[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return entry.name;
    case TextRole:
        return entry.text;
    case ErrorRole:
        return reason(entry.text);
    default:
        return {};
    }
}

bool SavedFilters::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || !index.isValid() || name.isEmpty() || indexOf(name) >= 0)
        return false;
    m_all[index.row()].name = name;
    Q_EMIT dataChanged(index, index);
    store();
    return true;
}

Qt::ItemFlags SavedFilters::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable : flags;
}

} // namespace ui

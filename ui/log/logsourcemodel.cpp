// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcemodel.h"

#include "ui/log/logwords.h"

#include <algorithm>

namespace ui {

namespace {

bool isOf(const app::LogFollower::Log& log, const models::Host& host,
          const models::Container& container) {
    return log.source && log.source->kind == app::LogSource::Kind::Container &&
           log.source->host == host && log.source->container == container.name;
}

} // namespace

void LogSourceModel::setContainers(const QList<app::ContainerList>& lists) {
    m_lists = lists;
    rebuild();
}

void LogSourceModel::setLogs(const QList<app::LogFollower::Log>& logs,
                             const QList<quint64>& shown) {
    m_logs = logs;
    m_shown = shown;
    rebuild();
}

void LogSourceModel::addKept(LogSourceRow& row, const app::LogFollower::Log& log) const {
    row.log = log;
    row.tick = static_cast<int>(m_shown.indexOf(log.number));
}

LogSourceRow LogSourceModel::containerRow(const models::Host& host,
                                          const models::Container& container) const {
    LogSourceRow row;
    row.kind = LogSourceRow::Kind::Container;
    row.title = container.name;
    row.host = host;
    row.container = container;
    for (const app::LogFollower::Log& log : m_logs) {
        if (isOf(log, host, container))
            addKept(row, log);
    }
    return row;
}

/// Rows that stay are told as changed rather than made anew, so that neither the place in the list
/// nor the choice is lost each time that a container's usage comes in.
void LogSourceModel::rebuild() {
    QList<LogSourceRow> rows;
    QList<quint64> placed;
    for (const app::ContainerList& list : m_lists) {
        LogSourceRow place;
        place.kind = LogSourceRow::Kind::Place;
        place.title = list.host.name;
        place.host = list.host;
        place.list = list;
        rows.append(place);
        for (const models::ComposeProject& project : models::composeProjects(list.containers)) {
            for (const models::Container& container : project.containers) {
                rows.append(containerRow(list.host, container));
                if (rows.last().log)
                    placed.append(rows.last().log->number);
            }
        }
    }
    for (const app::LogFollower::Log& log : m_logs) {
        if (placed.contains(log.number))
            continue;
        LogSourceRow row;
        row.title = log.title;
        addKept(row, log);
        rows.append(row);
    }
    const auto kept = std::min(rows.size(), m_rows.size());
    if (rows.size() < m_rows.size()) {
        beginRemoveRows({}, int(rows.size()), int(m_rows.size()) - 1);
        m_rows = rows;
        endRemoveRows();
    } else if (rows.size() > m_rows.size()) {
        beginInsertRows({}, int(m_rows.size()), int(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    } else {
        m_rows = rows;
    }
    if (kept > 0)
        Q_EMIT dataChanged(index(0), index(int(kept) - 1));
}

int LogSourceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LogSourceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogSourceRow& row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(row.title, sourceWords(row));
    case Qt::CheckStateRole:
        return row.kind == LogSourceRow::Kind::Place
                   ? QVariant()
                   : QVariant(row.tick >= 0 ? Qt::Checked : Qt::Unchecked);
    case RowRole:
        return QVariant::fromValue(row);
    default:
        return {};
    }
}

Qt::ItemFlags LogSourceModel::flags(const QModelIndex& index) const {
    if (!index.isValid())
        return Qt::NoItemFlags;
    return m_rows[index.row()].kind == LogSourceRow::Kind::Place
               ? Qt::ItemIsEnabled
               : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QString sourceWords(const LogSourceRow& row) {
    switch (row.kind) {
    case LogSourceRow::Kind::Place:
        return placeWords(*row.list);
    case LogSourceRow::Kind::Container:
        return row.log ? logWords(*row.log) : containerWords(*row.container);
    case LogSourceRow::Kind::Kept:
        return logWords(*row.log);
    }
    return {};
}

} // namespace ui

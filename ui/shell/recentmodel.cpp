// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/recentmodel.h"

#include <QFileInfo>

namespace ui {

QString workspaceNameOf(const QString& path) {
    const QFileInfo file(path);
    const bool isWorkspaceFile = file.fileName() == QLatin1String("gantry.yaml");
    return isWorkspaceFile ? QFileInfo(file.path()).fileName() : file.fileName();
}

RecentModel::RecentModel(QObject* parent)
    : QAbstractListModel(parent) {}

void RecentModel::setPaths(const QStringList& paths) {
    if (paths == m_paths)
        return;
    if (!m_paths.isEmpty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_paths.size()) - 1);
        m_paths.clear();
        endRemoveRows();
    }
    if (!paths.isEmpty()) {
        beginInsertRows({}, 0, static_cast<int>(paths.size()) - 1);
        m_paths = paths;
        endInsertRows();
    }
}

void RecentModel::setMissing(const QStringList& paths) {
    m_missing = paths;
    if (!m_paths.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_paths.size()) - 1));
}

int RecentModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_paths.size());
}

QVariant RecentModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_paths.size())
        return {};
    const QString& path = m_paths[index.row()];
    const bool missing = m_missing.contains(path);
    switch (role) {
    case Qt::DisplayRole:
        return workspaceNameOf(path);
    case Qt::AccessibleTextRole:
        return missing ? tr("%1, not found any more").arg(path) : path;
    case PathRole:
        return path;
    case MissingRole:
        return missing;
    case IsFileRole:
        return path.endsWith(QLatin1String(".md"), Qt::CaseInsensitive);
    default:
        return {};
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace ui {

/// Workspaces opened before, newest first. Whether each still exists is told from outside, since
/// looking may take long.
class RecentModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, MissingRole, IsFileRole };

    explicit RecentModel(QObject* parent = nullptr);

    void setPaths(const QStringList& paths);
    void setMissing(const QStringList& paths);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QStringList m_paths;
    QStringList m_missing;
};

/// "deploy" of "/srv/deploy", "checklist.md" of "/srv/checklist.md"; the folder's name for a
/// gantry.yaml.
[[nodiscard]] QString workspaceNameOf(const QString& path);

} // namespace ui

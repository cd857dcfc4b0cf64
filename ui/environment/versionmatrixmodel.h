// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/version/versionservice.h"
#include "models/environment/workspace.h"
#include "ui/environment/versionwords.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace ui {

/// What is deployed of each service in each environment: a row a service, in the order of the file,
/// and a column an environment, in the order of promotion.
class VersionMatrixModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    /// Of a cell.
    struct Cell {
        bool isDeclared = false; ///< the environment has this service
        std::optional<VersionMark> version;
        QString words;      ///< all of it, with its age
        models::Instant at; ///< when the version was looked up; null: never

        bool operator==(const Cell&) const = default;
    };
    enum Role { CellRole = Qt::UserRole };

    /// versions outlives it.
    explicit VersionMatrixModel(const app::VersionService& versions, QObject* parent = nullptr);

    void rebuild(const models::Workspace& workspace, models::Instant now);
    void settle(models::Instant now);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] Cell& cell(int row, int column);
    [[nodiscard]] Cell read(const QString& service, const QString& environment,
                            models::Instant now) const;

    const app::VersionService& m_versions;
    QStringList m_services;
    QStringList m_environments;
    std::vector<Cell> m_cells; ///< row by row
};

} // namespace ui

Q_DECLARE_METATYPE(ui::VersionMatrixModel::Cell)

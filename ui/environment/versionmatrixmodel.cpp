// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/versionmatrixmodel.h"

namespace ui {

VersionMatrixModel::VersionMatrixModel(const app::VersionService& versions, QObject* parent)
    : QAbstractTableModel(parent)
    , m_versions(versions) {}

void VersionMatrixModel::rebuild(const models::Workspace& workspace, models::Instant now) {
    beginResetModel();
    m_services.clear();
    m_environments.clear();
    for (const models::Environment& environment :
         models::inPromotionOrder(workspace.environments)) {
        m_environments.append(environment.name);
        m_services += environment.serviceNames();
    }
    m_services.removeDuplicates();
    m_cells.assign(static_cast<std::size_t>(m_services.size() * m_environments.size()), Cell());
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column)
            cell(row, column).isDeclared = workspace.environment(m_environments[column])
                                               ->serviceNames()
                                               .contains(m_services[row]);
    }
    endResetModel();
    settle(now);
}

VersionMatrixModel::Cell VersionMatrixModel::read(const QString& service,
                                                  const QString& environment,
                                                  models::Instant now) const {
    Cell cell{true, {}, tr("Nothing says how the version of %1 is seen.").arg(service), {}};
    if (const auto standing = m_versions.standing(environment, service, now)) {
        cell.version = versionMark(*standing);
        cell.words = versionWords(*standing, now);
        cell.at = standing->at;
    }
    return cell;
}

void VersionMatrixModel::settle(models::Instant now) {
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            Cell& known = cell(row, column);
            if (!known.isDeclared)
                continue;
            Cell read = this->read(m_services[row], m_environments[column], now);
            if (read == known)
                continue;
            known = std::move(read);
            Q_EMIT dataChanged(index(row, column), index(row, column));
        }
    }
}

VersionMatrixModel::Cell& VersionMatrixModel::cell(int row, int column) {
    return m_cells[static_cast<std::size_t>(row * columnCount() + column)];
}

int VersionMatrixModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_services.size());
}

int VersionMatrixModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_environments.size());
}

QVariant VersionMatrixModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Cell& cell =
        m_cells[static_cast<std::size_t>(index.row() * columnCount() + index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.version ? cell.version->text : QString();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return cell.isDeclared ? cell.words
                               : tr("%1 has no %2.")
                                     .arg(m_environments[index.column()], m_services[index.row()]);
    case CellRole:
        return QVariant::fromValue(cell);
    default:
        return {};
    }
}

QVariant VersionMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? m_environments.value(section)
                                         : m_services.value(section);
}

} // namespace ui

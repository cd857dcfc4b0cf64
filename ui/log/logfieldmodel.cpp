// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logfieldmodel.h"

#include "ui/theme/theme.h"

namespace ui {

namespace {
constexpr qsizetype shownLetters = 2'000; ///< of a value: more is on no screen
}

void LogFieldModel::setFields(const QList<models::FlatField>& fields) {
    if (m_fields == fields)
        return;
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

int LogFieldModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int LogFieldModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogFieldModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const models::FlatField& field = m_fields[index.row()];
    if (role == Qt::DisplayRole)
        return index.column() == Name ? field.name : field.value.left(shownLetters);
    if (role == Qt::FontRole && index.column() == Value)
        return ui::font(TextRole::Mono);
    if (role == Qt::ForegroundRole && index.column() == Name)
        return colour(Colour::Quiet);
    return {};
}

QVariant LogFieldModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Field") : tr("Value");
}

} // namespace ui

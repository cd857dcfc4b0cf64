// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logjson.h"

#include <QAbstractTableModel>

namespace ui {

/// The fields of a line: name and value.
class LogFieldModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setFields(const QList<models::FlatField>& fields);
    [[nodiscard]] const QList<models::FlatField>& fields() const { return m_fields; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    QList<models::FlatField> m_fields;
};

} // namespace ui

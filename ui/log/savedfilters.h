// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"

#include <QAbstractListModel>

namespace ui {

/// Filters by name, kept in the preferences. Text of theirs that cannot be understood stays as it
/// is, with the reason.
class SavedFilters final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TextRole = Qt::UserRole, ErrorRole };

    struct Entry {
        QString name;
        QString text; ///< as a LogFilter is written
    };

    explicit SavedFilters(QObject* parent = nullptr);

    [[nodiscard]] const QList<Entry>& all() const { return m_all; }
    [[nodiscard]] int indexOf(const QString& name) const;
    /// Keeps it under that name, in place of the one that has the name already.
    void save(const QString& name, const models::LogFilter& filter);
    /// As it was before: puts one back that was removed.
    void restore(int row, const Entry& entry);
    void remove(int row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// Gives it another name: neither an empty one nor that of another.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void store() const;

    QList<Entry> m_all;
};

} // namespace ui

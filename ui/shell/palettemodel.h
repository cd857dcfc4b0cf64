// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/paletteentry.h"

#include <QAbstractListModel>

namespace ui {

/// What the command palette lists: the entries that fit the filter, best first, in the order given
/// where they fit equally well.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { HintRole = Qt::UserRole, ShortcutRole, PositionsRole };

    explicit PaletteModel(QObject* parent = nullptr);

    /// Takes the filter away.
    void setEntries(const PaletteEntries& entries);
    void setFilter(const QString& filter);
    [[nodiscard]] const PaletteEntry* entry(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Shown {
        int entry = 0;
        int score = 0;
        QList<int> positions;
    };

    [[nodiscard]] QList<Shown> match() const;
    void show(QList<Shown> shown);

    PaletteEntries m_entries;
    QString m_filter;
    QList<Shown> m_shown;
};

} // namespace ui

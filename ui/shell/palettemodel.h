// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/paletteentry.h"

#include <QAbstractListModel>
#include <QTimer>

namespace ui {

/// What the command palette lists: the entries that fit the filter, best first, in the order given
/// where they fit equally well. Many entries are gone through a few milliseconds at a time; the
/// rows stay as they were until that is done.
class PaletteModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { HintRole = Qt::UserRole, ShortcutRole, PositionsRole };

    explicit PaletteModel(QObject* parent = nullptr);

    /// Takes the filter away.
    void setEntries(const PaletteEntries& entries);
    void setFilter(const QString& filter);
    /// Whether the rows are still those of an earlier filter.
    [[nodiscard]] bool isSearching() const { return m_slices.isActive(); }
    [[nodiscard]] const PaletteEntry* entry(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    /// The rows are those of the filter; also where they came at once.
    void settled();

private:
    struct Shown {
        int entry = 0;
        int score = 0;
        QList<int> positions;
    };

    void begin(QList<int> candidates);
    void searchOn();
    void finish();
    void show(QList<Shown> shown);

    PaletteEntries m_entries;
    QString m_filter;
    QList<Shown> m_shown;
    QTimer m_slices;
    QList<int> m_candidates; ///< entries to look at, in their order
    qsizetype m_next = 0;    ///< of m_candidates
    QList<Shown> m_found;
    QList<int> m_fitting; ///< all that fit m_fittingTo: who types on looks only there
    QString m_fittingTo;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palettemodel.h"

#include "ui/shell/fuzzymatch.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <optional>

namespace ui {

namespace {

/// What is shown at once; nobody scrolls further than that, they type.
constexpr int mostShown = 200;
/// Of one turn of the window's thread, which has to draw as well.
constexpr qint64 sliceMs = 5;
constexpr qsizetype atOnce = 64; ///< between two looks at the time

} // namespace

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent) {
    connect(&m_slices, &QTimer::timeout, this, &PaletteModel::searchOn);
}

void PaletteModel::setEntries(const PaletteEntries& entries) {
    m_entries = entries;
    m_filter.clear();
    m_fitting.clear();
    m_fittingTo.clear();
    begin({});
}

void PaletteModel::setFilter(const QString& filter) {
    if (filter == m_filter)
        return;
    m_filter = filter;
    if (!m_fittingTo.isEmpty() && filter.startsWith(m_fittingTo)) {
        begin(m_fitting);
        return;
    }
    QList<int> all(m_entries.size());
    std::iota(all.begin(), all.end(), 0);
    begin(std::move(all));
}

void PaletteModel::begin(QList<int> candidates) {
    m_slices.stop();
    m_found.clear();
    m_next = 0;
    m_candidates = std::move(candidates);
    if (!m_filter.trimmed().isEmpty()) {
        searchOn();
        return;
    }
    const int count = int(std::min<qsizetype>(mostShown, m_entries.size()));
    for (int entry = 0; entry < count; ++entry)
        m_found.append({entry, 0, {}});
    m_fitting.clear();
    m_fittingTo.clear();
    show(std::move(m_found));
    Q_EMIT settled();
}

void PaletteModel::searchOn() {
    QElapsedTimer timer;
    timer.start();
    while (m_next < m_candidates.size() && timer.elapsed() < sliceMs) {
        const qsizetype end = std::min(m_next + atOnce, m_candidates.size());
        for (; m_next < end; ++m_next) {
            const int entry = m_candidates[m_next];
            if (std::optional<FuzzyMatch> match = fuzzyMatch(m_filter, m_entries[entry].title))
                m_found.append({entry, match->score, std::move(match->positions)});
        }
    }
    if (m_next < m_candidates.size())
        m_slices.start(0);
    else
        finish();
}

void PaletteModel::finish() {
    m_slices.stop();
    m_fitting.clear();
    for (const Shown& one : std::as_const(m_found))
        m_fitting.append(one.entry);
    m_fittingTo = m_filter;
    const auto best = m_found.begin() + std::min<qsizetype>(mostShown, m_found.size());
    std::partial_sort(m_found.begin(), best, m_found.end(), [](const Shown& one, const Shown& two) {
        return std::pair(-one.score, one.entry) < std::pair(-two.score, two.entry);
    });
    m_found.erase(best, m_found.end());
    show(std::move(m_found));
    Q_EMIT settled();
}

void PaletteModel::show(QList<Shown> shown) {
    // Rows are another list altogether after each key: there is nothing to move or keep.
    beginResetModel();
    m_shown = std::exchange(shown, {});
    endResetModel();
}

const PaletteEntry* PaletteModel::entry(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= m_shown.size())
        return nullptr;
    return &m_entries[m_shown[index.row()].entry];
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    const PaletteEntry* found = entry(index);
    if (found == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return found->title;
    case Qt::AccessibleTextRole:
        return QStringList{found->title, found->hint, found->shortcut}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(", "));
    case HintRole:
        return found->hint;
    case ShortcutRole:
        return found->shortcut;
    case PositionsRole:
        return QVariant::fromValue(m_shown[index.row()].positions);
    default:
        return {};
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palettemodel.h"

#include "ui/shell/fuzzymatch.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace ui {

namespace {

/// What is shown at once; nobody scrolls further than that, they type.
constexpr int mostShown = 200;

} // namespace

PaletteModel::PaletteModel(QObject* parent)
    : QAbstractListModel(parent) {}

void PaletteModel::setEntries(const PaletteEntries& entries) {
    m_entries = entries;
    m_filter.clear();
    show(match());
}

void PaletteModel::setFilter(const QString& filter) {
    if (filter == m_filter)
        return;
    m_filter = filter;
    show(match());
}

QList<PaletteModel::Shown> PaletteModel::match() const {
    QList<Shown> found;
    if (m_filter.trimmed().isEmpty()) {
        for (int index = 0; index < std::min<qsizetype>(mostShown, m_entries.size()); ++index)
            found.append({index, 0, {}});
        return found;
    }
    for (int index = 0; index < m_entries.size(); ++index) {
        if (std::optional<FuzzyMatch> match = fuzzyMatch(m_filter, m_entries[index].title))
            found.append({index, match->score, std::move(match->positions)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Shown& one, const Shown& two) { return one.score > two.score; });
    if (found.size() > mostShown)
        found.resize(mostShown);
    return found;
}

void PaletteModel::show(QList<Shown> shown) {
    // Rows are another list altogether after each key: there is nothing to move or keep.
    beginResetModel();
    m_shown = std::move(shown);
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

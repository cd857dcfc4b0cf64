// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/textdiff.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace ui {

namespace {

/// Cells of the table; past it the stretch counts as replaced.
constexpr qint64 mostCells = 4'000'000;

/// Lengths of the longest common subsequences of all tails.
class Table {
public:
    Table(const QStringList& before, const QStringList& after)
        : m_columns(size_t(after.size()) + 1)
        , m_lengths((size_t(before.size()) + 1) * m_columns, 0) {
        for (qsizetype i = before.size() - 1; i >= 0; --i) {
            for (qsizetype j = after.size() - 1; j >= 0; --j)
                at(i, j) = before[i] == after[j] ? at(i + 1, j + 1) + 1
                                                 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }

    int& at(qsizetype i, qsizetype j) { return m_lengths[size_t(i) * m_columns + size_t(j)]; }

private:
    size_t m_columns;
    std::vector<int> m_lengths;
};

void addMiddle(QList<DiffLine>& lines, const QStringList& before, const QStringList& after,
               int offset) {
    const auto removed = [&](qsizetype i) {
        lines.append({DiffKind::Removed, offset + int(i) + 1, before[i]});
    };
    const auto added = [&](qsizetype j) {
        lines.append({DiffKind::Added, offset + int(j) + 1, after[j]});
    };
    qsizetype i = 0;
    qsizetype j = 0;
    if (qint64(before.size()) * after.size() <= mostCells) {
        Table table(before, after);
        while (i < before.size() && j < after.size()) {
            if (before[i] == after[j]) {
                lines.append({DiffKind::Same, offset + int(j) + 1, after[j]});
                ++i;
                ++j;
            } else if (table.at(i + 1, j) >= table.at(i, j + 1)) {
                removed(i++);
            } else {
                added(j++);
            }
        }
    }
    while (i < before.size())
        removed(i++);
    while (j < after.size())
        added(j++);
}

} // namespace

QList<DiffLine> diffLines(const QString& before, const QString& after, int context) {
    const QStringList old = before.split(QLatin1Char('\n'));
    const QStringList fresh = after.split(QLatin1Char('\n'));
    const qsizetype shorter = std::min(old.size(), fresh.size());
    qsizetype head = 0;
    while (head < shorter && old[head] == fresh[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old[old.size() - 1 - tail] == fresh[fresh.size() - 1 - tail])
        ++tail;
    QList<DiffLine> all;
    for (qsizetype i = std::max<qsizetype>(0, head - context); i < head; ++i)
        all.append({DiffKind::Same, int(i) + 1, fresh[i]});
    addMiddle(all, old.mid(head, old.size() - head - tail),
              fresh.mid(head, fresh.size() - head - tail), int(head));
    const qsizetype last = std::min(fresh.size(), fresh.size() - tail + context);
    for (qsizetype i = fresh.size() - tail; i < last; ++i)
        all.append({DiffKind::Same, int(i) + 1, fresh[i]});
    QList<DiffLine> shown;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const qsizetype from = std::max<qsizetype>(0, i - context);
        const qsizetype to = std::min(all.size() - 1, i + context);
        const bool isNear =
            std::any_of(all.begin() + from, all.begin() + to + 1,
                        [](const auto& line) { return line.kind != DiffKind::Same; });
        if (isNear)
            shown.append(all[i]);
    }
    return shown;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/standingdelegate.h"

#include "ui/environment/standingrow.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

Colour wordTone(const StandingRow& row) {
    return row.tone == Colour::Quiet ? Colour::Text : row.tone;
}

void paintOneLine(QPainter& painter, QRect rect, const StandingRow& row) {
    const auto put = [&](const QString& text, TextRole role, Colour tone, Emphasis emphasis,
                         int kept = 0) {
        const int taken =
            rowpaint::words(painter, rect.adjusted(0, 0, -kept, 0), text, role, tone, emphasis);
        rect.setLeft(std::min(rect.right(), rect.left() + taken + space::m));
    };
    // A long name gives way to how it stands.
    const int wordWidth = QFontMetrics(font(TextRole::Body)).horizontalAdvance(row.word);
    put(row.name, TextRole::Body, Colour::Text, Emphasis::Strong, wordWidth + space::m + space::xs);
    put(row.word, TextRole::Body, wordTone(row), Emphasis::Normal);
    put(row.words, TextRole::Quiet, Colour::Quiet, Emphasis::Normal);
}

/// The name above leaves room for the age, and what is told of it has all of the width below: what
/// was observed and its limit stand at the end of that, and stay.
void paintTwoLines(QPainter& painter, const QRect& rect, const StandingRow& row, int ageWidth) {
    const QString name = QFontMetrics(font(TextRole::Body, Emphasis::Strong))
                             .elidedText(row.name, Qt::ElideRight, rect.width() - ageWidth);
    const QString told =
        row.words.isEmpty() ? row.word : row.word + QStringLiteral(" · ") + row.words;
    const QString below = QFontMetrics(font(TextRole::Quiet))
                              .elidedText(told.simplified(), Qt::ElideMiddle, rect.width());
    rowpaint::twoLines(painter, rect, name, below, wordTone(row));
}

} // namespace

StandingDelegate::StandingDelegate(QObject* parent)
    : RowDelegate(0, parent) {}

void StandingDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    const auto* row = index.data(standingRowRole).value<const StandingRow*>();
    if (row == nullptr)
        return;
    rect.adjust(space::m, 0, -space::m, -1);
    rowpaint::sign(painter, rect, row->glyph, colour(row->tone));
    const QString age = ageWords(*row, presentInstant());
    if (row->height == StandingRow::Height::TwoLines) {
        QRect above = rect;
        above.setBottom(rect.center().y());
        const int taken = rowpaint::atRight(painter, above, age, Colour::Quiet);
        paintTwoLines(painter, rect, *row, age.isEmpty() ? 0 : taken + space::m);
    } else {
        // What its age is of goes without saying beside how it stands.
        const QString alone = row->at.isNull() ? age : formatAge(row->at, presentInstant());
        const int taken = rowpaint::atRight(painter, rect, alone, Colour::Quiet);
        paintOneLine(painter, rect.adjusted(0, 0, age.isEmpty() ? 0 : -taken - space::m, 0), *row);
    }
}

QSize StandingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto* row = index.data(standingRowRole).value<const StandingRow*>();
    const int text = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height();
    const int below = row != nullptr && row->height == StandingRow::Height::TwoLines
                          ? QFontMetrics(font(TextRole::Quiet)).height()
                          : 0;
    return {0, std::max(measure::denseRow, text + space::s) + below};
}

} // namespace ui

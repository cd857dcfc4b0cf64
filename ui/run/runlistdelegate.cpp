// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runlistdelegate.h"

#include "models/run/runlistmodel.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int rowHeight = 60;
constexpr int glyphSize = 20;
constexpr int statusWidth = 176;
constexpr int progressWidth = 168;
constexpr int ageWidth = 96;
constexpr int openWidth = 72;
constexpr int versionMost = 120;

void drawLine(QPainter& painter, const QRect& rect, const QString& text,
              Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter) {
    if (rect.width() > 0)
        painter.drawText(rect, int(alignment) | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

/// What activating the row does, in a word.
QString openWord(const models::RunListEntry& entry) {
    // Not "Open": that is what the status of a run is called in the same row.
    switch (models::openingOf(entry)) {
    case models::RunOpening::Read:
        return RunListDelegate::tr("Read");
    case models::RunOpening::Return:
        return RunListDelegate::tr("Return");
    case models::RunOpening::Follow:
        return RunListDelegate::tr("Follow");
    case models::RunOpening::Resume:
        return RunListDelegate::tr("Resume");
    }
    return {};
}

/// It is no news here where it stands at another console.
bool isGivenAway(const models::RunListEntry& entry) {
    return entry.status != models::RunStatus::Closed && !entry.givenTo.isEmpty();
}

QString secondLine(const models::RunListEntry& entry) {
    QString text = RunListDelegate::tr("%1 · %2 · started by %3")
                       .arg(entry.workspaceName, entry.runbookPath, entry.startedBy);
    if (isGivenAway(entry))
        text = RunListDelegate::tr("Handed over to %1 %2, and driven there · ")
                   .arg(entry.givenTo, formatAge(entry.givenAt, presentInstant())) +
               text;
    else if (!entry.heldBy.isEmpty())
        text = RunListDelegate::tr("Held by %1 · ").arg(entry.heldBy) + text;
    return text;
}

/// What it goes to comes before who started it: in a narrow window the end is left out.
void drawSecondLine(QPainter& painter, QRect line, const models::RunListEntry& entry) {
    painter.setFont(font(TextRole::Quiet));
    const auto drawChip = [&](const QString& words, Colour tone, Chip::Look look) {
        if (!words.isEmpty() && line.width() > Chip::widthOf(words))
            line.setLeft(line.left() + space::xs +
                         Chip::paint(painter, line, words, colour(tone), look));
    };
    drawChip(entry.environment, Colour::Accent, Chip::Look::Tinted);
    const QString version = painter.fontMetrics().elidedText(
        models::targetWords(entry.target), Qt::ElideRight, std::max(versionMost, line.width() / 3));
    drawChip(version, Colour::Text, Chip::Look::Tinted);
    if (!entry.blockReason.isEmpty())
        drawChip(RunListDelegate::tr("blocked"), Colour::Fail, Chip::Look::Outlined);
    painter.setFont(font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    drawLine(painter, line.adjusted(space::xs, 0, 0, 0), secondLine(entry));
}

} // namespace

QSize RunListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {480, rowHeight};
}

void RunListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto entry = index.data(models::RunListModel::EntryRole).value<models::RunListEntry>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isSelected || isHovered)
        painter->fillRect(row, colour(isSelected ? Colour::Selection : Colour::Hover));
    painter->setPen(colour(Colour::Line));
    painter->drawLine(QPointF(row.left() + space::xl, row.bottom() + 0.5),
                      QPointF(row.right() - space::xl, row.bottom() + 0.5));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colour(Colour::Accent), 2));
        painter->drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -2), radius::control,
                                 radius::control);
    }
    QRect rest = row.adjusted(space::xl, 0, -space::xl, 0);
    const auto take = [&rest](int width) {
        const QRect column(rest.right() + 1 - width, rest.top(), width, rest.height());
        rest.setRight(column.left() - space::l);
        return column;
    };
    const QRect openColumn = take(openWidth);
    painter->setFont(font(TextRole::Body, Emphasis::Strong));
    painter->setPen(colour(isSelected || isHovered ? Colour::Accent : Colour::Quiet));
    drawLine(*painter, openColumn, openWord(entry), Qt::AlignRight | Qt::AlignVCenter);

    painter->setFont(font(TextRole::Quiet));
    painter->setPen(colour(Colour::Quiet));
    const QRect age = take(ageWidth);
    drawLine(*painter, age, formatAge(entry.startedAt, presentInstant()),
             Qt::AlignRight | Qt::AlignVCenter);
    const QRect progress = take(progressWidth);
    drawLine(*painter, progress.adjusted(0, 12, 0, -rowHeight / 2 + 2),
             progressWords(entry.done, entry.failed, entry.total));
    rowpaint::progress(*painter, progress.adjusted(0, rowHeight / 2, 0, -14), entry.done,
                       entry.failed, entry.total);

    const QRectF glyph(rest.left(), row.center().y() - glyphSize / 2, glyphSize, glyphSize);
    const QColor tone =
        isGivenAway(entry) ? colour(Colour::Quiet) : runColour(entry.status, entry.outcome);
    paintGlyph(*painter, glyph, runGlyph(entry.status, entry.outcome), tone);
    rest.setLeft(rest.left() + glyphSize + space::m);
    const QRect status(rest.left(), rest.top(), std::min(statusWidth, rest.width() / 3),
                       rest.height());
    painter->setFont(font(TextRole::Body, Emphasis::Strong));
    painter->setPen(tone);
    drawLine(*painter, status,
             isGivenAway(entry) ? RunListDelegate::tr("Handed over")
                                : runWord(entry.status, entry.outcome));
    rest.setLeft(status.right() + space::l);

    painter->setFont(font(TextRole::Body, Emphasis::Strong));
    painter->setPen(colour(Colour::Text));
    drawLine(*painter, rest.adjusted(0, 9, 0, -rowHeight / 2), entry.title);
    drawSecondLine(*painter, rest.adjusted(0, rowHeight / 2, 0, -6), entry);
    painter->restore();
}

} // namespace ui

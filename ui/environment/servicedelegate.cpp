// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/servicedelegate.h"

#include "ui/environment/contractwords.h"
#include "ui/environment/servicefilter.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int tallRow = 44;
constexpr int mostTallRows = 12;
constexpr int beatStep = 4;
constexpr int beatWidth = 3;
constexpr int beatHeight = 16;
constexpr int narrow = 560;
constexpr int narrowest = 400;
constexpr int leastWidth = 280;
constexpr int wide = 760;
constexpr int versionWidth = 128;
constexpr int narrowVersionWidth = 96;
constexpr int latencyBesideVersion = 480; ///< a row of this width has room for both
constexpr int trendWidth = 36;
constexpr int leastForTrend = 360;    ///< a tall row of this width has room for it
constexpr int trendBesideBeats = 640; ///< and one that is not tall
constexpr int leastName = 110;        ///< beside the word of a contract

bool isDense(int rows) {
    return rows > mostTallRows || Theme::instance().density() == Density::Dense;
}

/// Of the name of a group, above its first row; 0: it begins none.
int groupHeight(const QModelIndex& index) {
    return index.data(ServiceFilter::GroupRole).toString().isEmpty() ? 0 : measure::denseRow;
}

/// A version takes the room of some of them.
int beatsShown(int rowWidth, bool hasVersion) {
    const auto all = static_cast<int>(ServiceListModel::beatCount);
    if (rowWidth < (hasVersion ? narrow : narrowest))
        return all / 4;
    return rowWidth < (hasVersion ? wide : narrow) ? all / 2 : all;
}

int widthOf(const QString& sample) {
    return QFontMetrics(font(TextRole::Quiet)).horizontalAdvance(sample);
}

/// What a p95 and its line take of this room; the number alone is always there.
int latencyWidth(int room) {
    const int line = space::xs + trendWidth;
    const int number = widthOf(QStringLiteral("0000 ms"));
    for (const int wanted : {widthOf(QStringLiteral("p95 0000 ms")) + line, number + line}) {
        if (wanted <= room)
            return wanted;
    }
    return number;
}

} // namespace

void ServiceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const auto* row = index.data(ServiceListModel::RowRole).value<const ServiceRow*>();
    if (row == nullptr)
        return;
    painter->save();
    QStyleOptionViewItem below = option;
    if (const int height = groupHeight(index); height > 0) {
        const QRect band(option.rect.left(), option.rect.top(), option.rect.width(), height);
        rowpaint::words(*painter, band.adjusted(space::m, 0, -space::m, 0),
                        index.data(ServiceFilter::GroupRole).toString(), TextRole::Quiet,
                        Colour::Quiet, Emphasis::Strong);
        below.rect.setTop(band.bottom() + 1);
    }
    paintRow(*painter, below, index, *row);
    painter->restore();
}

void ServiceDelegate::paintRow(QPainter& painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index, const ServiceRow& row) {
    rowpaint::ground(painter, option);
    QRect rect = option.rect.adjusted(space::m, 0, -space::m, -1);
    rowpaint::sign(painter, rect, stateGlyph(row.standing.state), colour(stateTone(row.standing.state)));

    const auto column = [&rect](int width) {
        const QRect cell(rect.right() - width + 1, rect.top(), width, rect.height());
        rect.setRight(cell.left() - space::m);
        return cell;
    };
    // Where there is no room beside it, the age stands below the name.
    const bool hasAge = option.rect.width() >= narrowest;
    if (hasAge) {
        const QRect age = column(widthOf(QStringLiteral("59 min ago")));
        if (!row.standing.at.isNull()) {
            const bool isOld = row.standing.state == models::HealthState::Stale;
            rowpaint::atRight(painter, age, formatAge(row.standing.at, presentInstant()),
                              isOld ? Colour::Warn : Colour::Quiet);
        }
    }
    const bool hasVersion = row.isBesideVersions;
    const auto trend = [&index] {
        return index.data(ServiceListModel::TrendRole).value<LatencyTrend>();
    };
    const int width = option.rect.width();
    const int beats = beatsShown(width, hasVersion) * beatStep;
    if (rect.height() >= tallRow - 1) {
        // The name comes first; a version is wanted more than a line.
        const int room = rect.width() - leastName - (hasVersion ? narrowVersionWidth : 0);
        const QRect cell = column(std::max(beats, latencyWidth(room)));
        const int middle = cell.top() + cell.height() / 2;
        paintBeats(painter, {cell.left(), cell.top(), cell.width(), middle - cell.top()}, row);
        paintLatency(painter, {cell.left(), middle, cell.width(), cell.bottom() - middle}, row,
                     trend());
    } else {
        const int number = widthOf(QStringLiteral("p95 0000 ms"));
        if (width >= trendBesideBeats)
            paintLatency(painter, column(latencyWidth(width)), row, trend());
        else if (width >= (hasVersion ? latencyBesideVersion : narrowest))
            paintLatency(painter, column(number), row, {});
        paintBeats(painter, column(beats), row);
    }
    if (hasVersion) {
        const QRect cell = column(option.rect.width() < narrow ? narrowVersionWidth : versionWidth);
        if (row.version)
            paintVersion(painter, cell, row);
    }
    if (row.contract)
        paintContract(painter, rect, row);
    paintWords(painter, rect, row, hasAge ? Age::Beside : Age::Below);
}

void ServiceDelegate::paintLatency(QPainter& painter, const QRect& rect, const ServiceRow& row,
                                   const LatencyTrend& trend) {
    if (!row.p95)
        return;
    const QString number = latencyWords(*row.p95);
    const QString named = tr("p95 %1").arg(number);
    const int line = trend.isEmpty() ? 0 : trendWidth + space::xs;
    const bool isNamed = rect.width() >= widthOf(named) + line;
    const int taken =
        rowpaint::atRight(painter, rect, isNamed ? named : number, Colour::Text) + space::xs;
    if (rect.width() >= taken + trendWidth)
        paintTrend(painter, rect.adjusted(0, space::xs / 2, -taken, -space::xs / 2), trend);
}

/// From nothing below to the slowest above; where nothing was measured there is no line.
void ServiceDelegate::paintTrend(QPainter& painter, const QRect& rect, const LatencyTrend& trend) {
    double most = 0;
    for (const std::optional<double>& value : trend)
        most = std::max(most, value.value_or(0));
    if (most <= 0)
        return;
    const double step = double(rect.width() - 1) / double(std::max<qsizetype>(1, trend.size() - 1));
    const auto pointOf = [&](qsizetype i) {
        return QPointF(rect.left() + double(i) * step,
                       rect.bottom() - *trend[i] / most * (rect.height() - 2));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Colour::Accent), 1.2));
    for (qsizetype i = 0; i < trend.size(); ++i) {
        if (!trend[i])
            continue;
        if (i > 0 && trend[i - 1])
            painter.drawLine(pointOf(i - 1), pointOf(i));
        else if (i + 1 == trend.size() || !trend[i + 1])
            painter.drawPoint(pointOf(i)); // alone
    }
    painter.restore();
}

/// Shapes differ as colours do: a pass fills the height, a failure hangs from above with a foot,
/// what is not known is a short one in the middle, and a check that never came is left out.
void ServiceDelegate::paintBeats(QPainter& painter, const QRect& rect, const ServiceRow& row) {
    const int room = rect.width() / beatStep;
    const auto all = static_cast<int>(row.beats.size());
    const int shown = std::min(room, all);
    const int top = rect.center().y() - beatHeight / 2;
    for (int i = 0; i < shown; ++i) {
        const int x = rect.right() + 1 - (shown - i) * beatStep;
        switch (row.beats[static_cast<std::size_t>(all - shown + i)]) {
        case models::Beat::None:
            break;
        case models::Beat::Passed:
            painter.fillRect(x, top + beatHeight / 4, beatWidth, beatHeight * 3 / 4,
                             colour(Colour::Pass));
            break;
        case models::Beat::Failed:
            painter.fillRect(x, top, beatWidth, beatHeight * 5 / 8, colour(Colour::Fail));
            painter.fillRect(x, top + beatHeight - beatWidth, beatWidth, beatWidth,
                             colour(Colour::Fail));
            break;
        case models::Beat::Unknown:
            painter.fillRect(x, top + beatHeight * 3 / 8, beatWidth, beatHeight / 4,
                             colour(Colour::Unknown));
            break;
        }
    }
}

/// The verdict as a sign, and with its word where there is room; it takes it from the rectangle.
void ServiceDelegate::paintContract(QPainter& painter, QRect& rect, const ServiceRow& row) {
    const Colour tone = verdictTone(*row.contract);
    const QString word = tr("Contract: %1").arg(contractWord(*row.contract));
    const int width = Chip::widthOf(word);
    if (rect.width() > width + measure::glyph + leastName) {
        Chip::paint(painter, QRect(rect.right() - width + 1, rect.top(), width, rect.height()),
                    word, colour(tone));
        rect.setRight(rect.right() - width - space::xs);
    }
    const QRect sign(rect.right() - measure::glyph + 1, rect.center().y() - measure::glyph / 2,
                     measure::glyph, measure::glyph);
    paintGlyph(painter, sign, verdictGlyph(*row.contract), colour(tone));
    rect.setRight(sign.left() - space::s);
}

/// The version above, and below it the word for its drift and how old both are.
void ServiceDelegate::paintVersion(QPainter& painter, const QRect& rect, const ServiceRow& row) {
    const VersionMark& mark = *row.version;
    if (rect.height() < tallRow - 1) {
        Chip::paint(painter, rect, mark.text, colour(mark.tone), mark.look);
        return;
    }
    const int half = rect.height() / 2;
    Chip::paint(painter, rect.adjusted(0, space::xs / 2, 0, -half), mark.text, colour(mark.tone),
                mark.look);
    QStringList words;
    if (!mark.word.isEmpty())
        words.append(mark.word);
    if (!row.versionAt.isNull())
        words.append(formatAge(row.versionAt, presentInstant()));
    rowpaint::words(painter, rect.adjusted(0, half, 0, 0), words.join(QStringLiteral(" · ")),
                    TextRole::Quiet, mark.tone);
}

void ServiceDelegate::paintWords(QPainter& painter, const QRect& rect, const ServiceRow& row,
                                 Age age) {
    const QString word = stateWord(row.standing.state);
    const bool isGood = row.standing.state == models::HealthState::Passing;
    QString below = isGood || row.standing.words.isEmpty()
                        ? word
                        : word + QStringLiteral(" · ") + row.standing.words;
    if (age == Age::Below && !row.standing.at.isNull())
        below = formatAge(row.standing.at, presentInstant()) + QStringLiteral(" · ") + below;
    const Colour tone = stateTone(row.standing.state);
    if (rect.height() >= tallRow - 1) {
        rowpaint::twoLines(painter, rect, row.name, below, tone);
        return;
    }
    const int taken =
        rowpaint::words(painter, rect, row.name, TextRole::Body, Colour::Text, Emphasis::Strong);
    QRect rest = rect;
    rest.setLeft(std::min(rect.right(), rect.left() + taken + space::m));
    rowpaint::words(painter, rest, below, TextRole::Quiet, tone);
}

QSize ServiceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const int rows = index.model() == nullptr ? 0 : index.model()->rowCount();
    const int text = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height();
    const int lines = text + QFontMetrics(font(TextRole::Quiet)).height() + space::m;
    const int row =
        isDense(rows) ? std::max(measure::denseRow, text + space::s) : std::max(tallRow, lines);
    return {leastWidth, row + groupHeight(index)};
}

} // namespace ui

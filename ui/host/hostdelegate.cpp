// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostdelegate.h"

#include "ui/host/hostlistmodel.h"
#include "ui/host/hostwords.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/rowpaint.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

namespace ui {

namespace {
constexpr int leastWidth = 220;
} // namespace

HostDelegate::HostDelegate(QObject* parent)
    : RowDelegate(leastWidth, parent) {}

void HostDelegate::paintRow(QPainter& painter, QRect rect, const QModelIndex& index) const {
    const auto row = index.data(HostListModel::RowRole).value<HostRow>();
    rect.adjust(space::l, 0, -space::l, 0);
    rowpaint::sign(painter, rect, linkGlyph(row.link), colour(linkTone(row.link)));
    if (row.report) {
        const models::Verdict verdict = verdictOf(*row.report);
        const QRect found(rect.right() - measure::glyph + 1, rect.center().y() - measure::glyph / 2,
                          measure::glyph, measure::glyph);
        paintGlyph(painter, found, row.report->isComplete ? verdictGlyph(verdict) : Glyph::Running,
                   colour(row.report->isComplete ? verdictTone(verdict) : Colour::Accent));
        rect.setRight(found.left() - space::m);
    }
    QString below = linkWord(row.link, presentInstant());
    Colour tone = linkTone(row.link);
    if (row.report) {
        below += QStringLiteral(" · ") + reportWord(*row.report);
        if (verdictTone(verdictOf(*row.report)) != tone)
            tone = Colour::Quiet; // the two glyphs say which half is good
    }
    rowpaint::twoLines(painter, rect, row.host.name, below, tone);
}

} // namespace ui

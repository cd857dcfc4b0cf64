// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/replaystrip.h"

#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr QSize usualSize(320, 40);
constexpr int lowLine = 6;

std::chrono::milliseconds lengthOf(const models::ReplaySpan& span) {
    return std::chrono::milliseconds((span.until.nanoseconds - span.from.nanoseconds) / 1'000'000);
}

} // namespace

ReplayStrip::ReplayStrip(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReplayStrip::setSpans(std::vector<models::ReplaySpan> spans) {
    m_spans = std::move(spans);
    setAccessibleName(words());
    update();
}

QString ReplayStrip::words() const {
    int times = 0;
    std::chrono::milliseconds held{0};
    std::chrono::milliseconds unknown{0};
    bool isKnown = false;
    models::Instant last;
    for (const models::ReplaySpan& span : m_spans) {
        isKnown = isKnown || span.verdict != models::Verdict::Unknown;
        if (span.verdict == models::Verdict::Unknown)
            unknown += lengthOf(span);
        if (span.verdict != models::Verdict::Pass)
            continue;
        ++times;
        held += lengthOf(span);
        last = span.from;
    }
    if (m_spans.empty())
        return {};
    if (!isKnown)
        return tr("Whether it would have held is not known.");
    QString words = times == 0
                        ? tr("It would not have held.")
                        : tr("It would have held %1, for %2 in all, the last time from %3 on.")
                              .arg(countOf(times, tr("%1 time"), tr("%1 times")),
                                   formatDuration(held), formatTime(last));
    if (unknown.count() > 0)
        words += u' ' + tr("Of %1 it is not known.").arg(formatDuration(unknown));
    return words;
}

QSize ReplayStrip::sizeHint() const {
    return usualSize;
}

void ReplayStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    if (!m_spans.empty()) {
        const double begin = double(m_spans.front().from.nanoseconds);
        const double scale = width() / (double(m_spans.back().until.nanoseconds) - begin);
        for (const models::ReplaySpan& span : m_spans) {
            const int left = int((double(span.from.nanoseconds) - begin) * scale);
            const int right = int((double(span.until.nanoseconds) - begin) * scale);
            const QRect box(left, 0, std::max(1, right - left), height());
            switch (span.verdict) {
            case models::Verdict::Pass:
                painter.fillRect(box, colour(Colour::Warn));
                break;
            case models::Verdict::Fail:
                painter.fillRect(box.adjusted(0, box.height() - lowLine, 0, 0),
                                 colour(Colour::Pass));
                break;
            case models::Verdict::Unknown:
                painter.fillRect(box, QBrush(colour(Colour::Unknown), Qt::BDiagPattern));
                break;
            }
        }
    }
    painter.setPen(colour(Colour::Line));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace ui

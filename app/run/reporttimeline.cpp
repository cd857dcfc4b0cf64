// SPDX-License-Identifier: GPL-3.0-or-later
// The run's axis of time as a picture, whose colours are those of the style around it.
#include "app/run/reportformats.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <array>

namespace app {

namespace {

using models::Instant;
using models::TimelineRow;
using models::TimelineSpan;

constexpr double pictureWidth = 960;
constexpr double labelLeft = 4;
constexpr double labelWidth = 210;
constexpr double rowHeight = 22;
constexpr double momentRadius = 4;
constexpr double axisHeight = 20;
constexpr double curveHeight = 64;
constexpr double curveMargin = 8;
constexpr double leastWidth = 2;
constexpr int labelCharacters = 32;

/// Of the report's style.
QLatin1String toneOf(const std::optional<models::Verdict>& verdict) {
    if (!verdict)
        return QLatin1String("quiet");
    switch (*verdict) {
    case models::Verdict::Pass:
        return QLatin1String("good");
    case models::Verdict::Fail:
        return QLatin1String("bad");
    case models::Verdict::Unknown:
        return QLatin1String("unsure");
    }
    return QLatin1String("quiet");
}

/// What is worse stands higher: colour is not all that tells it.
double heightOf(const std::optional<models::Verdict>& verdict) {
    if (!verdict)
        return 2;
    switch (*verdict) {
    case models::Verdict::Pass:
        return 5;
    case models::Verdict::Unknown:
        return 9;
    case models::Verdict::Fail:
        return 14;
    }
    return 2;
}

/// Seconds between two marks of the axis: at most eight of them.
qint64 stepOfAxis(double seconds) {
    static constexpr std::array<qint64, 16> steps{
        1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400, 604800};
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [seconds](qint64 step) { return seconds / double(step) <= 8; });
    return found == steps.end() ? steps.back() : *found;
}

QString shortName(const QString& name) {
    return name.size() > labelCharacters ? name.left(labelCharacters - 1) + QStringLiteral("…")
                                         : name;
}

class Picture {
public:
    explicit Picture(const models::RunTimeline& timeline)
        : m_timeline(timeline)
        , m_length(std::max<qint64>(1, timeline.to.nanoseconds - timeline.from.nanoseconds))
        , m_xml(&m_text) {}

    QString draw(const QString& style) {
        const double height = rowHeight * double(m_timeline.rows.size()) +
                              curveHeight * double(m_timeline.curves.size()) + axisHeight;
        begin("svg");
        m_xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
        attribute("viewBox", QStringLiteral("0 0 %1 %2").arg(pictureWidth).arg(height));
        attribute("role", QStringLiteral("img"));
        attribute("class", QStringLiteral("timeline"));
        m_xml.writeTextElement(QStringLiteral("title"), QStringLiteral("Timeline"));
        if (!style.isEmpty())
            m_xml.writeTextElement(QStringLiteral("style"), style);
        drawAxis(height);
        double y = 0;
        for (const TimelineRow& row : m_timeline.rows) {
            drawRow(row, y);
            y += rowHeight;
        }
        for (const models::TimelineCurve& curve : m_timeline.curves) {
            drawCurve(curve, y);
            y += curveHeight;
        }
        m_xml.writeEndElement();
        return m_text;
    }

private:
    [[nodiscard]] double xOf(Instant at) const {
        const double share =
            double(at.nanoseconds - m_timeline.from.nanoseconds) / double(m_length);
        return labelWidth + std::clamp(share, 0.0, 1.0) * (pictureWidth - labelWidth);
    }

    void drawAxis(double height) {
        const qint64 step = stepOfAxis(double(m_length) / 1e9) * 1'000'000'000;
        for (qint64 at = (m_timeline.from.nanoseconds / step + 1) * step;
             at <= m_timeline.to.nanoseconds; at += step) {
            const double x = xOf({at});
            rectangle(x, 0, 1, height - axisHeight, QLatin1String("line"));
            m_xml.writeEndElement();
            if (x < pictureWidth - 60)
                label(x + 3, height - 6,
                      Instant{at}.toDateTime().toString(step < 60'000'000'000
                                                            ? QStringLiteral("HH:mm:ss")
                                                            : QStringLiteral("MM-dd HH:mm")));
        }
    }

    void drawRow(const TimelineRow& row, double y) {
        label(labelLeft, y + rowHeight / 2 + 4, shortName(row.name));
        for (const TimelineSpan& span : row.spans)
            drawSpan(span, y + rowHeight / 2);
    }

    /// From 0 at the bottom to its highest value, which is told.
    void drawCurve(const models::TimelineCurve& curve, double top) {
        const double highest = curve.highest();
        label(labelLeft, top + curveHeight / 2 - 2, shortName(curve.name));
        label(labelLeft, top + curveHeight / 2 + 14,
              QStringLiteral("highest %1 ms").arg(highest * 1e3, 0, 'f', 0));
        const double room = curveHeight - 2 * curveMargin;
        QString path;
        for (const models::TracePoint& point : curve.points) {
            const double share = highest > 0 ? point.value / highest : 0;
            const bool begins = path.isEmpty() || point.begins;
            path += QStringLiteral("%1%2 %3 ")
                        .arg(begins ? QLatin1Char('M') : QLatin1Char('L'))
                        .arg(xOf(point.at), 0, 'f', 1)
                        .arg(top + curveHeight - curveMargin - share * room, 0, 'f', 1);
            if (begins)
                path += QStringLiteral("l0.1 0 "); // of one that stands alone, a dot
        }
        begin("path");
        attribute("d", path.trimmed());
        attribute("class", QStringLiteral("curve"));
        m_xml.writeEndElement();
    }

    /// A moment is a dot, what is neither good nor bad a thin bar.
    void drawSpan(const TimelineSpan& span, double middle) {
        const double from = xOf(span.from);
        const double to = span.to.isNull() ? pictureWidth : xOf(span.to);
        if (span.from == span.to) {
            begin("circle");
            attribute("cx", QString::number(from, 'f', 1));
            attribute("cy", QString::number(middle));
            attribute("r", QString::number(momentRadius));
            paint(toneOf(span.verdict));
        } else {
            const double height = heightOf(span.verdict);
            rectangle(from, middle - height / 2, std::max(leastWidth, to - from), height,
                      toneOf(span.verdict));
        }
        m_xml.writeTextElement(QStringLiteral("title"),
                               QStringLiteral("%1: %2%3")
                                   .arg(readableTime(span.from),
                                        span.verdict
                                            ? models::verdictName(*span.verdict) + QLatin1Char(' ')
                                            : QString(),
                                        span.words));
        m_xml.writeEndElement();
    }

    void rectangle(double x, double y, double width, double height, QLatin1String tone) {
        begin("rect");
        attribute("x", QString::number(x, 'f', 1));
        attribute("y", QString::number(y, 'f', 1));
        attribute("width", QString::number(width, 'f', 1));
        attribute("height", QString::number(height, 'f', 1));
        paint(tone);
    }

    void label(double x, double y, const QString& text) {
        begin("text");
        attribute("x", QString::number(x, 'f', 1));
        attribute("y", QString::number(y, 'f', 1));
        attribute("font-size", QStringLiteral("12"));
        paint(QLatin1String("soft"));
        m_xml.writeCharacters(text);
        m_xml.writeEndElement();
    }

    void begin(const char* name) { m_xml.writeStartElement(QLatin1String(name)); }
    void attribute(const char* name, const QString& value) {
        m_xml.writeAttribute(QLatin1String(name), value);
    }
    void paint(QLatin1String tone) { attribute("class", tone); }

    const models::RunTimeline& m_timeline;
    qint64 m_length;
    QString m_text;
    QXmlStreamWriter m_xml;
};

} // namespace

QString timelineSvg(const models::RunTimeline& timeline, const QString& style) {
    return timeline.rows.isEmpty() && timeline.curves.isEmpty() ? QString()
                                                                : Picture(timeline).draw(style);
}

} // namespace app

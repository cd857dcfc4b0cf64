// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/gatereadings.h"

#include "ui/run/leafcurve.h"
#include "ui/run/words.h"
#include "ui/theme/glyph.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int mostMarks = 20; ///< readings with a mark of their own

void clear(QLayout& layout) {
    while (QLayoutItem* const item = layout.takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QLabel* markOf(models::Verdict verdict, const QString& words) {
    auto* mark = new QLabel;
    mark->setPixmap(glyphIcon(verdictGlyph(verdict), verdictTone(verdict)).pixmap(measure::glyph));
    mark->setToolTip(plainToolTip(words));
    mark->setAccessibleName(words);
    return mark;
}

QString ruleWords(const models::GateRule& rule, int samples) {
    return GateReadings::tr("%1 of %2 · one every %3")
        .arg(samples)
        .arg(countText(rule.samples, QStringLiteral("reading")), formatDuration(rule.every));
}

/// "2026-11-21 14:02:11 UTC, 3 h ago"
QString momentWords(models::Instant at, models::Instant now) {
    return formatDate(at) + u' ' + formatTime(at) + QStringLiteral(", ") + formatAge(at, now);
}

} // namespace

GateReadings::GateReadings(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("gateReadings"));
    m_leaves = new QVBoxLayout;
    m_leaves->setSpacing(space::xs);
    m_marks = new QHBoxLayout;
    m_marks->setSpacing(2);
    m_words = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_words->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::s);
    column->addLayout(m_leaves);
    column->addLayout(m_marks);
    column->addWidget(m_words);
    connect(&Clock::instance(), &Clock::ticked, this, &GateReadings::settle);
}

void GateReadings::showRecorded(const models::GateState& gate) {
    const bool isOther = gate.enteredAt != m_gate.enteredAt;
    m_gate = gate;
    if (isOther || gate.samples > m_samples) {
        m_samples = gate.samples;
        showLeaves(gate.leaves);
    }
    settle(presentInstant());
}

void GateReadings::showPast(const models::GateState& gate) {
    m_isPast = true;
    if (gate == m_gate)
        return;
    m_gate = gate;
    m_samples = gate.samples;
    showLeaves(gate.leaves);
    showMarks(gate.decidedOn);
    settle(presentInstant());
}

void GateReadings::showStanding(const models::GateStanding& standing) {
    m_samples = standing.samples;
    showLeaves(standing.reading.leaves, standing.courses);
    showMarks(standing.newest);
    settle(presentInstant());
}

void GateReadings::showMarks(const QList<models::GateSample>& samples) {
    clear(*m_marks);
    const qsizetype first = std::max<qsizetype>(0, samples.size() - mostMarks);
    for (qsizetype i = first; i < samples.size(); ++i) {
        const models::GateSample& sample = samples[i];
        m_marks->addWidget(
            markOf(sample.verdict, formatTime(sample.at) + QStringLiteral(": ") + sample.words));
    }
    m_marks->addStretch();
}

void GateReadings::showLeaves(const QList<models::LeafReading>& leaves,
                              const QList<models::LeafCourse>& courses) {
    clear(*m_leaves);
    for (qsizetype i = 0; i < leaves.size(); ++i) {
        const models::LeafReading& leaf = leaves[i];
        auto* row = new QWidget;
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins({});
        line->setSpacing(space::s);
        line->addWidget(markOf(leaf.verdict, models::verdictName(leaf.verdict)), 0, Qt::AlignTop);
        auto* words = new TextLabel(leaf.words, TextRole::Body);
        words->setWordWrap(true);
        line->addWidget(words, 1);
        m_leaves->addWidget(row);
        if (const models::LeafCourse course = courses.value(i); LeafCurve::isWorthwhile(course))
            m_leaves->addWidget(new LeafCurve(course));
    }
}

void GateReadings::settle(models::Instant now) {
    QStringList words{ruleWords(m_gate.rule, m_samples)};
    if (m_isPast) {
        words.append(m_gate.observedAt.isNull()
                         ? tr("entered %1, never read").arg(momentWords(m_gate.enteredAt, now))
                         : tr("last %1").arg(momentWords(m_gate.observedAt, now)));
    } else if (!m_gate.deadline.isNull() && now < m_gate.deadline) {
        const std::chrono::nanoseconds left(m_gate.deadline.nanoseconds - now.nanoseconds);
        words.append(
            tr("a person is asked in %1")
                .arg(formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(left))));
    }
    m_words->setText(words.join(QStringLiteral(" · ")));
}

} // namespace ui

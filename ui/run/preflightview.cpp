// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/preflightview.h"

#include "ui/run/verdictgrid.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/agelabel.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/surfacewidget.h"

#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

PreflightView::PreflightView(QWidget* parent)
    : QScrollArea(parent) {
    setObjectName(QStringLiteral("preflight"));
    setAccessibleName(tr("Preflight"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&Theme::instance(), &Theme::changed, this, &PreflightView::build);
    build();
}

void PreflightView::setLines(const std::vector<models::PreflightLine>& lines) {
    if (lines == m_lines)
        return;
    m_lines = lines;
    build();
}

void PreflightView::build() {
    const int position = verticalScrollBar()->value();
    auto* content = new SurfaceWidget(Colour::Raised);
    auto* grid = new VerdictGrid(content);
    for (const models::PreflightLine& line : m_lines)
        addLine(*grid, line);
    setWidget(content);
    verticalScrollBar()->setValue(position);
}

void PreflightView::addLine(VerdictGrid& grid, const models::PreflightLine& line) {
    const bool isRisk = line.topic == models::PreflightTopic::Risks; // a person takes it
    const Colour tone = isRisk ? Colour::Warn : verdictTone(line.verdict);
    const Glyph glyph = isRisk ? Glyph::Manual : verdictGlyph(line.verdict);
    auto* verdict = new TextLabel(models::preflightWord(line), TextRole::Quiet, tone);
    verdict->setEmphasis(Emphasis::Strong);

    auto* column = new QVBoxLayout;
    column->setSpacing(space::xs / 2);
    const QString topic = models::preflightTopicName(line.topic);
    auto* title =
        selectable(line.subject.isEmpty() ? topic : topic + QStringLiteral(": ") + line.subject,
                   Colour::Quiet);
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    if (!line.at.isNull()) {
        auto* age = new AgeLabel;
        age->setMoment(line.at);
        head->addWidget(age, 0, Qt::AlignTop);
    }
    column->addLayout(head);
    column->addWidget(selectable(line.reason));
    if (!line.mend.isEmpty())
        column->addWidget(selectable(line.mend, Colour::Quiet));
    grid.addRow(new GlyphSign(glyph, tone), verdict, column);
}

} // namespace ui

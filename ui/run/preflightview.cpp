// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/preflightview.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/agelabel.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/surfacewidget.h"

#include <QGridLayout>
#include <QScrollBar>

namespace ui {
namespace {

enum Column { Sign, Word, What };

} // namespace

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
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, space::m, 0);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::m);
    grid->setColumnStretch(What, 1);
    int row = 0;
    for (const models::PreflightLine& line : m_lines)
        addLine(*grid, row++, line);
    grid->setRowStretch(row, 1);
    setWidget(content);
    verticalScrollBar()->setValue(position);
}

void PreflightView::addLine(QGridLayout& grid, int row, const models::PreflightLine& line) {
    const bool isRisk = line.topic == models::PreflightTopic::Risks; // a person takes it
    const Colour tone = isRisk ? Colour::Warn : verdictTone(line.verdict);
    const Glyph glyph = isRisk ? Glyph::Manual : verdictGlyph(line.verdict);
    grid.addWidget(new GlyphSign(glyph, tone), row, Sign, Qt::AlignTop);
    auto* verdict = new TextLabel(models::preflightWord(line), TextRole::Quiet, tone);
    verdict->setEmphasis(Emphasis::Strong);
    grid.addWidget(verdict, row, Word, Qt::AlignTop);

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
    grid.addLayout(column, row, What);
}

} // namespace ui

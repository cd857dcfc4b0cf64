// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/goboardsheet.h"

#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/surfacewidget.h"
#include "ui/widgets/textlabel.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

namespace {

using Kind = models::GoBoardRow::Kind;

enum Column { Sign, Word, What, Button };

constexpr int sheetWidth = 680;
constexpr int boardHeight = 380;

/// The field's words for where a row stands.
QString standingText(const models::GoBoardRow& row) {
    const bool isRisk = row.kind == Kind::Risk;
    switch (row.standing) {
    case models::Verdict::Pass:
        return isRisk ? GoBoardSheet::tr("seen") : GoBoardSheet::tr("go");
    case models::Verdict::Fail:
        return GoBoardSheet::tr("no-go");
    case models::Verdict::Unknown:
        break;
    }
    return isRisk ? GoBoardSheet::tr("open") : GoBoardSheet::tr("waiting");
}

QString kindText(Kind kind) {
    switch (kind) {
    case Kind::Approval:
        return GoBoardSheet::tr("Approval: %1");
    case Kind::Gate:
        return GoBoardSheet::tr("Gate: %1");
    case Kind::Risk:
        return GoBoardSheet::tr("Risk: %1");
    case Kind::Person:
        break;
    }
    return QStringLiteral("%1");
}

QString verdictText(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return GoBoardSheet::tr("Go: everybody who is asked agrees, and every gate has passed.");
    case models::Verdict::Fail:
        return GoBoardSheet::tr("No-go: somebody or something holds the run.");
    case models::Verdict::Unknown:
        break;
    }
    return GoBoardSheet::tr("Waiting: not everything is decided yet.");
}

} // namespace

GoBoardSheet::GoBoardSheet(app::RunService& runs, const models::RunId& run, bool isDriven,
                           QWidget* parent)
    : Sheet(QStringLiteral("goBoardSheet"), tr("Go or no-go"), parent)
    , m_runs(runs)
    , m_run(run)
    , m_isDriven(isDriven)
    , m_verdict(paragraph({}))
    , m_area(new QScrollArea) {
    setMinimumWidth(sheetWidth);
    m_verdict->setObjectName(QStringLiteral("goBoardVerdict"));
    m_verdict->setEmphasis(Emphasis::Strong);
    m_area->setAccessibleName(tr("Go or no-go"));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFixedHeight(boardHeight);
    column().addWidget(m_verdict);
    column().addWidget(m_area);
    auto* close = new ActionButton(tr("Close board"));
    connect(close, &ActionButton::clicked, this, &QDialog::accept);
    addButtons({close});
    connect(&m_runs, &app::RunService::eventsAppended, this, [this](const models::RunId& changed) {
        if (const models::RunState* const state = changed == m_run ? m_runs.state(m_run) : nullptr)
            show(*state);
    });
    if (const models::RunState* const state = m_runs.state(m_run))
        show(*state);
}

void GoBoardSheet::show(const models::RunState& state) {
    const QList<models::GoBoardRow> board = models::goBoard(state);
    if (board == m_board && m_area->widget() != nullptr)
        return;
    m_board = board;
    m_verdict->setText(board.isEmpty()
                           ? tr("This run asks for no approval, has no gates and knows no risks.")
                           : verdictText(models::verdictOf(board)));
    const int position = m_area->verticalScrollBar()->value();
    m_area->setWidget(rows(board));
    m_area->verticalScrollBar()->setValue(position);
}

QWidget* GoBoardSheet::rows(const QList<models::GoBoardRow>& board) {
    auto* content = new SurfaceWidget(Colour::Raised);
    auto* grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, space::m, 0);
    grid->setHorizontalSpacing(space::s);
    grid->setVerticalSpacing(space::m);
    grid->setColumnStretch(What, 1);
    int row = 0;
    for (const models::GoBoardRow& one : board) {
        const Colour tone = verdictTone(one.standing);
        auto* sign = new QLabel;
        sign->setPixmap(
            glyphIcon(verdictGlyph(one.standing), tone).pixmap(measure::glyph, measure::glyph));
        grid->addWidget(sign, row, Sign, Qt::AlignTop);
        grid->addWidget(new TextLabel(standingText(one), TextRole::Quiet, tone), row, Word,
                        Qt::AlignTop);
        auto* words = new QVBoxLayout;
        words->setSpacing(space::xs / 2);
        words->setContentsMargins(one.kind == Kind::Person ? space::l : 0, 0, 0, 0);
        words->addWidget(selectable(kindText(one.kind).arg(one.title)));
        words->addWidget(selectable(one.words, Colour::Quiet));
        grid->addLayout(words, row, What);
        if (m_isDriven && one.kind == Kind::Risk && one.standing == models::Verdict::Unknown) {
            auto* take = new ActionButton(tr("Acknowledge risk"));
            connect(take, &ActionButton::clicked, this,
                    [this, risk = one.title] { m_runs.acknowledgeRisk(m_run, risk, {}); });
            grid->addWidget(take, row, Button, Qt::AlignTop);
        }
        ++row;
    }
    grid->setRowStretch(row, 1);
    return content;
}

} // namespace ui

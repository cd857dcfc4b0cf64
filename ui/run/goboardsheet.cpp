// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/goboardsheet.h"

#include "ui/run/verdictgrid.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/fittingarea.h"
#include "ui/widgets/surfacewidget.h"
#include "ui/widgets/textlabel.h"

#include <QLabel>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

using Kind = models::GoBoardRow::Kind;

constexpr QSize mostSize(680, 560);

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
    if (isRisk)
        return GoBoardSheet::tr("open");
    return row.isAwaited ? GoBoardSheet::tr("waiting") : GoBoardSheet::tr("unknown");
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

QString verdictText(const QList<models::GoBoardRow>& board) {
    switch (models::verdictOf(board)) {
    case models::Verdict::Pass:
        return GoBoardSheet::tr("Go: everybody who is asked agrees, and every gate has passed.");
    case models::Verdict::Fail:
        return GoBoardSheet::tr("No-go: somebody or something holds the run.");
    case models::Verdict::Unknown:
        break;
    }
    const bool isAwaited =
        std::any_of(board.cbegin(), board.cend(), [](const models::GoBoardRow& row) {
            return row.isAwaited && row.kind != Kind::Risk;
        });
    return isAwaited ? GoBoardSheet::tr("Waiting: not everything is decided yet.")
                     : GoBoardSheet::tr("Unknown: not everything was decided.");
}

/// To wait is not the same as not to know.
Glyph glyphOf(const models::GoBoardRow& row) {
    if (!row.isAwaited)
        return verdictGlyph(row.standing);
    return row.kind == Kind::Risk ? Glyph::Pending : Glyph::Waiting;
}

Colour toneOf(const models::GoBoardRow& row) {
    if (!row.isAwaited)
        return verdictTone(row.standing);
    return row.kind == Kind::Risk ? Colour::Quiet : Colour::Waiting;
}

/// All that standingText() may say: what stands beside them does not move when one becomes another.
QStringList standingWords() {
    return {GoBoardSheet::tr("seen"),    GoBoardSheet::tr("go"),      GoBoardSheet::tr("no-go"),
            GoBoardSheet::tr("waiting"), GoBoardSheet::tr("unknown"), GoBoardSheet::tr("open")};
}

/// The same rows, whatever they say.
bool isAlike(const QList<models::GoBoardRow>& one, const QList<models::GoBoardRow>& other) {
    return std::equal(one.cbegin(), one.cend(), other.cbegin(), other.cend(),
                      [](const models::GoBoardRow& a, const models::GoBoardRow& b) {
                          return a.kind == b.kind && a.title == b.title;
                      });
}

} // namespace

GoBoardSheet::GoBoardSheet(app::RunService& runs, const models::RunId& run, bool isDriven,
                           QWidget* parent)
    : Sheet(QStringLiteral("goBoardSheet"), tr("Go or no-go"), parent)
    , m_runs(runs)
    , m_run(run)
    , m_isDriven(isDriven)
    , m_verdict(paragraph({}))
    , m_area(new FittingArea) {
    setMinimumWidth(mostSize.width());
    m_verdict->setObjectName(QStringLiteral("goBoardVerdict"));
    m_verdict->setEmphasis(Emphasis::Strong);
    m_area->setAccessibleName(tr("Go or no-go"));
    column().addWidget(m_verdict);
    column().addWidget(m_area, 1);
    column().addStretch();
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
    const bool isSame = m_area->widget() != nullptr && isAlike(board, m_board);
    m_board = board;
    m_verdict->setText(board.isEmpty()
                           ? tr("This run asks for no approval, has no gates and knows no risks.")
                           : verdictText(board));
    const int position = m_area->verticalScrollBar()->value();
    if (!isSame)
        m_area->setWidget(makeRows(board));
    for (qsizetype row = 0; row < board.size(); ++row)
        fill(m_rows[row], board[row]);
    m_area->fit(innerWidth(mostSize.width()));
    if (!isSame)
        fitTo(mostSize);
    m_area->verticalScrollBar()->setValue(position);
}

QWidget* GoBoardSheet::makeRows(const QList<models::GoBoardRow>& board) {
    auto* content = new SurfaceWidget(Colour::Raised);
    auto* grid = new VerdictGrid(content);
    grid->reserveFor(standingWords());
    m_rows.clear();
    for (const models::GoBoardRow& one : board)
        m_rows.append(makeRow(*grid, one));
    return content;
}

GoBoardSheet::Row GoBoardSheet::makeRow(VerdictGrid& grid, const models::GoBoardRow& row) {
    Row made{new QLabel, new TextLabel({}, TextRole::Quiet), selectable({}),
             selectable({}, Colour::Quiet), nullptr};
    auto* words = new QVBoxLayout;
    words->setSpacing(space::xs / 2);
    words->setContentsMargins(row.kind == Kind::Person ? space::l : 0, 0, 0, 0);
    words->addWidget(made.title);
    words->addWidget(made.words);
    if (m_isDriven && row.kind == Kind::Risk) {
        made.take = new ActionButton(tr("Acknowledge risk"));
        QSizePolicy policy = made.take->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        made.take->setSizePolicy(policy);
        connect(made.take, &ActionButton::clicked, this,
                [this, risk = row.title] { m_runs.acknowledgeRisk(m_run, risk, {}); });
    }
    grid.addRow(made.sign, made.standing, words, made.take);
    return made;
}

void GoBoardSheet::fill(const Row& row, const models::GoBoardRow& with) const {
    const Colour tone = toneOf(with);
    row.sign->setPixmap(glyphIcon(glyphOf(with), tone).pixmap(measure::glyph, measure::glyph));
    row.standing->setText(standingText(with));
    row.standing->setTone(tone);
    row.title->setText(kindText(with.kind).arg(with.title));
    row.words->setText(with.words);
    if (row.take != nullptr)
        row.take->setVisible(with.standing == models::Verdict::Unknown);
}

} // namespace ui

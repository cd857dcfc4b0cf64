// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "ui/log/filterhead.h"
#include "ui/log/findbar.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/jumpbar.h"
#include "ui/log/logdesk.h"
#include "ui/log/logevidence.h"
#include "ui/log/logfinder.h"
#include "ui/log/logpanekeys.h"
#include "ui/log/logtimeline.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QActionGroup>
#include <QMenu>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

LogPane::LogPane(app::LogKeeper& keeper, QWidget* page)
    : m_stage(new LogStage(keeper))
    , m_desk(new LogDesk(*m_stage, this))
    , m_evidence(new LogEvidence(*m_stage, this))
    , m_filter(new FilterHead)
    , m_find(new FindBar)
    , m_finder(new LogFinder(*m_find, *m_stage, this))
    , m_around(new QToolButton)
    , m_wrap(new QToolButton)
    , m_sideBySide(new QToolButton)
    , m_histogram(new HistogramStrip)
    , m_timeline(new LogTimeline(*m_stage, *m_histogram, this))
    , m_jump(new JumpBar([this] { return momentFrame(); })) {
    setObjectName(QStringLiteral("logPane"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_filter);
    column->addWidget(m_histogram);
    column->addWidget(m_jump);
    column->addWidget(m_desk, 1);
    fillTools();
    connectParts();
    addShortcuts(page != nullptr ? *page : *this);
}

LogPane::~LogPane() = default;

void LogPane::fillTools() {
    auto* jump = new QToolButton;
    jump->setObjectName(QStringLiteral("jumpButton"));
    jump->setText(tr("Go to time"));
    jump->setToolTip(tr("Go to the first line at a time or later (%1)")
                         .arg(logkeys::jump().toString(QKeySequence::NativeText)));
    connect(jump, &QToolButton::clicked, this, &LogPane::openJump);
    m_sideBySide->setObjectName(QStringLiteral("sideBySide"));
    m_sideBySide->setText(tr("Side by side"));
    m_sideBySide->setCheckable(true);
    m_sideBySide->setToolTip(tr("Show up to four sources beside one another (%1)")
                                 .arg(logkeys::sideBySide().toString(QKeySequence::NativeText)));
    m_wrap->setText(tr("Wrap"));
    m_wrap->setCheckable(true);
    m_wrap->setToolTip(tr("Wrap long lines"));
    fillAround();
    for (QToolButton* tool : QList{m_around, jump, m_wrap, m_sideBySide} + m_desk->buttons())
        m_filter->addTool(tool);
    m_filter->addTool(m_find); // takes the rest of its row
}

void LogPane::fillAround() {
    m_around->setObjectName(QStringLiteral("linesAround"));
    m_around->setToolTip(tr("Show lines of the same source around those that the filter takes"));
    m_around->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_around);
    auto* group = new QActionGroup(menu);
    for (const int lines : linesAround) {
        QAction* action = menu->addAction(
            lines == 0 ? tr("None around")
                       : countOf(lines, tr("%1 line around"), tr("%1 lines around")));
        action->setCheckable(true);
        action->setData(lines);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, lines] { setAround(lines); });
    }
    m_around->setMenu(menu);
    setAround(0);
}

void LogPane::setAround(int lines) {
    for (QAction* action : m_around->menu()->actions())
        action->setChecked(action->data().toInt() == lines);
    m_around->setText(tr("Around: %1").arg(lines));
    m_stage->setContext(lines);
}

void LogPane::connectParts() {
    connect(m_filter, &FilterHead::changed, this, [this] {
        m_timeline->setTimes(m_filter->filter().times);
        m_stage->setFilter(m_filter->filter(), m_filter->compiled());
    });
    connect(m_filter, &FilterHead::settled, this, [this] { m_finder->find(m_filter->filter()); });
    connect(m_filter, &FilterHead::linesRequested, m_stage, &LogStage::focusLines);
    connect(m_find, &FindBar::textChanged, m_filter, &FilterHead::settleSoon);
    connect(m_finder, &LogFinder::complained, m_filter, &FilterHead::complain);
    connect(m_wrap, &QToolButton::toggled, this, [this](bool isOn) {
        m_stage->setWrapping(isOn ? LogView::Wrapping::On : LogView::Wrapping::Off);
    });
    connect(m_histogram, &HistogramStrip::momentChosen, m_stage, &LogStage::goTo);
    connect(m_timeline, &LogTimeline::timesChosen, this, [this](const LogTimeline::Times& times) {
        m_filter->change([&times](models::LogFilter& filter) { filter.times = times; });
    });
    connect(m_jump, &JumpBar::chosen, this, &LogPane::jumpTo);
    connect(m_jump, &JumpBar::closed, m_stage, &LogStage::focusLines);
    connect(m_sideBySide, &QToolButton::clicked, this, [this](bool isOn) {
        setArrangement(isOn ? Arrangement::SideBySide : Arrangement::Merged);
    });
    connect(m_stage, &LogStage::arrangementChanged, this,
            [this] { m_sideBySide->setChecked(arrangement() == Arrangement::SideBySide); });
}

void LogPane::addShortcuts(QWidget& page) {
    const auto add = [this, &page](const QKeySequence& keys, auto act) {
        auto* made = new QShortcut(keys, &page);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, [this, act] {
            if (isVisible())
                act();
        });
    };
    add(QKeySequence::Find, [this] { focusFind(); });
    add(logkeys::filter(), [this] { focusFilter(); });
    add(logkeys::next(), [this] { m_finder->goToHit(LogFinder::Direction::Next); });
    add(logkeys::previous(), [this] { m_finder->goToHit(LogFinder::Direction::Previous); });
    add(logkeys::jump(), [this] { openJump(); });
    add(logkeys::sideBySide(), [this] { m_sideBySide->click(); });
    add(logkeys::saveFilter(), [this] { m_filter->askToSave(); });
}

void LogPane::setSources(const QList<LogBoard::Source>& sources) {
    QStringList names;
    for (const LogBoard::Source& source : sources)
        names.append(source.name);
    names.removeDuplicates(); // an excerpt has the name of its log
    m_filter->setSources(names);
    m_stage->setSources(sources);
}

void LogPane::focusFilter() {
    m_filter->focusField();
}

void LogPane::focusFind() {
    m_find->focusField();
}

void LogPane::openJump() {
    m_jump->open();
}

void LogPane::jumpTo(models::Instant at) {
    board().seek(at, [this, at](qint64 row) {
        if (row < 0) {
            m_jump->tell(tr("No lines are shown."));
            return;
        }
        m_stage->goToRow(row);
        if (board().row(row).time() < at) {
            m_jump->tell(
                tr("No line is at %1 or later. This is the last one.").arg(formatTime(at)));
            return;
        }
        m_jump->hide();
        m_stage->focusLines();
    });
}

/// Times of the lines as far as they are known at the ends, which is what counts.
models::MomentFrame LogPane::momentFrame() {
    using Toward = LogBoard::Toward;
    models::MomentFrame frame;
    frame.first = board().timeNear(board().firstRow(), Toward::End);
    frame.last = board().timeNear(board().endRow() - 1, Toward::Begin);
    const LogSpot here = m_stage->here();
    frame.here = here.board->timeNear(here.view->currentRow(), Toward::Begin);
    if (frame.here.isNull())
        frame.here = frame.last;
    return frame;
}

} // namespace ui

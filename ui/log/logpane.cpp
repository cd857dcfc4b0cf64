// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "ui/log/filterbar.h"
#include "ui/log/findbar.h"
#include "ui/log/flowlayout.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/jumpbar.h"
#include "ui/log/levelbuttons.h"
#include "ui/log/logcolumns.h"
#include "ui/log/logdesk.h"
#include "ui/log/logevidence.h"
#include "ui/log/logpanekeys.h"
#include "ui/log/logtimeline.h"
#include "ui/log/logview.h"
#include "ui/log/markbar.h"
#include "ui/log/savedfilterspanel.h"
#include "ui/log/sourcechooser.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QActionGroup>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::milliseconds typingPause{200};
constexpr int rowsLookedAt = 200;  ///< for one with a time
constexpr qint64 markParts = 2048; ///< of the scroll bar

} // namespace

LogPane::LogPane(app::LogKeeper& keeper, QWidget* parent)
    : QWidget(parent)
    , m_board(new LogBoard(keeper, this))
    , m_filter(new FilterBar)
    , m_complaint(new TextLabel({}, TextRole::Quiet, Colour::Warn))
    , m_levels(new LevelButtons(this))
    , m_chooser(new SourceChooser)
    , m_saved(new QToolButton)
    , m_find(new FindBar)
    , m_around(new QToolButton)
    , m_wrap(new QToolButton)
    , m_histogram(new HistogramStrip)
    , m_jump(new JumpBar([this] { return momentFrame(); }))
    , m_view(new LogView)
    , m_columns(new LogColumns(keeper))
    , m_stack(new QStackedLayout)
    , m_sideBySide(new QToolButton)
    , m_evidence(new LogEvidence(*m_board, *m_view, this))
    , m_marks(new MarkBar)
    , m_desk(new LogDesk(keeper, *m_board, *m_view, *m_marks, this))
    , m_pill(new ActionButton({}, ButtonKind::Filled, m_view)) {
    setObjectName(QStringLiteral("logPane"));
    m_complaint->setObjectName(QStringLiteral("filterComplaint"));
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    m_view->setVerticalScrollBar(m_marks);
    m_view->setLines(m_board);
    m_timeline = new LogTimeline(*m_board, *m_histogram, *m_view, this);
    m_pill->setObjectName(QStringLiteral("newLinesPill"));
    m_pill->hide();
    buildHead();
    m_savedPanel = new SavedFiltersPanel(m_savedFilters, this);
    connectParts();
    connectFilter();
    addShortcuts();
}

LogPane::~LogPane() = default;

void LogPane::buildHead() {
    auto* head = new QVBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(space::s);
    head->addWidget(m_filter);
    head->addWidget(m_complaint);
    head->addWidget(makeTools());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_histogram);
    column->addWidget(m_jump);
    column->addLayout(m_stack, 1); // first: it shows what comes into it
    m_stack->addWidget(m_desk);
    m_stack->addWidget(m_columns);
}

QWidget* LogPane::makeTools() {
    m_saved->setObjectName(QStringLiteral("savedFiltersButton"));
    m_saved->setText(tr("Saved filters"));
    m_saved->setToolTip(tr("Choose a saved filter, or save this one (%1)")
                            .arg(logkeys::saveFilter().toString(QKeySequence::NativeText)));
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
    auto* tools = new QWidget;
    auto* flow = new FlowLayout;
    flow->setContentsMargins({});
    flow->setSpacing(space::xs);
    for (QToolButton* button : m_levels->buttons())
        flow->addWidget(button);
    const std::initializer_list<QWidget*> others{m_chooser, m_saved,      m_around, jump,
                                                 m_wrap,    m_sideBySide, m_find};
    for (QWidget* widget : others)
        flow->addWidget(widget);
    for (QToolButton* button : m_desk->buttons())
        flow->addWidget(button);
    tools->setLayout(flow);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    tools->setSizePolicy(policy);
    return tools;
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
    m_board->setContext(lines);
    m_columns->setContext(lines);
}

void LogPane::connectFilter() {
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &LogPane::applyFilter);
    connect(m_filter, &FilterBar::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_filter, &FilterBar::chipsChanged, this, &LogPane::onChipsChanged);
    connect(m_filter, &FilterBar::linesRequested, this, &LogPane::focusLines);
    connect(m_levels, &LevelButtons::chosen, this, [this](models::LevelSet levels) {
        changeChips([levels](models::LogFilter& filter) { filter.levels = levels; });
    });
    connect(m_chooser, &SourceChooser::chosen, this, [this](const QStringList& names) {
        changeChips([&names](models::LogFilter& filter) {
            filter.sources = names;
            for (const QString& name : names)
                filter.excludedSources.removeAll(name);
        });
    });
    connect(m_saved, &QToolButton::clicked, this,
            [this] { m_savedPanel->openBelow(*m_saved, m_applied); });
    connect(m_savedPanel, &SavedFiltersPanel::chosen, this, &LogPane::applySaved);
}

void LogPane::connectParts() {
    connect(m_find, &FindBar::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_find, &FindBar::previousRequested, this, [this] { goToHit(Direction::Previous); });
    connect(m_find, &FindBar::nextRequested, this, [this] { goToHit(Direction::Next); });
    connect(m_wrap, &QToolButton::toggled, this, [this](bool isOn) {
        const auto wrapping = isOn ? LogView::Wrapping::On : LogView::Wrapping::Off;
        m_view->setWrapping(wrapping);
        m_columns->setWrapping(wrapping);
    });
    connect(m_histogram, &HistogramStrip::momentChosen, this, &LogPane::goTo);
    connect(m_timeline, &LogTimeline::timesChosen, this, [this](const LogTimeline::Times& times) {
        changeChips([&times](models::LogFilter& filter) { filter.times = times; });
    });
    connect(m_jump, &JumpBar::chosen, this, &LogPane::jumpTo);
    connect(m_jump, &JumpBar::closed, this, &LogPane::focusLines);
    connect(m_sideBySide, &QToolButton::clicked, this, [this](bool isOn) {
        setArrangement(isOn ? Arrangement::SideBySide : Arrangement::Merged);
    });
    connect(m_board, &LogBoard::reset, this, [this] {
        if (const auto place = std::exchange(m_place, std::nullopt))
            goTo(*place);
    });
    connect(m_board, &LogBoard::hitsChanged, this, &LogPane::onHitsChanged);
    connect(m_view, &LogView::followingChanged, this, &LogPane::placePill);
    connect(m_view, &LogView::currentRowChanged, this, &LogPane::showHitCount);
    connect(m_pill, &ActionButton::clicked, m_view, &LogView::follow);
}

void LogPane::addShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* made = new QShortcut(keys, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, act);
    };
    add(QKeySequence::Find, [this] { focusFind(); });
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F), [this] { focusFilter(); });
    add(QKeySequence(Qt::Key_F3), [this] { goToHit(Direction::Next); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { goToHit(Direction::Previous); });
    add(logkeys::jump(), [this] { openJump(); });
    add(logkeys::sideBySide(), [this] { m_sideBySide->click(); });
    add(logkeys::saveFilter(), [this] { m_savedPanel->openToSave(*m_saved, m_applied); });
}

void LogPane::setSources(const QList<LogBoard::Source>& sources) {
    QStringList names;
    for (const LogBoard::Source& source : sources)
        names.append(source.name);
    m_filter->setSources(names);
    m_chooser->setSources(names);
    m_board->setSources(sources);
    settleColumns();
}

void LogPane::focusFilter() {
    m_filter->field().setFocus();
}

void LogPane::focusFind() {
    m_find->focusField();
}

/// A chip counts also while what is typed beside it cannot be understood.
void LogPane::onChipsChanged() {
    m_levels->setLevels(m_filter->chips().levels);
    m_chooser->setChosen(m_filter->chips().sources);
    const models::Result<models::LogFilter> filter = m_filter->filter();
    apply(filter ? *filter : m_filter->chips());
    if (!filter)
        complain(filter.error().message);
}

void LogPane::changeChips(const std::function<void(models::LogFilter&)>& change) {
    models::LogFilter chips = m_filter->chips();
    change(chips);
    m_filter->setChips(chips);
}

/// What cannot be understood comes into the field, to be mended there.
void LogPane::applySaved(const QString& text) {
    const models::Result<models::LogFilter> filter = models::LogFilter::parse(text);
    m_filter->field().clear();
    if (filter && models::CompiledFilter::compile(*filter)) {
        m_filter->setChips(*filter);
        m_filter->field().setFocus();
    } else {
        m_filter->setChips({});
        m_filter->setText(text);
    }
}

void LogPane::complain(const QString& words) {
    m_complaint->setText(words);
    m_complaint->show();
}

/// What is typed becomes the filter once it can be understood; until then the last one holds.
void LogPane::applyFilter() {
    const models::Result<models::LogFilter> filter = m_filter->filter();
    if (filter)
        apply(*filter);
    else
        complain(filter.error().message);
}

void LogPane::apply(const models::LogFilter& filter) {
    m_typing.stop();
    if (filter != m_applied) {
        const auto compiled = models::CompiledFilter::compile(filter);
        if (!compiled) {
            complain(compiled.error().message);
            return;
        }
        m_applied = filter;
        m_timeline->setTimes(filter.times);
        keepPlace();
        m_compiled = filter.takesEveryLine() ? nullptr : *compiled;
        m_board->setFilter(filter, m_compiled);
        settleColumns();
    }
    m_complaint->hide();
    applyFind();
}

/// Found is what the filter takes and the search as well.
void LogPane::applyFind() {
    const QString text = m_find->text();
    if (text.isEmpty()) {
        setHighlighter({});
        m_board->setSearch(nullptr);
        return;
    }
    const models::LogPattern pattern{text, models::LogPattern::Syntax::Text,
                                     models::LiteralFinder::Case::Insensitive};
    const auto matcher = models::LogMatcher::compile(pattern);
    models::LogFilter found = m_applied;
    found.terms.append({pattern, models::LogFilter::Sense::Include});
    const auto compiled = models::CompiledFilter::compile(found);
    if (!matcher || !compiled) {
        complain((matcher ? compiled.error() : matcher.error()).message);
        return;
    }
    setHighlighter([matcher = *matcher](QByteArrayView line) { return matcher->spans(line); });
    m_wantsHit = true;
    m_board->setSearch(*compiled);
}

void LogPane::goToHit(Direction direction) {
    const qint64 from = m_view->currentRow() >= 0 ? m_view->currentRow() : m_board->endRow();
    const qint64 hit =
        direction == Direction::Next ? m_board->hitAfter(from) : m_board->hitBefore(from);
    if (hit < 0)
        return;
    m_view->goTo(hit);
    if (arrangement() == Arrangement::SideBySide) {
        const LogRow row = m_board->row(hit);
        m_columns->goTo(row.source, row.line.time);
    }
}

/// A mark for each part of the scroll bar that has a hit, however many there are.
void LogPane::onHitsChanged() {
    const models::BlockList<qint64>& hits = m_board->hits();
    const qint64 first = m_board->firstRow();
    const qint64 count = m_board->endRow() - first;
    std::vector<double> shares;
    for (qint64 from = first; from < first + count;) {
        const size_t next = hits.lowerBound(from);
        if (next == hits.size())
            break;
        const double share = double(hits[next] - first) / double(count);
        shares.push_back(share);
        const auto part = static_cast<qint64>(share * markParts) + 1;
        from = std::max(hits[next] + 1, first + part * count / markParts);
    }
    m_marks->setMarks(Colour::Warn, shares);
    if (m_wantsHit && !hits.empty()) {
        m_wantsHit = false;
        goToHit(Direction::Previous); // the newest, or the next above where the person is
    }
    showHitCount();
}

void LogPane::showHitCount() {
    const models::BlockList<qint64>& hits = m_board->hits();
    const size_t at = hits.lowerBound(m_view->currentRow());
    const bool isHit = at < hits.size() && hits[at] == m_view->currentRow();
    m_find->setHits(static_cast<qint64>(hits.size()), isHit ? static_cast<qint64>(at) + 1 : 0);
}

void LogPane::keepPlace() {
    if (m_view->isFollowing() || m_board->endRow() == m_board->firstRow()) {
        m_place.reset();
        return;
    }
    const bool isInSight = m_view->currentRow() >= m_view->topRow() &&
                           m_view->currentRow() < m_view->topRow() + m_view->pageRows();
    const qint64 row = isInSight ? m_view->currentRow() : m_view->topRow();
    m_place = m_board->row(std::clamp(row, m_board->firstRow(), m_board->endRow() - 1)).line.time;
}

void LogPane::goTo(models::Instant at) {
    if (m_board->endRow() > m_board->firstRow())
        m_board->seek(at, [this](qint64 row) { m_view->goTo(row); });
    m_columns->goTo(at);
}

void LogPane::openJump() {
    m_jump->open();
}

void LogPane::jumpTo(models::Instant at) {
    if (m_board->endRow() == m_board->firstRow()) {
        m_jump->tell(tr("No lines are shown."));
        return;
    }
    m_board->seek(at, [this, at](qint64 row) {
        m_view->goTo(row);
        const bool isBefore =
            row < m_board->endRow() && m_board->row(row).line.time < at && row >= 0;
        if (isBefore) {
            m_jump->tell(
                tr("No line is at %1 or later. This is the last one.").arg(formatTime(at)));
            return;
        }
        m_jump->hide();
        focusLines();
    });
    m_columns->goTo(at);
}

LogPane::Arrangement LogPane::arrangement() const {
    return m_sideBySide->isChecked() ? Arrangement::SideBySide : Arrangement::Merged;
}

void LogPane::setArrangement(Arrangement arrangement) {
    m_sideBySide->setChecked(arrangement == Arrangement::SideBySide);
    m_stack->setCurrentWidget(arrangement == Arrangement::SideBySide
                                  ? static_cast<QWidget*>(m_columns)
                                  : static_cast<QWidget*>(m_desk));
    settleColumns();
    focusLines();
}

void LogPane::focusLines() {
    if (arrangement() == Arrangement::SideBySide && m_columns->count() > 0)
        m_columns->view(0).setFocus();
    else
        m_view->setFocus();
}

/// Columns that nobody sees hold no lines.
void LogPane::settleColumns() {
    if (arrangement() == Arrangement::SideBySide) {
        m_columns->setFilter(m_applied, m_compiled);
        m_columns->setSources(m_board->sources());
    } else {
        m_columns->setSources({});
    }
}

void LogPane::setHighlighter(const LogView::Highlighter& highlighter) {
    m_view->setHighlighter(highlighter);
    m_columns->setHighlighter(highlighter);
}

/// Times of the lines as far as they are known at the ends, which is what counts.
models::MomentFrame LogPane::momentFrame() {
    models::MomentFrame frame;
    const qint64 end = m_board->endRow();
    const qint64 first = m_board->firstRow();
    const auto near = [this, first, end](qint64 row, qint64 step) {
        for (int i = 0; i < rowsLookedAt && row >= first && row < end; ++i, row += step) {
            if (const models::Instant time = m_board->row(row).line.time; !time.isNull())
                return time;
        }
        return models::Instant();
    };
    frame.first = near(first, 1);
    frame.last = near(end - 1, -1);
    frame.here = near(m_view->currentRow(), -1);
    if (frame.here.isNull())
        frame.here = frame.last;
    return frame;
}

void LogPane::placePill() {
    const qint64 count = m_view->newRows();
    m_pill->setVisible(count > 0);
    if (count == 0)
        return;
    m_pill->setText(countOf(count, tr("%1 new line"), tr("%L1 new lines")));
    m_pill->adjustSize();
    m_pill->move((m_view->width() - m_pill->width()) / 2,
                 m_view->height() - m_pill->height() - space::m);
    m_pill->raise();
}

void LogPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placePill();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "models/log/loghistogram.h"
#include "ui/log/filterbar.h"
#include "ui/log/findbar.h"
#include "ui/log/flowlayout.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/levelbuttons.h"
#include "ui/log/logdesk.h"
#include "ui/log/logevidence.h"
#include "ui/log/logview.h"
#include "ui/log/markbar.h"
#include "ui/log/savedfilterspanel.h"
#include "ui/log/sourcechooser.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"
#include "ui/widgets/wording.h"

#include <QLabel>
#include <QPointer>
#include <QShortcut>
#include <QtConcurrentRun>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr std::chrono::milliseconds typingPause{200};
constexpr std::chrono::milliseconds countingPace{250};
constexpr models::LevelSet warningAndWorse =
    0xffU & ~((1U << static_cast<unsigned>(models::LogLevel::Warning)) - 1);

QKeySequence saveKeys() {
    return {Qt::CTRL | Qt::SHIFT | Qt::Key_S};
}

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
    , m_wrap(new QToolButton)
    , m_histogram(new HistogramStrip)
    , m_view(new LogView)
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
    column->addWidget(m_desk, 1);
}

QWidget* LogPane::makeTools() {
    m_saved->setObjectName(QStringLiteral("savedFiltersButton"));
    m_saved->setText(tr("Saved filters"));
    m_saved->setToolTip(tr("Choose a saved filter, or save this one (%1)")
                            .arg(saveKeys().toString(QKeySequence::NativeText)));
    m_wrap->setText(tr("Wrap"));
    m_wrap->setCheckable(true);
    m_wrap->setToolTip(tr("Wrap long lines"));
    auto* tools = new QWidget;
    auto* flow = new FlowLayout;
    flow->setContentsMargins({});
    flow->setSpacing(space::xs);
    for (QToolButton* button : m_levels->buttons())
        flow->addWidget(button);
    for (QWidget* widget : {static_cast<QWidget*>(m_chooser), static_cast<QWidget*>(m_saved),
                            static_cast<QWidget*>(m_wrap), static_cast<QWidget*>(m_find)})
        flow->addWidget(widget);
    for (QToolButton* button : m_desk->buttons())
        flow->addWidget(button);
    tools->setLayout(flow);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    tools->setSizePolicy(policy);
    return tools;
}

void LogPane::connectFilter() {
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &LogPane::applyFilter);
    connect(m_filter, &FilterBar::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_filter, &FilterBar::chipsChanged, this, &LogPane::onChipsChanged);
    connect(m_filter, &FilterBar::linesRequested, m_view, qOverload<>(&QWidget::setFocus));
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
        m_view->setWrapping(isOn ? LogView::Wrapping::On : LogView::Wrapping::Off);
    });
    m_counting.setSingleShot(true);
    m_counting.setInterval(countingPace);
    connect(&m_counting, &QTimer::timeout, this, &LogPane::showHistogram);
    const auto countSoon = [this] {
        if (!m_counting.isActive())
            m_counting.start();
    };
    connect(m_board, &LogBoard::settled, this, countSoon);
    connect(m_histogram, &HistogramStrip::bucketsWantedChanged, this, countSoon);
    connect(m_histogram, &HistogramStrip::momentChosen, this, [this](models::Instant at) {
        if (m_board->endRow() > m_board->firstRow())
            m_view->goTo(m_board->rowAt(at));
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
    add(saveKeys(), [this] { m_savedPanel->openToSave(*m_saved, m_applied); });
}

void LogPane::setSources(const QList<LogBoard::Source>& sources) {
    QStringList names;
    for (const LogBoard::Source& source : sources)
        names.append(source.name);
    m_filter->setSources(names);
    m_chooser->setSources(names);
    m_board->setSources(sources);
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
        m_board->setFilter(filter, filter.takesEveryLine() ? nullptr : *compiled);
    }
    m_complaint->hide();
    applyFind();
}

/// Found is what the filter takes and the search as well.
void LogPane::applyFind() {
    const QString text = m_find->text();
    if (text.isEmpty()) {
        m_view->setHighlighter({});
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
    m_view->setHighlighter(
        [matcher = *matcher](QByteArrayView line) { return matcher->spans(line); });
    m_wantsHit = true;
    m_board->setSearch(*compiled);
}

void LogPane::goToHit(Direction direction) {
    const qint64 from = m_view->currentRow() >= 0 ? m_view->currentRow() : m_board->endRow();
    const qint64 hit =
        direction == Direction::Next ? m_board->hitAfter(from) : m_board->hitBefore(from);
    if (hit >= 0)
        m_view->goTo(hit);
}

void LogPane::onHitsChanged() {
    const qint64 count = m_board->endRow() - m_board->firstRow();
    std::vector<double> shares;
    shares.reserve(m_board->hits().size());
    for (const qint64 hit : m_board->hits())
        shares.push_back(double(hit - m_board->firstRow()) / double(std::max<qint64>(1, count)));
    m_marks->setMarks(Colour::Warn, shares);
    if (m_wantsHit && !m_board->hits().empty()) {
        m_wantsHit = false;
        // The newest, or the one where the person is, or the next above.
        m_view->goTo(m_board->hitBefore(m_view->currentRow() >= 0 ? m_view->currentRow() + 1
                                                                  : m_board->endRow()));
    }
    showHitCount();
}

void LogPane::showHitCount() {
    const std::vector<qint64>& hits = m_board->hits();
    const auto at = std::lower_bound(hits.begin(), hits.end(), m_view->currentRow());
    const bool isHit = at != hits.end() && *at == m_view->currentRow();
    m_find->setHits(static_cast<qint64>(hits.size()), isHit ? at - hits.begin() + 1 : 0);
}

PaletteEntries LogPane::paletteEntries() {
    PaletteEntries entries;
    const auto add = [this, &entries](const QString& title, const QString& hint,
                                      const QString& keys, auto act) {
        entries.append({title, hint, keys, [self = QPointer(this), act] {
                            if (self)
                                act(*self);
                        }});
    };
    entries += m_desk->paletteEntries();
    const QString hint = tr("Logs");
    add(tr("Show warnings and worse"), hint, {}, [](LogPane& pane) {
        pane.changeChips([](models::LogFilter& filter) { filter.levels = warningAndWorse; });
    });
    if (m_applied != models::LogFilter()) {
        add(tr("Clear the filter"), hint, {}, [](LogPane& pane) { pane.applySaved({}); });
        add(tr("Save this filter…"), hint, saveKeys().toString(QKeySequence::NativeText),
            [](LogPane& pane) { pane.m_savedPanel->openToSave(*pane.m_saved, pane.m_applied); });
    }
    for (const SavedFilters::Entry& saved : m_savedFilters.all())
        add(tr("Filter lines: %1").arg(saved.name), saved.text, {},
            [text = saved.text](LogPane& pane) { pane.applySaved(text); });
    return entries;
}

void LogPane::showHistogram() {
    if (m_isCounting)
        return; // settled() comes again
    m_isCounting = true;
    const auto count = [snapshots = m_board->snapshots(), wanted = m_histogram->bucketsWanted()] {
        const auto [from, to] = models::timeRange(snapshots);
        return from.isNull() ? models::LogHistogram()
                             : models::histogram(snapshots, from, {to.nanoseconds + 1}, wanted);
    };
    whenFinished(QtConcurrent::run(count), this, [this](const models::LogHistogram& counted) {
        m_isCounting = false;
        m_histogram->setBuckets(counted.start, counted.bucketLength, counted.buckets);
    });
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logpane.h"

#include "models/log/loghistogram.h"
#include "ui/log/histogramstrip.h"
#include "ui/log/logdesk.h"
#include "ui/log/logview.h"
#include "ui/log/markbar.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QShortcut>
#include <QtConcurrentRun>
#include <QToolButton>

#include <algorithm>

namespace ui {

namespace {

constexpr int findWidth = 220;
constexpr std::chrono::milliseconds typingPause{200};
constexpr std::chrono::milliseconds countingPace{250};

QToolButton* toolButton(const QString& iconName, const QString& name,
                        const QString& shortcut = {}) {
    auto* button = new QToolButton;
    button->setIcon(icon(iconName, Colour::Quiet));
    button->setAccessibleName(name);
    button->setToolTip(shortcut.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, shortcut));
    return button;
}

} // namespace

LogPane::LogPane(app::LogKeeper& keeper, QWidget* parent)
    : QWidget(parent)
    , m_board(new LogBoard(keeper, this))
    , m_filter(new SearchField(tr("Filter lines: word, -word, /regex/, level:warning+")))
    , m_complaint(new TextLabel({}, TextRole::Quiet, Colour::Warn))
    , m_find(new SearchField(tr("Find")))
    , m_hitCount(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_previous(
          toolButton(QStringLiteral("go-previous"), tr("Previous hit"), QStringLiteral("Shift+F3")))
    , m_next(toolButton(QStringLiteral("go-next"), tr("Next hit"), QStringLiteral("F3")))
    , m_wrap(new QToolButton)
    , m_histogram(new HistogramStrip)
    , m_view(new LogView)
    , m_marks(new MarkBar)
    , m_desk(new LogDesk(*m_board, *m_view, this))
    , m_pill(new ActionButton({}, ButtonKind::Filled, m_view)) {
    setObjectName(QStringLiteral("logPane"));
    m_filter->setAccessibleName(tr("Filter lines"));
    m_find->setAccessibleName(tr("Find in the lines shown"));
    m_complaint->setObjectName(QStringLiteral("filterComplaint"));
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    m_view->setVerticalScrollBar(m_marks);
    m_view->setLines(m_board);
    m_pill->setObjectName(QStringLiteral("newLinesPill"));
    m_pill->hide();
    buildHead();
    connectParts();
}

LogPane::~LogPane() = default;

void LogPane::buildHead() {
    m_find->setMaximumWidth(findWidth);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setCheckable(true);
    m_wrap->setToolTip(tr("Wrap long lines"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, space::s);
    head->setSpacing(space::s);
    head->addWidget(m_filter, 1);
    head->addWidget(m_find);
    head->addWidget(m_hitCount);
    head->addWidget(m_previous);
    head->addWidget(m_next);
    head->addWidget(m_wrap);
    m_desk->addButtons(*head);
    m_complaint->setContentsMargins(space::m, 0, space::m, space::s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_complaint);
    column->addWidget(m_histogram);
    column->addWidget(m_view, 1);
    column->addWidget(m_desk);
}

void LogPane::connectParts() {
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(&m_typing, &QTimer::timeout, this, &LogPane::applyFilter);
    connect(m_filter, &SearchField::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_find, &SearchField::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_find, &SearchField::returnPressed, this, [this] { goToHit(Direction::Previous); });
    connect(m_previous, &QToolButton::clicked, this, [this] { goToHit(Direction::Previous); });
    connect(m_next, &QToolButton::clicked, this, [this] { goToHit(Direction::Next); });
    connect(m_wrap, &QToolButton::toggled, this, [this](bool isOn) {
        m_view->setWrapping(isOn ? LogView::Wrapping::On : LogView::Wrapping::Off);
    });
    const auto shortcut = [this](const QKeySequence& keys, auto act) {
        auto* made = new QShortcut(keys, this);
        made->setContext(Qt::WidgetWithChildrenShortcut);
        connect(made, &QShortcut::activated, this, act);
    };
    shortcut(QKeySequence::Find, [this] { focusFind(); });
    shortcut(QKeySequence(Qt::Key_F3), [this] { goToHit(Direction::Next); });
    shortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { goToHit(Direction::Previous); });

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

void LogPane::setSources(const QList<LogBoard::Source>& sources) {
    m_board->setSources(sources);
}

void LogPane::focusFilter() {
    m_filter->setFocus();
}

void LogPane::focusFind() {
    m_find->setFocus();
    m_find->selectAll();
}

/// What is typed becomes the filter once it can be understood; until then the last one holds.
void LogPane::applyFilter() {
    const models::Result<models::LogFilter> filter = models::LogFilter::parse(m_filter->text());
    if (!filter) {
        m_complaint->setText(filter.error().message);
        m_complaint->show();
        return;
    }
    if (*filter != m_applied) {
        const auto compiled = models::CompiledFilter::compile(*filter);
        if (!compiled) {
            m_complaint->setText(compiled.error().message);
            m_complaint->show();
            return;
        }
        m_applied = *filter;
        models::LogFilter plain;
        plain.sources = filter->sources;
        plain.excludedSources = filter->excludedSources;
        m_board->setFilter(*filter, *filter == plain ? nullptr : *compiled);
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
        m_complaint->setText((matcher ? compiled.error() : matcher.error()).message);
        m_complaint->show();
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
        goToHit(Direction::Previous); // the newest, or the next above where the person is
    }
    showHitCount();
}

void LogPane::showHitCount() {
    const std::vector<qint64>& hits = m_board->hits();
    const bool isSought = !m_find->text().isEmpty();
    m_previous->setEnabled(!hits.empty());
    m_next->setEnabled(!hits.empty());
    const auto at = std::lower_bound(hits.begin(), hits.end(), m_view->currentRow());
    const QLocale locale;
    const QString all = locale.toString(qulonglong(hits.size()));
    if (!isSought)
        m_hitCount->setText({});
    else if (at != hits.end() && *at == m_view->currentRow())
        m_hitCount->setText(
            tr("%1 of %2").arg(locale.toString(qlonglong(at - hits.begin() + 1)), all));
    else
        m_hitCount->setText(countOf(qint64(hits.size()), tr("%1 hit"), tr("%L1 hits")));
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

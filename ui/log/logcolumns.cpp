// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logcolumns.h"

#include "ui/log/bookmarktrack.h"
#include "ui/log/markbar.h"
#include "ui/log/newlinespill.h"
#include "ui/log/siftingnote.h"
#include "ui/log/sourcecolour.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/textlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr std::chrono::milliseconds followingPace{30};
constexpr int tickWidth = 3;
constexpr int leastWidth = 240; ///< of a column: less shows times and little else

/// The colour of a column's source, over its name.
class ColumnHead final : public QWidget {
public:
    ColumnHead(const QString& name, int source)
        : m_source(source) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(space::m, space::xs, space::s, space::xs);
        auto* label = new ElidedLabel(name);
        label->setToolTip(plainToolTip(name));
        row->addWidget(label, 1);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), colour(Colour::Surface));
        painter.fillRect(QRect(0, 0, tickWidth, height()), sourceColour(m_source));
        painter.fillRect(QRect(0, height() - 1, width(), 1), colour(Colour::Line));
    }

private:
    int m_source;
};

} // namespace

LogColumns::LogColumns(app::LogKeeper& keeper, LogBookmarks& bookmarks, QWidget* parent)
    : QWidget(parent)
    , m_keeper(keeper)
    , m_bookmarks(bookmarks)
    , m_more(new TextLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_row(new QHBoxLayout) {
    setObjectName(QStringLiteral("logColumns"));
    m_more->setContentsMargins(space::m, space::xs, space::m, space::xs);
    m_more->hide();
    m_row->setContentsMargins({});
    m_row->setSpacing(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_more);
    column->addLayout(m_row, 1);
    m_following.setSingleShot(true);
    m_following.setInterval(followingPace);
    connect(&m_following, &QTimer::timeout, this, &LogColumns::followLeader);
}

LogColumns::~LogColumns() = default;

void LogColumns::setSources(const QList<LogBoard::Source>& sources) {
    if (m_sources == sources)
        return;
    m_sources = sources;
    arrange();
}

void LogColumns::setFilter(const models::LogFilter& filter,
                           std::shared_ptr<const models::CompiledFilter> compiled) {
    m_names = filter;
    m_filter = std::move(compiled);
    arrange();
}

void LogColumns::setContext(int lines) {
    m_context = lines;
    for (const Column& column : m_columns)
        column.board->setContext(lines);
}

void LogColumns::setWrapping(LogView::Wrapping wrapping) {
    m_wrapping = wrapping;
    for (const Column& column : m_columns)
        column.view->setWrapping(wrapping);
}

void LogColumns::setHighlighter(LogView::Highlighter highlighter) {
    m_highlighter = std::move(highlighter);
    for (const Column& column : m_columns)
        column.view->setHighlighter(m_highlighter);
}

/// Columns stay that show what they shall already.
void LogColumns::arrange() {
    std::vector<int> wanted;
    int taken = 0;
    for (int i = 0; i < m_sources.size(); ++i) {
        if (!m_names.takesSource(m_sources[i].name))
            continue;
        ++taken;
        if (static_cast<int>(wanted.size()) < room())
            wanted.push_back(i);
    }
    const bool isSame =
        std::equal(wanted.begin(), wanted.end(), m_columns.begin(), m_columns.end(),
                   [](int source, const Column& column) { return column.source == source; });
    if (!isSame) {
        const std::vector<Column> old = std::exchange(m_columns, {});
        m_leader = 0;
        for (const int source : wanted)
            m_columns.push_back(makeColumn(source));
        Q_EMIT leaderChanged(); // while the old ones are still there
        for (const Column& column : old)
            delete column.widget;
    }
    for (Column& column : m_columns)
        apply(column);
    m_more->setVisible(taken > room());
    m_more->setText(tr("%1 of %2 sources are shown. Choose others with Sources.")
                        .arg(wanted.size())
                        .arg(taken));
}

int LogColumns::room() const {
    return std::clamp(width() / leastWidth, 1, most);
}

void LogColumns::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (std::exchange(m_room, room()) != room())
        arrange();
}

LogColumns::Column LogColumns::makeColumn(int source) {
    Column made;
    made.source = source;
    made.widget = new QWidget;
    made.board = new LogBoard(m_keeper, made.widget);
    made.view = new LogView;
    made.view->setAccessibleName(tr("Log of %1").arg(m_sources[source].name));
    made.view->setWrapping(m_wrapping);
    made.view->setHighlighter(m_highlighter);
    auto* marks = new MarkBar;
    made.view->setVerticalScrollBar(marks);
    made.view->setLines(made.board);
    // Its end is that of the view.
    made.bookmarks = new BookmarkTrack(m_bookmarks, *made.board, *made.view, *marks);
    new NewLinesPill(*made.view);
    new SiftingNote(*made.board, *made.view);
    auto* column = new QVBoxLayout(made.widget);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(new ColumnHead(m_sources[source].name, source));
    column->addWidget(made.view, 1);
    m_row->addWidget(made.widget, 1);
    for (QObject* each :
         {static_cast<QObject*>(made.view), static_cast<QObject*>(made.view->viewport()),
          static_cast<QObject*>(made.view->verticalScrollBar())})
        each->installEventFilter(this);
    connect(made.view->verticalScrollBar(), &QScrollBar::valueChanged, this, [this, source] {
        if (m_leader < m_columns.size() && m_columns[m_leader].source == source)
            m_following.start();
    });
    for (const auto signal : {&LogBoard::changed, &LogBoard::reset})
        connect(made.board, signal, this, [this, source] { settle(source); });
    Q_EMIT viewMade(made.view);
    return made;
}

/// What it shows stays in sight.
void LogColumns::apply(Column& column) {
    const qint64 top = column.view->topRow();
    if (!column.wanted && !column.view->isFollowing() && top < column.board->endRow())
        column.wanted = column.board->placeOf(std::max(top, column.board->firstRow()));
    column.board->setSources(m_sources, column.source);
    column.board->setContext(m_context);
    column.board->setFilter(m_names, m_filter);
}

bool LogColumns::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::FocusIn:
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        for (size_t i = 0; i < m_columns.size(); ++i) {
            const LogView* view = m_columns[i].view;
            if (watched == view || watched == view->viewport() ||
                watched == view->verticalScrollBar())
                lead(i);
        }
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

models::Instant LogColumns::timeInSight(const Column& column) {
    const qint64 end =
        std::min(column.view->topRow() + column.view->pageRows(), column.board->endRow());
    for (qint64 row = column.view->topRow(); row < end; ++row) {
        if (const models::Instant time = column.board->row(row).line.time; !time.isNull())
            return time;
    }
    return {};
}

void LogColumns::followLeader() {
    if (m_leader >= m_columns.size())
        return;
    const Column& leader = m_columns[m_leader];
    const models::Instant time = timeInSight(leader);
    for (const Column& column : m_columns) {
        if (column.source == leader.source)
            continue;
        if (leader.view->isFollowing())
            column.view->follow();
        else if (!time.isNull())
            scrollTo(column, time);
    }
}

void LogColumns::scrollTo(const Column& column, models::Instant at) {
    if (column.board->endRow() == column.board->firstRow())
        return;
    column.board->seek(at, [board = column.board, view = column.view](qint64 row) {
        // One step of the bar may stand for more than a row.
        QScrollBar* bar = view->verticalScrollBar();
        const qint64 span = board->endRow() - board->firstRow() - view->pageRows();
        if (span > 0)
            bar->setValue(static_cast<int>(std::clamp<qint64>(row - board->firstRow(), 0, span) *
                                           bar->maximum() / span));
    });
}

/// Its rows are others, or more.
void LogColumns::settle(int source) {
    for (Column& column : m_columns) {
        if (column.source != source)
            continue;
        if (!column.wanted)
            m_following.start();
        else if (column.board->hasReached(*column.wanted))
            go(column, *std::exchange(column.wanted, std::nullopt));
    }
}

void LogColumns::go(const Column& column, const LogBoard::Place& place) {
    column.board->find(place, [view = column.view](qint64 row) { view->goTo(row); });
}

void LogColumns::goTo(const LogBoard::Place& place) {
    for (size_t i = 0; i < m_columns.size(); ++i) {
        Column& column = m_columns[i];
        if (m_sources[column.source].log == place.line.log)
            lead(i);
        if (column.board->endRow() > column.board->firstRow())
            go(column, place);
        else
            column.wanted = place;
    }
}

LogSpot LogColumns::leader() const {
    const Column& column = m_columns[m_leader];
    return {column.board, column.view, column.bookmarks};
}

void LogColumns::lead(size_t column) {
    if (std::exchange(m_leader, column) != column)
        Q_EMIT leaderChanged();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcepane.h"

#include "ui/log/logsourcedetail.h"
#include "ui/log/logsourceview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/firstfocus.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"

#include <QEvent>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {
/// So few are seen at one glance.
constexpr int worthFiltering = 8;
constexpr int detailShare = 40; ///< percent of the height at most

/// In place of the tree, and no wider than it.
QWidget* makeNoMatch(SearchField& search) {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    auto* words =
        new TextLabel(LogSourcePane::tr("No source matches."), TextRole::Body, Colour::Quiet);
    auto* clear = new ActionButton(LogSourcePane::tr("Clear filter"));
    QObject::connect(clear, &ActionButton::clicked, &search, &QLineEdit::clear);
    column->addStretch();
    column->addWidget(words, 0, Qt::AlignHCenter);
    column->addWidget(clear, 0, Qt::AlignHCenter);
    column->addStretch();
    return widget;
}

} // namespace

LogSourcePane::LogSourcePane(QWidget* parent)
    : QWidget(parent)
    , m_search(new SearchField(tr("Filter sources")))
    , m_view(new LogSourceView)
    , m_detail(new LogSourceDetail)
    , m_detailArea(new QScrollArea) {
    m_search->setObjectName(QStringLiteral("logSourceFilter"));
    m_filter.setSourceModel(&m_model);
    m_filter.setFilterRole(LogSourceModel::SearchRole);
    m_filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter.setRecursiveFilteringEnabled(true);
    m_filter.setAutoAcceptChildRows(true);
    m_view->setModel(&m_filter);

    auto* upper = new QWidget;
    m_stack = new QStackedLayout(upper);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeNoMatch(*m_search));
    auto* field = new QVBoxLayout;
    field->setContentsMargins(space::m, 0, space::m, space::s);
    field->addWidget(m_search);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(field);
    column->addWidget(upper, 1);
    column->addWidget(m_detailArea);
    m_detailArea->setWidget(m_detail);
    m_detailArea->setWidgetResizable(true);
    m_detailArea->setFrameShape(QFrame::NoFrame);
    m_detailArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_detail->installEventFilter(this);
    new FirstFocus(this, m_view);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.setFilterFixedString(text.trimmed());
        settle();
    });
    connect(m_search, &SearchField::listRequested, this, [this] {
        m_view->setFocus();
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_filter.index(0, 0));
    });
    connect(m_search, &SearchField::left, m_view, [this] { m_view->setFocus(); });
    connect(m_view, &LogSourceView::currentRowChanged, this, &LogSourcePane::settle);
    settle();
}

void LogSourcePane::setInput(const LogSourceInput& input) {
    m_model.setTree(logSourceTree(input));
    settle();
}

QModelIndex LogSourcePane::indexOf(quint64 log, const QModelIndex& parent) const {
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        const auto source = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
        if (source.log && source.log->number == log)
            return index;
        if (const QModelIndex below = indexOf(log, index); below.isValid())
            return below;
    }
    return {};
}

void LogSourcePane::choose(quint64 log) {
    const QModelIndex index = m_filter.mapFromSource(indexOf(log));
    if (index.isValid())
        m_view->setCurrentIndex(index);
}

QList<LogSourceRow> LogSourcePane::sources() const {
    QList<LogSourceRow> rows;
    collect({}, rows);
    return rows;
}

void LogSourcePane::collect(const QModelIndex& parent, QList<LogSourceRow>& rows) const {
    for (int row = 0; row < m_model.rowCount(parent); ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        const auto source = index.data(LogSourceModel::RowRole).value<LogSourceRow>();
        if (source.canBeShown())
            rows.append(source);
        collect(index, rows);
    }
}

void LogSourcePane::settle() {
    const bool isFiltered = !m_search->text().trimmed().isEmpty();
    m_search->setVisible(isFiltered || sources().size() > worthFiltering);
    m_stack->setCurrentIndex(isFiltered && m_filter.rowCount() == 0 ? 1 : 0);
    const bool hasCurrent = m_view->currentIndex().isValid();
    m_detailArea->setVisible(hasCurrent);
    if (hasCurrent)
        m_detail->showRow(m_view->currentRow());
    fitDetail();
}

/// As high as what it says, and never more than its share: the tree is what the page is for.
void LogSourcePane::fitDetail() {
    const int width = m_detailArea->viewport()->width();
    const int wanted = m_detail->layout()->hasHeightForWidth()
                           ? m_detail->layout()->totalHeightForWidth(width)
                           : m_detail->sizeHint().height();
    m_detailArea->setFixedHeight(std::min(wanted, height() * detailShare / 100));
}

void LogSourcePane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitDetail();
}

bool LogSourcePane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LayoutRequest)
        fitDetail();
    return QWidget::eventFilter(watched, event);
}

} // namespace ui

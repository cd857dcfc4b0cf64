// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runlistpage.h"

#include "app/run/runtitle.h"
#include "ui/run/handoversheet.h"
#include "ui/run/runlistdelegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/firstfocus.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/whenfinished.h"

#include <QDragEnterEvent>
#include <QListView>
#include <QMimeData>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ui {

namespace {

models::RunListEntry entryOf(const app::RunSummary& summary) {
    return {summary.id,          summary.workspaceName, summary.runbookPath, app::runTitle(summary),
            summary.environment, summary.startedAt,     summary.lastEventAt, summary.closedAt,
            summary.status,      summary.outcome,       summary.startedBy,   summary.done,
            summary.failed,      summary.total,         summary.heldBy,      summary.givenTo,
            summary.givenAt,     summary.target,        summary.blockReason};
}

} // namespace

RunListPage::RunListPage(app::RunService& runs, QWidget* parent)
    : QWidget(parent)
    , m_runs(runs)
    , m_search(new SearchField(tr("Filter runs")))
    , m_list(new QListView)
    , m_empty(new EmptyState(QStringLiteral("view-list-details"), QString()))
    , m_noMatch(new EmptyState(QStringLiteral("view-filter"), tr("No run matches this filter."),
                               tr("Clear filter"))) {
    setObjectName(QStringLiteral("runListPage"));
    m_search->setObjectName(QStringLiteral("runFilter"));
    m_search->setMaximumWidth(320);
    m_filter.setSourceModel(&m_model);
    m_filter.setFilterRole(models::RunListModel::SearchRole);
    m_filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setAccessibleName(tr("Runs"));
    m_list->setModel(&m_filter);
    m_list->setItemDelegate(new RunListDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::xl, space::l, space::xl, space::m);
    head->addWidget(new TextLabel(tr("Runs"), TextRole::PageTitle));
    head->addStretch();
    head->addWidget(m_search, 1);
    auto* takeOver = new ActionButton(tr("Take over run…"));
    takeOver->setObjectName(QStringLiteral("takeOverRun"));
    connect(takeOver, &ActionButton::clicked, this, [this] { askTakeOver({}); });
    head->addSpacing(space::s);
    head->addWidget(takeOver);
    setAcceptDrops(true);
    new FirstFocus(this, m_list);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    m_stack = new QStackedLayout;
    column->addLayout(m_stack, 1);
    // In its place before: a stack shows what it is given first.
    for (QWidget* shown : std::initializer_list<QWidget*>{m_list, m_empty, m_noMatch})
        m_stack->addWidget(shown);

    constexpr int gatherMs = 250;
    m_reload.setSingleShot(true);
    m_reload.setInterval(gatherMs);
    connect(&m_reload, &QTimer::timeout, this, &RunListPage::reload);
    connect(&runs, &app::RunService::eventsAppended, this, [this] {
        if (isVisible() && !m_reload.isActive())
            m_reload.start();
    });
    connect(m_search, &SearchField::textChanged, this, [this](const QString& text) {
        m_filter.setFilterFixedString(text.trimmed());
        settle();
    });
    connect(m_search, &SearchField::listRequested, m_list, [this] { m_list->setFocus(); });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_problem.isEmpty())
            Q_EMIT runbooksRequested();
        else
            reload();
    });
    connect(m_noMatch, &EmptyState::actionTriggered, m_search, &SearchField::clear);
    connect(m_list, &QListView::clicked, this, &RunListPage::activate);
    connect(m_list, &QListView::activated, this, &RunListPage::activate);
    connect(&Clock::instance(), &Clock::ticked, m_list->viewport(), qOverload<>(&QWidget::update));
    settle();
}

void RunListPage::askTakeOver(const QString& path) {
    auto* sheet = new TakeOverSheet(m_runs, path, window());
    connect(sheet, &TakeOverSheet::takenOver, this, &RunListPage::runActivated);
    sheet->open();
}

void RunListPage::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> files = event->mimeData()->urls();
    if (files.size() == 1 && files.first().isLocalFile() &&
        files.first().fileName().endsWith(QLatin1String(".gantry-run")))
        event->acceptProposedAction();
}

void RunListPage::dropEvent(QDropEvent* event) {
    askTakeOver(event->mimeData()->urls().value(0).toLocalFile());
    event->acceptProposedAction();
}

void RunListPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reload();
}

void RunListPage::reload() {
    whenFinished(m_runs.runs(), this, [this](const models::Result<QList<app::RunSummary>>& answer) {
        m_problem = answer ? QString() : answer.error().message;
        if (!answer) {
            Q_EMIT statusMessage(m_problem);
            settle();
            return;
        }
        QList<models::RunListEntry> entries;
        for (const app::RunSummary& summary : *answer)
            entries.append(entryOf(summary));
        m_model.setEntries(std::move(entries));
        settle();
    });
}

void RunListPage::settle() {
    // That there are none is only said where that is known.
    const bool isRead = m_problem.isEmpty();
    m_empty->setSentence(isRead ? tr("Runs will be listed here. Open a runbook and start one.")
                                : m_problem);
    m_empty->setAction(isRead ? tr("Show runbooks") : tr("Read runs again"));
    if (m_model.rowCount() == 0)
        m_stack->setCurrentWidget(m_empty);
    else if (m_filter.rowCount() == 0)
        m_stack->setCurrentWidget(m_noMatch);
    else
        m_stack->setCurrentWidget(m_list);
    if (!m_list->currentIndex().isValid() && m_filter.rowCount() > 0)
        m_list->setCurrentIndex(m_filter.index(0, 0));
}

void RunListPage::activate(const QModelIndex& index) {
    const auto entry = index.data(models::RunListModel::EntryRole).value<models::RunListEntry>();
    if (!entry.id.isEmpty())
        Q_EMIT runActivated(entry.id);
}

} // namespace ui

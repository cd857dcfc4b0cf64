// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/environmentcolumn.h"

#include "models/environment/workspace.h"
#include "ui/environment/servicedelegate.h"
#include "ui/environment/standingdelegate.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSet>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int lineHeight = 3;
constexpr int leastWidth = 400;
constexpr int leastConditions = 1;
constexpr int mostConditions = 6;
constexpr int leastReleases = 2;
constexpr int mostReleases = 5;

std::size_t serviceOf(const QModelIndex& row) {
    return row.data(ServiceListModel::RowRole).value<const ServiceRow*>()->service;
}

} // namespace

EnvironmentColumn::EnvironmentColumn(const EnvironmentServices& services,
                                     const models::Environment& environment, QWidget* parent)
    : QWidget(parent)
    , m_model(services, environment.name)
    , m_filter(m_model)
    , m_conditions(services.watch, environment.name)
    , m_releases(services, environment.name)
    , m_sign(new GlyphSign)
    , m_word(new TextLabel({}, TextRole::Body))
    , m_counts(new ElidedLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_list(new QListView)
    , m_releasesList(new RowList(tr("Runs, certificates and risks of %1").arg(environment.name)))
    , m_conditionsList(new RowList(tr("Triggers and metrics of %1").arg(environment.name)))
    , m_conditionsPane(makeConditions(environment.name)) {
    setObjectName(QStringLiteral("environment-") + environment.name);
    setMinimumWidth(leastWidth);
    if (environment.isProtected) {
        m_line = QColor(environment.colour);
        if (!m_line.isValid())
            m_line = colour(Colour::Fail);
    }
    m_list->setObjectName(QStringLiteral("services"));
    m_list->setAccessibleName(tr("Services of %1").arg(environment.name));
    m_list->setModel(&m_filter);
    m_list->setItemDelegate(new ServiceDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* name = new ElidedLabel(
        environment.isProtected ? tr("%1 (protected)").arg(environment.name) : environment.name,
        TextRole::Title);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::m, space::m, space::m);
    head->setSpacing(space::s);
    head->addWidget(m_sign);
    head->addWidget(name);
    head->addWidget(m_word);
    head->addSpacing(space::s);
    head->addWidget(m_counts, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, lineHeight, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_releasesList);
    column->addWidget(m_list, 1);
    column->addWidget(m_conditionsPane);
    makeReleases();
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (m_isMarking)
                    return;
                m_isMarked = false;
                if (current.isValid())
                    chooseCurrent();
            });
    connect(m_list, &QListView::clicked, this, [this] {
        if (m_isMarked)
            chooseCurrent();
    });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex& row) { Q_EMIT healthRequested(serviceOf(row)); });
    m_list->installEventFilter(this);
    // The height of a row follows the density.
    connect(&Theme::instance(), &Theme::changed, m_list, [this] { m_list->doItemsLayout(); });
}

void EnvironmentColumn::makeReleases() {
    m_releasesList->setObjectName(QStringLiteral("releases"));
    m_releasesList->setUniformItemSizes(false); // a run that goes on has two lines
    m_releasesList->setFrameShape(QFrame::NoFrame);
    m_releasesList->setItemDelegate(new StandingDelegate(m_releasesList));
    m_releasesList->setModel(&m_releases);
    const auto open = [this](const QModelIndex& index) {
        if (isVisible() && index.isValid())
            openRelease(m_releases.rows()[static_cast<std::size_t>(index.row())]);
    };
    connect(m_releasesList, &QListView::clicked, this, open);
    connect(m_releasesList, &QListView::activated, this, open);
}

void EnvironmentColumn::openRelease(const ReleaseRow& row) {
    switch (row.kind) {
    case ReleaseRow::Kind::Run:
        if (!row.run.isEmpty())
            Q_EMIT runRequested(row.run);
        break;
    case ReleaseRow::Kind::MoreRuns:
        Q_EMIT runsRequested();
        break;
    case ReleaseRow::Kind::Certificate:
        chooseService(row.service);
        Q_EMIT serviceChosen(row.service);
        break;
    case ReleaseRow::Kind::RunRisks:
        Q_EMIT boardRequested(row.run);
        break;
    case ReleaseRow::Kind::KnownRisks:
        Q_EMIT risksRequested(m_model.environment());
        break;
    }
}

void EnvironmentColumn::chooseService(std::size_t service) {
    m_isMarked = false;
    m_list->setCurrentIndex(m_filter.mapFromSource(m_model.index(m_model.rowOf(service))));
}

QWidget* EnvironmentColumn::makeConditions(const QString& environment) {
    auto* pane = new QWidget;
    auto* list = m_conditionsList;
    list->setObjectName(QStringLiteral("conditions"));
    list->setUniformItemSizes(false); // triggers have two lines, metrics one
    list->setFrameShape(QFrame::NoFrame);
    list->setItemDelegate(new StandingDelegate(list));
    list->setModel(&m_conditions);
    auto* ask = new ActionButton(tr("Try condition…"), ButtonKind::Plain);
    ask->setObjectName(QStringLiteral("tryCondition"));
    const auto tryRow = [this, environment](const QModelIndex& index) {
        Q_EMIT tryAsked(environment, index.data(ConditionListModel::ConditionRole).toString());
    };
    connect(ask, &ActionButton::clicked, this, [list, tryRow] { tryRow(list->currentIndex()); });
    connect(list, &QListView::activated, this, tryRow);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::s, space::m, 0);
    head->addWidget(new TextLabel(tr("Triggers and metrics"), TextRole::Quiet, Colour::Quiet));
    head->addStretch(1);
    head->addWidget(ask);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(list);
    return pane;
}

/// The first row of a group is higher than the others.
void EnvironmentColumn::showGroups(ServiceFilter::Groups groups) {
    if (groups == m_filter.groups())
        return;
    m_filter.setGroups(groups);
    m_list->setUniformItemSizes(groups == ServiceFilter::Groups::None);
    m_list->doItemsLayout();
}

void EnvironmentColumn::settleConditions(models::Instant now) {
    m_conditions.settle(now);
    m_conditionsPane->setVisible(!m_conditions.rows().empty());
    settleRoom();
}

void EnvironmentColumn::takeRuns(models::Instant now) {
    m_releases.takeRuns();
    m_releases.settle(now);
}

void EnvironmentColumn::settleReleases(models::Instant now) {
    m_releases.settle(now);
    m_releasesList->viewport()->update(); // ages
}

void EnvironmentColumn::settleHead(models::Instant now) {
    QList<models::HealthStanding> standings;
    QList<models::HealthState> states;
    models::Instant oldest;
    for (const ServiceRow& row : m_model.rows()) {
        states.append(row.standing.state);
        // What nothing is declared for says nothing about the whole.
        if (row.standing.at.isNull() && !row.isProbed)
            continue;
        standings.append(row.standing);
        const bool isSeen = !row.standing.at.isNull();
        if (isSeen && (oldest.isNull() || row.standing.at < oldest))
            oldest = row.standing.at;
    }
    const models::HealthStanding worst = models::worstOf(standings);
    m_word->setText(states.isEmpty() ? QString() : stateWord(worst.state));
    m_word->setTone(stateTone(worst.state));
    m_sign->setGlyph(stateGlyph(worst.state), stateTone(worst.state));
    QString counts = states.isEmpty() ? tr("No services are declared.") : countWords(states);
    if (!oldest.isNull())
        counts += QStringLiteral(" · ") + tr("oldest figure %1").arg(formatAge(oldest, now));
    m_counts->setFullText(counts);
}

/// Most of the room is for services.
void EnvironmentColumn::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settleRoom();
}

void EnvironmentColumn::settleRoom() {
    const int room = height() / 4;
    m_conditionsList->setMostRows(
        std::clamp(m_conditionsList->rowsWithin(room), leastConditions, mostConditions));
    m_releasesList->setMostRows(std::clamp(room / measure::denseRow, leastReleases, mostReleases));
}

void EnvironmentColumn::chooseCurrent() {
    m_isMarked = false;
    Q_EMIT serviceChosen(serviceOf(m_list->currentIndex()));
}

/// One service is chosen in all of the columns: who comes to another one would not see where the
/// focus is. Who came by Tab means the row; with the page it is marked alone, and told of once
/// somebody chooses it. By itself the list makes a row the current one, unmarked.
void EnvironmentColumn::takeFocus(Qt::FocusReason reason) {
    const bool isByTab = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
    if (m_list->currentIndex().isValid()) {
        if (isByTab && m_isMarked)
            chooseCurrent();
        return;
    }
    if (reason == Qt::MouseFocusReason)
        return;
    const QScopedValueRollback marking(m_isMarking, !isByTab);
    m_list->setCurrentIndex(m_filter.index(0, 0));
    m_isMarked = m_isMarking && m_list->currentIndex().isValid();
}

/// To another part of the window, rather than to another window or a menu.
void EnvironmentColumn::leaveFocus(Qt::FocusReason reason) {
    static const QSet<Qt::FocusReason> passing{Qt::ActiveWindowFocusReason, Qt::PopupFocusReason,
                                               Qt::MenuBarFocusReason};
    if (m_isMarked && !passing.contains(reason))
        m_list->setCurrentIndex({});
}

bool EnvironmentColumn::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::FocusIn)
        takeFocus(static_cast<QFocusEvent*>(event)->reason());
    if (watched == m_list && event->type() == QEvent::FocusOut)
        leaveFocus(static_cast<QFocusEvent*>(event)->reason());
    if (watched == m_list && event->type() == QEvent::KeyPress && m_isMarked &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
        chooseCurrent();
    return QWidget::eventFilter(watched, event);
}

void EnvironmentColumn::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Line));
    painter.fillRect(rect().adjusted(1, 1, -1, -1), colour(Colour::Surface));
    if (m_line.isValid())
        painter.fillRect(QRect(0, 0, width(), lineHeight), m_line);
}

} // namespace ui

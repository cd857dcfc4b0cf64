// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/host/hostpage.h"

#include "ui/host/hostdelegate.h"
#include "ui/host/hostdetail.h"
#include "ui/host/hostwords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/firstfocus.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QListView>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {
constexpr int listWidth = 300;
constexpr int detailWidth = 700;
} // namespace

HostPage::HostPage(app::HostService& hosts, QWidget* parent)
    : QWidget(parent)
    , m_hosts(hosts)
    , m_title(new TextLabel(tr("Hosts"), TextRole::PageTitle))
    , m_summary(new TextLabel({}, TextRole::Body, Colour::Quiet))
    , m_checkAll(new ActionButton(tr("Check all hosts"), ButtonKind::Plain))
    , m_list(new QListView)
    , m_detail(new HostDetail)
    , m_empty(new EmptyState(QStringLiteral("network-server"), {})) {
    setObjectName(QStringLiteral("hostPage"));
    new FirstFocus(this, m_list);
    m_list->setObjectName(QStringLiteral("hostList"));
    m_list->setAccessibleName(tr("Hosts"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new HostDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* panes = new SplitPane(Qt::Horizontal, QStringLiteral("hosts"));
    panes->addWidget(m_list);
    panes->addWidget(m_detail);
    panes->restoreSizes({listWidth, detailWidth});
    m_body = panes;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    m_stack = new QStackedLayout;
    column->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);

    connect(&hosts, &app::HostService::linkChanged, &m_model, &HostListModel::setLink);
    connect(&hosts, &app::HostService::reported, &m_model, &HostListModel::setReport);
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const int current = m_list->currentIndex().row();
                if (current >= first.row() && current <= last.row())
                    showCurrent();
                settle();
            });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &HostPage::showCurrent);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        const HostRow& row = m_model.rows()[index.row()];
        if (mayConnect(row.link))
            m_hosts.connectNow(row.host);
    });
    connect(m_detail, &HostDetail::connectRequested, &hosts, &app::HostService::connectNow);
    connect(m_detail, &HostDetail::giveUpRequested, &hosts, &app::HostService::giveUp);
    connect(m_detail, &HostDetail::hangUpRequested, &hosts, &app::HostService::hangUp);
    connect(m_detail, &HostDetail::checkRequested, &hosts,
            [&hosts](const models::Host& host) { hosts.check({host}); });
    connect(m_empty, &EmptyState::actionTriggered, this, &HostPage::folderRequested);
    connect(m_checkAll, &ActionButton::clicked, this, &HostPage::checkAll);
    connect(&Clock::instance(), &Clock::ticked, m_list->viewport(), qOverload<>(&QWidget::update));
    for (const app::HostLink& link : hosts.links())
        m_model.setLink(link);
    settle();
}

QWidget* HostPage::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::xl, space::l, space::xl, space::m);
    row->setSpacing(space::l);
    row->addWidget(m_title);
    row->addWidget(m_summary, 1);
    m_checkAll->setObjectName(QStringLiteral("checkAll"));
    row->addWidget(m_checkAll);
    return head;
}

void HostPage::showHosts(const QString& environment, const QList<models::Host>& hosts) {
    const QString selected =
        m_list->currentIndex().data(HostListModel::RowRole).value<HostRow>().host.ssh;
    const QList<HostRow>& rows = m_model.rows();
    if (environment == m_environment &&
        std::equal(rows.cbegin(), rows.cend(), hosts.cbegin(), hosts.cend(),
                   [](const HostRow& row, const models::Host& host) { return row.host == host; }))
        return;
    m_environment = environment;
    m_model.setHosts(hosts);
    select(selected);
    if (!m_list->currentIndex().isValid() && !hosts.isEmpty())
        m_list->setCurrentIndex(m_model.index(0));
    if (hosts.isEmpty())
        m_detail->showNothing();
    settle();
}

void HostPage::select(const QString& ssh) {
    const QList<HostRow>& rows = m_model.rows();
    for (int i = 0; i < rows.size(); ++i) {
        if (rows[i].host.ssh == ssh)
            m_list->setCurrentIndex(m_model.index(i));
    }
}

void HostPage::showCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (current.isValid())
        m_detail->showHost(m_model.rows()[current.row()]);
}

void HostPage::checkAll() {
    QList<models::Host> hosts;
    for (const HostRow& row : m_model.rows())
        hosts.append(row.host);
    m_hosts.check(hosts);
}

void HostPage::settle() {
    const QList<HostRow>& rows = m_model.rows();
    const auto count = [&rows](auto&& holds) {
        return std::count_if(rows.cbegin(), rows.cend(), holds);
    };
    const qsizetype connected =
        count([](const HostRow& row) { return row.link.state == app::HostLink::State::Connected; });
    const bool isChecking =
        count([](const HostRow& row) { return row.report && !row.report->isComplete; }) > 0;
    m_stack->setCurrentWidget(rows.isEmpty() ? static_cast<QWidget*>(m_empty) : m_body);
    m_empty->setSentence(m_environment.isEmpty()
                             ? tr("The hosts of an environment are shown here. Open a workspace "
                                  "first.")
                             : tr("%1 names no hosts: its steps run on this machine. Add them "
                                  "under \"hosts\" in gantry.yaml.")
                                   .arg(m_environment));
    m_empty->setAction(m_environment.isEmpty() ? tr("Open folder…") : QString());
    m_summary->setText(rows.isEmpty()
                           ? QString()
                           : tr("%1 in %2, %3 connected")
                                 .arg(countOf(rows.size(), tr("%1 host"), tr("%1 hosts")),
                                      m_environment, QString::number(connected)));
    m_checkAll->setVisible(!rows.isEmpty());
    m_checkAll->setEnabled(!isChecking);
}

PaletteEntries HostPage::paletteEntries() {
    PaletteEntries entries;
    for (const HostRow& row : m_model.rows()) {
        entries.append(
            {tr("Check host %1").arg(row.host.name), tr("Hosts"), {}, [this, host = row.host] {
                 m_hosts.check({host});
             }});
        if (mayConnect(row.link))
            entries.append({tr("Connect host %1").arg(row.host.name),
                            tr("Hosts"),
                            {},
                            [this, host = row.host] { m_hosts.connectNow(host); }});
    }
    return entries;
}

} // namespace ui

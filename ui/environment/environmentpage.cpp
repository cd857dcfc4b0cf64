// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/environmentpage.h"

#include "app/contract/contractservice.h"
#include "app/version/versionservice.h"
#include "ui/environment/contractwords.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/promotionarrow.h"
#include "ui/environment/servicedetail.h"
#include "ui/environment/trustsheet.h"
#include "ui/environment/trysheet.h"
#include "ui/environment/versionmatrix.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollArea>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace std::chrono_literals;

/// Services answer one after the other: what comes in within this is one repaint.
constexpr auto settling = 100ms;
constexpr int listsHeight = 460;
constexpr int detailHeight = 220;
constexpr int searchWidth = 220;

QString nameOf(const app::HealthService::Watched& service) {
    return service.environment + u'/' + service.service;
}

} // namespace

EnvironmentPage::EnvironmentPage(const EnvironmentServices& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_health(services.health)
    , m_watch(services.watch)
    , m_summary(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_isolationSign(new GlyphSign)
    , m_isolation(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_trust(new BannerWidget)
    , m_search(new SearchField(tr("Find a service")))
    , m_order(new QComboBox)
    , m_groups(new QComboBox)
    , m_byVersion(new ActionButton(tr("Show versions"), ButtonKind::Plain))
    , m_matrix(new VersionMatrix(services.versions))
    , m_views(new QStackedWidget)
    , m_detail(new ServiceDetail(services))
    , m_empty(new EmptyState(QStringLiteral("network-server"), {})) {
    setObjectName(QStringLiteral("environmentPage"));
    m_trust->setObjectName(QStringLiteral("trustBanner"));
    m_trust->hide();
    m_views->addWidget(makeColumns());
    m_views->addWidget(m_matrix);
    auto* panes = new SplitPane(Qt::Vertical, QStringLiteral("environments"));
    panes->addWidget(m_views);
    panes->addWidget(m_detail);
    panes->restoreSizes({listsHeight, detailHeight});
    m_body = panes;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_trust);
    m_stack = new QStackedLayout;
    column->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);

    m_settling.setSingleShot(true);
    m_settling.setInterval(settling);
    connect(&m_settling, &QTimer::timeout, this, &EnvironmentPage::settleNow);
    connect(&m_health, &app::HealthService::rebuilt, this, &EnvironmentPage::rebuild);
    connect(&m_health, &app::HealthService::observed, this, [this](std::size_t service) {
        for (EnvironmentColumn* each : std::as_const(m_columns)) {
            if (each->model().environment() == m_health.services()[service].environment)
                each->model().note(service);
        }
        if (!m_settling.isActive())
            m_settling.start();
    });
    connect(m_detail, &ServiceDetail::healthRequested, this, &EnvironmentPage::requestHealth);
    connect(&services.versions, &app::VersionService::changed, this,
            [this] { tick(presentInstant()); });
    connect(&services.contracts, &app::ContractService::changed, this,
            [this] { tick(presentInstant()); });
    connect(&m_watch, &app::EnvironmentWatch::rebuilt, this, &EnvironmentPage::settleNow);
    connect(&m_watch, &app::EnvironmentWatch::observed, this, [this] {
        if (!m_settling.isActive())
            m_settling.start();
    });
    connect(&Clock::instance(), &Clock::ticked, this, &EnvironmentPage::tick);
    rebuild();
}

QWidget* EnvironmentPage::makeColumns() {
    auto* content = new QWidget;
    m_columnsRow = new QHBoxLayout(content);
    m_columnsRow->setContentsMargins(space::l, 0, space::l, space::m);
    m_columnsRow->setSpacing(space::m);
    auto* columns = new QScrollArea;
    columns->setObjectName(QStringLiteral("environmentColumns"));
    columns->setWidget(content);
    columns->setWidgetResizable(true);
    columns->setFrameShape(QFrame::NoFrame);
    columns->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return columns;
}

QWidget* EnvironmentPage::makeHead() {
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::xl, space::l, space::xl, space::m);
    column->setSpacing(space::s);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::l);
    row->addWidget(new TextLabel(tr("Environments"), TextRole::PageTitle));
    row->addWidget(m_summary, 1);
    m_isolation->setObjectName(QStringLiteral("isolation"));
    auto* isolation = new QHBoxLayout;
    isolation->setSpacing(space::s);
    isolation->addWidget(m_isolationSign);
    isolation->addWidget(m_isolation, 1);
    m_search->setObjectName(QStringLiteral("findService"));
    m_search->setMaximumWidth(searchWidth);
    m_order->setObjectName(QStringLiteral("serviceOrder"));
    m_order->setAccessibleName(tr("Order of services"));
    m_order->addItems({tr("Worst first"), tr("By name")});
    m_groups->setObjectName(QStringLiteral("serviceGroups"));
    m_groups->setAccessibleName(tr("Groups of services"));
    m_groups->addItem(tr("By environment"), int(ServiceFilter::Groups::None));
    m_groups->addItem(tr("By host"), int(ServiceFilter::Groups::ByHost));
    m_groups->addItem(tr("By verdict"), int(ServiceFilter::Groups::ByVerdict));
    m_byVersion->setObjectName(QStringLiteral("showVersions"));
    m_byVersion->setCheckable(true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_search, m_groups, m_order, m_byVersion})
        row->addWidget(each);
    column->addLayout(row);
    column->addLayout(isolation);
    connect(m_search, &QLineEdit::textChanged, this, &EnvironmentPage::filterServices);
    for (QComboBox* each : {m_groups, m_order}) {
        each->setMinimumWidth(each->sizeHint().width() + space::xl); // the search gives way first
        connect(each, &QComboBox::currentIndexChanged, this, &EnvironmentPage::filterServices);
    }
    connect(m_byVersion, &QPushButton::toggled, this, &EnvironmentPage::showVersions);
    return head;
}

void EnvironmentPage::filterServices() {
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->filter().setWanted(m_search->text());
        column->filter().setOrder(m_order->currentIndex() == 0 ? ServiceFilter::Order::WorstFirst
                                                               : ServiceFilter::Order::ByName);
        column->showGroups(ServiceFilter::Groups(m_groups->currentData().toInt()));
    }
}

void EnvironmentPage::showVersions(bool areShown) {
    m_views->setCurrentIndex(areShown ? 1 : 0);
    for (QWidget* each : std::initializer_list<QWidget*>{m_search, m_groups, m_order})
        each->setEnabled(!areShown);
    m_matrix->versions().settle(presentInstant());
}

void EnvironmentPage::rebuild() {
    qDeleteAll(std::exchange(m_columns, {}));
    qDeleteAll(std::exchange(m_arrows, {}));
    m_chosen.reset();
    const models::Workspace& workspace = m_health.workspace();
    for (const models::Environment& environment :
         models::inPromotionOrder(workspace.environments)) {
        if (!m_columns.isEmpty() && !environment.promoteFrom.isEmpty()) {
            auto* arrow = new PromotionArrow(m_services.versions, environment);
            m_columnsRow->addWidget(arrow);
            m_arrows.append(arrow);
        }
        auto* column = new EnvironmentColumn(m_services, environment);
        m_columnsRow->addWidget(column, 1);
        m_columns.append(column);
        column->model().rebuild(presentInstant());
        connect(column, &EnvironmentColumn::serviceChosen, this, &EnvironmentPage::choose);
        connect(column, &EnvironmentColumn::healthRequested, this, &EnvironmentPage::requestHealth);
        connect(column, &EnvironmentColumn::tryAsked, this, &EnvironmentPage::tryCondition);
    }
    m_matrix->versions().rebuild(workspace, presentInstant());
    filterServices();
    setFocusProxy(m_columns.isEmpty() ? nullptr : &m_columns.first()->list());
    for (std::size_t i = 0; i < m_health.services().size(); ++i) {
        if (nameOf(m_health.services()[i]) == m_chosenName)
            m_chosen = i;
    }
    const bool isEmpty = m_health.services().empty();
    m_empty->setSentence(workspace.root.isEmpty()
                             ? tr("The services of every environment are shown here. Open a "
                                  "workspace first.")
                             : tr("%1 declares no services. Add them under \"services\" of an "
                                  "environment in gantry.yaml.")
                                   .arg(workspace.name));
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_empty) : m_body);
    settleTrust();
    tick(presentInstant());
}

void EnvironmentPage::settleTrust() {
    const QStringList asked = TrustSheet::linesOf(m_health.workspace());
    const app::TrustKeeper::Standing standing = m_health.trust();
    if (standing == app::TrustKeeper::Standing::Trusted || asked.isEmpty()) {
        m_trust->hide();
        return;
    }
    const QString probes = countOf(asked.size(), tr("%1 probe"), tr("%1 probes"));
    m_trust->showMessage(
        BannerWidget::Level::Warning,
        standing == app::TrustKeeper::Standing::Changed
            ? tr("%1 has changed since you trusted it. Nothing is probed until you have seen its "
                 "%2.")
                  .arg(m_health.workspace().name, probes)
            : tr("Nothing is probed yet: %1 has %2, and you have not trusted it.")
                  .arg(m_health.workspace().name, probes));
    ActionButton* const review = m_trust->addAction(tr("Review probes…"));
    review->setObjectName(QStringLiteral("reviewProbes"));
    connect(review, &ActionButton::clicked, this, &EnvironmentPage::askTrust);
}

void EnvironmentPage::askTrust() {
    auto* sheet = new TrustSheet(m_health.workspace(), this);
    // What is trusted is what was shown, and not what came meanwhile.
    connect(sheet, &QDialog::accepted, this, [this, shown = m_health.workspace().trustHash] {
        if (m_health.workspace().trustHash == shown)
            m_health.trustWorkspace();
    });
    sheet->open();
}

void EnvironmentPage::tryCondition(const QString& environment, const QString& condition) {
    (new TrySheet(m_watch, environment, condition, this))->open();
}

void EnvironmentPage::settleNow() {
    m_settling.stop();
    const models::Instant now = presentInstant();
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->model().settle(now);
        if (isVisible())
            column->settleHead(now);
        column->settleConditions(now);
    }
    settleSummary();
    showDetail(now);
}

void EnvironmentPage::tick(models::Instant now) {
    if (!isVisible())
        return;
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->model().tick(now);
        column->settleHead(now);
        column->settleConditions(now);
    }
    for (PromotionArrow* arrow : std::as_const(m_arrows))
        arrow->settle(now);
    if (m_byVersion->isChecked())
        m_matrix->versions().settle(now);
    settleIsolation(now);
    settleSummary();
    showDetail(now);
}

void EnvironmentPage::settleSummary() {
    QList<models::HealthState> states;
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        for (const ServiceRow& row : column->model().rows())
            states.append(row.standing.state);
    }
    m_summary->setFullText(
        states.isEmpty()
            ? QString()
            : tr("%1: %2").arg(countOf(states.size(), tr("%1 service"), tr("%1 services")),
                               countWords(states)));
}

void EnvironmentPage::settleIsolation(models::Instant now) {
    const IsolationLine line = isolationLine(m_services.contracts.isolation(), now);
    for (QWidget* each : std::initializer_list<QWidget*>{m_isolationSign, m_isolation})
        each->setVisible(!line.words.isEmpty());
    m_isolation->setFullText(line.words);
    m_isolationSign->setGlyph(verdictGlyph(line.worst), verdictTone(line.worst));
}

void EnvironmentPage::choose(std::size_t service) {
    m_chosen = service;
    m_chosenName = nameOf(m_health.services()[service]);
    // One is chosen in all of the columns.
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        if (column->model().rowOf(service) < 0)
            column->list().setCurrentIndex({});
    }
    showDetail(presentInstant());
}

void EnvironmentPage::requestHealth(std::size_t service) {
    const app::HealthService::Watched& watched = m_health.services()[service];
    if (!watched.probes.empty())
        Q_EMIT healthRequested(watched.environment, watched.service);
}

void EnvironmentPage::showDetail(models::Instant now) {
    if (m_chosen)
        m_detail->showService(*m_chosen, now);
    else
        m_detail->showNothing();
}

void EnvironmentPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    tick(presentInstant());
}

PaletteEntries EnvironmentPage::paletteEntries() {
    PaletteEntries entries;
    for (const app::HealthService::Watched& service : m_health.services()) {
        entries.append({tr("Check service %1 in %2").arg(service.service, service.environment),
                        tr("Environments"),
                        {},
                        [this, service] {
                            m_health.probeNow(service);
                            m_services.versions.lookNow(service.environment, service.service);
                        }});
    }
    entries.append({tr("Check contracts and isolation"), tr("Environments"), {}, [this] {
                        m_services.contracts.checkNow();
                    }});
    for (const models::Environment& environment : m_health.workspace().environments) {
        entries.append({tr("Try a condition in %1").arg(environment.name),
                        tr("Environments"),
                        {},
                        [this, name = environment.name] { tryCondition(name, {}); }});
    }
    return entries;
}

} // namespace ui

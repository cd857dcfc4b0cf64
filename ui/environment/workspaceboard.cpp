// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/workspaceboard.h"

#include "app/run/runfeed.h"
#include "app/workspace/openworkspace.h"
#include "app/workspace/runbookrisks.h"
#include "ui/environment/contractwords.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/promotionarrow.h"
#include "ui/environment/risksheet.h"
#include "ui/environment/servicedetail.h"
#include "ui/environment/trustsheet.h"
#include "ui/environment/trysheet.h"
#include "ui/environment/versionmatrix.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QListView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

QString nameOf(const app::HealthService::Watched& service) {
    return service.environment + u'/' + service.service;
}

} // namespace

WorkspaceBoard::WorkspaceBoard(app::OpenWorkspace& workspace, const app::RunFeed& runs,
                               app::RunbookService& runbooks, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runs(runs)
    , m_risks(new app::RunbookRisks(runbooks, this))
    , m_name(new TextLabel({}, TextRole::Title))
    , m_state(new ElidedLabel({}, TextRole::Quiet, Colour::Quiet))
    , m_isolationSign(new GlyphSign)
    , m_isolation(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_row(new QHBoxLayout)
    , m_trust(new BannerWidget)
    , m_problem(new BannerWidget) {
    setObjectName(QStringLiteral("workspaceBoard"));
    m_trust->setObjectName(QStringLiteral("trustBanner"));
    m_problem->setObjectName(QStringLiteral("problemBanner"));
    m_trust->hide();
    m_problem->hide();
    m_row->setSpacing(space::m);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(space::s);
    column->addWidget(makeHead());
    column->addLayout(m_row, 1);

    connect(&m_workspace, &app::OpenWorkspace::changed, this, [this] {
        settleWords();
        if (isVisible())
            readRisks();
    });
    connect(&m_workspace.health(), &app::HealthService::rebuilt, this, &WorkspaceBoard::rebuild);
    connect(&m_workspace.health(), &app::HealthService::observed, this, [this](std::size_t number) {
        const QString& environment = m_workspace.health().services()[number].environment;
        for (EnvironmentColumn* each : std::as_const(m_columns)) {
            if (each->model().environment() == environment)
                each->model().note(number);
        }
        Q_EMIT observed();
    });
    connect(&m_workspace.watch(), &app::EnvironmentWatch::rebuilt, this,
            [this] { settle(presentInstant()); });
    connect(&m_workspace.watch(), &app::EnvironmentWatch::observed, this,
            &WorkspaceBoard::observed);
    const auto tickNow = [this] {
        if (isVisible())
            tick(presentInstant());
    };
    connect(&m_workspace.versions(), &app::VersionService::changed, this, tickNow);
    connect(&m_workspace.contracts(), &app::ContractService::changed, this, tickNow);
    connect(&m_runs, &app::RunFeed::changed, this, [this] {
        if (isVisible()) // they are read again when it is shown
            takeRuns();
    });
    connect(m_risks, &app::RunbookRisks::changed, this, &WorkspaceBoard::takeRuns);
    rebuild();
}

ServiceDetail& WorkspaceBoard::detail() {
    if (m_detail == nullptr) {
        m_detail = new ServiceDetail(services());
        connect(m_detail, &ServiceDetail::healthRequested, this, &WorkspaceBoard::requestHealth);
    }
    return *m_detail;
}

QWidget& WorkspaceBoard::versions() {
    if (m_versions != nullptr)
        return *m_versions;
    m_matrix = new VersionMatrix(m_workspace.versions());
    m_matrix->versions().rebuild(m_workspace.workspace(), presentInstant());
    m_matrixName = new TextLabel({}, TextRole::Title);
    m_matrixName->setContentsMargins(space::s, 0, space::s, 0); // above the names of services
    m_versions = new QWidget;
    auto* column = new QVBoxLayout(m_versions);
    column->setContentsMargins({});
    column->setSpacing(space::s);
    column->addWidget(m_matrixName);
    column->addWidget(m_matrix, 1);
    setNamed(m_isNamed);
    return *m_versions;
}

EnvironmentServices WorkspaceBoard::services() const {
    return {m_workspace.health(),
            m_workspace.watch(),
            m_workspace.versions(),
            m_workspace.contracts(),
            m_runs,
            *m_risks};
}

QWidget* WorkspaceBoard::makeHead() {
    auto* head = new QWidget;
    m_name->setObjectName(QStringLiteral("workspaceName"));
    m_isolation->setObjectName(QStringLiteral("isolation"));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins({});
    row->setSpacing(space::s);
    row->addWidget(m_name);
    row->addWidget(m_state, 1);
    row->addWidget(m_isolationSign);
    row->addWidget(m_isolation, 2);
    return head;
}

void WorkspaceBoard::rebuild() {
    qDeleteAll(std::exchange(m_columns, {}));
    qDeleteAll(std::exchange(m_arrows, {}));
    m_chosen.reset();
    m_isFresh = true;
    const models::Workspace& workspace = m_workspace.workspace();
    const models::Instant now = presentInstant();
    for (const models::Environment& environment :
         models::inPromotionOrder(workspace.environments)) {
        if (!m_columns.isEmpty() && !environment.promoteFrom.isEmpty()) {
            auto* arrow = new PromotionArrow(m_workspace.versions(), environment);
            m_row->addWidget(arrow);
            m_arrows.append(arrow);
        }
        addColumn(environment, now);
    }
    if (m_matrix != nullptr)
        m_matrix->versions().rebuild(workspace, now);
    show(m_wanted);
    const auto& services = m_workspace.health().services();
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (nameOf(services[i]) == m_chosenName)
            m_chosen = i;
    }
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        if (m_chosen && column->model().rowOf(*m_chosen) >= 0)
            column->chooseService(*m_chosen);
    }
    settleWords();
    takeRuns();
    tick(now);
}

void WorkspaceBoard::addColumn(const models::Environment& environment, models::Instant now) {
    auto* column = new EnvironmentColumn(services(), environment);
    m_row->addWidget(column, 1);
    m_columns.append(column);
    column->model().rebuild(now);
    connect(column, &EnvironmentColumn::serviceChosen, this, &WorkspaceBoard::choose);
    connect(column, &EnvironmentColumn::healthRequested, this, &WorkspaceBoard::requestHealth);
    connect(column, &EnvironmentColumn::tryAsked, this, &WorkspaceBoard::tryCondition);
    connect(column, &EnvironmentColumn::runRequested, this, &WorkspaceBoard::runRequested);
    connect(column, &EnvironmentColumn::runsRequested, this, &WorkspaceBoard::runsRequested);
    connect(column, &EnvironmentColumn::boardRequested, this, &WorkspaceBoard::boardRequested);
    connect(column, &EnvironmentColumn::risksRequested, this, &WorkspaceBoard::showRisks);
}

void WorkspaceBoard::takeRuns() {
    const models::Instant now = presentInstant();
    for (EnvironmentColumn* column : std::as_const(m_columns))
        column->takeRuns(now);
}

void WorkspaceBoard::readRisks() {
    if (m_workspace.state() == app::OpenWorkspace::State::Read)
        m_risks->read(m_workspace.workspace());
}

void WorkspaceBoard::showRisks(const QString& environment) {
    auto* sheet = new RiskSheet(
        environment, knownRisks(*m_risks, m_workspace.workspace(), environment), window());
    connect(sheet, &RiskSheet::runbookRequested, this, [this, environment](const QString& path) {
        Q_EMIT runbookRequested(environment, path);
    });
    sheet->open();
}

void WorkspaceBoard::setNamed(bool isNamed) {
    m_isNamed = isNamed;
    for (TextLabel* name : {m_name, m_matrixName}) {
        if (name == nullptr)
            continue;
        name->setText(m_workspace.name());
        name->setVisible(isNamed);
    }
}

/// How it is with the workspace itself.
void WorkspaceBoard::settleWords() {
    setNamed(m_isNamed);
    const QString& problem = m_workspace.problem();
    const bool isOld = !problem.isEmpty() && !m_columns.isEmpty();
    m_state->setFullText(isOld ? tr("as it was read last") : QString());
    m_state->setVisible(isOld);
    m_problem->hide();
    if (!problem.isEmpty()) {
        m_problem->showMessage(BannerWidget::Level::Error,
                               tr("%1 cannot be read. %2").arg(m_workspace.name(), problem));
        // What they ask for may be the end of them.
        connect(m_problem->addAction(tr("Read workspace again")), &ActionButton::clicked, this,
                &WorkspaceBoard::readRequested, Qt::QueuedConnection);
        connect(m_problem->addAction(tr("Close workspace")), &ActionButton::clicked, this,
                &WorkspaceBoard::closeRequested, Qt::QueuedConnection);
    }
    settleTrust();
    Q_EMIT rebuilt();
}

bool WorkspaceBoard::asksTrust() const {
    // Whether it is trusted is not known before its runbooks are.
    return m_workspace.state() != app::OpenWorkspace::State::Outlined && !m_workspace.isTrusted() &&
           !TrustSheet::linesOf(m_workspace.workspace()).isEmpty();
}

void WorkspaceBoard::setTrustJoined(bool isJoined) {
    if (std::exchange(m_isTrustJoined, isJoined) != isJoined)
        settleTrust();
}

void WorkspaceBoard::settleTrust() {
    if (!asksTrust() || m_isTrustJoined) {
        m_trust->hide();
        return;
    }
    const models::Workspace& workspace = m_workspace.workspace();
    const bool hasChanged = m_workspace.health().trust() == app::TrustKeeper::Standing::Changed;
    m_trust->showMessage(
        BannerWidget::Level::Warning,
        (hasChanged ? tr("%1 has changed since you trusted it. Nothing of it runs by itself until "
                         "you have reviewed it: %2.")
                    : tr("Nothing of %1 runs by itself until you trust it: %2."))
            .arg(workspace.name, TrustSheet::countsOf(workspace)));
    ActionButton* const review = m_trust->addAction(tr("Review workspace…"));
    review->setObjectName(QStringLiteral("reviewWorkspace"));
    connect(review, &ActionButton::clicked, this, &WorkspaceBoard::askTrust);
}

void WorkspaceBoard::askTrust() {
    TrustSheet::ask(m_workspace, window());
}

void WorkspaceBoard::tryCondition(const QString& environment, const QString& condition) {
    (new TrySheet(m_workspace.watch(), m_workspace.workspace().name, environment, condition, this))
        ->open();
}

void WorkspaceBoard::show(const Wanted& wanted) {
    m_wanted = wanted;
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->filter().setWanted(wanted.text);
        column->filter().setOrder(wanted.order);
        column->showGroups(wanted.groups);
    }
}

void WorkspaceBoard::settle(models::Instant now) {
    m_isFresh = false;
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->model().settle(now);
        if (isVisible()) {
            column->settleHead(now);
            column->settleReleases(now);
        }
        column->settleConditions(now);
    }
}

void WorkspaceBoard::tick(models::Instant now) {
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        column->model().tick(now);
        column->settleHead(now);
        column->settleConditions(now);
        column->settleReleases(now);
    }
    for (PromotionArrow* arrow : std::as_const(m_arrows))
        arrow->settle(now);
    if (m_versions != nullptr && m_versions->isVisible())
        m_matrix->versions().settle(now);
    settleIsolation(now);
}

void WorkspaceBoard::settleIsolation(models::Instant now) {
    const IsolationLine line = isolationLine(m_workspace.contracts().isolation(), now);
    for (QWidget* each : std::initializer_list<QWidget*>{m_isolationSign, m_isolation})
        each->setVisible(!line.words.isEmpty());
    m_isolation->setFullText(line.words);
    m_isolationSign->setGlyph(verdictGlyph(line.worst), verdictTone(line.worst));
}

bool WorkspaceBoard::hasRows() const {
    const auto& environments = m_workspace.workspace().environments;
    return std::any_of(
        environments.begin(), environments.end(), [](const models::Environment& each) {
            return !each.services.isEmpty() || !each.triggers.isEmpty() || !each.metrics.isEmpty();
        });
}

QList<models::HealthState> WorkspaceBoard::states() const {
    QList<models::HealthState> states;
    for (EnvironmentColumn* column : m_columns) {
        for (const ServiceRow& row : column->model().rows())
            states.append(row.standing.state);
    }
    return states;
}

bool WorkspaceBoard::showsVerdicts() const {
    const auto isKnown = [](const ServiceRow& row) {
        return !row.isProbed || !row.standing.at.isNull();
    };
    return !m_columns.isEmpty() &&
           std::all_of(m_columns.begin(), m_columns.end(), [&](EnvironmentColumn* column) {
               const std::vector<ServiceRow>& rows = column->model().rows();
               return std::all_of(rows.begin(), rows.end(), isKnown);
           });
}

void WorkspaceBoard::choose(std::size_t service) {
    m_chosen = service;
    m_chosenName = nameOf(m_workspace.health().services()[service]);
    // One is chosen in all of the columns.
    for (EnvironmentColumn* column : std::as_const(m_columns)) {
        if (column->model().rowOf(service) < 0)
            column->list().setCurrentIndex({});
    }
    Q_EMIT serviceChosen();
}

QListView* WorkspaceBoard::chosenList() const {
    for (EnvironmentColumn* column : m_columns) {
        if (m_chosen && column->model().rowOf(*m_chosen) >= 0)
            return &column->list();
    }
    return nullptr;
}

void WorkspaceBoard::leaveService() {
    m_chosen.reset();
    m_chosenName.clear();
    for (EnvironmentColumn* column : std::as_const(m_columns))
        column->list().setCurrentIndex({});
}

void WorkspaceBoard::requestHealth(std::size_t service) {
    const app::HealthService::Watched& watched = m_workspace.health().services()[service];
    if (!watched.probes.empty())
        Q_EMIT healthRequested(watched.environment, watched.service);
}

void WorkspaceBoard::showDetail(models::Instant now) {
    if (m_chosen)
        detail().showService(*m_chosen, now);
    else
        detail().showNothing();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/startsheet.h"

#include "models/run/targetvariables.h"
#include "ui/run/preflightview.h"
#include "ui/run/targetform.h"
#include "ui/run/valuesform.h"
#include "ui/run/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/card.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/surfacewidget.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int sheetWidth = 520;
constexpr int preflightWidth = 960;
constexpr int preflightHeight = 560;
constexpr int settlingTime = 50; // ms
constexpr int mostRisks = 4;

QList<ValueField> fieldsOf(const models::RunState& preview) {
    QList<ValueField> fields;
    for (const models::VariableDeclaration& declared : preview.plan->variables) {
        // A value that the document gives without asking is not asked for again.
        if (declared.prompt.isEmpty() && !declared.secret)
            continue;
        ValueField field = fieldFor(preview, declared.name);
        field.required = false;
        if (!field.secret && preview.variables.contains(declared.name))
            field.initial = preview.variables.value(declared.name);
        fields.append(field);
    }
    return fields;
}

} // namespace

StartSheet::StartSheet(const models::Workspace& workspace, const models::RunState& preview,
                       QWidget* parent)
    : Sheet(QStringLiteral("startSheet"), tr("Start a run of %1").arg(preview.plan->runbook.title),
            parent)
    , m_workspace(workspace)
    , m_preview(preview)
    , m_target(new TargetForm)
    , m_start(new ActionButton(tr("Start run"), ButtonKind::Filled)) {
    setMinimumWidth(sheetWidth);
    m_columns = new QHBoxLayout;
    m_columns->setSpacing(space::xl);
    auto* questions = new SurfaceWidget(Colour::Raised);
    auto* rows = new QVBoxLayout(questions);
    rows->setContentsMargins(0, 0, space::s, 0);
    rows->setSpacing(space::s);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    area->setWidget(questions);
    m_columns->addWidget(area, 1);
    column().addLayout(m_columns, 1);
    const models::Progress progress = models::progressOf(preview, preview.plan->mainLane());
    rows->addWidget(paragraph(
        tr("%1. The run keeps this version of the document, whatever happens to the file. "
           "Starting runs no command.")
            .arg(countText(progress.total, tr("step"))),
        TextRole::Body, Colour::Quiet));
    rows->addSpacing(space::xs);

    addEnvironment(*rows);
    rows->addWidget(m_target);
    askForTarget();
    connect(m_target, &TargetForm::changed, this, [this] {
        settleTarget(); // a blocked version cannot be started while the rest is looked at
        m_settling.start(settlingTime);
    });
    connect(m_target, &TargetForm::liftRequested, this, &StartSheet::liftRequested);
    if (const QList<ValueField> fields = fieldsOf(preview); !fields.isEmpty()) {
        m_values = new ValuesForm(fields);
        connect(m_values, &ValuesForm::changed, this, &StartSheet::settle);
        connect(m_values, &ValuesForm::changed, this, [this] { m_settling.start(settlingTime); });
        rows->addWidget(m_values);
    }
    if (!preview.plan->context.risks.isEmpty()) {
        m_risks = new Card(tr("Known risks"), Colour::Warn);
        for (const models::Risk& risk : preview.plan->context.risks.mid(0, mostRisks))
            m_risks->addText(risk.text);
        rows->addWidget(m_risks);
    }
    rows->addStretch();
    m_start->setObjectName(QStringLiteral("startRun"));
    addFoot(*m_start);
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, &StartSheet::settlePreflight);
    connect(m_start, &ActionButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT startRequested(answer()); });
    settle();
    if (!m_protectedName.isEmpty())
        m_confirm->setFocus();
    else
        m_target->focusFirst();
}

void StartSheet::showPreflight(app::PreflightService& preflight) {
    m_preflight = &preflight;
    auto* rows = new QVBoxLayout;
    rows->setSpacing(space::s);
    auto* head = new QHBoxLayout;
    head->addWidget(new TextLabel(tr("Can this succeed?"), TextRole::Title));
    head->addStretch();
    auto* check = new ActionButton(tr("Check hosts"), ButtonKind::Quiet);
    check->setObjectName(QStringLiteral("checkHosts"));
    head->addWidget(check);
    rows->addLayout(head);
    m_counts = new TextLabel({}, TextRole::Body, Colour::Quiet);
    m_counts->setObjectName(QStringLiteral("preflightCounts"));
    rows->addWidget(m_counts);
    m_view = new PreflightView;
    rows->addWidget(m_view, 1);
    m_reason = new QLineEdit;
    m_reason->setObjectName(QStringLiteral("overrideReason"));
    m_reason->setPlaceholderText(tr("A reason, for the record"));
    m_reasonLabel = addField(*rows, tr("Why is it started all the same?"), m_reason);
    m_reason->setAccessibleName(m_reasonLabel->text());
    m_columns->addLayout(rows, 1);
    if (m_risks != nullptr)
        m_risks->hide(); // they stand among the lines
    setMinimumSize(preflightWidth, preflightHeight);
    connect(&Clock::instance(), &Clock::ticked, this, &StartSheet::settleTarget);
    connect(check, &ActionButton::clicked, this, [this] { m_preflight->checkHosts(); });
    connect(m_reason, &QLineEdit::textChanged, this, &StartSheet::settle);
    // Hosts answer check by check.
    connect(&preflight, &app::PreflightService::changed, this,
            [this] { m_settling.start(settlingTime); });
    settlePreflight();
}

void StartSheet::setPreview(const models::RunState& preview) {
    m_preview = preview;
    askForTarget();
    settlePreflight();
}

void StartSheet::showRefusal(const models::RunId& run, const models::Error& error) {
    m_target->showRefusal(run, error);
}

void StartSheet::settlePreflight() {
    if (m_preflight == nullptr)
        return;
    models::RunState state = m_preview;
    const Answer given = answer();
    models::PlanContext context = m_preview.plan->context;
    context.target = given.target;
    state.variables.insert(models::targetVariables(context));
    state.variables.insert(given.variables);
    for (auto secret = given.secrets.cbegin(); secret != given.secrets.cend(); ++secret)
        state.secretsGiven.insert(secret.key());
    m_lines = m_preflight->lines(state, given.target);
    m_view->setLines(m_lines);
    m_counts->setText(models::countsOf(m_lines));
    settleTarget();
}

void StartSheet::settleTarget() {
    if (m_preflight != nullptr)
        m_target->settle(*m_preflight);
    settle();
}

void StartSheet::addEnvironment(QVBoxLayout& rows) {
    m_environment = new QComboBox;
    m_environment->setAccessibleName(tr("Environment"));
    for (const models::Environment& environment : m_workspace.environments)
        m_environment->addItem(environment.isProtected ? tr("%1 (protected)").arg(environment.name)
                                                       : environment.name,
                               environment.name);
    const QString& wanted = m_preview.plan->context.environment;
    if (m_environment->findData(wanted) < 0)
        m_environment->addItem(wanted, wanted);
    m_environment->setCurrentIndex(m_environment->findData(wanted));
    addField(rows, tr("Environment"), m_environment);

    m_confirm = new QLineEdit;
    m_confirm->setObjectName(QStringLiteral("protectedName"));
    auto* label = addField(rows, {}, m_confirm);
    const auto ask = [this, label] {
        const QString name = m_environment->currentData().toString();
        const models::Environment* environment = m_workspace.environment(name);
        const bool isProtected = environment && environment->isProtected;
        m_protectedName = isProtected ? name : QString();
        label->setText(tr("Type “%1” to start in this protected environment").arg(name));
        m_confirm->setAccessibleName(label->text());
        label->setVisible(isProtected);
        m_confirm->setVisible(isProtected);
        settle();
        Q_EMIT previewWanted(name, answer().target);
    };
    connect(m_environment, &QComboBox::currentIndexChanged, this, ask);
    connect(m_confirm, &QLineEdit::textChanged, this, &StartSheet::settle);
    ask();
}

void StartSheet::askForTarget() {
    const QString name = m_environment->currentData().toString();
    const models::Environment* environment = m_workspace.environment(name);
    m_target->showReleases(
        name,
        models::releasesOf(environment ? *environment : models::Environment(), *m_preview.plan),
        m_preview.plan->context.target);
}

StartSheet::Answer StartSheet::answer() const {
    Answer answer;
    answer.environment = m_environment->currentData().toString();
    answer.target = m_target->target();
    if (m_values) {
        answer.variables = m_values->plainValues();
        answer.secrets = m_values->secretValues();
    }
    for (const models::PreflightLine& line : m_lines) {
        if (line.objects)
            answer.overrides.append({line.reason, m_reason->text().trimmed()});
    }
    return answer;
}

void StartSheet::settle() {
    const bool isConfirmed =
        m_protectedName.isEmpty() || m_confirm->text().trimmed() == m_protectedName;
    const bool isObjected =
        std::any_of(m_lines.cbegin(), m_lines.cend(),
                    [](const models::PreflightLine& line) { return line.objects; });
    if (m_reason != nullptr) {
        m_reason->setVisible(isObjected);
        m_reasonLabel->setVisible(isObjected);
    }
    const bool isExplained = !isObjected || !m_reason->text().trimmed().isEmpty();
    m_start->setEnabled(isConfirmed && isExplained && !m_target->isBlocked() &&
                        (!m_values || m_values->isComplete()));
}

} // namespace ui

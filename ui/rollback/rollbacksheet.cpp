// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rollback/rollbacksheet.h"

#include "models/run/standing.h"
#include "ui/rollback/rollbackitemrow.h"
#include "ui/rollback/rollbackwords.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/fittingarea.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr QSize mostSize(640, 640);
constexpr int leastWidth = 480;

QLineEdit* fieldUnder(const QString& question, const QString& name, QVBoxLayout& column) {
    auto* field = new QLineEdit;
    field->setObjectName(name);
    addField(column, question, field);
    return field;
}

QString titleOf(const models::RunState* state) {
    return state == nullptr
               ? QString()
               : RollbackSheet::tr("Roll back %1").arg(state->plan->context.environment);
}

} // namespace

RollbackSheet::RollbackSheet(app::RunService& runs, models::RunId run, const QString& because,
                             QWidget* parent)
    : Sheet(QStringLiteral("rollbackSheet"), titleOf(runs.state(run)), parent)
    , m_runs(runs)
    , m_run(std::move(run)) {
    setMinimumWidth(leastWidth);
    if (state() == nullptr)
        return;
    build(because);
    refresh();
    const auto follow = [this](const models::RunId& changed) {
        if (changed == m_run)
            refresh();
    };
    connect(&runs, &app::RunService::eventsAppended, this, follow);
    connect(&runs, &app::RunService::runReleased, this, [this](const models::RunId& released) {
        if (released == m_run)
            reject();
    });
}

void RollbackSheet::build(const QString& because) {
    const models::PlanContext& context = state()->plan->context;
    m_length = paragraph({}, TextRole::Body, Colour::Quiet);
    m_length->setObjectName(QStringLiteral("rollbackLength"));
    column().addWidget(m_length);

    m_area = new FittingArea;
    m_area->setObjectName(QStringLiteral("rollbackItems"));
    auto* content = new QWidget;
    m_listPlace = new QVBoxLayout(content);
    m_listPlace->setContentsMargins(0, 0, space::s, 0);
    m_area->setWidget(content);
    column().addWidget(m_area, 1);
    column().addStretch();
    column().addSpacing(space::s); // what is asked stands apart from what is shown

    m_reason = fieldUnder(tr("Why it goes back"), QStringLiteral("rollbackReason"), column());
    m_reason->setText(because);
    m_reason->setCursorPosition(0);
    connect(m_reason, &QLineEdit::textChanged, this, &RollbackSheet::settle);
    addTyping(context);
    m_hint = paragraph({}, TextRole::Quiet, Colour::Warn);
    column().addWidget(m_hint);
    m_button = new ActionButton(windowTitle(), ButtonKind::Danger);
    m_button->setObjectName(QStringLiteral("rollBackButton"));
    addFoot(*m_button);
    connect(m_button, &ActionButton::clicked, this, &RollbackSheet::rollBack);
    if (because.isEmpty() || m_typed == nullptr)
        m_reason->setFocus();
    else
        m_typed->setFocus();
}

void RollbackSheet::addTyping(const models::PlanContext& context) {
    const bool isDestructive = models::rollbackPlan(*state()).isDestructive();
    if (!context.isProtected && !isDestructive)
        return;
    m_toType = context.environment;
    const QString why =
        isDestructive ? tr("Some of these steps destroy things for good. Type “%1” to confirm them "
                           "all")
                      : tr("Type “%1” to roll back a protected environment");
    m_typed = fieldUnder(why.arg(m_toType), QStringLiteral("rollbackTyped"), column());
    connect(m_typed, &QLineEdit::textChanged, this, &RollbackSheet::settle);
}

/// The run goes on under the sheet: what is shown is what would be done now.
void RollbackSheet::refresh() {
    if (state() == nullptr)
        return;
    models::RollbackPlan plan = models::rollbackPlan(*state(), m_decisions);
    const bool isOther =
        m_list == nullptr || plan.items != m_plan.items || plan.remainders != m_plan.remainders;
    m_plan = std::move(plan);
    if (isOther)
        showPlan();
    settle();
    fitTo(mostSize);
}

void RollbackSheet::showPlan() {
    delete m_list;
    m_list = new QWidget;
    auto* rows = new QVBoxLayout(m_list);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    int number = 0;
    for (const models::RollbackItem& item : std::as_const(m_plan.items)) {
        const bool isDone = item.need != models::Need::NotNeeded;
        auto* row = new RollbackItemRow(item, isDone ? ++number : 0);
        // Later: the row goes with the list that is made anew.
        connect(
            row, &RollbackItemRow::decided, this,
            [this](const models::StepId& source, bool isNeeded) {
                m_decisions.insert(source, isNeeded);
                refresh();
            },
            Qt::QueuedConnection);
        rows->addWidget(row);
    }
    showRemainders(*rows);
    m_listPlace->addWidget(m_list);
    m_area->fit(innerWidth(mostSize.width()));
    const QString length =
        rollbackLengthWords(m_plan, models::estimateOf(m_plan, models::durationsOf(*state())));
    m_length->setText((rollbackTargetWords(m_plan.plan->context.target) + u' ' + length).trimmed());
}

void RollbackSheet::showRemainders(QVBoxLayout& rows) {
    for (const bool isIrreversible : {true, false}) {
        QStringList titles;
        for (const models::RollbackRemainder& remainder : std::as_const(m_plan.remainders)) {
            if (remainder.isIrreversible == isIrreversible)
                titles.append(remainder.title);
        }
        if (titles.isEmpty())
            continue;
        auto* head = paragraph(isIrreversible ? tr("Cannot be undone")
                                              : tr("Ran, and names no inverse of its own"),
                               TextRole::Body, isIrreversible ? Colour::Fail : Colour::Warn);
        head->setEmphasis(Emphasis::Strong);
        rows.addSpacing(space::m);
        rows.addWidget(head);
        for (const QString& title : std::as_const(titles))
            rows.addWidget(paragraph(title));
    }
}

void RollbackSheet::settle() {
    const QString refused = models::rollbackRefusal(*state());
    const QStringList problems = m_plan.problems();
    QString hint = refused;
    if (hint.isEmpty() && !m_plan.isDecided())
        hint = tr("Say first what of it is needed.");
    if (hint.isEmpty() && !problems.isEmpty())
        hint = problems.size() == 1
                   ? tr("1 step could not run as it stands. The rollback stops there.")
                   : tr("%1 steps could not run as they stand. The rollback stops there.")
                         .arg(problems.size());
    if (hint.isEmpty() && models::stepsRunning(*state()) > 0)
        hint = tr("What still runs is cancelled first.");
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const bool isTyped = m_toType.isEmpty() || m_typed->text().trimmed() == m_toType;
    m_button->setEnabled(refused.isEmpty() && m_plan.isDecided() && isTyped &&
                         !m_reason->text().trimmed().isEmpty());
}

void RollbackSheet::rollBack() {
    m_runs.startRollback(m_run, m_reason->text(), m_plan.decisions());
    accept();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/actionplan.h"

#include "models/run/change.h"
#include "models/runbook/runbookparser.h"

#include <algorithm>

namespace models {

namespace {

const QString workspaceFile(actionDocumentPath);

/// Punctuation means nothing to Markdown behind a backslash.
QString escaped(const QString& text) {
    QString plain;
    for (const QChar letter : text.simplified()) {
        const bool isMarkup = letter.unicode() < 0x80 && !letter.isLetterOrNumber() &&
                              letter != u' ' && letter != u'-';
        plain += isMarkup ? QString(u'\\') + letter : QString(letter);
    }
    return plain;
}

qsizetype longestRun(const QString& text, QChar of) {
    qsizetype longest = 0;
    qsizetype length = 0;
    for (const QChar letter : text) {
        length = letter == of ? length + 1 : 0;
        longest = std::max(longest, length);
    }
    return longest;
}

int stepOf(const Plan& plan) {
    for (int i = 0; i < int(plan.steps.size()); ++i) {
        if (!plan.steps[i].step.commands.isEmpty())
            return i;
    }
    return -1;
}

QString keyOf(const QString& environment, const QString& service, ServiceActionKind kind) {
    return QStringLiteral("environments.%1.services.%2.actions.%3")
        .arg(environment, service, QString(serviceActionKey(kind)));
}

const Service* serviceOf(const Workspace& workspace, const QString& environment,
                         const QString& name) {
    const Environment* const declared = workspace.environment(environment);
    if (declared == nullptr)
        return nullptr;
    const auto found =
        std::find_if(declared->services.cbegin(), declared->services.cend(),
                     [&name](const Service& service) { return service.name == name; });
    return found == declared->services.cend() ? nullptr : &*found;
}

} // namespace

QString actionTitle(ServiceActionKind kind, const QString& service) {
    QString verb{serviceActionKey(kind)};
    verb.front() = verb.front().toUpper();
    return verb + QLatin1Char(' ') + service;
}

QByteArray actionDocument(const QString& title, const ServiceAction& action) {
    QString options = QStringLiteral("\"on\":\"%1\"").arg(action.places.join(QStringLiteral(", ")));
    if (!action.timeLimit.isEmpty())
        options += QStringLiteral(",\"timeout\":\"%1\"").arg(action.timeLimit);
    const QString fence(std::max<qsizetype>(3, longestRun(action.command, u'`') + 1), u'`');
    QString document = QStringLiteral("# %1\n\n- [ ] %1\n\n").arg(escaped(title));
    document += QStringLiteral("  %1sh {%2}\n").arg(fence, options);
    for (const QString& line : action.command.split(u'\n'))
        document += QStringLiteral("  %1\n").arg(line);
    return (document + QStringLiteral("  %1\n").arg(fence)).toUtf8();
}

Result<Plan> actionPlan(const Workspace& workspace, const QString& environment,
                        const QString& service, ServiceActionKind kind) {
    const Service* const declared = serviceOf(workspace, environment, service);
    if (declared == nullptr || !declared->actions.contains(kind)) {
        return failure(ErrorCode::NotFound,
                       QStringLiteral("%1 names no command for this. Add the key %2.")
                           .arg(workspaceFile, keyOf(environment, service, kind)));
    }
    const ServiceAction& action = declared->actions[kind];
    const Runbook runbook =
        parseRunbook(actionDocument(actionTitle(kind, service), action), givenNames(workspace));
    PlanContext context = planContext(workspace, workspaceFile, environment, {}, {});
    context.goLive = {}; // one command of its own is no go-live
    Plan plan = makePlan(runbook, context);
    const int step = stepOf(plan);
    const bool isWhole = step >= 0 && plan.steps.size() == 1 &&
                         plan.steps[step].step.commands.size() == 1 &&
                         plan.steps[step].step.commands.first().text.trimmed() == action.command;
    if (!isWhole) {
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("The command under %1, line %2, cannot be run as it stands. "
                                      "Put it into a script, and name the script.")
                           .arg(keyOf(environment, service, kind))
                           .arg(action.written.line));
    }
    plan.steps[step].step.range = {action.written.line, action.written.line};
    return plan;
}

StepId actionStep(const Plan& plan) {
    const int step = stepOf(plan);
    return step < 0 ? StepId() : plan.steps[step].step.id;
}

} // namespace models

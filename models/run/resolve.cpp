// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/resolve.h"

#include "models/run/exitstatus.h"
#include "models/run/expectation.h"
#include "models/run/hosts.h"
#include "models/run/placeholder.h"
#include "models/runbook/shellwords.h"

#include <QDir>
#include <QRegularExpression>

#include <algorithm>

namespace models {
namespace {

bool mentions(const QString& text, const QString& name) {
    const QRegularExpression word(
        u"(?<![A-Za-z0-9_])%1(?![A-Za-z0-9_])"_qs.arg(QRegularExpression::escape(name)));
    return word.match(text).hasMatch();
}

QString everyText(const Step& step) {
    QString text;
    for (const Command& command : step.commands)
        text += command.text + u'\n';
    if (step.http)
        text += step.http->url;
    return text;
}

QString shellFor(const Plan& plan, const QString& label) {
    static const QStringList known = {u"bash"_qs, u"sh"_qs, u"zsh"_qs};
    if (known.contains(label))
        return label;
    const QString given = plan.runbook.frontMatter.shell;
    return known.contains(given) ? given : u"bash"_qs;
}

/// The commands that belong to the chosen option; all where there is no choice.
QList<int> chosenCommands(const Step& step, const QString& choice) {
    QList<int> chosen;
    for (int i = 0; i < step.commands.size(); ++i) {
        const Command& command = step.commands[i];
        if (!command.needsTerminal && (command.choice.isEmpty() || command.choice == choice))
            chosen.append(i);
    }
    return chosen;
}

Result<QString> httpScript(const Step& step, const QMap<QString, QString>& variables) {
    const QString method = step.http->method.isEmpty() ? u"GET"_qs : step.http->method.toUpper();
    static const QRegularExpression word(u"^[A-Z]{1,20}$"_qs);
    if (!word.match(method).hasMatch())
        return failure(ErrorCode::InvalidInput, u"“%1” is no HTTP method."_qs.arg(method));
    const QString url = quotedUrl(step.http->url, step.placeholders, variables);
    // A HEAD by -X would wait for a body that never comes.
    const QString how = method == u"HEAD" ? u"-I"_qs : u"-i -X "_qs + method;
    return u"curl -sS -g %1 -- %2"_qs.arg(how, url);
}

Result<QString> scriptOf(const Step& step, const QMap<QString, QString>& variables,
                         const Selection& selection, const QList<int>& commands) {
    if (!selection.editedScript.isNull())
        return selection.editedScript;
    if (step.http && step.commands.isEmpty())
        return httpScript(step, variables);
    QStringList texts;
    for (const int index : commands) {
        if (!step.commands[index].asWritten) {
            return failure(ErrorCode::Refused,
                           u"The command is mixed with other text: edit it before it runs."_qs);
        }
        const Result<QString> filled =
            fillPlaceholders(step.commands[index].text, step.placeholders, variables);
        if (!filled)
            return filled;
        texts.append(*filled);
    }
    if (texts.isEmpty())
        return failure(ErrorCode::Refused, u"There is nothing to run in this step."_qs);
    return texts.join(u'\n');
}

/// The workspace's folder is on this machine only: elsewhere a step begins in the home directory.
QString firstDirectory(const Plan& plan, const QString& place, const QString& cwd) {
    if (cwd == u'~' || cwd.startsWith(u"~/"))
        return cwd; // whose home it is, only the place knows
    const bool isHere = place == localPlace;
    if (cwd.isEmpty())
        return isHere ? plan.context.workspaceRoot : u"~"_qs;
    if (isHere)
        return QDir::cleanPath(QDir(plan.context.workspaceRoot).filePath(cwd));
    return cwd.startsWith(u'/') ? cwd : u"~/"_qs + cwd;
}

/// What the run's steps know, and the wave that this one belongs to.
QMap<QString, QString> stepVariables(const RunState& state, int planIndex) {
    QMap<QString, QString> variables = state.variables;
    if (const QString& wave = state.plan->steps[planIndex].wave; !wave.isEmpty())
        variables.insert(waveVariable, wave);
    return variables;
}

void restoreSession(Attempt& attempt, const RunState& state, int planIndex) {
    const PlanStep& placed = state.plan->steps[planIndex];
    const Options& options = placed.step.options;
    attempt.variables = stepVariables(state, planIndex);
    for (auto it = attempt.variables.begin(); it != attempt.variables.end();)
        it = isVariableName(it.key()) ? std::next(it) : attempt.variables.erase(it);
    attempt.workingDirectory =
        firstDirectory(*state.plan, attempt.place,
                       options.text(QLatin1String("cwd"), state.plan->runbook.frontMatter.cwd));
    if (attempt.fresh || options.flag(QLatin1String("fresh"), false) ||
        options.contains(QLatin1String("cwd")))
        return;
    const auto session =
        state.sessions.constFind(sessionName(*state.plan, planIndex, attempt.place));
    if (session == state.sessions.cend())
        return;
    attempt.restoreStep = session->step;
    attempt.restoreNumber = session->number;
    const Attempt& before = state.step(session->step).attempts[session->number - 1];
    if (!before.secrets.isEmpty() || before.inputs > 0)
        return; // it carries over its working directory only
    for (auto it = attempt.variables.begin(); it != attempt.variables.end();) {
        const bool setSince =
            it.key() == waveVariable || state.variableSeq.value(it.key(), 0) > before.startSeq;
        it = setSince ? std::next(it) : attempt.variables.erase(it);
    }
}

void readLimits(Attempt& attempt, const Step& step) {
    attempt.timeLimit =
        step.options.duration(QLatin1String("timeout")).value_or(std::chrono::milliseconds(0));
    attempt.interactive = step.options.flag(QLatin1String("interactive"), false);
    attempt.errexit = step.options.flag(QLatin1String("errexit"), true);
    attempt.expectExit = step.options.text(QLatin1String("expectExit"), u"0"_qs).toInt();
    attempt.streaming = std::any_of(attempt.commands.cbegin(), attempt.commands.cend(),
                                    [&step](int index) { return step.commands[index].streaming; });
}

} // namespace

QStringList secretNames(const Plan& plan) {
    QStringList names;
    for (const SecretReference& secret : plan.context.secrets)
        names.append(secret.name);
    for (const VariableDeclaration& variable : plan.variables) {
        if (variable.secret && !names.contains(variable.name))
            names.append(variable.name);
    }
    return names;
}

Requirements requirementsOf(const RunState& state, int planIndex) {
    const Step& step = state.plan->steps[planIndex].step;
    const QStringList secrets = secretNames(*state.plan);
    const QString text = everyText(step);
    Requirements needs;
    for (const QString& name : secrets) {
        if (step.placeholders.contains(name) || mentions(text, name))
            needs.secrets.append(name);
    }
    const QMap<QString, QString> given = stepVariables(state, planIndex);
    QStringList asked = step.placeholders;
    for (const VariableDeclaration& variable : state.plan->variables) {
        if (!variable.secret && !asked.contains(variable.name) && mentions(text, variable.name))
            asked.append(variable.name);
    }
    for (const QString& name : asked) {
        if (!secrets.contains(name) && !given.contains(name))
            needs.variables.append(name);
    }
    bool destructive = false;
    for (const Command& command : step.commands) {
        destructive = destructive || (command.destructive && !command.needsTerminal);
        needs.needsEditing = needs.needsEditing || !command.asWritten;
        if (!command.choice.isEmpty() && !needs.choices.contains(command.choice))
            needs.choices.append(command.choice);
        if (command.needsTerminal && needs.terminalCommand.isEmpty())
            needs.terminalCommand = command.text;
    }
    // A rollback is confirmed once, as a whole, before it starts.
    const bool isAsked = destructive || step.options.flag(QLatin1String("confirm"), false);
    if (isAsked && !state.plan->isRollback())
        needs.confirmationText = state.plan->context.environment;
    static const QRegularExpression sudo(u"(?:^|[\\s;&|(])sudo\\s"_qs);
    needs.usesSudo = sudo.match(text).hasMatch();
    return needs;
}

namespace {

Result<Attempt> resolveAt(const RunState& state, int planIndex, const Selection& selection,
                          const QString& place) {
    const Step& step = state.plan->steps[planIndex].step;
    const Requirements needs = requirementsOf(state, planIndex);
    const bool edited = !selection.editedScript.isNull();
    if (!needs.variables.isEmpty()) {
        return failure(ErrorCode::Refused,
                       u"It needs a value for %1."_qs.arg(needs.variables.join(u", "_qs)));
    }
    if (!edited && !needs.choices.isEmpty() && !needs.choices.contains(selection.choice)) {
        return failure(ErrorCode::Refused,
                       u"Choose one of: %1."_qs.arg(needs.choices.join(u", "_qs)));
    }
    Attempt attempt;
    attempt.number = static_cast<int>(state.step(step.id).attempts.size()) + 1;
    attempt.commands = edited ? QList<int>() : chosenCommands(step, selection.choice);
    const Result<QString> script =
        scriptOf(step, stepVariables(state, planIndex), selection, attempt.commands);
    if (!script)
        return tl::unexpected(script.error());
    attempt.script = *script;
    const QString label =
        step.commands.isEmpty() ? u"sh"_qs : step.commands[attempt.commands.value(0, 0)].language;
    attempt.shell = step.options.text(
        QLatin1String("interpreter"),
        step.options.text(QLatin1String("shell"),
                          step.commands.isEmpty() ? label : shellFor(*state.plan, label)));
    attempt.edited = edited;
    attempt.fresh = selection.fresh;
    attempt.alone = !selection.hosts.isEmpty();
    attempt.secrets = needs.secrets;
    attempt.place = place;
    readLimits(attempt, step);
    restoreSession(attempt, state, planIndex);
    return attempt;
}

} // namespace

Result<Attempt> resolveAttempt(const RunState& state, int planIndex, const Selection& selection) {
    const Result<QStringList> places = placesOf(*state.plan, state.plan->steps[planIndex].step);
    if (!places)
        return tl::unexpected(places.error());
    const auto starting = hostsToStart(state, planIndex, selection.hosts);
    return resolveAt(state, planIndex, selection, starting ? starting->first() : places->first());
}

Result<QList<Attempt>> resolveAttempts(const RunState& state, int planIndex,
                                       const Selection& selection) {
    const Step& step = state.plan->steps[planIndex].step;
    if (!hasSeveralHosts(step)) {
        return resolveAttempt(state, planIndex, selection).map([](const Attempt& attempt) {
            return QList<Attempt>{attempt};
        });
    }
    if (const QString refused = placeRefusal(*state.plan, step); !refused.isEmpty())
        return failure(ErrorCode::InvalidInput, refused);
    const auto places = hostsToStart(state, planIndex, selection.hosts);
    if (!places)
        return tl::unexpected(places.error());
    QList<Attempt> attempts;
    for (const QString& place : *places) {
        Result<Attempt> attempt = resolveAt(state, planIndex, selection, place);
        if (!attempt)
            return tl::unexpected(attempt.error());
        attempt->number += static_cast<int>(attempts.size());
        attempts.append(std::move(*attempt));
    }
    return attempts;
}

Selection selectionOf(const Step& step, const Attempt& attempt) {
    Selection selection;
    if (attempt.edited)
        selection.editedScript = attempt.script;
    else if (!attempt.commands.isEmpty())
        selection.choice = step.commands.value(attempt.commands.first()).choice;
    selection.fresh = attempt.fresh;
    return selection;
}

QList<Expectation> expectationsOf(const Step& step) {
    if (step.http && step.commands.isEmpty() && step.expectations.isEmpty()) {
        // curl ends with 0 also for an error page: without a word in the document that is no pass.
        return {{ExpectationKind::Comparison, u"http.status < 400"_qs, step.range.first}};
    }
    return step.expectations;
}

namespace {

/// Whether a line of the script begins by reading what the script itself is given. What a loop or
/// a pipe reads has input of its own.
bool readsOwnInput(const QString& script) {
    const std::string text = script.toStdString();
    SimpleCommands commands;
    for (const ShellLine& line : shellLines(text)) {
        commands.split(line.isComment ? std::string_view() : line.text);
        if (commands.isEmpty())
            continue;
        const ShellWords words = commands[0];
        std::size_t at = 0;
        const bool isRedirected = std::any_of(words.begin(), words.end(), [](const auto& word) {
            return word.find('<') != std::string_view::npos || word == "-u";
        });
        if (!isRedirected && programOf(words, at) == "read")
            return true;
    }
    return false;
}

/// Of a failure that the script's own `read` may be the reason for, which gives 1 at the end of its
/// input.
QString missingInputWords(const Attempt& attempt) {
    if (attempt.interactive || attempt.exitCode != 1 || !readsOwnInput(attempt.script))
        return {};
    return u" It uses \"read\" and had no input: mark it \"interactive\" in the runbook to answer "
           "it."_qs;
}

} // namespace

StepStatus judge(const Step& step, Attempt& attempt, const QByteArray& out, const QByteArray& err) {
    const Observed observed{attempt.exitCode, out, err, attempt.script};
    StepStatus status = StepStatus::Passed;
    if (attempt.exitCode.value_or(-1) != attempt.expectExit) {
        attempt.reason = u"It ended with exit status %1, expected %2."_qs
                             .arg(exitStatusText(attempt.exitCode.value_or(-1)))
                             .arg(attempt.expectExit) +
                         missingInputWords(attempt);
        status = StepStatus::Failed;
    }
    for (const Expectation& expectation : expectationsOf(step)) {
        const Finding finding = checkExpectation(expectation, observed);
        attempt.expectations.append({expectation, finding});
        if (finding.verdict == Verdict::Fail && status != StepStatus::Failed) {
            status = StepStatus::Failed;
            attempt.reason = finding.reason;
        } else if (finding.verdict == Verdict::Unknown && status == StepStatus::Passed) {
            status = StepStatus::Waiting;
            attempt.reason = finding.reason;
        }
    }
    return status;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/stepbuilder.h"

#include <algorithm>

namespace models {

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// "Confirm `dev` smoke tests passed for the same commit.": the environment that must have passed.
std::string_view requiredEnvironment(const std::vector<std::string>& words) {
    const auto has = [&](std::string_view word) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    const bool isConfirmed = has("passed") || has("pass") || has("succeeded") || has("green");
    const bool isSame = has("same") && (has("commit") || has("version") || has("build") ||
                                        has("release") || has("tag") || has("sha"));
    if (!isConfirmed || !isSame) {
        return {};
    }
    for (const std::string& word : words) {
        const std::string_view name = vocabulary::environmentFromWord(word);
        if (!name.empty() && word != "test") {
            return name;
        }
    }
    return {};
}

} // namespace

std::chrono::milliseconds waitFromText(std::string_view text) {
    const std::vector<std::string> words = vocabulary::words(text.substr(0, 60));
    if (words.empty() || words.front() != "wait") {
        return std::chrono::milliseconds(0);
    }
    const std::size_t digits = text.find_first_of("0123456789");
    if (digits == std::string_view::npos || digits > 20) {
        return std::chrono::milliseconds(0);
    }
    const std::size_t end = text.find_first_not_of("0123456789", digits);
    if (end == std::string_view::npos || end - digits > 4) {
        return std::chrono::milliseconds(0);
    }
    const std::string_view unit = trimmed(text.substr(end));
    QString amount = toString(text.substr(digits, end - digits));
    if (unit.substr(0, 2) == "ms" || unit.empty()) {
        return std::chrono::milliseconds(0);
    }
    amount += QLatin1Char(unit.front());
    return durationFromText(amount).value_or(std::chrono::milliseconds(0));
}

int StepBuilder::add(const Place& place, std::string_view title, SourceRange range, Origin origin) {
    QList<Step>& steps = m_context.book.steps;
    Step& step = steps.emplaceBack();
    const std::string_view text = trimmed(title);
    step.title = toString(text);
    step.lane = m_context.laneOf(place.section);
    step.section = place.section;
    step.parent = place.parent;
    step.id = m_ids.next(step);
    step.depth = place.depth;
    step.range = range;
    step.inferred = origin == Origin::Inferred;
    if (place.section >= 0) {
        step.environment = m_context.book.sections[place.section].environment;
        step.urgent = m_context.traits[std::size_t(place.section)].isUrgent;
    }
    refineKind(step, title);
    const int index = int(steps.size()) - 1;
    if (vocabulary::asksToRun(text)) {
        m_context.referring.push_back(index);
    }
    return index;
}

void StepBuilder::refineKind(Step& step, std::string_view title) {
    if (step.lane != Lane::Reference && vocabulary::isUrgent(title)) {
        step.urgent = true;
    }
    const char first = title.empty() ? '\0' : char(title.front() | 0x20);
    if (first == 'w' || first == '*') {
        step.wait = waitFromText(title);
        if (step.wait.count() > 0) {
            step.kind = StepKind::Wait;
            return;
        }
    }
    if (vocabulary::isStop(title)) {
        step.kind = StepKind::Gate;
        step.urgent = step.urgent || step.lane == Lane::Main;
    } else if (title.size() < 120 && vocabulary::isSignOff(title)) {
        step.kind = StepKind::Approval;
        step.approval = ApprovalRule{};
    } else if (contains(title, "pass") && contains(title, "same ")) {
        const std::string_view environment = requiredEnvironment(vocabulary::words(title));
        if (!environment.empty() && toString(environment) != step.environment) {
            step.kind = StepKind::Gate;
            step.requiresEnvironment = toString(environment);
        }
    }
}

void StepBuilder::setLink(int index, std::string_view address) {
    (*this)[index].refersTo = toString(address); // resolved once all sections are known
    std::vector<int>& referring = m_context.referring;
    if (referring.empty() || referring.back() != index) {
        referring.push_back(index);
    }
}

void StepBuilder::addCommands(int index, FenceContent content, const Options& options,
                              SourceRange range) {
    Step& step = (*this)[index];
    step.range.last = std::max(step.range.last, range.last);
    for (auto it = options.values.cbegin(); it != options.values.cend(); ++it) {
        step.options.values.insert(it.key(), it.value());
    }
    if (options.contains(QLatin1String("name"))) {
        step.inferred = false;
    }
    if (step.lane == Lane::Reference || content.role != FenceContent::Role::Commands) {
        return;
    }
    if (m_context.source.wasMended(range.first, range.last)) {
        m_context.diagnose(range.first, 1, Severity::Error,
                           QStringLiteral("This command holds bytes that do not show, so it will "
                                          "not be run. Mend the document."));
        content.command.asWritten = false;
    }
    Command& command = content.command;
    if (options.contains(QLatin1String("confirm"))) {
        command.destructive = options.flag(QLatin1String("confirm"), true);
    }
    const bool isRunnable = command.asWritten && !command.needsTerminal;
    if (step.kind == StepKind::Manual && isRunnable) {
        step.kind = StepKind::Command;
    }
    const QString expected = options.text(QLatin1String("expect"));
    if (!expected.isEmpty()) {
        addExpectation(index, classifyExpectation(expected.toStdString(), range.first));
    }
    const QString exitStatus = options.text(QLatin1String("expectExit"));
    if (!exitStatus.isEmpty()) {
        addExpectation(index, {ExpectationKind::Comparison, QStringLiteral("exit == ") + exitStatus,
                               range.first});
    }
    for (const Expectation& expectation : content.expectations) {
        addExpectation(index, expectation);
    }
    m_commandCount += content.commandCount;
    step.commands.append(std::move(content.command));
}

void StepBuilder::makeChoice(int index, const QString& choice) {
    QList<Command>& commands = (*this)[index].commands;
    if (commands.size() == 2 && commands.first().choice.isEmpty()) {
        commands.first().choice = QStringLiteral("Option 1");
    }
    if (!commands.isEmpty()) {
        commands.last().choice =
            choice.isEmpty() ? QStringLiteral("Option %1").arg(commands.size()) : choice;
    }
}

void StepBuilder::addExpectation(int index, const Expectation& expectation) {
    Step& step = (*this)[index];
    if (step.lane != Lane::Reference) {
        step.expectations.append(expectation);
        step.range.last = std::max(step.range.last, expectation.line);
    }
}

void StepBuilder::annotate(int index, const Annotation& annotation, int line) {
    Step& step = (*this)[index];
    if (step.lane != Lane::Reference) {
        models::annotate(m_context, step, annotation, line);
    }
}

QString StepBuilder::bodyOf(SourceRange range, int indent) const {
    const int last = std::min(range.last, m_context.source.lineCount());
    const std::string_view whole = m_context.source.lines(range.first, last);
    if (range.first == last || (indent == 0 && whole.find('\r') == whole.npos)) {
        return toString(trimmed(whole));
    }
    std::string body;
    body.reserve(whole.size() + 1);
    for (int line = range.first; line <= last; ++line) {
        std::string_view text = m_context.source.line(line);
        std::size_t cut = 0;
        while (cut < std::size_t(indent) && cut < text.size() &&
               (text[cut] == ' ' || text[cut] == '\t')) {
            ++cut;
        }
        body += text.substr(cut);
        body += '\n';
    }
    return toString(trimmed(body));
}

} // namespace models

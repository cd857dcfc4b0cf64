// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/fencesteps.h"

#include <algorithm>

namespace models {

std::string_view withoutColon(std::string_view text) {
    while (!text.empty() && (text.back() == ':' || text.back() == ' ')) {
        text.remove_suffix(1);
    }
    return text;
}

namespace {

bool isGroupChoice(const QList<CommandGroup>& groups) {
    return groups.size() > 1 &&
           std::all_of(groups.begin() + 1, groups.end(), [](const CommandGroup& group) {
               return vocabulary::opensChoice(group.title.toStdString());
           });
}

} // namespace

void FenceSteps::enterSection(int section) {
    m_section = section;
    m_isHeadingUsed = false;
}

void FenceSteps::visit(int index, const Place& place, Flow& flow) {
    const Block& fence = m_context.tree[index];
    const std::string_view info = m_context.tree.info(index);
    const std::string_view label = info.substr(0, info.find_first_of(" \t{"));
    if (!fence.isFenced || m_context.laneOf(m_section) == Lane::Reference) {
        flow.forgetLeadIn();
        return;
    }
    const SourceRange range{fence.first, fence.last};
    if (!flow.similarity.isEmpty() && flow.step >= 0) {
        const QString text =
            flow.similarity + u'\n' + toString(trimmed(m_context.tree.literal(index)));
        m_builder.addExpectation(flow.step, {ExpectationKind::Similar, text, range.first + 1});
        flow.similarity.clear();
        return;
    }
    FenceContent content = readFence(m_context.tree.literal(index), range.first + 1, label);
    const bool isExpected = flow.expectsNext && flow.step >= 0;
    if (isExpected && (content.role != FenceContent::Role::Commands || label.empty())) {
        m_builder.addExpectation(
            flow.step, classifyExpectation(m_context.tree.literal(index), range.first + 1));
        flow.forgetLeadIn();
        return;
    }
    if (content.role == FenceContent::Role::Assignments) {
        m_context.book.variables += content.assignments;
    }
    if (content.role == FenceContent::Role::Commands) {
        const Options options = optionsFromFence(m_context, range.first);
        placeFence(std::move(content), options, range, place, flow);
    }
    flow.forgetLeadIn();
}

void FenceSteps::placeFence(FenceContent content, const Options& options, SourceRange range,
                            const Place& place, Flow& flow) {
    const bool isChoice = flow.fenceStep >= 0 && vocabulary::opensChoice(flow.leadIn);
    int step = place.parent;
    if (step < 0 || (flow.listStep >= 0 && flow.leadIn.empty())) {
        step = flow.listStep;
    }
    if (isChoice) {
        step = flow.fenceStep;
    } else if (step < 0) {
        step = addImplicitStep(content, options, range, place, flow);
    }
    if (isGroupChoice(content.command.groups)) {
        addGroupChoices(step, content, options, range);
    } else {
        m_builder.addCommands(step, std::move(content), options, range);
        if (isChoice) {
            m_builder.makeChoice(step, toString(withoutColon(flow.leadIn)));
        }
    }
    flow.step = step;
    flow.fenceStep = step;
    flow.listStep = -1;
}

void FenceSteps::addGroupChoices(int step, const FenceContent& content, const Options& options,
                                 SourceRange range) {
    for (const CommandGroup& group : content.command.groups) {
        FenceContent one = readFence(group.text.toStdString(), group.line, "sh");
        one.command.language = content.command.language;
        m_builder.addCommands(step, std::move(one), options, range);
        m_builder.makeChoice(step, group.title);
    }
    m_builder[step].commands.first().choice = content.command.groups.first().title.isEmpty()
                                                  ? QStringLiteral("Option 1")
                                                  : content.command.groups.first().title;
    for (const Expectation& expectation : content.expectations) {
        m_builder.addExpectation(step, expectation);
    }
}

int FenceSteps::addImplicitStep(const FenceContent& content, const Options& options,
                                SourceRange range, const Place& place, const Flow& flow) {
    QString title = options.text(QLatin1String("name"));
    SourceRange whole = range;
    if (!flow.leadIn.empty()) {
        title = title.isEmpty() ? toString(withoutColon(flow.leadIn)) : title;
        whole.first = flow.leadInLine;
    }
    const QString comment =
        content.command.groups.isEmpty() ? QString() : content.command.groups.first().title;
    if (title.isEmpty() && m_section >= 0 && !m_isHeadingUsed) {
        title = m_context.book.sections[m_section].title;
        m_isHeadingUsed = true;
    } else if (title.isEmpty()) {
        title = !comment.isEmpty() ? comment : content.command.text.section(u'\n', 0, 0);
    }
    const std::string text = title.toStdString();
    const int step =
        m_builder.add({m_section, place.parent, place.depth}, text, whole, Origin::Inferred);
    m_builder[step].body = m_builder.bodyOf(whole, 0);
    return step;
}

} // namespace models

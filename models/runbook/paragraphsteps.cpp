// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/paragraphsteps.h"

#include "models/runbook/conditionitems.h"
#include "models/runbook/expectationtext.h"
#include "models/runbook/itemtext.h"

#include <algorithm>

namespace models {

namespace {

/// The sentence at the end of a paragraph of several lines, on one line. A line that opens with
/// a verb, or stands behind a colon, is a sentence of its own.
std::string lastSentence(std::string_view text) {
    constexpr std::size_t shortest = 16; // "For example:" says nothing alone
    if (text.find('\n') == text.npos) {
        return std::string(text);
    }
    std::size_t start = 0;
    for (std::size_t at = 1; at + shortest < text.size(); ++at) {
        const char before = text[at - 1];
        const bool isUpper = text[at + 1] >= 'A' && text[at + 1] <= 'Z';
        const bool isEnd = (text[at] == ' ' || text[at] == '\n') && before == '.' && isUpper;
        const bool opensLine =
            text[at] == '\n' &&
            (before == ':' || (isUpper && vocabulary::startsImperatively(text.substr(at + 1))));
        start = isEnd || opensLine ? at + 1 : start;
    }
    std::string sentence(text.substr(start));
    std::replace(sentence.begin(), sentence.end(), '\n', ' ');
    return sentence;
}

} // namespace

void ParagraphSteps::visit(int index, const Place& place, Flow& flow) {
    const std::string_view text = m_context.plainText(index, m_text);
    const int line = m_context.tree[index].first;
    flow.forgetLeadIn();
    flow.listStep = -1;
    if (readExpectation(text, line, flow) || readGate(text, index, place, flow) ||
        readCriteria(m_context, text, line, m_section)) {
        return;
    }
    if (!m_context.hasFences && m_context.laneOf(m_section) != Lane::Reference) {
        readBareLines(index, place, flow);
    }
    if (!text.empty() && (text.back() == ':' || isBold(index))) {
        const std::size_t lastLine = text.rfind('\n');
        flow.leadIn = lastSentence(text);
        flow.leadInLine = line;
        flow.leadInPurpose =
            vocabulary::purposeOfLeadIn(lastLine == text.npos ? text : text.substr(lastLine + 1));
    } else if (vocabulary::opensChoice(text)) {
        flow.leadIn = text.substr(0, text.find('\n'));
        flow.leadInLine = line;
    }
}

bool ParagraphSteps::isBold(int paragraph) const {
    const std::string_view line = m_context.source.line(m_context.tree[paragraph].first);
    TitleBuffer buffer;
    return (line.find("**") != line.npos || line.find("__") != line.npos) &&
           readItemText(m_context, paragraph, buffer).isOnlyStrong;
}

bool ParagraphSteps::readExpectation(std::string_view text, int line, Flow& flow) {
    if (flow.step < 0 || text.size() > 2000) {
        return false;
    }
    const auto expected = expectedPart(text.substr(0, text.find('\n')));
    if (!expected) {
        return false;
    }
    const bool isLabel = expected->empty();
    const std::size_t more = text.find('\n');
    if (isLabel && more == text.npos) {
        flow.expectsNext = true;
    } else {
        // As written where it is one line: backticks tell a literal from prose.
        const auto raw = expectedPart(m_context.source.line(line));
        const bool isRaw = !isLabel && more == text.npos && raw && !raw->empty();
        const std::string_view rest = isLabel ? text.substr(more + 1) : isRaw ? *raw : *expected;
        m_builder.addExpectation(flow.step, classifyExpectation(rest, isLabel ? line + 1 : line));
    }
    return true;
}

bool ParagraphSteps::readGate(std::string_view text, int index, const Place& place, Flow& flow) {
    const bool mayGate = place.parent < 0 && m_context.book.kind != DocumentKind::History &&
                         (m_context.laneOf(m_section) == Lane::Main || m_isBehindRule);
    if (!mayGate || !vocabulary::isStop(text)) {
        return false;
    }
    const Block& paragraph = m_context.tree[index];
    TitleBuffer buffer;
    const int step = m_builder.add(
        Place{m_section, place.parent, place.depth}, readItemText(m_context, index, buffer).title,
        {paragraph.first, m_context.lastLineOf(paragraph)}, Origin::Inferred);
    m_builder[step].kind = StepKind::Gate;
    m_builder[step].lane = Lane::Main;
    m_builder[step].urgent = true;
    m_builder[step].body = m_builder.bodyOf(m_builder[step].range, paragraph.column - 1);
    flow.step = step;
    return true;
}

void ParagraphSteps::readBareLines(int index, const Place& place, Flow& flow) {
    for (const ProseLine& line : proseLines(m_context, index)) {
        if (line.kind == ProseLine::Kind::Expectation) {
            if (flow.step >= 0) {
                m_builder.addExpectation(flow.step, classifyExpectation(line.text, line.number));
            }
            continue;
        }
        if (line.kind == ProseLine::Kind::Text) {
            continue;
        }
        const SourceRange range{line.number, line.number};
        const int step = m_builder.add(Place{m_section, place.parent, place.depth}, line.title,
                                       range, Origin::Inferred);
        m_builder[step].body = toString(line.title);
        giveProse(step, line);
        flow.step = step;
    }
}

void ParagraphSteps::giveProse(int step, const ProseLine& line) {
    if (m_builder[step].lane == Lane::Reference) {
        return;
    }
    if (line.kind == ProseLine::Kind::Http) {
        m_builder[step].kind = StepKind::Http;
        m_builder[step].http = line.http;
        if (!line.expected.empty()) {
            m_builder.addExpectation(step, classifyExpectation(line.expected, line.number));
        }
        return;
    }
    FenceContent content = readFence(line.text, line.number, "sh");
    content.command.language.clear();
    content.command.asWritten = line.isWhole;
    m_builder.addCommands(step, std::move(content), {}, {line.number, line.number});
}

} // namespace models

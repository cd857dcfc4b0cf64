// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/steppass.h"

#include "models/runbook/commandtext.h"
#include "models/runbook/conditionitems.h"
#include "models/runbook/expectationtext.h"
#include "models/runbook/fencesteps.h"
#include "models/runbook/itemtext.h"
#include "models/runbook/listrole.h"
#include "models/runbook/paragraphsteps.h"
#include "models/runbook/proselines.h"
#include "models/runbook/stepbuilder.h"
#include "models/runbook/stepflow.h"
#include "models/runbook/tablepass.h"

#include <algorithm>

namespace models {

namespace {

using vocabulary::Purpose;

class StepPass {
public:
    explicit StepPass(ParseContext& context)
        : m_context(context)
        , m_builder(context)
        , m_fences(context, m_builder)
        , m_paragraphs(context, m_builder) {}

    void run() {
        Flow flow;
        visitChildren(0, {}, flow);
        m_context.book.counts.commands = m_builder.commandCount();
    }

private:
    using Place = StepBuilder::Place;

    [[nodiscard]] const Block& block(int index) const { return m_context.tree[index]; }
    [[nodiscard]] SectionTraits traits() const {
        return m_section < 0 ? SectionTraits() : m_context.traits[std::size_t(m_section)];
    }
    [[nodiscard]] Place inSection(Place place) const {
        place.section = m_section;
        return place;
    }

    void visitChildren(int index, Place place, Flow& flow) {
        for (int child = block(index).firstChild; child >= 0; child = block(child).next) {
            visit(child, place, flow);
        }
    }

    void visit(int index, Place place, Flow& flow) {
        switch (block(index).type) {
        case BlockType::Heading:
            ++m_section;
            m_fences.enterSection(m_section);
            m_paragraphs.enterSection(m_section);
            flow = Flow();
            flow.step = place.parent;
            break;
        case BlockType::Paragraph:
            m_paragraphs.visit(index, place, flow);
            break;
        case BlockType::List:
            visitList(index, place, flow);
            break;
        case BlockType::Code:
            m_fences.visit(index, place, flow);
            break;
        case BlockType::Html:
            visitHtml(index, flow);
            break;
        case BlockType::Table:
            visitTable(index, place);
            flow.forgetLeadIn();
            break;
        case BlockType::Quote:
            visitChildren(index, place, flow);
            break;
        case BlockType::Rule:
            // What follows a rule at the end speaks of the whole document again.
            m_paragraphs.passRule();
            flow = Flow();
            break;
        case BlockType::Document:
        case BlockType::Item:
        case BlockType::Row:
        case BlockType::Cell:
        case BlockType::Other:
            break;
        }
    }

    void visitHtml(int index, Flow& flow) {
        const auto annotation = annotationFromComment(m_context.tree.literal(index));
        if (!annotation) {
            return;
        }
        if (annotation->key == u"expected_similarity") {
            flow.similarity = annotation->value;
        } else if (flow.step >= 0) {
            m_builder.annotate(flow.step, *annotation, block(index).first);
        }
    }

    void visitTable(int index, const Place& place) {
        for (const TableStep& row : readTable(m_context, index, m_section)) {
            const int step =
                m_builder.add(inSection(place), row.title, {row.line, row.line}, Origin::Inferred);
            m_builder[step].wasChecked = row.wasChecked;
            if (!row.owner.isEmpty()) {
                m_builder[step].options.values.insert(QStringLiteral("owner"), row.owner);
            }
            m_builder[step].body = m_builder[step].title;
        }
    }

    // --- lists ----------------------------------------------------------------------------------

    void visitList(int index, const Place& place, Flow& flow) {
        const ListRole role = roleOfList(m_context, index, m_section, flow.leadInPurpose);
        bool areExpected = flow.expectsNext && flow.step >= 0;
        const int speaksOf = flow.step;
        const int outerNumber = flow.lastNumber;
        int previous = 0;
        Place here = place;
        for (int item = block(index).firstChild; item >= 0; item = block(item).next) {
            const int number = numberOfItem(m_context, item);
            const bool isRestart = number >= 0 && previous > 0 && number <= previous &&
                                   !(number == 1 && previous == 1);
            if (areExpected && isRestart) {
                areExpected = false; // the outer list goes on: "3." behind "Expected: 1. 2. 3."
            } else if (isRestart && number == 1 && previous == outerNumber + 1 &&
                       flow.listStep >= 0) {
                // A list of its own below the item that took up the outer numbers.
                here = {place.section, flow.listStep, m_builder[flow.listStep].depth + 1};
            }
            previous = number;
            if (areExpected) {
                addExpectedItem(item, speaksOf);
            } else {
                visitItem(item, role, here, flow);
                flow.lastNumber =
                    here.parent == place.parent && number > 0 ? number : flow.lastNumber;
            }
        }
        flow.forgetLeadIn();
        flow.fenceStep = -1;
    }

    void addExpectedItem(int item, int step) {
        const int first = block(item).firstChild;
        if (first < 0 || block(first).type != BlockType::Paragraph) {
            return;
        }
        // As written: backticks tell a literal from prose.
        const std::string_view text =
            m_context.source.lines(block(first).first, m_context.lastLineOf(block(first)));
        const std::string_view line = m_context.firstLineOf(m_context.tree[item]);
        m_builder.addExpectation(
            step,
            classifyExpectation(text.find('\n') == text.npos ? line : text, block(item).first));
    }

    [[nodiscard]] bool holdsCommands(int item) const {
        for (int child = block(item).firstChild; child >= 0; child = block(child).next) {
            if (block(child).type == BlockType::Code && block(child).isFenced) {
                const std::string_view info = m_context.tree.info(child);
                const std::string_view label = info.substr(0, info.find_first_of(" \t{"));
                return isShellLabel(label) ||
                       readFence(m_context.tree.literal(child), 1, label).role ==
                           FenceContent::Role::Commands;
            }
        }
        return false;
    }

    [[nodiscard]] bool isStepItem(int item, ListRole role, const ItemText& text) const {
        if (block(item).isTask) {
            return true;
        }
        if (role == ListRole::Steps) {
            return !text.title.empty();
        }
        const bool isHistory = m_context.book.kind == DocumentKind::History;
        if (role != ListRole::Notes || m_context.laneOf(m_section) == Lane::Reference ||
            isHistory) {
            return false;
        }
        return holdsCommands(item) || text.title.substr(0, 3) == "☐" || !text.annotations.empty();
    }

    void visitItem(int item, ListRole role, const Place& place, Flow& flow) {
        const int first = block(item).firstChild;
        const bool hasText = first >= 0 && block(first).type == BlockType::Paragraph;
        TitleBuffer buffer;
        const ItemText text = readTitle(m_context, item, buffer);
        flow.listStep = -1;
        if (role == ListRole::Conditions) {
            addConditions(m_context, item, m_section);
            return;
        }
        if (role == ListRole::Risks && !block(item).isTask) {
            m_context.book.risks.append({toString(text.title), QString(), block(item).first});
            return;
        }
        const bool hasProse =
            hasText && !m_context.hasFences && m_context.laneOf(m_section) != Lane::Reference;
        const std::vector<ProseLine> lines =
            hasProse ? proseLines(m_context, first) : std::vector<ProseLine>();
        const bool hasCommand = std::any_of(lines.begin(), lines.end(), [](const ProseLine& line) {
            return line.kind == ProseLine::Kind::Command || line.kind == ProseLine::Kind::Http;
        });
        if (!hasCommand && !isStepItem(item, role, text)) {
            addThreshold(m_context, text.title, block(item).first, m_section);
            Flow inner;
            visitRest(item, first, hasText, place, inner);
            return;
        }
        makeItemStep(item, text, lines, place, flow);
    }

    void makeItemStep(int item, const ItemText& text, const std::vector<ProseLine>& lines,
                      const Place& place, Flow& flow) {
        const Block& entry = block(item);
        const SourceRange range{entry.first, m_context.lastLineOf(entry)};
        std::string buffer;
        const std::string_view title = titleOf(text, lines, buffer);
        const int step = m_builder.add(inSection(place), title, range,
                                       entry.isTask ? Origin::Written : Origin::Inferred);
        m_builder[step].wasChecked = entry.isChecked;
        addThreshold(m_context, text.title, entry.first, m_section);
        if (text.hasOpenComment) {
            reportOpenComment(entry.first);
        }
        for (const Annotation& annotation : text.annotations) {
            m_builder.annotate(step, annotation, entry.first);
        }
        readItemCommands(step, text, lines, entry.first);
        if (!text.link.empty()) {
            m_builder.setLink(step, text.link);
        }
        Flow inner;
        inner.step = step;
        const int before = int(m_context.book.steps.size());
        Place below{m_section, step, place.depth + 1};
        below.depth = m_builder[step].depth + 1;
        visitRest(item, entry.firstChild, !text.title.empty() || !text.annotations.empty(), below,
                  inner);
        const bool hasChildren = int(m_context.book.steps.size()) > before;
        SourceRange own = range;
        if (hasChildren) {
            own.last = std::max(own.first, m_context.book.steps[before].range.first - 1);
        }
        m_builder[step].body = m_builder.bodyOf(own, entry.column - 1);
        flow.step = step;
        flow.listStep = step;
    }

    void visitRest(int item, int first, bool skipsFirst, const Place& place, Flow& flow) {
        const bool isParagraph = first >= 0 && block(first).type == BlockType::Paragraph;
        for (int child = block(item).firstChild; child >= 0; child = block(child).next) {
            if (child == first && isParagraph && skipsFirst) {
                if (block(child).next >= 0) {
                    readTitleLeadIn(child, flow);
                }
                continue;
            }
            visit(child, place, flow);
        }
    }

    /// An item's own text is the lead-in of the list in it: "Rules:" as well as "Set the
    /// variables:".
    void readTitleLeadIn(int paragraph, Flow& flow) {
        const std::string_view text = m_context.plainText(paragraph, m_text);
        if (!text.empty() && text.back() == ':') {
            flow.leadInPurpose = vocabulary::purposeOfLeadIn(text.substr(text.rfind('\n') + 1));
        }
        if (const auto expected = expectedPart(text); expected && expected->empty()) {
            flow.expectsNext = true;
        }
    }

    /// Lives as long as the text and `title`, which it may be put into.
    [[nodiscard]] static std::string_view
    titleOf(const ItemText& text, const std::vector<ProseLine>& lines, std::string& title) {
        const bool hasCommand = text.annotations.empty() &&
                                std::any_of(lines.begin(), lines.end(), [](const ProseLine& line) {
                                    return line.kind != ProseLine::Kind::Text;
                                });
        if (!hasCommand) {
            return withoutColon(text.title);
        }
        for (const ProseLine& line : lines) {
            if (line.kind == ProseLine::Kind::Text ||
                (title.empty() && line.kind != ProseLine::Kind::Expectation)) {
                title += (title.empty() ? "" : " ") + std::string(line.title);
            } else if (!line.isWhole && line.kind == ProseLine::Kind::Command) {
                title += " " + std::string(line.title);
            }
        }
        return withoutColon(title);
    }

    void readItemCommands(int step, const ItemText& text, const std::vector<ProseLine>& lines,
                          int first) {
        bool hasOwnLines = false;
        for (const ProseLine& line : lines) {
            if (line.kind == ProseLine::Kind::Expectation) {
                m_builder.addExpectation(step, classifyExpectation(line.text, line.number));
            } else if (line.kind != ProseLine::Kind::Text) {
                m_paragraphs.giveProse(step, line);
                hasOwnLines = true;
            }
        }
        // Rule 8: inline code runs where the item says so, or is nothing else.
        const bool mayRun = text.isOnlyCode || vocabulary::startsWithRunVerb(text.title);
        if (hasOwnLines || text.code.empty() || !mayRun || !startsWithTool(text.code) ||
            text.code.find(' ') == std::string::npos) {
            return;
        }
        FenceContent content = readFence(text.code, first, "sh");
        content.command.language.clear();
        m_builder.addCommands(step, std::move(content), {}, {first, first});
    }

    void reportOpenComment(int line) {
        const std::string_view text = m_context.source.line(line);
        const std::size_t at = text.find("<!--");
        m_context.diagnose(line, columnOf(text, at == text.npos ? 0 : at), Severity::Warning,
                           QStringLiteral("This comment is not read: a comment cannot hold \"--\". "
                                          "Put the command into a fence and give its name here."));
    }

    ParseContext& m_context;
    StepBuilder m_builder;
    FenceSteps m_fences;
    ParagraphSteps m_paragraphs;
    std::string m_text;
    int m_section = -1;
};

} // namespace

void readSteps(ParseContext& context) {
    const std::vector<Block>& blocks = context.tree.blocks();
    const auto mayBeStep = [](const Block& one) { return one.isTask || one.isFenced; };
    context.book.steps.reserve(std::count_if(blocks.begin(), blocks.end(), mayBeStep));
    StepPass(context).run();
}

} // namespace models

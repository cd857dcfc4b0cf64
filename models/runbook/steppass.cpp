// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/steppass.h"

#include "models/runbook/commandtext.h"

namespace models {

namespace {

class StepPass {
public:
    explicit StepPass(ParseContext& context)
        : m_context(context) {}

    void run() { visitChildren(0, -1, 0); }

private:
    [[nodiscard]] const Block& block(int index) const { return m_context.tree[index]; }

    void visitChildren(int index, int parent, int depth) {
        for (int child = block(index).firstChild; child >= 0; child = block(child).next) {
            visit(child, parent, depth);
        }
    }

    void visit(int index, int parent, int depth) {
        switch (block(index).type) {
        case BlockType::Heading:
            ++m_section;
            break;
        case BlockType::Code:
            visitFence(index, parent);
            break;
        case BlockType::Item:
            visitItem(index, parent, depth);
            break;
        case BlockType::List:
        case BlockType::Quote:
            visitChildren(index, parent, depth);
            break;
        default:
            break;
        }
    }

    void visitItem(int index, int parent, int depth) {
        const Block& item = block(index);
        if (!item.isTask) {
            visitChildren(index, parent, depth);
            return;
        }
        Step step;
        step.lane = m_context.laneOf(m_section);
        step.section = m_section;
        step.depth = depth;
        step.parent = parent;
        step.range = {item.first, m_context.lastLineOf(item)};
        step.wasChecked = item.isChecked;
        if (item.firstChild >= 0 && block(item.firstChild).type == BlockType::Paragraph) {
            std::string title;
            m_context.tree.appendPlainText(item.firstChild, title);
            step.title = toString(title).simplified();
        }
        const int made = int(m_context.book.steps.size());
        m_context.book.steps.append(step);
        visitChildren(index, made, depth + 1);
    }

    void visitFence(int index, int parent) {
        const std::string_view info = m_context.tree.info(index);
        const std::string_view label = info.substr(0, info.find_first_of(" \t{"));
        if (fenceKind(label) != FenceKind::Shell || parent < 0) {
            return;
        }
        Command command;
        command.line = block(index).first + 1;
        command.language = toString(label).toLower();
        command.text = toString(m_context.tree.literal(index));
        Step& step = m_context.book.steps[parent];
        step.kind = StepKind::Command;
        step.commands.append(command);
    }

    ParseContext& m_context;
    int m_section = -1;
};

} // namespace

void readSteps(ParseContext& context) {
    StepPass(context).run();
}

} // namespace models

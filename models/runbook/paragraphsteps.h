// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/proselines.h"
#include "models/runbook/stepbuilder.h"
#include "models/runbook/stepflow.h"

namespace models {

/// Reads what paragraphs say: expectations, gates, criteria, lead-ins, and in a document without
/// fences the commands on lines of their own (rules 9 and 13; contracts part 8).
class ParagraphSteps {
public:
    ParagraphSteps(ParseContext& context, StepBuilder& builder)
        : m_context(context)
        , m_builder(builder) {}

    void enterSection(int section) {
        m_section = section;
        m_isBehindRule = false;
    }
    /// What follows a rule speaks of the whole document again, whatever the section's lane.
    void passRule() { m_isBehindRule = true; }

    void visit(int index, const StepBuilder::Place& place, Flow& flow);
    /// Gives a step the command or the request of a line of prose.
    void giveProse(int step, const ProseLine& line);

private:
    using Place = StepBuilder::Place;

    [[nodiscard]] bool isBold(int paragraph) const;
    bool readExpectation(std::string_view text, int line, Flow& flow);
    bool readGate(std::string_view text, int index, const Place& place, Flow& flow);
    /// A document without fences: lines that start with a tool are commands.
    void readBareLines(int index, const Place& place, Flow& flow);

    ParseContext& m_context;
    StepBuilder& m_builder;
    std::string m_text; ///< memory of the paragraph being read
    int m_section = -1;
    bool m_isBehindRule = false;
};

} // namespace models

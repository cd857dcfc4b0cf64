// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/stepbuilder.h"
#include "models/runbook/stepflow.h"

namespace models {

/// Gives fences to the steps that they belong to, or makes steps of them (rule 4; contracts part 2
/// for choices).
class FenceSteps {
public:
    FenceSteps(ParseContext& context, StepBuilder& builder)
        : m_context(context)
        , m_builder(builder) {}

    void enterSection(int section);
    void visit(int fence, const StepBuilder::Place& place, Flow& flow);

private:
    using Place = StepBuilder::Place;

    void placeFence(FenceContent content, const Options& options, SourceRange range,
                    const Place& place, Flow& flow);
    void addGroupChoices(int step, const FenceContent& content, const Options& options,
                         SourceRange range);
    int addImplicitStep(const FenceContent& content, const Options& options, SourceRange range,
                        const Place& place, const Flow& flow);

    ParseContext& m_context;
    StepBuilder& m_builder;
    int m_section = -1;
    bool m_isHeadingUsed = false; ///< a step is named by this section's heading already
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/annotations.h"
#include "models/runbook/expectationtext.h"
#include "models/runbook/fence.h"
#include "models/runbook/parsecontext.h"
#include "models/runbook/stepids.h"

namespace models {

enum class Origin { Written, Inferred };

/// Makes and fills steps. Steps are named by their index into Runbook::steps.
class StepBuilder {
public:
    explicit StepBuilder(ParseContext& context)
        : m_context(context)
        , m_ids(context.book.sections, context.book.steps.capacity()) {}

    struct Place {
        int section = -1;
        int parent = -1;
        int depth = 0;
    };
    /// A manual step whose kind follows from its title's wording (rules 11 and 13).
    int add(const Place& place, std::string_view title, SourceRange range, Origin origin);

    /// The first link in the title of the newest step.
    void setLink(int step, std::string_view address);
    /// Gives a step the commands of a fence, an inline command or a bare line. In a reference lane
    /// nothing is kept: what is only to be read never runs.
    void addCommands(int step, FenceContent content, const Options& options, SourceRange range);
    /// Marks the newest command, and the only one before it, as ways to do the same.
    void makeChoice(int step, const QString& choice);
    void addExpectation(int step, const Expectation& expectation);
    void annotate(int step, const Annotation& annotation, int line);

    /// The source lines of a step without the indentation of the item they stand in.
    [[nodiscard]] QString bodyOf(SourceRange range, int indent) const;

    [[nodiscard]] Step& operator[](int step) { return m_context.book.steps[step]; }
    [[nodiscard]] int commandCount() const { return m_commandCount; }

private:
    void refineKind(Step& step, std::string_view title);

    ParseContext& m_context;
    StepIds m_ids;
    int m_commandCount = 0;
};

/// The time in "Wait 24 hours" or "wait for 5 minutes", zero where there is none.
[[nodiscard]] std::chrono::milliseconds waitFromText(std::string_view text);

} // namespace models

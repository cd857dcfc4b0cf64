// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <optional>

namespace app {

/// "Run all" and "Run section": which step is to be started next, and when and why it comes to an
/// end. Stops at the first thing that needs a person. Asked after every change of the state; each
/// question costs what lies between the last step and the next.
class AutoRunner {
public:
    struct Start {
        models::StepId step;
    };
    struct Stop {
        models::StepId step; ///< empty: everything is done
        QString reason;
    };
    /// Nothing yet: a step is under way.
    struct Wait {};
    using Turn = std::variant<Start, Stop, Wait>;

    /// Of the plan's main lane, or of one section with those below it.
    void begin(std::optional<int> section);
    void end() { m_active = false; }
    [[nodiscard]] bool isActive() const { return m_active; }

    [[nodiscard]] Turn next(const models::RunState& state);

private:
    [[nodiscard]] bool isWithin(const models::Plan& plan, int planIndex) const;
    [[nodiscard]] std::optional<Turn> afterLast(const models::RunState& state) const;

    bool m_active = false;
    std::optional<int> m_section;
    int m_last = -1; ///< the step that was started last, or before which nothing is open
    bool m_started = false;
};

} // namespace app

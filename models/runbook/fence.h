// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <string_view>

namespace models {

/// What a fence that might run turns out to hold.
struct FenceContent {
    enum class Role {
        Commands,
        Assignments, ///< KEY=value only: variables
        Text,        ///< output, a diagram, a configuration: never runs
    };
    Role role = Role::Text;
    Command command;
    QList<Expectation> expectations;
    QList<VariableDeclaration> assignments;
    int commandCount = 0; ///< logical lines that do something
};

/// Reads the content of a fence (rules 4, 9, 13, 14). `line` is the first of the content.
/// `label` is the fence's language; without one only what begins with a prompt or a tool runs.
[[nodiscard]] FenceContent readFence(std::string_view content, int line, std::string_view label);

} // namespace models

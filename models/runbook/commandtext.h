// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <string_view>

namespace models {

enum class FenceKind {
    Shell,      ///< labelled as a shell
    Unlabelled, ///< may be a command, output, a diagram
    Other,      ///< a data language: never runs
};

/// From a fence's label, in any case; `isCounted` labels are those of "shell_blocks".
[[nodiscard]] FenceKind fenceKind(std::string_view label);
[[nodiscard]] bool isShellLabel(std::string_view label);

} // namespace models

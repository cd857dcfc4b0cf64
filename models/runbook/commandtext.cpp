// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/commandtext.h"

#include <algorithm>
#include <array>

namespace models {

bool isShellLabel(std::string_view label) {
    static constexpr auto labels =
        std::to_array<std::string_view>({"sh", "bash", "shell", "zsh", "console", "terminal",
                                         "shell-session", "azurecli", "azurecli-interactive"});
    return std::any_of(labels.begin(), labels.end(), [&](std::string_view known) {
        return known.size() == label.size() &&
               std::equal(known.begin(), known.end(), label.begin(), [](char a, char b) {
                   return a == (b >= 'A' && b <= 'Z' ? char(b + 32) : b);
               });
    });
}

FenceKind fenceKind(std::string_view label) {
    if (label.empty()) {
        return FenceKind::Unlabelled;
    }
    return isShellLabel(label) ? FenceKind::Shell : FenceKind::Other;
}

} // namespace models

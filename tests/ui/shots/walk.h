// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace tests {

/// Runs the event loop until the condition holds; where it never does, what it is about is said on
/// standard error.
[[nodiscard]] bool waitFor(const char* what, const std::function<bool()>& condition);
/// By mouse, the button of this name that can be pressed in any window.
[[nodiscard]] bool press(const char* buttonName);
/// Answers every dialog with no, and waits until it is gone.
void closeDialogs();

} // namespace tests

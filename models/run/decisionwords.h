// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

struct Event;

/// "what: why", where there is a why.
[[nodiscard]] QString withReason(const QString& what, const QString& why);

/// What a person decided, in words, without who it was and of which step; empty for what is no
/// decision.
[[nodiscard]] QString decisionWords(const Event& event);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/isolation.h"

#include <QString>

#include <vector>

namespace ui {

/// "Pass", "Fail", "Unknown": to stand beside the glyph.
[[nodiscard]] QString contractWord(models::Verdict verdict);

/// All rules of isolation in one line, the worst first, each with how old it is.
struct IsolationLine {
    QString words; ///< empty: there are no rules
    models::Verdict worst = models::Verdict::Unknown;
};
[[nodiscard]] IsolationLine isolationLine(std::vector<models::IsolationReading> rules,
                                          models::Instant now);

} // namespace ui

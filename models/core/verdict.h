// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// Three-valued: what could not be seen is Unknown, never Pass.
enum class Verdict { Pass, Fail, Unknown };

[[nodiscard]] QString verdictName(Verdict verdict); ///< "PASS", as shown and stored
/// Unknown where the text is no verdict's name.
[[nodiscard]] Verdict verdictFromName(QStringView name);

/// A verdict with its reason and what was observed, both for a person to read.
struct Finding {
    Verdict verdict = Verdict::Unknown;
    QString reason;
    QString observed;

    bool operator==(const Finding&) const = default;
};

} // namespace models

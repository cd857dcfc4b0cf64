// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QStringList>

namespace ui {

/// What is known of an attempt whose outcome is not, for a person to read.
struct Evidence {
    QStringList facts; ///< sentences
    QString verbatim;  ///< what no sentence says; empty where there is nothing more

    bool operator==(const Evidence&) const = default;
};
[[nodiscard]] Evidence evidenceOf(const models::Attempt& attempt);

/// A sentence for each expectation that the attempt did not meet, with its line.
[[nodiscard]] QStringList unmetExpectations(const models::Attempt& attempt);

} // namespace ui

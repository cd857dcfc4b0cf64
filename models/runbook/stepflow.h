// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/vocabulary.h"

#include <QString>

#include <string>

namespace models {

/// What stands in front of a block among its siblings.
struct Flow {
    int step = -1;      ///< the newest step of this container, which "Expected:" speaks of
    int listStep = -1;  ///< of the last item of the list directly in front: a fence belongs to it
    int fenceStep = -1; ///< that the fence in front made or joined, for "Or:"
    int lastNumber = 0; ///< of the newest numbered item that is a step
    bool expectsNext = false; ///< "Expected:" directly in front
    QString similarity;       ///< of "expected_similarity" directly in front
    vocabulary::Purpose leadInPurpose = vocabulary::Purpose::Unclear;
    std::string leadIn; ///< a line that ends with ":" or is bold, directly in front
    int leadInLine = 0;

    void forgetLeadIn() {
        leadIn.clear();
        leadInPurpose = vocabulary::Purpose::Unclear;
        expectsNext = false;
    }
};

/// A title without the colon that leads over to what follows.
[[nodiscard]] std::string_view withoutColon(std::string_view text);

} // namespace models

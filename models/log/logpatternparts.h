// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8

#include "models/log/logpattern.h"
#include "models/log/patternchain.h"

#include <hs/hs.h>
#include <pcre2.h>

namespace models {

/// What a matcher is made of; only the files that match include it.
struct LogMatcher::Parts {
    std::optional<LiteralFinder> literal;  ///< the whole pattern, where it is a text
    std::optional<LiteralFinder> required; ///< in every line that the expression matches
    std::optional<PatternChain> chain;     ///< the whole pattern, where it is one
    pcre2_code* code = nullptr;            ///< of every expression: it decides
    hs_database_t* database = nullptr; ///< finds at least all that code does, on many lines at once
    bool isCertain = false;            ///< what database finds is a match within one line
    hs_scratch_t* scratch = nullptr;   ///< to be cloned

    Parts() = default;
    ~Parts();
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
};

} // namespace models

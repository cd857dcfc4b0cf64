// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace models {

/// What an attempt showed.
struct Observed {
    std::optional<int> exitCode;
    QByteArray out;
    QByteArray err;
    QString script; ///< a bare number is a status only where the script asked curl to print it
};

/// Holds an expectation against what was observed. Only what was seen passes: without an observed
/// status line, with no output, or for a text that only a person can judge, it is Unknown.
[[nodiscard]] Finding checkExpectation(const Expectation& expectation, const Observed& observed);

[[nodiscard]] QJsonObject expectationResultToJson(const ExpectationResult& result);
[[nodiscard]] ExpectationResult expectationResultFromJson(const QJsonObject& object);

} // namespace models

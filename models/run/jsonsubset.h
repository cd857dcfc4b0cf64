// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"

#include <QJsonValue>

namespace models {

/// Whether actual holds everything that expected asks for, which may have "..." for anything and,
/// at the end of an array, for any more; the reason names the path that differs. observed is whole.
[[nodiscard]] Finding matchJsonSubset(const QJsonValue& expected, const QJsonValue& actual);

/// As much of what was observed, or expected, as a sentence can hold.
[[nodiscard]] QString shortText(const QString& text);
/// On one line; "nothing" for what is not there.
[[nodiscard]] QString jsonText(const QJsonValue& value);

} // namespace models

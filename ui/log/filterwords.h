// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"

#include <QString>

namespace ui {

/// What a chip says of one part of a filter: as it is written, but for times, which are said in the
/// zone of the setting: "14:02:10–14:03:00".
[[nodiscard]] QString chipWords(const models::LogFilter& part);
/// The same as a sentence: "Only lines with \"timeout\"", "No lines of portal". Plain text.
[[nodiscard]] QString filterSentence(const models::LogFilter& part);
/// "Warning and worse", "Error, Info"; in words that are shown.
[[nodiscard]] QString levelsWords(models::LevelSet levels);
/// "14:02:10–14:03:00"; with their dates where they are not of one day.
[[nodiscard]] QString timesWords(const models::LogFilter::TimeRange& times);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/sgr.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <cstdint>
#include <string>
#include <vector>

namespace models {

/// An escape sequence that was taken out of a text, and the position before which it stood.
struct Escape {
    std::uint32_t position = 0;
    QByteArrayView sequence;
};

/// A line without what would steer a terminal, and what that was: nothing is lost.
struct StrippedLine {
    std::string text;
    std::string sequences; ///< all of them, one behind the other
    /// Position in text, and where in sequences it ends.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> escapes;
};

/// Takes escape sequences out of a line, and carriage returns at its end. A title or link whose end
/// is not in the line hides no text: only its introducer goes.
void stripEscapes(QByteArrayView raw, StrippedLine& stripped);

/// The line as it was before stripEscapes().
[[nodiscard]] QByteArray restored(QByteArrayView text, const QList<Escape>& escapes);

/// Part of a line that looks alike; start and length count bytes of its text.
struct LogSpan {
    qsizetype start = 0;
    qsizetype length = 0;
    TextStyle style;

    bool operator==(const LogSpan&) const = default;
};

/// The spans with a style other than the default, in order. Each line begins with the default.
[[nodiscard]] QList<LogSpan> spansOf(qsizetype textSize, const QList<Escape>& escapes);

} // namespace models

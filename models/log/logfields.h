// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>

#include <cstdint>

namespace models {

/// A named value in a line; both point into the line and are as they stand there.
struct LogField {
    enum class Kind : std::uint8_t {
        Text,   ///< without its quotes; escapes are not resolved
        Number, ///< and true, false, null
        Nested, ///< a JSON object or array, with its brackets
    };

    QByteArrayView name;
    QByteArrayView value;
    Kind kind = Kind::Text;
};

/// The members of the JSON object that a line is, or the pairs `name=value` and `name="a value"`
/// that it has (logfmt, with whatever stands between). None where it has neither. Nothing is
/// copied.
[[nodiscard]] QList<LogField> fieldsOf(QByteArrayView text);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArrayView>

#include <array>
#include <cstdint>

namespace models {

/// A time at the start of some bytes, and how many bytes it takes; length 0: there is none.
struct LogStamp {
    Instant time;
    qsizetype length = 0;

    bool operator==(const LogStamp&) const = default;
};

/// The RFC 3339 stamp with the blank behind it, as `docker logs -t` and `podman logs -t` put it
/// before each line. A date that no calendar has is no stamp.
[[nodiscard]] LogStamp dockerStamp(QByteArrayView bytes);

/// The same again and again: what one stamp shares with the one before it is not read twice.
class StampReader {
public:
    [[nodiscard]] LogStamp read(QByteArrayView bytes);

private:
    static constexpr qsizetype minuteLength = 16; ///< of 2024-01-31T10:20

    std::array<char, minuteLength> m_minute{};
    std::int64_t m_minuteTime = 0; ///< of the minute in m_minute, in nanoseconds
};

/// A date and time with which a line itself begins: ISO 8601 with 'T' or a blank, '-' or '/' in the
/// date, '.' or ',' before the fraction, in brackets or not. UTC where it names no zone.
[[nodiscard]] LogStamp leadingStamp(QByteArrayView text);

/// The same for one line after the other.
class LeadingStampReader {
public:
    [[nodiscard]] LogStamp read(QByteArrayView text);

private:
    static constexpr qsizetype minuteLength = 16; ///< of 2024-01-31 10:20

    std::array<char, minuteLength> m_minute{};
    /// Since 1970 to the minute in m_minute, whatever its zone; less than a minute before it: none.
    std::int64_t m_minuteSeconds = -61;
};

} // namespace models

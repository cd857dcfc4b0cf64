// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logline.h"

#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <span>

namespace models {

/// How many bytes of a line are looked at for its level.
constexpr qsizetype levelWindow = 128;

/// The level that a line states near its beginning, None where it states none. The first statement
/// counts. Statements are
/// - the value behind a key level, lvl, severity, loglevel in JSON or logfmt: a word, or a number
///   as pino and bunyan write it;
/// - a word in capitals that stands alone: `2024-01-31 10:20:30 ERROR [main]`, `WARN  - `;
/// - a word of any case in brackets, `[error]`, or with a colon at the line's start, `warning:`;
/// - glog's letter with the date, `E0131 10:20:30`, and syslog's `<3>`.
///
/// stamp: so many bytes at the beginning are a time, as leadingStamp() gives them; they state none.
[[nodiscard]] LogLevel recogniseLevel(QByteArrayView text, qsizetype stamp = 0);

/// The same for one line after the other: lines of a source begin alike, and the bytes that stated
/// the level of one state that of most that follow.
class LevelReader {
public:
    [[nodiscard]] LogLevel read(QByteArrayView text, qsizetype stamp = 0);

private:
    /// What stands behind a stamp.
    struct Beginning {
        static constexpr qsizetype size = 24;

        Beginning() = default;
        Beginning(QByteArrayView text, qsizetype stamp);

        std::array<std::uint64_t, size / sizeof(std::uint64_t)> bytes{};
        char before = '\0'; ///< the stamp's last byte; 0 where there is no stamp
    };

    /// So much of a beginning as states a level.
    class Known {
    public:
        Known() = default;
        Known(const Beginning& beginning, qsizetype size, LogLevel stated);

        [[nodiscard]] bool statesFor(const Beginning& other) const;

        LogLevel level = LogLevel::None; ///< None: states nothing yet

    private:
        Beginning m_beginning;
        std::array<std::uint64_t, std::tuple_size_v<decltype(Beginning::bytes)>> m_mask{};
    };

    [[nodiscard]] std::span<Known> likely(const Beginning& beginning);

    static constexpr int setBits = 4;

    std::array<std::array<Known, 4>, 1U << setBits> m_known; ///< by their first bytes, newest first
};

/// The level that a word names, whatever its case: "warn", "WARNING", "crit". None: no level.
[[nodiscard]] LogLevel levelOfWord(QByteArrayView word);

/// The word for a level in a filter and a legend: "warning"; "none" for None.
[[nodiscard]] QByteArrayView levelName(LogLevel level);

} // namespace models

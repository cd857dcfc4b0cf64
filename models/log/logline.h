// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <memory>
#include <optional>

namespace models {

/// Which of a source's two channels a line came from.
enum class LogChannel : std::uint8_t { Stdout, Stderr };

/// How grave a line says it is, in order; None where it says nothing.
enum class LogLevel : std::uint8_t { None, Trace, Debug, Info, Notice, Warning, Error, Fatal };
constexpr int logLevelCount = 8;

/// What happened to a stream between two of its lines. It takes a line number of its own.
struct LogMarker {
    enum class Kind : std::uint8_t {
        Gap,       ///< nothing arrived between from and to; lines may be missing
        Resumed,   ///< the stream goes on where it stopped, after being cut between from and to
        Rotated,   ///< lines are gone from the source before they were read
        Silent,    ///< it had stopped without a word, and was taken up again
        Stopped,   ///< the container, or the command, has ended
        Restarted, ///< the same container runs again
        Successor, ///< what follows comes from another container, which took its place
        Vanished,  ///< the source is gone, and nothing took its place so far
        Failed,    ///< a person has to do something
        ClockBack, ///< the source's time jumped back; at a gap, lines may show twice
        Dropped,   ///< that many lines went past the budget
    };

    Kind kind = Kind::Gap;
    Instant from; ///< by the console's clock
    Instant to;
    std::int64_t lines = 0; ///< of Dropped
    QByteArray words;       ///< for people, UTF-8; empty: the kind and the times say all

    /// How long it was, in nanoseconds; 0 where an end is not known.
    [[nodiscard]] std::int64_t length() const {
        return from.isNull() || to.isNull() ? 0 : to.nanoseconds - from.nanoseconds;
    }

    /// When it was over, else when it began; null where neither is known.
    [[nodiscard]] Instant time() const { return to.isNull() ? from : to; }

    bool operator==(const LogMarker&) const = default;
};

/// One line as searched, selected and shown: without its line end, the delivery's time stamp and
/// escape sequences. Any bytes otherwise, not only UTF-8. Copies share the bytes and keep them.
struct LogLine {
    QByteArrayView text;
    Instant time; ///< null where neither the stamp, the line nor its arrival gave one
    LogLevel level = LogLevel::None;
    LogChannel channel = LogChannel::Stdout;
    bool continues = false;          ///< cut at the greatest length: the next line belongs to it
    std::optional<LogMarker> marker; ///< then text is empty
    /// Owns what text points at: sealed bytes may be packed or dropped while a reader looks on.
    std::shared_ptr<const void> owner;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsink.h"
#include "models/log/logstamp.h"

#include <QByteArrayView>
#include <QHash>

#include <array>
#include <deque>
#include <optional>

namespace app {

/// Joins the pieces of a log that was read in several goes, so that no line is missing and none
/// comes twice. A source can only be asked for its lines from a moment on, and any number of lines
/// can carry one moment, so each go begins a little before the end of the last one, and what was
/// delivered is left out again: of each channel and each timestamp of the last seconds it is known
/// how many lines there were. That holds where
///  - the lines of one channel come in the same order each time,
///  - the source gives the same timestamp to a line each time; its precision does not matter.
/// Pure; knows no clock.
class LogSeam {
public:
    /// Reads the time at the front of a line.
    using Stamp = models::LogStamp (*)(QByteArrayView);

    explicit LogSeam(Stamp stamp = &models::dockerStamp)
        : m_stamp(stamp) {}

    /// What is found out while the ends are being joined.
    enum class Joint {
        None,   ///< nothing is being joined
        Open,   ///< no line came so far that tells
        Whole,  ///< what was delivered last was there again
        Broken, ///< it was not: lines may be missing
    };

    /// Bytes of a channel as they come; gives what is to be delivered. A line is delivered once it
    /// is complete, or longer than a megabyte.
    [[nodiscard]] QByteArray take(models::LogChannel channel, QByteArrayView bytes);
    /// The source has ended: gives a last line without its end, with one.
    [[nodiscard]] QByteArray finish(models::LogChannel channel);
    /// The go is over, wherever it was. The next take() is of a new one from since().
    void cut();
    /// Where the next go has to begin at the latest; none where nothing was delivered so far.
    [[nodiscard]] std::optional<models::Instant> since() const;
    [[nodiscard]] Joint joint() const { return m_joint; }
    /// Of the last line that was delivered, of both channels.
    [[nodiscard]] std::optional<models::Instant> newest() const { return m_newest; }
    /// The source's clock went back within what since() reaches, by more than lines get mixed up.
    [[nodiscard]] bool hasJumpedBack() const;

private:
    /// Lines that carry one timestamp, one behind the other.
    struct Run {
        std::int64_t at = 0;
        qint64 lines = 0;
    };
    /// What came of one channel, and what of it will come again.
    struct Side {
        QByteArray partial;     ///< of a line that is not complete
        bool isInside = false;  ///< a long line's beginning was given, or left out
        bool isLeftOut = false; ///< the line that it is in, or the last one
        std::int64_t insideAt = 0;
        qint64 insideBytes = 0; ///< of it that were given

        std::deque<Run> runs; ///< of the last seconds, as they came
        bool isJoining = false;
        bool hasMatched = false;
        QHash<std::int64_t, qint64> again; ///< lines by timestamp
        std::int64_t againUntil = 0;       ///< the newest of them
        std::optional<Run> begun; ///< line that was given in part: its time, and how many bytes
    };

    void takeLine(Side& side, QByteArrayView line, QByteArray& out);
    void takeLongLine(Side& side, QByteArrayView bytes, QByteArray& out);
    void endLongLine(Side& side, QByteArrayView bytes, QByteArray& out);
    /// How many bytes of the line are to be left out: all, none, or what was given of it before.
    [[nodiscard]] qsizetype leftOut(Side& side, std::int64_t at, qsizetype size, QByteArray& out);
    void endJoining(Side& side, QByteArray& out);
    void count(Side& side, std::int64_t at);

    Stamp m_stamp;
    std::array<Side, 2> m_sides;
    std::optional<models::Instant> m_newest;
    std::int64_t m_floor = 0; ///< of lines before it not all are known any more
    Joint m_joint = Joint::None;
    std::int64_t m_joined = 0; ///< the newest that will come again, of both channels
};

} // namespace app

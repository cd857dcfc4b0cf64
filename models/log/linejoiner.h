// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/log/bytescan.h"
#include "models/log/logline.h"
#include "models/log/logstamp.h"

#include <QByteArrayView>

#include <array>
#include <string>

namespace models {

/// What the delivery puts before each line.
enum class LogPrefix : std::uint8_t {
    None,
    /// The RFC 3339 stamp of `docker logs -t`. Docker reads a container's output 16 KiB at a time
    /// and stamps each part: inside a longer line the stamps of the later parts go as well.
    DockerTimestamp,
};

/// A whole line, or a piece of one that is longer than any line may be.
struct JoinedLine {
    QByteArrayView text;    ///< without line feed and stamps; valid during the call
    Instant time;           ///< of the stamp; null without one
    bool continues = false; ///< the next line of this channel belongs to it
    bool isSpecial = false; ///< may hold an escape character or a carriage return
};

/// Takes joined lines as they are complete.
class LineSink {
public:
    LineSink() = default;
    virtual ~LineSink() = default;
    LineSink(const LineSink&) = delete;
    LineSink& operator=(const LineSink&) = delete;

    virtual void take(LogChannel channel, const JoinedLine& line) = 0;
};

/// Joins the lines of two channels from bytes that are cut anywhere. One thread at a time.
class LineJoiner {
public:
    static constexpr qsizetype maximumLine = 1 << 20; ///< a longer line is cut into such pieces
    static constexpr qsizetype dockerPart = 16'384;   ///< bytes of a line between two stamps

    /// The sink has to outlive this.
    LineJoiner(LogPrefix prefix, LineSink& sink);

    void append(LogChannel channel, QByteArrayView bytes);
    /// Gives what has no line end yet as lines: the stream is over.
    void finish();
    /// Bytes that wait for their line end.
    [[nodiscard]] qsizetype pending() const;

private:
    enum class LineEnd { Seen, Awaited };

    struct Tail {
        std::string bytes; ///< of an unfinished line, stamps included
        bool isContinuation = false;
        Instant time; ///< of the line that is being continued

        [[nodiscard]] QByteArrayView view() const {
            return {bytes.data(), static_cast<qsizetype>(bytes.size())};
        }
    };

    void appendBlock(LogChannel channel, QByteArrayView bytes);
    void appendToTail(LogChannel channel, QByteArrayView bytes);
    void endTail(LogChannel channel);
    void give(LogChannel channel, QByteArrayView raw, LineEnd end, bool isSpecial);
    qsizetype cook(QByteArrayView raw, JoinedLine& line);
    qsizetype cookParts(QByteArrayView raw, qsizetype at, JoinedLine& line);

    LogPrefix m_prefix;
    LineSink& m_sink;
    std::array<Tail, 2> m_tails;
    std::string m_cooked; ///< a line whose inner stamps are out
    LineEnds m_ends;
    StampReader m_stamps;
};

} // namespace models

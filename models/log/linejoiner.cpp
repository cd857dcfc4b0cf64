// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linejoiner.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

constexpr qsizetype longestStamp = 40;
/// From here on an unfinished line holds a whole piece, however many stamps are in it.
constexpr qsizetype cutAt =
    LineJoiner::maximumLine + (LineJoiner::maximumLine / LineJoiner::dockerPart + 1) * longestStamp;
/// What is split into lines at once: what was just split is still in the cache.
constexpr qsizetype blockSize = 64 * 1024;

} // namespace

LineJoiner::LineJoiner(LogPrefix prefix, LineSink& sink)
    : m_prefix(prefix)
    , m_sink(sink) {}

void LineJoiner::append(LogChannel channel, QByteArrayView bytes) {
    while (!bytes.isEmpty()) {
        const QByteArrayView block = bytes.first(std::min(bytes.size(), blockSize));
        appendBlock(channel, block);
        bytes = bytes.sliced(block.size());
    }
}

void LineJoiner::appendBlock(LogChannel channel, QByteArrayView bytes) {
    const Tail& tail = m_tails[static_cast<size_t>(channel)];
    splitLines(bytes, m_ends);
    qsizetype at = 0;
    for (const std::uint32_t end : m_ends.feeds) {
        const auto feed = static_cast<qsizetype>(end & ~LineEnds::special);
        const QByteArrayView part = bytes.sliced(at, feed - at);
        if (tail.bytes.empty() && !tail.isContinuation) {
            give(channel, part, LineEnd::Seen, (end & LineEnds::special) != 0);
        } else {
            appendToTail(channel, part);
            endTail(channel);
        }
        at = feed + 1;
    }
    appendToTail(channel, bytes.sliced(at));
}

void LineJoiner::appendToTail(LogChannel channel, QByteArrayView bytes) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    while (!bytes.isEmpty()) {
        const qsizetype room = cutAt - static_cast<qsizetype>(tail.bytes.size());
        const qsizetype taken = std::min(bytes.size(), room);
        tail.bytes.append(bytes.data(), static_cast<size_t>(taken));
        bytes = bytes.sliced(taken);
        if (static_cast<qsizetype>(tail.bytes.size()) >= cutAt)
            give(channel, tail.view(), LineEnd::Awaited, true);
    }
}

void LineJoiner::endTail(LogChannel channel) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    give(channel, tail.view(), LineEnd::Seen, true);
    tail.bytes.clear();
    if (tail.bytes.capacity() > static_cast<size_t>(blockSize))
        tail.bytes.shrink_to_fit(); // one long line of a quiet stream
}

void LineJoiner::finish() {
    for (const LogChannel channel : {LogChannel::Stdout, LogChannel::Stderr}) {
        if (!m_tails[static_cast<size_t>(channel)].bytes.empty())
            endTail(channel);
        m_tails[static_cast<size_t>(channel)].isContinuation = false;
    }
}

qsizetype LineJoiner::pending() const {
    return static_cast<qsizetype>(m_tails[0].bytes.size() + m_tails[1].bytes.size());
}

void LineJoiner::give(LogChannel channel, QByteArrayView raw, LineEnd end, bool isSpecial) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    for (;;) {
        JoinedLine line;
        line.isSpecial = isSpecial;
        const qsizetype consumed = cook(raw, line);
        if (tail.isContinuation)
            line.time = tail.time;
        line.continues = consumed < raw.size() || end == LineEnd::Awaited;
        m_sink.take(channel, line);
        tail.isContinuation = line.continues;
        if (!line.continues)
            return;
        tail.time = line.time;
        raw = raw.sliced(consumed);
        if (end == LineEnd::Awaited) {
            tail.bytes.erase(0, tail.bytes.size() - static_cast<size_t>(raw.size()));
            return;
        }
    }
}

/// Takes at most one piece from raw, without its stamps; how many bytes of raw that was.
qsizetype LineJoiner::cook(QByteArrayView raw, JoinedLine& line) {
    qsizetype at = 0;
    if (m_prefix == LogPrefix::DockerTimestamp) {
        const LogStamp stamp = m_stamps.read(raw);
        at = stamp.length;
        line.time = stamp.time;
    }
    const qsizetype rest = raw.size() - at;
    if (at > 0 && rest > dockerPart)
        return cookParts(raw, at, line);
    const qsizetype taken = std::min(rest, maximumLine);
    line.text = raw.sliced(at, taken);
    return at + taken;
}

/// The same for what follows a stamp and may be made of parts.
qsizetype LineJoiner::cookParts(QByteArrayView raw, qsizetype at, JoinedLine& line) {
    m_cooked.clear();
    bool stamped = true;
    while (at < raw.size()) {
        const qsizetype room = maximumLine - static_cast<qsizetype>(m_cooked.size());
        const qsizetype part = stamped ? std::min(dockerPart, raw.size() - at) : raw.size() - at;
        const qsizetype taken = std::min(part, room);
        m_cooked.append(raw.data() + at, static_cast<size_t>(taken));
        at += taken;
        if (taken == room)
            break; // the next piece begins with its own stamp
        const LogStamp stamp = m_stamps.read(raw.sliced(at));
        at += stamp.length;
        stamped = stamp.length > 0;
    }
    line.text = QByteArrayView(m_cooked.data(), static_cast<qsizetype>(m_cooked.size()));
    return at;
}

} // namespace models

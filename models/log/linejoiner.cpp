// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linejoiner.h"

#include "models/log/logstamp.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace models {

namespace {

constexpr qsizetype longestStamp = 40;
/// From here on an unfinished line holds a whole piece, however many stamps are in it.
constexpr qsizetype cutAt =
    LineJoiner::maximumLine + (LineJoiner::maximumLine / LineJoiner::dockerPart + 1) * longestStamp;

} // namespace

LineJoiner::LineJoiner(LogPrefix prefix, Sink sink)
    : m_prefix(prefix)
    , m_sink(std::move(sink)) {}

void LineJoiner::append(LogChannel channel, QByteArrayView bytes) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at != end) {
        const auto left = static_cast<size_t>(end - at);
        const auto* feed = static_cast<const char*>(std::memchr(at, '\n', left));
        if (feed != nullptr && tail.bytes.empty() && !tail.isContinuation && feed - at < cutAt) {
            give(channel, QByteArrayView(at, feed - at), true);
            at = feed + 1;
            continue;
        }
        const char* const partEnd = feed != nullptr ? feed : end;
        const qsizetype room = cutAt - static_cast<qsizetype>(tail.bytes.size());
        const qsizetype taken = std::min<qsizetype>(partEnd - at, room);
        tail.bytes.append(at, static_cast<size_t>(taken));
        at += taken;
        if (static_cast<qsizetype>(tail.bytes.size()) >= cutAt) {
            cutTail(channel);
        } else if (feed != nullptr && at == feed) {
            give(channel,
                 QByteArrayView(tail.bytes.data(), static_cast<qsizetype>(tail.bytes.size())),
                 true);
            tail = {};
            ++at;
        }
    }
}

void LineJoiner::finish() {
    for (const LogChannel channel : {LogChannel::Stdout, LogChannel::Stderr}) {
        Tail& tail = m_tails[static_cast<size_t>(channel)];
        if (!tail.bytes.empty())
            give(channel,
                 QByteArrayView(tail.bytes.data(), static_cast<qsizetype>(tail.bytes.size())),
                 true);
        tail = {};
    }
}

qsizetype LineJoiner::pending() const {
    return static_cast<qsizetype>(m_tails[0].bytes.size() + m_tails[1].bytes.size());
}

void LineJoiner::cutTail(LogChannel channel) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    give(channel, QByteArrayView(tail.bytes.data(), static_cast<qsizetype>(tail.bytes.size())),
         false);
}

void LineJoiner::give(LogChannel channel, QByteArrayView raw, bool ended) {
    Tail& tail = m_tails[static_cast<size_t>(channel)];
    for (;;) {
        JoinedLine line;
        line.isContinuation = tail.isContinuation;
        const qsizetype consumed = cook(raw, tail.isContinuation, line);
        if (tail.isContinuation)
            line.time = tail.time;
        line.continues = consumed < raw.size() || !ended;
        m_sink(channel, line);
        tail.isContinuation = line.continues;
        tail.time = line.time;
        raw = raw.sliced(consumed);
        if (!line.continues)
            return;
        if (!ended) {
            tail.bytes.erase(0, tail.bytes.size() - static_cast<size_t>(raw.size()));
            return;
        }
    }
}

/// Takes at most one piece from raw, without its stamps; how many bytes of raw that was.
qsizetype LineJoiner::cook(QByteArrayView raw, bool isContinuation, JoinedLine& line) {
    qsizetype at = 0;
    bool stamped = false;
    if (m_prefix == LogPrefix::DockerTimestamp) {
        const LogStamp stamp = dockerStamp(raw);
        at = stamp.length;
        line.time = stamp.time;
        stamped = stamp.length > 0;
    }
    const qsizetype rest = raw.size() - at;
    if (!stamped || rest <= dockerPart) {
        const qsizetype taken = std::min(rest, maximumLine);
        line.text = raw.sliced(at, taken);
        return at + taken;
    }
    m_cooked.clear();
    while (at < raw.size() && static_cast<qsizetype>(m_cooked.size()) < maximumLine) {
        const qsizetype part = stamped ? std::min(dockerPart, raw.size() - at) : raw.size() - at;
        const qsizetype taken =
            std::min(part, maximumLine - static_cast<qsizetype>(m_cooked.size()));
        m_cooked.append(raw.data() + at, static_cast<size_t>(taken));
        at += taken;
        if (static_cast<qsizetype>(m_cooked.size()) == maximumLine)
            break; // the next piece begins with its own stamp
        const LogStamp stamp = dockerStamp(raw.sliced(at));
        at += stamp.length;
        stamped = stamp.length > 0;
    }
    Q_UNUSED(isContinuation)
    line.text = QByteArrayView(m_cooked.data(), static_cast<qsizetype>(m_cooked.size()));
    return at;
}

} // namespace models

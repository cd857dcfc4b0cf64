// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logseam.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace app {
namespace {

constexpr std::int64_t second = 1'000'000'000;
/// Two channels can come mixed up by a moment, and some runtimes cut timestamps down to seconds.
constexpr std::int64_t overlap = 2 * second;
/// What is known of reaches further back than what is asked for again.
constexpr std::int64_t kept = overlap + second;
constexpr size_t mostRuns = 100'000;
constexpr qsizetype longLine = 1024 * 1024;

std::int64_t wholeSecond(std::int64_t at) {
    return at - (at % second + second) % second;
}

size_t indexOf(models::LogChannel channel) {
    return channel == models::LogChannel::Stdout ? 0 : 1;
}

} // namespace

QByteArray LogSeam::take(models::LogChannel channel, QByteArrayView bytes) {
    Side& side = m_sides[indexOf(channel)];
    QByteArray out;
    out.reserve(side.partial.size() + bytes.size());
    while (!bytes.isEmpty()) {
        const auto* const end =
            static_cast<const char*>(std::memchr(bytes.data(), '\n', size_t(bytes.size())));
        if (!end) {
            side.partial.append(bytes);
            break;
        }
        const QByteArrayView line = bytes.first(end - bytes.data() + 1);
        bytes = bytes.sliced(line.size());
        if (side.isInside) {
            side.partial.append(line);
            endLongLine(side, std::exchange(side.partial, {}), out);
        } else if (side.partial.isEmpty()) {
            takeLine(side, line, out);
        } else {
            side.partial.append(line);
            takeLine(side, std::exchange(side.partial, {}), out);
        }
    }
    if (side.partial.size() > longLine)
        takeLongLine(side, std::exchange(side.partial, {}), out);
    return out;
}

QByteArray LogSeam::finish(models::LogChannel channel) {
    Side& side = m_sides[indexOf(channel)];
    QByteArray out;
    if (side.isInside)
        endLongLine(side, std::exchange(side.partial, {}) + '\n', out);
    else if (!side.partial.isEmpty())
        takeLine(side, std::exchange(side.partial, {}) + '\n', out);
    return out;
}

void LogSeam::takeLine(Side& side, QByteArrayView line, QByteArray& out) {
    const models::LogStamp stamp = m_stamp(line);
    if (stamp.length == 0) {
        // It belongs to the line before, or is the runtime's own.
        if (!side.isJoining || !side.isLeftOut)
            out.append(line);
        return;
    }
    const qsizetype without = leftOut(side, stamp.time.nanoseconds, line.size(), out);
    side.isLeftOut = without == line.size();
    if (side.isLeftOut)
        return;
    out.append(line.sliced(without));
    count(side, stamp.time.nanoseconds);
}

/// The beginning of a line that is too long to be held back, or more of it.
void LogSeam::takeLongLine(Side& side, QByteArrayView bytes, QByteArray& out) {
    if (!side.isInside) {
        const models::LogStamp stamp = m_stamp(bytes);
        side.insideAt = stamp.time.nanoseconds;
        side.insideBytes = 0;
        // What of it was given already may be more than what has come so far.
        const qsizetype without =
            stamp.length > 0
                ? leftOut(side, side.insideAt, std::numeric_limits<qsizetype>::max(), out)
                : 0;
        side.isLeftOut = without == std::numeric_limits<qsizetype>::max();
        side.isInside = true;
        if (!side.isLeftOut)
            side.begun = Run{side.insideAt, without};
    }
    if (side.isLeftOut)
        return;
    const qint64 before = side.insideBytes;
    side.insideBytes += bytes.size();
    const qint64 given = side.begun ? side.begun->lines : 0;
    if (side.insideBytes > given)
        out.append(bytes.sliced(std::max<qint64>(0, given - before)));
}

void LogSeam::endLongLine(Side& side, QByteArrayView bytes, QByteArray& out) {
    takeLongLine(side, bytes, out);
    side.isInside = false;
    if (!side.isLeftOut && side.insideAt != 0)
        count(side, side.insideAt);
    side.begun.reset();
    side.insideBytes = 0;
}

qsizetype LogSeam::leftOut(Side& side, std::int64_t at, qsizetype size, QByteArray& out) {
    if (!side.isJoining)
        return 0;
    if (const auto again = side.again.find(at); again != side.again.end() && *again > 0) {
        --*again;
        side.hasMatched = true;
        if (side.againUntil == m_joined || m_joint == Joint::Open)
            m_joint = Joint::Whole;
        return size;
    }
    if (side.begun && side.begun->at == at) {
        const qsizetype given = std::min<qsizetype>(side.begun->lines, size);
        side.begun.reset();
        m_joint = Joint::Whole;
        endJoining(side, out);
        return given;
    }
    // The rest of a line that began before: runtimes write long ones in parts. Lines of a channel
    // keep their order, so nothing that is new comes before what is known.
    if (!side.hasMatched && at < side.againUntil)
        return size;
    if (!side.hasMatched && m_joint == Joint::Open && side.againUntil == m_joined)
        m_joint = Joint::Broken;
    endJoining(side, out);
    return 0;
}

void LogSeam::endJoining(Side& side, QByteArray& out) {
    side.isJoining = false;
    side.again.clear();
    if (std::exchange(side.begun, std::nullopt))
        out.append('\n'); // its rest is gone
}

void LogSeam::count(Side& side, std::int64_t at) {
    if (!side.runs.empty() && side.runs.back().at == at)
        ++side.runs.back().lines;
    else
        side.runs.push_back({at, 1});
    m_newest = models::Instant{at};
    const std::int64_t oldest = wholeSecond(at) - kept;
    while (side.runs.size() > 1 && side.runs.front().at < oldest)
        side.runs.pop_front();
    while (side.runs.size() > mostRuns) {
        side.runs.pop_front();
        m_floor = side.runs.front().at;
    }
}

void LogSeam::cut() {
    const std::int64_t from = since().value_or(models::Instant{}).nanoseconds;
    m_joint = Joint::None;
    m_joined = 0;
    for (Side& side : m_sides) {
        side.partial.clear();
        // A line that was given in part, in this go or, where this one did not come so far, before.
        if (side.isInside && !side.isLeftOut && side.insideAt != 0)
            side.begun =
                Run{side.insideAt, std::max(side.insideBytes, side.begun ? side.begun->lines : 0)};
        side.isInside = side.isLeftOut = false;
        side.insideBytes = 0;
        side.again.clear();
        side.hasMatched = false;
        side.againUntil = side.begun ? side.begun->at : 0;
        for (const Run& run : side.runs) {
            if (run.at < from)
                continue;
            side.again[run.at] += run.lines;
            side.againUntil = std::max(side.againUntil, run.at);
        }
        side.isJoining = side.begun || !side.again.isEmpty();
        if (side.isJoining)
            m_joint = Joint::Open;
        m_joined = std::max(m_joined, side.againUntil);
    }
}

std::optional<models::Instant> LogSeam::since() const {
    std::optional<std::int64_t> last;
    if (m_newest)
        last = m_newest->nanoseconds;
    for (const Side& side : m_sides) {
        if (side.begun)
            last = std::min(last.value_or(side.begun->at), side.begun->at);
        else if (side.isInside && side.insideAt != 0)
            last = std::min(last.value_or(side.insideAt), side.insideAt);
    }
    if (!last)
        return {};
    return models::Instant{std::max(wholeSecond(*last) - overlap, m_floor)};
}

bool LogSeam::hasJumpedBack() const {
    if (!m_newest)
        return false;
    const auto isLater = [this](const Run& run) {
        return run.at > m_newest->nanoseconds + overlap;
    };
    return std::any_of(m_sides.cbegin(), m_sides.cend(), [&](const Side& side) {
        return std::any_of(side.runs.cbegin(), side.runs.cend(), isLater);
    });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstore.h"

#include "models/log/loglevel.h"
#include "models/log/logstamp.h"

namespace models {

LogStore::LogStore(LogPrefix prefix)
    : m_joiner(prefix, [this](LogChannel channel, const JoinedLine& line) { add(channel, line); }) {
}

void LogStore::append(LogChannel channel, QByteArrayView bytes, Instant arrived) {
    m_arrived = arrived;
    m_joiner.append(channel, bytes);
}

void LogStore::mark(const LogMarker& marker) {
    m_joiner.finish();
    LogLine line;
    line.marker = marker;
    line.time = marker.to.isNull() ? marker.from : marker.to;
    if (line.time.isNull() && !m_lines.empty())
        line.time = m_lines.back().time;
    m_lines.push_back(line);
}

void LogStore::finish() {
    m_joiner.finish();
}

std::int64_t LogStore::lineCount() const {
    return static_cast<std::int64_t>(m_lines.size());
}

LogLine LogStore::line(std::int64_t line) const {
    return m_lines[static_cast<size_t>(line)];
}

void LogStore::add(LogChannel channel, const JoinedLine& joined) {
    auto bytes = std::make_shared<const QByteArray>(joined.text.toByteArray());
    LogLine line;
    line.text = *bytes;
    line.owner = bytes;
    line.channel = channel;
    line.continues = joined.continues;
    line.level = recogniseLevel(line.text);
    line.time = joined.time;
    if (line.time.isNull())
        line.time = leadingStamp(line.text).time;
    if (line.time.isNull())
        line.time = m_arrived;
    if (line.time.isNull() && !m_lines.empty())
        line.time = m_lines.back().time;
    m_lines.push_back(std::move(line));
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linereading.h"

#include "models/log/columns.h"
#include "models/log/loglevel.h"

namespace models {

namespace {

constexpr std::uint8_t secondChannel = 8;

} // namespace

KeptLine LineReading::read(LogChannel channel, const JoinedLine& joined) {
    KeptLine line;
    line.text = joined.text;
    if (joined.isSpecial) {
        stripEscapes(joined.text, m_stripped);
        line.text =
            QByteArrayView(m_stripped.text.data(), static_cast<qsizetype>(m_stripped.text.size()));
        line.escapes = m_stripped.escapes.empty() ? nullptr : &m_stripped;
    }
    const LogStamp stamp = joined.time.isNull() ? m_stamps.read(line.text) : LogStamp{};
    const auto level = static_cast<std::uint8_t>(m_levels.read(line.text, stamp.length));
    line.tag = level | (channel == LogChannel::Stderr ? secondChannel : 0);
    line.flags = joined.continues ? std::uint32_t{Continues} : 0;
    line.time = joined.time.isNull() ? stamp.time.nanoseconds : joined.time.nanoseconds;
    return line;
}

} // namespace models

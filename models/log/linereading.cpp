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
    const auto level = static_cast<std::uint8_t>(recogniseLevel(line.text));
    line.tag = level | (channel == LogChannel::Stderr ? secondChannel : 0);
    line.flags = joined.continues ? std::uint32_t{Continues} : 0;
    const Instant time = joined.time.isNull() ? m_stamps.read(line.text).time : joined.time;
    line.time = time.nanoseconds;
    return line;
}

} // namespace models

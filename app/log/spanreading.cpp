// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/spanreading.h"

namespace app {

void SpanReading::narrow(LogOpening& opening) const {
    opening.extent = LogOpening::Extent::UntilNow;
    opening.since = opening.since.value_or(m_span.from);
    opening.until = m_span.until;
    opening.tail = -1;
}

QByteArray SpanReading::take(const QByteArray& bytes) {
    qsizetype end = 0;
    while (end < bytes.size() && m_lines < most) {
        const qsizetype line = bytes.indexOf('\n', end);
        end = line < 0 ? bytes.size() : line + 1;
        m_lines += line < 0 ? 0 : 1;
    }
    m_isEmpty = m_isEmpty && end == 0;
    m_isCutShort = m_isCutShort || end < bytes.size();
    return bytes.first(end);
}

logwords::Remark SpanReading::remark() const {
    return m_isCutShort ? logwords::spanCutShort(most)
           : m_isEmpty  ? logwords::spanEmpty(m_span)
                        : logwords::spanRead(m_span);
}

} // namespace app

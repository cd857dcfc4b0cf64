// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputbuffer.h"

#include <algorithm>

namespace ui {

void OutputBuffer::append(int stream, const QByteArray& bytes) {
    if (bytes.isEmpty())
        return;
    const size_t which = stream == 1 ? 1 : 0;
    for (models::StyledLine& line : m_decoders[which].push(bytes)) {
        m_longest = std::max(m_longest, int(line.text.size()));
        m_characters += line.text.size();
        m_lines.push_back({std::move(line), int(which)});
    }
    while (m_lines.size() > size_t(maximumLines) || m_characters > maximumCharacters) {
        m_characters -= m_lines.front().styled.text.size();
        m_lines.pop_front();
        ++m_first;
    }
    // In place of the oldest line: nobody is to take the first one here for the first there was.
    if (m_first > 0 && !m_lines.empty())
        replaceFirst();
    settlePartial();
    Q_EMIT changed();
}

void OutputBuffer::replaceFirst() {
    models::StyledLine& first = m_lines.front().styled;
    m_characters -= first.text.size();
    first = {};
    first.text = tr("[Earlier lines are not shown here. The report of the run has them.]");
    m_characters += first.text.size();
}

void OutputBuffer::settlePartial() {
    m_partial.clear();
    for (int stream = 0; stream < 2; ++stream) {
        models::StyledLine line = m_decoders[size_t(stream)].partial();
        if (line.text.isEmpty())
            continue;
        m_longest = std::max(m_longest, int(line.text.size()));
        m_partial.push_back({std::move(line), stream});
    }
}

qint64 OutputBuffer::endLine() const {
    return m_first + qint64(m_lines.size()) + qint64(m_partial.size());
}

const OutputBuffer::Line& OutputBuffer::line(qint64 number) const {
    const size_t index = size_t(number - m_first);
    return index < m_lines.size() ? m_lines[index] : m_partial[index - m_lines.size()];
}

QStringList OutputBuffer::pieces(qint64 from, qint64 to) const {
    static const QString lineEnd = QStringLiteral("\n");
    QStringList pieces;
    for (qint64 number = std::max(from, m_first); number < std::min(to, endLine()); ++number) {
        const Line& shown = line(number);
        pieces << shown.styled.text;
        if (!shown.styled.continues)
            pieces << lineEnd;
    }
    return pieces;
}

} // namespace ui

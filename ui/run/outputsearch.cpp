// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputsearch.h"

#include "ui/run/outputbuffer.h"

#include <algorithm>

namespace ui {

OutputSearch::OutputSearch(QObject* parent)
    : QObject(parent) {
    m_nextTurn.setParent(this);
    m_nextTurn.setSingleShot(true);
    connect(&m_nextTurn, &QTimer::timeout, this, &OutputSearch::lookOn);
}

void OutputSearch::start(OutputBuffer* buffer, const QString& text, qint64 from, int step) {
    stop();
    m_buffer = buffer;
    m_text = text;
    m_line = from;
    m_step = step;
    m_left = buffer && !text.isEmpty() ? buffer->endLine() - buffer->firstLine() : 0;
    lookOn();
}

void OutputSearch::stop() {
    m_nextTurn.stop();
}

void OutputSearch::lookOn() {
    // The oldest lines may have gone since, and with a new run all of them.
    const qint64 count = m_buffer ? m_buffer->endLine() - m_buffer->firstLine() : 0;
    if (count == 0) {
        finish(-1);
        return;
    }
    const qint64 first = m_buffer->firstLine();
    m_line = std::clamp(m_line, first, first + count - 1);
    for (qint64 characters = 0; m_left > 0 && characters < charactersPerTurn; --m_left) {
        const QString& text = m_buffer->line(m_line).styled.text;
        if (text.contains(m_text, Qt::CaseInsensitive)) {
            finish(m_line);
            return;
        }
        characters += text.size() + 1;
        m_line = first + (m_line - first + m_step + count) % count;
    }
    if (m_left > 0)
        m_nextTurn.start(0);
    else
        finish(-1);
}

void OutputSearch::finish(qint64 line) {
    m_left = 0;
    Q_EMIT finished(line);
}

} // namespace ui

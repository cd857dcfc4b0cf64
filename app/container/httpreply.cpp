// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/httpreply.h"

#include <QList>

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr qsizetype longestHead = 64 * 1024;
/// A chunk's size with its extensions.
constexpr qsizetype longestLine = 4096;

} // namespace

QByteArray HttpReply::take(QByteArrayView bytes) {
    QByteArray body;
    if (m_part == Part::Head) {
        m_pending.append(bytes);
        if (!readHead())
            return body;
        // What came behind the head.
        const QByteArray rest = std::exchange(m_pending, {});
        return rest.isEmpty() ? body : take(rest);
    }
    while (!bytes.isEmpty() && m_part != Part::Complete && m_part != Part::Broken) {
        if (m_part == Part::UntilClose) {
            body.append(bytes);
            break;
        }
        if (m_part == Part::Sized || m_part == Part::Chunk) {
            const auto count = qsizetype(std::min<qint64>(m_left, bytes.size()));
            body.append(bytes.first(count));
            bytes = bytes.sliced(count);
            m_left -= count;
            if (m_left == 0)
                m_part = m_part == Part::Sized ? Part::Complete : Part::ChunkEnd;
            continue;
        }
        const qsizetype end = bytes.indexOf('\n');
        m_pending.append(bytes.first(end < 0 ? bytes.size() : end));
        if (m_pending.size() > longestLine) {
            m_part = Part::Broken;
            break;
        }
        if (end < 0)
            break;
        bytes = bytes.sliced(end + 1);
        takeLine(std::exchange(m_pending, {}));
    }
    return body;
}

/// A line between chunks.
void HttpReply::takeLine(QByteArrayView line) {
    const QByteArray text = line.trimmed().toByteArray();
    if (m_part == Part::ChunkEnd) {
        m_part = text.isEmpty() ? Part::ChunkSize : Part::Broken;
    } else if (m_part == Part::Trailer) {
        if (text.isEmpty())
            m_part = Part::Complete;
    } else {
        bool isNumber = false;
        const QByteArray digits =
            text.left(text.indexOf(';') < 0 ? text.size() : text.indexOf(';'));
        m_left = digits.trimmed().toLongLong(&isNumber, 16);
        m_part = !isNumber || m_left < 0 ? Part::Broken : m_left == 0 ? Part::Trailer : Part::Chunk;
    }
}

/// False while it is not complete.
bool HttpReply::readHead() {
    const qsizetype end = m_pending.indexOf("\r\n\r\n");
    if (end < 0) {
        if (m_pending.size() > longestHead ||
            (m_pending.size() >= 5 && !m_pending.startsWith("HTTP/")))
            m_part = Part::Broken;
        return false;
    }
    const QList<QByteArray> lines = m_pending.first(end).split('\n');
    m_pending.remove(0, end + 4);
    m_status = lines.first().split(' ').value(1).toInt();
    if (!lines.first().startsWith("HTTP/") || m_status < 100 || m_status > 999) {
        m_part = Part::Broken;
        return false;
    }
    if (m_status < 200)
        return !m_pending.isEmpty() && readHead(); // another head follows
    m_part = m_status == 204 || m_status == 304 ? Part::Complete : Part::UntilClose;
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (m_part == Part::Complete)
            break;
        if (name == "transfer-encoding" && value.toLower().endsWith("chunked")) {
            m_part = Part::ChunkSize;
            break; // it counts before any length
        }
        if (name == "content-length") {
            bool isNumber = false;
            m_left = value.toLongLong(&isNumber);
            m_part = !isNumber || m_left < 0 ? Part::Broken
                     : m_left == 0           ? Part::Complete
                                             : Part::Sized;
        }
    }
    return m_part != Part::Broken;
}

void HttpReply::end() {
    if (m_part == Part::UntilClose)
        m_part = Part::Complete;
}

} // namespace app

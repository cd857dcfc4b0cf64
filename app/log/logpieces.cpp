// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logpieces.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace app {

namespace {

/// Behind the last line feed of these bytes of a file; `begin` where there is none, or where they
/// cannot be read.
qint64 linesEnd(const LogFileReader& reader, qint64 begin, qint64 end) {
    std::array<char, 4 * 1024> bytes;
    while (end > begin) {
        const qint64 from = std::max<qint64>(begin, end - static_cast<qint64>(bytes.size()));
        const models::Result<qsizetype> got = reader.readAt(from, bytes.data(), end - from);
        if (!got)
            return begin;
        const qsizetype feed = QByteArrayView(bytes.data(), *got).lastIndexOf('\n');
        if (feed >= 0)
            return from + feed + 1;
        end = from;
    }
    return begin;
}

} // namespace

LogPieces::Piece LogPieces::next(qsizetype most) {
    Piece piece;
    piece.beginsInLine = m_isInLine;
    if (const models::Result<void> opened = m_reader.open(); !opened) {
        piece.error = opened.error();
        piece.isLast = true;
    } else if (m_reader.isSequential()) {
        readOn(piece, most);
    } else {
        find(piece, most);
    }
    return piece;
}

void LogPieces::find(Piece& piece, qsizetype most) {
    const qint64 size = std::max(m_end, m_reader.size());
    qint64 end = std::min(size, m_end + most);
    piece.isLast = end == size;
    const qint64 wholeEnd = piece.isLast ? end : linesEnd(m_reader, m_end, end);
    m_isInLine = wholeEnd == m_end;
    if (!m_isInLine)
        end = wholeEnd;
    piece.begin = std::exchange(m_end, end);
    piece.size = end - piece.begin;
    piece.position = end;
}

void LogPieces::readOn(Piece& piece, qsizetype most) {
    QByteArray& bytes = piece.bytes;
    bytes = std::exchange(m_rest, {});
    qsizetype filled = bytes.size();
    bytes.resize(most);
    while (filled < most && !piece.isLast) {
        const models::Result<qsizetype> got = m_reader.read(bytes.data() + filled, most - filled);
        if (!got)
            piece.error = got.error();
        filled += got.value_or(0);
        piece.isLast = got.value_or(0) == 0;
    }
    bytes.truncate(filled);
    const qsizetype wholeEnd = piece.isLast ? filled : bytes.lastIndexOf('\n') + 1;
    m_isInLine = wholeEnd == 0;
    if (!m_isInLine) {
        m_rest = bytes.sliced(wholeEnd);
        bytes.truncate(wholeEnd);
    }
    piece.size = bytes.size();
    piece.position = m_reader.position();
}

models::Result<qsizetype> LogPieces::read(const Piece& piece, char* into) const {
    if (!m_reader.isSequential())
        return m_reader.readAt(piece.begin, into, piece.size);
    std::memcpy(into, piece.bytes.constData(), static_cast<size_t>(piece.size));
    return piece.size;
}

} // namespace app

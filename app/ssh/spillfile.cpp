// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/spillfile.h"

namespace app {

bool SpillFile::append(const QByteArray& piece) {
    if (!m_file)
        m_file = std::make_unique<LockedFile>();
    if (!m_file->write(++m_lastPiece, m_end, piece))
        return false; // its number is spent: some of it may be on the disk
    m_pieces.push_back(m_lastPiece);
    m_end += piece.size();
    return true;
}

QByteArray SpillFile::take(qsizetype size) {
    const QByteArray piece = m_file->read(m_pieces.front(), m_begin, size);
    m_pieces.pop_front();
    m_begin += size;
    if (m_begin == m_end) {
        m_file.reset();
        m_begin = m_end = 0;
    }
    return piece;
}

} // namespace app

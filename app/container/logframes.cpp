// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/logframes.h"

#include <QtEndian>

#include <algorithm>

namespace app {

QList<LogFrames::Piece> LogFrames::take(QByteArrayView bytes) {
    QList<Piece> pieces;
    while (!bytes.isEmpty() && !m_isBroken) {
        if (m_left == 0) {
            m_header[m_headerSize++] = static_cast<unsigned char>(bytes.front());
            bytes = bytes.sliced(1);
            if (m_headerSize == m_header.size())
                readHeader();
            continue;
        }
        const auto count = std::min<qsizetype>(m_left, bytes.size());
        if (pieces.isEmpty() || pieces.last().channel != m_channel)
            pieces.append({m_channel, {}});
        pieces.last().bytes.append(bytes.first(count));
        bytes = bytes.sliced(count);
        m_left -= quint32(count);
    }
    return pieces;
}

void LogFrames::readHeader() {
    m_headerSize = 0;
    // 0 is the standard input that is echoed, and 3 the daemon's own words on its errors.
    if (m_header[0] > 3 || m_header[1] != 0 || m_header[2] != 0 || m_header[3] != 0) {
        m_isBroken = true;
        return;
    }
    m_channel = m_header[0] >= 2 ? models::LogChannel::Stderr : models::LogChannel::Stdout;
    m_left = qFromBigEndian<quint32>(m_header.data() + 4);
}

} // namespace app

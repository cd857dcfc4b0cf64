// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logspillfile.h"

namespace app {

models::Result<models::LogSpill::Handle> LogSpillFile::write(QByteArrayView bytes) {
    Handle handle = 0;
    Piece piece;
    {
        // Room is never given out twice: a file on disk may have holes.
        const std::scoped_lock lock(m_mutex);
        handle = ++m_last;
        piece = {m_end, bytes.size()};
        m_end += bytes.size();
    }
    if (!m_file.write(handle, piece.at, bytes)) {
        m_file.release(piece.at, piece.size);
        return models::failure(
            models::ErrorCode::NotWritable,
            QStringLiteral("There is no room on the disk for older log lines. Free some in "
                           "/var/tmp, or let the newest lines be enough."));
    }
    const std::scoped_lock lock(m_mutex);
    m_pieces.emplace(handle, piece);
    return handle;
}

models::Result<QByteArray> LogSpillFile::read(Handle handle) {
    Piece piece;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_pieces.find(handle);
        if (found != m_pieces.end())
            piece = found->second;
    }
    QByteArray bytes = m_file.read(handle, piece.at, piece.size);
    if (bytes.isEmpty())
        return models::failure(
            models::ErrorCode::NotReadable,
            QStringLiteral("Older log lines cannot be read back from the disk."));
    return bytes;
}

void LogSpillFile::drop(Handle handle) {
    Piece piece;
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_pieces.find(handle);
        if (found == m_pieces.end())
            return;
        piece = found->second;
        m_pieces.erase(found);
    }
    m_file.release(piece.at, piece.size);
}

} // namespace app

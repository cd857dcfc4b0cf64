// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/lockedfile.h"

#include <QByteArray>
#include <QtGlobal>

#include <deque>
#include <memory>

namespace app {

/// Pieces of bytes that wait on disk, first in, first out. One thread.
class SpillFile {
public:
    /// False where there is no room, or no file: nothing was taken then.
    [[nodiscard]] bool append(const QByteArray& piece);
    /// The oldest piece, of which the size is known. Empty where it cannot be read.
    [[nodiscard]] QByteArray take(qsizetype size);
    /// Bytes that wait.
    [[nodiscard]] qint64 size() const { return m_end - m_begin; }

private:
    std::unique_ptr<LockedFile> m_file; ///< while something waits
    qint64 m_begin = 0;
    qint64 m_end = 0;
    std::deque<quint64> m_pieces;
    quint64 m_lastPiece = 0;
};

} // namespace app

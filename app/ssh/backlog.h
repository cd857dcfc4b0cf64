// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "app/ssh/spillfile.h"

#include <QByteArray>

#include <deque>

namespace app {

/// What a host said and a reader has no room for, in the order in which it came: a little of it in
/// memory, the rest on disk. Where the disk takes nothing, memory does.
class Backlog {
public:
    struct Piece {
        OutputStream stream = OutputStream::Stdout;
        QByteArray bytes;
    };

    /// memory: what it may hold there at most, with these bytes.
    void append(OutputStream stream, const char* bytes, qsizetype size, qsizetype memory);
    [[nodiscard]] bool isEmpty() const { return m_kept.empty() && m_spilled.empty(); }
    /// The next bytes of one stream, limit at most. Not of an empty one; no bytes where the disk
    /// lost them.
    [[nodiscard]] Piece take(qsizetype limit);

    [[nodiscard]] qsizetype inMemory() const { return m_inMemory; }
    [[nodiscard]] qint64 onDisk() const { return m_file.size(); }

private:
    struct Spilled {
        OutputStream stream;
        qsizetype size;
    };

    void keep(OutputStream stream, const QByteArray& bytes);
    void spill(OutputStream stream, const char* bytes, qsizetype size);
    void unspill();

    std::deque<Piece> m_kept; ///< before what is spilled
    qsizetype m_inMemory = 0;
    std::deque<Spilled> m_spilled;
    SpillFile m_file;
};

} // namespace app

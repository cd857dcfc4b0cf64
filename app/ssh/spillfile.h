// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtGlobal>

#include <nettle/chacha.h>

namespace app {

/// Pieces of bytes that wait on disk, first in, first out. The file has no name, and what is in it
/// is encrypted with a key that is in memory alone: nothing that a host said can be read there,
/// now or later.
class SpillFile {
public:
    SpillFile() = default;
    ~SpillFile();
    Q_DISABLE_COPY_MOVE(SpillFile)

    /// False where there is no room, or no file: nothing was taken then.
    [[nodiscard]] bool append(const QByteArray& piece);
    /// The oldest piece, of which the size is known. Empty where it cannot be read.
    [[nodiscard]] QByteArray take(qsizetype size);
    /// Bytes that wait.
    [[nodiscard]] qint64 size() const { return m_end - m_begin; }

private:
    [[nodiscard]] bool open();

    int m_file = -1;
    qint64 m_begin = 0;
    qint64 m_end = 0;
    // One stream, which is gone through twice, in the same steps.
    chacha_ctx m_locking{};
    chacha_ctx m_unlocking{};
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/lockedfile.h"
#include "models/log/logspill.h"

#include <map>
#include <mutex>

namespace app {

/// Sealed chunks of logs on disk, in a file that goes with the program and that nobody else can
/// read.
class LogSpillFile final : public models::LogSpill {
public:
    models::Result<Handle> write(QByteArrayView bytes) override;
    models::Result<QByteArray> read(Handle handle) override;
    void drop(Handle handle) override;

private:
    struct Piece {
        qint64 at = 0;
        qsizetype size = 0;
    };

    LockedFile m_file;
    std::mutex m_mutex; ///< of what follows
    std::map<Handle, Piece> m_pieces;
    Handle m_last = 0;
    qint64 m_end = 0;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QFile>

#include <memory>

namespace app {

/// Reads a log file of this machine piece by piece, plain, zstd or gzip: by its first bytes, not by
/// its name. One thread at a time; it blocks as long as the disk does.
class LogFileReader {
public:
    explicit LogFileReader(const QString& path);
    ~LogFileReader();
    Q_DISABLE_COPY_MOVE(LogFileReader)

    /// Once is enough; read() does it too.
    [[nodiscard]] models::Result<void> open();
    /// Known once it is open: it is packed, or does not say how long it is. The bytes of any other
    /// file are those of the log, and can be read anywhere.
    [[nodiscard]] bool isSequential() const { return m_isSequential; }
    /// Of the open file as it is now, in bytes. Any thread.
    [[nodiscard]] qint64 size() const;
    /// Puts the file's bytes from `at` on there; fewer than there is room for where it ends. Any
    /// thread, once it is open.
    [[nodiscard]] models::Result<qsizetype> readAt(qint64 at, char* into, qsizetype room) const;

    /// Puts the log's next bytes there, as many as there is room for; 0 is its end. Where a packed
    /// file is damaged or cut off, an error follows what could be read.
    [[nodiscard]] models::Result<qsizetype> read(char* into, qsizetype room);
    /// Bytes of the file that were read so far.
    [[nodiscard]] qint64 position() const { return m_position; }

private:
    /// Where in the packed parts it stands, which may be several one behind the other.
    enum class Unpacking { Between, Inside, Damaged };
    class Unpacker;
    class Zstd;
    class Gzip;

    [[nodiscard]] models::Result<qsizetype> readPacked(char* into, qsizetype room);
    [[nodiscard]] tl::unexpected<models::Error> unreadable(const QString& why) const;

    QFile m_file;
    int m_handle = -1; ///< of m_file, once it is open
    bool m_isSequential = false;
    std::unique_ptr<Unpacker> m_unpacker; ///< null: the file is the log
    QByteArray m_packed;                  ///< read, and not unpacked so far
    qsizetype m_used = 0;                 ///< of m_packed
    qint64 m_position = 0;
    Unpacking m_state = Unpacking::Between;
};

} // namespace app

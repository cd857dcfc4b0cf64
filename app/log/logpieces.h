// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfilereader.h"

#include <QByteArray>

#include <optional>

namespace app {

/// A log file in pieces that end where a line does: lines of several pieces can be made at once.
/// Where the bytes of the log are those of the file, each piece is read by itself.
class LogPieces {
public:
    struct Piece {
        qint64 begin = 0;          ///< in the file, of one that is read anywhere
        qsizetype size = 0;        ///< in bytes of the log
        QByteArray bytes;          ///< the piece itself, of a file that is read front to back
        bool beginsInLine = false; ///< that was too long for the pieces before
        qint64 position = 0;       ///< behind it, in the file
        bool isLast = false;
        std::optional<models::Error> error; ///< why no more can be read
    };

    explicit LogPieces(const QString& path)
        : m_reader(path) {}

    /// The next one, of at most so many bytes; only a line that is longer goes on in the one behind
    /// it. One thread at a time, up to the last piece. The last one ends where the file ends now.
    [[nodiscard]] Piece next(qsizetype most);
    /// Puts its bytes there; fewer than its size where the file became shorter. Any thread.
    [[nodiscard]] models::Result<qsizetype> read(const Piece& piece, char* into) const;

private:
    void find(Piece& piece, qsizetype most);
    void readOn(Piece& piece, qsizetype most);

    LogFileReader m_reader;
    qint64 m_end = 0;  ///< of the last piece, in a file that is read anywhere
    QByteArray m_rest; ///< read behind the last piece, of any other
    bool m_isInLine = false;
};

} // namespace app

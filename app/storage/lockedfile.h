// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QtGlobal>

#include <array>
#include <cstdint>

namespace app {

/// Room on disk for what memory has none for, and for as long as this lives. The file has no name,
/// and what is in it is encrypted (ChaCha, as nettle has it) with a key that is in memory alone:
/// nothing that a host said can be read there, now or later. Any thread, several at a time; it
/// blocks as long as the disk does.
class LockedFile {
public:
    /// In a folder that is on a disk rather than in memory, where there is one.
    LockedFile();
    ~LockedFile();
    Q_DISABLE_COPY_MOVE(LockedFile)

    /// False: there is no folder for it, and nothing can be written.
    [[nodiscard]] bool isOpen() const { return m_file >= 0; }
    /// piece: a number that no other write to this file ever has. False where there is no room;
    /// nothing can be read there then.
    [[nodiscard]] bool write(quint64 piece, qint64 at, QByteArrayView bytes) const;
    /// A whole piece, of its very size, or nothing.
    [[nodiscard]] QByteArray read(quint64 piece, qint64 at, qsizetype size) const;
    /// Gives the room of these bytes back to the disk, where it can.
    void release(qint64 at, qint64 size) const;

private:
    void crypt(quint64 piece, QByteArray& bytes) const;

    int m_file;
    std::array<std::uint8_t, 32> m_key{};
};

} // namespace app

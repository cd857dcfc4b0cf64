// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/spillfile.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

namespace app {
namespace {

/// In a folder that is on a disk rather than in memory, where there is one.
int openNameless() {
    const QByteArray usual = QFile::encodeName(QDir::tempPath());
    for (const QByteArray& folder : {QByteArray("/var/tmp"), usual}) {
        int file = ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (file >= 0)
            return file;
        QByteArray name = folder + "/gantry-XXXXXX";
        file = mkostemp(name.data(), O_CLOEXEC);
        if (file >= 0) {
            ::unlink(name.constData());
            return file;
        }
    }
    return -1;
}

bool writeAll(int file, const QByteArray& bytes, qint64 at) {
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count =
            pwrite(file, bytes.constData() + done, size_t(bytes.size() - done), at + done);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        done += std::max<ssize_t>(count, 0);
    }
    return true;
}

bool readAll(int file, QByteArray& bytes, qint64 at) {
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t count =
            pread(file, bytes.data() + done, size_t(bytes.size() - done), at + done);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        done += std::max<ssize_t>(count, 0);
    }
    return true;
}

void crypt(chacha_ctx& stream, QByteArray& bytes) {
    auto* const data = reinterpret_cast<uint8_t*>(bytes.data());
    chacha_crypt(&stream, size_t(bytes.size()), data, data);
}

} // namespace

SpillFile::~SpillFile() {
    if (m_file >= 0)
        ::close(m_file);
}

bool SpillFile::open() {
    if (m_file >= 0)
        return true;
    std::array<uint8_t, CHACHA_KEY_SIZE> key{};
    const std::array<uint8_t, CHACHA_NONCE_SIZE> nonce{};
    if (getrandom(key.data(), key.size(), 0) != ssize_t(key.size()))
        return false;
    m_file = openNameless();
    for (chacha_ctx* stream : {&m_locking, &m_unlocking}) {
        chacha_set_key(stream, key.data());
        chacha_set_nonce(stream, nonce.data());
    }
    explicit_bzero(key.data(), key.size());
    return m_file >= 0;
}

bool SpillFile::append(const QByteArray& piece) {
    if (!open())
        return false;
    // Where writing fails, the stream is where it was.
    chacha_ctx stream = m_locking;
    QByteArray locked(piece.constData(), piece.size());
    crypt(stream, locked);
    if (!writeAll(m_file, locked, m_end))
        return false;
    m_locking = stream;
    m_end += piece.size();
    return true;
}

QByteArray SpillFile::take(qsizetype size) {
    QByteArray piece(size, Qt::Uninitialized);
    const bool isRead = readAll(m_file, piece, m_begin);
    crypt(m_unlocking, piece);
    m_begin += size;
    if (m_begin == m_end) {
        m_begin = m_end = 0;
        [[maybe_unused]] const int cut = ftruncate(m_file, 0);
    }
    return isRead ? piece : QByteArray();
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/lockedfile.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <nettle/chacha.h>
#include <sys/random.h>
#include <unistd.h>

namespace app {
namespace {

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

/// Calls transfer(done) until all is done, as pread and pwrite want it.
template <class Transfer>
bool transferAll(qsizetype size, Transfer transfer) {
    for (qsizetype done = 0; done < size;) {
        const ssize_t count = transfer(done);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        done += std::max<ssize_t>(count, 0);
    }
    return true;
}

} // namespace

LockedFile::LockedFile()
    : m_file(openNameless()) {
    static_assert(std::tuple_size_v<decltype(m_key)> == CHACHA_KEY_SIZE);
    const bool hasKey = getrandom(m_key.data(), m_key.size(), 0) == ssize_t(m_key.size());
    if (!hasKey && m_file >= 0) {
        ::close(m_file);
        m_file = -1;
    }
}

LockedFile::~LockedFile() {
    if (m_file >= 0)
        ::close(m_file);
    explicit_bzero(m_key.data(), m_key.size());
}

void LockedFile::crypt(quint64 piece, QByteArray& bytes) const {
    std::array<std::uint8_t, CHACHA_NONCE_SIZE> nonce{};
    static_assert(sizeof piece == nonce.size());
    std::memcpy(nonce.data(), &piece, nonce.size());
    chacha_ctx stream{};
    chacha_set_key(&stream, m_key.data());
    chacha_set_nonce(&stream, nonce.data());
    auto* const data = reinterpret_cast<std::uint8_t*>(bytes.data());
    chacha_crypt(&stream, static_cast<size_t>(bytes.size()), data, data);
    explicit_bzero(&stream, sizeof stream);
}

bool LockedFile::write(quint64 piece, qint64 at, QByteArrayView bytes) const {
    if (!isOpen())
        return false;
    QByteArray locked = bytes.toByteArray();
    crypt(piece, locked);
    return transferAll(locked.size(), [&](qsizetype done) {
        return pwrite(m_file, locked.constData() + done, static_cast<size_t>(locked.size() - done),
                      at + done);
    });
}

QByteArray LockedFile::read(quint64 piece, qint64 at, qsizetype size) const {
    QByteArray bytes(size, Qt::Uninitialized);
    const bool isRead =
        isOpen() && transferAll(size, [&](qsizetype done) {
            return pread(m_file, bytes.data() + done, static_cast<size_t>(size - done), at + done);
        });
    if (!isRead)
        return {};
    crypt(piece, bytes);
    return bytes;
}

void LockedFile::release(qint64 at, qint64 size) const {
    // Where the file system cannot, the room comes back with the file's end.
    if (isOpen() && size > 0)
        (void)fallocate(m_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, size);
}

} // namespace app

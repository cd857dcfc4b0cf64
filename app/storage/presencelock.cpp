// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/presencelock.h"

#include "app/storage/filelock.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace app {

PresenceLock::~PresenceLock() {
    release();
}

bool PresenceLock::share(const QString& path) {
    release();
    m_file =
        open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return m_file >= 0 && setLock(m_file, F_RDLCK);
}

bool PresenceLock::makeExclusive() {
    return m_file >= 0 && setLock(m_file, F_WRLCK);
}

void PresenceLock::release() {
    if (m_file >= 0)
        close(m_file);
    m_file = -1;
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fcntl.h>

namespace app {

/// A lock of a whole file for fcntl, of a type as F_WRLCK. Meant for open file descriptions: such a
/// lock ends with its file alone, and the kernel gives it back when the process dies.
[[nodiscard]] inline struct flock wholeFile(short type) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

/// False where somebody else holds it.
[[nodiscard]] inline bool setLock(int file, short type) {
    struct flock lock = wholeFile(type);
    return fcntl(file, F_OFD_SETLK, &lock) == 0;
}

} // namespace app

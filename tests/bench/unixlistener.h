// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

/// A socket in the file system on which others may connect, non-blocking; -1 where there can be
/// none.
inline int listenAt(const char* path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (std::strlen(path) >= sizeof address.sun_path)
        return -1;
    std::strcpy(address.sun_path, path);
    const int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool isThere = made >= 0 &&
                         bind(made, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                         listen(made, SOMAXCONN) == 0;
    return isThere ? made : -1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/agentsocket.h"

#include <QFile>

#include <cstring>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace app {

int connectAgent(const QString& path) {
    sockaddr_un address{};
    const QByteArray name = QFile::encodeName(path);
    if (name.isEmpty() || size_t(name.size()) >= sizeof address.sun_path)
        return -1;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    const int agent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (agent < 0)
        return -1;
    if (connect(agent, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(agent);
        return -1;
    }
    return agent;
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/connectcrew.h"
#include "app/ssh/iothread.h"
#include "app/ssh/keyring.h"
#include "app/ssh/mailbox.h"

#include <QHash>

#include <atomic>
#include <memory>

namespace app {

class SshChannel;
class SshConnection;

/// What all connections share. Lives as long as any of them, on the engine's thread: letters that
/// come back from other threads find their receivers here by number, or find them gone.
struct SshContext {
    SshContext();
    ~SshContext();
    Q_DISABLE_COPY_MOVE(SshContext)

    [[nodiscard]] quint64 nextId() { return ++lastId; }

    Mailbox mailbox;
    std::shared_ptr<KeyRing> keys = std::make_shared<KeyRing>();
    QHash<quint64, SshConnection*> connections;
    QHash<quint64, SshChannel*> channels;
    quint64 lastId = 0;
    IoThread io;
    ConnectCrew crew; ///< goes first: what it connects goes to the I/O thread
};

} // namespace app

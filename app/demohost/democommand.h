// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/descriptor.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <sys/ioctl.h>
#include <sys/types.h>

namespace app {

/// A command as a channel asks for it.
struct DemoCommand {
    QByteArray text;               ///< for /bin/sh -c; empty: a login shell
    QByteArray folder;             ///< where it starts
    QList<QByteArray> environment; ///< "NAME=VALUE", all that it gets
    bool hasTerminal = false;
    winsize size{};
};

/// A command under way, in a process group of its own. Its ends do not block.
struct DemoProcess {
    pid_t pid = -1;
    Descriptor ended; ///< readable once it has ended
    Descriptor input;
    Descriptor output;
    Descriptor error; ///< not open where it has a terminal
};

/// Starts it; nothing where the system refuses. Thread-safe.
[[nodiscard]] std::optional<DemoProcess> startCommand(const DemoCommand& command);

} // namespace app

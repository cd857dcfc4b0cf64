// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>

#include <libssh/libssh.h>

#include <memory>
#include <type_traits>

namespace app {

struct DemoKeyCloser {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};
using DemoKey = std::unique_ptr<std::remove_pointer_t<ssh_key>, DemoKeyCloser>;

/// The keys of one demo host: what it proves itself with, and the only one that it lets in. Both
/// are made anew at each start.
struct DemoKeys {
    DemoKey host;
    DemoKey person;
};

[[nodiscard]] models::Result<DemoKeys> makeDemoKeys();

/// "ssh-ed25519 AAAA…", as known_hosts has it.
[[nodiscard]] QByteArray publicText(ssh_key key);

/// Writes the private key, readable by its owner alone.
[[nodiscard]] models::Result<void> writePrivateKey(ssh_key key, const QString& path);

} // namespace app

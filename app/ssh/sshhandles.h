// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libssh/libssh.h>

#include <memory>
#include <type_traits>

namespace app {

/// libssh's own handles, owned. A session closes its descriptor without a word to the other side:
/// it may be gone, and nobody waits for it.
struct SessionCloser {
    void operator()(ssh_session session) const {
        ssh_silent_disconnect(session);
        ssh_free(session);
    }
};
struct KeyCloser {
    void operator()(ssh_key key) const { ssh_key_free(key); }
};

using SessionHandle = std::unique_ptr<std::remove_pointer_t<ssh_session>, SessionCloser>;
using KeyHandle = std::unique_ptr<std::remove_pointer_t<ssh_key>, KeyCloser>;

} // namespace app

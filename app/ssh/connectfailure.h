// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "models/core/result.h"

#include <tl/expected.hpp>

namespace app {

/// Why there is no connection.
struct ConnectFailure {
    enum class Kind {
        Unreachable, ///< the network, or the host: trying again later may help
        Dropped,     ///< the host hung up before it said who it is: it may be busy
        Rejected,    ///< it is not the host that it has to be, or nobody said that it is
        Denied,      ///< it does not let us in
        Unusable,    ///< the settings do not allow it
        Cancelled,
    };

    Kind kind = Kind::Unreachable;
    models::Error error;
    HostKey hostKey = {}; ///< that the host showed, where it came to that
};

template <class T>
using Connected = tl::expected<T, ConnectFailure>;

[[nodiscard]] inline tl::unexpected<ConnectFailure> noConnection(ConnectFailure::Kind kind,
                                                                 models::ErrorCode code,
                                                                 QString message,
                                                                 QString detail = {}) {
    return tl::unexpected<ConnectFailure>(
        ConnectFailure{kind, models::Error{code, std::move(message), std::move(detail)}});
}

} // namespace app

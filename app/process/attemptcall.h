// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/supervisor.h"
#include "app/run/place.h"

namespace app {

/// Whether the request can be said to a shell at all.
[[nodiscard]] models::Result<void> checkRequest(const AttemptRequest& request);
/// The slot that it needs.
[[nodiscard]] SupervisorKind kindFor(const AttemptRequest& request);
/// Its shell reads the command from a file in the slot.
[[nodiscard]] bool needsScriptFile(const AttemptRequest& request);
/// What the shell in the slot waits for (see order.sh): token is its supervisor's, nonce that of
/// the run's directory.
[[nodiscard]] QByteArray orderText(const AttemptRequest& request, const QByteArray& token,
                                   const QByteArray& nonce);
/// A time as the supervisor counts it, in steps of 50 ms.
[[nodiscard]] QByteArray graceText(std::chrono::milliseconds grace);

/// Why an attempt was not started, for a person.
[[nodiscard]] models::Error refusalError(const SupervisorReply& reply);
/// Why its outcome cannot be known, for a person.
[[nodiscard]] QString lossReason(const SupervisorReply& state);

} // namespace app

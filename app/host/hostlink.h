// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>

namespace app {

/// How the connection to one host stands, for people. A value.
struct HostLink {
    enum class State {
        Idle, ///< nothing wants it; what is known of the last connection stays
        Connecting,
        Asking, ///< a person has to answer its question
        Connected,
        Silent,  ///< connected, and nothing was answered for unusually long: since when, see since
        Waiting, ///< it was lost, or could not be made: the next attempt is at retryAt
        Failed,  ///< nothing is tried any more until somebody asks for it; see error
    };
    /// Why it failed, where that changes what can be done about it.
    enum class Cause {
        None,
        Unreachable, ///< the network, or the host: trying again may help
        HostKey,     ///< it shows a key that is changed, revoked, or was not trusted
        Denied,      ///< it does not let us in
        Settings,    ///< ~/.ssh/config or the workspace do not allow it
        Cancelled,
    };

    QString ssh;     ///< as the workspace writes it; tells links apart
    QString name;    ///< what the workspace calls the host
    QString address; ///< "deploy@web-1.example.com:2222"
    State state = State::Idle;
    Cause cause = Cause::None;
    std::optional<models::Error> error;     ///< of the last attempt, where it failed
    int failures = 0;                       ///< in a row
    models::Instant since;                  ///< of this state
    models::Instant retryAt;                ///< while Waiting
    QString fingerprint;                    ///< of the host's key: "SHA256:…"
    QString authentication;                 ///< "publickey (id_ed25519)"
    std::chrono::microseconds roundTrip{0}; ///< last measured; 0: not yet
    /// How far its clock is ahead of ours, measured when it was connected last; nothing: not yet,
    /// or its date cannot be read.
    std::optional<std::chrono::microseconds> clockAhead;
    std::chrono::microseconds clockDoubt{0}; ///< clockAhead is right to within this
    bool isHeld = false; ///< at a person's wish, whatever else uses it: see HostService::hangUp()

    /// By how much times of the host are to be taken back: nothing where it is not known, nor
    /// where the line is too slow to tell it from 0.
    [[nodiscard]] std::chrono::microseconds correction() const {
        return clockAhead && std::chrono::abs(*clockAhead) > clockDoubt
                   ? *clockAhead
                   : std::chrono::microseconds(0);
    }

    bool operator==(const HostLink&) const = default;
};

} // namespace app

Q_DECLARE_METATYPE(app::HostLink)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/environment/workspace.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

namespace app {

/// One thing that a host has to be able to do, looked at.
struct HostCheck {
    enum class Kind {
        Reachable,
        HostKey,
        Authentication,
        Shell,
        Directory, ///< that attempts are recorded in can be written
        Survival,  ///< a detached command outlives a real disconnect
        Sudo,
        Runtime, ///< of containers
        Clock,
        RoundTrip,
    };

    Kind kind = Kind::Reachable;
    models::Verdict verdict = models::Verdict::Unknown;
    QString value;  ///< what was found: "12 ms", "podman 4.3.1"; may be empty
    QString reason; ///< of anything but a pass, and where there is something to know
    QString remedy; ///< what to do about it; empty where there is nothing

    bool operator==(const HostCheck&) const = default;
};

/// The word for it in JSON and logs: "host_key".
[[nodiscard]] QLatin1String checkName(HostCheck::Kind kind);

/// All that was found out about a host in one go, complete or so far. A value.
struct HostReport {
    models::Host host;
    QString address;         ///< "deploy@web-1.example.com:2222"
    QList<HostCheck> checks; ///< in the order of Kind
    QStringList log;         ///< what happened, a line each, without secrets
    QString fingerprint;     ///< that the host showed: "SHA256:…"
    QStringList publicKeys;  ///< that were offered, as authorized_keys wants them
    models::Instant at;      ///< when it began
    bool isComplete = false;

    bool operator==(const HostReport&) const = default;
};

} // namespace app

Q_DECLARE_METATYPE(app::HostReport)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthvalue.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <array>
#include <chrono>
#include <cstdint>

namespace models {

/// Something that a workspace wants observed again and again. A value.
struct Probe {
    enum class Kind : std::uint8_t {
        Http,      ///< target is a URL
        WebSocket, ///< target is a URL of ws or wss; the answer is to be 101
        Tcp,       ///< target is "host:port"
        Tls,       ///< target is "host:port": the certificate there
        Command,   ///< target is a command for `sh -c`, at each of places
        Container, ///< target is a container's name, at each of places
    };
    struct Header {
        QString name;
        QString value;

        bool operator==(const Header&) const = default;
    };

    QString name; ///< for people; empty: what it asks
    Kind kind = Kind::Http;
    QString target;
    QString pass; ///< a condition; empty: what goes without saying for its kind
    std::chrono::milliseconds every{30'000};
    std::chrono::milliseconds timeLimit{10'000}; ///< of the whole exchange
    /// Failures after the first one before it counts as down, and passes after the first one
    /// before it counts as up again.
    int retriesDown = 0;
    int retriesUp = 0;
    QString method = {}; ///< of HTTP; empty: GET
    QList<Header> headers = {};
    QString authority = {};   ///< path of a file of certificates that are trusted, in place of all
    QString certificate = {}; ///< path of the client's certificate …
    QString key = {};         ///< … and of its key
    /// What is promised of the service and what is usual: "sla.p95" and "baseline.p95" → 0.5 s.
    QMap<QString, Quantity> references = {};
    QStringList places = {}; ///< hosts of the environment, or "local": of commands and containers
    /// Of Tls: a certificate that passes and has less time left warns; zero: none does.
    /// ACME clients renew at 30 days: by then one has failed to for a week.
    std::chrono::milliseconds warnBefore{std::chrono::days(21)};

    bool operator==(const Probe&) const = default;
};

inline constexpr std::array probeKinds{Probe::Kind::Http,      Probe::Kind::Tcp,
                                       Probe::Kind::Tls,       Probe::Kind::Command,
                                       Probe::Kind::WebSocket, Probe::Kind::Container};

/// "http", "tls" …: as gantry.yaml writes it, and the root of its values in a condition.
[[nodiscard]] QString probeWord(Probe::Kind kind);
/// The condition that goes without saying for a kind of probe: `http.status >= 200 && …`.
[[nodiscard]] QString defaultCondition(Probe::Kind kind);

} // namespace models

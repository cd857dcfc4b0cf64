// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/health/conditionreading.h"

#include <QJsonValue>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace models {

/// Where the time of an exchange went. Lookup, connect and tls are spans of their own, which a
/// connection that is used again does not have; the others count from the beginning.
struct ProbePhases {
    using Time = std::optional<std::chrono::nanoseconds>;

    Time lookup;
    Time connect;
    Time tls;
    Time firstByte;
    Time total;

    bool operator==(const ProbePhases&) const = default;
};

/// What a certificate says and what was found against it.
struct CertificateFacts {
    Instant validFrom;
    Instant expires;
    QString subject;
    QString issuer;
    QString problem; ///< empty: it is trusted

    bool operator==(const CertificateFacts&) const = default;
};

/// What came back from one exchange, before anything is decided about it.
struct ProbeReply {
    enum class Outcome : std::uint8_t {
        Answered,  ///< there is something to decide on
        Failed,    ///< the service did not do its part: see reason
        NotProbed, ///< nothing was seen of the service: see reason
    };

    Outcome outcome = Outcome::NotProbed;
    QString reason; ///< a sentence, where it is not Answered
    Instant at;     ///< when the exchange began
    /// How much later it began than it was due: of this console, never of the service.
    std::chrono::nanoseconds lateness{0};
    ProbePhases phases;
    // Of HTTP and WebSocket; 0: none.
    int status = 0;
    int redirects = 0;
    QList<std::pair<QString, QString>> headers; ///< of the last answer, names in lower case
    // Of HTTP and of a command's output.
    QJsonValue body = QJsonValue(QJsonValue::Undefined);
    QString bodyProblem; ///< why there is no body, where there is none
    std::optional<CertificateFacts> certificate;
    std::optional<int> exitCode; ///< of a command
    QString output;              ///< of a command, trimmed, its begin; of a container its state
};

/// One check, decided. A value.
struct Observation {
    Instant at;
    Verdict verdict = Verdict::Unknown;
    /// Why, for a person: "http.status was 503; limit 200", "127.0.0.1:8080 refused the
    /// connection."
    QString reason;
    ProbePhases phases;
    std::chrono::nanoseconds lateness{0};
    QList<LeafReading> leaves; ///< what each part of the condition came to

    bool operator==(const Observation&) const = default;
};

} // namespace models

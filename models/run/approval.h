// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>

namespace models {

/// Somebody who decides, as `people` of gantry.yaml has them. Stored with each run. A value.
struct Person {
    QString name;         ///< of a person or of a role that one fills: "release-manager"
    QStringList roles;    ///< that they decide in; their name counts as one too
    QStringList accounts; ///< "lead" or "lead@laptop": the runs of these are their own
    QStringList keys;     ///< public SSH keys, "ssh-ed25519 AAAA…", without a comment

    bool operator==(const Person&) const = default;
};

/// What an approval asks for. Those of an environment are the least that every approval in it asks
/// for. A value.
struct ApprovalTerms {
    int by = 1;                          ///< so many different people
    bool notSelf = false;                ///< none of them drives the run
    QString role;                        ///< that all of them have; empty: any
    std::chrono::milliseconds within{0}; ///< from when it was asked for; 0: as long as it takes

    bool operator==(const ApprovalTerms&) const = default;
};

/// What a limit counts as that is written but cannot be read: a mistake is not to give more time.
inline constexpr std::chrono::milliseconds unreadTime{60'000};

/// The question that stands: what was said to an earlier one does not count. A value.
struct ApprovalRequest {
    qint64 seq = 0;  ///< of its ApprovalRequested; 0: nobody asked
    QByteArray hash; ///< of that event: it stands for all that was recorded up to it
    Instant at;
    QString by;       ///< the account that asked
    Instant deadline; ///< null: it has none
    QString reason;   ///< of a gate: why it is to be overridden
    bool expired = false;

    bool operator==(const ApprovalRequest&) const = default;
};

/// What one person said to the request: go or no-go. The newest of each person counts. A value.
struct Say {
    QString name;
    bool isGo = false;
    bool verified = false; ///< signed by a key of theirs
    bool counts = false;   ///< towards the terms; a no-go always does
    Instant at;
    QString remark;
    QString key; ///< its fingerprint, "SHA256:…"; empty: not signed

    bool operator==(const Say&) const = default;
};

/// Somebody took note of one known risk and goes on. A value.
struct RiskTaken {
    QString risk; ///< its text
    Instant at;
    QString by; ///< the account
    QString remark;

    bool operator==(const RiskTaken&) const = default;
};

/// The run was given to a colleague's console. A value.
struct GivenAway {
    QString to;
    Instant at;
    QString by; ///< the account

    bool operator==(const GivenAway&) const = default;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/runstate.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace models {

/// What signatures of approvals are for: `ssh-keygen -Y sign -n`. One made for anything else, as a
/// commit of git, is none here.
inline constexpr QLatin1String approvalNamespace("gantry-approval");

/// The lines that say what is asked, as they are copied into a chat, and what somebody said to it.
/// What is signed is these bytes: UTF-8, "key: value" lines in this order, each ended by "\n",
/// without control characters or surrounding blanks in a value. A value.
struct ApprovalAnswer {
    QString request; ///< the lines of approvalRequestText()
    bool isGo = false;
    QString name; ///< under which it is given; empty: whose key it is
    QString note;

    bool operator==(const ApprovalAnswer&) const = default;
};

/// An answer whose signature was checked: by a key of this person, over these bytes.
struct VerifiedAnswer {
    ApprovalAnswer answer;
    QByteArray statement; ///< the bytes that were signed
    QByteArray signature; ///< "-----BEGIN SSH SIGNATURE-----" …
    QString person;       ///< whose key it is
    QString key;          ///< its fingerprint, "SHA256:…"

    bool operator==(const VerifiedAnswer&) const = default;
};

/// The request that stands at a step: its run, its event with the hash, the step, the runbook with
/// its hash, the environment, the target, what is asked and until when. Two requests never have the
/// same text: the hash stands for everything that was recorded before. Empty where nobody asked.
[[nodiscard]] QString approvalRequestText(const RunState& state, int planIndex);

/// Finds the lines of a request in what somebody pasted, also quoted by a chat ("> …") or between
/// other words. InvalidInput where there are none, or some are missing.
[[nodiscard]] Result<QString> approvalRequestFrom(const QString& pasted);
/// The value of one line of a request: "step", "environment", "valid-until" …
[[nodiscard]] QString approvalRequestValue(const QString& request, QStringView key);

/// The bytes to sign.
[[nodiscard]] QByteArray approvalStatement(const ApprovalAnswer& answer);
/// Statement and signature as one text for the chat.
[[nodiscard]] QString signedAnswerText(const QByteArray& statement, const QByteArray& signature);

/// A text for the chat, taken apart; nothing of it is checked.
struct SignedAnswer {
    ApprovalAnswer answer;
    QByteArray statement;
    QByteArray signature;
};
[[nodiscard]] Result<SignedAnswer> signedAnswerFrom(const QString& pasted);

/// Why a checked answer does not count at this step as it stands: another run's, another request's,
/// expired, or who gave it may not. Empty: it counts.
[[nodiscard]] QString answerRefusal(const RunState& state, int planIndex,
                                    const VerifiedAnswer& answer, Instant now);

} // namespace models

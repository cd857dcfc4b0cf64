// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/approvaltext.h"

#include <QFuture>

namespace app {

/// Signatures of approvals as services see them. Main thread; futures are finished there.
class ApprovalSigner {
public:
    virtual ~ApprovalSigner() = default;

    /// Whose key signed exactly these bytes as an approval. NotFound where it is nobody's of these
    /// people, Refused where the signature does not belong to the bytes; with any other error it
    /// could not be checked.
    virtual QFuture<models::Result<models::VerifiedAnswer>>
    check(const models::SignedAnswer& answer, const QList<models::Person>& people) = 0;
    /// keyFile: a private key, or a public one whose private key the SSH agent holds or that lies
    /// beside it. Empty: the first of ~/.ssh that is one of these people's.
    virtual QFuture<models::Result<models::SignedAnswer>>
    sign(const models::ApprovalAnswer& answer, const QString& keyFile,
         const QList<models::Person>& people) = 0;
};

} // namespace app

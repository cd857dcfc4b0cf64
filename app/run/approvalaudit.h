// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/approvalsigner.h"
#include "app/run/startedpromise.h"
#include "models/run/approvalproof.h"

#include <QObject>

#include <optional>

namespace app {

/// Has recorded signatures checked again, one after the other. Main thread.
class ApprovalAudit final : public QObject {
    Q_OBJECT

public:
    /// known: people who are listed today, beside those that each run recorded; nothing where they
    /// are not asked about.
    explicit ApprovalAudit(ApprovalSigner& signer, std::optional<QList<models::Person>> known = {},
                           QObject* parent = nullptr);

    /// A finding for each proof, in their order.
    [[nodiscard]] QFuture<QList<models::Finding>> check(const QList<models::ApprovalProof>& proofs);

private:
    struct Audit {
        QList<models::ApprovalProof> proofs;
        QList<models::Finding> findings;
        SharedPromise<QList<models::Finding>> promise;
    };

    void checkNext(const std::shared_ptr<Audit>& audit);

    ApprovalSigner& m_signer;
    const std::optional<QList<models::Person>> m_known;
};

} // namespace app

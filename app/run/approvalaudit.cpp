// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/approvalaudit.h"

#include "app/run/whenfinished.h"

namespace app {

using models::ApprovalProof;
using models::VerifiedAnswer;
using Verified = models::Result<VerifiedAnswer>;

ApprovalAudit::ApprovalAudit(ApprovalSigner& signer, std::optional<QList<models::Person>> known,
                             QObject* parent)
    : QObject(parent)
    , m_signer(signer)
    , m_known(std::move(known)) {}

QFuture<QList<models::Finding>> ApprovalAudit::check(const QList<ApprovalProof>& proofs) {
    const auto audit = std::make_shared<Audit>();
    audit->proofs = proofs;
    audit->promise = startedPromise<QList<models::Finding>>();
    checkNext(audit);
    return audit->promise->future();
}

void ApprovalAudit::checkNext(const std::shared_ptr<Audit>& audit) {
    if (audit->findings.size() == audit->proofs.size()) {
        finish(*audit->promise, audit->findings);
        return;
    }
    const ApprovalProof& proof = audit->proofs[audit->findings.size()];
    const auto found = [this, audit, proof](const Verified& recorded,
                                            const std::optional<Verified>& known = {}) {
        audit->findings.append(models::proofFinding(proof, recorded, known));
        checkNext(audit);
    };
    whenFinished(m_signer.check(proof.answer, proof.people), this,
                 [this, proof, found](const Verified& recorded) {
                     if (!recorded || !m_known) {
                         found(recorded);
                         return;
                     }
                     whenFinished(
                         m_signer.check(proof.answer, *m_known), this,
                         [recorded, found](const Verified& known) { found(recorded, known); });
                 });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/approvalsigner.h"
#include "models/run/runstate.h"

#include <QObject>

#include <functional>
#include <memory>

namespace app {

/// Answers to approvals that come with a signature. Whose it is comes first; what it is worth is
/// decided when its turn comes. Main thread.
class SignedAnswers final : public QObject {
    Q_OBJECT

public:
    /// state: of a run that is open here, else nullptr.
    explicit SignedAnswers(std::function<const models::RunState*(const models::RunId& run)> state);

    /// Without one nothing is checked or made here.
    void setSigner(std::shared_ptr<ApprovalSigner> signer) { m_signer = std::move(signer); }
    /// As it came by chat.
    void check(const models::RunId& run, const models::StepId& step, const QString& pasted);
    /// Signed by this machine's user; keyFile: as ApprovalSigner::sign().
    void sign(const models::RunId& run, const models::StepId& step, bool isGo, const QString& note,
              const QString& keyFile);

Q_SIGNALS:
    void verified(const models::RunId& run, const models::StepId& step,
                  const models::VerifiedAnswer& answer);
    void refused(const models::RunId& run, const models::StepId& step, const models::Error& error);

private:
    void take(const models::RunId& run, const models::StepId& step,
              const models::Result<models::SignedAnswer>& given);

    std::function<const models::RunState*(const models::RunId& run)> m_state;
    std::shared_ptr<ApprovalSigner> m_signer;
};

} // namespace app

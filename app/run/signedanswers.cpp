// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/signedanswers.h"

#include "app/run/whenfinished.h"

#include <utility>

namespace app {

using models::RunId;
using models::StepId;

SignedAnswers::SignedAnswers(std::function<const models::RunState*(const RunId& run)> state)
    : m_state(std::move(state)) {}

void SignedAnswers::check(const RunId& run, const StepId& step, const QString& pasted) {
    take(run, step, models::signedAnswerFrom(pasted));
}

void SignedAnswers::sign(const RunId& run, const StepId& step, bool isGo, const QString& note,
                         const QString& keyFile) {
    const models::RunState* const standing = m_state(run);
    const int index = standing ? standing->plan->indexOf.value(step, -1) : -1;
    if (index < 0 || !m_signer)
        return;
    const models::ApprovalAnswer answer{
        models::approvalRequestText(*standing, index), isGo, {}, note};
    whenFinished(m_signer->sign(answer, keyFile, standing->plan->context.people), this,
                 [this, run, step](const models::Result<models::SignedAnswer>& made) {
                     take(run, step, made);
                 });
}

void SignedAnswers::take(const RunId& run, const StepId& step,
                         const models::Result<models::SignedAnswer>& given) {
    if (!given) {
        Q_EMIT refused(run, step, given.error());
        return;
    }
    const models::RunState* const standing = m_state(run);
    if (standing == nullptr || !m_signer)
        return;
    whenFinished(m_signer->check(*given, standing->plan->context.people), this,
                 [this, run, step](const models::Result<models::VerifiedAnswer>& checked) {
                     if (checked)
                         Q_EMIT verified(run, step, *checked);
                     else
                         Q_EMIT refused(run, step, checked.error());
                 });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/environmentlocks.h"

#include "app/diagnostics/clock.h"
#include "app/run/runtitle.h"
#include "app/run/whenfinished.h"
#include "models/run/draft.h"

#include <algorithm>

namespace app {

using namespace std::chrono_literals;
using models::LockObstacle;

namespace {

/// For a host that is connected to first, where a person may be asked something.
constexpr std::chrono::milliseconds takeLimit = 120s;
/// For one that was asked before: it may be away because of what the run does there.
constexpr std::chrono::milliseconds keepLimit = 10s;

models::LockHolder holderOf(const RunSummary& run) {
    return {run.id, run.startedBy, runTitle(run), run.startedAt, {}};
}

} // namespace

/// One question to several places. The last of them to answer ends it.
struct EnvironmentLocks::Round {
    models::RunState state; ///< a copy: it may change meanwhile
    QMap<QString, LockObstacle> seen;
    QString reason;
    Answer answer;
    int left = 1; ///< one for who asks, until everybody is asked
    Done done;
};

EnvironmentLocks::EnvironmentLocks(JournalStore& journal, RunPlaces& places, QObject* parent)
    : QObject(parent)
    , m_journal(journal)
    , m_places(places) {}

std::shared_ptr<EnvironmentLocks::Round> EnvironmentLocks::newRound(const models::RunState& state,
                                                                    Done done) const {
    auto round = std::make_shared<Round>();
    round->state = state;
    round->done = std::move(done);
    return round;
}

void EnvironmentLocks::settle(const std::shared_ptr<Round>& round) {
    if (--round->left == 0)
        round->done(round->answer);
}

void EnvironmentLocks::take(const models::RunState& state, const QStringList& at, Done done) {
    const auto round = newRound(state, std::move(done));
    const QStringList hosts = models::hostsInvolved(*state.plan);
    const bool namesHost = std::any_of(
        at.cbegin(), at.cend(), [&hosts](const QString& place) { return hosts.contains(place); });
    takeHere(round);
    for (const QString& host : hosts) {
        const auto held = state.locks.constFind(host);
        if (held == state.locks.cend())
            takeAt(round, host, LockOrder::Take, state.plan->context.rollbackOf);
        else if (held->lacking.isEmpty() && (!namesHost || at.contains(host)))
            takeAt(round, host, LockOrder::Keep, state.plan->context.rollbackOf);
    }
    settle(round);
}

void EnvironmentLocks::takeOver(const models::RunState& state, const QList<LockObstacle>& seen,
                                const QString& reason, Done done) {
    const auto round = newRound(state, std::move(done));
    round->reason = reason;
    for (const LockObstacle& obstacle : seen)
        round->seen.insert(obstacle.place, obstacle);
    takeHere(round);
    for (const QString& host : models::hostsInvolved(*state.plan)) {
        const auto obstacle = round->seen.constFind(host);
        if (obstacle == round->seen.cend()) {
            if (!state.locks.contains(host))
                takeAt(round, host, LockOrder::Take, state.plan->context.rollbackOf);
        } else if (obstacle->kind == LockObstacle::Kind::Unsure) {
            round->answer.drafts.append(
                models::draft::lockLacking(host, obstacle->problem, reason));
        } else {
            takeAt(round, host, LockOrder::Seize, obstacle->holder.run);
        }
    }
    settle(round);
}

void EnvironmentLocks::release(const models::RunState& state, const QStringList& hosts, Done done) {
    const auto round = newRound(state, std::move(done));
    for (const QString& host : hosts) {
        LockQuestion question;
        question.order = LockOrder::Release;
        askHost(round, host, question, keepLimit, [round, host](const LockAnswer& answer) {
            if (answer.kind == LockAnswer::Kind::Free)
                round->answer.drafts.append(models::draft::lockReleased(host));
            else
                round->answer.obstacles.append(
                    {host, LockObstacle::Kind::Unsure, {}, answer.problem});
        });
    }
    settle(round);
}

/// The answer comes once, also where the host has none.
void EnvironmentLocks::askHost(const std::shared_ptr<Round>& round, const QString& host,
                               const LockQuestion& asked, std::chrono::milliseconds limit,
                               std::function<void(const LockAnswer&)> done) {
    const models::PlanContext& context = round->state.plan->context;
    const models::Host* const known = context.host(host);
    LockQuestion question = asked;
    question.directory = known != nullptr ? known->lockDir : QString();
    question.workspaceId = context.workspaceId.isEmpty() ? u"none"_qs : context.workspaceId;
    question.environment = context.environment;
    question.run = round->state.id;
    question.record = models::lockHolder(round->state, presentInstant());
    question.record.reason = round->reason;
    ++round->left;
    const auto waiting = std::make_shared<bool>(true);
    const auto answer = [round, waiting, done = std::move(done)](const LockAnswer& answered) {
        if (!std::exchange(*waiting, false))
            return;
        done(answered);
        settle(round);
    };
    QTimer::singleShot(limit, this, [answer, limit] {
        answer({LockAnswer::Kind::Unsure,
                {},
                u"It did not answer within %1 s."_qs.arg(limit.count() / 1000)});
    });
    m_places.exec(host, lockCommand(question), [answer](const models::Result<ExecResult>& result) {
        answer(lockAnswer(result));
    });
}

void EnvironmentLocks::takeAt(const std::shared_ptr<Round>& round, const QString& host,
                              LockOrder order, const models::RunId& other) {
    LockQuestion question;
    question.order = order;
    question.other = other;
    askHost(round, host, question, order == LockOrder::Keep ? keepLimit : takeLimit,
            [this, round, host](const LockAnswer& answer) { noteHost(*round, host, answer); });
}

void EnvironmentLocks::noteHost(Round& round, const QString& host, const LockAnswer& answer) const {
    const bool isKnown = round.state.locks.contains(host);
    const auto obstruct = [&](LockObstacle::Kind kind) {
        round.answer.obstacles.append({host, kind, answer.holder, answer.problem});
    };
    switch (answer.kind) {
    case LockAnswer::Kind::Free:
    case LockAnswer::Kind::Held:
    case LockAnswer::Kind::Taken:
        if (!isKnown)
            round.answer.drafts.append(models::draft::lockTaken(host));
        return;
    case LockAnswer::Kind::Passed:
        if (const auto seen = round.seen.constFind(host); seen != round.seen.cend())
            round.answer.drafts.append(
                models::draft::lockTakenOver(host, seen->holder, round.reason));
        else if (!isKnown)
            round.answer.drafts.append(models::draft::lockTakenOver(
                host, {round.state.plan->context.rollbackOf, {}, {}, {}, {}}, {}));
        return;
    case LockAnswer::Kind::Other:
        obstruct(LockObstacle::Kind::Held);
        return;
    case LockAnswer::Kind::Lost:
        obstruct(LockObstacle::Kind::Lost);
        round.answer.drafts.append(models::draft::lockLost(host, answer.holder));
        return;
    case LockAnswer::Kind::Unsure:
        if (!isKnown)
            obstruct(LockObstacle::Kind::Unsure);
        return;
    }
}

void EnvironmentLocks::takeHere(const std::shared_ptr<Round>& round) {
    ++round->left;
    whenFinished(m_journal.lockHolder(round->state.id), this,
                 [this, round](const models::Result<std::optional<RunSummary>>& holder) {
                     noteHolder(*round, holder);
                     settle(round);
                 });
}

/// The journal itself sees to it that no two runs hold it: see JournalStore::append().
void EnvironmentLocks::noteHolder(Round& round,
                                  const models::Result<std::optional<RunSummary>>& found) const {
    const QString here(models::localPlace);
    const bool wasHeld = round.state.locks.contains(here);
    if (!found) {
        if (!wasHeld)
            round.answer.obstacles.append(
                {here, LockObstacle::Kind::Unsure, {}, found.error().message});
        return;
    }
    const models::LockHolder holder = *found ? holderOf(**found) : models::LockHolder();
    if (holder.run == round.state.id)
        return;
    const auto seen = round.seen.constFind(here);
    if (seen != round.seen.cend() && seen->holder.run == holder.run) {
        round.answer.drafts.append(models::draft::lockTakenOver(here, seen->holder, round.reason));
    } else if (wasHeld) {
        round.answer.obstacles.append({here, LockObstacle::Kind::Lost, holder, {}});
        round.answer.drafts.append(models::draft::lockLost(here, holder));
    } else if (holder.run.isEmpty()) {
        round.answer.drafts.append(models::draft::lockTaken(here));
    } else if (holder.run == round.state.plan->context.rollbackOf) {
        round.answer.drafts.append(models::draft::lockTakenOver(here, holder, {}));
    } else {
        round.answer.obstacles.append({here, LockObstacle::Kind::Held, holder, {}});
    }
}

} // namespace app

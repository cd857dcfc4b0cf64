// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/hosts.h"

#include <algorithm>
#include <limits>

namespace models {
namespace {

constexpr int namesShown = 3;

QString nameList(const QStringList& names) {
    if (names.size() <= namesShown)
        return names.join(u", "_qs);
    return u"%1 and %2 more"_qs.arg(names.first(namesShown).join(u", "_qs))
        .arg(names.size() - namesShown);
}

QStringList namesWith(const QList<HostProgress>& hosts, StepStatus status) {
    QStringList names;
    for (const HostProgress& host : hosts) {
        if (host.status == status)
            names.append(host.host);
    }
    return names;
}

QString failureText(const HostProgress& host) {
    switch (host.ended) {
    case AttemptStatus::NotStarted:
        return u"%1 did not start"_qs.arg(host.host);
    case AttemptStatus::Cancelled:
        return u"%1 was cancelled"_qs.arg(host.host);
    case AttemptStatus::Intended:
    case AttemptStatus::Started:
    case AttemptStatus::Exited:
    case AttemptStatus::Unknown:
        break;
    }
    return host.exitCode ? u"%1 failed (exit %2)"_qs.arg(host.host).arg(*host.exitCode)
                         : u"%1 failed"_qs.arg(host.host);
}

bool anyIs(const QList<HostProgress>& hosts, StepStatus status) {
    return std::any_of(hosts.cbegin(), hosts.cend(),
                       [status](const HostProgress& host) { return host.status == status; });
}

void noteAttempt(HostProgress& host, const Attempt& attempt) {
    host.status = attempt.verdict;
    host.attempt = attempt.number;
    ++host.tries;
    host.ended = attempt.status;
    host.exitCode = attempt.exitCode;
    host.startedAt = attempt.startedAt;
    host.finishedAt = attempt.finishedAt;
    host.reason = attempt.reason;
    host.evidence = attempt.markedBecause.isEmpty() ? attempt.evidence : attempt.markedBecause;
}

} // namespace

QStringList hostsNamed(const Step& step) {
    QStringList hosts;
    const QString on = step.options.text(QLatin1String("on"));
    for (const QString& part : on.split(u',', Qt::SkipEmptyParts)) {
        const QString host = part.trimmed();
        if (!host.isEmpty() && !hosts.contains(host))
            hosts.append(host);
    }
    return hosts;
}

bool hasSeveralHosts(const Step& step) {
    return step.options.text(QLatin1String("on")).contains(u',') && hostsNamed(step).size() > 1;
}

QString defaultHost(const Plan& plan) {
    const QString& ofRunbook = plan.runbook.frontMatter.defaultHost;
    return ofRunbook.isEmpty() || plan.context.hosts.isEmpty() ? plan.context.defaultHost
                                                               : ofRunbook;
}

Result<QStringList> placesOf(const Plan& plan, const Step& step) {
    const PlanContext& context = plan.context;
    QStringList places = hostsNamed(step);
    if (const QString host = defaultHost(plan); places.isEmpty() && !host.isEmpty())
        places.append(host);
    if (places.isEmpty() && context.hosts.isEmpty())
        places.append(localPlace);
    if (places.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       u"It does not say on which host of %1 it runs: %2."_qs.arg(
                           context.environment, context.hostNames().join(u", "_qs)));
    }
    for (const QString& place : std::as_const(places)) {
        if (place != localPlace && !context.host(place)) {
            return failure(ErrorCode::InvalidInput,
                           u"There is no host %1 in the environment %2. Name it below its hosts in "
                           u"gantry.yaml, or run this in an environment that has it."_qs.arg(
                               place, context.environment));
        }
    }
    return places;
}

Result<int> batchSize(const Step& step) {
    if (!step.options.contains(QLatin1String("batch")))
        return std::numeric_limits<int>::max();
    const QString text = step.options.text(QLatin1String("batch"));
    bool isNumber = false;
    const int size = text.toInt(&isNumber);
    if (isNumber && size > 0)
        return size;
    return failure(ErrorCode::InvalidInput,
                   u"“batch” is how many hosts run at a time, from 1, not “%1”."_qs.arg(text));
}

std::chrono::milliseconds waitBetweenBatches(const Step& step) {
    if (!step.options.contains(QLatin1String("batch")))
        return {};
    return step.options.duration(QLatin1String("wait")).value_or(std::chrono::milliseconds(0));
}

QString placeRefusal(const Plan& plan, const Step& step) {
    const bool waitsOnly = step.kind == StepKind::Wait && step.commands.isEmpty();
    if (waitsOnly || (step.commands.isEmpty() && !step.http))
        return {};
    const auto places = placesOf(plan, step);
    if (!places)
        return places.error().message;
    for (const QString& place : *places) {
        const Host* const host = plan.context.host(place);
        if (host && host->ssh.isEmpty())
            return u"How %1 is reached was not recorded when this run began. Start a new run."_qs
                .arg(place);
    }
    const auto batch = batchSize(step);
    return batch ? QString() : batch.error().message;
}

QList<HostProgress> hostProgress(const RunState& state, int planIndex) {
    const Step& step = state.plan->steps[planIndex].step;
    if (step.commands.isEmpty() && !step.http)
        return {};
    const QStringList places = placesOf(*state.plan, step).value_or(QStringList());
    const int size = batchSize(step).value_or(1);
    QList<HostProgress> hosts;
    for (int i = 0; i < places.size(); ++i) {
        HostProgress host;
        host.host = places[i];
        host.batch = i / size;
        hosts.append(host);
    }
    const StepState& standing = state.step(step.id);
    for (qsizetype i = standing.openedAfter; i < standing.attempts.size(); ++i) {
        const Attempt& attempt = standing.attempts[i];
        const qsizetype at = places.indexOf(attempt.place);
        if (at >= 0)
            noteAttempt(hosts[at], attempt);
    }
    return hosts;
}

QList<int> attemptsToAskAgain(const RunState& state, int planIndex, const QString& host) {
    const Step& step = state.plan->steps[planIndex].step;
    const StepState& standing = state.step(step.id);
    // One that was decided as a whole is decided.
    const bool isOpen = hasSeveralHosts(step) ? standing.status != StepStatus::Passed &&
                                                    standing.status != StepStatus::Skipped
                                              : standing.status == StepStatus::Unknown;
    QList<int> numbers;
    for (const HostProgress& at : isOpen ? hostProgress(state, planIndex) : QList<HostProgress>()) {
        if (at.status == StepStatus::Unknown && at.ended == AttemptStatus::Unknown &&
            (host.isEmpty() || host == at.host) &&
            standing.attempts[at.attempt - 1].loss == Loss::Unanswered)
            numbers.append(at.attempt);
    }
    return numbers;
}

QString hostSummary(const QList<HostProgress>& hosts) {
    const qsizetype passed = namesWith(hosts, StepStatus::Passed).size();
    QStringList parts{u"%1 of %2 hosts passed"_qs.arg(passed).arg(hosts.size())};
    QStringList failures;
    for (const HostProgress& host : hosts) {
        if (host.status == StepStatus::Failed)
            failures.append(failureText(host));
    }
    if (!failures.isEmpty())
        parts.append(nameList(failures));
    const auto say = [&](StepStatus status, const QString& one, const QString& more) {
        const QStringList names = namesWith(hosts, status);
        if (!names.isEmpty())
            parts.append((names.size() == 1 ? one : more).arg(nameList(names)));
    };
    say(StepStatus::Unknown, u"outcome on %1 unknown"_qs, u"outcome on %1 unknown"_qs);
    say(StepStatus::Waiting, u"%1 waits to be judged"_qs, u"%1 wait to be judged"_qs);
    say(StepStatus::Running, u"%1 runs"_qs, u"%1 run"_qs);
    if (std::any_of(hosts.cbegin(), hosts.cend(),
                    [](const HostProgress& host) { return host.attempt > 0; }))
        say(StepStatus::Pending, u"not run on %1"_qs, u"not run on %1"_qs);
    return parts.join(u"; "_qs);
}

QString hostsText(const QStringList& hosts) {
    return hosts.size() > 2 ? u"%1 hosts"_qs.arg(hosts.size()) : hosts.join(u", "_qs);
}

StepStatus statusOfHosts(Rollout rollout, const QList<HostProgress>& hosts) {
    for (const StepStatus status :
         {StepStatus::Running, StepStatus::Failed, StepStatus::Unknown, StepStatus::Waiting}) {
        if (anyIs(hosts, status))
            return status;
    }
    if (!anyIs(hosts, StepStatus::Pending))
        return StepStatus::Passed;
    switch (rollout) {
    case Rollout::GoesOn:
        return StepStatus::Running;
    case Rollout::Cancelled:
        return StepStatus::Failed;
    case Rollout::Held:
        break;
    }
    return StepStatus::Pending;
}

Result<QStringList> hostsToStart(const RunState& state, int planIndex, const QStringList& wanted) {
    const Step& step = state.plan->steps[planIndex].step;
    if (!hasSeveralHosts(step))
        return placesOf(*state.plan, step);
    const QList<HostProgress> hosts = hostProgress(state, planIndex);
    for (const QString& name : wanted) {
        if (std::none_of(hosts.cbegin(), hosts.cend(),
                         [&name](const HostProgress& host) { return host.host == name; }))
            return failure(ErrorCode::NotFound, u"It does not run on %1."_qs.arg(name));
    }
    const auto first = std::find_if(hosts.cbegin(), hosts.cend(), [](const HostProgress& host) {
        return host.status != StepStatus::Passed;
    });
    if (first == hosts.cend())
        return failure(ErrorCode::Refused, u"It has passed on every host. Reopen it first."_qs);
    QList<HostProgress> open;
    std::copy_if(first, hosts.cend(), std::back_inserter(open), [&](const HostProgress& host) {
        return host.batch == first->batch && host.status != StepStatus::Passed &&
               host.status != StepStatus::Running &&
               (wanted.isEmpty() || wanted.contains(host.host));
    });
    if (open.isEmpty()) {
        return failure(ErrorCode::Refused, u"%1 comes first."_qs.arg(first->host));
    }
    QStringList names = namesWith(open, StepStatus::Failed) + namesWith(open, StepStatus::Pending);
    if (names.isEmpty())
        names = namesWith(open, StepStatus::Unknown);
    if (names.isEmpty())
        names = namesWith(open, StepStatus::Waiting);
    QStringList start;
    for (const HostProgress& host : std::as_const(open)) {
        if (!wanted.isEmpty() || names.contains(host.host))
            start.append(host.host);
    }
    return start;
}

bool isBetweenBatches(const RunState& state, int planIndex) {
    const Step& step = state.plan->steps[planIndex].step;
    const StepState& standing = state.step(step.id);
    if (standing.rollout != Rollout::GoesOn || !hasSeveralHosts(step))
        return false;
    if (standing.status == StepStatus::Waiting)
        return !standing.waitUntil.isNull();
    return standing.status == StepStatus::Running &&
           std::none_of(standing.attempts.cbegin(), standing.attempts.cend(), isUnderWay);
}

} // namespace models

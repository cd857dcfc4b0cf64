// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/models/run/runmachine.h"

#include "models/run/observations.h"
#include "models/run/observeddraft.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "models/run/waves.h"
#include "tests/models/run/runfixture.h"

#include <algorithm>

namespace tests {

using namespace models;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int mostRetries = 1; ///< of all steps together
constexpr int mostTurns = 1;   ///< of the trigger
constexpr int needed = 2;      ///< readings of the gate

const StepId first(u"two hosts"_qs);
const StepId gate(u"gate"_qs);
const StepId last(u"one host"_qs);
const StepId manual(u"manual"_qs);
const QString trigger(u"failing"_qs);

PlanPointer smallPlan() {
    Step between = manualStep(gate.text());
    between.kind = StepKind::Gate;
    between.condition = u"errors < 10%"_qs;
    between.options.values.insert(u"wave"_qs, u"some"_qs);
    const Step deploy =
        stepOn(first, u"web-1,web-2"_qs, {{u"batch"_qs, u"1"_qs}, {u"wave"_qs, u"some"_qs}});
    PlanContext context = contextWithHosts(2);
    context.goLive.gates.samples = needed;
    context.goLive.triggers = {{trigger, u"errors > 10%"_qs, {}}};
    return std::make_shared<const Plan>(
        makePlan(RunFixture::runbookOf(
                     {deploy, between, stepOn(last, u"web-1"_qs), manualStep(manual.text())}),
                 context));
}

bool isOver(const RunState& state) {
    return state.status == RunStatus::Closed;
}

GateStanding read(Verdict verdict, int samples) {
    GateStanding standing;
    standing.verdict = verdict;
    standing.samples = samples;
    standing.at = {second};
    standing.reading = {verdict, {{u"errors < 10%"_qs, verdict, {}}}};
    return standing;
}

const Attempt* attemptOf(const RunState& state, const AttemptKey& key) {
    const QList<Attempt>& attempts = state.step(key.step).attempts;
    return key.number >= 1 && key.number <= attempts.size() ? &attempts[key.number - 1] : nullptr;
}

/// Keys are made hundreds of thousands of times: of bytes, not of digits.
void append(std::string& key, int number) {
    key += char(number & 0xff);
    key += char(number >> 8);
}

void append(std::string& key, const QString& text) {
    key.append(reinterpret_cast<const char*>(text.utf16()), std::size_t(text.size()) * 2);
    append(key, -1);
}

void append(std::string& text, const AttemptKey& key) {
    append(text, key.step.text());
    append(text, key.number);
}

} // namespace

RunRules ourRules() {
    return {[](RunState state, const Event& event) { return apply(std::move(state), event); },
            [](const RunState& state) { return next(state); }};
}

RunMachine::RunMachine(RunRules rules)
    : m_rules(std::move(rules)) {}

/// All that decides what can happen next: neither times nor words.
std::string RunMachine::keyOf(const Node& node) {
    const RunState& state = node.state;
    std::string key;
    append(key, int(state.status));
    append(key, int(state.outcome));
    if (isOver(state))
        return key;
    append(key, state.firstChange.has_value());
    append(key, state.rollback.has_value());
    for (const PlanStep& placed : state.plan->steps) {
        const StepState& step = state.step(placed.step.id);
        append(key, int(step.status));
        append(key, int(step.rollout));
        append(key, int(step.openedAfter));
        for (const Attempt& attempt : step.attempts) {
            append(key, int(attempt.status));
            append(key, int(attempt.verdict));
            append(key, attempt.place);
        }
        key += '|';
    }
    for (const GateState& one : state.gates) {
        append(key, int(one.verdict));
        append(key, one.samples);
        append(key, one.observedAt.isNull());
    }
    key += '/';
    for (const TriggerStanding& one : state.triggers) {
        append(key, one.holds);
        append(key, one.acknowledged);
        append(key, one.times);
    }
    key += '#';
    for (const auto* keys : {&node.followed, &node.found}) {
        for (const AttemptKey& one : *keys)
            append(key, one);
        key += '#';
    }
    // What is recorded has no say any more: neither what became of a process, nor how often a step
    // that passed was started.
    for (const auto& [one, process] : node.hosts) {
        const Attempt* const attempt = attemptOf(state, one);
        if (attempt && !isUnderWay(*attempt))
            continue;
        append(key, one);
        append(key, int(process));
    }
    for (const auto* counts : {&node.asked, &node.begun}) {
        key += '#';
        for (const auto& [place, count] : *counts) {
            const StepId step(QString::fromStdString(place.first));
            if (state.step(step).status == StepStatus::Passed)
                continue;
            append(key, int(place.first.size()));
            key += place.first + place.second + '|';
            append(key, count);
        }
    }
    append(key, node.overridden);
    append(key, state.step(gate).status == StepStatus::Waiting ? int(node.read) : 0);
    append(key, node.retries);
    return key;
}

std::string RunMachine::wrongWith(const Node& node) const {
    const RunState& state = node.state;
    for (const auto& [place, count] : node.begun) {
        const auto asked = node.asked.find(place);
        if (count > (asked == node.asked.end() ? 0 : asked->second))
            return place.first + " ran on " + place.second + " without a person's start";
    }
    for (const auto& [key, process] : node.hosts) {
        const Attempt* const attempt = attemptOf(state, key);
        if (attempt && process == Process::Bad && attempt->verdict == StepStatus::Passed)
            return "what failed on a host counts as passed";
    }
    const GateState observed = state.gates.value(gate);
    const bool passed = state.step(gate).status == StepStatus::Passed;
    const bool isRead = node.read == Verdict::Pass && observed.verdict == Verdict::Pass &&
                        observed.samples >= needed;
    if (passed && !node.overridden && !isRead)
        return "the gate passed on what is not known";
    if (!passed && !state.step(last).attempts.isEmpty())
        return "a step behind the gate started before it passed";
    const bool isBegun = std::any_of(
        state.plan->steps.cbegin(), state.plan->steps.cend(), [&state](const PlanStep& placed) {
            return placed.waveIndex >= 0 &&
                   state.step(placed.step.id).status != StepStatus::Pending;
        });
    if (node.entered > 1 || (isBegun && node.entered == 0))
        return "a wave that was begun is not recorded as entered once";
    if (isOver(state) != (state.outcome != RunOutcome::None))
        return "a run is closed without an outcome, or open with one";
    return {};
}

std::string RunMachine::wrongWithNew(const Node& node) const {
    const RunState& state = node.state;
    if (state.firstChange && !isOver(state) && !state.rollback) {
        Node back = node;
        record(back, {draft::rollbackStarted(RunId(u"back"_qs), u"because"_qs, {})});
        if (!back.state.rollback)
            return "the run cannot be taken back";
    }
    const QList<Effect> effects = m_rules.next(state);
    const bool isEntered = state.gates.contains(gate) &&
                           state.step(gate).status == StepStatus::Waiting && !isOver(state);
    const bool hasDeadline = std::any_of(effects.begin(), effects.end(), [](const Effect& one) {
        const auto* timer = std::get_if<ArmTimer>(&one);
        return timer && timer->step == gate;
    });
    if (isEntered && !hasDeadline)
        return "an entered gate has no deadline";
    return {};
}

std::string RunMachine::wrongAfter(const Node& before, const Node& after) const {
    if (isOver(before.state) && after.state.outcome != before.state.outcome)
        return "a closed run got another outcome";
    if (before.state.firstChange && !after.state.firstChange)
        return "a change was forgotten";
    for (const QString& armed : before.state.triggers.keys()) {
        if (!after.state.triggers.contains(armed))
            return "an armed trigger was forgotten";
    }
    return {};
}

/// Every state can still come to an end.
std::string RunMachine::wrongWithEnds() const {
    std::vector<std::vector<std::size_t>> before(m_nodes.size());
    for (const auto& [from, to] : m_edges)
        before[to].push_back(from);
    std::vector<bool> ends(m_nodes.size());
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (isOver(m_nodes[i].state)) {
            ends[i] = true;
            left.push_back(i);
        }
    }
    while (!left.empty()) {
        const std::size_t at = left.back();
        left.pop_back();
        for (const std::size_t from : before[at]) {
            if (!ends[from]) {
                ends[from] = true;
                left.push_back(from);
            }
        }
    }
    return std::find(ends.begin(), ends.end(), false) == ends.end()
               ? std::string()
               : "there is a state from which the run never ends";
}

void RunMachine::record(Node& node, const QList<EventDraft>& drafts) const {
    for (const EventDraft& draft : withWavesEntered(node.state, drafts)) {
        node.entered += draft.kind == EventKind::WaveEntered ? 1 : 0;
        Event event;
        event.run = node.state.id;
        event.seq = node.state.lastSeq + 1;
        event.at = {event.seq * second};
        event.actor = u"lead@example"_qs;
        event.kind = draft.kind;
        event.payload = draft.payload;
        node.state = m_rules.apply(std::move(node.state), event);
    }
}

void RunMachine::reach(Node node) {
    if (!m_wrong.empty())
        return;
    m_wrong = wrongAfter(m_from, node);
    if (m_wrong.empty())
        m_wrong = wrongWith(node);
    const auto [known, isNew] = m_known.emplace(keyOf(node), m_nodes.size());
    m_edges.emplace_back(m_at, known->second);
    if (!isNew)
        return;
    if (m_wrong.empty())
        m_wrong = wrongWithNew(node);
    m_nodes.push_back(std::move(node));
}

std::string RunMachine::explore() {
    Node start;
    RunFixture run({manualStep(u"any"_qs)});
    start.state.id = run.state.id;
    Event event;
    event.run = run.state.id;
    event.seq = 1;
    event.at = {second};
    event.actor = u"lead@example"_qs;
    event.kind = EventKind::RunStarted;
    event.payload = draft::runStarted(*smallPlan(), {}).payload;
    start.state = m_rules.apply(RunState(), event);
    m_from = start;
    m_known.emplace(keyOf(start), 0);
    m_nodes.push_back(start);
    for (m_at = 0; m_at < m_nodes.size() && m_wrong.empty(); ++m_at) {
        m_from = m_nodes[m_at];
        tryAll();
    }
    return m_wrong.empty() ? wrongWithEnds() : m_wrong;
}

void RunMachine::tryAll() {
    if (!isOver(m_from.state)) {
        tryStarts();
        tryPeople();
        tryEffects();
        tryGate();
        tryTrigger();
        tryHosts();
        crash();
    }
    tryEnds();
}

/// A person starts a step, or tries it again.
void RunMachine::tryStarts() {
    for (const StepId& id : {first, last}) {
        const int index = m_from.state.plan->indexOf.value(id);
        const bool isRetry = !m_from.state.step(id).attempts.isEmpty();
        if ((isRetry && m_from.retries >= mostRetries) ||
            !refusal(m_from.state, index, StepIntent::Start).isEmpty())
            continue;
        const auto attempts = resolveAttempts(m_from.state, index, {});
        if (!attempts)
            continue;
        Node node = m_from;
        QList<EventDraft> drafts;
        for (const Attempt& attempt : *attempts)
            drafts.append(draft::stepStarted(id, attempt));
        record(node, drafts);
        node.retries += isRetry ? 1 : 0;
        // Who starts a step means all of its hosts that have not passed.
        for (const HostProgress& host : hostProgress(m_from.state, index)) {
            if (host.status != StepStatus::Passed)
                ++node.asked[{id.text().toStdString(), host.host.toStdString()}];
        }
        reach(std::move(node));
    }
}

void RunMachine::tryPeople() {
    const auto allows = [this](const StepId& id, StepIntent intent) {
        return refusal(m_from.state, m_from.state.plan->indexOf.value(id), intent).isEmpty();
    };
    if (allows(manual, StepIntent::Confirm)) {
        Node node = m_from;
        record(node, {draft::stepConfirmed(manual, true, {})});
        reach(std::move(node));
    }
    if (allows(gate, StepIntent::Override)) {
        Node node = m_from;
        record(node, {draft::gateOverridden(gate, u"known"_qs)});
        node.overridden = true;
        reach(std::move(node));
    }
    for (const StepId& id : {first, last}) {
        if (m_from.state.step(id).status != StepStatus::Unknown ||
            !allows(id, StepIntent::MarkPassed))
            continue;
        Node node = m_from;
        record(node, {draft::stepMarkedPassed(id, u"seen"_qs)});
        reach(std::move(node));
    }
}

void RunMachine::begin(Node& node, const AttemptKey& key) const {
    const Attempt* const attempt = attemptOf(node.state, key);
    const std::string place = attempt ? attempt->place.toStdString() : std::string("nowhere");
    if (node.hosts.emplace(key, Process::Running).second)
        ++node.begun[{key.step.text().toStdString(), place}];
}

/// What follows from the state; each thing may come before or after everything else.
void RunMachine::tryEffects() {
    for (const Effect& effect : m_rules.next(m_from.state)) {
        Node node = m_from;
        if (const auto* run = std::get_if<RunAttempt>(&effect)) {
            if (!node.followed.insert(run->attempt).second)
                continue;
            const bool isFound = node.found.contains(run->attempt);
            if (isFound && !node.hosts.contains(run->attempt))
                record(node, {draft::notStarted(run->attempt.step, run->attempt.number,
                                                u"the console died"_qs)});
            else
                begin(node, run->attempt);
        } else if (const auto* timer = std::get_if<ArmTimer>(&effect)) {
            record(node, {draft::timerFired(timer->step)});
        } else if (const auto* further = std::get_if<ContinueStep>(&effect)) {
            const int index = node.state.plan->indexOf.value(further->step);
            const Step& step = node.state.plan->steps[index].step;
            const auto attempts =
                resolveAttempts(node.state, index,
                                selectionOf(step, node.state.step(further->step).attempts.last()));
            if (!attempts)
                continue;
            for (const Attempt& attempt : *attempts)
                record(node, {draft::stepStarted(further->step, attempt)});
        }
        reach(std::move(node));
    }
}

/// Processes end whether or not a console looks; what it follows it records, or loses.
void RunMachine::tryHosts() {
    for (const auto& [key, process] : m_from.hosts) {
        if (process == Process::Running) {
            for (const Process end : {Process::Good, Process::Bad}) {
                Node node = m_from;
                node.hosts[key] = end;
                reach(std::move(node));
            }
        } else if (m_from.followed.contains(key) && !endAttempt(key, process)) {
            return;
        }
    }
}

bool RunMachine::endAttempt(const AttemptKey& key, Process process) {
    const Attempt* const attempt = attemptOf(m_from.state, key);
    if (!attempt || !isUnderWay(*attempt) || isOver(m_from.state))
        return true;
    Attempt ended = *attempt;
    ended.exitCode = process == Process::Good ? 0 : 1;
    Node node = m_from;
    node.followed.erase(key);
    record(node, {draft::stepFinished(key.step, ended,
                                      process == Process::Good ? StepStatus::Passed
                                                               : StepStatus::Failed)});
    const Attempt* const after = attemptOf(node.state, key);
    if (after && isUnderWay(*after))
        m_wrong = "an attempt goes on behind its recorded end";
    reach(std::move(node));
    if (m_wrong.empty() && key.step == first) {
        Node lost = m_from;
        lost.followed.erase(key);
        record(lost, {draft::outcomeUnknown(key.step, key.number, u"gone"_qs, {})});
        reach(std::move(lost));
    }
    return m_wrong.empty();
}

void RunMachine::tryGate() {
    const Observations wanted = observations(m_from.state);
    if (wanted.gateToEnter >= 0) {
        Node node = m_from;
        const GateRule rule =
            gateRuleOf(*node.state.plan, node.state.plan->steps[wanted.gateToEnter].step);
        record(node, {draft::gateEntered(gate, rule, {1'000'000 * second})});
        reach(std::move(node));
    }
    for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Unknown}) {
        Node node = m_from;
        for (const EventDraft& draft : gateDrafts(m_from.state, gate, read(verdict, needed))) {
            node.read = verdict;
            record(node, {draft});
            reach(node);
        }
    }
    // What a person, or a console gone wrong, might write.
    if (m_from.state.gates.contains(gate)) {
        Node node = m_from;
        record(node, {draft::gatePassed(gate, u"looks good"_qs)});
        reach(std::move(node));
    }
}

void RunMachine::tryTrigger() {
    const Observations wanted = observations(m_from.state);
    Node node = m_from;
    if (wanted.armTriggers) {
        record(node, {draft::triggerArmed(trigger)});
        reach(std::move(node));
        return;
    }
    const TriggerStanding standing = m_from.state.triggers.value(trigger);
    if (!wanted.triggers)
        return;
    if (standing.holds)
        record(node, {draft::triggerCleared(trigger, {})});
    else if (standing.times < mostTurns)
        record(node, {draft::triggerHeld(trigger, {})});
    else
        return;
    reach(std::move(node));
    if (standing.asks()) {
        Node known = m_from;
        record(known, {draft::triggerAcknowledged(trigger, u"known"_qs)});
        reach(std::move(known));
    }
}

/// A person closes the run in every way that is allowed, and once more in vain.
void RunMachine::tryEnds() {
    for (const RunOutcome outcome :
         {RunOutcome::Succeeded, RunOutcome::Failed, RunOutcome::Aborted}) {
        if (!isOver(m_from.state) && !closingRefusal(m_from.state, outcome).isEmpty())
            continue;
        Node node = m_from;
        record(node, {draft::runClosed(outcome, u"because"_qs)});
        if (m_wrong.empty() && !isOver(node.state))
            m_wrong = "a run that may be closed does not close";
        reach(std::move(node));
    }
}

/// What the console knew is gone; what it recorded and what runs is not.
void RunMachine::crash() {
    Node node = m_from;
    node.followed.clear();
    node.found.clear();
    for (const PlanStep& placed : node.state.plan->steps) {
        for (const Attempt& attempt : node.state.step(placed.step.id).attempts) {
            const AttemptKey key{node.state.id, placed.step.id, attempt.number};
            if (isUnderWay(attempt) && !node.hosts.contains(key))
                node.found.insert(key);
        }
    }
    record(node, {draft::driverChanged()});
    reach(std::move(node));
}

} // namespace tests

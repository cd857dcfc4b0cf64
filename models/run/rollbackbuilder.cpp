// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/rollbackbuilder.h"

#include "models/run/change.h"
#include "models/run/hosts.h"
#include "models/run/permission.h"
#include "models/run/planindex.h"
#include "models/run/resolve.h"

#include <algorithm>

namespace models {
namespace {

constexpr QLatin1String nameKey("name");

/// What each service of the target had before; of all that were seen, where the target names none.
/// Empty where that was not seen, or was the same version already.
Target versionsBefore(const PlanContext& context) {
    const Target& target = context.target;
    const bool isOfAll = target.isEmpty() || target.contains(QString());
    Target before;
    for (auto it = context.previous.cbegin(); it != context.previous.cend(); ++it) {
        const QString meant = target.value(it.key(), target.value(QString()));
        if (isOfAll || target.contains(it.key()))
            before.insert(it.key(), meant == it.value() ? QString() : it.value());
    }
    for (auto it = target.cbegin(); it != target.cend(); ++it) {
        if (!it.key().isEmpty() && !before.contains(it.key()))
            before.insert(it.key(), {});
    }
    return before;
}

/// Undone is only what was done: hosts that the step never came to are left out.
void narrowHosts(Step& undo, const PlanStep& undone, const StepState& did) {
    const QStringList all = hostsNamed(undo);
    const bool isBatch = !undone.wave.isEmpty() && !hostsNamed(undone.step).isEmpty();
    if (all.size() < 2 || !(isBatch || hasSeveralHosts(undone.step)))
        return;
    QStringList untouched = isBatch ? all : hostsNamed(undone.step);
    for (const Attempt& attempt : did.attempts) {
        if (attempt.status != AttemptStatus::NotStarted)
            untouched.removeAll(attempt.place);
    }
    QStringList left = all;
    left.removeIf([&untouched](const QString& host) { return untouched.contains(host); });
    if (!left.isEmpty() && left.size() < all.size())
        undo.options.values.insert(u"on"_qs, left.join(u','));
}

} // namespace

RollbackBuilder::RollbackBuilder(const RunState& state, const RollbackDecisions& decisions)
    : m_state(state)
    , m_from(*state.plan)
    , m_names(m_from)
    , m_decisions(decisions) {
    m_plan.context = m_from.context;
    m_plan.context.rollbackOf = state.id;
    m_plan.context.target = versionsBefore(m_from.context);
    m_plan.context.previous.clear();
    m_plan.context.overrides.clear();
    m_plan.runbook = m_from.runbook;
    m_plan.variables = m_from.variables;
    m_plan.sections.append({u"Undo what ran"_qs, 2, 1, Lane::Rollback, {}, -1});
    for (Section section : m_from.sections) {
        section.parent = section.parent < 0 ? -1 : section.parent + 1;
        section.lane = Lane::Rollback;
        m_plan.sections.append(std::move(section));
    }
}

RollbackPlan RollbackBuilder::build() {
    takeBackWhatRan();
    addLane();
    if (m_plan.steps.isEmpty())
        addByHand();
    dropEmptySections();
    indexPlan(m_plan);
    m_result.plan = std::make_shared<const Plan>(std::move(m_plan));
    resolveItems();
    return std::move(m_result);
}

bool RollbackBuilder::wasDoneSince(int index, qint64 seq) const {
    const StepState& step = m_state.step(m_from.steps[index].step.id);
    return step.status == StepStatus::Passed && step.changeSeq > seq;
}

bool RollbackBuilder::isUndone(int index) const {
    return m_undoneBy.contains(index);
}

void RollbackBuilder::takeBackWhatRan() {
    QList<std::pair<qint64, int>> started;
    for (int index = 0; index < m_from.steps.size(); ++index) {
        const PlanStep& placed = m_from.steps[index];
        const qint64 seq = m_state.step(placed.step.id).changeSeq;
        if (seq > 0 && placed.step.lane == m_from.mainLane())
            started.append({seq, index});
    }
    std::sort(started.begin(), started.end(), std::greater<>());
    for (const auto& [seq, index] : std::as_const(started))
        takeBack(index);
}

void RollbackBuilder::takeBack(int index) {
    const Step& step = m_from.steps[index].step;
    QList<int> undoing = m_names.replacementsOf(index);
    WayBack part = WayBack::Replacement;
    if (undoing.isEmpty()) {
        part = WayBack::Inverse;
        const int inverse = m_names.inverseOf(index);
        if (inverse >= 0 && m_from.steps[inverse].applicable)
            undoing.append(inverse);
    }
    const bool isIrreversible = models::isIrreversible(step);
    if (undoing.isEmpty() || isIrreversible)
        m_result.remainders.append({step.id, step.title, isIrreversible});
    for (const int undo : std::as_const(undoing)) {
        m_undoneBy.insert(index, m_from.steps[undo].step.title);
        RollbackItem& item = addItem(undo, part, index);
        if (wasDoneSince(undo, m_state.step(step.id).changeSeq)) {
            item.need = Need::NotNeeded;
            item.because = u"It has been done in this run since."_qs;
            continue;
        }
        // What it takes back did run; whether that did what the condition speaks of is its own.
        const LaneCondition condition = conditionOf(m_from, undo);
        decide(item, condition,
               condition.kind == LaneCondition::Kind::Migration
                   ? answerFrom(m_state, condition, {index})
                   : answer(condition));
        if (item.need != Need::NotNeeded)
            placeUndo(item, undo, index);
    }
}

RollbackItem& RollbackBuilder::addItem(int index, WayBack part, int undone) {
    const Step& step = m_from.steps[index].step;
    RollbackItem item;
    item.source = step.id;
    item.title = step.title;
    item.part = part;
    if (undone >= 0) {
        item.undoes = m_from.steps[undone].step.id;
        item.undoesTitle = m_from.steps[undone].step.title;
    }
    item.wait = step.wait;
    m_placed.insert(index);
    m_result.items.append(std::move(item));
    return m_result.items.last();
}

/// Out of its place in the document, under a name that says what it undoes.
void RollbackBuilder::placeUndo(RollbackItem& item, int index, int undone) {
    PlanStep placed = m_from.steps[index];
    Step& step = placed.step;
    const Step& done = m_from.steps[undone].step;
    narrowHosts(step, m_from.steps[undone], m_state.step(done.id));
    placed.wave = m_from.steps[undone].wave;
    const QString id = u"undo--%1--%2"_qs.arg(done.id.text(), step.id.text());
    step.id = StepId(id);
    step.lane = Lane::Rollback;
    step.parent = -1;
    step.depth = 0;
    step.section = 0;
    step.refersTo.clear();
    step.options.values.remove(u"excludeFromRunAll"_qs);
    placed.section = 0;
    placed.applicable = true;
    item.step = step.id;
    m_plan.steps.append(std::move(placed));
}

QString RollbackBuilder::idleReason(int index) const {
    const QList<int> all = m_names.revertedBy(index);
    if (!all.isEmpty()) {
        const int reverted = *std::find_if(all.cbegin(), std::prev(all.cend()),
                                           [this](int one) { return isUndone(one); });
        return isUndone(reverted)
                   ? u"“%1” takes it back already."_qs.arg(m_undoneBy.value(reverted))
                   : u"“%1” did not run."_qs.arg(m_from.steps[reverted].step.title);
    }
    const QList<int> inverted = m_names.invertedBy(index);
    if (inverted.isEmpty())
        return {};
    const Step& first = m_from.steps[*std::min_element(inverted.cbegin(), inverted.cend())].step;
    return isUndone(m_from.indexOf.value(first.id))
               ? u"“%1” is taken back already."_qs.arg(first.title)
               : u"“%1” did not run."_qs.arg(first.title);
}

void RollbackBuilder::addLane() {
    if (m_from.mainLane() == Lane::Rollback)
        return; // of a rollback document that was run by itself
    for (int index = 0; index < m_from.steps.size(); ++index) {
        const PlanStep& placed = m_from.steps[index];
        const StepKind kind = placed.step.kind;
        const bool isDecision = kind == StepKind::Gate || kind == StepKind::Approval ||
                                placed.step.approval.has_value();
        if (placed.step.lane == Lane::Rollback && placed.applicable && m_from.isLeaf(index) &&
            !m_placed.contains(index) && !isDecision)
            addLaneLeaf(index);
    }
}

void RollbackBuilder::addLaneLeaf(int index) {
    RollbackItem& item = addItem(index, WayBack::Lane, -1);
    const QString idle = idleReason(index);
    if (!idle.isEmpty()) {
        item.need = Need::NotNeeded;
        item.because = idle;
        return;
    }
    const LaneCondition condition = conditionOf(m_from, index);
    decide(item, condition, answer(condition));
    if (item.need == Need::NotNeeded)
        return;
    const int at = placeInLane(index);
    item.step = m_plan.steps[at].step.id;
}

/// Where the document knows no way back, a person does.
void RollbackBuilder::addByHand() {
    Step step;
    step.id = StepId(u"undo--by-hand"_qs);
    step.title = u"Take back by hand what this run changed"_qs;
    step.lane = Lane::Rollback;
    step.section = 0;
    for (const RollbackRemainder& remainder : std::as_const(m_result.remainders))
        step.body += u"- "_qs + remainder.title + u'\n';
    RollbackItem item;
    item.step = step.id;
    item.source = step.id;
    item.title = step.title;
    item.because = u"The runbook names nothing that takes it back."_qs;
    m_result.items.append(item);
    m_plan.steps.append(PlanStep{std::move(step), 0, {}, 0, {}, true});
}

/// Those of the runbook that none of the steps is from.
void RollbackBuilder::dropEmptySections() {
    QSet<int> used;
    for (const PlanStep& placed : std::as_const(m_plan.steps)) {
        for (int section = placed.section; section >= 0; section = m_plan.sections[section].parent)
            used.insert(section);
    }
    QList<Section> kept;
    QList<int> numbers(m_plan.sections.size(), -1);
    for (int section = 0; section < m_plan.sections.size(); ++section) {
        if (!used.contains(section))
            continue;
        numbers[section] = static_cast<int>(kept.size());
        kept.append(m_plan.sections[section]);
        int& parent = kept.last().parent;
        parent = parent < 0 ? -1 : numbers[parent];
    }
    for (PlanStep& placed : m_plan.steps) {
        placed.section = placed.section < 0 ? -1 : numbers[placed.section];
        placed.step.section = placed.section;
    }
    m_plan.sections = std::move(kept);
}

/// What a person says of a condition stands over what was found.
void RollbackBuilder::decide(RollbackItem& item, const LaneCondition& condition,
                             const ConditionAnswer& found) const {
    if (condition.kind == LaneCondition::Kind::None)
        return;
    item.isConditional = true;
    item.need = found.need;
    item.because = found.because;
    const auto decided = m_decisions.constFind(item.source);
    if (decided != m_decisions.cend())
        item.need = *decided ? Need::Needed : Need::NotNeeded;
}

ConditionAnswer RollbackBuilder::answer(const LaneCondition& condition) const {
    QList<int> candidates;
    for (int other = 0; other < m_from.steps.size(); ++other) {
        const PlanStep& placed = m_from.steps[other];
        const bool isMeant =
            condition.kind == LaneCondition::Kind::Ran
                ? placed.step.options.text(nameKey) == condition.name
                : condition.kind == LaneCondition::Kind::Migration && migratesForward(placed.step);
        if (isMeant && placed.step.lane == m_from.mainLane() && placed.applicable &&
            m_from.isLeaf(other))
            candidates.append(other);
    }
    const bool isMigration = condition.kind == LaneCondition::Kind::Migration;
    const bool allUndone =
        isMigration && !candidates.isEmpty() &&
        std::all_of(candidates.cbegin(), candidates.cend(), [this](int other) {
            return isUndone(other) || m_state.step(m_from.steps[other].step.id).changeSeq == 0;
        });
    if (allUndone) {
        for (const int other : std::as_const(candidates)) {
            if (isUndone(other))
                return {Need::NotNeeded,
                        u"“%1” takes it back already."_qs.arg(m_undoneBy.value(other))};
        }
    }
    return answerFrom(m_state, condition, candidates);
}

/// With the headings that it stands under; these come when the first of their parts does.
int RollbackBuilder::placeInLane(int index) {
    PlanStep placed = m_from.steps[index];
    int& parent = placed.step.parent;
    if (parent >= 0) {
        const auto known = m_parents.constFind(parent);
        const int above = parent;
        parent = known != m_parents.cend() ? *known : placeInLane(above);
        m_parents.insert(above, parent);
    }
    placed.section = placed.section < 0 ? -1 : placed.section + 1;
    placed.step.section = placed.section;
    placed.step.refersTo.clear();
    placed.step.options.values.remove(u"excludeFromRunAll"_qs);
    m_plan.steps.append(std::move(placed));
    return static_cast<int>(m_plan.steps.size()) - 1;
}

void RollbackBuilder::resolveItems() {
    RunState state = initialState(m_result.plan);
    state.variables = m_state.variables;
    for (RollbackItem& item : m_result.items) {
        const StepId& id = item.step.isEmpty() ? item.source : item.step;
        const Plan& plan = item.step.isEmpty() ? m_from : *m_result.plan;
        const Step& step = plan.find(id)->step;
        item.isDestructive =
            std::any_of(step.commands.cbegin(), step.commands.cend(), [](const Command& command) {
                return command.destructive && !command.needsTerminal;
            });
        QStringList texts;
        for (const Command& command : step.commands)
            texts.append(command.text);
        item.script = texts.join(u'\n');
        if (item.step.isEmpty() || !canRun(step) || step.kind == StepKind::Wait)
            continue;
        const int index = plan.indexOf.value(id);
        if (const Result<QStringList> places = placesOf(plan, step); places)
            item.where = places->join(u", "_qs);
        const QString noPlace = placeRefusal(plan, step);
        const Result<Attempt> attempt = resolveAttempt(state, index, {});
        if (!noPlace.isEmpty())
            item.problem = noPlace;
        else if (!attempt)
            item.problem = attempt.error().message;
        else
            item.script = attempt->script;
    }
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runtreemodel.h"

#include "models/run/runtreenode.h"

#include <algorithm>
#include <array>

namespace models {

RunTreeModel::RunTreeModel(QObject* parent)
    : QAbstractItemModel(parent) {}

RunTreeModel::~RunTreeModel() = default;

void RunTreeModel::setState(RunState state) {
    if (state.plan && m_state.plan && hasSameShape(*state.plan)) {
        m_state = std::move(state);
        m_current = findCurrentStep();
        countDiagnostics();
        refresh(allSteps());
        return;
    }
    beginResetModel();
    m_state = std::move(state);
    m_current = findCurrentStep();
    rebuild();
    endResetModel();
    for (const Lane lane : {Lane::Main, Lane::Rollback, Lane::Reference})
        Q_EMIT progressChanged(lane);
}

QSet<int> RunTreeModel::allSteps() const {
    QSet<int> all;
    for (int index = 0; index < m_state.plan->steps.size(); ++index)
        all.insert(index);
    return all;
}

bool RunTreeModel::hasSameShape(const Plan& plan) const {
    const Plan& own = *m_state.plan;
    if (plan.sections != own.sections || plan.steps.size() != own.steps.size())
        return false;
    return std::equal(plan.steps.begin(), plan.steps.end(), own.steps.begin(),
                      [](const PlanStep& a, const PlanStep& b) {
                          return a.step.id == b.step.id && a.step.parent == b.step.parent &&
                                 a.section == b.section && a.applicable == b.applicable;
                      });
}

void RunTreeModel::rebuild() {
    m_sections.clear();
    m_steps.clear();
    if (m_state.plan) {
        const auto& steps = m_state.plan->steps;
        for (const Lane lane : {Lane::Main, Lane::Rollback, Lane::Reference}) {
            for (const PlanStep& placed : steps) {
                if (placed.step.parent < 0 && placed.step.lane == lane)
                    static_cast<void>(sectionNode(lane, placed.section));
            }
        }
        for (int index = 0; index < steps.size(); ++index) {
            m_steps.push_back(makeStepNode(index));
            Node* node = m_steps.back().get();
            node->row = int(node->parent->children.size());
            node->parent->children.push_back(node);
        }
        countDiagnostics();
    }
}

std::unique_ptr<RunTreeModel::Node> RunTreeModel::makeStepNode(int planIndex) {
    const PlanStep& placed = m_state.plan->steps[planIndex];
    auto node = std::make_unique<Node>();
    node->step = planIndex;
    node->section = placed.section;
    node->lane = placed.step.lane;
    const int parent = placed.step.parent;
    const bool nested = parent >= 0 && parent < planIndex;
    node->parent = nested ? m_steps[size_t(parent)].get() : &sectionNode(node->lane, node->section);
    node->depth = nested ? node->parent->depth + 1 : 0;
    node->status = effectiveStatus(m_state, planIndex);
    return node;
}

/// The section's node; made at its place (by lane, then document order) where there is none yet.
RunTreeModel::Node& RunTreeModel::sectionNode(Lane lane, int section) {
    const auto place = std::find_if(m_sections.begin(), m_sections.end(), [&](const auto& node) {
        return std::pair(node->lane, node->section) >= std::pair(lane, section);
    });
    if (place != m_sections.end() && (*place)->lane == lane && (*place)->section == section)
        return **place;
    auto node = std::make_unique<Node>();
    node->lane = lane;
    node->section = section;
    const auto added = m_sections.insert(place, std::move(node));
    for (size_t row = size_t(added - m_sections.begin()); row < m_sections.size(); ++row)
        m_sections[row]->row = int(row);
    return **added;
}

void RunTreeModel::countDiagnostics() {
    for (const auto& node : m_steps)
        node->diagnostics = 0;
    const Plan& plan = *m_state.plan;
    // Only the document's own steps: a runbook that it refers to has other line numbers.
    std::vector<std::pair<int, int>> starts;
    for (const Step& step : plan.runbook.steps) {
        if (const auto found = plan.indexOf.constFind(step.id); found != plan.indexOf.cend())
            starts.emplace_back(step.range.first, *found);
    }
    std::sort(starts.begin(), starts.end());
    for (const Diagnostic& diagnostic : plan.runbook.diagnostics) {
        auto after = std::upper_bound(starts.begin(), starts.end(),
                                      std::pair(diagnostic.line, int(plan.steps.size())));
        if (after == starts.begin())
            continue;
        const int index = std::prev(after)->second;
        if (diagnostic.line <= plan.steps[index].step.range.last)
            ++m_steps[size_t(index)]->diagnostics;
    }
}

void RunTreeModel::appendEvents(const QList<Event>& events) {
    QSet<int> touched;
    const StepId before = m_current < 0 ? StepId() : m_state.plan->steps[m_current].step.id;
    const RunStatus statusBefore = m_state.status;
    for (const Event& event : events) {
        const PlanPointer plan = m_state.plan;
        m_state = apply(std::move(m_state), event);
        if (m_state.plan != plan) {
            insertSteps(plan);
            // Indices moved: what was touched before is named again by its id.
            QSet<int> moved;
            for (const int index : std::as_const(touched))
                moved.insert(m_state.plan->indexOf.value(plan->steps[index].step.id, 0));
            touched = moved;
        }
        const StepId id(event.payload.value(QLatin1String("step")).toString());
        if (m_state.plan) {
            if (const auto found = m_state.plan->indexOf.constFind(id);
                found != m_state.plan->indexOf.cend())
                touched.insert(*found);
        }
    }
    if (!m_state.plan)
        return;
    m_current = findCurrentStep();
    for (const int index : {m_state.plan->indexOf.value(before, -1), m_current}) {
        if (index >= 0)
            touched.insert(index);
    }
    // Nothing holds anything back in a closed run.
    if (statusBefore != m_state.status)
        touched.unite(allSteps());
    refresh(touched);
}

int RunTreeModel::findCurrentStep() const {
    if (!m_state.plan || m_state.startedAt.isNull())
        return -1;
    const int taken = m_state.plan->indexOf.value(m_state.current, -1);
    const StepStatus status = taken < 0 ? StepStatus::Passed : effectiveStatus(m_state, taken);
    if (status != StepStatus::Passed && status != StepStatus::Skipped)
        return taken;
    const int later = nextOpenStep(m_state, taken);
    return later >= 0 ? later : nextOpenStep(m_state);
}

/// A new plan with the same steps and some more among them (an ad-hoc command): rows are inserted.
void RunTreeModel::insertSteps(const PlanPointer& before) {
    const Plan& plan = *m_state.plan;
    const bool grown =
        before && plan.sections == before->sections &&
        std::all_of(before->steps.begin(), before->steps.end(),
                    [&](const PlanStep& old) { return plan.indexOf.contains(old.step.id); }) &&
        std::all_of(plan.steps.begin(), plan.steps.end(), [&](const PlanStep& step) {
            return step.step.parent >= 0 || indexOfSection(step.step.lane, step.section).isValid();
        });
    if (!grown) {
        beginResetModel();
        rebuild();
        endResetModel();
        return;
    }
    auto old = std::exchange(m_steps, {});
    m_steps.resize(size_t(plan.steps.size()));
    for (auto& node : old) {
        const int index = plan.indexOf.value(before->steps[node->step].step.id);
        node->step = index;
        m_steps[size_t(index)] = std::move(node);
    }
    for (int index = 0; index < plan.steps.size(); ++index) {
        if (m_steps[size_t(index)])
            continue;
        m_steps[size_t(index)] = makeStepNode(index);
        Node* node = m_steps[size_t(index)].get();
        auto& siblings = node->parent->children;
        const auto place = std::find_if(siblings.begin(), siblings.end(),
                                        [&](const Node* sibling) { return sibling->step > index; });
        const int row = int(place - siblings.begin());
        beginInsertRows(indexOf(*node->parent), row, row);
        siblings.insert(place, node);
        for (size_t later = size_t(row); later < siblings.size(); ++later)
            siblings[later]->row = int(later);
        endInsertRows();
    }
    countDiagnostics();
}

void RunTreeModel::refresh(const QSet<int>& touched) {
    QSet<int> changed = updateStatuses(touched);
    const QSet<int> moved = changed;
    changed.unite(touched);
    emitChanged(changed);
    std::array<bool, 3> lanes{};
    for (const int index : moved)
        lanes[size_t(m_state.plan->steps[index].step.lane)] = true;
    for (const Lane lane : {Lane::Main, Lane::Rollback, Lane::Reference}) {
        if (lanes[size_t(lane)])
            Q_EMIT progressChanged(lane);
    }
}

QSet<int> RunTreeModel::updateStatuses(const QSet<int>& touched) {
    const Plan& plan = *m_state.plan;
    QSet<int> changed;
    std::array<bool, 3> wholeLane{};
    const auto update = [&](int index) {
        const bool moved = updateStatus(index);
        if (moved) {
            changed.insert(index);
            if (holdsOthersBack(index))
                wholeLane[size_t(plan.steps[index].step.lane)] = true;
        }
        return moved;
    };
    for (const int index : touched) {
        update(index);
        for (int above = plan.steps[index].step.parent; above >= 0;
             above = plan.steps[above].step.parent)
            update(above);
    }
    if (std::none_of(wholeLane.begin(), wholeLane.end(), [](bool lane) { return lane; }))
        return changed;
    for (int index = int(plan.steps.size()) - 1; index >= 0; --index) {
        if (wholeLane[size_t(plan.steps[index].step.lane)] && updateStatus(index))
            changed.insert(index);
    }
    return changed;
}

bool RunTreeModel::updateStatus(int planIndex) {
    Node& node = *m_steps[size_t(planIndex)];
    const StepStatus now = effectiveStatus(m_state, planIndex);
    if (now == node.status)
        return false;
    node.status = now;
    return true;
}

/// Whether the steps behind it in its lane wait for this one.
bool RunTreeModel::holdsOthersBack(int planIndex) const {
    const QList<int>& blockers = m_state.plan->blockers;
    return std::binary_search(blockers.begin(), blockers.end(), planIndex);
}

void RunTreeModel::emitChanged(const QSet<int>& steps) {
    QSet<const Node*> sections;
    for (const int step : steps) {
        const Node* node = m_steps[size_t(step)].get();
        const QModelIndex index = indexOf(*node);
        Q_EMIT dataChanged(index, index);
        while (node->parent)
            node = node->parent;
        sections.insert(node);
        // The sections around it count it too.
        for (int around = node->section; around >= 0;
             around = m_state.plan->sections[around].parent) {
            if (const QModelIndex outer = indexOfSection(node->lane, around); outer.isValid())
                sections.insert(static_cast<const Node*>(outer.internalPointer()));
        }
    }
    for (const Node* section : std::as_const(sections)) {
        const QModelIndex index = indexOf(*section);
        Q_EMIT dataChanged(index, index, {DoneRole, TotalRole, FailedRole, RunningRole});
    }
}

QModelIndex RunTreeModel::indexOf(const Node& node) const {
    return createIndex(node.row, 0, &node);
}

QModelIndex RunTreeModel::indexOfStep(int planIndex) const {
    if (planIndex < 0 || planIndex >= int(m_steps.size()))
        return {};
    return indexOf(*m_steps[size_t(planIndex)]);
}

QModelIndex RunTreeModel::indexOfStep(const StepId& id) const {
    return m_state.plan ? indexOfStep(m_state.plan->indexOf.value(id, -1)) : QModelIndex();
}

QModelIndex RunTreeModel::indexOfSection(Lane lane, int section) const {
    const auto wanted = std::pair(lane, section);
    const auto found = std::lower_bound(m_sections.begin(), m_sections.end(), wanted,
                                        [](const std::unique_ptr<Node>& node, const auto& key) {
                                            return std::pair(node->lane, node->section) < key;
                                        });
    if (found == m_sections.end() || std::pair((*found)->lane, (*found)->section) != wanted)
        return {};
    return indexOf(**found);
}

Progress RunTreeModel::progress(Lane lane, int section) const {
    return m_state.plan ? progressOf(m_state, lane, section) : Progress();
}

StepStatus RunTreeModel::statusOf(int planIndex) const {
    return m_steps[size_t(planIndex)]->status;
}

QModelIndex RunTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return indexOf(*m_sections[size_t(row)]);
    return indexOf(*static_cast<const Node*>(parent.internalPointer())->children[size_t(row)]);
}

QModelIndex RunTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid())
        return {};
    const Node* node = static_cast<const Node*>(child.internalPointer());
    return node->parent ? indexOf(*node->parent) : QModelIndex();
}

int RunTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return int(m_sections.size());
    if (parent.column() != 0)
        return 0;
    return int(static_cast<const Node*>(parent.internalPointer())->children.size());
}

int RunTreeModel::columnCount(const QModelIndex&) const {
    return 1;
}

} // namespace models

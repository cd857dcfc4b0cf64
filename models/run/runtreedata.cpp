// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of a RunTreeModel give for each role.
#include "models/run/hosts.h"
#include "models/run/runtreemodel.h"
#include "models/run/runtreenode.h"
#include "models/run/standing.h"
#include "models/runbook/runbooknames.h"

#include <algorithm>

namespace models {

namespace {

/// In nanoseconds; 0 where none has started.
qint64 firstStart(const QList<HostProgress>& hosts) {
    qint64 first = 0;
    for (const HostProgress& host : hosts) {
        if (!host.startedAt.isNull() && (first == 0 || host.startedAt.nanoseconds < first))
            first = host.startedAt.nanoseconds;
    }
    return first;
}

/// In nanoseconds; 0 while one runs.
qint64 lastEnd(const QList<HostProgress>& hosts) {
    qint64 last = 0;
    for (const HostProgress& host : hosts) {
        if (host.status == StepStatus::Running)
            return 0;
        last = std::max(last, qint64(host.finishedAt.nanoseconds));
    }
    return last;
}

} // namespace

QVariant RunTreeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& node = *static_cast<const Node*>(index.internalPointer());
    switch (role) {
    case NodeRole:
        return int(node.parent ? NodeKind::Step : NodeKind::Section);
    case PlanIndexRole:
        return node.step;
    case SectionRole:
        return node.section;
    case LaneRole:
        return int(node.lane);
    default:
        return node.parent ? stepData(node, role) : sectionData(node, role);
    }
}

/// Steps before the first heading have no section to count them.
Progress RunTreeModel::sectionProgress(const Node& node) const {
    if (node.section >= 0)
        return progress(node.lane, node.section);
    Progress sum;
    for (const Node* child : node.children) {
        const Tally& tally = m_state.standing.steps[child->step];
        sum.done += tally.done();
        sum.total += tally.total;
        sum.failed += tally.failed + tally.unknown;
        sum.running += tally.running;
    }
    return sum;
}

QVariant RunTreeModel::sectionData(const Node& node, int role) const {
    const Plan& plan = *m_state.plan;
    const Progress progress = sectionProgress(node);
    switch (role) {
    case Qt::DisplayRole:
    case SearchRole:
        return node.section < 0 ? plan.runbook.title : plan.sections[node.section].title;
    case Qt::AccessibleTextRole:
        return QStringLiteral("Section %1, %2 of %3 steps done")
            .arg(sectionData(node, Qt::DisplayRole).toString())
            .arg(progress.done)
            .arg(progress.total);
    case SectionPathRole: {
        QStringList path;
        const int own = node.section < 0 ? -1 : plan.sections[node.section].parent;
        // The document's own title stands above the page already.
        for (int above = own; above >= 0; above = plan.sections[above].parent) {
            if (plan.sections[above].level > 1)
                path.prepend(plan.sections[above].title);
        }
        return path.join(QStringLiteral(" › "));
    }
    case DoneRole:
        return progress.done;
    case TotalRole:
        return progress.total;
    case FailedRole:
        return progress.failed;
    case RunningRole:
        return progress.running;
    case LineRole:
        return node.section < 0 ? 1 : plan.sections[node.section].line;
    default:
        return {};
    }
}

QVariant RunTreeModel::stepData(const Node& node, int role) const {
    const PlanStep& placed = m_state.plan->steps[node.step];
    switch (role) {
    case StatusRole:
        return int(node.status);
    case StandingRole:
        return standingWords(m_state, node.step);
    case DiagnosticsRole:
        return node.diagnostics;
    case DepthRole:
        return node.depth;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3%4")
            .arg(placed.step.title, nameOf(placed.step.kind), standingWords(m_state, node.step),
                 hasSeveralHosts(placed.step)
                     ? QStringLiteral(", ") + hostData(node.step, HostSummaryRole).toString()
                     : QString());
    default: {
        const QVariant fromPlan = planData(placed, role);
        if (fromPlan.isValid())
            return fromPlan;
        const QVariant fromHosts =
            hasSeveralHosts(placed.step) ? hostData(node.step, role) : QVariant();
        return fromHosts.isValid() ? fromHosts : stateData(placed, role);
    }
    }
}

QVariant RunTreeModel::planData(const PlanStep& placed, int role) const {
    const Step& step = placed.step;
    switch (role) {
    case Qt::DisplayRole:
        return step.title;
    case StepIdRole:
        return QVariant::fromValue(step.id);
    case KindRole:
        return int(step.kind);
    case InferredRole:
        return step.inferred;
    case WasCheckedRole:
        return step.wasChecked;
    case UrgentRole:
        return step.urgent;
    case DestructiveRole:
        return std::any_of(step.commands.begin(), step.commands.end(),
                           [](const Command& command) { return command.destructive; });
    case ApplicableRole:
        return placed.applicable;
    case LineRole:
        return step.range.first;
    case CommandRole:
        return step.commands.isEmpty()
                   ? QString()
                   : step.commands.first().text.trimmed().section(QLatin1Char('\n'), 0, 0);
    default:
        return {};
    }
}

/// Of a step on several hosts, what all of them say together.
QVariant RunTreeModel::hostData(int planIndex, int role) const {
    const QList<HostProgress> hosts = hostProgress(m_state, planIndex);
    switch (role) {
    case HostRole:
        return hostsText(hostsNamed(m_state.plan->steps[planIndex].step));
    case HostsRole:
        return hostsNamed(m_state.plan->steps[planIndex].step);
    case HostSummaryRole:
        return hostSummary(hosts);
    case AttemptsRole: {
        int most = 0;
        for (const HostProgress& host : hosts)
            most = std::max(most, host.tries);
        return most;
    }
    case StartedRole:
        return firstStart(hosts);
    case DurationRole: {
        const qint64 first = firstStart(hosts);
        const qint64 last = lastEnd(hosts);
        return first == 0 || last == 0 ? qint64(-1) : (last - first) / 1'000'000;
    }
    default:
        return {};
    }
}

QVariant RunTreeModel::stateData(const PlanStep& placed, int role) const {
    const StepState& state = m_state.step(placed.step.id);
    const Attempt* last = state.attempts.isEmpty() ? nullptr : &state.attempts.last();
    switch (role) {
    case OwnerRole:
        return state.owner;
    case ActorRole:
        return state.actor;
    case DeviationRole:
        return state.deviation;
    case CurrentRole:
        return m_current >= 0 && m_state.plan->steps[m_current].step.id == placed.step.id;
    case AttemptsRole:
        return int(state.attempts.size());
    case HostRole:
        if (last)
            return last->place;
        if (placed.step.commands.isEmpty() && !placed.step.http)
            return QString();
        return placed.step.options.text(QLatin1String("on"), defaultHost(*m_state.plan));
    case StartedRole:
        return last ? qint64(last->startedAt.nanoseconds) : qint64(0);
    case DurationRole:
        if (!last || last->finishedAt.isNull() || last->startedAt.isNull())
            return qint64(-1);
        return qint64(last->finishedAt.nanoseconds - last->startedAt.nanoseconds) / 1'000'000;
    case SearchRole: {
        QStringList words{placed.step.title, state.owner};
        for (const Command& command : placed.step.commands)
            words << command.text;
        words << hostsNamed(placed.step);
        return words.join(QLatin1Char('\n'));
    }
    default:
        return {};
    }
}

} // namespace models

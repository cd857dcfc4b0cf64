// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/golive.h"
#include "models/run/host.h"
#include "models/runbook/runbook.h"

#include <QHash>
#include <QJsonObject>

#include <functional>
#include <memory>

namespace models {

/// A secret of the workspace: a reference, never a value.
struct SecretReference {
    QString name;
    QString source; ///< "keychain:NAME", "env:NAME", "command:…" or "prompt"

    bool operator==(const SecretReference&) const = default;
};

/// What the run is about: service -> version or commit; the empty key is the default service.
using Target = QMap<QString, QString>;

/// What spoke against starting a run, and why it was started all the same: a deviation.
struct StartOverride {
    QString objection;
    QString reason;

    bool operator==(const StartOverride&) const = default;
};

/// The names that conditions read it by: "commit" and "version" of the default service, or of the
/// only one, and "SERVICE.commit", "SERVICE.version".
[[nodiscard]] QMap<QString, QString> targetNames(const Target& target);

/// What a plan is made from, beside the runbook. Everything that a run needs to go on without the
/// folder.
struct PlanContext {
    QString workspaceId;
    QString workspaceName;
    QString workspaceRoot; ///< absolute folder; the working directory of a first local step
    QString runbookPath;   ///< relative to the root
    QString environment = QStringLiteral("local");
    bool isProtected = false;
    QList<Host> hosts; ///< of the environment; empty means that everything is at "local"
    QString defaultHost;
    QStringList services; ///< of the environment, each behind those that it depends on
    QMap<QString, QString>
        variables; ///< workspace, then environment, then --set; most specific wins
    QList<SecretReference> secrets;
    QList<Risk> risks;
    Target target;
    QList<StartOverride> overrides;
    Target previous;    ///< the versions that were seen when the run was made; empty: none could be
    RunId rollbackOf;   ///< the run that this one takes back; empty: it is no rollback
    GoLiveRules goLive; ///< of the environment
    QList<Person> people; ///< who can approve so that it is verified

    bool operator==(const PlanContext&) const = default;

    /// nullptr where the environment has no such host.
    [[nodiscard]] const Host* host(QStringView name) const;
    [[nodiscard]] QStringList hostNames() const;
};

/// What the commands of a wave know it by.
inline const QString waveVariable = QStringLiteral("WAVE");

/// A step of a plan: the runbook's step, placed among the others.
struct PlanStep {
    Step step;           ///< step.id is unique in the plan; step.parent indexes Plan::steps
    int section = -1;    ///< index into Plan::sections
    QList<int> children; ///< indices into Plan::steps
    int end = 0;         ///< one past the last step below it: its subtree is [index, end)
    QString
        document; ///< the runbook it comes from, relative to the workspace; empty: the plan's own
    bool applicable = true; ///< false: scoped to another environment; shown, not counted, not run
    QString wave = {};      ///< that it belongs to, which its commands know as WAVE; empty: none
    int waveIndex = -1;     ///< index into Plan::waves, which nothing of a rollback has

    bool operator==(const PlanStep&) const = default;
};

/// A part of a staged rollout: nothing of the next begins before all of it is done. A value.
struct Wave {
    QString name;
    int first = 0; ///< index into Plan::steps

    bool operator==(const Wave&) const = default;
};

/// The frozen plan of a run. Immutable; shared between threads by shared_ptr<const Plan> because
/// the engine and the window both read it and neither outlives the other for certain.
struct Plan {
    PlanContext context;
    Runbook runbook;
    QList<Section> sections;
    QList<PlanStep> steps; ///< document order; a step that refers to a section or another runbook
                           ///< has that one's steps as its children, with ids of their own
    QList<VariableDeclaration> variables; ///< everything that may be asked for
    QHash<StepId, int> indexOf;
    QList<Wave> waves;       ///< of the main lane, in document order
    QList<int> blockers;     ///< steps that hold what follows them in their lane, ascending
    Diagnostics diagnostics; ///< undefined variables, loops of inverses, references without target

    [[nodiscard]] const PlanStep* find(const StepId& id) const {
        const auto found = indexOf.constFind(id);
        return found == indexOf.cend() ? nullptr : &steps[*found];
    }
    /// Leaves only: what has children is done when they are.
    [[nodiscard]] bool isLeaf(int index) const { return steps[index].children.isEmpty(); }
    /// Whether the run takes another one back.
    [[nodiscard]] bool isRollback() const { return !context.rollbackOf.isEmpty(); }
    /// The lane that a run of this document is about: the rollback lane of a rollback runbook, and
    /// of a run that takes another one back.
    [[nodiscard]] Lane mainLane() const {
        return isRollback() || runbook.kind == DocumentKind::RollbackRunbook ? Lane::Rollback
                                                                             : Lane::Main;
    }
};

using PlanPointer = std::shared_ptr<const Plan>;

/// Gives the runbook at a path relative to the workspace, or nullptr.
using RunbookLookup = std::function<const Runbook*(const QString& relativePath)>;

/// Places a runbook's steps: expands references, applies the environment's scope. Pure.
[[nodiscard]] Plan makePlan(const Runbook& runbook, const PlanContext& context,
                            const RunbookLookup& lookup = {});

/// A copy with one more step directly behind the given one and what is below it (an ad-hoc
/// command); at the end of the main lane's steps where there is no such step. Pure.
[[nodiscard]] Plan planWithStep(const Plan& plan, const StepId& after, Step step);

[[nodiscard]] QJsonObject planToJson(const Plan& plan);
[[nodiscard]] Result<Plan> planFromJson(const QJsonObject& object);

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/event.h"
#include "models/run/runstate.h"

#include <QAbstractItemModel>
#include <QSet>

#include <memory>
#include <vector>

namespace models {

/// A run (or the preview of one) as a tree: the sections that hold steps, lane by lane, and under
/// each its steps, nested as in the document. It folds events for itself: state() is the one copy
/// that a page needs. A change costs the steps that changed and their ancestors.
class RunTreeModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role {
        NodeRole = Qt::UserRole + 1, ///< NodeKind
        StepIdRole,                  ///< StepId; empty for a section
        PlanIndexRole,               ///< index into Plan::steps; -1 for a section
        SectionRole,                 ///< index into Plan::sections; -1 before the first heading
        SectionPathRole, ///< of a section: the titles of those around it, " › " between
        KindRole,        ///< StepKind
        LaneRole,        ///< Lane
        StatusRole,      ///< StepStatus, as shown
        StandingRole,    ///< of a step: standingWords()
        OwnerRole,
        ActorRole,       ///< who acted last
        HostRole,        ///< where the last attempt ran, or is to run: "web-1", "web-1, web-2",
                         ///< "5 hosts"; empty for manual steps
        HostsRole,       ///< QStringList: the hosts of a step that has several, else empty
        HostSummaryRole, ///< "1 of 2 hosts passed; web-2 failed (exit 1)"; empty as HostsRole
        StartedRole,     ///< qint64 nanoseconds of the last attempt, 0 when there is none; of
                         ///< several hosts the first that started
        DurationRole,    ///< qint64 milliseconds of the last attempt, -1 while unknown; of several
                         ///< hosts from the first start to the last end
        AttemptsRole,    ///< number of attempts; of several hosts the most that one has had
        InferredRole,    ///< bool
        WasCheckedRole,  ///< bool
        UrgentRole,      ///< bool
        DestructiveRole, ///< bool
        ApplicableRole,  ///< bool
        DeviationRole,   ///< bool
        DiagnosticsRole, ///< number of diagnostics within the step's own lines
        DepthRole,       ///< nesting below the section, from 0
        CurrentRole,     ///< bool: where the run stands, see currentStep()
        DoneRole,        ///< of a section: passed or skipped leaves
        TotalRole,       ///< of a section: applicable leaves
        FailedRole,      ///< of a section: failed or unknown leaves
        RunningRole,     ///< of a section: running leaves
        LineRole,        ///< line of the source, from 1
        CommandRole,     ///< of a step: the first line of what it runs; empty for none
        SearchRole,      ///< what a text filter looks in: title, commands, owner
    };
    enum class NodeKind { Section, Step };

    explicit RunTreeModel(QObject* parent = nullptr);
    ~RunTreeModel() override;

    /// Shows this run or preview. Rows stay where they are when the plan has the same steps.
    void setState(RunState state);
    /// Folds further events of the shown run in.
    void appendEvents(const QList<Event>& events);
    [[nodiscard]] const RunState& state() const { return m_state; }
    [[nodiscard]] QModelIndex indexOfStep(int planIndex) const;
    [[nodiscard]] QModelIndex indexOfStep(const StepId& id) const;
    /// The row of a section with steps; invalid for one that has none of its own.
    [[nodiscard]] QModelIndex indexOfSection(Lane lane, int section) const;
    [[nodiscard]] Progress progress(Lane lane, int section = -1) const;
    /// As effectiveStatus(), from what was kept.
    [[nodiscard]] StepStatus statusOf(int planIndex) const;
    /// Where a run stands: at the step that was taken last as long as that has no outcome, then at
    /// the next open one; -1: of a preview, and when all are done.
    [[nodiscard]] int currentStep() const { return m_current; }

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    /// Counters of some section of this lane changed.
    void progressChanged(models::Lane lane);

private:
    struct Node;

    [[nodiscard]] bool hasSameShape(const Plan& plan) const;
    [[nodiscard]] QSet<int> allSteps() const;
    void rebuild();
    [[nodiscard]] std::unique_ptr<Node> makeStepNode(int planIndex);
    [[nodiscard]] Node& sectionNode(Lane lane, int section);
    void insertSteps(const PlanPointer& before);
    void countDiagnostics();
    void refresh(const QSet<int>& touched);
    [[nodiscard]] int findCurrentStep() const;
    /// The indices whose shown status changed, with their kept status brought up to date.
    [[nodiscard]] QSet<int> updateStatuses(const QSet<int>& touched);
    bool updateStatus(int planIndex);
    [[nodiscard]] bool holdsOthersBack(int planIndex) const;
    void emitChanged(const QSet<int>& steps);
    [[nodiscard]] QModelIndex indexOf(const Node& node) const;
    [[nodiscard]] Progress sectionProgress(const Node& node) const;
    [[nodiscard]] QVariant sectionData(const Node& node, int role) const;
    [[nodiscard]] QVariant stepData(const Node& node, int role) const;
    [[nodiscard]] QVariant planData(const PlanStep& placed, int role) const;
    [[nodiscard]] QVariant stateData(const PlanStep& placed, int role) const;
    [[nodiscard]] QVariant hostData(int planIndex, int role) const;

    RunState m_state;
    std::vector<std::unique_ptr<Node>> m_sections; ///< top rows, main lane first
    std::vector<std::unique_ptr<Node>> m_steps;    ///< by plan index
    int m_current = -1;
};

} // namespace models

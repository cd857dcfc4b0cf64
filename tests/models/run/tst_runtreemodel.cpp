// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"
#include "models/run/runfiltermodel.h"
#include "models/run/runtreemodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace models;

namespace {

Step makeStep(const QString& id, int section, int parent = -1, Lane lane = Lane::Main) {
    Step step;
    step.id = StepId(id);
    step.title = u"Title of "_qs + id;
    step.section = section;
    step.parent = parent;
    step.lane = lane;
    return step;
}

Section makeSection(const QString& title, int level, int parent, Lane lane = Lane::Main) {
    Section section;
    section.title = title;
    section.level = level;
    section.parent = parent;
    section.lane = lane;
    return section;
}

/// Two sections, one within the other, an urgent step, nesting, a rollback lane and reference.
PlanPointer samplePlan() {
    Runbook runbook;
    runbook.title = u"Sample"_qs;
    runbook.sections = {makeSection(u"Deploy"_qs, 2, -1), makeSection(u"Database"_qs, 3, 0),
                        makeSection(u"Rollback"_qs, 2, -1, Lane::Rollback),
                        makeSection(u"Background"_qs, 2, -1, Lane::Reference)};
    Step urgent = makeStep(u"urgent"_qs, 0);
    urgent.urgent = true;
    Step command = makeStep(u"migrate"_qs, 1);
    command.kind = StepKind::Command;
    Command migrate;
    migrate.text = u"alembic upgrade"_qs;
    command.commands = {migrate};
    runbook.steps = {urgent,
                     makeStep(u"parent"_qs, 0),
                     makeStep(u"child-1"_qs, 0, 1),
                     makeStep(u"child-2"_qs, 0, 1),
                     command,
                     makeStep(u"undo"_qs, 2, -1, Lane::Rollback),
                     makeStep(u"note"_qs, 3, -1, Lane::Reference)};
    for (int i = 0; i < runbook.steps.size(); ++i)
        runbook.steps[i].range = {10 * i + 1, 10 * i + 9};
    runbook.diagnostics = {Diagnostic{24, 3, Severity::Warning, u"Odd box"_qs}};
    return std::make_shared<const Plan>(makePlan(runbook, {}));
}

PlanPointer widePlan(int steps) {
    Runbook runbook;
    for (int section = 0; section < 10; ++section)
        runbook.sections.append(makeSection(u"Section %1"_qs.arg(section), 2, -1));
    for (int i = 0; i < steps; ++i)
        runbook.steps.append(makeStep(u"step-%1"_qs.arg(i), i * 10 / steps));
    return std::make_shared<const Plan>(makePlan(runbook, {}));
}

/// Gives events the envelope that the journal would give them.
class Recorder {
public:
    Event record(const EventDraft& draft) {
        Event event;
        event.seq = ++m_seq;
        event.at = Instant{m_seq * 1'000'000'000};
        event.actor = u"lead@example"_qs;
        event.kind = draft.kind;
        event.payload = draft.payload;
        return event;
    }

private:
    qint64 m_seq = 1;
};

Attempt startedAttempt(int number) {
    Attempt attempt;
    attempt.number = number;
    attempt.status = AttemptStatus::Started;
    attempt.script = u"true"_qs;
    return attempt;
}

/// Everything that a view could ask agrees with the state that the model folded.
void compareWithState(const RunTreeModel& model) {
    const RunState& state = model.state();
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        QCOMPARE(model.statusOf(index), effectiveStatus(state, index));
        const QModelIndex row = model.indexOfStep(index);
        QCOMPARE(row.data(RunTreeModel::PlanIndexRole).toInt(), index);
        QCOMPARE(row.data(Qt::DisplayRole).toString(), state.plan->steps[index].step.title);
        QCOMPARE(StepStatus(row.data(RunTreeModel::StatusRole).toInt()),
                 effectiveStatus(state, index));
    }
    for (int section = 0; section < state.plan->sections.size(); ++section) {
        const Lane lane = state.plan->sections[section].lane;
        QCOMPARE(model.progress(lane, section), progressOf(state, lane, section));
    }
}

/// One of the things that happen to a run; what does not fit its state changes nothing.
EventDraft randomDraft(QRandomGenerator& random, const RunState& state) {
    const auto& steps = state.plan->steps;
    const StepId id = steps[random.bounded(int(steps.size()))].step.id;
    const int attempts = int(state.step(id).attempts.size());
    Attempt ended = startedAttempt(attempts);
    ended.exitCode = random.bounded(2);
    switch (random.bounded(9)) {
    case 0:
        return draft::stepConfirmed(id, true, {});
    case 1:
        return draft::stepConfirmed(id, false, u"No"_qs);
    case 2:
        return draft::stepSkipped(id, u"Not today"_qs);
    case 3:
        return draft::stepReopened(id);
    case 4:
        return draft::stepStarted(id, startedAttempt(attempts + 1));
    case 5:
        return draft::stepFinished(id, ended,
                                   *ended.exitCode == 0 ? StepStatus::Passed : StepStatus::Failed);
    case 6:
        return draft::outcomeUnknown(id, attempts, u"Lost"_qs, u"Nothing found"_qs);
    case 7:
        return draft::ownerSet(id, u"release manager"_qs);
    default:
        return draft::noteAdded(id, u"Noted"_qs);
    }
}

} // namespace

class TestRunTreeModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsLanesApart();
    void nestsSteps();
    void countsDiagnosticsAtTheirStep();
    void blockedRowsFollowTheirBlocker();
    void touchesOnlyWhatChanged();
    void insertsAddedCommands();
    void keepsRowsWhenTheRunStarts();
    void agreesWithTheStateUnderRandomEvents_data();
    void agreesWithTheStateUnderRandomEvents();
    void filtersByState();
    void filtersByText();
    void closingUnblocksEverything();
    void standsAtWhatIsTakenAndThenAtTheNext();
};

void TestRunTreeModel::showsLanesApart() {
    RunTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setState(initialState(samplePlan()));
    QStringList sections;
    for (int row = 0; row < model.rowCount(); ++row)
        sections << model.index(row, 0).data().toString();
    QCOMPARE(sections,
             (QStringList{u"Deploy"_qs, u"Database"_qs, u"Rollback"_qs, u"Background"_qs}));
    QCOMPARE(model.index(1, 0).data(RunTreeModel::SectionPathRole).toString(), u"Deploy"_qs);
    QCOMPARE(Lane(model.index(2, 0).data(RunTreeModel::LaneRole).toInt()), Lane::Rollback);
    QCOMPARE(model.index(3, 0).data(RunTreeModel::TotalRole).toInt(), 0);
    // A section counts those within it.
    QCOMPARE(model.index(0, 0).data(RunTreeModel::TotalRole).toInt(), 4);
}

void TestRunTreeModel::nestsSteps() {
    RunTreeModel model;
    model.setState(initialState(samplePlan()));
    const QModelIndex child = model.indexOfStep(StepId(u"child-2"_qs));
    QCOMPARE(child.row(), 1);
    QCOMPARE(child.data(RunTreeModel::DepthRole).toInt(), 1);
    QCOMPARE(child.parent(), model.indexOfStep(StepId(u"parent"_qs)));
    QCOMPARE(child.parent().parent(), model.indexOfSection(Lane::Main, 0));
    QVERIFY(!model.indexOfStep(StepId(u"absent"_qs)).isValid());
}

void TestRunTreeModel::countsDiagnosticsAtTheirStep() {
    RunTreeModel model;
    model.setState(initialState(samplePlan()));
    QCOMPARE(model.indexOfStep(StepId(u"child-1"_qs)).data(RunTreeModel::DiagnosticsRole).toInt(),
             1);
    QCOMPARE(model.indexOfStep(StepId(u"child-2"_qs)).data(RunTreeModel::DiagnosticsRole).toInt(),
             0);
}

void TestRunTreeModel::blockedRowsFollowTheirBlocker() {
    RunTreeModel model;
    Recorder recorder;
    model.setState(initialState(samplePlan()));
    const int child = model.state().plan->indexOf.value(StepId(u"child-1"_qs));
    QCOMPARE(model.statusOf(child), StepStatus::Blocked);
    model.appendEvents({recorder.record(draft::stepConfirmed(StepId(u"urgent"_qs), true, {}))});
    QCOMPARE(model.statusOf(child), StepStatus::Pending);
    compareWithState(model);
    model.appendEvents({recorder.record(draft::stepReopened(StepId(u"urgent"_qs)))});
    QCOMPARE(model.statusOf(child), StepStatus::Blocked);
    compareWithState(model);
}

void TestRunTreeModel::touchesOnlyWhatChanged() {
    RunTreeModel model;
    Recorder recorder;
    model.setState(initialState(widePlan(10'000)));
    QSignalSpy changed(&model, &RunTreeModel::dataChanged);
    QSignalSpy reset(&model, &RunTreeModel::modelReset);
    model.appendEvents({recorder.record(draft::stepConfirmed(StepId(u"step-7000"_qs), true, {}))});
    // The step's row and its section's, of 10,010.
    QCOMPARE(changed.size(), 2);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed[0][0].toModelIndex(), model.indexOfStep(StepId(u"step-7000"_qs)));
    QCOMPARE(model.progress(Lane::Main, 7).done, 1);
}

void TestRunTreeModel::insertsAddedCommands() {
    RunTreeModel model;
    Recorder recorder;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setState(initialState(samplePlan()));
    const QPersistentModelIndex later = model.indexOfStep(StepId(u"child-2"_qs));
    QSignalSpy inserted(&model, &RunTreeModel::rowsInserted);
    QSignalSpy reset(&model, &RunTreeModel::modelReset);
    model.appendEvents({recorder.record(draft::stepConfirmed(StepId(u"urgent"_qs), true, {})),
                        recorder.record(draft::commandAdded(
                            StepId(u"urgent"_qs), StepId(u"adhoc-1"_qs), u"sh"_qs, u"uptime"_qs))});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.indexOfStep(StepId(u"adhoc-1"_qs)).row(), 1);
    QCOMPARE(later, model.indexOfStep(StepId(u"child-2"_qs)));
    compareWithState(model);
}

void TestRunTreeModel::keepsRowsWhenTheRunStarts() {
    RunTreeModel model;
    Recorder recorder;
    const PlanPointer plan = samplePlan();
    model.setState(initialState(plan));
    QSignalSpy reset(&model, &RunTreeModel::modelReset);
    RunState started = apply(RunState(), recorder.record(draft::runStarted(*plan, {})));
    QVERIFY(started.plan);
    started = apply(std::move(started),
                    recorder.record(draft::stepConfirmed(StepId(u"urgent"_qs), true, {})));
    model.setState(started);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.statusOf(0), StepStatus::Passed);
    compareWithState(model);
}

void TestRunTreeModel::agreesWithTheStateUnderRandomEvents_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestRunTreeModel::agreesWithTheStateUnderRandomEvents() {
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    Recorder recorder;
    RunTreeModel model;
    RunFilterModel filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QAbstractItemModelTester filterTester(&filter,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setState(initialState(samplePlan()));
    filter.setFilter(RunFilter::Open);
    QSignalSpy reset(&model, &RunTreeModel::modelReset);
    int added = 0;
    for (int round = 0; round < 150; ++round) {
        QList<Event> events;
        for (int i = random.bounded(1, 4); i > 0; --i)
            events << recorder.record(randomDraft(random, model.state()));
        if (random.bounded(40) == 0)
            events << recorder.record(draft::commandAdded(
                StepId(u"migrate"_qs), StepId(u"adhoc-%1"_qs.arg(++added)), u"sh"_qs, u"id"_qs));
        model.appendEvents(events);
        compareWithState(model);
        if (QTest::currentTestFailed())
            return;
    }
    QCOMPARE(reset.size(), 0);
}

void TestRunTreeModel::filtersByState() {
    RunTreeModel model;
    Recorder recorder;
    RunFilterModel filter;
    filter.setSourceModel(&model);
    model.setState(initialState(samplePlan()));
    model.appendEvents({recorder.record(draft::stepConfirmed(StepId(u"urgent"_qs), true, {})),
                        recorder.record(draft::stepConfirmed(StepId(u"child-2"_qs), false, {}))});
    filter.setFilter(RunFilter::Failed);
    QCOMPARE(filter.rowCount(), 1);
    const QModelIndex deploy = filter.index(0, 0);
    QCOMPARE(filter.rowCount(deploy), 1);
    QCOMPARE(filter.index(0, 0, deploy).data().toString(), u"Title of parent"_qs);
    QCOMPARE(filter.rowCount(filter.index(0, 0, deploy)), 1);
    filter.setFilter(RunFilter::Done);
    QCOMPARE(filter.index(0, 0, filter.index(0, 0)).data().toString(), u"Title of urgent"_qs);
    filter.setFilter(RunFilter::All);
    QCOMPARE(filter.rowCount(), 4);
}

void TestRunTreeModel::filtersByText() {
    RunTreeModel model;
    RunFilterModel filter;
    filter.setSourceModel(&model);
    model.setState(initialState(samplePlan()));
    filter.setText(u"ALEMBIC"_qs);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.index(0, 0, filter.index(0, 0)).data().toString(), u"Title of migrate"_qs);
    filter.setText(u"database"_qs);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.rowCount(filter.index(0, 0)), 1);
    filter.setText(u"nothing like it"_qs);
    QCOMPARE(filter.rowCount(), 0);
}

void TestRunTreeModel::closingUnblocksEverything() {
    RunTreeModel model;
    Recorder recorder;
    model.setState(initialState(samplePlan()));
    model.appendEvents({recorder.record(draft::runClosed(RunOutcome::Aborted, u"Enough"_qs))});
    compareWithState(model);
}

/// What is done is not where anybody is any more.
void TestRunTreeModel::standsAtWhatIsTakenAndThenAtTheNext() {
    RunTreeModel model;
    Recorder recorder;
    const PlanPointer plan = samplePlan();
    model.setState(initialState(plan));
    QCOMPARE(model.currentStep(), -1); // nobody has begun
    model.setState(apply(RunState(), recorder.record(draft::runStarted(*plan, {}))));
    const auto record = [&](const EventDraft& draft) {
        model.appendEvents({recorder.record(draft)});
    };
    QCOMPARE(model.currentStep(), 0);
    QSignalSpy changed(&model, &RunTreeModel::dataChanged);
    record(draft::stepConfirmed(StepId(u"urgent"_qs), true, {}));
    const QModelIndex next = model.indexOfStep(StepId(u"child-1"_qs));
    QVERIFY(next.data(RunTreeModel::CurrentRole).toBool());
    QVERIFY(!model.indexOfStep(0).data(RunTreeModel::CurrentRole).toBool());
    QVERIFY(std::any_of(changed.cbegin(), changed.cend(), [&next](const QList<QVariant>& told) {
        return told[0].toModelIndex() == next;
    }));
    const StepId migrate(u"migrate"_qs);
    Attempt attempt = startedAttempt(1);
    record(draft::stepStarted(migrate, attempt));
    QCOMPARE(model.state().plan->steps[model.currentStep()].step.id, migrate);
    attempt.exitCode = 1;
    record(draft::stepFinished(migrate, attempt, StepStatus::Failed));
    QCOMPARE(model.state().plan->steps[model.currentStep()].step.id, migrate);
    record(draft::stepSkipped(migrate, u"Not today"_qs));
    QCOMPARE(model.indexOfStep(model.currentStep()), next); // nothing later is open
    record(draft::stepConfirmed(StepId(u"child-1"_qs), true, {}));
    record(draft::stepConfirmed(StepId(u"child-2"_qs), true, {}));
    QCOMPARE(model.currentStep(), -1);
}

QTEST_GUILESS_MAIN(TestRunTreeModel)
#include "tst_runtreemodel.moc"

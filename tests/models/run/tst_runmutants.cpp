// SPDX-License-Identifier: GPL-3.0-or-later
// That trying out everything finds what is wrong: see RunMachine.
#include "tests/models/run/runmachine.h"

#include "models/run/standing.h"

#include <QTest>

using namespace models;
using tests::ourRules;
using tests::RunMachine;
using tests::RunRules;

namespace {

using Change = std::function<void(Event&)>;
using Repair = std::function<void(RunState&, const Event&)>;

/// apply() reads something else than was recorded.
RunRules reading(EventKind kind, Change change) {
    RunRules mutant = ourRules();
    mutant.apply = [kind, change = std::move(change)](RunState state, const Event& event) {
        Event other = event;
        if (event.kind == kind)
            change(other);
        return apply(std::move(state), other);
    };
    return mutant;
}

/// apply() leaves the event out.
RunRules leavingOut(EventKind kind) {
    RunRules mutant = ourRules();
    mutant.apply = [kind](RunState state, const Event& event) {
        return event.kind == kind ? state : apply(std::move(state), event);
    };
    return mutant;
}

/// apply() does something more.
RunRules doing(EventKind kind, Repair more) {
    RunRules mutant = ourRules();
    mutant.apply = [kind, more = std::move(more)](RunState state, const Event& event) {
        RunState after = apply(std::move(state), event);
        if (event.kind == kind)
            more(after, event);
        return after;
    };
    return mutant;
}

template <class Left>
RunRules withoutEffect() {
    RunRules mutant = ourRules();
    mutant.next = [](const RunState& state) {
        QList<Effect> effects = next(state);
        effects.removeIf([](const Effect& one) { return std::holds_alternative<Left>(one); });
        return effects;
    };
    return mutant;
}

StepId stepOf(const Event& event) {
    return StepId(event.payload.value(u"step").toString());
}

void setStatus(RunState& state, const Event& event, StepStatus status) {
    setLeafStatus(state, state.plan->indexOf.value(stepOf(event)), status);
}

} // namespace

Q_DECLARE_METATYPE(RunRules)

class TestRunMutants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mutantsAreCaught_data() {
        QTest::addColumn<RunRules>("mutant");
        const auto verdict = [](const QString& name) {
            return [name](Event& event) { event.payload.insert(u"verdict"_qs, name); };
        };
        const auto status = [](const QString& name) {
            return [name](Event& event) { event.payload.insert(u"status"_qs, name); };
        };
        QTest::newRow("a gate passes by anybody's word")
            << doing(EventKind::GatePassed, [](RunState& state, const Event& event) {
                   setStatus(state, event, StepStatus::Passed);
               });
        QTest::newRow("a gate passes as soon as it is entered")
            << doing(EventKind::GateEntered, [](RunState& state, const Event& event) {
                   setStatus(state, event, StepStatus::Passed);
               });
        QTest::newRow("a deadline passes the gate")
            << doing(EventKind::TimerFired, [](RunState& state, const Event& event) {
                   setStatus(state, event, StepStatus::Passed);
               });
        QTest::newRow("a reading passes the gate")
            << doing(EventKind::GateObserved, [](RunState& state, const Event& event) {
                   setStatus(state, event, StepStatus::Passed);
               });
        QTest::newRow("what is not known opens what is behind")
            << doing(EventKind::GateObserved, [](RunState& state, const Event&) {
                   state.standing.blockersDone = static_cast<int>(state.plan->blockers.size());
               });
        QTest::newRow("a gate loses its readings")
            << doing(EventKind::GatePassed, [](RunState& state, const Event& event) {
                   state.gates.remove(stepOf(event));
               });
        QTest::newRow("a gate is entered without a deadline")
            << doing(EventKind::GateEntered, [](RunState& state, const Event& event) {
                   state.steps[stepOf(event)].waitUntil = {};
                   refreshActive(state, state.plan->indexOf.value(stepOf(event)));
               });
        QTest::newRow("another console forgets the triggers")
            << doing(EventKind::DriverChanged,
                     [](RunState& state, const Event&) { state.triggers.clear(); });
        QTest::newRow("another console forgets the change")
            << doing(EventKind::DriverChanged,
                     [](RunState& state, const Event&) { state.firstChange.reset(); });
        QTest::newRow("another console forgets the waves")
            << doing(EventKind::DriverChanged,
                     [](RunState& state, const Event&) { state.wavesEntered.clear(); });
        QTest::newRow("another console begins a step anew")
            << doing(EventKind::DriverChanged, [](RunState& state, const Event&) {
                   for (StepState& step : state.steps) {
                       for (Attempt& attempt : step.attempts)
                           attempt.number += 100;
                   }
               });
        QTest::newRow("a rollback is not recorded") << leavingOut(EventKind::RollbackStarted);
        QTest::newRow("a closed run is closed again")
            << doing(EventKind::RunClosed, [](RunState& state, const Event& event) {
                   state.outcome = *runOutcomeFromName(event.payload.value(u"outcome").toString());
               });
        QTest::newRow("a run is not closed") << leavingOut(EventKind::RunClosed);
        QTest::newRow("a run is closed without an outcome")
            << reading(EventKind::RunClosed,
                       [](Event& event) { event.payload.insert(u"outcome"_qs, QString()); });
        QTest::newRow("an end is not recorded") << leavingOut(EventKind::StepFinished);
        QTest::newRow("a failed host counts as passed")
            << reading(EventKind::StepFinished, status(u"passed"_qs));
        QTest::newRow("not known is read as good")
            << reading(EventKind::GateObserved, verdict(verdictName(Verdict::Pass)));
        QTest::newRow("nothing is run") << withoutEffect<RunAttempt>();
        QTest::newRow("no further host is run") << withoutEffect<ContinueStep>();
        QTest::newRow("no deadline is kept") << withoutEffect<ArmTimer>();
        RunRules again = ourRules();
        again.next = [](const RunState& state) {
            QList<Effect> effects = next(state);
            for (const Effect& one : next(state)) {
                if (const auto* run = std::get_if<RunAttempt>(&one))
                    effects.append(RunAttempt{
                        {run->attempt.run, run->attempt.step, run->attempt.number + 100}});
            }
            return effects;
        };
        QTest::newRow("an attempt is run under another number") << again;
        RunRules always = ourRules();
        always.next = [](const RunState& state) {
            QList<Effect> effects = next(state);
            const StepId id(u"two hosts"_qs);
            if (state.step(id).status == StepStatus::Failed)
                effects.append(ContinueStep{id});
            return effects;
        };
        QTest::newRow("what failed goes on by itself") << always;
    }
    void mutantsAreCaught() {
        QFETCH(RunRules, mutant);
        RunMachine machine(mutant);
        const std::string wrong = machine.explore();
        QVERIFY2(!wrong.empty(), "Nothing was wrong with it.");
        qInfo("%s, after %zu states", wrong.c_str(), machine.states());
    }
};

QTEST_GUILESS_MAIN(TestRunMutants)
#include "tst_runmutants.moc"

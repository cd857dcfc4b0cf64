// SPDX-License-Identifier: GPL-3.0-or-later
// What is said in a run of the triggers that hold.
#include "models/run/draft.h"
#include "models/run/observeddraft.h"
#include "ui/run/nextaction.h"
#include "ui/run/runquestions.h"
#include "ui/run/triggerwords.h"
#include "ui/widgets/timeformat.h"

#include "tests/support/stateafter.h"

#include <QTest>

using namespace models;
using tests::after;

namespace {

constexpr Instant watchStart{100'000'000'000};

Trigger named(const QString& name, Severity severity) {
    Trigger trigger{name, u"1 > 0"_qs, {}};
    trigger.severity = severity;
    return trigger;
}

/// Its one step is done, and it has been watched for half a minute: all is well.
RunState watched(const QList<Trigger>& triggers) {
    Runbook runbook;
    runbook.sections = {Section{}};
    Step step;
    step.id = StepId(u"one"_qs);
    step.section = 0;
    runbook.steps = {step};
    Plan plan = makePlan(runbook, {});
    plan.context.goLive.triggers = triggers;
    RunState state = initialState(std::make_shared<const Plan>(plan));
    state.id = RunId(u"run"_qs);
    state = after(state, draft::stepConfirmed(step.id, true, {}));
    WatchRule rule;
    rule.time = std::chrono::minutes(1);
    state = after(state, draft::watchStarted(rule, watchStart));
    const Instant later{watchStart.nanoseconds + 30'000'000'000};
    return after(state, draft::watchObserved({watchStart, later, Verdict::Pass, {}}));
}

RunState holding(RunState state, const QString& name) {
    state = after(std::move(state), draft::triggerArmed(name));
    return after(std::move(state), draft::triggerHeld(name, u"p95 was 2 s"_qs));
}

} // namespace

class TestTriggerWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysTheSeverity_data() {
        QTest::addColumn<Severity>("severity");
        QTest::addColumn<QString>("holds");
        QTest::newRow("error") << Severity::Error << u"holds"_qs;
        QTest::newRow("warn") << Severity::Warning << u"holds (a warning)"_qs;
        QTest::newRow("info") << Severity::Hint << u"holds (for information)"_qs;
    }
    void saysTheSeverity() {
        QFETCH(const Severity, severity);
        QFETCH(const QString, holds);
        RunState state = watched({named(u"slow"_qs, severity)});
        QVERIFY(ui::askingWords(state).isEmpty());
        state = holding(state, u"slow"_qs);
        const QString since = ui::formatTime(state.triggers[u"slow"_qs].since);
        QCOMPARE(ui::askingWords(state), u"“slow” %1 since %2: p95 was 2 s"_qs.arg(holds, since));
        const QString foot = ui::nextAction(state, ui::RunAccess::Driving, -1).sentence;
        QVERIFY2(foot.endsWith(u": “slow” %1"_qs.arg(holds)), qPrintable(foot));
        const QString asked =
            ui::question::acknowledge(ui::askingTriggers(state).first()).explanation;
        QVERIFY2(asked.startsWith(u"It %1. "_qs.arg(holds)), qPrintable(asked));
        state = after(state, draft::triggerAcknowledged(u"slow"_qs, u"expected"_qs));
        QVERIFY(ui::askingWords(state).isEmpty());
    }

    void theGravestIsNamed() {
        RunState state = watched({named(u"a"_qs, Severity::Hint), named(u"b"_qs, Severity::Error)});
        state = holding(holding(state, u"a"_qs), u"b"_qs);
        QVERIFY2(ui::askingWords(state).startsWith(u"“b” holds since "),
                 qPrintable(ui::askingWords(state)));
        QVERIFY(ui::askingWords(state).endsWith(u" · 1 more"));
        const QString foot = ui::nextAction(state, ui::RunAccess::Driving, -1).sentence;
        QVERIFY2(foot.endsWith(u": “b” holds"), qPrintable(foot));
    }
};

QTEST_MAIN(TestTriggerWords)
#include "tst_triggerwords.moc"

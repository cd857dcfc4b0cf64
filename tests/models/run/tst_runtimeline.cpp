// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runtimeline.h"

#include "models/run/observations.h"
#include "models/run/observeddraft.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

namespace {

const StepId gate(u"gate"_qs);

Instant now(const RunFixture& run) {
    return run.events.last().at;
}

RunTimeline timelineOf(const RunFixture& run) {
    TimelineRecord record;
    for (const Event& event : run.events)
        record.add(event);
    return record.timeline(run.state, now(run));
}

/// Of the first row of that lane.
QList<TimelineSpan> spansOf(const RunFixture& run, TimelineLane lane) {
    for (const TimelineRow& row : timelineOf(run).rows) {
        if (row.lane == lane)
            return row.spans;
    }
    return {};
}

GateStanding standing(Verdict verdict) {
    GateStanding standing;
    standing.verdict = verdict;
    standing.samples = 5;
    standing.words = verdictName(verdict);
    return standing;
}

QList<std::optional<Verdict>> verdictsOf(const QList<TimelineSpan>& spans) {
    QList<std::optional<Verdict>> verdicts;
    for (const TimelineSpan& span : spans)
        verdicts.append(span.verdict);
    return verdicts;
}

} // namespace

class TestRunTimeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRowIsLeftOutWhereNothingHappened() {
        const RunFixture run({manualStep(u"a"_qs)});
        const RunTimeline timeline = timelineOf(run);
        QVERIFY(timeline.rows.isEmpty());
        QVERIFY(timeline.goesOn);
        QCOMPARE(timeline.to, now(run));
    }

    void anAttemptIsASpanAtItsPlace() {
        RunFixture run({commandStep(u"deploy"_qs, u"true"_qs)});
        Attempt attempt;
        attempt.place = u"web-1"_qs;
        run.feed(draft::stepStarted(StepId(u"deploy"_qs), attempt));
        QList<TimelineSpan> spans = spansOf(run, TimelineLane::Step);
        QCOMPARE(spans.size(), 1);
        QVERIFY(spans[0].to.isNull());
        QVERIFY(!spans[0].verdict);
        attempt.exitCode = 1;
        attempt.reason = u"exit status 1"_qs;
        run.feed(draft::stepFinished(StepId(u"deploy"_qs), attempt, StepStatus::Failed));
        spans = spansOf(run, TimelineLane::Step);
        QCOMPARE(spans[0].verdict, Verdict::Fail);
        QVERIFY(spans[0].to > spans[0].from);
        QCOMPARE(spans[0].words, u"deploy: exit status 1"_qs);
        const auto rows = timelineOf(run).rows;
        QCOMPARE(rows.first().name, u"Steps at web-1"_qs);
    }

    void aWaveLastsUntilAllOfItIsDoneAndTellsWhatHeldIt() {
        Step invite = manualStep(u"Invite the testers"_qs);
        Step soak = manualStep(u"Soak"_qs);
        soak.kind = StepKind::Wait;
        for (Step* step : {&invite, &soak})
            step->options.values.insert(u"wave"_qs, u"internal"_qs);
        RunFixture run({invite, soak});
        QVERIFY(spansOf(run, TimelineLane::Wave).isEmpty());
        run.feed(draft::waveEntered(invite.id, u"internal"_qs));
        const Instant entered = now(run);
        run.feed(draft::stepConfirmed(invite.id, true, {}));
        run.feed(draft::timerSet(soak.id, {1'000'000'000'000}));
        QList<TimelineSpan> spans = spansOf(run, TimelineLane::Wave);
        QCOMPARE(spans.size(), 1);
        QCOMPARE(spans[0].from, entered);
        QVERIFY(spans[0].to.isNull());
        QVERIFY(!spans[0].verdict);
        QCOMPARE(spans[0].words, u"1 of 2 steps done, “Soak” holds it"_qs);
        run.feed(draft::noteAdded({}, u"a second later"_qs));
        run.feed(draft::timerFired(soak.id));
        spans = spansOf(run, TimelineLane::Wave);
        QCOMPARE(spans[0].to, now(run));
        QCOMPARE(spans[0].verdict, Verdict::Pass);
        QCOMPARE(spans[0].words, u"2 of 2 steps done, “Soak” held it for 2 s"_qs);
        QCOMPARE(timelineOf(run).rows.first().name, u"Wave “internal”"_qs);
        // Open again, it goes on, and what holds it has begun anew.
        run.feed(draft::stepReopened(soak.id));
        spans = spansOf(run, TimelineLane::Wave);
        QVERIFY(spans[0].to.isNull());
        QCOMPARE(spans[0].words, u"1 of 2 steps done"_qs);
    }

    void aGateTellsWhatItSawAndWhen() {
        Step step = manualStep(gate.text());
        step.kind = StepKind::Gate;
        step.condition = u"errors < 10%"_qs;
        PlanContext context;
        context.goLive.observed = {u"errors"_qs};
        RunFixture run({step}, context);
        const GateRule rule = gateRuleOf(*run.state.plan, step);
        run.feed(draft::gateEntered(gate, rule, {1'000'000 * 1'000'000'000LL}));
        run.feed(draft::gateObserved(gate, standing(Verdict::Fail)));
        run.feed(draft::gateObserved(gate, standing(Verdict::Unknown)));
        QVERIFY(spansOf(run, TimelineLane::Gate).last().to.isNull());
        run.feed(draft::gateObserved(gate, standing(Verdict::Pass)));
        run.feed(draft::gatePassedOn(gate, standing(Verdict::Pass)));
        const QList<TimelineSpan> spans = spansOf(run, TimelineLane::Gate);
        const QList<std::optional<Verdict>> expected{std::nullopt, Verdict::Fail, Verdict::Unknown,
                                                     Verdict::Pass, Verdict::Pass};
        QCOMPARE(verdictsOf(spans), expected);
        for (int i = 0; i + 1 < spans.size(); ++i)
            QCOMPARE(spans[i].to, spans[i + 1].from);
    }

    void aTriggerIsArmedAndHeldWhileItHeld() {
        PlanContext context;
        context.goLive.triggers = {{u"failing"_qs, u"errors > 10%"_qs, {}}};
        RunFixture run({manualStep(u"a"_qs)}, context);
        run.feed(draft::triggerHeld(u"failing"_qs, u"never armed"_qs));
        QVERIFY(spansOf(run, TimelineLane::Trigger).isEmpty());
        run.feed(draft::triggerArmed(u"failing"_qs));
        run.feed(draft::triggerHeld(u"failing"_qs, u"errors was 30 %"_qs));
        run.feed(draft::triggerCleared(u"failing"_qs, u"errors was 1 %"_qs));
        QList<TimelineSpan> spans = spansOf(run, TimelineLane::Trigger);
        QCOMPARE(spans.size(), 2);
        QVERIFY(spans[0].to.isNull());
        QCOMPARE(spans[1].words, u"errors was 30 %"_qs);
        QVERIFY(!spans[1].to.isNull());
        run.feed(draft::runClosed(RunOutcome::Aborted, u"over"_qs));
        spans = spansOf(run, TimelineLane::Trigger);
        QCOMPARE(spans[0].to, run.state.closedAt);
    }

    void theWatchShowsWhatWasNotSeenAsAGap() {
        PlanContext context;
        context.goLive.watch.time = 60s;
        RunFixture run({manualStep(u"a"_qs)}, context);
        run.feed(draft::stepConfirmed(StepId(u"a"_qs), true, {}));
        const Instant start = now(run);
        const auto at = [start](int seconds) {
            return Instant{start.nanoseconds + seconds * 1'000'000'000LL};
        };
        run.feed(draft::watchStarted(watchRuleOf(*run.state.plan), start));
        const QList<CriterionSeen> good{{u"errors"_qs, Verdict::Pass, u"errors was 1 %"_qs}};
        run.feed(draft::watchObserved({start, at(10), Verdict::Pass, good}));
        run.feed(draft::watchObserved({at(10), at(20), Verdict::Pass, good}));
        run.feed(draft::watchObserved({at(40), at(50), Verdict::Pass, good}));
        const QList<TimelineSpan> spans = spansOf(run, TimelineLane::Watch);
        QCOMPARE(spans.size(), 3);
        QVERIFY(!spans[0].verdict);
        QCOMPARE(spans[1].to, at(20));
        QCOMPARE(spans[2].from, at(40));
        QCOMPARE(spans[2].words, u"errors was 1 %"_qs);
    }

    void aLockIsToldWhereItWasTakenFromSomebody() {
        RunFixture run({manualStep(u"a"_qs)}, tests::contextWithHosts(1));
        run.feed(draft::lockTaken(u"web-1"_qs));
        QVERIFY(spansOf(run, TimelineLane::Person).isEmpty());
        LockHolder holder;
        holder.run = RunId(QString(26, u'9'));
        holder.who = u"operator@laptop"_qs;
        holder.what = u"Release"_qs;
        run.feed(draft::lockTakenOver(u"web-1"_qs, holder, u"Their console is gone"_qs));
        const QString words = spansOf(run, TimelineLane::Person).value(0).words;
        QVERIFY2(
            words.contains(u"took the lock of web-1 over from “Release” of operator@laptop"_qs) &&
                words.endsWith(u"Their console is gone"_qs),
            qPrintable(words));
    }

    void aGoodWatchClosesTheRunByItself() {
        PlanContext context;
        context.goLive.watch.time = 60s;
        const auto closedAfter = [&](Verdict verdict, const QString& reason) {
            RunFixture run({manualStep(u"a"_qs)}, context);
            run.feed(draft::stepConfirmed(StepId(u"a"_qs), true, {}));
            run.feed(draft::watchStarted(watchRuleOf(*run.state.plan), now(run)));
            run.feed(draft::watchEnded({verdict, {}, u"seen"_qs}, reason));
            run.feed(draft::runClosed(RunOutcome::Succeeded, u"all good"_qs));
            return spansOf(run, TimelineLane::Person).last().words;
        };
        QCOMPARE(closedAfter(Verdict::Pass, {}),
                 u"the watch closed the run, succeeded: all good"_qs);
        for (const QString& words :
             {closedAfter(Verdict::Pass, u"seen enough"_qs), closedAfter(Verdict::Unknown, {})})
            QVERIFY2(!words.startsWith(u"the watch"), qPrintable(words));
    }

    void whatPeopleDecidedIsToldWithItsReason() {
        RunFixture run({manualStep(u"warm"_qs)});
        run.feed(draft::stepSkipped(StepId(u"warm"_qs), u"is warm"_qs));
        const QList<TimelineSpan> spans = spansOf(run, TimelineLane::Person);
        QCOMPARE(spans.size(), 1);
        QCOMPARE(spans[0].from, spans[0].to);
        QVERIFY2(spans[0].words.startsWith(u"warm: "_qs) &&
                     spans[0].words.endsWith(u"skipped: is warm"_qs),
                 qPrintable(spans[0].words));
    }
};

QTEST_GUILESS_MAIN(TestRunTimeline)
#include "tst_runtimeline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/waves.h"

#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "models/run/rollbackplan.h"
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbookparser.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::contextWithHosts;
using tests::RunFixture;

namespace {

constexpr const char* staged = R"(# Release

## Internal <!-- wave: internal -->
- [ ] Invite the testers
- [ ] Watch them <!-- wait: 10m -->

## Beta <!-- wave: beta -->
- [ ] Invite the beta group
- [ ] Errors stay low <!-- gate: error_rate(http, 5m) < 1% -->

## Everyone <!-- wave: everyone -->
- [ ] Open it for all
)";

constexpr const char* weighted = R"(# Release

## Shift the traffic <!-- wave: each=5 %, 100 % -->
- [ ] Send it over

  ```sh {"name":"shift","inverse":"shift-back"}
  ./weight "$WAVE"
  ```
- [ ] Watch it <!-- wait: 10m -->

## Rollback
- [ ] Send it back

  ```sh {"name":"shift-back"}
  ./weight 0 "$WAVE"
  ```
)";

constexpr const char* batched = R"(# Release

## Web servers <!-- wave: hosts=2 -->
- [ ] Deploy

  ```sh {"name":"deploy","on":"web-1,web-2,web-3"}
  ./deploy
  ```
- [ ] Look at it <!-- wait: 5m -->

## Rollback
- [ ] Deploy the old one

  ```sh {"reverts":"deploy","on":"web-1,web-2,web-3"}
  ./deploy --old
  ```
)";

RunFixture runOf(const char* markdown, const PlanContext& context = {}) {
    return RunFixture(parseRunbook(markdown), context);
}

int indexOf(const RunState& state, const QString& title, int which = 0) {
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        if (state.plan->steps[index].step.title == title && which-- == 0)
            return index;
    }
    return -1;
}

void decide(RunFixture& run, const QString& title, int which = 0) {
    run.feed(draft::stepMarkedPassed(
        run.state.plan->steps[indexOf(run.state, title, which)].step.id, u"seen"_qs));
}

void runAt(RunFixture& run, const QString& title, int which, const QString& place) {
    const StepId id = run.state.plan->steps[indexOf(run.state, title, which)].step.id;
    Attempt attempt;
    attempt.number = static_cast<int>(run.state.step(id).attempts.size()) + 1;
    attempt.place = place;
    attempt.script = u"./deploy"_qs;
    run.feed(draft::stepStarted(id, attempt));
    attempt = run.state.step(id).attempts.last();
    attempt.exitCode = 0;
    run.feed(draft::stepFinished(id, attempt, StepStatus::Passed));
}

QStringList names(const RunState& state) {
    QStringList names;
    for (const Wave& wave : state.plan->waves)
        names.append(wave.name);
    return names;
}

QStringList messages(const RunState& state) {
    QStringList messages;
    for (const Diagnostic& diagnostic : state.plan->diagnostics)
        messages.append(diagnostic.message);
    return messages;
}

} // namespace

class TestWaves : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWaveWaitsForTheOneBeforeIt() {
        RunFixture run = runOf(staged);
        QCOMPARE(names(run.state), (QStringList{u"internal"_qs, u"beta"_qs, u"everyone"_qs}));
        const int beta = indexOf(run.state, u"Invite the beta group"_qs);
        QCOMPARE(effectiveStatus(run.state, beta), StepStatus::Blocked);
        QCOMPARE(refusal(run.state, beta, StepIntent::Confirm),
                 u"The wave “internal” comes first: 2 of its 2 steps are open."_qs);
        decide(run, u"Invite the testers"_qs);
        QCOMPARE(refusal(run.state, beta, StepIntent::Confirm),
                 u"The wave “internal” comes first: 1 of its 2 steps are open."_qs);
        decide(run, u"Watch them"_qs);
        QCOMPARE(refusal(run.state, beta, StepIntent::Confirm), QString());
    }

    void reopeningAWaveHoldsTheNextOneAgain() {
        RunFixture run = runOf(staged);
        decide(run, u"Invite the testers"_qs);
        decide(run, u"Watch them"_qs);
        run.feed(draft::stepReopened(
            run.state.plan->steps[indexOf(run.state, u"Watch them"_qs)].step.id));
        QCOMPARE(effectiveStatus(run.state, indexOf(run.state, u"Invite the beta group"_qs)),
                 StepStatus::Blocked);
    }

    void whatHoldsAWaveIsKnown() {
        RunFixture run = runOf(staged);
        QList<WaveProgress> waves = wavesOf(run.state);
        QCOMPARE(waves.size(), 3);
        QCOMPARE(waves[0].status, StepStatus::Pending);
        QCOMPARE(waves[0].heldBy, -1);
        QCOMPARE(waves[1].status, StepStatus::Blocked);
        decide(run, u"Invite the testers"_qs);
        waves = wavesOf(run.state);
        QCOMPARE(waves[0].heldBy, indexOf(run.state, u"Watch them"_qs));
        QCOMPARE(waves[0].progress.done, 1);
        QCOMPARE(waves[0].progress.total, 2);
        decide(run, u"Watch them"_qs);
        waves = wavesOf(run.state);
        QCOMPARE(waves[0].status, StepStatus::Passed);
        QCOMPARE(waves[1].status, StepStatus::Pending);
        QCOMPARE(waves[2].status, StepStatus::Blocked);
    }

    /// Each wave once, before what began it, and at the same time.
    void aWaveIsEnteredWithItsFirstStep() {
        RunFixture run = runOf(staged);
        const auto recorded = [&run](const EventDraft& draft) {
            const QList<EventDraft> all = withWavesEntered(run.state, {draft});
            for (const EventDraft& one : all)
                run.feed(one);
            return all.size();
        };
        const auto step = [&run](const QString& title) {
            return run.state.plan->steps[indexOf(run.state, title)].step.id;
        };
        QCOMPARE(recorded(draft::noteAdded(step(u"Invite the testers"_qs), u"soon"_qs)), 1);
        QVERIFY(run.state.wavesEntered.isEmpty());
        QCOMPARE(recorded(draft::stepConfirmed(step(u"Invite the testers"_qs), true, {})), 2);
        const Event& entered = run.events[run.events.size() - 2];
        QCOMPARE(entered.kind, EventKind::WaveEntered);
        QCOMPARE(entered.payload.value(u"wave"_qs).toString(), u"internal"_qs);
        QCOMPARE(run.state.wavesEntered, (QMap<int, Instant>{{0, entered.at}}));
        QCOMPARE(recorded(draft::stepReopened(step(u"Invite the testers"_qs))), 1);
        QCOMPARE(recorded(draft::stepConfirmed(step(u"Invite the testers"_qs), true, {})), 1);
        QCOMPARE(recorded(draft::timerSet(step(u"Watch them"_qs), {1})), 1);
        QCOMPARE(recorded(draft::timerFired(step(u"Watch them"_qs))), 1);
        QCOMPARE(recorded(draft::stepConfirmed(step(u"Invite the beta group"_qs), true, {})), 2);
        QCOMPARE(run.state.wavesEntered.keys(), (QList<int>{0, 1}));
    }

    /// What is recorded at once may enter several.
    void severalWavesAreEnteredInOneAppend() {
        const RunFixture run =
            runOf("# R\n\n- [ ] One <!-- wave: a -->\n- [ ] Two <!-- wave: b -->\n");
        const QList<EventDraft> all = withWavesEntered(
            run.state, {draft::stepSkipped(run.state.plan->steps[0].step.id, u"x"_qs),
                        draft::stepSkipped(run.state.plan->steps[1].step.id, u"x"_qs)});
        QList<EventKind> kinds;
        for (const EventDraft& one : all)
            kinds.append(one.kind);
        QCOMPARE(kinds, (QList<EventKind>{EventKind::WaveEntered, EventKind::StepSkipped,
                                          EventKind::WaveEntered, EventKind::StepSkipped}));
    }

    /// Journals from before waves were recorded.
    void aStepTellsThatItsWaveWasEntered() {
        RunFixture run = runOf(staged);
        run.feed(draft::stepFinished(StepId(u"none"_qs), {}, StepStatus::Passed));
        QVERIFY(run.state.wavesEntered.isEmpty());
        decide(run, u"Invite the testers"_qs);
        const QMap<int, Instant> entered{{0, run.events.last().at}};
        QCOMPARE(run.state.wavesEntered, entered);
        decide(run, u"Watch them"_qs);
        QCOMPARE(run.state.wavesEntered, entered);
    }

    void aSectionIsDoneOnceForEachName() {
        const RunFixture run = runOf(weighted);
        QCOMPARE(names(run.state), (QStringList{u"5 %"_qs, u"100 %"_qs}));
        QCOMPARE(run.state.plan->sections[1].title, u"Shift the traffic · 5 %"_qs);
        QCOMPARE(run.state.plan->sections[2].title, u"Shift the traffic · 100 %"_qs);
        QCOMPARE(run.state.plan->sections[3].title, u"Rollback"_qs);
        const int second = indexOf(run.state, u"Send it over"_qs, 1);
        QCOMPARE(run.state.plan->steps[second].section, 2);
        const Result<Attempt> attempt = resolveAttempt(run.state, second, {});
        QVERIFY(attempt.has_value());
        QCOMPARE(attempt->variables.value(u"WAVE"_qs), u"100 %"_qs);
        QCOMPARE(attempt->script, u"./weight \"$WAVE\""_qs);
        QVERIFY2(messages(run.state).isEmpty(), qPrintable(messages(run.state).join(u'\n')));
    }

    void theWayBackTakesWavesInReverse() {
        RunFixture run = runOf(weighted);
        runAt(run, u"Send it over"_qs, 0, localPlace);
        decide(run, u"Watch it"_qs, 0);
        runAt(run, u"Send it over"_qs, 1, localPlace);
        const RollbackPlan back = rollbackPlan(run.state, {});
        QStringList waves;
        for (const PlanStep& placed : back.plan->steps)
            waves.append(placed.step.title + u' ' + placed.wave);
        QCOMPARE(waves, (QStringList{u"Send it back 100 %"_qs, u"Send it back 5 %"_qs}));
        QVERIFY(back.plan->waves.isEmpty());
        const RunState state = initialState(back.plan);
        QCOMPARE(resolveAttempt(state, 1, {})->variables.value(u"WAVE"_qs), u"5 %"_qs);
    }

    void hostsTakeTurns() {
        RunFixture run = runOf(batched, contextWithHosts(3));
        QCOMPARE(names(run.state), (QStringList{u"web-1, web-2"_qs, u"web-3"_qs}));
        const auto hosts = [&](int which) {
            return *placesOf(*run.state.plan,
                             run.state.plan->steps[indexOf(run.state, u"Deploy"_qs, which)].step);
        };
        QCOMPARE(hosts(0), (QStringList{u"web-1"_qs, u"web-2"_qs}));
        QCOMPARE(hosts(1), QStringList{u"web-3"_qs});
        QCOMPARE(indexOf(run.state, u"Look at it"_qs, 2), -1);

        // Only the first wave ran: the way back touches its hosts alone.
        runAt(run, u"Deploy"_qs, 0, u"web-1"_qs);
        runAt(run, u"Deploy"_qs, 0, u"web-2"_qs);
        const RollbackPlan back = rollbackPlan(run.state, {});
        QCOMPARE(back.plan->steps.size(), 1);
        QCOMPARE(*placesOf(*back.plan, back.plan->steps[0].step),
                 (QStringList{u"web-1"_qs, u"web-2"_qs}));
    }

    void servicesGoInTheOrderOfWhatTheyNeed() {
        PlanContext context;
        context.services = {u"database"_qs, u"portal"_qs, u"worker"_qs};
        const char* markdown = "# Release\n\n## Release a service <!-- wave: services -->\n"
                               "- [ ] Restart it <!-- wait: 1m -->\n";
        QCOMPARE(names(runOf(markdown, context).state), context.services);
        context.target = {{u"worker"_qs, u"v2"_qs}, {u"database"_qs, u"v9"_qs}};
        QCOMPARE(names(runOf(markdown, context).state),
                 (QStringList{u"database"_qs, u"worker"_qs}));
    }

    void aRepetitionInVainIsDoneOnceAndSaid() {
        const RunFixture hosts = runOf("# R\n\n## Web <!-- wave: hosts=2 -->\n- [ ] Look\n");
        QCOMPARE(hosts.state.plan->steps.size(), 1);
        QVERIFY(messages(hosts.state).first().contains(u"no step of it names one"));
        const RunFixture services = runOf("# R\n\n## Web <!-- wave: services -->\n- [ ] Look\n");
        QCOMPARE(services.state.plan->steps.size(), 1);
        QVERIFY(messages(services.state).first().contains(u"there is none"));
    }

    void whatAFormerVersionWouldMissIsSaid() {
        const QStringList open = messages(runOf("# R\n\n## A <!-- wave: a -->\n- [ ] One\n\n"
                                                "## B <!-- wave: b -->\n- [ ] Two\n\n"
                                                "## C <!-- wave: a -->\n- [ ] Three\n")
                                              .state);
        QCOMPARE(open.size(), 3);
        QVERIFY(open[0].startsWith(u"Nothing holds the wave “a”"));
        QVERIFY(open[2].startsWith(u"The wave “a” begins again after “b”"));
        const Runbook wrong = parseRunbook("# R\n\n## A <!-- wave: hosts=none -->\n- [ ] One\n");
        QCOMPARE(wrong.diagnostics.size(), 1);
        QCOMPARE(wrong.diagnostics[0].line, 3);
        QVERIFY(!wrong.sections[1].wave);
    }

    void numberedWavesNeedNoComment() {
        const Runbook runbook =
            parseRunbook("# R\n\n## Wave 1: staff\n- [ ] One <!-- wait: 1m -->\n"
                         "\n## Wave 2: all\n- [ ] Two\n\n## Waves\n- [ ] x\n");
        QCOMPARE(names(RunFixture(runbook).state),
                 (QStringList{u"Wave 1: staff"_qs, u"Wave 2: all"_qs}));
    }

    void aStepNamesItsWaveItself() {
        const RunFixture run = runOf("# R\n\n- [ ] One <!-- wave: a -->\n- [ ] Two\n"
                                     "- [ ] Three <!-- wave: b -->\n");
        QCOMPARE(names(run.state), (QStringList{u"a"_qs, u"b"_qs}));
        QCOMPARE(run.status(run.state.plan->steps[1].step.id.text()), StepStatus::Pending);
        QCOMPARE(run.status(run.state.plan->steps[2].step.id.text()), StepStatus::Blocked);
    }

    void aStoredPlanKeepsItsWaves() {
        for (const char* markdown : {staged, weighted, batched}) {
            const RunFixture run = runOf(markdown, contextWithHosts(3));
            const Result<Plan> read = planFromJson(planToJson(*run.state.plan));
            QVERIFY(read.has_value());
            QCOMPARE(read->waves, run.state.plan->waves);
            QCOMPARE(read->steps, run.state.plan->steps);
            QCOMPARE(read->sections, run.state.plan->sections);
        }
    }
};

QTEST_GUILESS_MAIN(TestWaves)
#include "tst_waves.moc"

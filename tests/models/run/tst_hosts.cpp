// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/hosts.h"
#include "models/run/next.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "models/run/standing.h"
#include "tests/models/run/runfixture.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace models;
using tests::contextWithHosts;
using tests::RunFixture;

namespace {

const StepId stepId(u"a"_qs);

Step stepOn(const QString& on, const QMap<QString, QString>& options = {}) {
    return tests::stepOn(stepId, on, options);
}

Attempt attemptOf(const RunState& state, int number) {
    return state.step(stepId).attempts[number - 1];
}

EventDraft ended(const RunState& state, int number, int exitCode) {
    Attempt attempt = attemptOf(state, number);
    attempt.exitCode = exitCode;
    attempt.stateSaved = true;
    return draft::stepFinished(stepId, attempt,
                               exitCode == 0 ? StepStatus::Passed : StepStatus::Failed);
}

/// What a start, or the next batch, records.
void begin(RunFixture& run, const QStringList& wanted = {}) {
    Selection selection;
    selection.hosts = wanted;
    const auto attempts = resolveAttempts(run.state, 0, selection);
    QVERIFY2(attempts, attempts ? "" : qPrintable(attempts.error().message));
    for (const Attempt& attempt : *attempts)
        run.feed(draft::stepStarted(stepId, attempt));
}

QString shown(const RunState& state) {
    QStringList words;
    for (const HostProgress& host : hostProgress(state, 0))
        words.append(stepStatusName(host.status));
    return words.join(u' ');
}

/// A console without memory: it does what next() says of the state alone. Persons and hosts do
/// whatever chance has them do.
class ForgetfulConsole {
public:
    ForgetfulConsole(quint32 seed, const Step& step)
        : run({step}, contextWithHosts(5))
        , m_random(seed) {}

    void turn() {
        const QList<Effect> effects = next(run.state);
        if (m_random.bounded(3) == 0 || effects.isEmpty())
            actOfAPerson();
        else
            bringAbout(effects[m_random.bounded(effects.size())]);
    }

    RunFixture run;
    int starts = 0; ///< by a person, since the step was last reopened

private:
    void bringAbout(const Effect& effect) {
        if (const auto* attempt = std::get_if<RunAttempt>(&effect))
            endAttempt(attempt->attempt.number);
        else if (std::holds_alternative<ArmTimer>(effect))
            run.feed(draft::timerFired(stepId));
        else if (std::holds_alternative<ContinueStep>(effect))
            goOn();
    }

    void goOn() {
        const StepState& step = run.state.step(stepId);
        const bool waits = waitBetweenBatches(run.state.plan->steps[0].step).count() > 0;
        if (waits && step.waitedAfter < step.attempts.size())
            run.feed(draft::timerSet(stepId, {run.state.lastSeq * 1'000'000'000}));
        else
            begin(run);
    }

    void endAttempt(int number) {
        switch (m_random.bounded(8)) {
        case 0:
            return run.feed(ended(run.state, number, 1));
        case 1:
            return run.feed(draft::outcomeUnknown(stepId, number, u"gone"_qs, u"nothing"_qs));
        case 2:
            return run.feed(draft::notStarted(stepId, number, u"no room"_qs));
        case 3:
            return run.feed(
                draft::stepFinished(stepId, attemptOf(run.state, number), StepStatus::Waiting));
        default:
            return run.feed(ended(run.state, number, 0));
        }
    }

    void actOfAPerson() {
        const QString host = u"web-%1"_qs.arg(m_random.bounded(1, 6));
        switch (m_random.bounded(12)) {
        case 0:
            if (refusal(run.state, 0, StepIntent::Cancel).isEmpty())
                run.feed(draft::cancelRequested(
                    stepId, static_cast<int>(run.state.step(stepId).attempts.size())));
            return;
        case 1:
            return run.feed(run.state.paused ? draft::runResumed() : draft::runPaused());
        case 2:
            return run.feed(draft::stepConfirmed(stepId, m_random.bounded(3) > 0, {}));
        case 3:
            return run.feed(draft::stepMarkedPassed(stepId, u"seen"_qs, host));
        case 4:
            if (m_random.bounded(4) == 0 && refusal(run.state, 0, StepIntent::Reopen).isEmpty()) {
                run.feed(draft::stepReopened(stepId));
                starts = 0;
            }
            return;
        case 5:
            return startOf({host});
        case 6:
            for (const int number : attemptsToAskAgain(run.state, 0, host))
                run.feed(draft::askedAgain(stepId, attemptOf(run.state, number)));
            return;
        default:
            return startOf({});
        }
    }

    void startOf(const QStringList& wanted) {
        if (!refusal(run.state, 0, StepIntent::Start).isEmpty() ||
            !hostsToStart(run.state, 0, wanted))
            return;
        ++starts;
        begin(run, wanted);
    }

    QRandomGenerator m_random;
};

void checkStanding(const ForgetfulConsole& console) {
    const RunState& state = console.run.state;
    const QList<HostProgress> hosts = hostProgress(state, 0);
    // What runs, runs once at each host.
    QSet<QString> busy;
    bool goesOn = false;
    for (const Effect& effect : next(state)) {
        if (const auto* attempt = std::get_if<RunAttempt>(&effect)) {
            const QString place = attemptOf(state, attempt->attempt.number).place;
            QVERIFY2(!busy.contains(place), qPrintable(place));
            busy.insert(place);
        }
        goesOn = goesOn || std::holds_alternative<ContinueStep>(effect);
    }
    // No host was ever started without a person's word for it.
    for (const HostProgress& host : hosts)
        QVERIFY(host.tries <= console.starts);
    if (!goesOn)
        return;
    QVERIFY(busy.isEmpty());
    const auto starting = hostsToStart(state, 0, {});
    QVERIFY(starting.has_value());
    for (const HostProgress& host : hosts) {
        if (starting->contains(host.host))
            QCOMPARE(host.status, StepStatus::Pending);
        else if (host.host < starting->first())
            QCOMPARE(host.status, StepStatus::Passed);
    }
}

} // namespace

class TestHosts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsEverStartedTwice_data() {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<QString>("batch");
        QTest::addColumn<QString>("wait");
        for (quint32 seed = 1; seed <= 30; ++seed) {
            const QString batch = seed % 3 == 0 ? QString() : QString::number(seed % 3);
            QTest::addRow("seed %u", seed) << seed << batch << (seed % 2 ? u"5s"_qs : QString());
        }
    }
    void nothingIsEverStartedTwice() {
        QFETCH(quint32, seed);
        QFETCH(QString, batch);
        QFETCH(QString, wait);
        QMap<QString, QString> options;
        if (!batch.isEmpty())
            options.insert(u"batch"_qs, batch);
        if (!wait.isEmpty())
            options.insert(u"wait"_qs, wait);
        ForgetfulConsole console(seed, stepOn(u"web-1, web-2, web-3, web-4, web-5"_qs, options));
        for (int i = 0; i < 150; ++i) {
            console.turn();
            checkStanding(console);
            if (QTest::currentTestFailed())
                return;
        }
        // Whoever reads the same journal, from its start to any event, would do the same.
        RunState replayed;
        for (const Event& event : console.run.events)
            replayed = apply(std::move(replayed), event);
        QCOMPARE(replayed.steps, console.run.state.steps);
        QCOMPARE(replayed.standing, console.run.state.standing);
        QCOMPARE(next(replayed), next(console.run.state));
        rebuildStanding(replayed);
        QCOMPARE(replayed.standing, console.run.state.standing);
    }

    void batchThatMakesNoSenseIsRefused_data() {
        QTest::addColumn<QString>("batch");
        QTest::newRow("none") << u"0"_qs;
        QTest::newRow("fewer than none") << u"-1"_qs;
        QTest::newRow("no number") << u"half"_qs;
        QTest::newRow("empty") << QString();
    }
    void batchThatMakesNoSenseIsRefused() {
        QFETCH(QString, batch);
        RunFixture run({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, batch}})}, contextWithHosts(2));
        QVERIFY(refusal(run.state, 0, StepIntent::Start).contains(u"batch"));
        QVERIFY(!resolveAttempts(run.state, 0, {}));
    }

    void eachHostHasItsOwnSession() {
        Step before = stepOn(u"web-2"_qs);
        before.id = StepId(u"before"_qs);
        RunFixture run({stepOn(u"web-1, web-2"_qs), before}, contextWithHosts(2));
        Attempt first = *resolveAttempt(run.state, 1, {});
        run.feed(draft::stepStarted(before.id, first));
        first.exitCode = 0;
        first.stateSaved = true;
        run.feed(draft::stepFinished(before.id, first, StepStatus::Passed));
        const auto attempts = resolveAttempts(run.state, 0, {});
        QVERIFY(attempts.has_value());
        QCOMPARE(attempts->size(), 2);
        QCOMPARE(attempts->at(0).restoreNumber, 0);
        QCOMPARE(attempts->at(1).restoreStep, before.id);
    }

    void hostWithinAnEarlierBatchComesFirst() {
        RunFixture run({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"1"_qs}})},
                       contextWithHosts(3));
        const auto later = hostsToStart(run.state, 0, {u"web-3"_qs});
        QVERIFY(!later);
        QVERIFY(later.error().message.contains(u"web-1"));
    }

    void skipAndMarkingActOnTheWholeStep_data() {
        QTest::addColumn<bool>("marked");
        QTest::newRow("skipped") << false;
        QTest::newRow("marked as passed") << true;
    }
    void skipAndMarkingActOnTheWholeStep() {
        QFETCH(bool, marked);
        RunFixture run({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})},
                       contextWithHosts(3));
        begin(run);
        run.feed(ended(run.state, 1, 0));
        run.feed(ended(run.state, 2, 1));
        run.feed(marked ? draft::stepMarkedPassed(stepId, u"by hand"_qs)
                        : draft::stepSkipped(stepId, u"not today"_qs));
        QCOMPARE(run.status(u"a"_qs), marked ? StepStatus::Passed : StepStatus::Skipped);
        QCOMPARE(shown(run.state), u"passed failed pending"_qs);
        QVERIFY(next(run.state).isEmpty());
        run.feed(draft::stepReopened(stepId));
        QCOMPARE(shown(run.state), u"pending pending pending"_qs);
    }

    void cancelledBatchHoldsTheRestEvenWhereItPasses() {
        RunFixture run({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}})}, contextWithHosts(2));
        begin(run);
        run.feed(draft::cancelRequested(stepId, 1));
        run.feed(ended(run.state, 1, 0)); // it was quicker
        QCOMPARE(run.status(u"a"_qs), StepStatus::Failed);
        QVERIFY(next(run.state).isEmpty());
        begin(run);
        QCOMPARE(shown(run.state), u"passed running"_qs);
    }

    void whatIsUnknownCanBeAskedAbout() {
        RunFixture run({stepOn(u"web-1, web-2, web-3"_qs)}, contextWithHosts(3));
        begin(run);
        run.feed(ended(run.state, 1, 0));
        run.feed(draft::outcomeUnknown(stepId, 2, u"given up"_qs, u"nothing"_qs));
        run.feed(draft::outcomeUnknown(stepId, 3, u"restarted"_qs, {}, Loss::ForGood));
        QCOMPARE(attemptsToAskAgain(run.state, 0), QList<int>{2});
        QCOMPARE(attemptsToAskAgain(run.state, 0, u"web-3"_qs), QList<int>());
        QVERIFY(refusal(run.state, 0, StepIntent::AskAgain).isEmpty());
        for (const int number : {1, 2, 3})
            run.feed(draft::askedAgain(stepId, attemptOf(run.state, number)));
        QCOMPARE(shown(run.state), u"passed running unknown"_qs);
        const AttemptKey key{run.state.id, stepId, 2};
        QCOMPARE(next(run.state), QList<Effect>{RunAttempt{key}});
        QVERIFY(attemptOf(run.state, 2).isAsking);
        QVERIFY(attemptOf(run.state, 2).reason.isEmpty());
        QVERIFY(!refusal(run.state, 0, StepIntent::AskAgain).isEmpty());
        run.feed(draft::reattached(stepId, attemptOf(run.state, 2)));
        QVERIFY(!attemptOf(run.state, 2).isAsking);
        run.feed(ended(run.state, 2, 0));
        QCOMPARE(shown(run.state), u"passed passed unknown"_qs);
    }

    void whatCameAfterIsNotAskedAbout_data() {
        QTest::addColumn<QString>("after");
        for (const char* after : {"retried", "marked", "skipped", "reopened", "closed"})
            QTest::newRow(after) << QString::fromLatin1(after);
    }
    void whatCameAfterIsNotAskedAbout() {
        QFETCH(QString, after);
        RunFixture run({stepOn(u"web-1"_qs)}, contextWithHosts(1));
        begin(run);
        run.feed(draft::outcomeUnknown(stepId, 1, u"given up"_qs, {}));
        QCOMPARE(attemptsToAskAgain(run.state, 0), QList<int>{1});
        if (after == u"retried"_qs)
            begin(run);
        else if (after == u"marked"_qs)
            run.feed(draft::stepMarkedPassed(stepId, u"seen"_qs));
        else if (after == u"skipped"_qs)
            run.feed(draft::stepSkipped(stepId, u"not today"_qs));
        else if (after == u"reopened"_qs)
            run.feed(draft::stepReopened(stepId));
        else
            run.feed(draft::runClosed(RunOutcome::Aborted, u"not today"_qs));
        QVERIFY(!refusal(run.state, 0, StepIntent::AskAgain).isEmpty());
        const QList<Effect> before = next(run.state);
        const StepState standing = run.state.step(stepId);
        run.feed(draft::askedAgain(stepId, attemptOf(run.state, 1)));
        QCOMPARE(next(run.state), before);
        QCOMPARE(run.state.step(stepId), standing);
    }

    void startsThatDoNotFitChangeNothing() {
        RunFixture run({stepOn(u"web-1, web-2"_qs)}, contextWithHosts(3));
        begin(run);
        Attempt twice = attemptOf(run.state, 1);
        twice.number = 3;
        run.feed(draft::stepStarted(stepId, twice));
        Attempt foreign = twice;
        foreign.place = u"web-3"_qs;
        run.feed(draft::stepStarted(stepId, foreign));
        QCOMPARE(run.state.step(stepId).attempts.size(), 2);
        run.feed(ended(run.state, 1, 0));
        run.feed(draft::stepStarted(stepId, twice)); // it has passed there
        QCOMPARE(run.state.step(stepId).attempts.size(), 2);
    }

    void summaryNamesWhatMatters_data() {
        QTest::addColumn<QList<int>>("exitCodes"); // -1: unknown, -2: goes on
        QTest::addColumn<QString>("summary");
        QTest::newRow("good") << QList<int>{0, 0} << u"2 of 2 hosts passed"_qs;
        QTest::newRow("one failed")
            << QList<int>{0, 7} << u"1 of 2 hosts passed; web-2 failed (exit 7)"_qs;
        QTest::newRow("one unknown")
            << QList<int>{0, -1} << u"1 of 2 hosts passed; outcome on web-2 unknown"_qs;
        QTest::newRow("one runs") << QList<int>{0, -2} << u"1 of 2 hosts passed; web-2 runs"_qs;
        QTest::newRow("many failed")
            << QList<int>{1, 1, 1, 1, 1}
            << u"0 of 5 hosts passed; web-1 failed (exit 1), web-2 failed (exit 1), "
               "web-3 failed (exit 1) and 2 more"_qs;
    }
    void summaryNamesWhatMatters() {
        QFETCH(QList<int>, exitCodes);
        QFETCH(QString, summary);
        const PlanContext context = contextWithHosts(static_cast<int>(exitCodes.size()));
        QStringList names;
        for (int number = 1; number <= exitCodes.size(); ++number)
            names.append(u"web-%1"_qs.arg(number));
        RunFixture run({stepOn(names.join(u','))}, context);
        begin(run);
        for (int i = 0; i < exitCodes.size(); ++i) {
            if (exitCodes[i] >= 0)
                run.feed(ended(run.state, i + 1, exitCodes[i]));
            else if (exitCodes[i] == -1)
                run.feed(draft::outcomeUnknown(stepId, i + 1, u"gone"_qs, {}));
        }
        QCOMPARE(hostSummary(hostProgress(run.state, 0)), summary);
    }
};

QTEST_GUILESS_MAIN(TestHosts)
#include "tst_hosts.moc"

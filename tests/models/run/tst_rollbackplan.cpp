// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/rollbackcondition.h"
#include "models/run/rollbackplan.h"

#include "models/run/change.h"
#include "models/run/rollbackdocument.h"
#include "models/runbook/runbookparser.h"
#include "tests/models/run/runfixture.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace models;
using tests::RunFixture;

namespace {

Runbook runbookOf(const char* markdown) {
    return parseRunbook(markdown);
}

StepId idOf(const RunState& state, const QString& title) {
    for (const PlanStep& placed : state.plan->steps) {
        if (placed.step.title.startsWith(title))
            return placed.step.id;
    }
    return {};
}

void begin(RunFixture& run, const QString& title, const QString& place = localPlace) {
    const StepId id = idOf(run.state, title);
    Attempt attempt;
    attempt.number = static_cast<int>(run.state.step(id).attempts.size()) + 1;
    attempt.place = place;
    attempt.script = u"true"_qs;
    run.feed(draft::stepStarted(id, attempt));
}

void finish(RunFixture& run, const QString& title, StepStatus status = StepStatus::Passed) {
    const StepId id = idOf(run.state, title);
    Attempt attempt = run.state.step(id).attempts.last();
    attempt.exitCode = status == StepStatus::Passed ? 0 : 1;
    run.feed(draft::stepFinished(id, attempt, status));
}

void pass(RunFixture& run, const QString& title) {
    begin(run, title);
    finish(run, title);
}

/// "Start the old portal<Start the new portal" of what is done, "-…" of what is not, "?…" of what
/// is asked.
QStringList outline(const RollbackPlan& plan) {
    QStringList lines;
    for (const RollbackItem& item : plan.items) {
        QString line = item.title;
        if (!item.undoesTitle.isEmpty())
            line += u'<' + item.undoesTitle;
        if (item.need != Need::Needed)
            line.prepend(item.need == Need::Asked ? u'?' : u'-');
        lines.append(line);
    }
    return lines;
}

QStringList titlesOf(const Plan& plan) {
    QStringList titles;
    for (int index = 0; index < plan.steps.size(); ++index) {
        if (plan.isLeaf(index))
            titles.append(plan.steps[index].step.title);
    }
    return titles;
}

const char* const release = R"(# Release

## Deploy

- [ ] Migrate

  ```sh {"name":"migrate","inverse":"migrate-back"}
  alembic upgrade head
  ```

- [ ] Start the portal

  ```sh {"name":"portal","inverse":"portal-stop"}
  docker compose up -d portal
  ```

- [ ] Look

  ```sh {"name":"look","readonly":"true"}
  docker ps
  ```

- [ ] Tell the team

- [ ] Drop the old table <!-- irreversible -->

  ```sh {"name":"drop"}
  psql -c 'drop table old'
  ```

## Rollback

- [ ] Say that it goes back
- [ ] Start the old portal

  ```sh {"name":"portal-back","reverts":"portal"}
  RELEASE=v1 docker compose up -d portal
  ```

- [ ] Take the database back

  ```sh {"name":"migrate-back"}
  alembic downgrade -1
  ```

- [ ] STOP: is the board informed
- [ ] Write down what was seen

## Reference

- [ ] Stop the portal

  ```sh {"name":"portal-stop"}
  docker compose stop portal
  ```
)";

} // namespace

class TestRollbackPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoesWhatWasStartedBackwards() {
        RunFixture run(runbookOf(release));
        pass(run, u"Migrate"_qs);
        begin(run, u"Start the portal"_qs);
        finish(run, u"Start the portal"_qs, StepStatus::Failed);
        const RollbackPlan back = rollbackPlan(run.state);
        QCOMPARE(outline(back),
                 QStringList({u"Start the old portal<Start the portal"_qs,
                              u"Take the database back<Migrate"_qs, u"Say that it goes back"_qs,
                              u"Write down what was seen"_qs}));
        QCOMPARE(titlesOf(*back.plan),
                 QStringList({u"Start the old portal"_qs, u"Take the database back"_qs,
                              u"Say that it goes back"_qs, u"Write down what was seen"_qs}));
        QVERIFY(back.remainders.isEmpty());
        QCOMPARE(back.items.first().part, WayBack::Replacement);
        QCOMPARE(back.items[1].part, WayBack::Inverse);
        QVERIFY(back.items[1].isDestructive);
        QCOMPARE(back.plan->context.rollbackOf, run.state.id);
        QCOMPARE(back.plan->mainLane(), Lane::Rollback);
        QStringList sections;
        for (const Section& section : back.plan->sections)
            sections.append(section.title);
        QCOMPARE(sections.first(), u"Undo what ran"_qs);
        QCOMPARE(sections.last(), u"Rollback"_qs);
        QVERIFY(!sections.contains(u"Deploy"_qs));
    }

    void theOrderIsThatOfTheRunNotOfTheDocument() {
        RunFixture run(runbookOf(release));
        pass(run, u"Start the portal"_qs);
        pass(run, u"Migrate"_qs);
        QCOMPARE(outline(rollbackPlan(run.state)).first(2),
                 QStringList({u"Take the database back<Migrate"_qs,
                              u"Start the old portal<Start the portal"_qs}));
    }

    void leavesOutWhatNeverRan() {
        RunFixture run(runbookOf(release));
        pass(run, u"Look"_qs);
        QVERIFY(rollbackRefusal(run.state).contains(u"Nothing was changed"));
        begin(run, u"Start the portal"_qs);
        const RollbackPlan back = rollbackPlan(run.state);
        QCOMPARE(
            outline(back),
            QStringList({u"Start the old portal<Start the portal"_qs, u"Say that it goes back"_qs,
                         u"-Take the database back"_qs, u"Write down what was seen"_qs}));
        QCOMPARE(back.items[2].because, u"“Migrate” did not run."_qs);
        QVERIFY(!titlesOf(*back.plan).contains(u"Take the database back"_qs));
    }

    void anInverseAnywhereIsFound() {
        QByteArray text(release);
        text.replace(",\"reverts\":\"portal\"", "");
        RunFixture run(parseRunbook(text));
        pass(run, u"Start the portal"_qs);
        QCOMPARE(outline(rollbackPlan(run.state)).first(), u"Stop the portal<Start the portal"_qs);
    }

    void namesWhatStays() {
        RunFixture run(runbookOf(release));
        pass(run, u"Drop the old table"_qs);
        run.feed(draft::stepConfirmed(idOf(run.state, u"Tell the team"_qs), true, {}));
        const RollbackPlan back = rollbackPlan(run.state);
        const QList<RollbackRemainder> expected{
            {idOf(run.state, u"Tell the team"_qs), u"Tell the team"_qs, false},
            {idOf(run.state, u"Drop"_qs), u"Drop the old table"_qs, true}};
        QCOMPARE(back.remainders, expected);
    }

    void whatWasUndoneSinceIsNotUndoneTwice() {
        RunFixture run(runbookOf(release));
        pass(run, u"Start the portal"_qs);
        pass(run, u"Start the old portal"_qs);
        RollbackPlan back = rollbackPlan(run.state);
        QCOMPARE(outline(back).first(), u"-Start the old portal<Start the portal"_qs);
        QVERIFY(!titlesOf(*back.plan).contains(u"Start the old portal"_qs));
        pass(run, u"Tell the team"_qs); // whatever else: not the portal
        run.feed(draft::stepReopened(idOf(run.state, u"Start the portal"_qs)));
        pass(run, u"Start the portal"_qs);
        QCOMPARE(outline(rollbackPlan(run.state)).first(),
                 u"Start the old portal<Start the portal"_qs);
    }

    void conditions_data() {
        QTest::addColumn<QByteArray>("condition");
        QTest::addColumn<QString>("migration"); ///< "", "passed", "failed", "running"
        QTest::addColumn<Need>("need");
        QTest::newRow("ran") << QByteArray("If DB schema rolled forward: go back") << u"passed"_qs
                             << Need::Needed;
        QTest::newRow("did not run")
            << QByteArray("If DB schema rolled forward: go back") << QString() << Need::NotNeeded;
        QTest::newRow("failed") << QByteArray("If DB schema rolled forward: go back")
                                << u"failed"_qs << Need::Asked;
        QTest::newRow("still runs")
            << QByteArray("If the migrations ran, revert them") << u"running"_qs << Need::Asked;
        QTest::newRow("only if") << QByteArray("Go back, only if the schema changed")
                                 << u"passed"_qs << Need::Needed;
        QTest::newRow("behind a comma") << QByteArray("Go back one step, if the schema changed")
                                        << QString() << Need::NotNeeded;
        QTest::newRow("if necessary") << QByteArray("Revert database migrations if necessary")
                                      << QString() << Need::NotNeeded;
        QTest::newRow("about something else")
            << QByteArray("If users complain: tell them") << u"passed"_qs << Need::Asked;
        QTest::newRow("no condition")
            << QByteArray("Take the schema back") << QString() << Need::Needed;
        QTest::newRow("named") << QByteArray("Go back <!-- when: ran up -->") << u"passed"_qs
                               << Need::Needed;
        QTest::newRow("named, not run")
            << QByteArray("Go back <!-- when: ran up -->") << QString() << Need::NotNeeded;
    }
    void conditions() {
        QFETCH(QByteArray, condition);
        QFETCH(QString, migration);
        const QByteArray text = "# Release\n\n## Deploy\n\n- [ ] Upgrade\n\n"
                                "  ```sh {\"name\":\"up\"}\n  alembic upgrade head\n  ```\n\n"
                                "- [ ] Tell the team\n\n## Rollback\n\n- [ ] " +
                                condition + "\n";
        RunFixture run(parseRunbook(text));
        run.feed(draft::stepConfirmed(idOf(run.state, u"Tell the team"_qs), true, {}));
        if (!migration.isEmpty())
            begin(run, u"Upgrade"_qs);
        if (migration == u"passed" || migration == u"failed")
            finish(run, u"Upgrade"_qs, *stepStatusFromName(migration));
        const RollbackPlan back = rollbackPlan(run.state);
        QTEST(back.items.first().need, "need");
        QCOMPARE(back.isDecided(), back.items.first().need != Need::Asked);
        if (!back.items.first().isConditional)
            return;
        for (const bool decision : {true, false}) {
            const RollbackPlan decided =
                rollbackPlan(run.state, {{back.items.first().source, decision}});
            QCOMPARE(decided.items.first().need, decision ? Need::Needed : Need::NotNeeded);
            QCOMPARE(decided.decisions(),
                     RollbackDecisions({{back.items.first().source, decision}}));
        }
    }

    void whatMigrationToolsSay_data() {
        QTest::addColumn<QString>("output");
        QTest::addColumn<bool>("nothing");
        const QString context = u"INFO  [alembic.runtime.migration] Context impl SQLiteImpl.\n"_qs;
        QTest::newRow("alembic, idle") << context << true;
        QTest::newRow("alembic") << context + u"INFO  [alembic.runtime.migration] Running upgrade "
                                              "8c1f -> 9d2a, captions"_qs
                                 << false;
        QTest::newRow("alembic, quiet") << QString() << false;
        QTest::newRow("django, idle")
            << u"Running migrations:\n  No migrations to apply."_qs << true;
        QTest::newRow("django") << u"Running migrations:\n  Applying shop.0002_tax... OK"_qs
                                << false;
        QTest::newRow("supabase, idle") << u"Remote database is up to date."_qs << true;
        QTest::newRow("supabase")
            << u"Applying migration 20261104_x.sql...\nFinished supabase db push."_qs << false;
        QTest::newRow("prisma, idle") << u"No pending migrations to apply."_qs << true;
        QTest::newRow("knex, idle") << u"Already up to date"_qs << true;
        QTest::newRow("flyway, idle")
            << u"Schema \"public\" is up to date. No migration necessary."_qs << true;
        QTest::newRow("two databases, one moved")
            << u"No migrations to apply.\n  Applying shop.0002_tax... OK"_qs << false;
        QTest::newRow("something else") << u"Done."_qs << false;
    }
    void whatMigrationToolsSay() {
        QFETCH(QString, output);
        QTEST(saysNothingMigrated(output), "nothing");
    }

    void aSchemaThatDidNotMoveIsNotTakenBack() {
        QByteArray text(release);
        text.replace("Take the database back", "Take the database back, if the schema moved");
        RunFixture run(parseRunbook(text));
        const auto needOf = [&run] {
            const RollbackPlan back = rollbackPlan(run.state);
            const auto item =
                std::find_if(back.items.cbegin(), back.items.cend(), [](const RollbackItem& one) {
                    return one.title.startsWith(u"Take the database back");
                });
            return std::pair(item->need, item->because);
        };
        const auto tryWith = [&run](bool isIdle) {
            begin(run, u"Migrate"_qs);
            const StepId id = idOf(run.state, u"Migrate"_qs);
            Attempt attempt = run.state.step(id).attempts.last();
            attempt.exitCode = 0;
            attempt.migratedNothing = isIdle;
            run.feed(draft::stepFinished(id, attempt, StepStatus::Passed));
        };
        tryWith(true);
        QCOMPARE(needOf(), std::pair(Need::NotNeeded,
                                     u"“Migrate” found the schema up to date: this run did not "
                                     "bring it forward."_qs));
        run.feed(draft::stepReopened(idOf(run.state, u"Migrate"_qs)));
        tryWith(false);
        QCOMPARE(needOf().first, Need::Needed);
        run.feed(draft::stepReopened(idOf(run.state, u"Migrate"_qs)));
        tryWith(true); // what the try before brought forward still is
        QCOMPARE(needOf().first, Need::Needed);
    }

    void aMigrationIsTakenBackOnce() {
        QByteArray text(release);
        text.replace("- [ ] Write down",
                     "- [ ] If the schema rolled forward: downgrade\n- [ ] Write down");
        RunFixture run(parseRunbook(text));
        pass(run, u"Migrate"_qs);
        const RollbackPlan back = rollbackPlan(run.state);
        QVERIFY2(outline(back).contains(u"-If the schema rolled forward: downgrade"_qs),
                 qPrintable(outline(back).join(u'\n')));
    }

    void onlyHostsThatWereReachedAreUndone() {
        Step deploy = tests::stepOn(StepId(u"deploy"_qs), u"web-1,web-2"_qs,
                                    {{u"batch"_qs, u"1"_qs}, {u"inverse"_qs, u"back"_qs}});
        Step back =
            tests::stepOn(StepId(u"back"_qs), u"web-1,web-2"_qs, {{u"name"_qs, u"back"_qs}});
        back.lane = Lane::Rollback;
        RunFixture run({deploy, back}, tests::contextWithHosts(2));
        begin(run, u"deploy"_qs, u"web-1"_qs);
        finish(run, u"deploy"_qs, StepStatus::Failed);
        RollbackPlan plan = rollbackPlan(run.state);
        QCOMPARE(plan.items.first().where, u"web-1"_qs);
        begin(run, u"deploy"_qs, u"web-2"_qs);
        plan = rollbackPlan(run.state);
        QCOMPARE(plan.items.first().where, u"web-1, web-2"_qs);
    }

    void saysWhatIsMissing() {
        QByteArray text(release);
        text.replace("RELEASE=v1", "RELEASE=<previous-release>");
        RunFixture run(parseRunbook(text));
        pass(run, u"Start the portal"_qs);
        RollbackPlan back = rollbackPlan(run.state);
        QVERIFY2(back.items.first().problem.contains(u"previous-release"),
                 qPrintable(back.items.first().problem));
        QCOMPARE(back.problems().size(), 1);
        run.feed(draft::variablesSet({{u"previous-release"_qs, u"v1"_qs}}));
        back = rollbackPlan(run.state);
        QVERIFY(back.problems().isEmpty());
        QVERIFY(back.items.first().script.startsWith(u"RELEASE=v1 docker"));
    }

    void theTargetIsWhatWasThereBefore() {
        PlanContext context;
        context.target = {{u"portal"_qs, u"v2"_qs}, {u"reader"_qs, u"v2"_qs}};
        context.previous = {
            {u"portal"_qs, u"v1"_qs}, {u"reader"_qs, u"v2"_qs}, {u"other"_qs, u"v7"_qs}};
        RunFixture run(runbookOf(release), context);
        pass(run, u"Start the portal"_qs);
        // The reader had the release before the run began: what it had before that is not known.
        QCOMPARE(rollbackPlan(run.state).plan->context.target,
                 Target({{u"portal"_qs, u"v1"_qs}, {u"reader"_qs, QString()}}));
    }

    void aRollbackDocumentGoesWithItsRunbook() {
        const Runbook document =
            runbookOf("---\nrunbook:\n  rollback_for: release.md\n---\n\n# Rollback\n\n## Steps\n\n"
                      "1. Stop the traffic\n\n   ```sh {\"name\":\"halt\"}\n   true\n   ```\n"
                      "2. Downgrade\n\n   ```sh {\"reverts\":\"migrate\"}\n   alembic downgrade "
                      "-1\n   ```\n");
        QVERIFY(isRollbackFor(document, u"runbooks/back.md"_qs, u"runbooks/release.md"_qs));
        QVERIFY(!isRollbackFor(document, u"runbooks/back.md"_qs, u"other/release.md"_qs));
        const Runbook main =
            runbookOf("# Release\n\n## Deploy\n\n- [ ] Migrate\n\n  ```sh {\"name\":\"migrate\"}\n"
                      "  alembic upgrade head\n  ```\n");
        PlanContext context;
        context.runbookPath = u"runbooks/release.md"_qs;
        PlanContext documentContext;
        documentContext.runbookPath = u"runbooks/back.md"_qs;
        const Plan whole =
            withRollbackDocument(makePlan(main, context), makePlan(document, documentContext));
        const Result<Plan> stored = planFromJson(planToJson(whole));
        QVERIFY(stored.has_value());
        QCOMPARE(stored->steps, whole.steps);
        RunState state = initialState(std::make_shared<const Plan>(*stored));
        QCOMPARE(progressOf(state, Lane::Main).total, 1);
        QCOMPARE(progressOf(state, Lane::Rollback).total, 2);
        state.steps[whole.steps.first().step.id].changeSeq = 2;
        const RollbackPlan back = rollbackPlan(state);
        QCOMPARE(outline(back), QStringList({u"Downgrade<Migrate"_qs, u"Stop the traffic"_qs}));
    }

    void theDocumentsOfTheField_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("first"); ///< the step that was done; empty: the first of all
        QTest::addColumn<QStringList>("expected");
        const QString review = u"voxbento-deployment-review.md"_qs;
        QTest::newRow("review, migrated")
            << review << u"uv run alembic upgrade head"_qs
            << QStringList{u"Stop portal container"_qs,
                           u"Revert to previous image/tag or restore .:/app source."_qs,
                           u"If DB schema rolled forward: uv run alembic downgrade -1 (one step "
                           "back)."_qs,
                           u"Restart"_qs};
        QTest::newRow("review, not migrated")
            << review << QString()
            << QStringList{u"Stop portal container"_qs,
                           u"Revert to previous image/tag or restore .:/app source."_qs,
                           u"-If DB schema rolled forward: uv run alembic downgrade -1 (one step "
                           "back)."_qs,
                           u"Restart"_qs};
        QTest::newRow("checklist") << u"interview-insights-production-checklist.md"_qs << QString()
                                   << QStringList{u"Disable new feature flags"_qs,
                                                  u"Route traffic to previous stable version"_qs,
                                                  u"Notify stakeholders of rollback"_qs,
                                                  u"Restore previous application version"_qs,
                                                  u"-Revert database migrations if necessary"_qs,
                                                  u"Verify system stability"_qs,
                                                  u"Conduct root cause analysis"_qs,
                                                  u"Document lessons learned"_qs,
                                                  u"Plan remediation strategy"_qs};
        for (const QString& other :
             {u"readme-deployment-guide.md"_qs, u"yapit-production-deployment-verification.md"_qs})
            QTest::newRow(qPrintable(other))
                << other << QString() << QStringList{u"Take back by hand what this run changed"_qs};
    }
    void theDocumentsOfTheField() {
        QFETCH(QString, name);
        QFETCH(QString, first);
        QFile file(tests::sharedDir() + u"/documents/"_qs + name);
        if (!file.open(QIODevice::ReadOnly))
            QSKIP(qPrintable(u"The shared folder with %1 is absent."_qs.arg(name)));
        RunFixture run(parseRunbook(file.readAll()));
        for (int index = 0; first.isEmpty() && index < run.state.plan->steps.size(); ++index) {
            const PlanStep& placed = run.state.plan->steps[index];
            if (placed.step.lane == Lane::Main && placed.applicable &&
                run.state.plan->isLeaf(index) && isChange(placed.step))
                first = placed.step.title;
        }
        if (!first.isEmpty())
            pass(run, first);
        QTEST(outline(rollbackPlan(run.state)), "expected");
    }

    void isSeenAheadOfTime() {
        const RunFixture run(runbookOf(release));
        const RollbackPlan back = rollbackPlanAtEnd(run.state);
        QCOMPARE(outline(back).first(2), QStringList({u"Start the old portal<Start the portal"_qs,
                                                      u"Take the database back<Migrate"_qs}));
        QVERIFY(std::any_of(back.remainders.cbegin(), back.remainders.cend(),
                            [](const RollbackRemainder& left) { return left.isIrreversible; }));
        QVERIFY(!rollbackRefusal(run.state).isEmpty());
    }

    void aRollbackHasNoWayBack() {
        PlanContext context;
        context.rollbackOf = RunId(u"parent"_qs);
        const RunFixture run(runbookOf(release), context);
        QVERIFY(!rollbackRefusal(run.state).isEmpty());
    }

    void gatesAndConfirmationsDoNotHoldIt() {
        RunFixture run(runbookOf(release));
        pass(run, u"Migrate"_qs);
        const RollbackPlan back = rollbackPlan(run.state);
        QVERIFY(back.isDestructive());
        QVERIFY(back.plan->blockers.isEmpty());
        QVERIFY(!titlesOf(*back.plan).join(u'\n').contains(u"board"));
    }

    void itsDurationIsSaidAsFarAsItIsKnown() {
        RunFixture run(runbookOf(release));
        pass(run, u"Migrate"_qs);
        const RollbackPlan back = rollbackPlan(run.state);
        QCOMPARE(estimateOf(back, {}), (RollbackEstimate{std::chrono::milliseconds(0), 3}));
        RollbackEstimate some{std::chrono::milliseconds(4000), 2};
        QCOMPARE(estimateOf(back, {{back.items.first().step, std::chrono::milliseconds(4000)}}),
                 some);
        // One second between two events of the fixture.
        QCOMPARE(durationsOf(run.state).value(idOf(run.state, u"Migrate"_qs)),
                 std::chrono::milliseconds(1000));
    }
};

Q_DECLARE_METATYPE(models::Need)

QTEST_GUILESS_MAIN(TestRollbackPlan)
#include "tst_rollbackplan.moc"

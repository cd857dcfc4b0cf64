// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/hosts.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::commandStep;
using tests::RunFixture;

class TestResolve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void directoryOfAFirstStep_data() {
        QTest::addColumn<QString>("cwd");
        QTest::addColumn<QString>("directory");
        QTest::addColumn<QString>("host");
        const auto atHost = [](const char* name, const QString& cwd, const QString& directory) {
            QTest::newRow(name) << cwd << directory << u"web-1"_qs;
        };
        // The workspace's folder is nowhere else.
        atHost("none, at a host", {}, u"~"_qs);
        atHost("relative, at a host", u"app/bin"_qs, u"~/app/bin"_qs);
        atHost("absolute, at a host", u"/opt"_qs, u"/opt"_qs);
        atHost("below home, at a host", u"~/src"_qs, u"~/src"_qs);
        QTest::newRow("none") << QString() << u"/srv/desk"_qs << QString();
        QTest::newRow("relative") << u"sub/../other"_qs << u"/srv/desk/other"_qs << QString();
        QTest::newRow("absolute") << u"/opt"_qs << u"/opt"_qs << QString();
        QTest::newRow("home") << u"~"_qs << u"~"_qs << QString();
        QTest::newRow("below home") << u"~/src"_qs << u"~/src"_qs << QString();
        QTest::newRow("a name that begins like home")
            << u"~src"_qs << u"/srv/desk/~src"_qs << QString();
    }
    void directoryOfAFirstStep() {
        QFETCH(QString, cwd);
        QFETCH(QString, directory);
        QFETCH(QString, host);
        models::Runbook runbook;
        runbook.frontMatter.cwd = cwd;
        models::Step step;
        step.id = StepId(u"one"_qs);
        step.kind = models::StepKind::Command;
        models::Command command;
        command.text = u"true"_qs;
        command.language = u"sh"_qs;
        step.commands = {command};
        runbook.steps = {step};
        models::PlanContext context;
        context.workspaceRoot = u"/srv/desk"_qs;
        context.defaultHost = host;
        if (!host.isEmpty())
            context.hosts = {{host, host}};
        const auto plan = std::make_shared<const models::Plan>(models::makePlan(runbook, context));
        const auto attempt = models::resolveAttempt(models::initialState(plan), 0, {});
        QVERIFY(attempt);
        QCOMPARE(attempt->workingDirectory, directory);
    }

    void labelChoosesTheShell_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("frontMatter");
        QTest::addColumn<QString>("shell");
        QTest::newRow("sh") << u"sh"_qs << QString() << u"sh"_qs;
        QTest::newRow("zsh") << u"zsh"_qs << QString() << u"zsh"_qs;
        QTest::newRow("console") << u"console"_qs << QString() << u"bash"_qs;
        QTest::newRow("unlabelled") << QString() << u"sh"_qs << u"sh"_qs;
    }
    void labelChoosesTheShell() {
        QFETCH(QString, label);
        QFETCH(QString, frontMatter);
        QFETCH(QString, shell);
        Step step = commandStep(u"a"_qs, u"true"_qs);
        step.commands[0].language = label;
        Runbook runbook = RunFixture::runbookOf({step});
        runbook.frontMatter.shell = frontMatter;
        RunFixture run(runbook);
        QCOMPARE(resolveAttempt(run.state, 0, {})->shell, shell);
    }

    void choiceRunsItsOwnCommands() {
        Step step = commandStep(u"a"_qs, u"first"_qs);
        step.commands[0].choice = u"Option 1"_qs;
        Command second;
        second.text = u"second"_qs;
        second.choice = u"Option 2"_qs;
        step.commands.append(second);
        RunFixture run({step});
        QVERIFY(!resolveAttempt(run.state, 0, {}));
        QCOMPARE(resolveAttempt(run.state, 0, {u"Option 2"_qs, {}})->script, u"second"_qs);
    }

    void requestBecomesCurl() {
        Step step;
        step.id = StepId(u"a"_qs);
        step.kind = StepKind::Http;
        step.http = HttpRequest{u"GET"_qs, u"http://127.0.0.1/x?a=1&b=2"_qs};
        RunFixture run({step});
        QCOMPARE(resolveAttempt(run.state, 0, {})->script,
                 u"curl -sS -g -i -X GET -- 'http://127.0.0.1/x?a=1&b=2'"_qs);
        step.http->method = u"GET; id"_qs;
        QVERIFY(!resolveAttempt(RunFixture({step}).state, 0, {}));
    }

    void errorPageIsNoPass_data() {
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<StepStatus>("status");
        QTest::newRow("good") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << StepStatus::Passed;
        QTest::newRow("error page")
            << QByteArray("HTTP/1.1 500 Oops\r\n\r\n") << StepStatus::Failed;
        QTest::newRow("nothing seen") << QByteArray() << StepStatus::Waiting;
    }
    void errorPageIsNoPass() {
        QFETCH(QByteArray, out);
        QFETCH(StepStatus, status);
        Step step;
        step.http = HttpRequest{u"GET"_qs, u"http://127.0.0.1"_qs};
        Attempt attempt;
        attempt.exitCode = 0;
        QCOMPARE(judge(step, attempt, out, {}), status);
    }

    void expectedExitStatus() {
        Attempt attempt;
        attempt.exitCode = 2;
        attempt.expectExit = 2;
        QCOMPARE(judge(commandStep(u"a"_qs, u"x"_qs), attempt, {}, {}), StepStatus::Passed);
        attempt.exitCode = 0;
        QCOMPARE(judge(commandStep(u"a"_qs, u"x"_qs), attempt, {}, {}), StepStatus::Failed);
    }

    void saysThatThereWasNoInput_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<bool>("isSaid");
        QTest::newRow("read") << u"echo Sure?\nread answer"_qs << 1 << true;
        QTest::newRow("read, with words") << u"IFS= read -r -p 'Sure? ' answer"_qs << 1 << true;
        QTest::newRow("other failure") << u"read answer || true\nexit 4"_qs << 4 << false;
        QTest::newRow("from a file") << u"read version < VERSION"_qs << 1 << false;
        QTest::newRow("from another stream") << u"read -u 3 version"_qs << 1 << false;
        QTest::newRow("from a pipe") << u"ls | while read file; do false; done"_qs << 1 << false;
        QTest::newRow("a word of another") << u"grep read log"_qs << 1 << false;
        QTest::newRow("a remark") << u"# read it\nfalse"_qs << 1 << false;
        QTest::newRow("in quotes") << u"echo '\nread on'; false"_qs << 1 << false;
        QTest::newRow("nothing") << QString() << 1 << false;
    }
    void saysThatThereWasNoInput() {
        QFETCH(QString, script);
        QFETCH(int, exitCode);
        QFETCH(bool, isSaid);
        Attempt attempt;
        attempt.script = script;
        attempt.exitCode = exitCode;
        QCOMPARE(judge(commandStep(u"a"_qs, script), attempt, {}, {}), StepStatus::Failed);
        QVERIFY(attempt.reason.startsWith(u"It ended with exit status"));
        QCOMPARE(attempt.reason.contains(u"had no input"), isSaid);
        // Where it was asked, what a person typed may have been wrong.
        attempt.interactive = true;
        attempt.expectations.clear();
        QCOMPARE(judge(commandStep(u"a"_qs, script), attempt, {}, {}), StepStatus::Failed);
        QVERIFY(!attempt.reason.contains(u"had no input"));
    }

    void badExitStillShowsWhatWasNotMet() {
        Step step = commandStep(u"a"_qs, u"x"_qs);
        step.expectations = {{ExpectationKind::Contains, u"ready"_qs, 7},
                             {ExpectationKind::Contains, u"portal"_qs, 8}};
        Attempt attempt;
        attempt.exitCode = 3;
        QCOMPARE(judge(step, attempt, "portal: starting", {}), StepStatus::Failed);
        QCOMPARE(attempt.expectations.size(), 2);
        QCOMPARE(attempt.expectations[0].finding.verdict, Verdict::Fail);
        QCOMPARE(attempt.expectations[1].finding.verdict, Verdict::Pass);
        // The exit status is what failed it; a met expectation does not mend that.
        QVERIFY(attempt.reason.contains(u"exit status 3"));
    }

    void sessionTakesOnlyWhatWasSetSince() {
        PlanContext context;
        context.variables = {{u"OLD"_qs, u"1"_qs}};
        RunFixture run({commandStep(u"a"_qs, u"true"_qs), commandStep(u"b"_qs, u"true"_qs)},
                       context);
        Attempt first = *resolveAttempt(run.state, 0, {});
        QCOMPARE(first.variables, context.variables);
        run.feed(draft::stepStarted(StepId(u"a"_qs), first));
        first.exitCode = 0;
        first.stateSaved = true;
        run.feed(draft::stepFinished(StepId(u"a"_qs), first, StepStatus::Passed));
        run.feed(draft::variablesSet({{u"NEW"_qs, u"2"_qs}}));
        const Attempt second = *resolveAttempt(run.state, 1, {});
        QCOMPARE(second.restoreStep, StepId(u"a"_qs));
        QCOMPARE(second.variables, (QMap<QString, QString>{{u"NEW"_qs, u"2"_qs}}));
    }

    void freshStepStartsAnew() {
        Step fresh = commandStep(u"b"_qs, u"true"_qs);
        fresh.options.values.insert(u"fresh"_qs, u"true"_qs);
        RunFixture run({commandStep(u"a"_qs, u"true"_qs), fresh});
        Attempt first = *resolveAttempt(run.state, 0, {});
        run.feed(draft::stepStarted(StepId(u"a"_qs), first));
        first.exitCode = 0;
        first.stateSaved = true;
        run.feed(draft::stepFinished(StepId(u"a"_qs), first, StepStatus::Passed));
        QCOMPARE(resolveAttempt(run.state, 1, {})->restoreNumber, 0);
    }

    void whereItRuns_data() {
        QTest::addColumn<QStringList>("hosts");
        QTest::addColumn<QString>("defaultHost");
        QTest::addColumn<QString>("on");
        QTest::addColumn<QString>("places"); // empty: refused
        const QStringList two{u"web-1"_qs, u"web-2"_qs};
        QTest::newRow("no hosts") << QStringList() << QString() << QString() << u"local"_qs;
        QTest::newRow("default") << two << u"web-2"_qs << QString() << u"web-2"_qs;
        QTest::newRow("said") << two << u"web-2"_qs << u"web-1"_qs << u"web-1"_qs;
        QTest::newRow("said local") << two << u"web-2"_qs << u"local"_qs << u"local"_qs;
        QTest::newRow("said both") << two << QString() << u"web-2, web-1"_qs << u"web-2 web-1"_qs;
        QTest::newRow("said twice") << two << QString() << u"web-1,web-1,"_qs << u"web-1"_qs;
        QTest::newRow("one of them unknown") << two << QString() << u"web-1, db-1"_qs << QString();
        QTest::newRow("none of many") << two << QString() << QString() << QString();
        QTest::newRow("unknown") << two << QString() << u"db-1"_qs << QString();
        QTest::newRow("unknown, no hosts") << QStringList() << QString() << u"db-1"_qs << QString();
    }
    void whereItRuns() {
        QFETCH(QStringList, hosts);
        QFETCH(QString, defaultHost);
        QFETCH(QString, on);
        QFETCH(QString, places);
        PlanContext context;
        for (const QString& name : hosts)
            context.hosts.append({name, u"deploy@"_qs + name});
        context.defaultHost = defaultHost;
        Step step = commandStep(u"a"_qs, u"true"_qs);
        if (!on.isEmpty())
            step.options.values.insert(u"on"_qs, on);
        RunFixture run({step}, context);
        const auto found = placesOf(*run.state.plan, run.state.plan->steps[0].step);
        QCOMPARE(found.value_or(QStringList()).join(u' '), places);
        const QString refused = refusal(run.state, 0, StepIntent::Start);
        QCOMPARE(refused, found ? QString() : found.error().message);
        QCOMPARE(refusal(run.state, 0, StepIntent::MarkPassed), QString());
    }

    void theRunbooksHostCountsMore() {
        PlanContext context;
        context.hosts = {{u"web-1"_qs, u"a"_qs}, {u"web-2"_qs, u"b"_qs}};
        context.defaultHost = u"web-1"_qs;
        const RunFixture run({commandStep(u"a"_qs, u"true"_qs)}, context);
        Plan plan = *run.state.plan;
        plan.runbook.frontMatter.defaultHost = u"web-2"_qs;
        const Step& step = plan.steps[0].step;
        QCOMPARE(placesOf(plan, step).value_or(QStringList()), QStringList{u"web-2"_qs});
        plan.runbook.frontMatter.defaultHost = u"web-9"_qs;
        QVERIFY(!placesOf(plan, step));
        // Where there are no hosts everything is here.
        plan.context.hosts.clear();
        plan.context.defaultHost.clear();
        QCOMPARE(placesOf(plan, step).value_or(QStringList()), QStringList{QString(localPlace)});
    }

    void hostOfAnOldRunIsNotGuessed() {
        PlanContext context;
        context.hosts = {{u"web-1"_qs, QString()}};
        context.defaultHost = u"web-1"_qs;
        RunFixture run({commandStep(u"a"_qs, u"true"_qs)}, context);
        const QString refused = refusal(run.state, 0, StepIntent::Start);
        QVERIFY2(refused.contains(u"web-1"), qPrintable(refused));
        QVERIFY2(refused.contains(u"Start a new run"), qPrintable(refused));
    }

    void destructiveCommandAsksForTheEnvironment() {
        Step step = commandStep(u"a"_qs, u"rm -rf /srv/x"_qs);
        step.commands[0].destructive = true;
        RunFixture run({step});
        QCOMPARE(requirementsOf(run.state, 0).confirmationText, u"local"_qs);
    }

    void commandMixedWithProseIsEditedFirst() {
        Step step = commandStep(u"a"_qs, u"alembic downgrade -1 (one step back)."_qs);
        step.commands[0].asWritten = false;
        RunFixture run({step});
        QVERIFY(!resolveAttempt(run.state, 0, {}));
        QCOMPARE(resolveAttempt(run.state, 0, {{}, u"alembic downgrade -1"_qs})->script,
                 u"alembic downgrade -1"_qs);
    }
};

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"

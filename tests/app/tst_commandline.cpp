// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

namespace {

struct Outcome {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private:
    tests::TemporaryHome m_home;

    [[nodiscard]] QString path(const QString& name) const { return m_home.path() + u'/' + name; }

    QString write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }

    [[nodiscard]] Outcome gantry(const QStringList& arguments) const {
        QProcess process;
        process.setWorkingDirectory(m_home.path());
        process.start(QStringLiteral(GANTRY_PROGRAM), arguments);
        if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit)
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    static QString runIdIn(const QString& text) {
        static const QRegularExpression id(u"run ([0-9a-z]{26})"_qs);
        return id.match(text).captured(1);
    }

private Q_SLOTS:
    void initTestCase() {
        // Headless commands need no display, not even a stand-in for one.
        qunsetenv("DISPLAY");
        qunsetenv("QT_QPA_PLATFORM");
        // No keychain answers, whatever the desktop of who runs this has.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        write(u"good.md"_qs, "# Good\n\n## Steps\n\n- [ ] Greet\n  ```sh\n  echo hello\n"
                             "  touch ran\n  ```\n\n## Rollback\n\n- [ ] Part\n  ```sh\n"
                             "  echo bye\n  ```\n");
        write(u"person.md"_qs, "# Person\n\n## Steps\n\n- [ ] Greet\n  ```sh\n  echo hello\n"
                               "  ```\n- [ ] Look at the dashboard\n");
        write(u"vars.md"_qs,
              "---\nrunbook:\n  vars:\n    TAG: { prompt: Which, pattern: \"v[0-9]+\" }"
              "\n    PW: { prompt: Which, secret: true }\n---\n# Vars\n\n## Steps\n\n"
              "- [ ] Greet\n  ```sh\n  echo \"$TAG $PW\"\n  ```\n");
        write(u"bad.md"_qs, "# Bad\n\n## Steps\n\n- [ ] Fall\n  ```sh\n  false; echo on\n  ```\n");
    }

    void status_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("out");
        QTest::addColumn<QString>("err");
        const auto row = [](const char* name, const char* arguments, int status,
                            const char* out = "", const char* err = "") {
            QTest::newRow(name) << QString::fromLatin1(arguments).split(u' ') << status
                                << QString::fromUtf8(out) << QString::fromUtf8(err);
        };
        row("version", "--version", 0, "gantry ");
        row("help", "--help", 0, "gantry journal verify");
        row("help of a command", "run --help", 0, "Usage: gantry run");
        row("unknown option", "--nonsense", 2, "", "no option --nonsense");
        row("unknown option of a command", "runs --nonsense", 2, "", "nonsense");
        row("no such path", "nowhere", 2, "", "");
        row("inspect", "inspect good.md", 0, "Greet");
        row("inspect nothing", "inspect", 2, "", "Name one Markdown file");
        row("inspect a missing file", "inspect missing.md", 2, "", "missing.md");
        row("check", "check good.md", 0, "trust hash");
        row("run says no mode", "run good.md", 2, "", "--rehearse");
        row("run of a wrong hash", "run good.md --unattended --trust 00", 1, "", "its hash is");
        row("run in a wrong environment", "run good.md --unattended --environment moon", 2, "",
            "no environment moon");
        row("set without a value", "run good.md --unattended --set X", 2, "", "NAME=VALUE");
        row("a secret of the document", "run vars.md --unattended --set PW=hunter2hunter", 2, "",
            "PW is a secret");
        row("what is named like a secret", "run good.md --unattended --set API_TOKEN=hunter2hunter",
            2, "", "API_TOKEN is a secret");
        row("a value against its pattern", "run vars.md --unattended --set TAG=v1;id", 2, "",
            "TAG does not match its pattern v[0-9]+");
        row("a name that is nearly a variable's", "run vars.md --unattended --set TAGS=v1", 2, "",
            "no variable \"TAGS\"; \"TAG\" was probably meant");
        row("unknown runbook", "run good.md nothing --unattended", 2, "", "no runbook");
        row("resume nothing", "run good.md --unattended --resume", 2, "", "no unfinished run");
        row("report of nothing", "report zzz", 2, "", "");
        row("report format", "report zzz --format doc", 2, "", "no format doc");
        row("report as PDF", "report zzz --format pdf", 2, "", "made in the window");
        row("rollback of nothing", "rollback", 2, "", "Name one run");
        row("rollback of an unknown run", "rollback zzz", 2, "", "no unfinished run zzz");
        row("unblock without a reason", "unblock good.md local", 2, "", "--reason");
        row("unblock without an environment", "unblock good.md --reason x", 2, "", "Name the");
        row("unblock where nothing is", "unblock good.md local --reason x", 1, "",
            "Nothing is blocked in local");
        row("journal without action", "journal", 2, "", "verify");
        row("retention without days", "journal retention", 2, "", "--days N");
        row("retention of nonsense", "journal retention --days soon", 2, "", "--days N");
        row("backup without file", "journal backup", 2, "", "Name the file");
    }
    void status() {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, out);
        QFETCH(QString, err);
        const Outcome outcome = gantry(arguments);
        QVERIFY2(outcome.status == status, qPrintable(outcome.out + outcome.err));
        QVERIFY2(outcome.out.contains(out), qPrintable(outcome.out));
        QVERIFY2(outcome.err.contains(err), qPrintable(outcome.err));
        QCOMPARE(outcome.err.isEmpty(), status == 0);
    }

    void inspectKnowsTheWorkspace() {
        QVERIFY(QDir(m_home.path()).mkpath(u"portal/books"_qs));
        write(u"portal/gantry.yaml"_qs,
              "gantry: 1\nvars: { PORTAL: x }\nrunbooks: [ books/a.md ]\n");
        for (const char* name : {"portal/books/a.md", "portal/books/unlisted.md", "alone.md"})
            write(QLatin1String(name), "# A\n\n- [ ] B\n  ```sh\n  echo \"$PORTAL\"\n  ```\n");
        const QString remark = u"Nothing gives PORTAL a value"_qs;
        QVERIFY(!gantry({u"inspect"_qs, u"portal/books/a.md"_qs}).out.contains(remark));
        QVERIFY(gantry({u"inspect"_qs, u"portal/books/unlisted.md"_qs}).out.contains(remark));
        QVERIFY(gantry({u"inspect"_qs, u"alone.md"_qs}).out.contains(remark));
        QVERIFY(!gantry({u"check"_qs, u"portal"_qs}).out.contains(remark));
        QVERIFY(gantry({u"check"_qs, u"alone.md"_qs}).out.contains(remark));
    }

    /// Without connecting to any of them.
    void checkKnowsTheHosts() {
        QVERIFY(QDir(m_home.path()).mkpath(u"web"_qs));
        QVERIFY(QDir(m_home.path()).mkpath(u".ssh"_qs));
        write(u".ssh/config"_qs, "Host behind\n  ProxyCommand nc %h %p\nHost *\n  Tunnel yes\n");
        write(u"web/gantry.yaml"_qs, "gantry: 1\nenvironments:\n  prod:\n    hosts:\n"
                                     "      web-1: { ssh: web-1.example.com }\n"
                                     "      web-2: { ssh: \"me@web:0\" }\n"
                                     "      web-3: { ssh: behind }\n");
        write(u"web/a.md"_qs, "# A\n\n## Steps\n\n- [ ] B\n  ```sh {\"on\":\"web-4\"}\n  true\n"
                              "  ```\n");
        const Outcome said = gantry({u"check"_qs, u"web"_qs});
        QCOMPARE(said.status, 1);
        const QStringList expected{
            u"gantry.yaml:5:21: warning: web-1: Tunnel is not honoured"_qs,
            u"gantry.yaml:6:21: error: me@web:0 is no host. Write user@host"_qs,
            u"gantry.yaml:7:21: error: web-3: ProxyCommand is not honoured"_qs,
            u"a.md:6:16: error: There is no host \"web-4\" in prod; "_qs};
        for (const QString& line : expected)
            QVERIFY2(said.out.contains(line), qPrintable(said.out));
        QVERIFY2(said.out.contains(path(u".ssh/config:4"_qs)), qPrintable(said.out));
        // What is for all hosts is said once.
        QCOMPARE(said.out.count(u"Tunnel"_qs), 1);
        const QJsonObject json =
            QJsonDocument::fromJson(gantry({u"check"_qs, u"web"_qs, u"--json"_qs}).out.toUtf8())
                .object();
        QCOMPARE(json.value(u"errors"_qs).toInt(), 3);
        QStringList errors;
        for (const QJsonValue& value : json.value(u"diagnostics"_qs).toArray()) {
            const QJsonObject one = value.toObject();
            if (one.value(u"severity"_qs) == u"error"_qs)
                errors.append(u"%1:%2"_qs.arg(one.value(u"line"_qs).toInt())
                                  .arg(one.value(u"column"_qs).toInt()));
        }
        QCOMPARE(errors, (QStringList{u"6:21"_qs, u"7:21"_qs}));
        QVERIFY(QFile::remove(path(u".ssh/config"_qs)));
    }

    void rehearsalRunsNothing() {
        QFile::remove(path(u"ran"_qs));
        const Outcome outcome = gantry({u"run"_qs, u"good.md"_qs, u"--rehearse"_qs});
        QCOMPARE(outcome.status, 0);
        QVERIFY(outcome.out.contains(u"> echo hello"));
        QVERIFY(!QFile::exists(path(u"ran"_qs)));
        QVERIFY(gantry({u"runs"_qs}).out.isEmpty());
    }

    void rehearsalTellsWhetherItCanSucceed() {
        const Outcome good = gantry({u"run"_qs, u"good.md"_qs, u"--rehearse"_qs});
        QVERIFY2(good.out.contains(u"PASS     commands: 2 commands are known"),
                 qPrintable(good.out));
        QVERIFY2(good.out.contains(u"disk, local, home: "), qPrintable(good.out));
        QVERIFY2(good.out.contains(u"lock: No run that is known here changes local."),
                 qPrintable(good.out));
        // A document without a way back.
        const Outcome bad = gantry({u"run"_qs, u"person.md"_qs, u"--rehearse"_qs});
        QCOMPARE(bad.status, 1);
        QVERIFY2(bad.out.contains(u"FAIL     way back: The document says no way back."),
                 qPrintable(bad.out));
        QVERIFY2(bad.out.contains(u"Write a section \"Rollback\""), qPrintable(bad.out));
    }

    void whatObjectsTakesAReason() {
        QVERIFY(QDir(m_home.path()).mkpath(u"frozen"_qs));
        write(u"frozen/gantry.yaml"_qs,
              "gantry: 1\nid: frozen\nenvironments:\n  local:\n    freeze:\n      - { from: "
              "\"2020-01-01T00:00:00Z\", until: \"2120-01-01T00:00:00Z\", reason: Sale }\n"
              "runbooks: [ a.md ]\n");
        write(u"frozen/a.md"_qs, "---\nrunbook:\n  environments: [ Local ]\n---\n# A\n\n## "
                                 "Steps\n\n- [ ] B\n  ```sh\n  echo b\n  ```\n");
        const Outcome refused = gantry({u"run"_qs, u"frozen"_qs, u"--unattended"_qs});
        QVERIFY2(refused.err.contains(u"Sale") && refused.err.contains(u"--override"),
                 qPrintable(refused.err));
        QVERIFY(refused.status != 0);
        QVERIFY(!refused.out.contains(u"| b"));
        const Outcome misspelt =
            gantry({u"run"_qs, u"frozen"_qs, u"--unattended"_qs, u"--environment"_qs, u"Local"_qs});
        QVERIFY2(misspelt.err.contains(u"has the environment local, not “Local”"),
                 qPrintable(misspelt.out + misspelt.err));
        const Outcome started = gantry({u"run"_qs, u"frozen"_qs, u"--unattended"_qs,
                                        u"--override"_qs, u"The sale is over"_qs});
        QVERIFY2(started.status == 0, qPrintable(started.err));
        QVERIFY(started.out.contains(u"succeeded with deviations"));
        const QString report = gantry({u"report"_qs, runIdIn(started.out)}).out;
        QVERIFY2(report.contains(u"The sale is over"), qPrintable(report));
    }

    void aRunIsTakenBack() {
        write(u"back.md"_qs, "# Back\n\n## Steps\n\n- [ ] Up\n  ```sh\n  echo up >> trail\n  "
                             "```\n- [ ] Look at it\n\n## Rollback\n\n- [ ] Down\n  ```sh\n  echo "
                             "down >> trail\n  ```\n");
        const QString run = runIdIn(gantry({u"run"_qs, u"back.md"_qs, u"--unattended"_qs}).out);
        const auto trail = [this] {
            QFile file(path(u"trail"_qs));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QCOMPARE(trail(), QByteArray("up\n"));
        const Outcome shown = gantry({u"rollback"_qs, run, u"--rehearse"_qs});
        QVERIFY2(shown.status == 0 && shown.out.contains(u"> echo down"),
                 qPrintable(shown.out + shown.err));
        QCOMPARE(trail(), QByteArray("up\n"));
        const Outcome back = gantry({u"rollback"_qs, run});
        QVERIFY2(back.out.contains(u"passed   Down"), qPrintable(back.out + back.err));
        QCOMPARE(trail(), QByteArray("up\ndown\n"));
        // Nobody could see whether it led back: that is not claimed.
        QCOMPARE(back.status, 1);
        QVERIFY2(back.err.contains(u"is not known"), qPrintable(back.err));
        const Outcome again = gantry({u"rollback"_qs, run});
        QCOMPARE(again.status, 1);
        QCOMPARE(trail(), QByteArray("up\ndown\n"));
    }

    /// Also without a window a run knows where it came from, and its rollback is proven by that.
    void theWayBackLeadsToWhatWasThere() {
        QVERIFY(QDir(m_home.path()).mkpath(u"shop"_qs));
        write(u"shop/deployed"_qs, "v1\n");
        write(u"shop/gantry.yaml"_qs,
              "gantry: 1\nenvironments:\n  dev:\n    services:\n      portal:\n"
              "        version: { command: \"cat '" +
                  path(u"shop/deployed"_qs).toUtf8() +
                  "'\", on: local }\n"
                  "        health: [ { command: \"true\", on: local, every: 1s } ]\n");
        write(
            u"shop/release.md"_qs,
            "# Release\n\n## Steps\n\n- [ ] Deploy\n  ```sh\n  echo \"$TARGET_VERSION\" > deployed"
            "\n  ```\n- [ ] Look at it\n\n## Rollback\n\n- [ ] Back\n  ```sh\n"
            "  echo \"$PREVIOUS_VERSION\" > deployed\n  ```\n");
        const auto deployed = [this] {
            QFile file(path(u"shop/deployed"_qs));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const Outcome outcome = gantry({u"run"_qs, u"shop"_qs, u"release.md"_qs, u"--target"_qs,
                                        u"portal=v2"_qs, u"--unattended"_qs});
        QCOMPARE(deployed(), QByteArray("v2\n"));
        const Outcome wrong =
            gantry({u"rollback"_qs, runIdIn(outcome.out), u"--trust"_qs, u"0123"_qs});
        QVERIFY2(wrong.status != 0 && wrong.err.contains(u"its hash is"), qPrintable(wrong.err));
        QCOMPARE(deployed(), QByteArray("v2\n"));
        const QString checked = gantry({u"check"_qs, u"shop"_qs}).out;
        const QString hash = checked.section(u"trust hash "_qs, 1).section(u'\n', 0, 0);
        const Outcome back = gantry({u"rollback"_qs, runIdIn(outcome.out), u"--trust"_qs, hash});
        QCOMPARE(deployed(), QByteArray("v1\n"));
        QVERIFY2(back.status == 0, qPrintable(back.out + back.err));
        QVERIFY2(back.out.contains(u"rolled back"), qPrintable(back.out));
    }

    void aDestructiveWayBackIsConfirmedOnce() {
        write(u"destroy.md"_qs,
              "# Destroy\n\n## Steps\n\n- [ ] Up\n  ```sh\n  mkdir release\n  ```\n- [ ] Look at "
              "it\n\n## Rollback\n\n- [ ] Away\n  ```sh\n  rm -rf release\n  ```\n");
        const QString run = runIdIn(gantry({u"run"_qs, u"destroy.md"_qs, u"--unattended"_qs}).out);
        QVERIFY(QFile::exists(path(u"release"_qs)));
        const Outcome refused = gantry({u"rollback"_qs, run, u"--yes"_qs, u"prod"_qs});
        QCOMPARE(refused.status, 2);
        QVERIFY2(refused.err.contains(u"--yes local"), qPrintable(refused.err));
        QVERIFY(QFile::exists(path(u"release"_qs)));
        const Outcome back = gantry({u"rollback"_qs, run, u"--yes"_qs, u"local"_qs});
        QVERIFY2(back.out.contains(u"passed   Away"), qPrintable(back.out + back.err));
        QVERIFY(!QFile::exists(path(u"release"_qs)));
    }

    void unattendedRunSucceedsAndIsOnRecord() {
        const Outcome outcome = gantry({u"run"_qs, u"good.md"_qs, u"--unattended"_qs});
        QVERIFY2(outcome.status == 0, qPrintable(outcome.err));
        QVERIFY(outcome.out.contains(u"| hello"));
        QVERIFY(outcome.out.contains(u"succeeded"));
        QVERIFY(QFile::exists(path(u"ran"_qs)));
        const QString run = runIdIn(outcome.out);
        const QJsonObject runs =
            QJsonDocument::fromJson(gantry({u"runs"_qs, u"--json"_qs}).out.toUtf8()).object();
        const QJsonObject first = runs.value(u"runs").toArray().first().toObject();
        QCOMPARE(first.value(u"id").toString(), run);
        QCOMPARE(first.value(u"outcome").toString(), u"succeeded"_qs);
        QCOMPARE(first.value(u"done").toInt(), 1);
        for (const QString& format : {u"md"_qs, u"html"_qs, u"json"_qs})
            QVERIFY(gantry({u"report"_qs, run, u"--format"_qs, format}).out.contains(u"hello"));
        const Outcome verified = gantry({u"journal"_qs, u"verify"_qs});
        QVERIFY2(verified.status == 0, qPrintable(verified.err));
        QVERIFY2(verified.out.contains(u"Heads were not compared: No keychain"),
                 qPrintable(verified.out));
        QCOMPARE(gantry({u"journal"_qs, u"backup"_qs, path(u"copy.db"_qs)}).status, 0);
        const Outcome copy = gantry({u"journal"_qs, u"verify"_qs, path(u"copy.db"_qs)});
        QVERIFY2(copy.status == 0, qPrintable(copy.err));
        QVERIFY2(copy.out.contains(u"not the journal itself"), qPrintable(copy.out));
        QFile broken(path(u"copy.db"_qs));
        QVERIFY(broken.open(QIODevice::ReadWrite));
        constexpr qint64 firstPage = 4096; // whose file it is
        QVERIFY(broken.seek(firstPage));
        broken.write(QByteArray(broken.size() - firstPage, '\xFF'));
        broken.close();
        const Outcome damaged = gantry({u"journal"_qs, u"verify"_qs, path(u"copy.db"_qs)});
        QCOMPARE(damaged.status, 1);
        QVERIFY2(damaged.err.contains(u"no whole copy of a journal"), qPrintable(damaged.err));
        QVERIFY(gantry({u"journal"_qs, u"export"_qs}).out.contains(u"StepFinished"));
        const Outcome kept = gantry({u"journal"_qs, u"retention"_qs, u"--days"_qs, u"1"_qs});
        QVERIFY2(kept.out.contains(u"Removed 0 outputs"), qPrintable(kept.out + kept.err));
        QVERIFY(gantry({u"report"_qs, run}).out.contains(u"hello"));
    }

    void unattendedRunStopsAtThePerson() {
        const Outcome outcome = gantry({u"run"_qs, u"person.md"_qs, u"--unattended"_qs});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains(u"Look at the dashboard"), qPrintable(outcome.err));
        QVERIFY(outcome.err.contains(runIdIn(outcome.out)));
        const Outcome resumed =
            gantry({u"run"_qs, u"person.md"_qs, u"--unattended"_qs, u"--resume"_qs});
        QCOMPARE(resumed.status, 1);
        QCOMPARE(runIdIn(resumed.out), runIdIn(outcome.out));
        QVERIFY(!resumed.out.contains(u"hello"));
    }

    /// What was begun while nothing declared the environment is not gone on with unprotected.
    void aRunInAnEnvironmentOfAnotherCaseIsNotTakenUp() {
        QVERIFY(QDir(m_home.path()).mkpath(u"case"_qs));
        const auto declare = [this](const QByteArray& environment) {
            write(u"case/gantry.yaml"_qs, "gantry: 1\nid: case\nenvironments:\n  " + environment +
                                              "\nrunbooks: [ a.md ]\n");
        };
        write(u"case/a.md"_qs,
              "# A\n\n## Steps\n\n- [ ] Look\n- [ ] B\n  ```sh\n  echo b\n  ```\n");
        declare("Prod: {}");
        const QString run = runIdIn(gantry({u"run"_qs, u"case"_qs, u"--unattended"_qs}).out);
        QVERIFY(!run.isEmpty());
        const QStringList resume{u"run"_qs, u"--unattended"_qs, u"--resume"_qs, run};
        QVERIFY(gantry(resume).err.contains(u"Look"));
        declare("prod: { protected: true }");
        const Outcome refused = gantry(resume);
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains(u"begun in “Prod”, which the workspace writes prod"),
                 qPrintable(refused.out + refused.err));
        QVERIFY(refused.out.isEmpty());
    }

    void failedStepIsNotTriedAgain() {
        const Outcome outcome = gantry({u"run"_qs, u"bad.md"_qs, u"--unattended"_qs});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.contains(u"exit status 1"), qPrintable(outcome.err));
        QVERIFY(!outcome.out.contains(u"| on"));
        const Outcome again =
            gantry({u"run"_qs, u"--unattended"_qs, u"--resume"_qs, runIdIn(outcome.out)});
        QCOMPARE(again.status, 1);
        QVERIFY(!again.out.contains(u"started"));
    }

    void interruptedRunStaysOpenAndGoesOn() {
        write(u"long.md"_qs,
              "# Long\n\n## Steps\n\n- [ ] Wait for it\n  ```sh\n  echo x >> starts\n  echo begun\n"
              "  while [ ! -e go-on ]; do sleep 0.05; done\n  echo ended\n  ```\n");
        QProcess process;
        process.setWorkingDirectory(m_home.path());
        process.start(QStringLiteral(GANTRY_PROGRAM),
                      {u"run"_qs, u"long.md"_qs, u"--unattended"_qs});
        QByteArray out;
        while (!out.contains("begun") && process.waitForReadyRead(60'000))
            out += process.readAllStandardOutput();
        QVERIFY(out.contains("begun"));
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("goes on"));
        write(u"go-on"_qs, {});
        const Outcome resumed =
            gantry({u"run"_qs, u"long.md"_qs, u"--unattended"_qs, u"--resume"_qs});
        QVERIFY2(resumed.status == 0, qPrintable(resumed.out + resumed.err));
        QVERIFY(resumed.out.contains(u"| ended"));
        QFile starts(path(u"starts"_qs));
        QVERIFY(starts.open(QIODevice::ReadOnly));
        QCOMPARE(starts.readAll(), QByteArray("x\n"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workspacetext.h"

#include <QTest>

using models::parseWorkspace;
using models::Probe;
using models::Workspace;
using tests::messages;

namespace {

using namespace std::chrono_literals;

Workspace withProbe(const QByteArray& probe) {
    return tests::withService("{ health: " + probe + " }");
}

QList<Probe> probesOf(const Workspace& workspace) {
    return tests::serviceOf(workspace).probes;
}

} // namespace

class TestProbeReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAllOfAProbe() {
        const Workspace workspace =
            withProbe("[ { http: \"https://portal.example.com/healthz?a=1\", name: Front, every: "
                      "5s, timeout: 500ms, pass: \"body.ok == true\", method: post, headers: { "
                      "Accept: text/plain }, retries_down: 2, retries_up: 1, ca: /etc/ca.pem, "
                      "cert: /etc/c.pem, key: /etc/k.pem }, { tls: \"portal.example.com:443\" } ]");
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        const QList<Probe> probes = probesOf(workspace);
        QCOMPARE(probes.size(), 2);
        Probe wanted;
        wanted.target = QStringLiteral("https://portal.example.com/healthz?a=1");
        wanted.name = QStringLiteral("Front");
        wanted.every = 5s;
        wanted.timeLimit = 500ms;
        wanted.pass = QStringLiteral("body.ok == true");
        wanted.method = QStringLiteral("POST");
        wanted.headers = {{QStringLiteral("Accept"), QStringLiteral("text/plain")}};
        wanted.retriesDown = 2;
        wanted.retriesUp = 1;
        wanted.authority = QStringLiteral("/etc/ca.pem");
        wanted.certificate = QStringLiteral("/etc/c.pem");
        wanted.key = QStringLiteral("/etc/k.pem");
        QCOMPARE(probes[0], wanted);
        QCOMPARE(probes[1].kind, Probe::Kind::Tls);
        QCOMPARE(probes[1].every, 30s);
        QCOMPARE(probes[1].warnBefore, std::chrono::days(21));
    }

    void readsFractionsOfATime() {
        const Workspace workspace = withProbe("{ tcp: \"db.example.com:5432\", every: 1.5m }");
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        QCOMPARE(probesOf(workspace)[0].every, 90s);
    }

    void readsWhenACertificateWarns_data() {
        QTest::addColumn<QByteArray>("warn");
        QTest::addColumn<int>("days");
        QTest::newRow("earlier") << QByteArray("45d") << 45;
        QTest::newRow("never") << QByteArray("0s") << 0;
    }

    void readsWhenACertificateWarns() {
        QFETCH(QByteArray, warn);
        QFETCH(int, days);
        const Workspace workspace = withProbe("{ tls: \"a.example.com:443\", warn: " + warn + " }");
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        QCOMPARE(probesOf(workspace)[0].warnBefore, std::chrono::days(days));
    }

    void readsEachKind_data() {
        QTest::addColumn<QByteArray>("probe");
        QTest::addColumn<int>("kind");
        QTest::newRow("http") << QByteArray("{ http: \"http://127.0.0.1:80/\" }")
                              << int(Probe::Kind::Http);
        QTest::newRow("tcp") << QByteArray("{ tcp: \"[::1]:80\" }") << int(Probe::Kind::Tcp);
        QTest::newRow("tls") << QByteArray("{ tls: \"a.example.com:443\" }")
                             << int(Probe::Kind::Tls);
        QTest::newRow("websocket") << QByteArray("{ websocket: \"wss://a.example.com/ws\" }")
                                   << int(Probe::Kind::WebSocket);
        QTest::newRow("command") << QByteArray("{ command: \"pg_isready\" }")
                                 << int(Probe::Kind::Command);
        QTest::newRow("container")
            << QByteArray("{ container: portal_1 }") << int(Probe::Kind::Container);
    }

    void readsEachKind() {
        QFETCH(QByteArray, probe);
        QFETCH(int, kind);
        const Workspace workspace = withProbe(probe);
        QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
        QCOMPARE(probesOf(workspace).size(), 1);
        QCOMPARE(int(probesOf(workspace)[0].kind), kind);
        const bool isThere = probesOf(workspace)[0].places == QStringList(QStringLiteral("web-1"));
        QCOMPARE(isThere, kind == int(Probe::Kind::Command) || kind == int(Probe::Kind::Container));
    }

    void refusesWhatCannotBeProbed_data() {
        QTest::addColumn<QByteArray>("probe");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* name, const char* probe, const char* message) {
            QTest::newRow(name) << QByteArray(probe) << QString::fromUtf8(message);
        };
        row("a file", "{ http: \"file:///etc/passwd\" }", "Write https://HOST/PATH");
        row("no scheme", "{ http: portal.example.com }", "Write https://HOST/PATH");
        row("no host", "{ http: \"http:///x\" }", "Write https://HOST/PATH");
        row("a web address as a socket", "{ websocket: \"https://a/\" }", "Write wss://HOST/PATH");
        row("no port", "{ tcp: portal.example.com }", "Write HOST:PORT");
        row("port 0", "{ tcp: \"a:0\" }", "Write HOST:PORT");
        row("port 70000", "{ tls: \"a:70000\" }", "Write HOST:PORT");
        row("an option", "{ container: \"--rm\" }", "cannot be the name of a container");
        row("what no probe observes", "{ http: \"http://a/\", pass: \"portal.http.status == 1\" }",
            "no part of a probe's answer \"portal\"");
        row("two things", "{ http: \"http://a/\", tcp: \"a:1\" }", "asks one thing");
        row("nothing", "{ every: 10s }", "needs one of");
        row("an empty command", "{ command: \"  \" }", "is empty");
        row("a header in a header", "{ http: \"http://a/\", headers: { A: \"b\\r\\nC: d\" } }",
            "no header");
        row("retries", "{ http: \"http://a/\", retries_down: -1 }", "from 0 to");
        row("too often", "{ http: \"http://a/\", every: 1ms }", "too short");
        row("no condition", "{ http: \"http://a/\", pass: \"body.ok = true\" }", "");
        row("a warning of what never ends", "{ tcp: \"a:1\", warn: 30d }", "Only a probe of");
        row("no time to warn", "{ tls: \"a:1\", warn: soon }", "warn");
        row("a misspelt key", "{ http: \"http://a/\", retry_down: 1 }", "retries_down");
    }

    void refusesWhatCannotBeProbed() {
        QFETCH(QByteArray, probe);
        QFETCH(QString, message);
        const Workspace workspace = withProbe(probe);
        QVERIFY(!workspace.diagnostics.isEmpty());
        QVERIFY2(messages(workspace).contains(message), qPrintable(messages(workspace)));
    }

    void readsFreezes() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments:\n  prod:\n    freeze:\n"
            "      - { from: \"2026-12-20T00:00:00Z\", until: \"2027-01-02T00:00:00Z\" }\n"
            "      - { from: \"2026-12-20T00:00:00Z\" }\n");
        QCOMPARE(workspace.environments[0].freezes.size(), 1);
        QCOMPARE(workspace.diagnostics.size(), 1);
        QVERIFY2(workspace.diagnostics[0].message.startsWith(u"Each freeze needs"),
                 qPrintable(workspace.diagnostics[0].message));
        QCOMPARE(workspace.environments[0].unreadFreezes, workspace.diagnostics);
    }

    void aFreezeThatCannotBeReadIsNotForgotten_data() {
        QTest::addColumn<QByteArray>("freeze"); // from line 4, column 5 on
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* yaml, int line, int column,
                            const char* says) {
            QTest::newRow(name) << QByteArray(yaml) << line << column << QString::fromUtf8(says);
        };
        row("no time", "freeze: [ { from: soon, until: 2027-01-02T00:00:00Z } ]\n", 4, 23,
            "\"soon\" is no time with its zone. Write one such as");
        row("without a zone", "freeze: [ { from: 2026-12-20T00:00:00Z, until: 2027-01-02 } ]\n", 4,
            52, "\"2027-01-02\" is no time with its zone");
        row("the wrong way round",
            "freeze: [ { from: 2027-12-20T00:00:00Z, until: 2027-01-02T00:00:00Z } ]\n", 4, 52,
            "a later \"until\"");
        row("no list", "freeze: { from: 2026-12-20T00:00:00Z, until: 2027-01-02T00:00:00Z }\n", 4,
            13, "needs a list");
        row("nothing", "freeze:\n", 4, 5, "needs a list");
        row("a text", "freeze: [ now ]\n", 4, 15, "needs the keys of a freeze");
        row("a misspelt key", "freezes: []\n", 4, 5, "\"freeze\" was probably meant");
        row("a misspelt end", "freeze: [ { from: 2026-12-20T00:00:00Z, utnil: x } ]\n", 4, 45,
            "\"until\" was probably meant");
        row("twice", "freeze: []\n    freeze: []\n", 5, 5, "there twice");
        row("behind a mistake", "vars: { A: 'x }\n", 4, 1, "not YAML");
        row("in another document", "vars: {}\n---\nfreeze: []\n", 5, 1,
            "Another document begins here");
    }
    void aFreezeThatCannotBeReadIsNotForgotten() {
        QFETCH(QByteArray, freeze);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, says);
        const Workspace workspace =
            parseWorkspace("gantry: 1\nenvironments:\n  prod:\n    " + freeze);
        const auto& unread = workspace.environments[0].unreadFreezes;
        QVERIFY2(!unread.isEmpty(), qPrintable(messages(workspace)));
        QCOMPARE(unread[0].line, line);
        QCOMPARE(unread[0].column, column);
        QVERIFY2(unread[0].message.contains(says), qPrintable(unread[0].message));
        for (const models::Diagnostic& one : unread)
            QVERIFY(workspace.diagnostics.contains(one));
    }

    void otherMistakesHideNoFreeze() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments:\n  prod: { colour: red, freeze: [ { from: "
            "2026-12-20T00:00:00Z, until: 2027-01-02T00:00:00Z, reason: Sale } ] }\n");
        QCOMPARE(workspace.diagnostics.size(), 1);
        QVERIFY(workspace.environments[0].unreadFreezes.isEmpty());
    }

    /// Years that an Instant cannot hold were another time, and the freeze over before it began.
    void aFreezeWithoutAnEndHasNone() {
        for (const QByteArray& year : {QByteArray("2600"), QByteArray("9999")}) {
            const Workspace workspace = parseWorkspace(
                "gantry: 1\nenvironments:\n  prod:\n    freeze: [ { from: 0001-01-01T00:00:00Z, "
                "until: " +
                year + "-12-31T00:00:00Z } ]\n");
            QVERIFY2(workspace.diagnostics.isEmpty(), qPrintable(messages(workspace)));
            const auto freezes = workspace.environments[0].freezes;
            QCOMPARE(freezes.size(), 1);
            QVERIFY(freezes[0].isEndless());
            QVERIFY(freezes[0].holds({1}));
            QVERIFY(freezes[0].holds({4'000'000'000'000'000'000}));
        }
    }

    void readsMaintenance() {
        const Workspace workspace = parseWorkspace(
            "gantry: 1\nenvironments:\n  prod:\n    maintenance:\n"
            "      - { from: \"2026-11-22T01:00:00Z\", until: \"2026-11-22T03:00:00+01:00\", "
            "reason: Upgrade }\n"
            "      - { from: \"2026-11-22T01:00:00\", until: \"2026-11-22T02:00:00\" }\n"
            "      - { from: \"2026-11-22T03:00:00Z\", until: \"2026-11-22T02:00:00Z\" }\n");
        QCOMPARE(workspace.diagnostics.size(), 3); // two without a zone, one the wrong way round
        const auto windows = workspace.environments[0].maintenance;
        QCOMPARE(windows.size(), 1);
        QCOMPARE(windows[0].until.nanoseconds - windows[0].from.nanoseconds, 3'600'000'000'000);
        QCOMPARE(windows[0].reason, QStringLiteral("Upgrade"));
        QVERIFY(windows[0].holds(windows[0].from));
        QVERIFY(!windows[0].holds(windows[0].until));
    }
};

QTEST_GUILESS_MAIN(TestProbeReader)
#include "tst_probereader.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/runtimecheck.h"

#include <QTest>

using namespace app;
using models::Host;
using models::Verdict;

Q_DECLARE_METATYPE(models::Host)

namespace {

Host host(const QString& runtime, const QString& socket = {}) {
    Host made{QStringLiteral("web-1"), QStringLiteral("deploy@example.com")};
    made.runtime = runtime;
    made.socket = socket;
    return made;
}

} // namespace

class TestRuntimeCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesWhatTheHostSays_data();
    void judgesWhatTheHostSays();
    void doesNotKnowWhereNothingWasSaid();
    void looksForTheNamedCommand();
};

void TestRuntimeCheck::judgesWhatTheHostSays_data() {
    QTest::addColumn<Host>("of");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("part"); // of the message
    const QString none;
    const QString docker = QStringLiteral("docker");
    const QString socket = QStringLiteral("/run/docker.sock");
    const QByteArray version = "version Docker version 24.0.7\n";
    const QString found = QStringLiteral("Docker version 24.0.7");
    QTest::newRow("usable") << host(none) << version + "usable\n" << Verdict::Pass << found << none;
    QTest::newRow("socket without a command")
        << host(none, socket) << QByteArray("socket\n") << Verdict::Pass << socket << none;
    QTest::newRow("none, and none is wanted")
        << host(none) << QByteArray() << Verdict::Unknown << QStringLiteral("not installed")
        << QStringLiteral("runtime: none");
    QTest::newRow("none, and one is wanted")
        << host(docker) << QByteArray() << Verdict::Fail << QStringLiteral("not installed")
        << QStringLiteral("There is no docker.");
    QTest::newRow("denied") << host(none) << version + "denied permission\n"
                            << Verdict::Unknown << found << QStringLiteral("group");
    QTest::newRow("denied, and it is wanted") << host(docker) << version + "denied permission\n"
                                              << Verdict::Fail << found << QStringLiteral("group");
    QTest::newRow("no socket") << host(docker, socket) << version + "usable\nnosocket\n"
                               << Verdict::Fail << found << socket;
    QTest::newRow("socket of others") << host(docker, socket) << version + "usable\nlockedsocket\n"
                                      << Verdict::Fail << found << QStringLiteral("may not write");
}

void TestRuntimeCheck::judgesWhatTheHostSays() {
    QFETCH(Host, of);
    QFETCH(QByteArray, said);
    QFETCH(QString, value);
    QFETCH(QString, part);
    const RuntimeFinding found = judgeRuntime(of, ExecResult{0, said, {}});
    QTEST(found.verdict, "verdict");
    QCOMPARE(found.value, value);
    QCOMPARE(found.message.isEmpty(), found.verdict == Verdict::Pass);
    QVERIFY2(found.message.contains(part), qPrintable(found.message));
}

void TestRuntimeCheck::doesNotKnowWhereNothingWasSaid() {
    const RuntimeFinding found = judgeRuntime(
        host(QStringLiteral("docker")),
        models::failure(models::ErrorCode::Internal, QStringLiteral("It did not answer.")));
    QCOMPARE(found.verdict, Verdict::Unknown);
    QCOMPARE(found.message, QStringLiteral("It did not answer."));
}

void TestRuntimeCheck::looksForTheNamedCommand() {
    Host named = host(QStringLiteral("docker"), QStringLiteral("/run/docker.sock"));
    QCOMPARE(runtimeLook(named).mid(3),
             (QStringList{QStringLiteral("gantry"), QStringLiteral("docker"),
                          QStringLiteral("/run/docker.sock")}));
    named.cli = QStringLiteral("/opt/bin/docker");
    QCOMPARE(runtimeLook(named)[4], QStringLiteral("/opt/bin/docker"));
}

QTEST_GUILESS_MAIN(TestRuntimeCheck)
#include "tst_runtimecheck.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/placeprober.h"
#include "app/process/localplace.h"
#include "app/run/enginethread.h"
#include "models/health/healthseries.h"
#include "models/health/probereading.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using app::PlaceProber;
using models::Host;
using models::Probe;
using models::ProbeReply;
using models::Verdict;

namespace {

using namespace std::chrono_literals;

models::Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

Host thisMachine() {
    return {};
}

Host away() {
    Host host;
    host.name = QStringLiteral("web-1");
    host.ssh = QStringLiteral("deploy@web-1.example.com");
    return host;
}

} // namespace

Q_DECLARE_METATYPE(models::Verdict)

class TestPlaceProber : public QObject {
    Q_OBJECT

    ProbeReply ask(const Probe& probe, const QList<Host>& hosts = {thisMachine()}) {
        std::optional<ProbeReply> answer;
        m_prober->probe({probe, hosts, present()},
                        [&answer](const ProbeReply& reply) { answer = reply; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), 60'000); }();
        return answer.value_or(ProbeReply());
    }
    static models::Observation decided(const Probe& probe, const ProbeReply& reply) {
        const QString pass =
            probe.pass.isEmpty() ? models::defaultCondition(probe.kind) : probe.pass;
        return models::observe(probe, *models::Condition::parse(pass), reply, {});
    }

private Q_SLOTS:
    void init() {
        m_prober = std::make_unique<PlaceProber>(
            m_engine,
            [](const Host& host, models::AskedBy) -> std::unique_ptr<app::Place> {
                return host.ssh.isEmpty() ? std::make_unique<app::LocalPlace>() : nullptr;
            },
            m_network);
    }
    void cleanup() { m_prober.reset(); }

    void aCommandIsDecided_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("pass");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const char* name, const char* command, const char* pass,
                            Verdict verdict) {
            QTest::newRow(name) << QString::fromUtf8(command) << QString::fromUtf8(pass) << verdict;
        };
        row("good", "true", "", Verdict::Pass);
        row("bad", "exit 3", "", Verdict::Fail);
        row("its status", "exit 3", "exit == 3", Verdict::Pass);
        row("not there", "no-such-program-at-all", "", Verdict::Fail);
        row("a number", "echo 7.5", "output > 7", Verdict::Pass);
        row("text", "echo ready", "output == \"ready\"", Verdict::Pass);
        row("text for a number", "echo ready", "output > 7", Verdict::Unknown);
        row("JSON", "echo '{\"lag\": 3}'", "body.lag < 5", Verdict::Pass);
        row("no JSON", "echo lag", "body.lag < 5", Verdict::Unknown);
        row("nothing", "true", "output > 7", Verdict::Unknown);
    }

    void aCommandIsDecided() {
        QFETCH(QString, command);
        QFETCH(QString, pass);
        QFETCH(Verdict, verdict);
        Probe probe;
        probe.kind = Probe::Kind::Command;
        probe.target = command;
        probe.pass = pass;
        probe.timeLimit = 30s;
        const ProbeReply reply = ask(probe);
        QVERIFY2(reply.outcome == ProbeReply::Outcome::Answered, qPrintable(reply.reason));
        QVERIFY(reply.phases.total);
        const models::Observation observation = decided(probe, reply);
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
    }

    void aPlaceThatIsAwayTellsNothing() {
        Probe probe;
        probe.kind = Probe::Kind::Command;
        probe.target = QStringLiteral("true");
        const ProbeReply reply = ask(probe, {away()});
        QCOMPARE(reply.outcome, ProbeReply::Outcome::NotProbed);
        QVERIFY(reply.reason.contains(QStringLiteral("web-1")));
        QCOMPARE(ask(probe, {}).outcome, ProbeReply::Outcome::NotProbed);
        // One of two decides where it fails, and hides nothing where it passes.
        QCOMPARE(decided(probe, ask(probe, {thisMachine(), away()})).verdict, Verdict::Unknown);
        probe.target = QStringLiteral("false");
        QCOMPARE(decided(probe, ask(probe, {thisMachine(), away()})).verdict, Verdict::Fail);
    }

    void aCommandWithoutEndIsNotKnown() {
        Probe probe;
        probe.kind = Probe::Kind::Command;
        probe.target = QStringLiteral("sleep 600");
        probe.timeLimit = 200ms;
        const ProbeReply reply = ask(probe);
        QVERIFY(decided(probe, reply).verdict != Verdict::Pass);
        QVERIFY(!decided(probe, reply).reason.isEmpty());
    }

    void aContainerIsAskedFor_data() {
        QTest::addColumn<QByteArray>("runtime");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* runtime, Verdict verdict,
                            const char* reason) {
            QTest::newRow(name) << QByteArray(runtime) << verdict << QString::fromUtf8(reason);
        };
        row("running", "echo running", Verdict::Pass, "running");
        row("exited", "echo exited", Verdict::Fail, "exited");
        row("gone", "echo 'Error: No such container: portal' >&2; exit 1", Verdict::Fail,
            "There is no container portal");
        row("no runtime", "echo 'Cannot connect to the daemon' >&2; exit 1", Verdict::Unknown,
            "Cannot connect");
        row("says nothing", "true", Verdict::Fail, "");
    }

    void aContainerIsAskedFor() {
        QFETCH(QByteArray, runtime);
        QFETCH(Verdict, verdict);
        QFETCH(QString, reason);
        const QTemporaryDir folder;
        QFile program(folder.filePath(QStringLiteral("runtime")));
        QVERIFY(program.open(QFile::WriteOnly));
        program.write("#!/bin/sh\n" + runtime + '\n');
        program.close();
        QVERIFY(program.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
        Host host = thisMachine();
        host.cli = program.fileName();
        Probe probe;
        probe.kind = Probe::Kind::Container;
        probe.target = QStringLiteral("portal");
        probe.timeLimit = 30s;
        const models::Observation observation = decided(probe, ask(probe, {host}));
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
        QVERIFY2(observation.reason.contains(reason), qPrintable(observation.reason));
    }

    void theNetworkIsAnothersBusiness() {
        Probe probe;
        probe.target = QStringLiteral("http://shop.example.com/");
        m_prober->probe({probe, {}, present()}, [](const ProbeReply&) {});
        QCOMPARE(m_network.asked.size(), 1U);
    }

    void argumentsAreTheHosts() {
        Probe probe;
        probe.kind = Probe::Kind::Container;
        probe.target = QStringLiteral("portal");
        Host host = away();
        QCOMPARE(app::probeArguments(probe, host).first(), QStringLiteral("docker"));
        host.runtime = QStringLiteral("podman");
        QCOMPARE(app::probeArguments(probe, host).first(), QStringLiteral("podman"));
        host.cli = QStringLiteral("/opt/bin/docker");
        host.usesSudo = true;
        QCOMPARE(app::probeArguments(probe, host).mid(0, 3),
                 QStringList({QStringLiteral("sudo"), QStringLiteral("-n"), host.cli}));
        QCOMPARE(app::probeArguments(probe, host).last(), probe.target);
    }

private:
    const tests::TemporaryHome m_home;
    std::shared_ptr<app::EngineThread> m_engine = std::make_shared<app::EngineThread>();
    tests::FakeProber m_network;
    std::unique_ptr<PlaceProber> m_prober;
};

QTEST_GUILESS_MAIN(TestPlaceProber)
#include "tst_placeprober.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/http/networkprober.h"
#include "models/health/healthseries.h"
#include "models/health/probereading.h"
#include "tests/support/certificates.h"
#include "tests/support/testserver.h"

#include <QTest>

using models::Probe;
using models::ProbeReply;
using models::Verdict;
using tests::Certificates;
using tests::TestServer;

namespace {

using namespace std::chrono_literals;
using Outcome = ProbeReply::Outcome;

/// Long enough for a machine that is busy.
constexpr auto patience = 30s;

models::Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

} // namespace

Q_DECLARE_METATYPE(models::Verdict)

class TestNetworkProber : public QObject {
    Q_OBJECT

    /// What comes back, by the event loop of this thread.
    ProbeReply ask(const Probe& probe, models::Instant due = present()) {
        std::optional<ProbeReply> answer;
        m_prober->probe({probe, {}, due}, [&answer](const ProbeReply& reply) { answer = reply; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience.count() * 1000); }();
        return answer.value_or(ProbeReply());
    }
    ProbeReply get(const QString& url, std::chrono::milliseconds limit = patience) {
        Probe probe;
        probe.target = url;
        probe.timeLimit = limit;
        return ask(probe);
    }

private Q_SLOTS:
    void init() {
        m_prober = std::make_unique<app::NetworkProber>();
        m_server = std::make_unique<TestServer>();
    }
    void cleanup() {
        m_prober.reset();
        m_server.reset();
    }

    void measuresAGoodAnswer() {
        const models::Instant before = present();
        const ProbeReply reply = get(m_server->url(QStringLiteral("/ok")));
        QCOMPARE(reply.outcome, Outcome::Answered);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.body.toObject().value(QLatin1String("ok")).toBool());
        QVERIFY(reply.headers.contains({QStringLiteral("x-test"), QStringLiteral("yes")}));
        QVERIFY(reply.at >= before);
        QVERIFY(reply.phases.total && reply.phases.firstByte && reply.phases.connect);
        QVERIFY(!reply.phases.tls);
        QVERIFY(*reply.phases.firstByte <= *reply.phases.total);
        QVERIFY(*reply.phases.connect <= *reply.phases.firstByte);
    }

    void aConnectionIsUsedAgain() {
        for (int i = 0; i < 5; ++i) {
            const ProbeReply reply = get(m_server->url(QStringLiteral("/ok")));
            QCOMPARE(reply.outcome, Outcome::Answered);
            QCOMPARE(reply.phases.connect.has_value(), i == 0);
        }
        QCOMPARE(m_server->connections(), 1);
    }

    void theTimeOfTheServerIsInTheAnswer() {
        const ProbeReply reply = get(m_server->url(QStringLiteral("/slow")));
        QCOMPARE(reply.outcome, Outcome::Answered);
        QVERIFY(*reply.phases.firstByte >= 145ms);
    }

    void latenessIsOfThisConsole() {
        Probe probe;
        probe.target = m_server->url(QStringLiteral("/ok"));
        const ProbeReply reply = ask(probe, {present().nanoseconds - 2'000'000'000});
        QVERIFY(reply.lateness >= 2s);
        const ProbeReply early = ask(probe, {present().nanoseconds + 60'000'000'000});
        QCOMPARE(early.lateness, 0ns);
    }

    void aBadAnswerNeverPasses_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("limit");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* path, int limit, Verdict verdict, const char* reason) {
            QTest::newRow(path) << QString::fromUtf8(path) << limit << verdict
                                << QString::fromUtf8(reason);
        };
        constexpr int longTime = 30'000;
        row("/status/500", longTime, Verdict::Fail, "http.status was 500");
        row("/status/404", longTime, Verdict::Fail, "http.status was 404");
        row("/loop", longTime, Verdict::Fail, "redirects on and on");
        row("/away", longTime, Verdict::Fail, "cannot be probed");
        row("/cut", longTime, Verdict::Fail, "hung up");
        row("/hangup", longTime, Verdict::Fail, "hung up");
        row("/garbage", longTime, Verdict::Fail, "");
        row("/huge", longTime, Verdict::Unknown, "longer than 1 MB");
        row("/silent", 300, Verdict::Fail, "did not answer within 300 ms");
        row("/drip", 300, Verdict::Fail, "");
    }

    void aBadAnswerNeverPasses() {
        QFETCH(QString, path);
        QFETCH(int, limit);
        QFETCH(Verdict, verdict);
        QFETCH(QString, reason);
        const ProbeReply reply = get(m_server->url(path), std::chrono::milliseconds(limit));
        const auto pass =
            models::Condition::parse(QStringLiteral("http.status == 200 && body.ok == true"));
        const models::Observation observation =
            models::observe(Probe(), *pass, reply, models::HealthSeries());
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
        QVERIFY2(observation.reason.contains(reason), qPrintable(observation.reason));
        QVERIFY(!observation.reason.isEmpty());
        // Of a body without end no more than the cap, and what lies in buffers on the way.
        QVERIFY(m_server->sentOfHuge() < 60LL * 1024 * 1024);
    }

    void followsARedirect() {
        const ProbeReply reply = get(m_server->url(QStringLiteral("/redirect")));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.redirects, 1);
        QVERIFY(reply.body.toObject().value(QLatin1String("ok")).toBool());
    }

    void asksAsItIsTold() {
        Probe probe;
        probe.target = m_server->url(QStringLiteral("/echo"));
        probe.method = QStringLiteral("OPTIONS");
        probe.headers = {{QStringLiteral("X-Team"), QStringLiteral("release")}};
        const QJsonObject asked = ask(probe).body.toObject();
        QCOMPARE(asked.value(QLatin1String("method")).toString(), QStringLiteral("OPTIONS"));
        QCOMPARE(asked.value(QLatin1String("x-team")).toString(), QStringLiteral("release"));
        QVERIFY(asked.value(QLatin1String("user-agent")).toString().startsWith(u"gantry/"));
    }

    void aClosedPortRefuses_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("http") << int(Probe::Kind::Http);
        QTest::newRow("websocket") << int(Probe::Kind::WebSocket);
        QTest::newRow("tcp") << int(Probe::Kind::Tcp);
        QTest::newRow("tls") << int(Probe::Kind::Tls);
    }

    void aClosedPortRefuses() {
        QFETCH(int, kind);
        Probe probe;
        probe.kind = Probe::Kind(kind);
        probe.timeLimit = patience;
        const QString address = m_server->address();
        m_server.reset();
        const bool isUrl = probe.kind == Probe::Kind::Http || probe.kind == Probe::Kind::WebSocket;
        const QString scheme =
            probe.kind == Probe::Kind::Http ? QStringLiteral("http://") : QStringLiteral("ws://");
        probe.target = isUrl ? scheme + address + u'/' : address;
        const ProbeReply reply = ask(probe);
        QCOMPARE(reply.outcome, Outcome::Failed);
        QVERIFY2(reply.reason.contains(QStringLiteral("refused the connection")),
                 qPrintable(reply.reason));
    }

    void aSocketIsUpgraded_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("yes") << QStringLiteral("/upgrade") << 101;
        QTest::newRow("no") << QStringLiteral("/ok") << 200;
    }

    void aSocketIsUpgraded() {
        QFETCH(QString, path);
        QFETCH(int, status);
        Probe probe;
        probe.kind = Probe::Kind::WebSocket;
        probe.target = QStringLiteral("ws://%1%2").arg(m_server->address(), path);
        const ProbeReply reply = ask(probe);
        QVERIFY2(reply.outcome == Outcome::Answered, qPrintable(reply.reason));
        QCOMPARE(reply.status, status);
    }

    void opensAPort() {
        Probe probe;
        probe.kind = Probe::Kind::Tcp;
        probe.target = m_server->address();
        const ProbeReply reply = ask(probe);
        QCOMPARE(reply.outcome, Outcome::Answered);
        QVERIFY(reply.phases.connect && reply.phases.total);
    }

    void aSilentPortHasATimeLimit() {
        // It takes connections and says nothing: no handshake comes of it.
        Probe probe;
        probe.kind = Probe::Kind::Tls;
        probe.target = m_server->address();
        probe.timeLimit = 300ms;
        const ProbeReply reply = ask(probe);
        QCOMPARE(reply.outcome, Outcome::Failed);
        QVERIFY(!reply.reason.isEmpty());
    }

    void trustsItsOwnAuthority() {
        Certificates certificates;
        QVERIFY2(certificates.make(), "openssl makes no certificates");
        const TestServer here(certificates.server("here"));
        const TestServer other(certificates.server("other"));
        Probe probe;
        probe.timeLimit = patience;
        probe.target = here.url(QStringLiteral("/ok"));
        const ProbeReply untrusted = ask(probe);
        QCOMPARE(untrusted.outcome, Outcome::Failed);
        QVERIFY2(untrusted.reason.contains(QStringLiteral("is not trusted")),
                 qPrintable(untrusted.reason));
        probe.authority = certificates.path("ca.pem");
        const ProbeReply trusted = ask(probe);
        QVERIFY2(trusted.outcome == Outcome::Answered, qPrintable(trusted.reason));
        QVERIFY(trusted.phases.tls);
        probe.target = other.url(QStringLiteral("/ok"));
        const ProbeReply wrongHost = ask(probe);
        QCOMPARE(wrongHost.outcome, Outcome::Failed);
        probe.authority = certificates.path("nowhere.pem");
        const ProbeReply noFile = ask(probe);
        QCOMPARE(noFile.outcome, Outcome::NotProbed);

        probe.kind = Probe::Kind::Tls;
        probe.authority = certificates.path("ca.pem");
        probe.target = here.address();
        const ProbeReply good = ask(probe);
        QVERIFY2(good.outcome == Outcome::Answered, qPrintable(good.reason));
        QVERIFY2(good.certificate->problem.isEmpty(), qPrintable(good.certificate->problem));
        QVERIFY(good.certificate->expires > present());
        probe.target = other.address();
        QVERIFY(!ask(probe).certificate->problem.isEmpty());
        probe.target = here.address();
        probe.authority.clear();
        QVERIFY(!ask(probe).certificate->problem.isEmpty());
    }

    void showsItsOwnCertificate() {
        Certificates certificates;
        QVERIFY2(certificates.make(), "openssl makes no certificates");
        QSslConfiguration strict = certificates.server("here");
        strict.setPeerVerifyMode(QSslSocket::VerifyPeer);
        strict.setCaCertificates(QSslCertificate::fromPath(certificates.path("ca.pem")));
        const TestServer server(strict);
        Probe probe;
        probe.timeLimit = patience;
        probe.target = server.url(QStringLiteral("/ok"));
        probe.authority = certificates.path("ca.pem");
        QVERIFY(ask(probe).outcome != Outcome::Answered);
        probe.certificate = certificates.path("client.pem");
        probe.key = certificates.path("client.key");
        const ProbeReply known = ask(probe);
        QVERIFY2(known.outcome == Outcome::Answered, qPrintable(known.reason));
    }

    void manyAtOnce() {
        constexpr int many = 200;
        int good = 0;
        Probe probe;
        probe.timeLimit = patience;
        probe.target = m_server->url(QStringLiteral("/slow"));
        for (int i = 0; i < many; ++i)
            m_prober->probe({probe, {}, present()}, [&good](const ProbeReply& reply) {
                good += reply.outcome == Outcome::Answered ? 1 : 0;
            });
        QTRY_COMPARE_WITH_TIMEOUT(good, many, patience.count() * 1000);
    }

    void endsWithProbesUnderWay() {
        int answers = 0;
        Probe probe;
        probe.target = m_server->url(QStringLiteral("/silent"));
        for (const Probe::Kind kind : {Probe::Kind::Http, Probe::Kind::Tls}) {
            probe.kind = kind;
            m_prober->probe({probe, {}, present()}, [&answers](const ProbeReply&) { ++answers; });
            probe.target = m_server->address();
        }
        QTRY_VERIFY(m_server->connections() > 0);
        m_prober.reset();
        QCoreApplication::processEvents();
        QCOMPARE(answers, 0);
    }

private:
    std::unique_ptr<app::NetworkProber> m_prober;
    std::unique_ptr<TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestNetworkProber)
#include "tst_networkprober.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of probe, and metrics, against the servers that people run.
#include "app/health/placeprober.h"
#include "app/http/networkprober.h"
#include "app/process/localplace.h"
#include "app/prometheus/prometheussource.h"
#include "app/run/enginethread.h"
#include "models/health/probereading.h"
#include "tests/support/lab.h"
#include "tests/support/labservers.h"
#include "tests/support/memorysecretstore.h"

#include <QDateTime>
#include <QTest>

using models::Observation;
using models::Probe;
using models::ProbeReply;
using models::Verdict;

namespace {

using namespace std::chrono_literals;

constexpr int patience = 60'000; ///< ms, for a machine that is busy

models::Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

} // namespace

Q_DECLARE_METATYPE(models::Verdict)

class TestRealServers : public QObject {
    Q_OBJECT

    ProbeReply ask(const Probe& probe, const models::Host& host = {}) {
        std::optional<ProbeReply> answer;
        m_prober.probe({probe, {host}, present()},
                       [&answer](const ProbeReply& reply) { answer = reply; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer.value_or(ProbeReply());
    }
    static Observation decided(const Probe& probe, const ProbeReply& reply) {
        const QString pass =
            probe.pass.isEmpty() ? models::defaultCondition(probe.kind) : probe.pass;
        return models::observe(probe, *models::Condition::parse(pass), reply, {});
    }

    /// With PROMETHEUS, NGINX, CADDY and PLAIN for their addresses.
    [[nodiscard]] QString filled(QString text) const {
        return text.replace(QLatin1String("PROMETHEUS"), m_servers->prometheus())
            .replace(QLatin1String("NGINX"), m_servers->nginx())
            .replace(QLatin1String("CADDY"), m_servers->caddy())
            .replace(QLatin1String("PLAIN"), m_servers->plainCaddy());
    }

private Q_SLOTS:
    void initTestCase() {
        m_servers = std::make_unique<tests::LabServers>();
        if (!m_servers->start())
            QFAIL(qPrintable(m_servers->refusal()));
    }
    void cleanupTestCase() { m_servers.reset(); }

    void probes_data() {
        QTest::addColumn<Probe::Kind>("kind");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("pass");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, Probe::Kind kind, const char* target,
                            const char* pass, Verdict verdict, const char* reason) {
            QTest::newRow(name) << kind << QString::fromUtf8(target) << QString::fromUtf8(pass)
                                << verdict << QString::fromUtf8(reason);
        };
        using Kind = Probe::Kind;
        row("nginx", Kind::Http, "https://NGINX/healthz",
            "http.status in [200, 204] && body.ok == true && body.mediamtx_ok == true",
            Verdict::Pass, "body.ok was true");
        row("nginx, by phases", Kind::Http, "https://NGINX/healthz",
            "http.ttfb > 0ms && http.ttfb <= http.total", Verdict::Pass, "");
        row("nginx, down", Kind::Http, "https://NGINX/down", "", Verdict::Fail,
            "http.status was 503");
        row("nginx, a loop", Kind::Http, "https://NGINX/loop", "", Verdict::Fail, "on and on");
        row("nginx, not there", Kind::Http, "https://NGINX/nowhere", "", Verdict::Fail,
            "http.status was 404");
        row("nginx, its page of errors", Kind::Http, "https://NGINX/nowhere", "body.ok == true",
            Verdict::Unknown, "HTML");
        row("nginx, without TLS", Kind::Http, "http://NGINX/healthz", "", Verdict::Fail,
            "http.status was 400");
        row("Caddy, TLS", Kind::Http, "https://CADDY/healthz", "body.ok", Verdict::Pass, "");
        row("Caddy, plain", Kind::Http, "http://PLAIN/healthz", "body.ok", Verdict::Pass, "");
        row("Caddy, a version", Kind::Http, "http://PLAIN/version",
            "sha_eq(body.commit, \"9f2c1d7\")", Verdict::Pass, "");
        row("Caddy, another version", Kind::Http, "http://PLAIN/version",
            "sha_eq(body.commit, \"0000000a\")", Verdict::Fail, "");
        row("Caddy, an empty page", Kind::Http, "http://PLAIN/nowhere", "body.ok", Verdict::Unknown,
            "empty");
        row("Prometheus", Kind::Http, "http://PROMETHEUS/-/healthy", "", Verdict::Pass, "200");
        row("Prometheus, no JSON", Kind::Http, "http://PROMETHEUS/-/healthy", "body.ok",
            Verdict::Unknown, "no JSON");
        row("a WebSocket", Kind::WebSocket, "wss://NGINX/socket", "", Verdict::Pass, "101");
        row("no WebSocket", Kind::WebSocket, "wss://NGINX/healthz", "", Verdict::Fail, "200");
        row("a port of nginx", Kind::Tcp, "NGINX", "", Verdict::Pass, "");
        row("a port of Caddy", Kind::Tcp, "PLAIN", "", Verdict::Pass, "");
        row("nginx's certificate", Kind::Tls, "NGINX", "", Verdict::Pass, "");
        row("Caddy's certificate", Kind::Tls, "CADDY", "", Verdict::Pass, "");
        row("a year is not left", Kind::Tls, "NGINX", "tls.expires_in > 365d", Verdict::Fail, "");
        row("no TLS there", Kind::Tls, "PLAIN", "", Verdict::Fail, "secure connection");
        row("a command", Kind::Command, "promtool query instant http://PROMETHEUS up", "",
            Verdict::Pass, "exit was 0");
        row("a command that fails", Kind::Command, "promtool query instant http://PROMETHEUS 'up('",
            "", Verdict::Fail, "exit was");
    }
    void probes() {
        QFETCH(Probe::Kind, kind);
        QFETCH(QString, target);
        QFETCH(QString, pass);
        QFETCH(Verdict, verdict);
        QFETCH(QString, reason);
        Probe probe;
        probe.kind = kind;
        probe.target = filled(target);
        probe.pass = pass;
        probe.authority = m_servers->authority();
        probe.timeLimit = 30s;
        const Observation observation = decided(probe, ask(probe));
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
        QVERIFY2(observation.reason.contains(reason), qPrintable(observation.reason));
    }

    void anUnknownAuthorityFails() {
        Probe probe;
        probe.target = filled(QStringLiteral("https://NGINX/healthz"));
        const Observation observation = decided(probe, ask(probe));
        QCOMPARE(observation.verdict, Verdict::Fail);
        QVERIFY2(observation.reason.contains(u"is not trusted"), qPrintable(observation.reason));
    }

    void readsPrometheus() {
        models::PrometheusServer server;
        server.url = QStringLiteral("http://") + m_servers->prometheus();
        models::Metric metric;
        metric.name = QStringLiteral("up");
        metric.query = QStringLiteral("sum(up{job=\"self\"})");
        app::PrometheusSource source(m_secrets);
        std::optional<models::MetricReading> read;
        const auto isUp = [&] {
            read.reset();
            source.read(server, metric, present(),
                        [&read](const models::MetricReading& reading) { read = reading; });
            [&] { QTRY_VERIFY_WITH_TIMEOUT(read.has_value(), patience); }();
            return read && read->value == models::HealthValue(models::Quantity{1});
        };
        // It scrapes itself each second, and has not done so at once.
        QTRY_VERIFY_WITH_TIMEOUT(isUp(), patience);
        metric.query = QStringLiteral("up{job=\"nobody\"}");
        QVERIFY(!isUp());
        QVERIFY(std::get<models::Missing>(read->value).reason.contains(u"found nothing"));
        metric.query = QStringLiteral("sum(up");
        QVERIFY(!isUp());
        QVERIFY(std::get<models::Missing>(read->value).reason.contains(u"refuses the query"));
        metric.query = QStringLiteral("up * NaN");
        QVERIFY(!isUp());
        QVERIFY(std::holds_alternative<models::Missing>(read->value));
        std::optional<QList<models::MetricReading>> past;
        metric.query = QStringLiteral("sum(up{job=\"self\"})");
        metric.every = 1s;
        source.readPast(server, metric, {present().nanoseconds - 60'000'000'000}, present(),
                        [&past](const QList<models::MetricReading>& readings) { past = readings; });
        QTRY_VERIFY_WITH_TIMEOUT(past.has_value(), patience);
        QVERIFY(!past->isEmpty());
    }

    void asksForAContainer() {
        tests::Lab lab(0, tests::Lab::Parts::Containers);
        if (!lab.start())
            QSKIP(qPrintable(lab.refusal()));
        const auto podman = [&lab](const char* arguments) {
            return lab.podman(QString::fromLatin1(arguments).split(u' '));
        };
        QVERIFY(!podman("run -d --name portal lab:latest /bin/sleep 600").isEmpty());
        models::Host host;
        host.cli = lab.path(QStringLiteral("bin/containers/podman"));
        Probe probe;
        probe.kind = Probe::Kind::Container;
        probe.target = QStringLiteral("portal");
        probe.timeLimit = 60s;
        QCOMPARE(decided(probe, ask(probe, host)).verdict, Verdict::Pass);
        QVERIFY(!podman("stop --time 0 portal").isEmpty());
        const Observation stopped = decided(probe, ask(probe, host));
        QCOMPARE(stopped.verdict, Verdict::Fail);
        QVERIFY2(stopped.reason.contains(u"exited"), qPrintable(stopped.reason));
        QVERIFY(!podman("rm portal").isEmpty());
        const Observation gone = decided(probe, ask(probe, host));
        QCOMPARE(gone.verdict, Verdict::Fail);
        QVERIFY2(gone.reason.contains(u"There is no container portal"), qPrintable(gone.reason));
    }

private:
    std::unique_ptr<tests::LabServers> m_servers;
    std::shared_ptr<app::EngineThread> m_engine = std::make_shared<app::EngineThread>();
    app::NetworkProber m_network;
    app::PlaceProber m_prober{m_engine,
                              [](const auto&...) -> std::unique_ptr<app::Place> {
                                  return std::make_unique<app::LocalPlace>();
                              },
                              m_network};
    tests::MemorySecretStore m_secrets;
};

QTEST_GUILESS_MAIN(TestRealServers)
#include "tst_realservers.moc"

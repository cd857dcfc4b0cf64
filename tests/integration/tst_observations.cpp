// SPDX-License-Identifier: GPL-3.0-or-later
// What services, commands, certificates and metrics can show, with what is to come of each: the
// tables are in tests/integration/observations, a line an observation.
#include "app/health/placeprober.h"
#include "app/http/networkprober.h"
#include "app/process/localplace.h"
#include "app/prometheus/prometheussource.h"
#include "app/run/enginethread.h"
#include "models/health/environmentsource.h"
#include "models/health/probereading.h"
#include "tests/integration/observationtable.h"
#include "tests/support/certificates.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testserver.h"

#include <QDateTime>
#include <QTest>

using models::Instant;
using models::Observation;
using models::Probe;
using models::ProbeReply;
using tests::ObservationRow;
using tests::TestServer;

namespace {

using namespace std::chrono_literals;

constexpr int patience = 60'000; ///< ms, for a machine that is busy
constexpr Instant now{1'800'000'000'000'000'000};
constexpr auto cadence = 10s;
constexpr std::uint64_t leastSamples = 5;

Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

/// As the tables write it.
QString verdictText(models::Verdict verdict) {
    switch (verdict) {
    case models::Verdict::Pass:
        return QStringLiteral("pass");
    case models::Verdict::Fail:
        return QStringLiteral("fail");
    case models::Verdict::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

Observation decided(Probe probe, const QString& condition, const ProbeReply& reply) {
    probe.pass = condition == u'-' ? models::defaultCondition(probe.kind) : condition;
    return models::observe(probe, *models::Condition::parse(probe.pass), reply, {});
}

/// A whole observation from the words of a condition.
Observation decided(const QString& condition, const models::HealthSource& source) {
    const models::ConditionReading reading =
        models::readCondition(*models::Condition::parse(condition), source);
    QStringList words;
    for (const models::LeafReading& leaf : reading.leaves)
        words.append(leaf.words);
    Observation observation;
    observation.verdict = reading.verdict;
    observation.reason = words.join(u"; ");
    return observation;
}

/// One of the checks that overtime.txt writes: its milliseconds, or "-", "?" or "_".
void check(models::ProbeHealth& health, const QString& what, Instant at) {
    if (what == u'_')
        return;
    ProbeReply reply;
    reply.at = at;
    reply.reason = QStringLiteral("There is no network.");
    if (what != u'?') {
        reply.outcome = ProbeReply::Outcome::Answered;
        reply.status = what == u'-' ? 503 : 200;
        reply.phases.total = std::chrono::milliseconds(what.toInt());
        reply.phases.firstByte = *reply.phases.total / 2;
    }
    health.take(reply, {});
}

void checkAll(models::ProbeHealth& health, const QString& checks) {
    QStringList all;
    for (const QString& some : checks.split(u' ')) {
        for (int i = 0; i < some.section(u'*', 0, 0).toInt(); ++i)
            all.append(some.section(u'*', 1));
    }
    for (qsizetype i = 0; i < all.size(); ++i)
        check(health, all[i],
              {now.nanoseconds - (all.size() - i) * std::chrono::nanoseconds(cadence).count()});
}

} // namespace

class TestObservations : public QObject {
    Q_OBJECT

    template <typename Prober>
    static ProbeReply ask(Prober& prober, const Probe& probe) {
        std::optional<ProbeReply> answer;
        prober.probe({probe, {models::Host()}, present()},
                     [&answer](const ProbeReply& reply) { answer = reply; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer.value_or(ProbeReply());
    }

    /// The last two columns of every table.
    static void verify(const ObservationRow& row, const Observation& observation) {
        const QString found =
            verdictText(observation.verdict) + QStringLiteral(": ") + observation.reason;
        QVERIFY2(verdictText(observation.verdict) == row.verdict(), qPrintable(found));
        QVERIFY2(observation.reason.contains(row.reason()), qPrintable(found));
        QVERIFY(!observation.reason.isEmpty());
    }

private Q_SLOTS:
    void initTestCase() {
        m_server = std::make_unique<TestServer>();
        QVERIFY2(m_certificates.make(), "openssl makes no certificates");
    }

    void thereIsEnoughOfBoth() {
        QSet<QString> good;
        QSet<QString> bad;
        for (const char* const table : {"badanswers", "goodanswers", "commands", "certificates",
                                        "overtime", "connections", "metrics"}) {
            const QList<ObservationRow> rows = tests::observationRows(table);
            for (const ObservationRow& row : rows)
                (row.verdict() == u"pass" ? good : bad)
                    .insert(QString::fromLatin1(table) + row.name());
        }
        QVERIFY2(good.size() >= 300, qPrintable(QString::number(good.size())));
        QVERIFY2(bad.size() >= 300, qPrintable(QString::number(bad.size())));
    }

    void answers_data() { tests::addObservations({"badanswers", "goodanswers"}); }
    void answers() {
        QFETCH(ObservationRow, row);
        QByteArray headers;
        for (const QString& header : row.text(2).split(QStringLiteral("; "), Qt::SkipEmptyParts))
            headers += header.toUtf8() + "\r\n";
        m_server->answerAll(
            tests::httpAnswer(row.bytes(3), row.text(1).toUtf8() + " Status", headers));
        Probe probe;
        probe.target = m_server->url(QStringLiteral("/"));
        probe.timeLimit = 30s;
        verify(row, decided(probe, row.text(4), ask(m_network, probe)));
    }

    void connections_data() { tests::addObservations({"connections"}); }
    void connections() {
        QFETCH(ObservationRow, row);
        const TestServer::Manner manner = TestServer::Manner::HangUp;
        const bool isPath = row.text(1).startsWith(u'/');
        m_server->answerAll(isPath ? QByteArray() : row.bytes(1), manner);
        Probe probe;
        probe.target = m_server->url(isPath ? row.text(1) : QStringLiteral("/"));
        probe.timeLimit = std::chrono::milliseconds(row.text(2).toInt());
        const QString pass = QStringLiteral("http.status == 200 && body.ok == true");
        verify(row, decided(probe, pass, ask(m_network, probe)));
    }

    void certificatesOfServers_data() {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QString>("http");
        QTest::addColumn<QString>("tls");
        const auto row = [](const char* name, const char* certificate, const char* http,
                            const char* tls) {
            QTest::newRow(name) << QByteArray(certificate) << QString::fromUtf8(http)
                                << QString::fromUtf8(tls);
        };
        row("good", "here", "", "");
        row("expired", "expired",
            "is not trusted: SSL certificate problem: certificate has expired",
            "tls.trusted was false");
        row("self-signed", "own", "is not trusted: SSL certificate problem: self-signed",
            "tls.trusted was false");
        row("of another host", "other", "is not trusted: SSL: no alternative certificate subject",
            "tls.trusted was false");
    }
    void certificatesOfServers() {
        QFETCH(QByteArray, certificate);
        QFETCH(QString, http);
        QFETCH(QString, tls);
        const TestServer server(m_certificates.server(certificate));
        Probe probe;
        probe.authority = m_certificates.path("ca.pem");
        probe.target = server.url(QStringLiteral("/ok"));
        const Observation answer = decided(probe, QStringLiteral("body.ok"), ask(m_network, probe));
        QCOMPARE(verdictText(answer.verdict),
                 http.isEmpty() ? QStringLiteral("pass") : QStringLiteral("fail"));
        QVERIFY2(answer.reason.contains(http), qPrintable(answer.reason));
        probe.kind = Probe::Kind::Tls;
        probe.target = server.address();
        const Observation seen =
            decided(probe, QStringLiteral("tls.trusted"), ask(m_network, probe));
        QCOMPARE(verdictText(seen.verdict),
                 tls.isEmpty() ? QStringLiteral("pass") : QStringLiteral("fail"));
        QVERIFY2(seen.reason.contains(tls), qPrintable(seen.reason));
    }

    void commands_data() { tests::addObservations({"commands"}); }
    void commands() {
        QFETCH(ObservationRow, row);
        Probe probe;
        probe.kind = Probe::Kind::Command;
        probe.timeLimit = 30s;
        QString output = QString::fromUtf8(row.bytes(2));
        output.replace(u'\'', QStringLiteral("'\\''"));
        probe.target = QStringLiteral("printf %s '%1'; exit %2").arg(output, row.text(1));
        verify(row, decided(probe, row.text(3), ask(m_places, probe)));
    }

    void certificates_data() { tests::addObservations({"certificates"}); }
    void certificates() {
        QFETCH(ObservationRow, row);
        constexpr double nanosecondsOfADay = 86'400e9;
        ProbeReply reply;
        reply.outcome = ProbeReply::Outcome::Answered;
        reply.at = now;
        if (row.text(1) != u'-')
            reply.certificate = models::CertificateFacts{
                {},
                {now.nanoseconds + qint64(row.text(1).toDouble() * nanosecondsOfADay)},
                QStringLiteral("portal.example.com"),
                QStringLiteral("Authority"),
                row.text(2) == u'-' ? QString() : row.text(2)};
        Probe probe;
        probe.kind = Probe::Kind::Tls;
        verify(row, decided(probe, row.text(3), reply));
    }

    void metrics_data() { tests::addObservations({"metrics"}); }
    void metrics() {
        QFETCH(ObservationRow, row);
        m_server->answerAll(tests::httpAnswer(row.bytes(1)));
        models::Metric metric;
        metric.name = QStringLiteral("errors");
        metric.query = QStringLiteral("sum(rate(bad[5m]))");
        metric.scale = models::Metric::Scale::Ratio;
        models::PrometheusServer server;
        server.url = m_server->url({});
        models::MetricHealth health(metric);
        std::optional<models::MetricReading> read;
        app::PrometheusSource source(m_secrets);
        source.read(server, metric, now,
                    [&read](const models::MetricReading& reading) { read = reading; });
        QTRY_VERIFY_WITH_TIMEOUT(read.has_value(), patience);
        health.take(*read);
        const std::vector<models::ServiceHealth> nothing;
        const std::vector<const models::MetricHealth*> all{&health};
        verify(row, decided(QStringLiteral("errors < 10%"),
                            models::EnvironmentSource(nothing, all, now, leastSamples)));
    }

    void overTime_data() { tests::addObservations({"overtime"}); }
    void overTime() {
        QFETCH(ObservationRow, row);
        Probe probe;
        probe.name = QStringLiteral("web");
        probe.every = cadence;
        probe.pass = QStringLiteral("http.status == 200");
        models::ProbeHealth health = *models::ProbeHealth::make(probe);
        checkAll(health, row.text(1));
        const QMap<QString, models::Quantity> promised{
            {QStringLiteral("sla.p95"), {0.5, models::Unit::Time}},
            {QStringLiteral("sla.availability"), {0.99, models::Unit::None}},
            {QStringLiteral("baseline.p95"), {0.3, models::Unit::Time}}};
        const std::vector<models::ServiceHealth> services{
            {QStringLiteral("portal"), {&health}, promised}};
        const std::vector<const models::MetricHealth*> nothing;
        verify(row, decided(row.text(2),
                            models::EnvironmentSource(services, nothing, now, leastSamples)));
    }

private:
    std::shared_ptr<app::EngineThread> m_engine = std::make_shared<app::EngineThread>();
    app::NetworkProber m_network;
    app::PlaceProber m_places{m_engine,
                              [](const auto&...) -> std::unique_ptr<app::Place> {
                                  return std::make_unique<app::LocalPlace>();
                              },
                              m_network};
    tests::MemorySecretStore m_secrets;
    tests::Certificates m_certificates;
    std::unique_ptr<TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestObservations)
#include "tst_observations.moc"

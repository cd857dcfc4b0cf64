// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/prometheus/prometheussource.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testserver.h"

#include <QTest>

using models::Instant;
using models::Metric;
using models::MetricReading;
using models::Missing;
using models::PrometheusServer;
using models::Quantity;
using tests::httpAnswer;
using tests::TestServer;

namespace {

using namespace std::chrono_literals;

constexpr Instant now{1'800'000'000'000'000'000};
constexpr int patience = 30'000; ///< ms, for a machine that is busy

QByteArray number(const QByteArray& text) {
    return httpAnswer("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":"
                      "[1800000000,\"" +
                      text + "\"]}}");
}

PrometheusServer addressOf(const TestServer& server) {
    PrometheusServer address;
    address.url = server.url({});
    return address;
}

Metric ratio() {
    Metric metric;
    metric.name = QStringLiteral("errors");
    metric.query = QStringLiteral("sum(rate(bad[5m])) + 0 %26");
    metric.scale = Metric::Scale::Ratio;
    return metric;
}

} // namespace

class TestPrometheusSource : public QObject {
    Q_OBJECT

    MetricReading read(const PrometheusServer& server) {
        std::optional<MetricReading> answer;
        m_source->read(server, ratio(), now,
                       [&answer](const MetricReading& reading) { answer = reading; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience); }();
        return answer.value_or(MetricReading());
    }
    QString whyNot(const PrometheusServer& server) {
        const MetricReading reading = read(server);
        const auto* const missing = std::get_if<Missing>(&reading.value);
        return missing != nullptr ? missing->reason : QString();
    }

private Q_SLOTS:
    void init() {
        m_server = std::make_unique<TestServer>();
        m_source = std::make_unique<app::PrometheusSource>(m_secrets);
        m_secrets.entries = {{QStringLiteral("token"), QStringLiteral("s3cret-token")}};
        m_secrets.reads = 0;
    }

    void readsANumber() {
        m_server->answerAll(number("0.25"));
        QCOMPARE(read(addressOf(*m_server)).value,
                 models::HealthValue(Quantity{0.25, models::Unit::None}));
        const QByteArray request = m_server->requests().value(0);
        QVERIFY(request.startsWith("POST /api/v1/query HTTP/1.1\r\n"));
        QVERIFY2(request.endsWith(
                     "query=sum%28rate%28bad%5B5m%5D%29%29%20%2B%200%20%2526&time=1800000000.000"),
                 request.constData());
        QVERIFY(!request.toLower().contains("authorization"));
    }

    void aPathOfTheServerIsKept() {
        m_server->answerAll(number("1"));
        PrometheusServer server = addressOf(*m_server);
        server.url += QStringLiteral("/prometheus/");
        read(server);
        QVERIFY(m_server->requests().value(0).startsWith("POST /prometheus/api/v1/query "));
    }

    void sendsTheToken() {
        m_server->answerAll(number("1"));
        PrometheusServer server = addressOf(*m_server);
        server.bearer = QStringLiteral("keychain:token");
        read(server);
        QVERIFY(m_server->requests().value(0).contains("Authorization: Bearer s3cret-token\r\n"));
        server.bearer.clear();
        server.user = QStringLiteral("gantry");
        server.password = QStringLiteral("keychain:token");
        read(server);
        QVERIFY(m_server->requests().value(1).contains(
            "Authorization: Basic " + QByteArray("gantry:s3cret-token").toBase64() + "\r\n"));
    }

    void withoutItsSecretItIsNotAsked() {
        PrometheusServer server = addressOf(*m_server);
        server.bearer = QStringLiteral("keychain:gone");
        QVERIFY(!whyNot(server).isEmpty());
        QVERIFY(m_server->requests().isEmpty());
    }

    void saysWhyThereIsNoNumber_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& answer, const char* reason) {
            QTest::newRow(name) << answer << QString::fromLatin1(reason);
        };
        row("a query that is none",
            httpAnswer("{\"status\":\"error\",\"error\":\"parse error\"}", "400 Bad Request"),
            "refuses the query: parse error");
        row("credentials", httpAnswer("{}", "403 Forbidden"), "credentials");
        row("a proxy", httpAnswer("<html>", "502 Bad Gateway"), "status 502");
        row("a page", httpAnswer("<html>"), "HTML");
        row("a cut", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\"", "in time");
        row("too much", httpAnswer(QByteArray(20 * 1024 * 1024, ' ')), "more than 8 MB");
        row("another server",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.2:1/\r\n"
            "Content-Length: 0\r\n\r\n",
            "another server");
    }
    void saysWhyThereIsNoNumber() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, reason);
        m_server->answerAll(answer);
        PrometheusServer server = addressOf(*m_server);
        if (reason == QLatin1String("in time"))
            server.timeLimit = 300ms;
        const QString why = whyNot(server);
        QVERIFY2(why.contains(reason), qPrintable(why));
    }

    void nobodyIsThere() {
        PrometheusServer server = addressOf(*m_server);
        m_server.reset();
        QVERIFY(whyNot(server).contains(QLatin1String("refused the connection")));
    }

    void readsThePast() {
        m_server->answerAll(httpAnswer(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{"
            "\"metric\":{},\"values\":[[1799999970,\"0.5\"],[1799999985,\"0.75\"]]}]}}"));
        std::optional<QList<MetricReading>> past;
        m_source->readPast(addressOf(*m_server), ratio(), {1'799'996'400'000'000'000}, now,
                           [&past](const QList<MetricReading>& readings) { past = readings; });
        QTRY_VERIFY_WITH_TIMEOUT(past.has_value(), patience);
        QCOMPARE(past->size(), 2);
        const QByteArray request = m_server->requests().value(0);
        QVERIFY(request.startsWith("POST /api/v1/query_range "));
        QVERIFY(request.endsWith("&start=1799996400.000&end=1800000000.000&step=15"));
    }

private:
    tests::MemorySecretStore m_secrets;
    std::unique_ptr<TestServer> m_server;
    std::unique_ptr<app::PrometheusSource> m_source;
};

QTEST_GUILESS_MAIN(TestPrometheusSource)
#include "tst_prometheussource.moc"

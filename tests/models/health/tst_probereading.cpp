// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthseries.h"
#include "models/health/probereading.h"

#include <QTest>

using models::Condition;
using models::HealthSeries;
using models::Instant;
using models::Observation;
using models::Probe;
using models::ProbeReply;
using models::Verdict;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};

ProbeReply answered(const QByteArray& body, int status = 200,
                    models::BodyEnd end = models::BodyEnd::Whole) {
    ProbeReply reply;
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.at = now;
    reply.status = status;
    reply.phases.total = std::chrono::milliseconds(42);
    reply.headers = {{QStringLiteral("content-type"), QStringLiteral("application/json")}};
    models::readBody(body, end, reply);
    return reply;
}

Observation observed(const QString& condition, const ProbeReply& reply,
                     Probe::Kind kind = Probe::Kind::Http, const HealthSeries& past = {}) {
    Probe probe;
    probe.kind = kind;
    return models::observe(probe, *Condition::parse(condition), reply, past);
}

} // namespace

Q_DECLARE_METATYPE(models::Verdict)

class TestProbeReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decidesABody_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& body, const char* condition,
                            Verdict verdict, const char* reason) {
            QTest::newRow(name) << body << QString::fromUtf8(condition) << verdict
                                << QString::fromUtf8(reason);
        };
        const char* const ok = "body.ok == true";
        row("good", "{\"ok\":true}", ok, Verdict::Pass, "body.ok was true");
        row("bad", "{\"ok\":false}", ok, Verdict::Fail, "body.ok was false");
        row("missing", "{\"fine\":true}", ok, Verdict::Unknown, "no field \"ok\"");
        row("null", "{\"ok\":null}", ok, Verdict::Fail, "null");
        row("text for truth", "{\"ok\":\"true\"}", ok, Verdict::Unknown, "text");
        row("number for truth", "{\"ok\":1}", ok, Verdict::Unknown, "number");
        row("list for truth", "{\"ok\":[true]}", ok, Verdict::Unknown, "not a single value");
        row("empty", "", ok, Verdict::Unknown, "empty");
        row("only space", " \r\n\t ", ok, Verdict::Unknown, "empty");
        row("HTML", "<html><body>{\"ok\":true}</body></html>", ok, Verdict::Unknown, "HTML");
        row("cut off", "{\"ok\":true", ok, Verdict::Unknown, "ends in the middle");
        row("cut off in a text", "{\"a\":\"x", ok, Verdict::Unknown, "ends in the middle");
        row("two documents", "{\"ok\":true}{\"ok\":true}", ok, Verdict::Unknown, "no JSON");
        row("out of its list", "{\"ok\":true}],[{\"ok\":true}", ok, Verdict::Unknown, "no JSON");
        row("two values", "{\"ok\":true},{\"ok\":true}", ok, Verdict::Unknown, "no JSON");
        row("NaN", "{\"ok\":NaN}", ok, Verdict::Unknown, "no JSON");
        row("not UTF-8", "{\"ok\":\"\xff\xfe\"}", ok, Verdict::Unknown, "");
        row("a list at the root", "[1,2]", ok, Verdict::Unknown, "no fields");
        row("a number at the root", "7", "body > 5", Verdict::Pass, "body was 7");
        row("below 5", "{\"errors\":2}", "body.errors < 5", Verdict::Pass, "");
        row("missing is no 0", "{}", "body.errors < 5", Verdict::Unknown, "no field");
        row("decimals count", "{\"errors\":5.4}", "body.errors <= 5", Verdict::Fail, "5.4");
        row("deeper", "{\"a\":[{\"b\":3}]}", "body.a[0].b == 3", Verdict::Pass, "");
        row("behind the end", "{\"a\":[]}", "body.a[0].b == 3", Verdict::Unknown, "0 items");
        row("one of two decides", "{\"ok\":false}", "body.ok == true && body.x == 1", Verdict::Fail,
            "body.ok was false");
        row("status and body", "{}", "http.status == 200 && body.ok == true", Verdict::Unknown,
            "no field");
        row("header", "{}", "http.headers[\"Content-Type\"] == \"application/json\"", Verdict::Pass,
            "");
        row("no header", "{}", "http.headers[\"etag\"] == \"1\"", Verdict::Unknown, "no header");
        row("time", "{}", "http.total < 50ms", Verdict::Pass, "42 ms");
        row("not measured", "{}", "http.tls < 50ms", Verdict::Unknown, "already");
        row("another root", "{}", "tcp.connected", Verdict::Unknown, "does not observe");
    }

    void decidesABody() {
        QFETCH(QByteArray, body);
        QFETCH(QString, condition);
        QFETCH(Verdict, verdict);
        QFETCH(QString, reason);
        const Observation observation = observed(condition, answered(body));
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
        QVERIFY2(observation.reason.contains(reason), qPrintable(observation.reason));
        QVERIFY(!observation.reason.isEmpty());
        QVERIFY(!observation.leaves.isEmpty());
    }

    void ofAHugeBodyNothingIsKnown() {
        const ProbeReply reply = answered("{\"ok\":true}", 200, models::BodyEnd::Cut);
        QCOMPARE(observed(QStringLiteral("body.ok == true"), reply).verdict, Verdict::Unknown);
        QCOMPARE(observed(QStringLiteral("http.status == 200"), reply).verdict, Verdict::Pass);
    }

    void withoutAnAnswerThereIsNothingToDecide() {
        ProbeReply reply;
        reply.at = now;
        reply.reason = QStringLiteral("There is no network.");
        const QString anything = QStringLiteral("!(http.status == 500)");
        QCOMPARE(observed(anything, reply).verdict, Verdict::Unknown);
        reply.outcome = ProbeReply::Outcome::Failed;
        QCOMPARE(observed(anything, reply).verdict, Verdict::Fail);
        QCOMPARE(observed(anything, reply).reason, reply.reason);
    }

    void everyKindHasADefault_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("number");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const char* name, Probe::Kind kind, int number, Verdict verdict) {
            QTest::newRow(name) << int(kind) << number << verdict;
        };
        row("http 200", Probe::Kind::Http, 200, Verdict::Pass);
        row("http 204", Probe::Kind::Http, 204, Verdict::Pass);
        row("http 304", Probe::Kind::Http, 304, Verdict::Fail);
        row("http 503", Probe::Kind::Http, 503, Verdict::Fail);
        row("websocket 101", Probe::Kind::WebSocket, 101, Verdict::Pass);
        row("websocket 200", Probe::Kind::WebSocket, 200, Verdict::Fail);
        row("tcp", Probe::Kind::Tcp, 0, Verdict::Pass);
        row("tls, 20 days", Probe::Kind::Tls, 20, Verdict::Pass);
        row("tls, 10 days", Probe::Kind::Tls, 10, Verdict::Fail);
        row("tls, over", Probe::Kind::Tls, -1, Verdict::Fail);
        row("command 0", Probe::Kind::Command, 0, Verdict::Pass);
        row("command 1", Probe::Kind::Command, 1, Verdict::Fail);
        row("container", Probe::Kind::Container, 0, Verdict::Pass);
    }

    void everyKindHasADefault() {
        QFETCH(int, kind);
        QFETCH(int, number);
        QFETCH(Verdict, verdict);
        const auto which = Probe::Kind(kind);
        ProbeReply reply = answered({}, number);
        reply.exitCode = number;
        reply.output = QStringLiteral("running");
        reply.certificate = models::CertificateFacts{};
        reply.certificate->expires = {now.nanoseconds + number * 86'400'000'000'000};
        const Observation observation = observed(models::defaultCondition(which), reply, which);
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
    }

    void aCertificateThatIsNotTrustedFails() {
        ProbeReply reply = answered({});
        reply.certificate = models::CertificateFacts{};
        reply.certificate->expires = {now.nanoseconds + 90 * 86'400'000'000'000};
        reply.certificate->problem = QStringLiteral("self-signed");
        const QString condition = models::defaultCondition(Probe::Kind::Tls);
        QCOMPARE(observed(condition, reply, Probe::Kind::Tls).verdict, Verdict::Fail);
        reply.certificate.reset();
        QCOMPARE(observed(condition, reply, Probe::Kind::Tls).verdict, Verdict::Unknown);
    }

    void readsWindowsOfThePast_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("p95") << QStringLiteral("p95(http.total, 5m) <= 195ms") << Verdict::Pass;
        QTest::newRow("p95, bad") << QStringLiteral("p95(http.total, 5m) < 185ms") << Verdict::Fail;
        QTest::newRow("rate") << QStringLiteral("success_rate(http, 5m) == 50%") << Verdict::Pass;
        QTest::newRow("errors") << QStringLiteral("error_rate(http, 5m) > 60%") << Verdict::Fail;
        QTest::newRow("count") << QStringLiteral("count(http, 5m) == 40") << Verdict::Pass;
        QTest::newRow("nothing") << QStringLiteral("p95(http.ttfb, 5m) < 1s") << Verdict::Unknown;
        QTest::newRow("burn") << QStringLiteral("burn(99.9%, 5m) < 14") << Verdict::Fail;
        QTest::newRow("a metric") << QStringLiteral("prom(\"errors\", 5m) < 1") << Verdict::Unknown;
    }

    void readsWindowsOfThePast() {
        QFETCH(QString, condition);
        QFETCH(Verdict, verdict);
        HealthSeries past;
        for (int i = 0; i < 40; ++i)
            past.push({now.nanoseconds - (40 - i) * 1'000'000'000LL},
                      i % 2 == 0 ? Verdict::Fail : Verdict::Pass,
                      std::chrono::milliseconds(i / 2 * 10 + 10));
        const Observation observation =
            observed(condition, answered("{}"), Probe::Kind::Http, past);
        QVERIFY2(observation.verdict == verdict, qPrintable(observation.reason));
        // Without a past nothing of that passes.
        QVERIFY(observed(condition, answered("{}")).verdict != Verdict::Pass);
    }
};

QTEST_GUILESS_MAIN(TestProbeReading)
#include "tst_probereading.moc"

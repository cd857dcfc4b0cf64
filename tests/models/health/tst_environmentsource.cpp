// SPDX-License-Identifier: GPL-3.0-or-later
// The conditions that people write for gates and triggers, over what was really observed.
#include "models/health/environmentsource.h"
#include "models/health/probereading.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};
const QString commit = QStringLiteral("9f2c1d7a00112233445566778899aabbccddeeff");

Instant before(std::chrono::nanoseconds time) {
    return {now.nanoseconds - time.count()};
}

/// One of an hour's checks, one every ten seconds.
struct Check {
    int status = 200;
    std::chrono::milliseconds total{0};
    QByteArray body;
};

/// An environment with one service and its metrics; what is not given is not observed.
class Shop {
public:
    Shop() {
        Probe web;
        web.name = u"health"_qs;
        web.every = 10s;
        web.pass = u"http.status == 200"_qs;
        web.references = {{u"sla.p95"_qs, {0.5, Unit::Time}},
                          {u"baseline.p95"_qs, {0.3, Unit::Time}}};
        m_health = std::make_unique<ProbeHealth>(*ProbeHealth::make(web));
        Probe tls;
        tls.kind = Probe::Kind::Tls;
        tls.every = 1h;
        m_tls = std::make_unique<ProbeHealth>(*ProbeHealth::make(tls));
        Metric ratio;
        ratio.name = u"error_ratio"_qs;
        ratio.scale = Metric::Scale::Ratio;
        ratio.every = 10s;
        m_ratio = std::make_unique<MetricHealth>(ratio);
        m_metrics = {m_ratio.get()};
        m_log = std::make_unique<LogTally>(QStringList{u"critical"_qs});
        m_services = {{u"portal"_qs, {m_health.get(), m_tls.get()}, web.references, {m_log.get()}}};
    }

    /// 360 of them, the newest one ten seconds ago.
    void checked(const std::function<Check(int)>& what) {
        for (int i = 0; i < 360; ++i) {
            const Check check = what(i);
            ProbeReply reply;
            reply.outcome =
                check.status == 0 ? ProbeReply::Outcome::Failed : ProbeReply::Outcome::Answered;
            reply.at = before((360 - i) * 10s);
            reply.status = check.status;
            reply.phases.total = check.total;
            readBody(check.body, BodyEnd::Whole, reply);
            m_health->take(reply, {});
        }
    }
    void certified(std::chrono::hours left) {
        ProbeReply reply;
        reply.outcome = ProbeReply::Outcome::Answered;
        reply.at = before(1min);
        reply.certificate = CertificateFacts{};
        reply.certificate->expires = {reply.at.nanoseconds +
                                      std::chrono::nanoseconds(left).count()};
        m_tls->take(reply, {});
    }
    void measured(double ratio) {
        for (int i = 30; i > 0; --i)
            m_ratio->take({before(i * 10s), Quantity{ratio, Unit::None}});
    }
    /// Followed for so long up to now, with a line of the class critical in the middle or not.
    void logged(std::chrono::hours time, bool hasLine) {
        m_log->cover(before(time), now);
        if (hasLine)
            m_log->count(0, before(time / 2));
    }
    void targets(const QString& target) { m_target = {{u"commit"_qs, target}}; }

    [[nodiscard]] ConditionReading read(const QString& condition, Instant at = now) const {
        EnvironmentSource source(m_services, m_metrics, at, 5);
        source.setTarget(m_target);
        return readCondition(*Condition::parse(condition), source);
    }

private:
    std::unique_ptr<ProbeHealth> m_health;
    std::unique_ptr<ProbeHealth> m_tls;
    std::unique_ptr<LogTally> m_log;
    std::vector<ServiceHealth> m_services;
    std::unique_ptr<MetricHealth> m_ratio;
    std::vector<const MetricHealth*> m_metrics;
    QMap<QString, QString> m_target;
};

using Make = std::function<void(Shop&)>;

/// The same check each time.
Make always(int status, std::chrono::milliseconds total, const QByteArray& body = {}) {
    return [=](Shop& shop) { shop.checked([=](int) { return Check{status, total, body}; }); };
}

/// So many percent of them fail.
Make failing(int percent) {
    return [percent](Shop& shop) {
        shop.checked([percent](int i) {
            return Check{i * percent % 100 < percent ? 503 : 200, 100ms, {}};
        });
    };
}

} // namespace

Q_DECLARE_METATYPE(Make)

class TestEnvironmentSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decidesOnGoodBadAndMissingData_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Make>("good");
        QTest::addColumn<Make>("bad");
        QTest::addColumn<Make>("missing");
        const Make nothing = [](Shop&) {};
        const auto row = [](const char16_t* text, Make good, Make bad, Make missing) {
            const QString condition = QString::fromUtf16(text);
            QTest::addRow("%s", qPrintable(condition))
                << condition << std::move(good) << std::move(bad) << std::move(missing);
        };
        row(u"http.status in [200, 204] && body.ok == true && body.mediamtx_ok == true",
            always(200, 50ms, "{\"ok\":true,\"mediamtx_ok\":true}"),
            always(200, 50ms, "{\"ok\":true,\"mediamtx_ok\":false}"),
            always(200, 50ms, "{\"ok\":true}"));
        const QByteArray version = "{\"commit\":\"9f2c1d7\"}";
        const auto aims = [](const QString& target, Make then) {
            return [target, then = std::move(then)](Shop& shop) {
                shop.targets(target);
                then(shop);
            };
        };
        row(u"sha_eq(body.commit, target.commit)", aims(commit, always(200, 50ms, version)),
            aims(QString(40, u'1'), always(200, 50ms, version)), always(200, 50ms, version));
        row(
            u"tls.expires_in > 14d", [](Shop& shop) { shop.certified(24h * 20); },
            [](Shop& shop) { shop.certified(24h * 3); }, nothing);
        row(u"p95(http.total, 5m) <= 1.5x baseline.p95", always(200, 400ms), always(200, 500ms),
            always(503, 100ms));
        row(u"success_rate(http, 5m) > 95%", failing(0), failing(20), nothing);
        row(u"p95(http.total, 5m) > 1.5x sla.p95", always(200, 900ms), always(200, 600ms), nothing);
        row(u"error_rate(http, 1m) > 10%", failing(100), failing(0), nothing);
        row(
            u"prom(\"error_ratio\", 5m) < 10%", [](Shop& shop) { shop.measured(0.02); },
            [](Shop& shop) { shop.measured(0.2); }, nothing);
        row(
            u"error_ratio < 10%", [](Shop& shop) { shop.measured(0.02); },
            [](Shop& shop) { shop.measured(0.2); },
            [](Shop& shop) { shop.measured(std::nan("")); });
        row(u"burn(99.9%, 1h) > 14.4 && burn(99.9%, 5m) > 14.4", failing(90), failing(0), nothing);
        row(u"apdex(500ms, 5m) >= 0.85", always(200, 400ms), always(200, 1900ms), nothing);
        const auto certified = [](Make then) {
            return [then = std::move(then)](Shop& shop) {
                shop.certified(24h * 20);
                then(shop);
            };
        };
        row(
            u"count(log.critical, 24h) == 0 && coverage(log.critical, 24h) >= 99%",
            [](Shop& shop) { shop.logged(24h, false); }, [](Shop& shop) { shop.logged(24h, true); },
            [](Shop& shop) { shop.targets(commit); });
        // That one of the probes was never seen is not known to be good.
        row(u"count(probe.down, 1h) == 0 && coverage(http, 1h) >= 99%",
            certified(always(200, 100ms)), certified(always(503, 100ms)), always(200, 100ms));
    }
    void decidesOnGoodBadAndMissingData() {
        QFETCH(QString, condition);
        QFETCH(Make, good);
        QFETCH(Make, bad);
        QFETCH(Make, missing);
        for (const auto& [make, verdict] :
             {std::pair(good, Verdict::Pass), std::pair(bad, Verdict::Fail),
              std::pair(missing, Verdict::Unknown)}) {
            Shop shop;
            make(shop);
            const ConditionReading reading = shop.read(condition);
            QStringList words;
            for (const LeafReading& leaf : reading.leaves)
                words.append(leaf.words);
            QVERIFY2(reading.verdict == verdict, qPrintable(words.join(u'\n')));
        }
    }

    void whatIsTooOldIsNotKnown_data() {
        QTest::addColumn<QString>("condition");
        QTest::newRow("a value") << u"http.status == 200"_qs;
        QTest::newRow("a window") << u"success_rate(http, 1h) > 95%"_qs;
        QTest::newRow("a metric") << u"error_ratio < 10%"_qs;
        QTest::newRow("a metric over time") << u"prom(\"error_ratio\", 1h) < 10%"_qs;
    }
    void whatIsTooOldIsNotKnown() {
        QFETCH(QString, condition);
        Shop shop;
        shop.checked([](int) { return Check{200, 50ms, {}}; });
        shop.measured(0.02);
        QCOMPARE(shop.read(condition).verdict, Verdict::Pass);
        const ConditionReading later =
            shop.read(condition, {now.nanoseconds + std::chrono::nanoseconds(10min).count()});
        QCOMPARE(later.verdict, Verdict::Unknown);
        QVERIFY2(later.leaves.first().words.contains(u" ago."),
                 qPrintable(later.leaves.first().words));
    }

    void aPathNamesTheServiceAndTheProbe_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const char16_t* condition, Verdict verdict) {
            QTest::addRow("%s", qPrintable(QString::fromUtf16(condition)))
                << QString::fromUtf16(condition) << verdict;
        };
        row(u"portal.http.status == 200", Verdict::Pass);
        row(u"portal.health.http.status == 200", Verdict::Pass);
        row(u"p95(portal.health.http.total, 5m) < 1s", Verdict::Pass);
        row(u"sla.p95 == 500ms", Verdict::Pass);
        row(u"portal.baseline.p95 < portal.sla.p95", Verdict::Pass);
        row(u"portal.sla.p99 < 1s", Verdict::Unknown);
        row(u"portal.tcp.connected", Verdict::Unknown);
        row(u"worker.http.status == 200", Verdict::Unknown);
        row(u"prom(\"cpu\") < 1", Verdict::Unknown);
        row(u"count(portal.log.critical, 1h) == 0", Verdict::Unknown);
        row(u"count(log.warning, 1h) == 0", Verdict::Unknown);
        row(u"log.critical == 0", Verdict::Unknown);
        row(u"target.commit == \"a\"", Verdict::Unknown);
    }
    void aPathNamesTheServiceAndTheProbe() {
        QFETCH(QString, condition);
        Shop shop;
        shop.checked([](int) { return Check{200, 50ms, {}}; });
        QTEST(shop.read(condition).verdict, "verdict");
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentSource)
#include "tst_environmentsource.moc"

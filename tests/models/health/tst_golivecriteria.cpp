// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers by which an interview service goes live and is rolled back: each holds, fails and is
// not known.
#include "models/health/environmentsource.h"
#include "models/health/trigger.h"

#include <QTest>

#include <map>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};

Instant before(std::chrono::nanoseconds time) {
    return {now.nanoseconds - time.count()};
}

/// An environment with metrics alone, read every ten seconds for so long.
class Interviews {
public:
    void measured(const QString& name, double number, std::chrono::seconds time = 10min) {
        Metric metric;
        metric.name = name;
        metric.every = 10s;
        auto& health = m_health.emplace(name, MetricHealth(metric)).first->second;
        for (std::chrono::seconds ago = time; ago > 0s; ago -= 10s)
            health.take({before(ago), Quantity{number, Unit::None}});
    }
    /// 360 requests of so long, to be compared with an agreed p95 of 500 ms.
    void answered(std::chrono::milliseconds total) {
        Probe web;
        web.every = 10s;
        web.pass = u"http.status == 200"_qs;
        m_web.emplace(*ProbeHealth::make(web));
        for (int i = 360; i > 0; --i) {
            ProbeReply reply;
            reply.outcome = ProbeReply::Outcome::Answered;
            reply.at = before(i * 10s);
            reply.status = 200;
            reply.phases.total = total;
            m_web->take(reply, {});
        }
    }

    template <class Ask>
    void asked(Ask ask) const {
        std::vector<const MetricHealth*> metrics;
        for (const auto& [name, health] : m_health)
            metrics.push_back(&health);
        std::vector<ServiceHealth> services{
            {u"interviews"_qs, {}, {{u"sla.p95"_qs, {0.5, Unit::Time}}}}};
        if (m_web)
            services.front().probes.push_back(&*m_web);
        ask(EnvironmentSource(services, metrics, now, 5));
    }

private:
    std::map<QString, MetricHealth> m_health;
    std::optional<ProbeHealth> m_web;
};

using Make = std::function<void(Interviews&)>;

Make measured(const QString& name, double number) {
    return [=](Interviews& interviews) { interviews.measured(name, number); };
}
Make answered(std::chrono::milliseconds total) {
    return [=](Interviews& interviews) { interviews.answered(total); };
}
Make forADay(double errors, std::chrono::seconds seen) {
    return [=](Interviews& interviews) { interviews.measured(u"critical"_qs, errors, seen); };
}
const Make nothing = [](Interviews&) {};

void addRow(const char* name, const QString& condition, const Make& holds, const Make& fails,
            const Make& missing = nothing) {
    QTest::newRow(name) << condition << holds << fails << missing;
}

} // namespace

Q_DECLARE_METATYPE(Make)

class TestGoLiveCriteria : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decides_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<Make>("holds");
        QTest::addColumn<Make>("fails");
        QTest::addColumn<Make>("missing");
        addRow("VM provisioning", u"vm_provisioning > 95%"_qs,
               measured(u"vm_provisioning"_qs, 0.97), measured(u"vm_provisioning"_qs, 0.95));
        addRow("connection", u"connection > 90%"_qs, measured(u"connection"_qs, 0.91),
               measured(u"connection"_qs, 0.9));
        addRow("connection, to roll back", u"connection < 70%"_qs, measured(u"connection"_qs, 0.69),
               measured(u"connection"_qs, 0.7));
        addRow("session completion", u"session_completion > 95%"_qs,
               measured(u"session_completion"_qs, 0.96), measured(u"session_completion"_qs, 0.94));
        addRow("edge functions", u"edge_functions > 99%"_qs, measured(u"edge_functions"_qs, 0.995),
               measured(u"edge_functions"_qs, 0.99));
        addRow("SLA exceeded by half",
               u"p95(interviews.http.total, 5m) > 1.5x interviews.sla.p95"_qs, answered(900ms),
               answered(600ms));
        addRow("errors above a tenth", u"errors > 10%"_qs, measured(u"errors"_qs, 0.11),
               measured(u"errors"_qs, 0.1));
        // A day of which an hour was not seen is not known to be without errors.
        addRow("a day without critical errors",
               u"max(critical, 24h) == 0 && coverage(critical, 24h) >= 99%"_qs, forADay(0, 24h),
               forADay(1, 24h), nothing);
    }
    void decides() {
        QFETCH(QString, condition);
        QFETCH(Make, holds);
        QFETCH(Make, fails);
        QFETCH(Make, missing);
        for (const auto& [make, verdict] :
             {std::pair(holds, Verdict::Pass), std::pair(fails, Verdict::Fail),
              std::pair(missing, Verdict::Unknown)}) {
            Interviews interviews;
            make(interviews);
            interviews.asked([&](const EnvironmentSource& source) {
                const ConditionReading reading =
                    readCondition(*Condition::parse(condition), source);
                QVERIFY2(reading.verdict == verdict,
                         qPrintable(reading.leaves.isEmpty() ? condition
                                                             : reading.leaves.first().words));
            });
        }
    }

    void aDayThatWasNotSeenIsNoDayWithoutErrors() {
        Interviews interviews;
        interviews.measured(u"critical"_qs, 0, 23h);
        interviews.asked([](const EnvironmentSource& source) {
            const auto condition =
                *Condition::parse(u"max(critical, 24h) == 0 && coverage(critical, 24h) >= 99%"_qs);
            QVERIFY(readCondition(condition, source).verdict != Verdict::Pass);
        });
    }
};

QTEST_GUILESS_MAIN(TestGoLiveCriteria)
#include "tst_golivecriteria.moc"

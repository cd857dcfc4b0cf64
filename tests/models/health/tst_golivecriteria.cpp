// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers by which Interview Insights goes live and is rolled back: each holds, fails and is
// not known. The conditions are those of the example, so that the two cannot come to differ.
#include "models/environment/workspace.h"
#include "models/health/environmentsource.h"
#include "models/health/trigger.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QTest>

#include <map>

using namespace models;
using namespace std::chrono_literals;

namespace {

const Workspace& interviews() {
    static const Workspace workspace = [] {
        QFile file(tests::sourceDir() + u"/resources/examples/interview-insights/gantry.yaml"_qs);
        return file.open(QFile::ReadOnly) ? parseWorkspace(file.readAll()) : Workspace();
    }();
    return workspace;
}

const Environment& prod() {
    static const Environment none;
    const Environment* const found = interviews().environment(u"prod"_qs);
    return found != nullptr ? *found : none;
}

const QList<LogClass>& classesOfLogs() {
    return interviews().logClasses;
}

/// What the watch after a go-live asks for: the one criterion that speaks of this.
QString criterion(const QString& of) {
    const QStringList found = prod().watch.criteria.filter(of);
    return found.size() == 1 ? found.first() : QString();
}

/// By which a rollback is proposed.
QString trigger(const QString& name) {
    for (const Trigger& one : prod().triggers) {
        if (one.name == name)
            return one.when;
    }
    return {};
}

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
    /// 360 requests of so long, of which one in so many is an error.
    void answered(std::chrono::milliseconds total, int errorEvery = 0) {
        Probe web;
        web.every = 10s;
        web.pass = u"http.status == 200"_qs;
        m_web.emplace(*ProbeHealth::make(web));
        for (int i = 360; i > 0; --i) {
            ProbeReply reply;
            reply.outcome = ProbeReply::Outcome::Answered;
            reply.at = before(i * 10s);
            reply.status = errorEvery > 0 && i % errorEvery == 0 ? 503 : 200;
            reply.phases.total = total;
            m_web->take(reply, {});
        }
    }
    /// Lines of the log were followed for so long, with so many critical ones among them.
    void logged(int critical, std::chrono::seconds seen) {
        QStringList classes;
        for (const LogClass& one : classesOfLogs())
            classes.append(one.name);
        m_log.emplace(classes);
        const Instant from = before(seen);
        m_log->cover(from, now);
        m_log->follow(now);
        for (int i = 0; i < critical; ++i)
            m_log->count(classes.indexOf(u"critical"_qs), before(1h));
    }

    template <class Ask>
    void asked(Ask ask) const {
        std::vector<const MetricHealth*> metrics;
        for (const auto& [name, health] : m_health)
            metrics.push_back(&health);
        std::vector<ServiceHealth> services;
        for (const Service& service : prod().services)
            services.push_back({service.name, {}, service.references});
        if (m_web)
            services.front().probes.push_back(&*m_web);
        if (m_log)
            services.front().logs.push_back(&*m_log);
        ask(EnvironmentSource(services, metrics, now, 5));
    }

private:
    std::map<QString, MetricHealth> m_health;
    std::optional<ProbeHealth> m_web; ///< of the page, the first service
    std::optional<LogTally> m_log;
};

using Make = std::function<void(Interviews&)>;

Make measured(const QString& name, double number) {
    return [=](Interviews& interviews) { interviews.measured(name, number); };
}
Make answered(std::chrono::milliseconds total) {
    return [=](Interviews& interviews) { interviews.answered(total); };
}
Make failedOnceIn(int requests) {
    return [=](Interviews& interviews) { interviews.answered(100ms, requests); };
}
Make logged(int critical, std::chrono::seconds seen) {
    return [=](Interviews& interviews) { interviews.logged(critical, seen); };
}
const Make nothing = [](Interviews&) {};

void addRow(const char* name, const QString& condition, const Make& holds, const Make& fails) {
    QTest::newRow(name) << condition << holds << fails << nothing;
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
        addRow("VM provisioning", criterion(u"vm_provisioning"_qs),
               measured(u"vm_provisioning"_qs, 0.951), measured(u"vm_provisioning"_qs, 0.95));
        addRow("connection", criterion(u"connection_success"_qs),
               measured(u"connection_success"_qs, 0.901), measured(u"connection_success"_qs, 0.9));
        addRow("connection, to roll back", trigger(u"Connections fail"_qs),
               measured(u"connection_success"_qs, 0.699), measured(u"connection_success"_qs, 0.7));
        addRow("session completion", criterion(u"session_completion"_qs),
               measured(u"session_completion"_qs, 0.951), measured(u"session_completion"_qs, 0.95));
        addRow("edge functions", criterion(u"edge_functions"_qs),
               measured(u"edge_functions"_qs, 0.991), measured(u"edge_functions"_qs, 0.99));
        // Agreed are 500 ms.
        addRow("SLA exceeded by half", trigger(u"Answers exceed the SLA by half"_qs),
               answered(800ms), answered(700ms));
        addRow("errors above a tenth", trigger(u"One answer in ten is an error"_qs),
               failedOnceIn(6), failedOnceIn(15));
        addRow("a day without critical errors", criterion(u"log.critical"_qs), logged(0, 24h),
               logged(1, 24h));
    }
    void decides() {
        QFETCH(QString, condition);
        QVERIFY2(!condition.isEmpty(), "the example does not ask for it");
        QFETCH(Make, holds);
        QFETCH(Make, fails);
        QFETCH(Make, missing);
        for (const auto& [make, verdict] :
             {std::pair(holds, Verdict::Pass), std::pair(fails, Verdict::Fail),
              std::pair(missing, Verdict::Unknown)}) {
            Interviews interviews;
            make(interviews);
            interviews.asked([&](const EnvironmentSource& source) {
                const auto parsed = Condition::parse(condition);
                QVERIFY2(parsed, qPrintable(condition));
                const ConditionReading reading = readCondition(*parsed, source);
                QVERIFY2(reading.verdict == verdict,
                         qPrintable(reading.leaves.isEmpty() ? condition
                                                             : reading.leaves.first().words));
            });
        }
    }

    // A day of which an hour was not followed is not known to be without errors.
    void aDayThatWasNotSeenIsNoDayWithoutErrors() {
        Interviews interviews;
        interviews.logged(0, 23h);
        interviews.asked([](const EnvironmentSource& source) {
            const auto condition = Condition::parse(criterion(u"log.critical"_qs));
            QVERIFY(readCondition(*condition, source).verdict != Verdict::Pass);
        });
    }

    void theDemoAsksForTheSame() {
        const Environment* const demo = interviews().environment(u"demo"_qs);
        QVERIFY(demo != nullptr);
        QCOMPARE(demo->triggers, prod().triggers);
        for (const QString& one : demo->watch.criteria)
            QVERIFY2(prod().watch.criteria.contains(one), qPrintable(one));
    }
};

QTEST_GUILESS_MAIN(TestGoLiveCriteria)
#include "tst_golivecriteria.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/environmentwatch.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QSignalSpy>
#include <QTest>

using app::EnvironmentWatch;
using models::HealthValue;
using models::Instant;
using models::MetricReading;
using models::Missing;
using models::Quantity;
using models::TriggerState;
using models::Unit;
using models::Workspace;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int patience = 30'000; ///< ms

Workspace shop(const QByteArray& query = "sum(errors)") {
    Workspace workspace = models::parseWorkspace(
        "gantry: 1\nname: Shop\nenvironments:\n  prod:\n    prometheus: http://127.0.0.1:9090\n"
        "    services:\n      portal: { health: { http: \"http://127.0.0.1:1/\" } }\n"
        "    metrics:\n      errors: { prometheus: \"" +
        query +
        "\", unit: ratio, every: 1s }\n"
        "      queue: { command: \"wc -l < queue\", every: 1s }\n"
        "    triggers:\n      - { name: errors, when: \"errors > 10%\", every: 1s }\n"
        "  dev: {}\n");
    // Trust is remembered from one test to the next.
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

/// Reads nothing: a test sees what was asked, and answers.
class Source final : public app::MetricSource {
public:
    void read(const models::PrometheusServer& server, const models::Metric& metric, Instant,
              Done done) override {
        urls.append(server.url);
        queries.append(metric.query);
        asked.push_back(std::move(done));
    }
    void readPast(const models::PrometheusServer&, const models::Metric&, Instant, Instant,
                  PastDone done) override {
        done(std::exchange(past, {}));
    }

    QStringList urls;
    QStringList queries;
    std::vector<Done> asked;
    QList<MetricReading> past;
};

HealthValue plain(double number) {
    return Quantity{number, Unit::None};
}

} // namespace

class TestEnvironmentWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_now = {1'800'000'000 * second};
        const auto clock = [this] { return m_now; };
        m_prober = std::make_unique<tests::FakeProber>();
        m_trust = std::make_unique<app::TrustKeeper>();
        m_health = std::make_unique<app::HealthService>(*m_prober, *m_trust, clock);
        m_source = std::make_unique<Source>();
        m_watch = std::make_unique<EnvironmentWatch>(*m_health, *m_prober, *m_source, clock);
        QVERIFY(shop().diagnostics.isEmpty());
    }
    void cleanup() {
        m_watch.reset();
        m_health.reset();
    }

    void nothingIsReadWithoutTrust() {
        m_health->watch(shop());
        QCOMPARE(m_watch->environments().size(), 1U);
        m_now.nanoseconds += 100 * second;
        QCoreApplication::processEvents();
        QVERIFY(m_source->asked.empty());
        m_health->trustWorkspace();
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 1U, patience);
        QCOMPARE(m_source->urls.value(0), QStringLiteral("http://127.0.0.1:9090"));
        QCOMPARE(m_source->queries.value(0), QStringLiteral("sum(errors)"));
    }

    void aCommandGivesANumber_data() {
        QTest::addColumn<QString>("output");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("a number") << QStringLiteral("17") << 0 << true;
        QTest::newRow("nothing") << QString() << 0 << false;
        QTest::newRow("words") << QStringLiteral("17 lines") << 0 << false;
        QTest::newRow("a failure") << QStringLiteral("17") << 1 << false;
    }
    void aCommandGivesANumber() {
        watchTrusted();
        const auto command = [this] {
            return std::find_if(
                m_prober->asked.begin(), m_prober->asked.end(),
                [](const auto& one) { return one.probe.kind == models::Probe::Kind::Command; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(command() != m_prober->asked.end(), patience);
        QCOMPARE(command()->probe.target, QStringLiteral("wc -l < queue"));
        models::ProbeReply reply;
        reply.outcome = models::ProbeReply::Outcome::Answered;
        reply.at = m_now;
        QFETCH(QString, output);
        QFETCH(int, status);
        QFETCH(bool, isKnown);
        reply.output = output;
        reply.exitCode = status;
        command()->done(reply);
        const HealthValue value = m_watch->metric(1).value(m_now).value;
        QCOMPARE(std::holds_alternative<Quantity>(value), isKnown);
        if (isKnown)
            QCOMPARE(value, plain(17));
    }

    void aTriggerTurns() {
        QSignalSpy turned(m_watch.get(), &EnvironmentWatch::triggerTurned);
        watchTrusted();
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 1U, patience);
        QCOMPARE(m_watch->trigger(0).state(m_now), TriggerState::Unknown);
        const auto readsThen = [this](const HealthValue& value) {
            const std::size_t before = m_source->asked.size();
            m_source->asked.back()({m_now, value});
            m_now.nanoseconds += 2 * second;
            QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), before + 1, patience);
        };
        readsThen(plain(0.01));
        QTRY_COMPARE_WITH_TIMEOUT(m_watch->trigger(0).state(m_now), TriggerState::Clear, patience);
        QCOMPARE(turned.size(), 0);
        readsThen(plain(0.2));
        QTRY_COMPARE_WITH_TIMEOUT(m_watch->trigger(0).state(m_now), TriggerState::Holds, patience);
        QCOMPARE(turned.size(), 1);
        QVERIFY(m_watch->trigger(0).words(m_now).contains(QStringLiteral("errors was 20 %")));
        // That it is not known any more does not end it.
        readsThen(Missing{QStringLiteral("It is away.")});
        QCOMPARE(m_watch->trigger(0).state(m_now), TriggerState::Holds);
        readsThen(plain(0.02));
        QTRY_COMPARE_WITH_TIMEOUT(m_watch->trigger(0).state(m_now), TriggerState::Clear, patience);
        QCOMPARE(turned.size(), 2);
    }

    void whatWasSeenStaysWhenTrustIsTakenBack() {
        watchTrusted();
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 1U, patience);
        const Instant seen = m_now;
        m_source->asked.back()({m_now, plain(0.2)});
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE_WITH_TIMEOUT(m_watch->trigger(0).state(m_now), TriggerState::Holds, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 2U, patience);
        const Instant decided = m_watch->trigger(0).lastAt();
        m_health->distrustWorkspace();
        QCOMPARE(m_health->trust(), app::TrustKeeper::Standing::Unknown);
        m_source->asked.back()({m_now, plain(0.01)}); // what was under way counts no more
        m_now.nanoseconds += 100 * second;
        QCoreApplication::processEvents();
        QCOMPARE(m_source->asked.size(), 2U);
        QCOMPARE(m_watch->metric(0).last()->at, seen);
        QCOMPARE(m_watch->trigger(0).state(m_now), TriggerState::Holds);
        QCOMPARE(m_watch->trigger(0).lastAt(), decided);
        // What is declared otherwise has not been decided.
        m_health->watch(shop("sum(other)"));
        QCOMPARE(m_watch->trigger(0).state(m_now), TriggerState::Unknown);
    }

    void whatTheServerKnowsComesFirst() {
        for (int i = 10; i > 0; --i)
            m_source->past.append({{m_now.nanoseconds - i * second}, plain(0.04)});
        watchTrusted();
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 1U, patience);
        m_source->asked.back()({m_now, plain(0.15)});
        const auto condition = models::Condition::parse(QStringLiteral("avg(errors, 1m) < 5%"));
        const models::ConditionReading reading = m_watch->read(QStringLiteral("prod"), *condition);
        QVERIFY2(reading.leaves.first().words.contains(QStringLiteral("from 10 samples")),
                 qPrintable(reading.leaves.first().words));
        QCOMPARE(reading.verdict, models::Verdict::Pass);
    }

    void keepsWhatTheSameMetricHasShown() {
        watchTrusted();
        QTRY_COMPARE_WITH_TIMEOUT(m_source->asked.size(), 1U, patience);
        m_source->asked.back()({m_now, plain(0.5)});
        Workspace renamed = shop();
        renamed.name = QStringLiteral("Another name");
        m_health->watch(renamed);
        QCOMPARE(m_watch->metric(0).value(m_now).value, plain(0.5));
        m_health->watch(shop("sum(other)"));
        QVERIFY(std::holds_alternative<Missing>(m_watch->metric(0).value(m_now).value));
        // An answer to an earlier question is not one to this.
        m_source->asked.front()({m_now, plain(0.9)});
        QVERIFY(std::holds_alternative<Missing>(m_watch->metric(0).value(m_now).value));
    }

private:
    void watchTrusted() {
        m_trust->vouchFor(shop().root);
        m_health->watch(shop());
        m_now.nanoseconds += 2 * second;
    }

    const tests::TemporaryHome m_home;
    Instant m_now;
    std::unique_ptr<tests::FakeProber> m_prober;
    std::unique_ptr<app::TrustKeeper> m_trust;
    std::unique_ptr<app::HealthService> m_health;
    std::unique_ptr<Source> m_source;
    std::unique_ptr<EnvironmentWatch> m_watch;
};

QTEST_GUILESS_MAIN(TestEnvironmentWatch)
#include "tst_environmentwatch.moc"

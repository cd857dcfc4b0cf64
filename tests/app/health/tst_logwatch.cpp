// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/environmentwatch.h"
#include "app/health/logwatch.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/stampedline.h"
#include "tests/support/temporaryhome.h"

#include <QTest>

#include <utility>

using app::LogStreamState;
using models::Instant;
using models::Verdict;

namespace {

using namespace std::chrono_literals;

const QByteArray logClasses = "log_classes: { critical: \"CRITICAL|FATAL\" }\n";

models::Workspace workspaceWith(const QByteArray& more = logClasses) {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nname: Shop\nenvironments:\n  prod:\n    services:\n"
        "      portal: { container: portal }\n      worker: { logs: { file: /var/log/w.log } }\n" +
        more);
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

} // namespace

class TestLogWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_now = Instant::fromString(u"2026-11-21T15:00:00.000000000Z");
        const auto clock = [this] { return m_now; };
        m_trust = std::make_unique<app::TrustKeeper>();
        m_trust->distrust(workspaceWith());
        m_prober = std::make_unique<tests::FakeProber>();
        m_metrics = std::make_unique<tests::FakeMetricSource>();
        m_logs = std::make_unique<tests::FakeLogService>();
        m_health = std::make_unique<app::HealthService>(*m_prober, *m_trust, clock);
        m_watch = std::make_unique<app::LogWatch>(*m_health, *m_logs, clock);
        m_conditions =
            std::make_unique<app::EnvironmentWatch>(*m_health, *m_prober, *m_metrics, clock);
        m_conditions->readLogs(*m_watch);
    }
    void cleanup() {
        m_conditions.reset();
        m_watch.reset();
        m_health.reset();
    }

    void nothingIsFollowedWithoutTrust() {
        m_health->watch(workspaceWith());
        QVERIFY(m_logs->followed.isEmpty());
        m_trust->trust(workspaceWith());
        QCOMPARE(m_logs->followed.size(), 2);
        for (const app::LogSource& source : std::as_const(m_logs->followed))
            QCOMPARE(source.askedBy, models::AskedBy::Program); // no person wants a host for it
        m_health->watch({});
        QVERIFY(m_logs->followed.isEmpty());
    }

    void whatWasCountedStaysWhenTrustIsTakenBack() {
        const quint64 portal = begin();
        pass(5min);
        arrive(portal, tests::stamped(0, "CRITICAL disk"));
        const auto lines = [this] {
            const auto tallies = m_watch->tallies(u"prod"_qs, u"portal"_qs);
            return tallies.empty() ? 0 : tallies[0]->lines(0, {}, m_now);
        };
        QCOMPARE(lines(), 1U);
        const Instant until = m_now;
        m_health->distrustWorkspace();
        QVERIFY(m_logs->followed.isEmpty());
        arrive(portal, tests::stamped(0, "CRITICAL again")); // was on its way
        pass(5min);
        QCOMPARE(lines(), 1U);
        QCOMPARE(m_watch->tallies(u"prod"_qs, u"portal"_qs)[0]->lastFollowed(m_now), until);
        QCOMPARE(verdict("count(portal.log.critical, 2h) == 1"), Verdict::Unknown);
        m_trust->trust(workspaceWith());
        QCOMPARE(m_logs->followed.size(), 2);
        QCOMPARE(lines(), 1U);
        QCOMPARE(m_watch->tallies(u"prod"_qs, u"portal"_qs).size(), 1U);
    }

    void nothingIsFollowedWithoutClasses() {
        m_trust->trust(workspaceWith({}));
        m_health->watch(workspaceWith({}));
        QVERIFY(m_logs->followed.isEmpty());
    }

    void linesCountByTheirOwnTime() {
        const quint64 portal = begin();
        arrive(portal, tests::stamped(0, "CRITICAL disk") + tests::stamped(3'500, "all good") +
                           tests::stamped(3'599, "a FATAL error"));
        QCOMPARE(m_logs->acknowledged.value(portal), 3 * qint64(tests::stamped(0, {}).size()) + 34);
        QCOMPARE(verdict("count(portal.log.critical, 10m) == 1"), Verdict::Pass);
        QCOMPARE(verdict("count(portal.log.critical, 2h) == 2"), Verdict::Pass);
        QCOMPARE(verdict("count(log.critical, 2h) == 2"), Verdict::Unknown); // the other's is lost
    }

    void aGapIsNotCovered() {
        const quint64 portal = begin();
        pass(5min);
        tell(portal, LogStreamState::State::Waiting);
        pass(5min);
        QCOMPARE(verdict("count(portal.log.critical, 10m) == 0"), Verdict::Unknown);
        tell(portal, LogStreamState::State::Following);
        QCOMPARE(verdict("coverage(portal.log.critical, 10m) == 50%"), Verdict::Pass);
        QCOMPARE(verdict("count(portal.log.critical, 10m) == 0 && "
                         "coverage(portal.log.critical, 10m) >= 99%"),
                 Verdict::Fail);
    }

    void aGapWithoutALossIsCovered() {
        const quint64 portal = begin();
        pass(5min);
        tell(portal, LogStreamState::State::Waiting);
        const Instant lost = m_now;
        pass(5min);
        tell(portal, LogStreamState::State::Following);
        Q_EMIT m_logs->arrived(
            portal, {models::LogMarker{models::LogMarker::Kind::Resumed, lost, m_now, 0, {}}});
        QCOMPARE(verdict("coverage(portal.log.critical, 10m) == 100%"), Verdict::Pass);
    }

    void otherStreamsAreNotItsOwn() {
        begin();
        Q_EMIT m_logs->arrived(99, {app::LogPiece{models::LogChannel::Stdout, "CRITICAL\n"}});
        QVERIFY(!m_logs->acknowledged.contains(99));
    }

private:
    /// The number of the portal's stream, which is followed from now on.
    quint64 begin() {
        m_trust->trust(workspaceWith());
        m_health->watch(workspaceWith());
        quint64 portal = 0;
        for (auto one = m_logs->followed.cbegin(); one != m_logs->followed.cend(); ++one) {
            if (one->container == u"portal")
                portal = one.key();
        }
        tell(portal, LogStreamState::State::Following);
        return portal;
    }
    void tell(quint64 stream, LogStreamState::State state) {
        LogStreamState told;
        told.state = state;
        Q_EMIT m_logs->stateChanged(stream, told);
    }
    void arrive(quint64 stream, const QByteArray& bytes) {
        Q_EMIT m_logs->arrived(stream, {app::LogPiece{models::LogChannel::Stdout, bytes}});
    }
    void pass(std::chrono::seconds time) {
        for (auto gone = 0s; gone < time; gone += 10s) {
            m_now.nanoseconds += std::chrono::nanoseconds(10s).count();
            m_watch->noteFollowed();
        }
    }
    [[nodiscard]] Verdict verdict(const char* condition) const {
        return m_conditions
            ->read(QStringLiteral("prod"),
                   *models::Condition::parse(QString::fromLatin1(condition)))
            .verdict;
    }

    const tests::TemporaryHome m_home;
    Instant m_now;
    std::unique_ptr<app::TrustKeeper> m_trust;
    std::unique_ptr<tests::FakeProber> m_prober;
    std::unique_ptr<tests::FakeMetricSource> m_metrics;
    std::unique_ptr<tests::FakeLogService> m_logs;
    std::unique_ptr<app::HealthService> m_health;
    std::unique_ptr<app::LogWatch> m_watch;
    std::unique_ptr<app::EnvironmentWatch> m_conditions;
};

QTEST_GUILESS_MAIN(TestLogWatch)
#include "tst_logwatch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/healthservice.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QSignalSpy>
#include <QTest>

using app::HealthService;
using app::TrustKeeper;
using models::HealthState;
using models::Instant;
using models::ProbeReply;
using models::Verdict;
using models::Workspace;
using tests::FakeProber;

namespace {

constexpr std::int64_t second = 1'000'000'000;

Workspace shop(const QByteArray& url = "http://shop.example.com/healthz") {
    Workspace workspace = models::parseWorkspace(
        "gantry: 1\nname: Shop\nenvironments:\n  prod:\n    services:\n      portal:\n"
        "        health: { http: \"" +
        url +
        "\", every: 10s }\n      worker:\n        health:\n"
        "          - { tcp: \"shop.example.com:22\", every: 10s }\n"
        "          - { tcp: \"shop.example.com:23\", every: 20s }\n      cron: {}\n");
    // Trust is remembered from one test to the next.
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

ProbeReply reply(const FakeProber::Asked& asked, int status) {
    ProbeReply reply;
    reply.outcome = status == 0 ? ProbeReply::Outcome::Failed : ProbeReply::Outcome::Answered;
    reply.reason = QStringLiteral("It is away.");
    reply.at = asked.due;
    reply.status = status;
    return reply;
}

} // namespace

class TestHealthService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_now = {1'800'000'000 * second};
        m_prober = std::make_unique<FakeProber>();
        m_trust = std::make_unique<TrustKeeper>();
        m_service = std::make_unique<HealthService>(*m_prober, *m_trust, [this] { return m_now; });
        m_workspace = shop();
    }
    void cleanup() { m_service.reset(); }

    void nothingIsProbedWithoutTrust() {
        m_service->watch(m_workspace);
        QCOMPARE(m_service->services().size(), 3U);
        QCOMPARE(m_service->trust(), TrustKeeper::Standing::Unknown);
        m_now.nanoseconds += 100 * second;
        m_service->probeNow(m_service->services()[0]);
        QCoreApplication::processEvents();
        QVERIFY(m_prober->asked.empty());
        const auto standing = m_service->standing(m_service->services()[0], m_now);
        QCOMPARE(standing.state, HealthState::Unchecked);

        m_service->trustWorkspace();
        QCOMPARE(m_service->trust(), TrustKeeper::Standing::Trusted);
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE(m_prober->asked.size(), 3U);
    }

    void aChangeOfWhatItReachesEndsTheTrust() {
        m_service->watch(m_workspace);
        m_service->trustWorkspace();
        const Workspace changed = shop("http://other.example.com/");
        QCOMPARE(m_trust->standing(changed), TrustKeeper::Standing::Changed);
        m_service->watch(changed);
        m_now.nanoseconds += 100 * second;
        QCoreApplication::processEvents();
        QVERIFY(m_prober->asked.empty());
        // Another console knows it too, and the first one is trusted still.
        QVERIFY(TrustKeeper().isTrusted(m_workspace));
        m_trust->distrust(m_workspace);
        QCOMPARE(TrustKeeper().standing(m_workspace), TrustKeeper::Standing::Unknown);
    }

    /// They are read behind gantry.yaml, and may be changed alone.
    void theRunbooksDecideAboutTheTrust() {
        QSignalSpy rebuilt(m_service.get(), &HealthService::rebuilt);
        m_service->watch(m_workspace);
        QCOMPARE(rebuilt.size(), 1);
        Workspace read = m_workspace;
        read.runbooks = QStringList{QStringLiteral("release.md")};
        read.trustHash = QStringLiteral("with runbooks");
        m_trust->trust(read);
        rebuilt.clear();
        m_service->watch(read);
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        QCOMPARE(rebuilt.size(), 0); // the services are the same ones

        Workspace changed = read;
        changed.trustHash = QStringLiteral("with others");
        m_service->watch(changed);
        QCOMPARE(m_service->trust(), TrustKeeper::Standing::Changed);
        QSignalSpy observed(m_service.get(), &HealthService::observed);
        m_prober->asked[0].done(reply(m_prober->asked[0], 200));
        QCOMPARE(observed.size(), 0);
    }

    void whatTheProgramBringsIsTrusted() {
        m_trust->vouchFor(m_workspace.root);
        QVERIFY(m_trust->isTrusted(m_workspace));
        QVERIFY(!TrustKeeper().isTrusted(m_workspace));
    }

    void tellsWhatWasObserved() {
        m_trust->vouchFor(m_workspace.root);
        QSignalSpy observed(m_service.get(), &HealthService::observed);
        m_service->watch(m_workspace);
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            FakeProber::Asked& asked = m_prober->asked[i];
            const bool isSecond = asked.probe.target.endsWith(QStringLiteral(":23"));
            asked.done(reply(asked, isSecond ? 0 : 200));
        }
        QCOMPARE(observed.size(), 3);
        const auto& services = m_service->services();
        QCOMPARE(m_service->standing(services[0], m_now).state, HealthState::Passing);
        // One of two probes fails: so does the service.
        QCOMPARE(m_service->standing(services[1], m_now).state, HealthState::Failing);
        QCOMPARE(m_service->standing(services[1], m_now).words, QStringLiteral("It is away."));
        QCOMPARE(m_service->standing(services[2], m_now).state, HealthState::Unchecked);
    }

    void eachProbeIsUnderWayOnce() {
        watchTrusted();
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        m_now.nanoseconds += 500 * second;
        m_service->probeNow(m_service->services()[0]);
        QCOMPARE(m_prober->asked.size(), 3U);
        // Once it has answered, a person can have it asked again at once.
        m_prober->asked[0].done(reply(m_prober->asked[0], 200));
        const auto& owner = m_prober->asked[0].probe.kind == models::Probe::Kind::Http
                                ? m_service->services()[0]
                                : m_service->services()[1];
        m_service->probeNow(owner);
        QTRY_COMPARE(m_prober->asked.size(), 4U);
    }

    void keepsWhatTheSameProbesObserved() {
        watchTrusted();
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            m_prober->asked[i].done(reply(m_prober->asked[i], 200));
        m_service->watch(shop("http://other.example.com/"));
        const auto& services = m_service->services();
        QCOMPARE(m_service->standing(services[0], m_now).state, HealthState::Unchecked);
        QCOMPARE(m_service->standing(services[1], m_now).state, HealthState::Passing);
        // And nothing of it is another workspace's.
        Workspace other = shop();
        other.root = QStringLiteral("/srv/other");
        m_service->watch(other);
        QCOMPARE(m_service->standing(services[1], m_now).state, HealthState::Unchecked);
    }

    void anAnswerToAnEarlierWorkspaceIsDropped() {
        watchTrusted();
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        QSignalSpy observed(m_service.get(), &HealthService::observed);
        m_service->watch({});
        QVERIFY(m_service->services().empty());
        m_prober->asked[0].done(reply(m_prober->asked[0], 200));
        QCOMPARE(observed.size(), 0);
        m_service.reset();
        m_prober->asked[1].done(reply(m_prober->asked[1], 200));
    }

    void whatIsOverdueIsUnknown() {
        watchTrusted();
        QTRY_COMPARE(m_prober->asked.size(), 3U);
        for (std::size_t i = 0; i < 3; ++i)
            m_prober->asked[i].done(reply(m_prober->asked[i], 200));
        m_now.nanoseconds += 3600 * second; // the console slept
        const auto standing = m_service->standing(m_service->services()[0], m_now);
        QCOMPARE(standing.state, HealthState::Stale);
        QCOMPARE(standing.verdict(), Verdict::Unknown);
    }

private:
    void watchTrusted() {
        m_trust->vouchFor(m_workspace.root);
        m_service->watch(m_workspace);
        m_now.nanoseconds += 2 * second;
    }

    const tests::TemporaryHome m_home;
    Instant m_now;
    std::unique_ptr<FakeProber> m_prober;
    std::unique_ptr<TrustKeeper> m_trust;
    std::unique_ptr<HealthService> m_service;
    Workspace m_workspace;
};

QTEST_GUILESS_MAIN(TestHealthService)
#include "tst_healthservice.moc"

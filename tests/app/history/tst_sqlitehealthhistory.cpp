// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/sqlitehealthhistory.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using app::HealthService;
using app::HistoryOptions;
using app::SqliteHealthHistory;
using models::HealthState;
using models::Instant;
using models::ProbeReply;
using models::Workspace;
using tests::FakeProber;

namespace {

constexpr std::int64_t second = 1'000'000'000;

Workspace shop() {
    Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  prod:\n    services:\n      portal:\n"
        "        health: { http: \"http://shop.example.com/healthz\", every: 10s }\n");
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

/// A console, from its start to its end.
struct Console {
    Console(const QString& folder, const std::function<Instant()>& now)
        : history(HistoryOptions{folder, now})
        , service(prober, trust, now) {
        service.keepIn(history);
        trust.vouchFor(QStringLiteral("/srv/shop"));
    }

    ~Console() { service.watch({}); }

    void answer(int status, Instant at) {
        ProbeReply reply;
        reply.outcome = ProbeReply::Outcome::Answered;
        reply.at = at;
        reply.status = status;
        reply.phases.total = std::chrono::milliseconds(40);
        prober.asked.front().done(reply);
    }

    SqliteHealthHistory history;
    FakeProber prober;
    app::TrustKeeper trust;
    HealthService service;
};

} // namespace

class TestSqliteHealthHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whatWasFoundIsThereAfterAStart() {
        {
            Console console(m_folder->path(), [this] { return m_now; });
            console.service.watch(shop());
            m_now.nanoseconds += 20 * second;
            QTRY_COMPARE_WITH_TIMEOUT(console.prober.asked.size(), 1U, 30'000);
            console.answer(200, {m_now.nanoseconds - 10 * second});
            console.answer(503, m_now);
        }
        m_now.nanoseconds += 600 * second;
        Console console(m_folder->path(), [this] { return m_now; });
        QSignalSpy observed(&console.service, &HealthService::observed);
        console.service.watch(shop());
        QTRY_COMPARE_WITH_TIMEOUT(observed.size(), 3, 30'000); // the last check twice, the series
        const auto standing = console.service.standing(console.service.services()[0], m_now);
        QCOMPARE(standing.state, HealthState::Stale);
        QVERIFY2(standing.words.startsWith(QStringLiteral("Last checked 10 min ago. Then: "
                                                          "http.status was 503")),
                 qPrintable(standing.words));
        const auto& probe = console.service.probe(0);
        QCOMPARE(probe.series().summary({1}, {m_now.nanoseconds + second}).checks(), 2U);
    }

    void whatComesBeforeThePastIsKeptBesideIt() {
        {
            Console console(m_folder->path(), [this] { return m_now; });
            console.service.watch(shop());
            m_now.nanoseconds += 20 * second;
            QTRY_COMPARE_WITH_TIMEOUT(console.prober.asked.size(), 1U, 30'000);
            console.answer(503, m_now);
        }
        m_now.nanoseconds += 15 * second;
        Console console(m_folder->path(), [this] { return m_now; });
        QSignalSpy observed(&console.service, &HealthService::observed);
        console.service.watch(shop());
        // Answered before anything could be read: no event was taken meanwhile.
        console.service.probeNow(console.service.services()[0]);
        QCOMPARE(console.prober.asked.size(), 1U);
        console.answer(200, m_now);
        QCOMPARE(console.service.standing(console.service.services()[0], m_now).state,
                 HealthState::Passing);
        QTRY_VERIFY_WITH_TIMEOUT(observed.size() >= 3, 30'000);
        QCOMPARE(console.service.standing(console.service.services()[0], m_now).state,
                 HealthState::Passing);
        const auto summary =
            console.service.probe(0).series().summary({1}, {m_now.nanoseconds + second});
        QCOMPARE(summary.passed, 1U);
        QCOMPARE(summary.failed, 1U);
    }

    void saysThatItCannotBeWritten() {
        const QString way = m_folder->filePath(QStringLiteral("file"));
        QFile file(way);
        QVERIFY(file.open(QFile::WriteOnly));
        SqliteHealthHistory history(HistoryOptions{way});
        QSignalSpy noticed(&history, &app::HealthHistory::noticed);
        QTRY_COMPARE_WITH_TIMEOUT(noticed.size(), 1, 30'000);
        bool isAnswered = false;
        history.load(
            {{QStringLiteral("a"), {}, {}, {}}}, [](const auto&) {},
            [&isAnswered](std::size_t, const app::ProbePast& past) {
                isAnswered = past.series.isEmpty();
            });
        QTRY_VERIFY_WITH_TIMEOUT(isAnswered, 30'000);
    }

private:
    const tests::TemporaryHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
    Instant m_now{1'800'000'000 * second};
};

QTEST_GUILESS_MAIN(TestSqliteHealthHistory)
#include "tst_sqlitehealthhistory.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/noticeservice.h"

#include "app/diagnostics/clock.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QTest>

using models::Workspace;

namespace {

constexpr int patience = 30'000; ///< ms
const QString hook = QStringLiteral("https://chat.example.com/hook");

Workspace shop() {
    Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nname: Shop\nnotify: { chat: \"https://chat.example.com/hook\" }\n"
        "environments:\n  prod:\n    services:\n"
        "      portal: { health: { http: \"http://127.0.0.1:1/\", every: 10s } }\n");
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

/// Health with nobody to ask and nobody to tell.
struct Board {
    tests::FakeProber prober;
    app::TrustKeeper trust;
    app::HealthService service{prober, trust};
    tests::FakeMetricSource metrics;
    app::EnvironmentWatch watch{service, prober, metrics};
    tests::FakeNotifier notifier;
    app::NoticeService notices{service, watch, notifier, notifier};
};

} // namespace

class TestNoticeService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheDesktopAndTheWebhook() {
        Board health;
        QVERIFY(shop().diagnostics.isEmpty());
        health.trust.vouchFor(shop().root);
        health.service.watch(shop());
        answer(health, 200);
        QVERIFY(health.notifier.notices.isEmpty());
        answer(health, 503);
        QCOMPARE(health.notifier.notices.size(), 1);
        QCOMPARE(health.notifier.notices[0].title, QStringLiteral("Shop: portal in prod fails"));
        QVERIFY(health.notifier.notices[0].text.startsWith(QStringLiteral("http.status was 503")));
        QCOMPARE(health.notifier.posts.size(), 1);
        QCOMPARE(health.notifier.posts[0].first, hook);
        answer(health, 500);
        QCOMPARE(health.notifier.notices.size(), 1);
        answer(health, 200);
        QCOMPARE(health.notifier.notices.size(), 2);
        QCOMPARE(health.notifier.notices[1].title,
                 QStringLiteral("Shop: portal in prod passes again"));
    }

    void aTriggerThatARunAsksAboutIsToldOnce() {
        Workspace workspace = models::parseWorkspace(
            "gantry: 1\nid: shop\nname: Shop\nnotify: { chat: \"https://chat.example.com/hook\" }\n"
            "environments:\n  prod:\n    metrics:\n      errors: { command: errors, on: local, "
            "every: 1s }\n"
            "    triggers:\n      - { name: Errors, when: \"errors > 10\", every: 1s }\n");
        QVERIFY(workspace.diagnostics.isEmpty());
        workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
        Board health;
        QStringList asked;
        bool isRunAsking = true;
        health.notices.leaveTo(
            [&](const QString& workspaceId, const QString& environment, const QString& trigger) {
                asked.append(workspaceId + u'/' + environment + u'/' + trigger);
                return isRunAsking;
            });
        health.trust.vouchFor(workspace.root);
        health.service.watch(workspace);
        const auto read = [&health](const QByteArray& errors, models::TriggerState wanted) {
            QTRY_VERIFY_WITH_TIMEOUT(!health.prober.asked.empty(), patience);
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = app::presentInstant();
            reply.exitCode = 0;
            reply.output = QString::fromLatin1(errors);
            const auto asking = std::exchange(health.prober.asked, {});
            asking.back().done(reply);
            QTRY_COMPARE_WITH_TIMEOUT(health.watch.trigger(0).state(app::presentInstant()), wanted,
                                      patience);
        };
        read("50", models::TriggerState::Holds);
        QTRY_COMPARE_WITH_TIMEOUT(health.notifier.posts.size(), 1, patience);
        QCOMPARE(asked, QStringList{QStringLiteral("shop/prod/Errors")});
        QVERIFY(health.notifier.notices.isEmpty());
        read("0", models::TriggerState::Clear);
        QTRY_COMPARE_WITH_TIMEOUT(health.notifier.notices.size(), 1, patience);
        isRunAsking = false;
        read("50", models::TriggerState::Holds);
        QTRY_COMPARE_WITH_TIMEOUT(health.notifier.notices.size(), 2, patience);
    }

    void aTriggerIsToldByItsSeverity_data() {
        QTest::addColumn<QByteArray>("severity");
        QTest::addColumn<QString>("title");
        QTest::newRow("none") << QByteArray()
                              << QStringLiteral("Shop: Errors in prod: the trigger holds");
        QTest::newRow("error") << QByteArray(", severity: error")
                               << QStringLiteral("Shop: Errors in prod: the trigger holds");
        QTest::newRow("warn") << QByteArray(", severity: warn")
                              << QStringLiteral(
                                     "Shop: Errors in prod: the trigger holds (a warning)");
        QTest::newRow("info") << QByteArray(", severity: info")
                              << QStringLiteral(
                                     "Shop: Errors in prod: the trigger holds (for information)");
    }
    void aTriggerIsToldByItsSeverity() {
        QFETCH(QByteArray, severity);
        Workspace workspace = models::parseWorkspace(
            "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  prod:\n    triggers:\n"
            "      - { name: Errors, when: \"1 > 0\", every: 1s" +
            severity + " }\n");
        QVERIFY(workspace.diagnostics.isEmpty());
        workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
        Board health;
        health.trust.vouchFor(workspace.root);
        health.service.watch(workspace);
        QTRY_COMPARE_WITH_TIMEOUT(health.notifier.notices.size(), 1, patience);
        QTEST(health.notifier.notices[0].title, "title");
    }

    void aTestIsTold() {
        Board health;
        health.trust.vouchFor(shop().root);
        health.service.watch(shop());
        health.notices.test();
        QCOMPARE(health.notifier.notices.size(), 1);
        QCOMPARE(health.notifier.posts.size(), 1);
    }

    void whatATestDoesNotReachIsSaid() {
        Board health;
        health.trust.vouchFor(shop().root);
        health.service.watch(shop());
        health.notifier.taken =
            models::failure(models::ErrorCode::Refused, QStringLiteral("nobody listens"));
        QStringList failures;
        health.notices.test(app::NoticeService::Desktop::Told,
                            [&](const models::Result<void>& told) {
                                failures.append(told ? QString() : told.error().message);
                            });
        QCOMPARE(failures, QStringList(2, QStringLiteral("nobody listens"))); // and the webhook
    }

    void noWebhookOfAWorkspaceThatNobodyTrusts() {
        Board health;
        health.service.watch(shop());
        QStringList failures;
        health.notices.test(app::NoticeService::Desktop::Told,
                            [&](const models::Result<void>& told) {
                                failures.append(told ? QString() : told.error().message);
                            });
        QCOMPARE(health.notifier.notices.size(), 1);
        QVERIFY(health.notifier.posts.isEmpty());
        // Who tries it is told what was left out.
        QCOMPARE(failures.size(), 2);
        QVERIFY(failures[0].isEmpty());
        QVERIFY2(failures[1].contains(QStringLiteral("The webhook of Shop is told nothing")),
                 qPrintable(failures[1]));
    }

private:
    static void answer(Board& health, int status) {
        health.service.probeNow(health.service.services()[0]);
        QTRY_VERIFY_WITH_TIMEOUT(!health.prober.asked.empty(), patience);
        models::ProbeReply reply;
        reply.outcome = models::ProbeReply::Outcome::Answered;
        reply.at = {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
        reply.status = status;
        const auto asked = std::exchange(health.prober.asked, {});
        asked.back().done(reply);
    }

    const tests::TemporaryHome m_home;
};

QTEST_GUILESS_MAIN(TestNoticeService)
#include "tst_noticeservice.moc"

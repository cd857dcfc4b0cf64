// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/openworkspaces.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/temporaryhome.h"

#include <QDateTime>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using app::OpenWorkspace;
using app::OpenWorkspaces;

namespace {

const QString prod = QStringLiteral("prod");
const QString portal = QStringLiteral("portal");

models::Workspace shop() {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\n"
        "id: shop\n"
        "name: Shop\n"
        "environments:\n"
        "  prod:\n"
        "    services:\n"
        "      portal:\n"
        "        health: { http: \"http://shop.example.com/\", every: 1h }\n"
        "        version: { http: \"http://shop.example.com/version\", field: commit, every: 1h }\n"
        "        env_from: { file: /srv/.env }\n"
        "        contract: { SECRET_KEY: { required: true } }\n"
        "        logs: { file: /var/log/portal.log }\n"
        "log_classes: { critical: \"CRITICAL\" }\n"
        "notify: { webhook: \"https://chat.example.com/hook\" }\n");
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

models::Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

} // namespace

/// Everything that a trusted workspace has asked by itself, when its trust is taken back.
class TestTakenTrust : public QObject {
    Q_OBJECT

private:
    const tests::TemporaryHome m_home;
    std::optional<tests::FakeHealth> m_fakes;
    std::optional<tests::FakeLogService> m_logs;
    std::optional<app::WorkspaceService> m_files;
    std::optional<OpenWorkspaces> m_open;
    OpenWorkspace* m_shop = nullptr;

    void askAll() {
        m_shop->health().probeNow(m_shop->health().services()[0]);
        m_shop->versions().lookNow(prod, portal);
        m_shop->contracts().checkNow();
    }
    void answer(const char* version, int status, const QByteArray& variables) {
        for (const tests::FakeProber::Asked& asked : std::exchange(m_fakes->prober.asked, {})) {
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = present();
            reply.status = asked.probe.target.endsWith(QStringLiteral("version")) ? 200 : status;
            reply.body = QJsonObject{{QStringLiteral("commit"), QString::fromLatin1(version)}};
            asked.done(reply);
        }
        for (const tests::FakeVariables::Asked& asked : std::exchange(m_fakes->variables.asked, {}))
            asked.done(variables);
    }
    [[nodiscard]] models::HealthStanding health() const {
        return m_shop->health().standing(m_shop->health().services()[0], present());
    }
    [[nodiscard]] QString version() const {
        return m_shop->versions().versionsIn(prod, present()).value(portal);
    }
    [[nodiscard]] models::Verdict contract() const {
        return m_shop->contracts().standing(prod, portal, present())->verdict;
    }
    /// What is asked by itself before long is asked now.
    void lookAtAll() {
        m_shop->health().trustWorkspace();
        askAll();
        QCOMPARE(m_logs->followed.size(), 1);
        QCOMPARE(m_fakes->prober.asked.size(), 2U);
        QVERIFY(!m_fakes->variables.asked.empty());
        answer("1.2.3", 200, "1 pass\nend\n");
        QCOMPARE(health().state, models::HealthState::Passing);
        QCOMPARE(version(), QStringLiteral("1.2.3"));
        QCOMPARE(contract(), models::Verdict::Pass);
    }

private Q_SLOTS:
    void init() {
        m_fakes.emplace();
        m_logs.emplace();
        m_files.emplace();
        m_open.emplace(*m_files, m_fakes->parts(*m_logs));
        m_shop = &m_open->take(shop());
        QVERIFY(shop().diagnostics.isEmpty());
    }
    void cleanup() {
        m_fakes->trust.distrust(shop());
        m_open.reset();
        m_files.reset();
        m_logs.reset();
        m_fakes.reset();
    }

    void allStopsAtOnce() {
        lookAtAll();
        QSignalSpy said(m_shop, &OpenWorkspace::changed);
        m_shop->health().distrustWorkspace();
        QVERIFY(!m_shop->isTrusted());
        QCOMPARE(said.size(), 1);
        QVERIFY(m_logs->followed.isEmpty());
        askAll();
        QVERIFY(m_fakes->prober.asked.empty());
        QVERIFY(m_fakes->variables.asked.empty());
        QString refused;
        m_shop->notices().test(app::NoticeService::Desktop::Spared,
                               [&refused](const models::Result<void>& told) {
                                   refused = told ? QString() : told.error().message;
                               });
        QVERIFY(m_fakes->notifier.posts.isEmpty());
        QVERIFY2(refused.contains(QStringLiteral("trusted")), qPrintable(refused));
    }

    void whatWasSeenLastStays() {
        lookAtAll();
        const models::Instant at = health().at;
        askAll();
        QCOMPARE(m_fakes->prober.asked.size(), 2U);
        QVERIFY(!m_fakes->variables.asked.empty());
        m_shop->health().distrustWorkspace();
        answer("6.6.6", 500, "1 absent\nend\n"); // what was under way counts no more
        QCOMPARE(health().state, models::HealthState::Passing);
        QCOMPARE(health().at, at);
        QCOMPARE(version(), QStringLiteral("1.2.3"));
        QCOMPARE(contract(), models::Verdict::Pass);
    }

    void itCanBeTrustedAgain() {
        lookAtAll();
        m_shop->health().distrustWorkspace();
        lookAtAll();
        m_shop->notices().test(app::NoticeService::Desktop::Spared);
        QCOMPARE(m_fakes->notifier.posts.size(), 1);
    }

    void whatTheProgramBringsIsTakenBackToo() {
        m_fakes->trust.vouchFor(shop().root);
        QVERIFY(m_shop->isTrusted());
        m_shop->health().distrustWorkspace();
        QVERIFY(!m_shop->isTrusted());
    }
};

QTEST_GUILESS_MAIN(TestTakenTrust)
#include "tst_takentrust.moc"

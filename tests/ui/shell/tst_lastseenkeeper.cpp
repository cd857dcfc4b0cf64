// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/environmentpage.h"
#include "ui/shell/lastseenkeeper.h"
#include "ui/shell/session.h"
#include "ui/shell/whenpainted.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace tests {

using models::HealthState;
using Page = ui::MainWindow::Page;

namespace {

constexpr int patience = 30'000;

} // namespace

class TestLastSeenKeeper : public QObject {
    Q_OBJECT

private:
    const TemporaryHome m_home;
    std::unique_ptr<ShellFixture> m_fixture;

    [[nodiscard]] ui::MainWindow& window() { return m_fixture->window(); }
    [[nodiscard]] QString path() const {
        return m_home.path() + QStringLiteral("/cache/gantry/last-seen.json");
    }

    void answerAll() {
        std::vector<FakeProber::Asked>& asked = m_fixture->health().prober.asked;
        QTRY_COMPARE_WITH_TIMEOUT(asked.size(), 2U, patience);
        for (const FakeProber::Asked& one : std::exchange(asked, {})) {
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
            reply.status = one.probe.target.contains(QStringLiteral("media")) ? 503 : 200;
            one.done(reply);
        }
        window().findChild<ui::EnvironmentPage*>()->settleNow();
    }

    models::Result<ui::LastSeen> kept() {
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly))
            return models::failure(models::ErrorCode::NotFound, file.errorString());
        return ui::LastSeen::fromJson(file.readAll());
    }

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        m_fixture = std::make_unique<ShellFixture>();
        const QString file = m_fixture->write(
            QStringLiteral("shop/gantry.yaml"),
            "gantry: 1\nid: shop\nname: The shop\nenvironments:\n"
            "  prod:\n    protected: true\n    colour: \"#123456\"\n    services:\n"
            "      portal: { health: { http: \"http://portal.example.com/\", every: 10s, "
            "retries: { down: 0 } } }\n"
            "      media: { health: { http: \"http://media.example.com/\", every: 10s, "
            "retries: { down: 0 } } }\n"
            "      cron: {}\n"
            "  dev: {}\n");
        const QString folder = QFileInfo(file).canonicalPath();
        m_fixture->health().trust.vouchFor(folder);
        window().show();
        // What is opened comes to the front once it is read.
        QSignalSpy opened(window().findChild<ui::Session*>(), &ui::Session::opened);
        window().openPath(folder);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        window().showPage(Page::Environments);
        QFile::remove(path());
    }
    void cleanup() { m_fixture.reset(); }

    /// What the dashboard says, in its order.
    void whatIsShownIsKept() {
        answerAll();
        { ui::LastSeenKeeper(window(), m_fixture->open(), path()); } // kept as it ends
        const auto seen = kept();
        QVERIFY(seen);
        QCOMPARE(seen->workspaces.size(), 1U);
        QCOMPARE(seen->workspaces[0].name, QStringLiteral("The shop"));
        const auto columns = window().findChildren<ui::EnvironmentColumn*>();
        QCOMPARE(seen->workspaces[0].environments.size(), std::size_t(columns.size()));
        for (const ui::SeenEnvironment& environment : seen->workspaces[0].environments) {
            const auto column =
                std::find_if(columns.begin(), columns.end(), [&](ui::EnvironmentColumn* each) {
                    return each->model().environment() == environment.name;
                });
            QVERIFY(column != columns.end());
            std::vector<ui::ServiceRow> rows = (*column)->model().rows();
            std::erase_if(rows, [](const ui::ServiceRow& row) { return !row.isProbed; });
            QCOMPARE(environment.services.size(), rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE(environment.services[i].name, rows[i].name);
                QCOMPARE(environment.services[i].state, rows[i].standing.state);
                QCOMPARE(environment.services[i].at.nanoseconds / 1'000'000,
                         rows[i].standing.at.nanoseconds / 1'000'000);
            }
        }
    }

    /// Also one that was kept when anybody could read it.
    void onlyItsOwnerMayReadIt() {
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        const auto keep = [this] { ui::LastSeenKeeper(window(), m_fixture->open(), path()); };
        keep();
        QVERIFY(!(QFile::permissions(path()) & others));
        QVERIFY(QFile::setPermissions(path(), QFile::permissions(path()) | others));
        keep();
        QVERIFY(!(QFile::permissions(path()) & others));
    }

    void itIsAsTheServicesStand() {
        answerAll();
        const ui::SeenWorkspace seen =
            ui::seenOf(*m_fixture->open().all().front(), app::presentInstant());
        QCOMPARE(seen.environments.size(), 2U);
        const ui::SeenEnvironment& prod = seen.environments[0];
        QCOMPARE(prod.name, QStringLiteral("prod"));
        QCOMPARE(prod.line, QColor(0x12, 0x34, 0x56));
        QCOMPARE(prod.services.size(), 2U); // nobody looks at the third
        QCOMPARE(prod.services[0].name, QStringLiteral("media"));
        QCOMPARE(prod.services[0].state, HealthState::Failing);
        QCOMPARE(prod.services[1].name, QStringLiteral("portal"));
        QCOMPARE(prod.services[1].state, HealthState::Passing);
        QVERIFY(!seen.environments[1].line.isValid());
        QVERIFY(seen.environments[1].services.empty());
    }

    /// It is stale in the front when it is on the dashboard.
    void itIsFreshAsLongAsOnTheDashboard() {
        answerAll();
        app::HealthService& health = m_fixture->open().all().front()->health();
        const ui::SeenWorkspace seen =
            ui::seenOf(*m_fixture->open().all().front(), app::presentInstant());
        const ui::SeenService& portal = seen.environments[0].services[1];
        const auto watched =
            std::find_if(health.services().begin(), health.services().end(),
                         [](const auto& each) { return each.service == QStringLiteral("portal"); });
        for (const std::int64_t after : {0, 1}) {
            const models::Instant then{portal.freshUntil.nanoseconds + after};
            QCOMPARE(portal.stateAt(then), health.standing(*watched, then).state);
        }
        QCOMPARE(portal.stateAt(portal.freshUntil), HealthState::Passing);
    }

    void itIsKeptNowAndThen() {
        const ui::LastSeenKeeper keeper(window(), m_fixture->open(), path());
        QTRY_VERIFY_WITH_TIMEOUT(kept().has_value(), patience);
    }

    /// The next start begins elsewhere.
    void onAnotherPageNothingIsKept() {
        ui::LastSeenKeeper keeper(window(), m_fixture->open(), path());
        keeper.keep();
        QTRY_VERIFY_WITH_TIMEOUT(kept().has_value(), patience);
        window().showPage(Page::Hosts);
        keeper.keep();
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path()), patience);
        window().showPage(Page::Environments);
        keeper.keep();
        QTRY_VERIFY_WITH_TIMEOUT(kept().has_value(), patience);
    }

    void withoutAPathNothingIsKept() {
        { ui::LastSeenKeeper(window(), m_fixture->open(), {}); }
        QVERIFY(!QFile::exists(path()));
    }

    void paintingIsToldOnceItIsWanted() {
        QWidget painted;
        bool isReady = false;
        int times = 0;
        ui::WhenPainted::begin(
            painted, [&isReady] { return isReady; }, [&times] { ++times; });
        painted.show();
        QVERIFY(QTest::qWaitForWindowExposed(&painted));
        QCoreApplication::processEvents();
        QCOMPARE(times, 0);
        isReady = true;
        painted.update();
        QTRY_COMPARE_WITH_TIMEOUT(times, 1, patience);
        painted.update();
        QCoreApplication::processEvents();
        QCOMPARE(times, 1);
    }
};

} // namespace tests

QTEST_MAIN(tests::TestLastSeenKeeper)
#include "tst_lastseenkeeper.moc"

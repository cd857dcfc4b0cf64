// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/placelooker.h"
#include "app/process/localplace.h"
#include "app/run/enginethread.h"
#include "tests/support/temporaryhome.h"

#include <QTest>

#include <optional>

using app::ExecResult;
using models::DiskFinding;
using models::Verdict;

namespace {

constexpr int patience = 60'000; // ms
constexpr models::Instant now{1'700'000'000'000'000'000};

} // namespace

class TestPlaceLooker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheScriptSays_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, const char* said, const QStringList& expected) {
            QTest::newRow(name) << QByteArray(said) << expected;
        };
        row("home", "home 2048\n", {QStringLiteral("home 2097152")});
        row("both", "home 1\ncontainers 0\n",
            {QStringLiteral("home 1024"), QStringLiteral("containers 0")});
        row("not all", "home 1\ncontainers problem podman does not say where.\n",
            {QStringLiteral("home 1024"),
             QStringLiteral("containers: podman does not say where.")});
        row("a noisy shell", "Welcome\nhome 1\n", {QStringLiteral("home 1024")});
        row("nothing", "", {QStringLiteral("home: The host did not say it.")});
        row("nonsense", "home many\n", {QStringLiteral("home: ")});
    }
    void readsWhatTheScriptSays() {
        QFETCH(QByteArray, said);
        QStringList told;
        for (const DiskFinding& disk :
             app::disksFrom({QStringLiteral("web-1"), {}}, ExecResult{0, said, {}}, now)) {
            QCOMPARE(disk.host, QStringLiteral("web-1"));
            told.append(disk.free ? QStringLiteral("%1 %2").arg(disk.what).arg(*disk.free)
                                  : disk.what + QStringLiteral(": ") + disk.problem);
        }
        QTEST(told, "expected");
    }
    void aHostThatCannotBeAskedIsNotKnown() {
        const auto disks = app::disksFrom(
            {QStringLiteral("web-1"), {}},
            models::failure(models::ErrorCode::NotFound, QStringLiteral("No route")), now);
        QCOMPARE(disks.size(), std::size_t(1));
        QVERIFY(!disks[0].free);
        QCOMPARE(disks[0].problem, QStringLiteral("No route"));
    }

    /// Both scripts in this machine's shell.
    void looksAtThisMachine() {
        app::PlaceLooker looker(std::make_shared<app::EngineThread>(),
                                [](const auto&...) { return std::make_unique<app::LocalPlace>(); });
        std::optional<app::HostLook> look;
        models::Host host;
        host.name = QStringLiteral("web-1");
        host.runtime = QStringLiteral("no-such-runtime");
        looker.look(host, QStringLiteral("shop"), QStringLiteral("prod"),
                    [&look](const app::HostLook& answer) { look = answer; });
        QTRY_VERIFY_WITH_TIMEOUT(look.has_value(), patience);
        QCOMPARE(look->lock.verdict, Verdict::Pass);
        QVERIFY(!look->lock.at.isNull());
        QCOMPARE(look->disks.size(), std::size_t(2));
        QVERIFY2(look->disks[0].free && *look->disks[0].free > 0,
                 qPrintable(look->disks[0].problem));
        QVERIFY(!look->disks[1].free);
        QVERIFY(look->disks[1].problem.contains(u"no-such-runtime"));
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestPlaceLooker test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_placelooker.moc"

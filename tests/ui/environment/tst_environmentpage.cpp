// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/openworkspaces.h"
#include "models/health/probereading.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/idleruns.h"
#include "tests/support/temporaryhome.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/environmentpage.h"
#include "ui/environment/servicedetail.h"
#include "ui/environment/trustsheet.h"
#include "ui/environment/versionmatrix.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/glyphsign.h"
#include "ui/widgets/healthwords.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

namespace tests {

using models::HealthState;
using models::Instant;
using models::ProbeReply;
using models::Workspace;

namespace {

constexpr std::int64_t second = 1'000'000'000;

Workspace shop(int services = 3) {
    QByteArray yaml = "gantry: 1\nname: Shop\nenvironments:\n"
                      "  prod: { promote_from: dev, protected: true, services: {\n";
    for (int i = 0; i < services; ++i) {
        const QByteArray n = QByteArray::number(i + 1);
        yaml += "    service-" + n + ": { health: { http: \"http://user:hidden@shop.example.com/" +
                n + "?key=hidden\", every: 10s } },\n";
    }
    yaml += "    cron: {} } }\n  dev: { services: { service-1: { health: { tcp: "
            "\"dev.example.com:80\" } } } }\n";
    Workspace workspace = models::parseWorkspace(yaml);
    // Trust is remembered from one test to the next.
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

ProbeReply reply(int status) {
    ProbeReply reply;
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.at = present();
    reply.status = status;
    reply.phases.total = std::chrono::milliseconds(42);
    return reply;
}

/// The window's part of it, with services that answer as a test says.
class Board {
public:
    explicit Board(const Workspace& workspace = shop())
        : m_workspace(workspace)
        , open(files, health.parts(logs))
        , page(open, runs.feed, runs.runbooks) {
        page.resize(1200, 700);
    }

    /// Trusts and has everything asked once.
    void start() {
        health.trust.vouchFor(m_workspace.root);
        open.take(m_workspace);
        std::size_t probes = 0;
        for (const auto& service : watched().services())
            probes += service.probes.size();
        QTRY_COMPARE_WITH_TIMEOUT(health.prober.asked.size(), probes, 30'000);
    }
    void answer(const QString& path, int status) {
        for (FakeProber::Asked& asked : std::exchange(health.prober.asked, {})) {
            if (asked.probe.target.contains(path))
                asked.done(reply(status));
            else
                health.prober.asked.push_back(std::move(asked));
        }
        page.settleNow();
    }
    /// Of the first workspace.
    app::HealthService& watched() { return open.all().front()->health(); }
    QListView& list(const QString& environment) {
        return page.findChild<ui::EnvironmentColumn*>(QStringLiteral("environment-") + environment)
            ->list();
    }
    QStringList names(const QString& environment) {
        QStringList found;
        const QAbstractItemModel& model = *list(environment).model();
        for (int row = 0; row < model.rowCount(); ++row)
            found.append(model.index(row, 0).data().toString());
        return found;
    }
    QString heard(const QString& environment, int row) {
        return list(environment).model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    QString words() {
        QStringList found;
        for (const QLabel* label : page.findChildren<QLabel*>()) {
            if (label->isVisibleTo(&page))
                found.append(label->text());
        }
        return found.join(u'\n');
    }

private:
    Workspace m_workspace;

public:
    FakeHealth health;
    FakeLogService logs;
    app::WorkspaceService files;
    app::OpenWorkspaces open;
    IdleRuns runs{health.journal};
    ui::EnvironmentPage page;
};

const QString prod = QStringLiteral("prod");
const QString dev = QStringLiteral("dev");

} // namespace

class TestEnvironmentPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }

    void saysWhatWillBeHere() {
        Board board;
        board.page.show();
        QVERIFY(board.words().contains(QStringLiteral("Open a workspace first")));
        Workspace empty = models::parseWorkspace("gantry: 1\nname: Bare\n");
        empty.root = QStringLiteral("/srv/bare");
        board.open.take(empty);
        QVERIFY(board.words().contains(QStringLiteral("Bare declares no services")));
    }

    void environmentsStandInTheOrderOfPromotion() {
        Board board;
        board.start();
        board.page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&board.page));
        QVERIFY(board.list(dev).mapTo(&board.page, QPoint()).x() <
                board.list(prod).mapTo(&board.page, QPoint()).x());
        QVERIFY(board.words().contains(QStringLiteral("prod (protected)")));
    }

    void theWorstComesFirst() {
        Board board;
        board.start();
        QAbstractItemModelTester tester(board.list(prod).model());
        board.answer(QStringLiteral("/1?"), 200);
        board.answer(QStringLiteral("/2?"), 200);
        board.answer(QStringLiteral("/3?"), 503);
        QCOMPARE(board.names(prod),
                 QStringList({QStringLiteral("service-3"), QStringLiteral("service-1"),
                              QStringLiteral("service-2"), QStringLiteral("cron")}));
        QVERIFY2(board.heard(prod, 0).startsWith(
                     QStringLiteral("service-3, Failing, http.status was 503; limit")),
                 qPrintable(board.heard(prod, 0)));
        QVERIFY2(board.heard(prod, 1).contains(QStringLiteral("Passing")) &&
                     board.heard(prod, 1).contains(QStringLiteral("p95 42 ms")),
                 qPrintable(board.heard(prod, 1)));
        board.page.show();
        QVERIFY(board.words().contains(QStringLiteral("1 failing")));
    }

    void findsServicesByNameAndState() {
        Board board;
        board.start();
        QAbstractItemModelTester tester(board.list(prod).model());
        auto* const find = board.page.findChild<QLineEdit*>(QStringLiteral("findService"));
        find->setText(QStringLiteral("SERVICE 2"));
        QCOMPARE(board.names(prod), QStringList(QStringLiteral("service-2")));
        QVERIFY(board.names(dev).isEmpty());
        find->setText(QStringLiteral("failing"));
        QVERIFY(board.names(prod).isEmpty());
        board.answer(QStringLiteral("/3?"), 503);
        QCOMPARE(board.names(prod), QStringList(QStringLiteral("service-3")));
        // What is found is what is opened.
        QListView& list = board.list(prod);
        list.setCurrentIndex(list.model()->index(0, 0));
        board.page.show();
        QVERIFY(board.words().contains(QStringLiteral("http://shop.example.com/3")));
        find->clear();
        QCOMPARE(board.names(prod).size(), 4);
    }

    void ordersByName() {
        Board board;
        board.start();
        QAbstractItemModelTester tester(board.list(prod).model());
        board.answer(QStringLiteral("/3?"), 503);
        auto* const order = board.page.findChild<QComboBox*>(QStringLiteral("serviceOrder"));
        order->setCurrentIndex(1);
        QCOMPARE(board.names(prod),
                 QStringList({QStringLiteral("cron"), QStringLiteral("service-1"),
                              QStringLiteral("service-2"), QStringLiteral("service-3")}));
        order->setCurrentIndex(0);
        QCOMPARE(board.names(prod).first(), QStringLiteral("service-3"));
    }

    void groupsByHostAndByVerdict() {
        Workspace workspace = shop();
        workspace.environments[0].services[0].places = {QStringLiteral("web-2")};
        workspace.environments[0].services[1].places = {QStringLiteral("web-1")};
        workspace.environments[0].services[2].places = {QStringLiteral("web-2")};
        workspace.environments[0].services[3].places.clear();
        Board board(workspace);
        board.start();
        QAbstractItemModelTester tester(board.list(prod).model());
        board.answer(QStringLiteral("/3?"), 503);
        auto* const groups = board.page.findChild<QComboBox*>(QStringLiteral("serviceGroups"));
        const auto heads = [&board] {
            QStringList found;
            const QAbstractItemModel& model = *board.list(prod).model();
            for (int row = 0; row < model.rowCount(); ++row)
                found.append(model.index(row, 0).data(ui::ServiceFilter::GroupRole).toString());
            return found;
        };
        QCOMPARE(heads(), QStringList({{}, {}, {}, {}}));
        groups->setCurrentIndex(1);
        QCOMPARE(heads(), QStringList({QStringLiteral("web-1"),
                                       QStringLiteral("web-2"),
                                       {},
                                       QStringLiteral("No host is named")}));
        // The worst of a group comes first.
        QCOMPARE(board.names(prod),
                 QStringList({QStringLiteral("service-2"), QStringLiteral("service-3"),
                              QStringLiteral("service-1"), QStringLiteral("cron")}));
        QVERIFY(board.list(prod).sizeHintForIndex(board.list(prod).model()->index(1, 0)).height() >
                board.list(prod).sizeHintForIndex(board.list(prod).model()->index(2, 0)).height());
        groups->setCurrentIndex(2);
        QCOMPARE(heads().first(), ui::stateWord(HealthState::Failing));
        QCOMPARE(heads().last(), QStringLiteral("Not checked"));
        groups->setCurrentIndex(0);
        QCOMPARE(heads(), QStringList({{}, {}, {}, {}}));
    }

    void showsVersionsByEnvironment() {
        Board board;
        board.start();
        board.page.show();
        auto* const asked = board.page.findChild<QPushButton*>(QStringLiteral("showVersions"));
        QVERIFY(board.page.findChild<ui::VersionMatrix*>() == nullptr);
        asked->click();
        auto* const matrix = board.page.findChild<ui::VersionMatrix*>();
        QAbstractItemModelTester tester(matrix->model());
        QVERIFY(matrix->isVisible());
        QVERIFY(!matrix->tabKeyNavigation()); // Tab leads out of it
        asked->click();
        QVERIFY(!matrix->isVisible());
        asked->click();
        QVERIFY(matrix->isVisible());
        const QAbstractItemModel& model = *matrix->model();
        QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), dev);
        QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), prod);
        QCOMPARE(model.headerData(1, Qt::Vertical).toString(), QStringLiteral("service-2"));
        QCOMPARE(model.index(1, 0).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("dev has no service-2."));
        QVERIFY(model.index(1, 1)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("Nothing says how the version of service-2 is seen")));
    }

    /// How old the oldest is of those that were looked at, also while another was not yet.
    void aFigureHasItsAgeBesideOneThatIsMissing() {
        Board board;
        board.start();
        board.page.show();
        QVERIFY2(!board.words().contains(QStringLiteral("oldest figure")),
                 qPrintable(board.words()));
        board.answer(QStringLiteral("/3?"), 503);
        QVERIFY2(board.words().contains(QStringLiteral("oldest figure")),
                 qPrintable(board.words()));
    }

    void whatIsChosenIsMarkedAfterTheWorkspaceWasReadAgain() {
        Board board;
        board.start();
        board.page.show();
        board.list(prod).setCurrentIndex(board.list(prod).model()->index(1, 0));
        const QString chosen = board.list(prod).currentIndex().data().toString();
        QVERIFY(!chosen.isEmpty());
        Workspace edited = shop();
        edited.environments.first().services.removeLast();
        board.open.take(edited);
        QCOMPARE(board.list(prod).currentIndex().data().toString(), chosen);
        QVERIFY(board.list(prod).selectionModel()->isSelected(board.list(prod).currentIndex()));
    }

    void theFocusShowsWhereItIsAmongTheColumns_data() {
        QTest::addColumn<Qt::FocusReason>("reason");
        QTest::newRow("by Tab") << Qt::TabFocusReason;
        QTest::newRow("with the page") << Qt::OtherFocusReason;
    }
    void theFocusShowsWhereItIsAmongTheColumns() {
        QFETCH(const Qt::FocusReason, reason);
        Board board;
        board.start();
        board.page.show();
        board.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&board.page));
        for (const QString& environment : {dev, prod, dev}) {
            QListView& list = board.list(environment);
            list.setFocus(reason);
            QVERIFY2(list.selectionModel()->isSelected(list.currentIndex()),
                     qPrintable(environment));
        }
        QVERIFY(!board.list(prod).currentIndex().isValid());
    }

    /// Its row is marked; what it found is not told before somebody asks.
    void thePageBeginsWithNothingChosen() {
        Board board;
        board.start();
        board.page.show();
        board.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&board.page));
        QListView& list = board.list(dev);
        board.page.setFocus(Qt::OtherFocusReason);
        QVERIFY(list.hasFocus());
        QVERIFY(list.selectionModel()->isSelected(list.currentIndex()));
        const auto* detail = board.page.findChild<ui::ServiceDetail*>();
        const auto isTold = [detail] {
            return detail->findChild<QWidget*>(QStringLiteral("checkService"))->isVisible();
        };
        QVERIFY(!isTold());
        QFETCH(const int, key);
        if (key != 0)
            QTest::keyClick(&list, static_cast<Qt::Key>(key));
        else
            QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                              list.visualRect(list.currentIndex()).center());
        QVERIFY(isTold());
        // What somebody chose is where the page begins.
        board.list(prod).setFocus(Qt::TabFocusReason);
        board.page.findChild<QLineEdit*>(QStringLiteral("findService"))->setFocus();
        board.page.setFocus(Qt::OtherFocusReason);
        QVERIFY(board.list(prod).hasFocus());
        QVERIFY(!list.currentIndex().isValid());
        QVERIFY(isTold());
    }
    void thePageBeginsWithNothingChosen_data() {
        QTest::addColumn<int>("key");
        QTest::newRow("by click") << 0;
        QTest::newRow("by Space") << int(Qt::Key_Space);
    }

    void whatIsSaidTwiceIsSaidOnce() {
        Board board;
        board.open.take(shop());
        const QString heard = board.heard(prod, 0);
        QCOMPARE(heard.count(QStringLiteral("ot checked")), 1);
    }

    /// Its sign, its word and its reason stand in the row and below; it is no failure.
    void aServiceThatWarnsSaysWhy() {
        Workspace workspace = models::parseWorkspace(
            "gantry: 1\nname: Shop\nenvironments:\n  prod: { services: { portal: { health: { "
            "tls: \"portal.example.com:443\", every: 1h } } } }\n");
        workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
        Board board(workspace);
        board.health.trust.vouchFor(workspace.root);
        board.open.take(workspace);
        board.page.show();
        const auto* detail = board.page.findChild<ui::ServiceDetail*>();
        const auto isSigned = [detail] {
            const auto* sign = detail->findChild<ui::GlyphSign*>();
            return sign->isVisibleTo(detail);
        };
        QVERIFY(!isSigned());
        QTRY_COMPARE_WITH_TIMEOUT(board.health.prober.asked.size(), 1U, 30'000);
        ProbeReply answer = reply(0);
        answer.certificate =
            models::CertificateFacts{{},
                                     {answer.at.nanoseconds + 20 * 86'400 * second},
                                     QStringLiteral("portal.example.com"),
                                     QStringLiteral("Example CA"),
                                     {}};
        std::exchange(board.health.prober.asked, {}).front().done(answer);
        board.page.settleNow();
        QVERIFY2(board.heard(prod, 0).startsWith(QStringLiteral(
                     "portal, Warning, The certificate ends in 19 days; it warns below 21 days.")),
                 qPrintable(board.heard(prod, 0)));
        board.list(prod).setCurrentIndex(board.list(prod).model()->index(0, 0));
        QVERIFY(isSigned());
        QVERIFY2(board.words().contains(QStringLiteral("tls portal.example.com:443 · Warning")),
                 qPrintable(board.words()));
        QVERIFY2(board.words().contains(QStringLiteral("1 warning")), qPrintable(board.words()));
    }

    void aVersionAmongOthersHasItsAge() {
        Workspace workspace = models::parseWorkspace(
            "gantry: 1\nname: Shop\nenvironments:\n  prod: { services: { portal: { version: { "
            "http: \"http://127.0.0.1:1/version\", field: commit } } } }\n");
        workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
        Board board(workspace);
        board.health.trust.vouchFor(workspace.root);
        board.open.take(workspace);
        board.page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&board.page));
        board.page.findChild<QPushButton*>(QStringLiteral("showVersions"))->click();
        auto* const matrix = board.page.findChild<ui::VersionMatrix*>();
        const QModelIndex cell = matrix->model()->index(0, 0);
        const auto isDrawnAtTheRight = [&] {
            QRect right = matrix->visualRect(cell);
            right.setLeft(right.right() - 80);
            const QImage drawn = matrix->viewport()->grab(right).toImage();
            const QRgb ground = drawn.pixel(0, drawn.height() / 2);
            for (int x = 0; x < drawn.width(); ++x) {
                for (int y = drawn.height() / 4; y < drawn.height() * 3 / 4; ++y) {
                    if (drawn.pixel(x, y) != ground)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(!isDrawnAtTheRight());
        QTRY_COMPARE_WITH_TIMEOUT(board.health.prober.asked.size(), 1U, 30'000);
        ProbeReply answer = reply(200);
        answer.body = QJsonObject{{QStringLiteral("commit"), QStringLiteral("3f2a9c1b7d60")}};
        std::exchange(board.health.prober.asked, {}).front().done(answer);
        QTRY_VERIFY_WITH_TIMEOUT(isDrawnAtTheRight(), 30'000);
    }

    void whatIsChosenStaysChosenWhileItMoves() {
        Board board;
        board.start();
        board.page.show();
        QListView& list = board.list(prod);
        list.setCurrentIndex(list.model()->index(1, 0));
        const QString chosen = list.currentIndex().data().toString();
        QCOMPARE(chosen, QStringLiteral("service-2"));
        board.answer(QStringLiteral("/3?"), 503);
        board.answer(QStringLiteral("/1?"), 503);
        QCOMPARE(list.currentIndex().data().toString(), chosen);
        board.answer(QStringLiteral("/2?"), 500);
        QCOMPARE(list.currentIndex().data().toString(), chosen);
        QVERIFY(board.words().contains(QStringLiteral("http.status was 500; limit 200")) ||
                board.words().contains(QStringLiteral("http.status was 500; limit 300")));
        // One is chosen in all of the columns.
        board.list(dev).setCurrentIndex(board.list(dev).model()->index(0, 0));
        QVERIFY(!list.currentIndex().isValid());
    }

    void whatEachPartSaysIsSaidOnce() {
        Workspace twoParts = shop(1);
        models::Probe& probe = twoParts.environments[0].services[0].probes[0];
        probe.pass = QStringLiteral("http.status == 200 && http.total < 1s");
        Board board(twoParts);
        board.start();
        board.page.show();
        QListView& list = board.list(prod);
        list.setCurrentIndex(list.model()->index(0, 0));
        board.answer(QStringLiteral("/1?"), 200);
        QCOMPARE(board.words().count(QStringLiteral("http.status was 200")), 1);
        QCOMPARE(board.words().count(QStringLiteral("http.total was 42")), 1);
    }

    void addressesAreShownWithoutTheirSecrets() {
        Board board;
        board.start();
        board.page.show();
        QListView& list = board.list(prod);
        list.setCurrentIndex(list.model()->index(0, 0));
        QVERIFY(board.words().contains(QStringLiteral("http://shop.example.com/1")));
        QVERIFY2(!board.words().contains(QStringLiteral("hidden")), qPrintable(board.words()));
    }

    void aPersonTrustsWhatWasShown() {
        Board board;
        board.page.show();
        board.open.take(shop());
        auto* banner = board.page.findChild<ui::BannerWidget*>(QStringLiteral("trustBanner"));
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QStringLiteral("4 probes")), qPrintable(banner->text()));
        QVERIFY(board.health.prober.asked.empty());
        QTest::mouseClick(
            board.page.findChild<ui::ActionButton*>(QStringLiteral("reviewWorkspace")),
            Qt::LeftButton);
        auto* sheet = board.page.findChild<ui::TrustSheet*>();
        QVERIFY(sheet != nullptr);
        auto* lines = sheet->findChild<QPlainTextEdit*>(QStringLiteral("trustLines"));
        QVERIFY(lines->toPlainText().contains(QStringLiteral("dev.example.com:80")));
        QTest::mouseClick(sheet->findChild<ui::ActionButton*>(QStringLiteral("trustWorkspace")),
                          Qt::LeftButton);
        QTRY_VERIFY(banner->isHidden());
        QTRY_COMPARE_WITH_TIMEOUT(board.health.prober.asked.size(), 4U, 30'000);
    }

    void whatChangedWhileItWasReadIsNotTrusted() {
        Board board;
        board.page.show();
        board.open.take(shop());
        QTest::mouseClick(
            board.page.findChild<ui::ActionButton*>(QStringLiteral("reviewWorkspace")),
            Qt::LeftButton);
        board.open.take(shop(5));
        auto* sheet = board.page.findChild<ui::TrustSheet*>();
        QTest::mouseClick(sheet->findChild<ui::ActionButton*>(QStringLiteral("trustWorkspace")),
                          Qt::LeftButton);
        QCOMPARE(board.watched().trust(), app::TrustKeeper::Standing::Unknown);
    }

    void manyServicesAreDense() {
        Board board(shop(1000));
        board.start();
        board.page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&board.page));
        QCOMPARE(board.list(prod).model()->rowCount(), 1001);
        QVERIFY(board.list(prod).sizeHintForRow(0) < board.list(dev).sizeHintForRow(0));
        board.answer(QStringLiteral("shop.example.com"), 200);
        QVERIFY(board.words().contains(QStringLiteral("1000 passing")));
        QVERIFY(!board.page.grab().isNull());
    }

    void versionsAreMarkedWhereTheyDrift() {
        Workspace workspace = shop();
        models::Service& service = workspace.environments[0].services[0];
        service.version = models::VersionProbe();
        service.version->target = QStringLiteral("http://shop.example.com/version");
        service.version->field = QStringLiteral("commit");
        service.source.expected = QStringLiteral("2222222b");
        Board board(workspace);
        board.health.trust.vouchFor(workspace.root);
        board.open.take(workspace);
        const auto isVersion = [](const FakeProber::Asked& asked) {
            return asked.probe.target.endsWith(QStringLiteral("/version"));
        };
        const std::vector<FakeProber::Asked>& all = board.health.prober.asked;
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(all.begin(), all.end(), isVersion), 30'000);
        board.page.show();
        QVERIFY2(board.heard(prod, 0).contains(QStringLiteral("Not looked up")),
                 qPrintable(board.heard(prod, 0)));
        for (FakeProber::Asked& asked : std::exchange(board.health.prober.asked, {})) {
            if (!isVersion(asked))
                continue;
            ProbeReply told = reply(200);
            models::readBody(R"({"commit": "1111111a"})", models::BodyEnd::Whole, told);
            asked.done(told);
        }
        QTRY_VERIFY_WITH_TIMEOUT(
            board.heard(prod, 0).contains(QStringLiteral("version 1111111a, Not as expected")),
            30'000);
        board.list(prod).setCurrentIndex(board.list(prod).model()->index(0, 0));
        QVERIFY2(board.words().contains(QStringLiteral("not 2222222b")), qPrintable(board.words()));
    }

    void contractsAndIsolationAreTold() {
        Workspace workspace = shop();
        models::Service& service = workspace.environments[0].services[0];
        service.contract = {{QStringLiteral("SECRET_KEY"), true}};
        service.variables = models::VariableSource{models::VariableSource::Kind::File,
                                                   QStringLiteral("/srv/.env"),
                                                   {},
                                                   {QStringLiteral("local")}};
        workspace.isolation = {{{QStringLiteral("DATABASE_URL")}, {dev, prod}}};
        Board board(workspace);
        board.health.trust.vouchFor(workspace.root);
        board.start();
        board.page.show();
        for (FakeVariables::Asked& asked : std::exchange(board.health.variables.asked, {}))
            asked.done(QByteArray("1 absent\nend\n"));
        QVERIFY2(board.heard(prod, 0).contains(QStringLiteral("Contract: Fail, 1 of 1")),
                 qPrintable(board.heard(prod, 0)));
        board.list(prod).setCurrentIndex(board.list(prod).model()->index(0, 0));
        QVERIFY2(board.words().contains(QStringLiteral("SECRET_KEY · Fail  It is not set.")),
                 qPrintable(board.words()));
        QVERIFY2(board.words().contains(
                     QStringLiteral("Isolation · Unknown: No service of dev has DATABASE_URL.")),
                 qPrintable(board.words()));
    }

    void everyStateHasItsOwnSign() {
        QSet<int> glyphs;
        QSet<QString> words;
        for (const HealthState state :
             {HealthState::Failing, HealthState::Stale, HealthState::Unknown, HealthState::Wavering,
              HealthState::Unchecked, HealthState::Maintenance, HealthState::Warning,
              HealthState::Passing}) {
            models::HealthStanding standing;
            standing.state = state;
            glyphs.insert(int(ui::stateGlyph(standing.state)));
            words.insert(ui::stateWord(state));
        }
        QCOMPARE(glyphs.size(), 8);
        QCOMPARE(words.size(), 8);
    }

    void latenciesHaveUnits_data() {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("micro") << 0.00042 << QStringLiteral("0.4 ms");
        QTest::newRow("milli") << 0.0424 << QStringLiteral("42 ms");
        QTest::newRow("second") << 1.234 << QStringLiteral("1.23 s");
        QTest::newRow("many") << 12.34 << QStringLiteral("12.3 s");
    }

    void latenciesHaveUnits() {
        QFETCH(double, seconds);
        QTEST(ui::latencyWords(seconds), "words");
    }

private:
    const TemporaryHome m_home;
};

} // namespace tests

QTEST_MAIN(tests::TestEnvironmentPage)
#include "tst_environmentpage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/knownhistory.h"
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/environmentpage.h"
#include "ui/run/runpage.h"
#include "ui/shell/firstshow.h"
#include "ui/shell/session.h"
#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace tests {

using Page = ui::MainWindow::Page;

namespace {

constexpr int patience = 30'000;

} // namespace

/// Two systems with environments and services of the same names, in one window.
class TestSeveralWorkspaces : public QObject {
    Q_OBJECT

private:
    const TemporaryHome m_home;
    std::unique_ptr<ShellFixture> m_fixture;
    QString m_books;
    QString m_shop;

    [[nodiscard]] ui::MainWindow& window() { return m_fixture->window(); }
    QString workspace(const QString& name, const QByteArray& prod) {
        m_fixture->write(name + QStringLiteral("/deploy.md"), "# Deploy\n\n- [ ] Tell the team\n");
        const QString file =
            m_fixture->write(name + QStringLiteral("/gantry.yaml"),
                             "gantry: 1\nid: " + name.toUtf8() + "\nname: " + name.toUtf8() +
                                 "\nenvironments:\n  prod: { " + prod +
                                 "services: { portal: { health: { http: \"http://" + name.toUtf8() +
                                 ".example.com/\", every: 10s } } } }\n  dev: {}\n");
        const QString folder = QFileInfo(file).canonicalPath();
        m_fixture->health().trust.vouchFor(folder);
        return folder;
    }
    void openBoth() {
        window().openPath(m_books);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("books"), patience);
        window().openPath(m_shop);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("shop"), patience);
        window().showPage(Page::Environments);
    }
    /// A program that begins with both, and is not told yet what was seen last of them. history
    /// outlives the fixture.
    void restartWithHeld(KnownHistory& history) {
        openBoth();
        window().close();
        history.isHeld = true;
        m_fixture->keepIn(history);
        m_fixture->restart();
        window().begin();
    }
    [[nodiscard]] QString frontName() {
        const auto* session = window().findChild<ui::Session*>();
        return session->workspace() != nullptr ? session->workspace()->name : QString();
    }
    /// The columns of environments called so, by the name of their workspace.
    QMap<QString, ui::EnvironmentColumn*> columns(const QString& environment) {
        QMap<QString, ui::EnvironmentColumn*> found;
        for (auto* board : window().findChildren<ui::WorkspaceBoard*>()) {
            for (ui::EnvironmentColumn* column : board->columns()) {
                if (column->model().environment() == environment)
                    found[board->workspace().name()] = column;
            }
        }
        return found;
    }
    [[nodiscard]] models::HealthState stateIn(const QString& workspace) {
        return columns(QStringLiteral("prod"))[workspace]->model().rows()[0].standing.state;
    }
    void answer(const QString& host, int status) {
        std::vector<FakeProber::Asked>& asked = m_fixture->health().prober.asked;
        const auto isMeant = [&host](const FakeProber::Asked& one) {
            return one.probe.target.contains(host);
        };
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(asked.begin(), asked.end(), isMeant), patience);
        models::ProbeReply reply;
        reply.outcome = models::ProbeReply::Outcome::Answered;
        reply.at = {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
        reply.status = status;
        const FakeProber::Asked meant = *std::find_if(asked.begin(), asked.end(), isMeant);
        asked.erase(std::find_if(asked.begin(), asked.end(), isMeant));
        meant.done(reply);
        window().findChild<ui::EnvironmentPage*>()->settleNow();
    }
    QString words() {
        QStringList found;
        for (const QLabel* label : window().findChildren<QLabel*>()) {
            if (label->isVisible())
                found.append(label->text());
        }
        return found.join(u'\n');
    }

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        ui::Preferences::instance().finish();
        QSettings().remove(QStringLiteral("window"));
        m_fixture = std::make_unique<ShellFixture>();
        m_books = workspace(QStringLiteral("books"), "protected: true, colour: \"#aa00aa\", ");
        m_shop = workspace(QStringLiteral("shop"), {});
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }
    void cleanup() { m_fixture.reset(); }

    void bothStandSideBySide() {
        openBoth();
        const auto prod = columns(QStringLiteral("prod"));
        QCOMPARE(prod.keys(), QStringList({QStringLiteral("books"), QStringLiteral("shop")}));
        QTRY_VERIFY(prod.first()->isVisible() && prod.last()->isVisible());
        QVERIFY(prod.first()->mapTo(&window(), QPoint()).x() <
                prod.last()->mapTo(&window(), QPoint()).x());
        QVERIFY2(words().contains(QStringLiteral("books\n")) && words().contains(u"shop"),
                 qPrintable(words()));
        QAbstractItemModelTester one(&prod.first()->model());
        QAbstractItemModelTester other(&prod.last()->model());
        answer(QStringLiteral("books"), 503);
        QCOMPARE(stateIn(QStringLiteral("books")), models::HealthState::Failing);
        QCOMPARE(stateIn(QStringLiteral("shop")), models::HealthState::Unchecked);
        answer(QStringLiteral("shop"), 200);
        QCOMPARE(stateIn(QStringLiteral("shop")), models::HealthState::Passing);
        QCOMPARE(stateIn(QStringLiteral("books")), models::HealthState::Failing);
    }

    void theOneInFrontIsInSight() {
        window().resize(1024, 640);
        openBoth();
        const auto prod = columns(QStringLiteral("prod"));
        const auto* area = window().findChild<QWidget*>(QStringLiteral("environmentColumns"));
        const auto isInSight = [&](const QString& name) {
            const int x = prod[name]->mapTo(area, QPoint()).x();
            return x >= 0 && x + prod[name]->width() <= area->width();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isInSight(QStringLiteral("shop")), patience);
        QVERIFY(!isInSight(QStringLiteral("books")));
        window().openPath(m_books);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("books"), patience);
        window().showPage(Page::Environments);
        QTRY_VERIFY_WITH_TIMEOUT(isInSight(QStringLiteral("books")), patience);
    }

    void oneIsInFront() {
        openBoth();
        QVERIFY(window().windowTitle().startsWith(QStringLiteral("shop")));
        QListView& list = columns(QStringLiteral("prod"))[QStringLiteral("books")]->list();
        list.setCurrentIndex(list.model()->index(0, 0));
        Q_EMIT list.activated(list.currentIndex());
        QCOMPARE(window().page(), Page::Health);
        QCOMPARE(frontName(), QStringLiteral("books"));
        QVERIFY2(window().windowTitle().startsWith(QStringLiteral("books · prod (protected)")),
                 qPrintable(window().windowTitle()));
        QCOMPARE(window().findChild<QComboBox*>(QStringLiteral("healthServices"))->count(), 1);
        // Who is not in front goes on being watched.
        answer(QStringLiteral("shop"), 503);
        QCOMPARE(stateIn(QStringLiteral("shop")), models::HealthState::Failing);
    }

    void theMenuLeadsFromOneToTheOther() {
        openBoth();
        QMenu* const menu =
            window().findChild<QToolButton*>(QStringLiteral("workspaceSwitcher"))->menu();
        Q_EMIT menu->aboutToShow();
        QAction* const books = menu->actions().value(0);
        QCOMPARE(books->text(), QStringLiteral("books"));
        QVERIFY(!books->isChecked());
        QVERIFY(menu->actions().value(1)->isChecked());
        books->trigger();
        QCOMPARE(frontName(), QStringLiteral("books"));
        QCOMPARE(window().page(), Page::Environments);
    }

    /// A run is of its own workspace, whichever is in front.
    void aRunKeepsItsWorkspace() {
        openBoth();
        auto* session = window().findChild<ui::Session*>();
        session->bringForward(*m_fixture->open().findPath(m_books));
        window().openRunbook(QStringLiteral("deploy.md"));
        QSignalSpy started(&m_fixture->runs(), &app::RunService::runOpened);
        auto* page = window().findChild<ui::RunPage*>();
        QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
        (void)m_fixture->runs().start(page->state().plan, {});
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, patience);
        window().openRun(started[0][0].value<models::RunId>());
        session->bringForward(*m_fixture->open().findPath(m_shop));
        QCOMPARE(window().page(), Page::Run);
        QTRY_VERIFY2(window().windowTitle().startsWith(QStringLiteral("books · prod (protected)")),
                     qPrintable(window().windowTitle()));
        window().showPage(Page::Environments);
        QVERIFY2(window().windowTitle().startsWith(QStringLiteral("shop · prod ·")),
                 qPrintable(window().windowTitle()));
    }

    void aRunIsOpenedFromTheColumnOfItsEnvironment() {
        openBoth();
        window().findChild<ui::Session*>()->bringForward(*m_fixture->open().findPath(m_books));
        window().openRunbook(QStringLiteral("deploy.md"));
        auto* page = window().findChild<ui::RunPage*>();
        QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
        QSignalSpy started(&m_fixture->runs(), &app::RunService::runOpened);
        (void)m_fixture->runs().start(page->state().plan, {});
        QTRY_COMPARE_WITH_TIMEOUT(started.size(), 1, patience);
        window().showPage(Page::Environments);
        const models::RunId run = started[0][0].value<models::RunId>();
        const auto listOf = [this](const QString& workspace) {
            return columns(QStringLiteral("prod"))[workspace]->findChild<QListView*>(
                QStringLiteral("releases"));
        };
        QListView* const list = listOf(QStringLiteral("books"));
        const auto first = [list] { return list->model()->index(0, 0); };
        const auto* rows = qobject_cast<ui::ReleaseListModel*>(list->model());
        QTRY_COMPARE_WITH_TIMEOUT(rows->rows().front().run, run, patience);
        QCOMPARE(first().data().toString(), QStringLiteral("Deploy"));
        QCOMPARE(listOf(QStringLiteral("shop"))->model()->index(0, 0).data().toString(),
                 QStringLiteral("Runs"));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(first()).center());
        QCOMPARE(window().page(), Page::Run);
        QCOMPARE(page->run(), run);
    }

    void anotherCheckoutTakesThePlaceOfTheFirst() {
        openBoth();
        const QString file = m_fixture->write(
            QStringLiteral("second/gantry.yaml"),
            "gantry: 1\nid: books\nname: second\nenvironments: { prod: {}, dev: {} }\n");
        const QString second = QFileInfo(file).canonicalPath();
        window().openPath(second);
        const auto* banner = window().findChild<ui::BannerWidget*>(QStringLiteral("failure"));
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY2(banner->text().contains(m_books) && banner->text().contains(second),
                 qPrintable(banner->text()));
        QTest::mouseClick(banner->findChild<QPushButton*>(QStringLiteral("replaceWorkspace")),
                          Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("second"), patience);
        QCOMPARE(m_fixture->open().findPath(m_books), nullptr);
        QVERIFY(banner->isHidden());
    }

    void whatIsThereAgainIsMissedNoMore() {
        openBoth();
        auto* session = window().findChild<ui::Session*>();
        const auto* banner = window().findChild<ui::BannerWidget*>(QStringLiteral("failure"));
        const QString aside = m_shop + QStringLiteral("-aside");
        QVERIFY(QFile::rename(m_shop, aside));
        session->reload();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY2(banner->text().contains(m_shop), qPrintable(banner->text()));
        QVERIFY(QFile::rename(aside, m_shop));
        session->reload();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isHidden(), patience);
        QCOMPARE(frontName(), QStringLiteral("shop"));
    }

    /// What is said of another one stands, whatever is read meanwhile.
    void whatIsStillMissingStaysSaid() {
        openBoth();
        const auto* banner = window().findChild<ui::BannerWidget*>(QStringLiteral("failure"));
        const QString gone = m_shop + QStringLiteral("-gone");
        window().openPath(gone);
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        auto* session = window().findChild<ui::Session*>();
        QSignalSpy reloaded(session, &ui::Session::reloaded);
        session->reload();
        QTRY_VERIFY_WITH_TIMEOUT(!reloaded.isEmpty(), patience);
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(gone), qPrintable(banner->text()));
    }

    void closingOneLeavesTheOther() {
        openBoth();
        window().findChild<ui::Session*>()->close();
        QCOMPARE(frontName(), QStringLiteral("books"));
        QCOMPARE(columns(QStringLiteral("prod")).keys(), QStringList(QStringLiteral("books")));
        QCOMPARE(window().page(), Page::Environments);
        answer(QStringLiteral("books"), 200);
        QCOMPARE(stateIn(QStringLiteral("books")), models::HealthState::Passing);
        window().findChild<ui::Session*>()->close();
        QVERIFY(columns(QStringLiteral("prod")).isEmpty());
        QCOMPARE(window().page(), Page::Welcome);
        QVERIFY(ui::Session::lastPaths().isEmpty());
    }

    void bothComeBack() {
        openBoth();
        window().close();
        m_fixture->restart();
        window().show();
        window().begin();
        QTRY_COMPARE_WITH_TIMEOUT(columns(QStringLiteral("prod")).keys(),
                                  QStringList({QStringLiteral("books"), QStringLiteral("shop")}),
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("shop"), patience);
        QCOMPARE(window().page(), Page::Environments);
    }

    /// All at once, and painted once.
    void theWindowBeginsWithWhatWasSeenLast() {
        KnownHistory history;
        restartWithHeld(history);
        ui::FirstShow::begin(window(), m_fixture->open(), std::chrono::hours(1));
        QTRY_COMPARE_WITH_TIMEOUT(history.asked.size(), 2, patience);
        QVERIFY(!window().isVisible());
        history.release();
        QVERIFY(window().isVisible());
        QVERIFY(window().findChild<ui::EnvironmentPage*>()->showsVerdicts());
        QCOMPARE(stateIn(QStringLiteral("books")), models::HealthState::Stale);
        m_fixture.reset();
    }

    void aSlowDiskHoldsNoWindowUp() {
        KnownHistory history;
        restartWithHeld(history);
        ui::FirstShow::begin(window(), m_fixture->open(), std::chrono::milliseconds(1));
        QTRY_VERIFY_WITH_TIMEOUT(window().isVisible(), patience);
        QVERIFY(!window().findChild<ui::EnvironmentPage*>()->showsVerdicts());
        m_fixture.reset();
    }

    void aWindowThatAwaitsNothingIsThereAtOnce() {
        m_fixture->restart();
        window().begin();
        ui::FirstShow::begin(window(), m_fixture->open());
        QVERIFY(window().isVisible());
    }

    /// Where the window stood is nothing that another workspace could take away.
    void thePlaceComesBackBesideOneThatIsGone() {
        openBoth();
        window().showPage(Page::Hosts);
        window().close();
        QVERIFY(QDir(m_books).removeRecursively());
        m_fixture->restart();
        window().show();
        window().begin();
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("shop"), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->open().findPath(m_books)->state(),
                                  app::OpenWorkspace::State::Unreadable, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), Page::Hosts, patience);
        QVERIFY(!words().contains(QStringLiteral("There is no folder")));
    }

    /// The others are there, and it can be closed or read again.
    void oneThatIsGoneSaysSo() {
        openBoth();
        window().close();
        QVERIFY(QDir(m_shop).removeRecursively());
        m_fixture->restart();
        window().show();
        window().begin();
        QTRY_VERIFY_WITH_TIMEOUT(words().contains(QStringLiteral("shop cannot be read.")),
                                 patience);
        QTRY_COMPARE_WITH_TIMEOUT(frontName(), QStringLiteral("books"), patience);
        QVERIFY(columns(QStringLiteral("prod")).contains(QStringLiteral("books")));
    }

    void thePaletteBeginsWithWhatIsShown() {
        openBoth();
        auto* page = window().findChild<ui::EnvironmentPage*>();
        const auto first = [page](const QString& workspace, const QString& environment) {
            for (const ui::PaletteEntry& entry : page->paletteEntries(workspace, environment)) {
                if (entry.title.startsWith(QStringLiteral("Try a condition")))
                    return entry.title + u", "_qs + entry.hint;
            }
            return QString();
        };
        QCOMPARE(first(QStringLiteral("shop"), QStringLiteral("dev")),
                 QStringLiteral("Try a condition in dev, Environments of shop"));
        QCOMPARE(first(QStringLiteral("shop"), QStringLiteral("prod")),
                 QStringLiteral("Try a condition in prod, Environments of shop"));
        QCOMPARE(first(QStringLiteral("books"), QStringLiteral("prod")),
                 QStringLiteral("Try a condition in prod, Environments of books"));
        QCOMPARE(page->paletteEntries({}, {}).size(),
                 page->paletteEntries(QStringLiteral("shop"), QStringLiteral("dev")).size());
    }
};

} // namespace tests

QTEST_MAIN(tests::TestSeveralWorkspaces)
#include "tst_severalworkspaces.moc"

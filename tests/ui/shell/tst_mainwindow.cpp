// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "tests/ui/shell/shellfixture.h"
#include "ui/log/logboard.h"
#include "ui/run/runpage.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/lastplace.h"
#include "ui/shell/openrunsmodel.h"
#include "ui/shell/rail.h"
#include "ui/shell/session.h"
#include "ui/shell/windowframe.h"
#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QToolButton>

using Page = ui::MainWindow::Page;

namespace tests {

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void itIsThereBeforeItsContent();
    void whatIsOpenedAtTheStartComesAlone();
    void itBeginsWithTheWelcomePage();
    void aFolderShowsItsRunbooks();
    void aLoneFileOpensItsRunbook();
    void aListedFileOpensInItsWorkspace();
    void aLogFileOpensOnThePageOfLogs_data();
    void aLogFileOpensOnThePageOfLogs();
    void whatCannotBeOpenedIsSaid();
    void aBrokenWorkspaceNamesItsLines();
    void theLastOneAskedForWins();
    void aProtectedEnvironmentFramesTheWindow();
    void aClickOpensARunbook();
    void returnOpensARunbook();
    void thePaletteFindsARunbook();
    void escapeGivesTheFocusBack();
    void droppingOpens();
    void droppingSeveralOpensAllOfThem();
    void theRailLeadsToThePages();
    void ctrlAndANumberFollowTheRail();
    void settingsCountAtOnce();
    void emptyPagesLeadOn();
    void aNoticeIsTriedInTheSettings();
    void theNoticeIsShown();
    void whatWasOpenComesBack();
    void thePageComesBack_data();
    void thePageComesBack();
    void thePreviewComesBack();
    void whatIsGoneIsSaidAndForgotten();
    void listsAreAsTallAsTheirRows();
    void thePlaceOfCommandsIsSaid();
    void hostsHaveAPage();
    void aLostHostIsSaidOnEveryPage();
    void aHostsQuestionIsAskedOverTheWindow();
    void itClosesWithoutAsking();
    void thePlaceOutlivesAKill();
    void itAsksBeforeItLeavesACommand();
    void aRunIsDrivenOnWhileSomethingElseIsShown();
    void aRunThatEndsWhileSomethingElseIsShownIsLetGo();
    void theKeysOfEveryPageAreListed();
    void aRunbookListsAllOfItsKeys();

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    [[nodiscard]] ui::MainWindow& window() { return m_fixture->window(); }
    void show();
    void openWorkspace();
    void openRun(models::RunId& run, models::StepId& command);
    template <class T>
    T* find(const char* name) {
        return window().findChild<T*>(QLatin1String(name));
    }

    std::unique_ptr<ShellFixture> m_fixture;
    QStringList m_strayWindows;
};

void TestMainWindow::initTestCase() {
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    ui::Theme::instance().install(*qApp);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
    qApp->installEventFilter(this);
}

void TestMainWindow::init() {
    ui::Preferences::instance().finish();
    QSettings().remove(QStringLiteral("window"));
    m_fixture = std::make_unique<ShellFixture>();
    for (const QString& path : m_fixture->workspaces().recent())
        m_fixture->workspaces().removeRecent(path);
    show();
}

void TestMainWindow::cleanup() {
    m_fixture.reset();
    QCOMPARE(std::exchange(m_strayWindows, {}).join(u';'), QString());
}

/// A part that is shown before it has its place is a window of its own, for a moment.
bool TestMainWindow::eventFilter(QObject* watched, QEvent* event) {
    const auto* widget = qobject_cast<const QWidget*>(watched);
    if (event->type() == QEvent::Show && widget != nullptr && widget->windowType() == Qt::Window &&
        qobject_cast<const ui::MainWindow*>(widget) == nullptr)
        m_strayWindows.append(QLatin1String(widget->metaObject()->className()) + u' ' +
                              widget->objectName());
    return false;
}

void TestMainWindow::show() {
    window().show();
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    QTRY_VERIFY(find<QWidget>("rail")->isVisible());
}

void TestMainWindow::openWorkspace() {
    window().openPath(m_fixture->makeWorkspace(QStringLiteral("portal")));
    QTRY_COMPARE(window().page(), Page::Workspace);
}

void TestMainWindow::itIsThereBeforeItsContent() {
    m_fixture->restart();
    window().show();
    auto* frame = window().findChild<ui::WindowFrame*>();
    QVERIFY(frame->isVisible());
    QVERIFY(!find<QWidget>("rail")->isVisible());
    QTRY_VERIFY(find<QWidget>("rail")->isVisible());
    window().activateWindow();
    QTRY_VERIFY(find<QWidget>("welcomePage")->isAncestorOf(QApplication::focusWidget()) ||
                QApplication::focusWidget() == find<QWidget>("welcomePage"));
}

/// The welcome page is not shown only to be replaced; where nothing can be opened it is.
void TestMainWindow::whatIsOpenedAtTheStartComesAlone() {
    const QString folder = m_fixture->makeWorkspace(QStringLiteral("portal"));
    for (const QString& path : {folder, QStringLiteral("/nowhere/at/all")}) {
        m_fixture->restart();
        window().show();
        window().begin({path});
        const bool isThere = path == folder;
        bool isSeen = false;
        const auto isShown = [&](const char* name) {
            const auto* page = find<QWidget>(name);
            return page != nullptr && page->isVisible();
        };
        const auto isWelcome = [&] { return isShown("welcomePage"); };
        QTRY_VERIFY((isSeen = isSeen || isWelcome(),
                     isThere ? window().page() == Page::Workspace : isWelcome()));
        QCOMPARE(isSeen, !isThere);
        QCOMPARE(isShown("workspacePage"), isThere);
    }
}

void TestMainWindow::itBeginsWithTheWelcomePage() {
    QCOMPARE(window().page(), Page::Welcome);
    QCOMPARE(window().windowTitle(), QStringLiteral("Gantry"));
    window().showPage(Page::Workspace);
    QCOMPARE(window().page(), Page::Welcome);
}

void TestMainWindow::aFolderShowsItsRunbooks() {
    openWorkspace();
    auto* list = find<QAbstractItemView>("runbooks");
    QCOMPARE(list->model()->rowCount(), 2);
    QTRY_COMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Deploy the portal"));
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("portal")));
    QCOMPARE(m_fixture->workspaces().recent().size(), 1);
}

void TestMainWindow::aLoneFileOpensItsRunbook() {
    window().openPath(
        m_fixture->write(QStringLiteral("alone/list.md"), "# A list\n\n- [ ] One\n- [ ] Two\n"));
    QTRY_COMPARE(window().page(), Page::Run);
}

void TestMainWindow::aListedFileOpensInItsWorkspace() {
    const QString root = m_fixture->makeWorkspace(QStringLiteral("listed"));
    const auto workspace = app::WorkspaceService::read(root);
    QVERIFY(workspace && !workspace->runbooks.isEmpty());
    const QString runbook = workspace->runbooks.last();
    window().openPath(root + u'/' + runbook);
    QTRY_COMPARE(window().page(), Page::Run);
    QTRY_VERIFY(window().findChild<ui::RunPage*>()->state().plan);
    QCOMPARE(window().findChild<ui::RunPage*>()->state().plan->context.runbookPath, runbook);
    QCOMPARE(window().findChild<ui::RunPage*>()->state().plan->context.workspaceId, workspace->id);
    QCOMPARE(m_fixture->workspaces().recent(), QStringList{root});
}

void TestMainWindow::aLogFileOpensOnThePageOfLogs_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"a.log", "a.LOG.1", "a.log-20261121.gz", "a.log.zst"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestMainWindow::aLogFileOpensOnThePageOfLogs() {
    QFETCH(QString, name);
    window().openPath(m_fixture->write(name, "one\ntwo\n"));
    QCOMPARE(window().page(), Page::Logs);
    QTRY_COMPARE(window().findChild<ui::LogBoard*>()->endRow(), 2);
}

void TestMainWindow::whatCannotBeOpenedIsSaid() {
    window().openPath(QStringLiteral("/nowhere/at/all"));
    auto* banner = find<ui::BannerWidget>("failure");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->level(), ui::BannerWidget::Level::Error);
    QVERIFY(banner->text().contains(QStringLiteral("/nowhere/at/all")));
    QCOMPARE(window().page(), Page::Welcome);
    openWorkspace();
    QVERIFY(!banner->isVisible());
}

void TestMainWindow::aBrokenWorkspaceNamesItsLines() {
    m_fixture->write(QStringLiteral("broken/gantry.yaml"),
                     "gantry: 1\nname: broken\nenviroments:\n  prod: {}\n");
    const QString path = m_fixture->write(QStringLiteral("broken/a.md"), "# A\n\n- [ ] One\n");
    window().openPath(QFileInfo(path).path());
    QTRY_COMPARE(window().page(), Page::Workspace);
    auto* banner = find<QWidget>("workspacePage")->findChild<ui::BannerWidget*>();
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->text().contains(QStringLiteral("line 3")), qPrintable(banner->text()));
}

void TestMainWindow::theLastOneAskedForWins() {
    const QString first = m_fixture->makeWorkspace(QStringLiteral("first"));
    const QString second = m_fixture->makeWorkspace(QStringLiteral("second"));
    window().openPath(first);
    window().openPath(second);
    QTRY_COMPARE(window().page(), Page::Workspace);
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("second")));
}

void TestMainWindow::aProtectedEnvironmentFramesTheWindow() {
    openWorkspace();
    auto* frame = find<ui::WindowFrame>("windowFrame");
    const auto cards = find<QWidget>("environmentStrip")->findChildren<QAbstractButton*>();
    QCOMPARE(cards.size(), 2);
    QCOMPARE(cards[0]->text(), QStringLiteral("local"));
    QTest::mouseClick(cards[0], Qt::LeftButton);
    QVERIFY(!frame->line().isValid());
    QTest::mouseClick(cards[1], Qt::LeftButton);
    QVERIFY(frame->line().isValid());
    QVERIFY(window().windowTitle().contains(QStringLiteral("prod (protected)")));
    QTest::mouseClick(cards[0], Qt::LeftButton);
    QVERIFY(!frame->line().isValid());
}

void TestMainWindow::aClickOpensARunbook() {
    openWorkspace();
    auto* list = find<QAbstractItemView>("runbooks");
    const QRect row = list->visualRect(list->model()->index(1, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(window().page(), Page::Run);
}

void TestMainWindow::returnOpensARunbook() {
    openWorkspace();
    auto* list = find<QAbstractItemView>("runbooks");
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(window().page(), Page::Run);
}

void TestMainWindow::thePaletteFindsARunbook() {
    openWorkspace();
    QTRY_COMPARE(find<QAbstractItemView>("runbooks")->model()->index(1, 0).data().toString(),
                 QStringLiteral("Verify the portal"));
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = find<QWidget>("commandPalette");
    QVERIFY(palette->isVisible());
    auto* field = palette->findChild<QLineEdit*>();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("verify"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!palette->isVisible());
    QCOMPARE(window().page(), Page::Run);
}

void TestMainWindow::escapeGivesTheFocusBack() {
    openWorkspace();
    auto* list = find<QAbstractItemView>("runbooks");
    list->setFocus();
    QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
    auto* palette = find<QWidget>("commandPalette");
    auto* field = palette->findChild<QLineEdit*>();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
    QVERIFY(list->hasFocus());
}

void TestMainWindow::droppingOpens() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_fixture->makeWorkspace(QStringLiteral("dropped")))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QTRY_COMPARE(window().page(), Page::Workspace);
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("dropped")));

    QMimeData words;
    words.setText(QStringLiteral("not a file"));
    QDragEnterEvent other(QPoint(50, 50), Qt::CopyAction, &words, Qt::LeftButton, {});
    other.ignore();
    QApplication::sendEvent(&window(), &other);
    QVERIFY(!other.isAccepted());
}

void TestMainWindow::droppingSeveralOpensAllOfThem() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_fixture->makeWorkspace(QStringLiteral("first"))),
                  QUrl::fromLocalFile(m_fixture->makeWorkspace(QStringLiteral("second")))});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QTRY_COMPARE(window().page(), Page::Workspace);
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("first")));
    QTRY_COMPARE(ui::Session::lastPaths().size(), 2);
}

void TestMainWindow::theRailLeadsToThePages() {
    const auto places = find<QWidget>("rail")->findChildren<ui::RailButton*>();
    QCOMPARE(places.size(), 7);
    QTest::mouseClick(places[1], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Environments);
    QVERIFY(places[1]->isChecked());
    QTest::mouseClick(places[2], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Runs);
    QTest::mouseClick(places[3], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Logs);
    QTest::mouseClick(places[4], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Health);
    QTest::mouseClick(places[5], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Hosts);
    QTest::mouseClick(places[6], Qt::LeftButton);
    QCOMPARE(window().page(), Page::Settings);
}

void TestMainWindow::ctrlAndANumberFollowTheRail() {
    openWorkspace();
    const auto places = find<QWidget>("rail")->findChildren<ui::RailButton*>();
    window().showPage(Page::Settings);
    for (int i = 0; i < places.size() - 1; ++i) {
        QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_1 + i), Qt::ControlModifier);
        QVERIFY2(places[i]->isChecked(), qPrintable(places[i]->text()));
        const QString keys = QStringLiteral("Ctrl+%1").arg(i + 1);
        QVERIFY2(places[i]->toolTip().contains(keys), qPrintable(places[i]->toolTip()));
    }
    QTest::keyClick(&window(), Qt::Key_Comma, Qt::ControlModifier);
    QVERIFY(places.last()->isChecked());
}

void TestMainWindow::settingsCountAtOnce() {
    window().showPage(Page::Settings);
    auto* theme = find<QWidget>("settingsPage")->findChild<QComboBox*>();
    theme->setFocus();
    theme->setCurrentIndex(0);
    QTest::keyClick(theme, Qt::Key_Down);
    QTest::keyClick(theme, Qt::Key_Down);
    QVERIFY(ui::Theme::instance().isDark());
    QTest::keyClick(theme, Qt::Key_Up);
    QVERIFY(!ui::Theme::instance().isDark());
}

/// What there is to do first is one press away.
void TestMainWindow::emptyPagesLeadOn() {
    for (const Page page : {Page::Environments, Page::Health, Page::Hosts}) {
        window().showPage(page);
        const QList<QAbstractButton*> all =
            window().findChildren<QAbstractButton*>(QStringLiteral("emptyAction"));
        const auto shown = std::find_if(all.begin(), all.end(), [](const QAbstractButton* button) {
            return button->isVisible();
        });
        QVERIFY(shown != all.end());
        QCOMPARE((*shown)->text(), QStringLiteral("Open folder…"));
        QTest::mouseClick(*shown, Qt::LeftButton);
        auto* const dialog = window().findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->reject();
        QTRY_VERIFY(window().findChild<QFileDialog*>() == nullptr);
    }
}

void TestMainWindow::aNoticeIsTriedInTheSettings() {
    window().showPage(Page::Settings);
    auto* const test = find<QAbstractButton>("testNotice");
    QTest::mouseClick(test, Qt::LeftButton);
    QCOMPARE(m_fixture->health().notifier.notices.size(), 1);
    QStringList told;
    for (const QLabel* label : find<QWidget>("statusLine")->findChildren<QLabel*>())
        told.append(label->text());
    QVERIFY2(told.contains(QStringLiteral("The test notification was taken by 1 receiver.")),
             qPrintable(told.join(u'\n')));
    auto* const notice = find<ui::BannerWidget>("notice");
    QVERIFY(!notice->isVisible());
    m_fixture->health().notifier.taken =
        models::failure(models::ErrorCode::Refused, QStringLiteral("There is no desktop."));
    QTest::mouseClick(test, Qt::LeftButton);
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->text(), QStringLiteral("There is no desktop."));
}

void TestMainWindow::theNoticeIsShown() {
    m_fixture->restart(QStringLiteral("The journal was damaged and is kept aside."));
    show();
    QTRY_VERIFY(find<ui::BannerWidget>("notice")->isVisible());
}

void TestMainWindow::whatWasOpenComesBack() {
    openWorkspace();
    window().close();
    m_fixture->restart();
    window().begin({});
    QTRY_COMPARE(window().page(), Page::Workspace);
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("portal")));
}

void TestMainWindow::thePageComesBack_data() {
    QTest::addColumn<Page>("page");
    QTest::addColumn<bool>("withWorkspace");
    QTest::newRow("runs") << Page::Runs << true;
    QTest::newRow("settings") << Page::Settings << true;
    QTest::newRow("runs without a workspace") << Page::Runs << false;
    QTest::newRow("settings without a workspace") << Page::Settings << false;
}

void TestMainWindow::thePageComesBack() {
    QFETCH(Page, page);
    QFETCH(bool, withWorkspace);
    if (withWorkspace)
        openWorkspace();
    window().showPage(page);
    window().close();
    m_fixture->restart();
    window().begin({});
    QTRY_COMPARE(window().page(), page);
    QCOMPARE(window().windowTitle().startsWith(QStringLiteral("portal")), withWorkspace);
}

void TestMainWindow::thePreviewComesBack() {
    openWorkspace();
    window().openRunbook(QStringLiteral("runbooks/verify.md"));
    QTRY_VERIFY(window().findChild<ui::RunPage*>()->title().contains(QStringLiteral("Verify")));
    window().close();
    m_fixture->restart();
    window().begin({});
    QTRY_COMPARE(window().page(), Page::Run);
    QTRY_VERIFY(window().findChild<ui::RunPage*>()->title().contains(QStringLiteral("Verify")));
}

void TestMainWindow::whatIsGoneIsSaidAndForgotten() {
    openWorkspace();
    const QString path = m_fixture->workspaces().recent().first();
    window().close();
    QVERIFY(QDir(path).removeRecursively());
    m_fixture->restart();
    show();
    window().begin({});
    auto* banner = find<ui::BannerWidget>("failure");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(window().page(), Page::Welcome);
    QTest::mouseClick(banner->findChild<QPushButton*>(), Qt::LeftButton);
    QVERIFY(!banner->isVisible());
    QVERIFY(m_fixture->workspaces().recent().isEmpty());
    QVERIFY(ui::Session::lastPath().isEmpty());
}

void TestMainWindow::listsAreAsTallAsTheirRows() {
    openWorkspace();
    auto* list = find<QAbstractItemView>("runbooks");
    QTRY_COMPARE(list->height(), list->sizeHint().height());
    const QRect last = list->visualRect(list->model()->index(1, 0));
    QCOMPARE(last.bottom() + 1, list->viewport()->height());
}

void TestMainWindow::thePlaceOfCommandsIsSaid() {
    const auto words = [this] {
        QStringList all;
        for (const QLabel* label : find<QWidget>("statusLine")->findChildren<QLabel*>())
            all.append(label->text());
        return all.join(u'\n');
    };
    QVERIFY(!words().contains(QStringLiteral("this machine")));
    openWorkspace();
    QVERIFY2(words().contains(QStringLiteral("Commands run on this machine")), qPrintable(words()));
}

void TestMainWindow::hostsHaveAPage() {
    const QString file = m_fixture->write(QStringLiteral("fleet/gantry.yaml"),
                                          "gantry: 1\nname: Fleet\nenvironments:\n  prod:\n"
                                          "    hosts:\n      web-1: { ssh: deploy@web-1 }\n"
                                          "      web-2: { ssh: deploy@web-2 }\n");
    window().openPath(file);
    window().showPage(Page::Hosts);
    auto* list = find<QAbstractItemView>("hostList");
    QTRY_COMPARE(list->model()->rowCount(), 2);
    const auto place = [this] {
        return find<QWidget>("statusLine")->findChildren<QLabel*>().first()->text();
    };
    QCOMPARE(place(), QStringLiteral("0 of 2 hosts connected"));
    app::HostLink link;
    link.ssh = QStringLiteral("deploy@web-2");
    link.state = app::HostLink::State::Connected;
    m_fixture->hosts().setLink(link);
    QCOMPARE(place(), QStringLiteral("1 of 2 hosts connected"));
    link.state = app::HostLink::State::Silent;
    m_fixture->hosts().setLink(link);
    QCOMPARE(place(), QStringLiteral("0 of 2 hosts connected, 1 not answering"));
    QVERIFY(m_fixture->hosts().connected.isEmpty() && m_fixture->hosts().checked.isEmpty());
}

void TestMainWindow::aLostHostIsSaidOnEveryPage() {
    openWorkspace();
    app::HostLink link;
    link.ssh = QStringLiteral("deploy@web-1");
    link.state = app::HostLink::State::Waiting;
    m_fixture->hosts().setLink(link);
    auto* banner = find<QWidget>("hostBanner");
    for (const Page page : {Page::Workspace, Page::Runs, Page::Settings}) {
        window().showPage(page);
        QVERIFY(banner->isVisible());
    }
    for (auto* button : banner->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Show host"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(window().page(), Page::Hosts);
}

void TestMainWindow::aHostsQuestionIsAskedOverTheWindow() {
    app::SshQuestion question;
    question.id = 5;
    question.prompts = {{QStringLiteral("Password:"), true}};
    Q_EMIT m_fixture->hosts().questionAsked(question);
    QTRY_VERIFY(QApplication::activeModalWidget());
    QCOMPARE(QApplication::activeModalWidget()->objectName(), QStringLiteral("hostQuestionSheet"));
    QTest::keyClick(QApplication::activeModalWidget(), Qt::Key_Escape);
    QTRY_COMPARE(m_fixture->hosts().answers.size(), 1);
    QVERIFY(m_fixture->hosts().answers.first().answer.decision ==
            app::SshAnswer::Decision::Decline);
}

void TestMainWindow::itClosesWithoutAsking() {
    openWorkspace();
    QVERIFY(window().close());
    QVERIFY(!window().isVisible());
}

/// The run of a runbook with a command, open in the window, and that command's step.
void TestMainWindow::openRun(models::RunId& run, models::StepId& command) {
    openWorkspace();
    const auto runbook = models::Result<models::Runbook>(
        app::RunbookService::read(m_fixture->makeWorkspace(QStringLiteral("portal")) +
                                  QStringLiteral("/runbooks/deploy.md")));
    QVERIFY(runbook);
    models::PlanContext context;
    context.runbookPath = QStringLiteral("runbooks/deploy.md");
    context.workspaceId = window().findChild<ui::Session*>()->workspace()->id;
    auto plan = std::make_shared<const models::Plan>(models::makePlan(*runbook, context));
    for (const models::PlanStep& step : plan->steps) {
        if (!step.step.commands.isEmpty())
            command = step.step.id;
    }
    QVERIFY(!command.isEmpty());
    const auto started = m_fixture->runs().start(plan, {});
    QTRY_VERIFY(started.isFinished());
    QVERIFY(started.result());
    window().openRun(*started.result());
    const auto* page = window().findChild<ui::RunPage*>();
    QCOMPARE(page->run(), *started.result());
    QTRY_VERIFY(page->isRunUnderWay());
    run = *started.result();
}

void TestMainWindow::thePlaceOutlivesAKill() {
    models::RunId run;
    models::StepId command;
    openRun(run, command);
    QTRY_COMPARE(ui::LastPlace::load().run, run);
    // What is not in the file by then is gone.
    ui::Preferences::instance().finish();
    QCOMPARE(QSettings().value(QStringLiteral("window/run")).toString(), run.text());
    m_fixture->restart(); // nothing was closed
    show();
    window().begin();
    QTRY_COMPARE(window().page(), Page::Run);
    QTRY_COMPARE(window().findChild<ui::RunPage*>()->run(), run);
    // Nor is it another page that was looked at last, once the run is read.
    QTRY_VERIFY(window().findChild<ui::RunPage*>()->isRunUnderWay());
    window().showPage(Page::Logs);
    ui::Preferences::instance().finish();
    m_fixture->restart();
    show();
    window().begin();
    QTRY_COMPARE(window().page(), Page::Logs);
    QCOMPARE(window().findChild<ui::RunPage*>()->run(), run);
}

void TestMainWindow::itAsksBeforeItLeavesACommand() {
    models::RunId run;
    models::StepId command;
    openRun(run, command);
    m_fixture->runs().startStep(run, command);
    QTRY_COMPARE(m_fixture->runs().attemptsUnderWay(), 1);

    QVERIFY(!window().close());
    auto* dialog = window().findChild<ui::LeaveDialog*>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(dialog->isVisible());
    QStringList words;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        words.append(label->text());
    QVERIFY2(words.contains(QStringLiteral("• Restart the portal")), qPrintable(words.join(u'\n')));
    QVERIFY2(words.join(u'\n').contains(QStringLiteral("Nothing more starts until you reopen")),
             qPrintable(words.join(u'\n')));
    QTest::mouseClick(dialog->findChild<QAbstractButton*>(QStringLiteral("stayButton")),
                      Qt::LeftButton);
    QTRY_VERIFY(window().findChild<ui::LeaveDialog*>() == nullptr);
    QVERIFY(window().isVisible());

    QVERIFY(!window().close());
    dialog = window().findChild<ui::LeaveDialog*>();
    QTest::mouseClick(dialog->findChild<QAbstractButton*>(QStringLiteral("leaveButton")),
                      Qt::LeftButton);
    QTRY_VERIFY(!window().isVisible());
}

void TestMainWindow::aRunIsDrivenOnWhileSomethingElseIsShown() {
    models::RunId run;
    models::StepId command;
    openRun(run, command);
    auto* page = window().findChild<ui::RunPage*>();
    const QString title = page->title();
    window().openRunbook(QStringLiteral("runbooks/verify.md"));
    QTRY_VERIFY(page->run().isEmpty() && page->title() != title);

    // What is asked of it is done, as nobody has let go of it.
    m_fixture->runs().startStep(run, command);
    QTRY_COMPARE(m_fixture->runs().attemptsUnderWay(), 1);
    auto* way = find<QToolButton>("runUnderWay");
    QCOMPARE(way->accessibleName(), QStringLiteral("Run under way: ") + title);
    QVERIFY(!window().close());
    auto* dialog = window().findChild<ui::LeaveDialog*>();
    QVERIFY(dialog != nullptr);
    QTest::mouseClick(dialog->findChild<QAbstractButton*>(QStringLiteral("stayButton")),
                      Qt::LeftButton);
    QTRY_VERIFY(window().findChild<ui::LeaveDialog*>() == nullptr);

    // The list of what can be taken up says that it was not put down.
    window().showPage(Page::Workspace);
    const auto* openRuns = qobject_cast<ui::OpenRunsModel*>(find<QListView>("openRuns")->model());
    const auto isListedAsDriven = [&] {
        for (int row = 0; row < openRuns->rowCount(); ++row) {
            const QModelIndex index = openRuns->index(row);
            if (openRuns->runId(index) == run)
                return index.data(ui::OpenRunsModel::DrivenRole).toBool();
        }
        return false;
    };
    QTRY_VERIFY(isListedAsDriven());

    way->click();
    QCOMPARE(page->run(), run);
    QTRY_VERIFY(page->isRunUnderWay());
    QCOMPARE(page->runsUnderWay(), QList<models::RunId>{run});
    QCOMPARE(page->state().step(command).status, models::StepStatus::Running);
}

void TestMainWindow::aRunThatEndsWhileSomethingElseIsShownIsLetGo() {
    models::RunId run;
    models::StepId command;
    openRun(run, command);
    auto* page = window().findChild<ui::RunPage*>();
    window().openRunbook(QStringLiteral("runbooks/verify.md"));
    QTRY_VERIFY(page->run().isEmpty());
    QVERIFY(m_fixture->runs().state(run) != nullptr);
    m_fixture->runs().close(run, models::RunOutcome::Aborted, QStringLiteral("not needed"));
    QTRY_VERIFY(m_fixture->runs().state(run) == nullptr);
    QTRY_VERIFY(!find<QToolButton>("runUnderWay")->isEnabled());
    QVERIFY(window().close());
}

void TestMainWindow::theKeysOfEveryPageAreListed() {
    QTest::keyClick(&window(), Qt::Key_Slash, Qt::ControlModifier);
    const auto* sheet = find<QDialog>("shortcutsDialog");
    QVERIFY(sheet != nullptr);
    QStringList words;
    for (const QLabel* label : sheet->findChildren<QLabel*>())
        words.append(label->text());
    for (const char* title : {"Window", "Run", "Timeline", "Logs, while lines are shown", "Health"})
        QVERIFY2(words.contains(QLatin1String(title)), title);
}

void TestMainWindow::aRunbookListsAllOfItsKeys() {
    openWorkspace();
    window().openRunbook(QStringLiteral("runbooks/deploy.md"));
    const auto* page = find<QWidget>("runPage");
    QVERIFY(!page->actions().isEmpty());
    for (QAction* action : page->actions()) {
        if (action->shortcut() == QKeySequence(Qt::Key_Question))
            action->trigger();
    }
    const auto* sheet = find<QDialog>("listSheet");
    QVERIFY(sheet != nullptr);
    QStringList words;
    for (const QLabel* label : sheet->findChildren<QLabel*>())
        words.append(label->text());
    for (const QAction* action : page->actions())
        QVERIFY2(words.contains(action->shortcut().toString(QKeySequence::NativeText)),
                 qPrintable(action->text()));
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("gantry"));
    QCoreApplication::setApplicationName(QStringLiteral("gantry"));
    tests::TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_mainwindow.moc"

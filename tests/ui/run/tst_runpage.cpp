// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/sqlitejournal.h"
#include "app/process/localplace.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/runpage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using models::StepStatus;

namespace {

constexpr int patience = 20'000;

constexpr char document[] = R"(# Release

## Deploy

- [ ] Tell the team
- [ ] Build it
  ```sh
  echo built
  ```
- [ ] Move the switch
  ```sh
  test -e switch
  ```
- [ ] Look at the graphs
)";

/// A page on real services, with a document in a workspace of one.
class Desk {
public:
    Desk()
        : runs(journal, secrets,
               [](const QString&) { return std::make_unique<app::LocalPlace>(); }) {
        QFile file(folder.filePath(QStringLiteral("release.md")));
        if (file.open(QFile::WriteOnly))
            file.write(document);
        workspace.id = QStringLiteral("desk");
        workspace.name = QStringLiteral("Desk");
        workspace.root = folder.path();
        workspace.environments = {models::localEnvironment()};
        workspace.runbooks = {QStringLiteral("release.md")};
    }

    std::unique_ptr<ui::RunPage> openPage() {
        auto page = std::make_unique<ui::RunPage>(runs, runbooks);
        page->resize(1280, 800);
        page->show();
        // Keys of the page only count in the active window.
        page->activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(page.get()));
        page->setFocus();
        return page;
    }

    QTemporaryDir folder;
    app::SqliteJournal journal;
    tests::MemorySecretStore secrets;
    app::RunService runs;
    app::RunbookService runbooks;
    models::Workspace workspace;
};

QPushButton* button(QWidget& parent, const char* name) {
    return parent.findChild<QPushButton*>(QString::fromLatin1(name));
}

QDialog* sheet(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->objectName() == QLatin1String(name))
            return qobject_cast<QDialog*>(widget);
    }
    return nullptr;
}

StepStatus statusOf(const ui::RunPage& page, int index) {
    return models::effectiveStatus(page.state(), index);
}

/// Answers the question that is open with the keyboard.
void answer(const QString& text) {
    QTRY_VERIFY(sheet("askSheet"));
    QDialog* asked = sheet("askSheet");
    auto* field = asked->findChild<QPlainTextEdit*>(QStringLiteral("askField"));
    QVERIFY(field);
    QTest::keyClicks(field, text);
    QTest::mouseClick(button(*asked, "askConfirm"), Qt::LeftButton);
    QTRY_VERIFY(!sheet("askSheet"));
}

void startRun(ui::RunPage& page) {
    QTRY_COMPARE_WITH_TIMEOUT(button(page, "primaryButton")->text(), QStringLiteral("Start run…"),
                              patience);
    QTest::mouseClick(button(page, "primaryButton"), Qt::LeftButton);
    QTRY_VERIFY(sheet("startSheet"));
    QTest::mouseClick(button(*sheet("startSheet"), "startRun"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.isRunUnderWay(), patience);
}

} // namespace

class TestRunPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clicksThroughARun();
    void resumesWhereItStood();
    void filtersAndFindsItsWay();
    void tellsOfAChangedDocument();
};

void TestRunPage::clicksThroughARun() {
    Desk desk;
    const auto page = desk.openPage();
    page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    // A manual step with the keyboard, a command with the mouse.
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Run step"));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 1), StepStatus::Passed, patience);
    // The third fails, and says what may be done.
    QTRY_COMPARE(steps->currentIndex().data().toString(), QStringLiteral("Move the switch"));
    QTest::keyClick(steps, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Failed, patience);
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Retry step"));
    QVERIFY(page->findChild<QWidget*>(QStringLiteral("failureCard")));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(
        page->state().step(page->state().plan->steps[2].step.id).attempts.size(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Failed, patience);
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Retry step"));
    auto* skip = page->findChild<QPushButton*>(QStringLiteral("card:Skip step…"));
    QVERIFY(skip);
    QTest::mouseClick(skip, Qt::LeftButton);
    answer(QStringLiteral("The switch is out of order"));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Skipped, patience);
    QCOMPARE(page->state().step(page->state().plan->steps[2].step.id).reason,
             QStringLiteral("The switch is out of order"));
    QTRY_COMPARE(steps->currentIndex().data().toString(), QStringLiteral("Look at the graphs"));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 3), StepStatus::Passed, patience);
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Close run…"));
}

void TestRunPage::resumesWhereItStood() {
    Desk desk;
    models::RunId run;
    {
        const auto page = desk.openPage();
        page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        run = page->run();
    }
    const auto page = desk.openPage();
    page->openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(page->isRunUnderWay(), patience);
    QCOMPARE(statusOf(*page, 0), StepStatus::Passed);
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QCOMPARE(steps->currentIndex().data().toString(), QStringLiteral("Build it"));
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Run step"));
}

void TestRunPage::filtersAndFindsItsWay() {
    Desk desk;
    const auto page = desk.openPage();
    page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QTRY_VERIFY_WITH_TIMEOUT(steps->model()->rowCount() > 0, patience);
    auto* filter = page->findChild<QLineEdit*>(QStringLiteral("stepFilter"));
    QTest::keyClicks(filter, QStringLiteral("graphs"));
    const QModelIndex section = steps->model()->index(0, 0);
    QTRY_COMPARE(steps->model()->rowCount(section), 1);
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_COMPARE(steps->model()->rowCount(steps->model()->index(0, 0)), 4);
    steps->setFocus();
    QTest::keyClick(steps, Qt::Key_Home);
    QTest::keyClick(steps, Qt::Key_Down);
    QCOMPARE(steps->currentIndex().data().toString(), QStringLiteral("Tell the team"));
    QTest::keyClick(steps, Qt::Key_N);
    QCOMPARE(steps->currentIndex().data().toString(), QStringLiteral("Build it"));
    QVERIFY(!page->paletteEntries().isEmpty());
}

void TestRunPage::tellsOfAChangedDocument() {
    Desk desk;
    const auto page = desk.openPage();
    page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const QString hash = page->state().plan->runbook.sha256;
    QFile file(desk.folder.filePath(QStringLiteral("release.md")));
    QVERIFY(file.open(QFile::Append));
    file.write("- [ ] One more thing\n");
    file.close();
    const auto tells = [&page] {
        for (const QLabel* label : page->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("changed on disk")))
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(tells(), patience);
    QCOMPARE(page->state().plan->runbook.sha256, hash);
    QCOMPARE(page->state().plan->steps.size(), 4);
}

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("gantry-test"));
    QApplication::setApplicationName(QStringLiteral("gantry-test"));
    ui::Theme::instance().install(application);
    TestRunPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_runpage.moc"

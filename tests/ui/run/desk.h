// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/sqlitejournal.h"
#include "app/process/localplace.h"
#include "app/runbook/runbookservice.h"
#include "models/run/runtreemodel.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/runpage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

/// The page of a run on services that really run commands, and what a person does with it.
namespace tests {

inline constexpr int patience = 20'000; ///< ms

inline constexpr char fourSteps[] = R"(# Release

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

/// Keys of the page only count in the active window; a sheet that closes leaves none.
inline void activate(ui::RunPage& page) {
    page.activateWindow();
    static_cast<void>(QTest::qWaitForWindowActive(&page));
}

/// A page on real services, with a document in a workspace of one.
class Desk {
public:
    explicit Desk(const char* text = fourSteps)
        : runs(journal, secrets,
               [](const auto&, const QString&) { return std::make_unique<app::LocalPlace>(); }) {
        QFile file(folder.filePath(QStringLiteral("release.md")));
        if (file.open(QFile::WriteOnly))
            file.write(text);
        workspace.id = folder.path().section(QLatin1Char('/'), -1); // no other desk's
        workspace.name = QStringLiteral("Desk");
        workspace.root = folder.path();
        workspace.environments = {models::localEnvironment()};
        workspace.runbooks = {QStringLiteral("release.md")};
    }

    std::unique_ptr<ui::RunPage> openPage() {
        auto page = std::make_unique<ui::RunPage>(runs, runbooks);
        page->resize(1280, 800);
        page->show();
        activate(*page);
        page->setFocus();
        return page;
    }
    std::unique_ptr<ui::RunPage> openRunbook() {
        auto page = openPage();
        page->openRunbook(workspace, QStringLiteral("release.md"), QStringLiteral("local"));
        return page;
    }

    QTemporaryDir folder;
    app::SqliteJournal journal;
    tests::MemorySecretStore secrets;
    app::RunService runs;
    app::RunbookService runbooks;
    models::Workspace workspace;
};

inline QPushButton* button(QWidget& parent, const char* name) {
    return parent.findChild<QPushButton*>(QString::fromLatin1(name));
}

inline QDialog* sheet(const char* name) {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->objectName() == QLatin1String(name))
            return qobject_cast<QDialog*>(widget);
    }
    return nullptr;
}

/// The one button in sight that says this: no choice stands twice.
inline QPushButton* onlyButton(const QWidget& parent, const QString& words) {
    QList<QPushButton*> found;
    for (QPushButton* push : parent.findChildren<QPushButton*>()) {
        if (push->isVisible() && push->text() == words)
            found.append(push);
    }
    return found.size() == 1 ? found.first() : nullptr;
}

inline void select(const ui::RunPage& page, int planIndex) {
    auto* view = page.findChild<QTreeView*>(QStringLiteral("stepView"));
    const QModelIndexList found =
        view->model()->match(view->model()->index(0, 0), models::RunTreeModel::PlanIndexRole,
                             planIndex, 1, Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    view->setCurrentIndex(found.first());
}

inline models::StepStatus statusOf(const ui::RunPage& page, int index) {
    return models::effectiveStatus(page.state(), index);
}

/// Answers the question that is open with the keyboard.
inline void answer(const QString& text) {
    QTRY_VERIFY(sheet("askSheet"));
    QDialog* asked = sheet("askSheet");
    auto* field = asked->findChild<QPlainTextEdit*>(QStringLiteral("askField"));
    QVERIFY(field);
    QTest::keyClicks(field, text);
    QTest::mouseClick(button(*asked, "askConfirm"), Qt::LeftButton);
    QTRY_VERIFY(!sheet("askSheet"));
}

inline void startRun(ui::RunPage& page) {
    QTRY_COMPARE_WITH_TIMEOUT(button(page, "primaryButton")->text(), QStringLiteral("Start run…"),
                              patience);
    QTest::mouseClick(button(page, "primaryButton"), Qt::LeftButton);
    QTRY_VERIFY(sheet("startSheet"));
    QTest::mouseClick(button(*sheet("startSheet"), "startRun"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(page.isRunUnderWay(), patience);
}

/// All words of this part of the page that are in sight.
inline QString wordsOf(const ui::RunPage& page, const char* part) {
    const auto* widget = page.findChild<QWidget*>(QLatin1String(part));
    QStringList words;
    if (widget == nullptr)
        return {};
    for (const QLabel* label : widget->findChildren<QLabel*>()) {
        if (label->isVisible())
            words.append(label->text());
    }
    return words.join(u'\n');
}

inline void pressSpace(ui::RunPage& page) {
    QTest::keyClick(page.findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
}

inline void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
}

/// Runs a test of the page: in a home of its own, and as the program looks.
template <class Test>
int runAtDesk(int argc, char** argv) {
    const TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("gantry-test"));
    QApplication::setApplicationName(QStringLiteral("gantry-test"));
    ui::Theme::instance().install(application);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace tests

/// The main function of such a test.
#define GANTRY_DESK_MAIN(Test)                                                                     \
    int main(int argc, char** argv) {                                                              \
        return tests::runAtDesk<Test>(argc, argv);                                                 \
    }

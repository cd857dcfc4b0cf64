// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/sqlitejournal.h"
#include "app/process/localplace.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/filecontent.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/runlistpage.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

namespace {

constexpr int patience = 20'000;

} // namespace

class TestRunListPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensARunByKeyAndByClick();
    void saysThatRunsCannotBeRead();
};

void TestRunListPage::opensARunByKeyAndByClick() {
    app::SqliteJournal journal;
    tests::MemorySecretStore secrets;
    app::RunService runs(journal, secrets, [](const auto&, const QString&) {
        return std::make_unique<app::LocalPlace>();
    });
    const auto plan = std::make_shared<const models::Plan>(
        models::makePlan(models::parseRunbook("# Release\n\n- [ ] Tell the team\n"), {}));
    const auto started = runs.start(plan, {});
    QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), patience);
    QVERIFY(started.result().has_value());

    ui::RunListPage page(runs);
    page.resize(900, 500);
    page.show();
    page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    auto* list = page.findChild<QListView*>();
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, patience);
    page.setFocus(Qt::OtherFocusReason); // as the window does that shows it
    QTRY_COMPARE(QApplication::focusWidget(), list);

    QSignalSpy activated(&page, &ui::RunListPage::runActivated);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    QCOMPARE(activated.size(), 2);
    QCOMPARE(activated.last().first().value<models::RunId>(), *started.result());
}

/// That there are none would be no word for a journal that cannot be read.
void TestRunListPage::saysThatRunsCannotBeRead() {
    app::JournalOptions options;
    options.folder += QStringLiteral("/file/in/its/way");
    tests::writeFile(options.folder.section(u"/in/"_qs, 0, 0), "no folder");
    app::SqliteJournal journal(options);
    tests::MemorySecretStore secrets;
    app::RunService runs(journal, secrets, [](const auto&, const QString&) {
        return std::make_unique<app::LocalPlace>();
    });
    ui::RunListPage page(runs);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    const auto seen = [&page] {
        QStringList words;
        for (const auto* button : page.findChildren<QAbstractButton*>()) {
            if (button->isVisible())
                words.append(button->text());
        }
        for (const auto* label : page.findChildren<QLabel*>()) {
            if (label->isVisible())
                words.append(label->text());
        }
        return words;
    };
    QTRY_VERIFY_WITH_TIMEOUT(seen().contains(u"Read runs again"_qs), patience);
    const QStringList words = seen();
    QVERIFY2(words.join(u'\n').contains(u"/file"_qs), qPrintable(words.join(u'\n')));
}

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"gantry-test"_qs);
    QApplication::setApplicationName(u"gantry-test"_qs);
    ui::Theme::instance().install(application);
    TestRunListPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_runlistpage.moc"

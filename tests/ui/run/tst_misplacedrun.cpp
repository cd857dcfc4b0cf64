// SPDX-License-Identifier: GPL-3.0-or-later
// The page of a run whose environment the workspace writes in another case.
#include "tests/ui/run/desk.h"

#include <QSignalSpy>

using models::StepStatus;
using namespace tests;

class TestMisplacedRun : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What was begun while nothing declared the environment is not gone on with unprotected, and
    /// can be taken back.
    void canOnlyBeLeft() {
        Desk desk(R"(# Build

- [ ] Tell the team
- [ ] Build it
  ```sh
  echo built > built
  ```
- [ ] Move the switch
  ```sh
  echo moved > moved
  ```
)");
        desk.workspace.environments.first().name = u"Prod"_qs;
        auto page = desk.openPage();
        page->openRunbook(desk.workspace, u"release.md"_qs, u"Prod"_qs);
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        const models::RunId run = page->run();
        const auto declare = [&desk] {
            write(desk.folder.filePath(u"gantry.yaml"_qs),
                  "gantry: 1\nenvironments:\n  prod: { protected: true }\nrunbooks: [ release.md "
                  "]\n");
        };
        declare();
        const auto openAnew = [&] {
            page = desk.openPage();
            page->openRun(run);
            QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
        };
        const auto isReadOnly = [&](const QString& whatToDo) {
            QVERIFY(!page->isRunUnderWay());
            QVERIFY(!button(*page, "primaryButton")->isVisible());
            const QString told = wordsOf(*page, "messageBanner");
            QVERIFY2(told.contains(u"begun in “Prod”, which the workspace writes prod"_qs) &&
                         told.contains(u"start it anew in prod"_qs) && told.contains(whatToDo),
                     qPrintable(told));
        };
        openAnew();
        isReadOnly(u"“Abort run…”"_qs);
        pressSpace(*page);
        QCOMPARE(statusOf(*page, 0), StepStatus::Pending);
        QVERIFY(!onlyButton(*page, u"Roll back…"_qs));

        // As it was before the workspace declared it, something is changed.
        QVERIFY(QFile::remove(desk.folder.filePath(u"gantry.yaml"_qs)));
        openAnew();
        QTRY_VERIFY_WITH_TIMEOUT(page->isRunUnderWay(), patience);
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 1), StepStatus::Passed, patience);
        declare();
        openAnew();
        isReadOnly(u"“Roll back…”"_qs);
        pressSpace(*page);
        QVERIFY(!page->isRunUnderWay());
        QCOMPARE(statusOf(*page, 2), StepStatus::Pending);
        QSignalSpy asked(page.get(), &ui::RunPage::rollbackRequested);
        QTest::mouseClick(onlyButton(*page, u"Roll back…"_qs), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        desk.runs.startRollback(run, u"it was begun in the wrong environment"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(page->state().rollback, patience);
        QTRY_COMPARE_WITH_TIMEOUT(wordsOf(*page, "messageBanner"), QString(), patience);
        const models::RunId back = page->state().rollback->run;
        page->openRun(back);
        QTRY_VERIFY_WITH_TIMEOUT(page->state().plan && page->state().id == back, patience);
        QVERIFY(wordsOf(*page, "messageBanner").isEmpty());
    }
};

GANTRY_DESK_MAIN(TestMisplacedRun)
#include "tst_misplacedrun.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that go on by themselves as far as no person is needed.
#include "tests/support/filecontent.h"
#include "tests/ui/run/desk.h"

#include <QSignalSpy>

using models::StepStatus;
using namespace tests;

namespace {

void runAll(ui::RunPage& page) {
    for (const ui::PaletteEntry& entry : page.paletteEntries()) {
        if (entry.title == QLatin1String("Run all"))
            entry.run();
    }
}

} // namespace

class TestRunAll : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBrakeIsInSightWhileAllRuns() {
        Desk desk(R"(# Build

- [ ] Wait
  ```sh
  while [ ! -e go ]; do sleep 0.05; done
  ```
- [ ] Build
  ```sh
  echo built
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        QVERIFY(!onlyButton(*page, QStringLiteral("Stop running all")));
        runAll(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
        QTest::mouseClick(onlyButton(*page, QStringLiteral("Stop running all")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!onlyButton(*page, QStringLiteral("Stop running all")), patience);
        QVERIFY(onlyButton(*page, QStringLiteral("Cancel step")));
        tests::writeFile(desk.folder.filePath(QStringLiteral("go")), {});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Run step"));
        QCOMPARE(statusOf(*page, 1), StepStatus::Pending);
    }

    /// A reason alone does not say of what.
    void whereItStopsIsSaid() {
        Desk desk(R"(# Build

- [ ] Build
  ```sh
  echo built
  ```
- [ ] Tell the team
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        QSignalSpy told(page.get(), &ui::RunPage::statusMessage);
        runAll(*page);
        const QString wanted =
            QStringLiteral("Stopped at “Tell the team”. It is done by a person.");
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty() && told.last()[0].toString() == wanted, patience);
        QCOMPARE(statusOf(*page, 0), StepStatus::Passed);
    }
};

GANTRY_DESK_MAIN(TestRunAll)
#include "tst_runall.moc"

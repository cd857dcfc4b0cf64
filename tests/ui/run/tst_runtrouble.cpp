// SPDX-License-Identifier: GPL-3.0-or-later
// What the page of a run says where something went wrong, and which way on it offers.
#include "tests/support/fakehostservice.h"
#include "tests/ui/run/desk.h"
#include "ui/run/outputbuffer.h"
#include "ui/run/outputstore.h"

#include <QLineEdit>
#include <QScopeGuard>
#include <QSignalSpy>

#include <csignal>
#include <optional>
#include <utility>

using models::StepStatus;
using namespace tests;

class TestRunTrouble : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// A step whose directory is gone could never begin again; nor could a command beside it.
    void goesOnInAFreshShell() {
        Desk desk(R"(# Build

- [ ] Go there
  ```sh
  mkdir work && cd work && export LEFT=yes
  ```
- [ ] Tidy up
  ```sh
  rmdir ../work
  ```
- [ ] Build it
  ```sh
  echo "left: ${LEFT-nothing}"; pwd
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 1), StepStatus::Passed, patience);
        for (int time = 1; time <= 2; ++time) {
            pressSpace(*page);
            const models::StepId build = page->state().plan->steps[2].step.id;
            QTRY_COMPARE_WITH_TIMEOUT(page->state().step(build).attempts.size(), time, patience);
            QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Failed, patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*page, "failureCard").contains(u"cannot be entered"_qs),
                                 patience);
        const QString told = wordsOf(*page, "failureCard");
        QVERIFY2(told.contains(u"In a fresh shell it begins in "_qs + desk.folder.path()),
                 qPrintable(told));
        QTest::mouseClick(onlyButton(*page, QStringLiteral("Run in fresh shell")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Passed, patience);
        const models::RunState& state = page->state();
        const models::StepState& step = state.step(state.plan->steps[2].step.id);
        QVERIFY(step.deviation);
        QCOMPARE(step.attempts.last().restoreNumber, 0);
        const auto output =
            desk.runs.output({page->run(), state.plan->steps[2].step.id, 3}, 0, 999);
        QTRY_VERIFY_WITH_TIMEOUT(output.isFinished(), patience);
        QCOMPARE(output.result().value(), "left: nothing\n" + desk.folder.path().toUtf8() + '\n');
    }

    void offersNoFreshShellToACommandThatFailed() {
        Desk desk(R"(# Build

- [ ] Go there
  ```sh
  cd /
  ```
- [ ] Fail there
  ```sh
  false
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 1), StepStatus::Failed, patience);
        QVERIFY(!onlyButton(*page, QStringLiteral("Run in fresh shell")));
    }

    void saysWhatAStepLeftRunning() {
        Desk desk(R"(# Start

- [ ] Start the worker
  ```sh
  sleep 300 > /dev/null 2>&1 &
  echo $! > worker
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        const auto endWorker = qScopeGuard([&desk] {
            QFile file(desk.folder.filePath(QStringLiteral("worker")));
            if (file.open(QFile::ReadOnly))
                kill(file.readAll().trimmed().toInt(), SIGKILL);
        });
        select(*page, 0);
        QTRY_VERIFY_WITH_TIMEOUT(
            wordsOf(*page, "historyView").contains(u"1 background process goes on."_qs), patience);
    }

    /// Why an earlier attempt ended as it did is still to be read when a later one has passed.
    void keepsTheReasonOfAnEarlierAttempt() {
        Desk desk(R"(# Try

- [ ] Try it
  ```sh
  [ -e again ] || { touch again; kill -KILL $$; }
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Failed, patience);
        const QString why = u"It ended with exit status 137 (as after signal KILL), expected 0."_qs;
        QCOMPARE(page->state().step(page->state().plan->steps[0].step.id).reason, why);
        // While the card tells it, it does not stand below as well.
        QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*page, "failureCard").contains(why), patience);
        QVERIFY(!wordsOf(*page, "historyView").contains(why));
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        select(*page, 0);
        QTRY_VERIFY_WITH_TIMEOUT(wordsOf(*page, "historyView").contains(why), patience);
    }

    void takesInputOnlyWhereItIsRead_data() {
        QTest::addColumn<QByteArray>("annotation");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("not said") << QByteArray() << false;
        QTest::newRow("interactive") << QByteArray(R"( {"interactive":"true"})") << true;
    }
    void takesInputOnlyWhereItIsRead() {
        QFETCH(const QByteArray, annotation);
        QFETCH(const bool, isTaken);
        const QByteArray text = "# Ask\n\n- [ ] Ask\n  ```sh" + annotation +
                                "\n  while [ ! -e go ]; do sleep 0.05; done\n  ```\n";
        Desk desk(text.constData());
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
        QTRY_VERIFY(page->findChild<QWidget*>(QStringLiteral("outputPane"))->isVisible());
        QCOMPARE(page->findChild<QLineEdit*>(QStringLiteral("inputLine"))->isVisible(), isTaken);
        write(desk.folder.filePath(QStringLiteral("go")), {});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
    }

    /// The remark would be typed in vain.
    void saysWhyARunCannotBeClosedBeforeItAsks() {
        Desk desk(R"(# Build

- [ ] Wait
  ```sh
  while [ ! -e go ]; do sleep 0.05; done
  ```
)");
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
        for (const ui::PaletteEntry& entry : page->paletteEntries()) {
            if (entry.title == QStringLiteral("Abort run…"))
                entry.run();
        }
        QVERIFY(!sheet("askSheet"));
        const QString told = wordsOf(*page, "messageBanner");
        QCOMPARE(told.trimmed(),
                 QStringLiteral("A step is still running. Cancel it or wait for it."));
        write(desk.folder.filePath(QStringLiteral("go")), {});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        QVERIFY(wordsOf(*page, "messageBanner").isEmpty());
    }

    void forgetsARefusalOnceTheStepGoesOn() {
        Desk desk;
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        const auto* banner = page->findChild<QWidget*>(QStringLiteral("messageBanner"));
        const auto stepAt = [&page](int index) { return page->state().plan->steps[index].step.id; };
        desk.runs.startStep(page->run(), stepAt(0));
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY(wordsOf(*page, "messageBanner").contains(u"There is nothing to run"_qs));
        // Another step says nothing about it.
        desk.runs.confirmStep(page->run(), stepAt(3), true);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 3), StepStatus::Passed, patience);
        QVERIFY(banner->isVisible());
        desk.runs.confirmStep(page->run(), stepAt(0), true);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        QVERIFY(!banner->isVisible());
    }

    /// After a crash nobody is to begin a second run by mistake.
    void leadsBackToARunThatIsNotClosed() {
        Desk desk;
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        const models::RunId run = page->run();
        desk.runs.confirmStep(run, page->state().plan->steps[0].step.id, true);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        const auto second = desk.openRunbook();
        QSignalSpy asked(second.get(), &ui::RunPage::runRequested);
        QTRY_VERIFY_WITH_TIMEOUT(onlyButton(*second, QStringLiteral("Open run")), patience);
        const QString told = wordsOf(*second, "messageBanner");
        QVERIFY2(told.contains(u"A run of this document in local is not closed: 1 of 4 done"_qs),
                 qPrintable(told));
        QTest::mouseClick(onlyButton(*second, QStringLiteral("Open run")), Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().first().value<models::RunId>(), run);
        desk.runs.close(run, models::RunOutcome::Aborted, QStringLiteral("No need"));
        QTRY_VERIFY_WITH_TIMEOUT(page->state().status == models::RunStatus::Closed, patience);
        const auto third = desk.openRunbook();
        QTRY_VERIFY_WITH_TIMEOUT(third->state().plan != nullptr, patience);
        // What is asked of the journal behind it has answered before.
        const auto runs = desk.runs.runs();
        QTRY_VERIFY_WITH_TIMEOUT(runs.isFinished(), patience);
        QCoreApplication::processEvents();
        QVERIFY(!onlyButton(*third, QStringLiteral("Open run")));
    }

    /// A second console sees what the first one does; when that is gone a person says who goes on.
    void followsWhatAnotherConsoleDrives() {
        std::optional<Desk> desk(std::in_place, R"(# Build

- [ ] Wait
  ```sh
  echo first; while [ ! -e go ]; do sleep 0.05; done; echo last
  ```
- [ ] Tell the team
)");
        auto page = desk->openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        const models::RunId run = page->run();
        Desk other;
        const auto second = other.openPage();
        second->openRun(run);
        QTRY_VERIFY_WITH_TIMEOUT(second->state().plan != nullptr, patience);
        QVERIFY(wordsOf(*second, "messageBanner").contains(u"is held by"_qs));
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*second, 0), StepStatus::Running, patience);
        const models::AttemptKey attempt{run, second->state().plan->steps[0].step.id, 1};
        auto* store = second->findChild<ui::OutputStore*>();
        const auto shown = [&] {
            const ui::OutputBuffer& buffer = *store->buffer(attempt);
            return buffer.pieces(0, buffer.endLine()).join(QString());
        };
        QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringLiteral("first\n"), patience);
        write(desk->folder.filePath(QStringLiteral("go")), {});
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*second, 0), StepStatus::Passed, patience);
        QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringLiteral("first\nlast\n"), patience);
        QVERIFY(!second->isRunUnderWay());
        QVERIFY(!onlyButton(*second, QStringLiteral("Drive run here")));
        page.reset();
        desk.reset();
        QTRY_VERIFY_WITH_TIMEOUT(onlyButton(*second, QStringLiteral("Drive run here")), patience);
        QTest::mouseClick(onlyButton(*second, QStringLiteral("Drive run here")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(second->isRunUnderWay(), patience);
        QVERIFY(wordsOf(*second, "messageBanner").isEmpty());
        other.runs.confirmStep(run, second->state().plan->steps[1].step.id, true);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*second, 1), StepStatus::Passed, patience);
    }

    /// What is waited for where a step runs at a host that has gone quiet.
    void saysThatTheHostDoesNotAnswer() {
        Desk desk(R"(# Copy

- [ ] Copy the files
  ```sh {"on":"web-1"}
  sleep 1000
  ```
)");
        desk.workspace.environments.first().hosts = {{u"web-1"_qs, u"deploy@example.com"_qs}};
        FakeHostService hosts;
        const auto page = desk.openRunbook();
        page->followHosts(hosts);
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        pressSpace(*page);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
        app::HostLink link;
        link.ssh = u"deploy@example.com"_qs;
        link.state = app::HostLink::State::Waiting;
        hosts.setLink(link);
        const QString silent = u"; web-1 does not answer"_qs;
        QVERIFY2(wordsOf(*page, "runFoot").contains(silent), qPrintable(wordsOf(*page, "runFoot")));
        link.state = app::HostLink::State::Connected;
        hosts.setLink(link);
        QVERIFY(!wordsOf(*page, "runFoot").contains(silent));
        desk.runs.cancelStep(page->run(), page->state().plan->steps[0].step.id);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Failed, patience);
    }

    void forgetsADifferenceThatIsNoMore() {
        Desk desk;
        const auto page = desk.openRunbook();
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        const QString path = desk.folder.filePath(QStringLiteral("release.md"));
        const auto* banner = page->findChild<QWidget*>(QStringLiteral("differenceBanner"));
        write(path, QByteArray(fourSteps) + "- [ ] One more thing\n");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        write(path, fourSteps);
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), patience);
        QVERIFY(QFile::remove(path));
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY(wordsOf(*page, "differenceBanner").contains(u"is gone from disk"_qs));
        write(path, fourSteps);
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), patience);
    }
};

GANTRY_DESK_MAIN(TestRunTrouble)
#include "tst_runtrouble.moc"

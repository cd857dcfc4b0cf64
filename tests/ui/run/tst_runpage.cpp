// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/intent.h"
#include "models/run/draft.h"
#include "models/run/runlistmodel.h"
#include "tests/ui/run/desk.h"
#include "ui/run/outputbuffer.h"
#include "ui/run/outputstore.h"
#include "ui/run/outputview.h"
#include "ui/run/runlistpage.h"
#include "ui/run/runpage.h"
#include "ui/widgets/chip.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTextEdit>
#include <QTreeView>

using models::StepStatus;
using namespace tests;

namespace {

/// One step of every kind that asks for something.
constexpr char demanding[] = R"(# Hard release

## Deploy

- [ ] Name the release
  ```sh
  echo "tag <release-tag>"
  ```
- [ ] Clear the old files
  ```sh
  rm -rf ./nothing-of-this-name
  ```
- [ ] Compare the answer
  ```sh
  echo '{"ok": false}'
  ```
  Expected:
  ```json
  {"ok": true}
  ```
- [ ] Traffic is low <!-- gate -->
- [ ] The lead agrees <!-- gate: approve by=1 -->
- [ ] Tell the team
)";

/// A rollout in two waves.
constexpr char staged[] = R"(# Release

## Beta <!-- wave: beta -->

- [ ] Invite the testers
- [ ] They are content <!-- gate -->

## Everyone <!-- wave: everyone -->

- [ ] Open it for all
)";

/// A control that is in sight without a name or words of its own.
QStringList namelessControls(const QWidget& parent) {
    QStringList nameless;
    for (const QWidget* widget : parent.findChildren<QWidget*>()) {
        const auto* push = qobject_cast<const QAbstractButton*>(widget);
        const bool isControl = push || qobject_cast<const QLineEdit*>(widget) ||
                               qobject_cast<const QComboBox*>(widget) ||
                               qobject_cast<const QAbstractItemView*>(widget) ||
                               qobject_cast<const QPlainTextEdit*>(widget) ||
                               qobject_cast<const QTextEdit*>(widget);
        if (!isControl || !widget->isVisible() || !widget->accessibleName().isEmpty() ||
            (push && !push->text().isEmpty()))
            continue;
        nameless << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') +
                        widget->objectName();
    }
    return nameless;
}

} // namespace

class TestRunPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clicksThroughARun();
    void resumesWhereItStood();
    void startsAtTheFirstOpenStep_data();
    void startsAtTheFirstOpenStep();
    void leavesARunBeforeItIsThereAgain();
    void tellsWhoHoldsARun();
    void whatWasHandedOverCanOnlyBeRead();
    void asksForWhatAStepNeeds();
    void saysWhatIsKnownOfAnUnknownOutcome();
    void asksTheHostAgain();
    void keepsSecretLookingValuesOutOfSight();
    void showsALotOfOutput();
    void keepsTheOutputOfWhatIsUnderWay();
    void savesAReport();
    void keepsLogLinesWithAStep();
    void filtersAndFindsItsWay();
    void tellsOfAChangedDocument();
    void runFromTheListTellsOfAChange();
    void showsTheWavesOfAStagedRollout();
    void forgetsThatADocumentWasAway();
    void showsWordsThatBelongToNoStep_data();
    void showsWordsThatBelongToNoStep();
};

void TestRunPage::forgetsThatADocumentWasAway() {
    Desk desk;
    const auto page = desk.openRunbook();
    QTRY_VERIFY_WITH_TIMEOUT(page->state().plan, patience);
    const auto isTold = [&page] {
        const QList<QLabel*> labels = page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("There is no file"));
        });
    };
    QFile file(desk.folder.filePath(QStringLiteral("release.md")));
    QVERIFY(file.remove());
    QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("# Release\n\n## Deploy\n\n- [ ] Back again\n");
    file.close();
    QTRY_VERIFY_WITH_TIMEOUT(!isTold(), patience);
}

void TestRunPage::showsWordsThatBelongToNoStep_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("without a heading") << QByteArray("Nobody deploys on a Friday.\n");
    QTest::newRow("below the title")
        << QByteArray("# Rules\n\nNobody deploys on a Friday.\n\n## Notes\n\nMore.\n");
}

void TestRunPage::showsWordsThatBelongToNoStep() {
    QFETCH(QByteArray, text);
    Desk desk(text.constData());
    const auto page = desk.openRunbook();
    const auto* words = page->findChild<QTextBrowser*>(QStringLiteral("stepText"));
    QVERIFY(words);
    QTRY_VERIFY_WITH_TIMEOUT(words->toPlainText().contains(QStringLiteral("on a Friday")),
                             patience);
}

void TestRunPage::clicksThroughARun() {
    Desk desk;
    const auto page = desk.openRunbook();
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
    QTest::mouseClick(onlyButton(*page, QStringLiteral("Skip step…")), Qt::LeftButton);
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
        const auto page = desk.openRunbook();
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

void TestRunPage::startsAtTheFirstOpenStep_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("byKeys");
    QTest::newRow("mouse") << QByteArray(fourSteps) << false;
    QTest::newRow("keys") << QByteArray(fourSteps) << true;
    QTest::newRow("every kind") << QByteArray(demanding) << true;
    if (tests::sharedDir().isEmpty())
        return;
    const QDir folder(tests::sharedDir() + QStringLiteral("/documents"));
    for (const QString& name : folder.entryList({QStringLiteral("*.md")})) {
        QFile file(folder.filePath(name));
        if (file.open(QFile::ReadOnly))
            QTest::newRow(qPrintable(name)) << file.readAll() << true;
    }
}

void TestRunPage::startsAtTheFirstOpenStep() {
    QFETCH(QByteArray, text);
    QFETCH(bool, byKeys);
    Desk desk(text.constData());
    const auto page = desk.openRunbook();
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
    if (models::nextOpenStep(page->state()) < 0) {
        QVERIFY(!button(*page, "primaryButton")->isVisible());
        return;
    }
    if (byKeys) {
        QTRY_COMPARE_WITH_TIMEOUT(button(*page, "primaryButton")->text(),
                                  QStringLiteral("Start run…"), patience);
        QTest::keyClick(steps, Qt::Key_Space);
        QTRY_VERIFY(sheet("startSheet"));
        QTest::keyClick(sheet("startSheet"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(page->isRunUnderWay(), patience);
    } else {
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
    }
    const models::RunState& state = page->state();
    const int first = models::nextOpenStep(state);
    QVERIFY(first >= 0);
    for (int index = 0; index < first; ++index)
        QVERIFY(!state.plan->isLeaf(index) || !state.plan->steps[index].applicable ||
                state.plan->steps[index].step.lane != state.plan->mainLane());
    QCOMPARE(steps->currentIndex().data(models::RunTreeModel::PlanIndexRole).toInt(), first);
    QCOMPARE(namelessControls(*page), QStringList());
}

/// A second console on the same journal follows, and says who drives.
/// Who looks at something else before a run is shown again has not let go of it.
void TestRunPage::leavesARunBeforeItIsThereAgain() {
    Desk desk;
    auto page = desk.openRunbook();
    startRun(*page);
    const models::RunId run = page->run();
    const auto lookElsewhere = [&] {
        page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
        QVERIFY(page->run().isEmpty());
        QVERIFY(desk.runs.state(run) != nullptr);
        QCOMPARE(page->runsUnderWay(), QList<models::RunId>{run});
    };
    lookElsewhere();
    page->openRun(run);
    QCOMPARE(page->runsUnderWay(), QList<models::RunId>{run}); // nor is it gone meanwhile
    lookElsewhere();
    page->openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(page->isRunUnderWay(), patience);
    QCOMPARE(page->runsUnderWay(), QList<models::RunId>{run});
}

void TestRunPage::tellsWhoHoldsARun() {
    Desk desk;
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    Desk other;
    const auto second = other.openPage();
    second->openRun(page->run());
    QTRY_VERIFY_WITH_TIMEOUT(second->state().plan != nullptr, patience);
    QVERIFY(!second->isRunUnderWay());
    const auto labels = second->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("is held by"));
    }));
    QVERIFY(!button(*second, "primaryButton")->isVisible());
    // Keys do not drive it either.
    QTest::keyClick(second->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
    QCOMPARE(statusOf(*second, 0), StepStatus::Pending);
    QCOMPARE(namelessControls(*second), QStringList());
}

void TestRunPage::whatWasHandedOverCanOnlyBeRead() {
    Desk desk;
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const auto given = desk.runs.handOver(page->run(), QStringLiteral("Deputy"));
    QTRY_VERIFY_WITH_TIMEOUT(given.isFinished() && !page->isRunUnderWay(), patience);
    const auto says = [&page](const QString& words) {
        const auto labels = page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&words](const QLabel* label) {
            return label->isVisible() && label->text().contains(words);
        });
    };
    QVERIFY(says(QStringLiteral("handed over to Deputy")));
    QVERIFY(says(QStringLiteral("have it handed over to you, or choose “Take back…”")));
    QVERIFY(!button(*page, "primaryButton")->isVisible());
    QVERIFY(!page->findChild<QWidget*>(QStringLiteral("lockBanner"))->isVisible());
    const auto chips = page->findChildren<ui::Chip*>();
    QVERIFY(std::any_of(chips.begin(), chips.end(), [](const ui::Chip* chip) {
        return chip->isVisible() && chip->text() == QStringLiteral("Handed over");
    }));
    // The list says so as well.
    ui::RunListPage list(desk.runs);
    list.show();
    auto* view = list.findChild<QListView*>(QStringLiteral("runList"));
    const auto words = [&] {
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const QModelIndex index = view->model()->index(row, 0);
            const auto entry =
                index.data(models::RunListModel::EntryRole).value<models::RunListEntry>();
            if (entry.id == page->run())
                return index.data(Qt::AccessibleTextRole).toString();
        }
        return QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(
        words().contains(QStringLiteral("driven by Deputy at another console")), patience);
}

void TestRunPage::asksForWhatAStepNeeds() {
    Desk desk(demanding);
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    const auto field = [&page](const char* name) {
        return page->findChild<QLineEdit*>(QString::fromLatin1(name));
    };
    // A value, typed and sent with Return, then the step as usual.
    QTest::keyClick(steps, Qt::Key_Space);
    const auto values =
        page->findChildren<QLineEdit*>(QRegularExpression(QStringLiteral("^value:")));
    QCOMPARE(values.size(), 1);
    QTRY_VERIFY(page->focusWidget() == values.first());
    QTest::keyClicks(values.first(), QStringLiteral("v2"));
    QTest::keyClick(values.first(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(button(*page, "primaryButton")->text(), QStringLiteral("Run step"),
                              patience);
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
    // What destroys is confirmed by typing the environment's name.
    QTRY_VERIFY(field("confirmField"));
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_VERIFY(page->focusWidget() == field("confirmField"));
    QTest::keyClicks(field("confirmField"), QStringLiteral("loca"));
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Confirm step…"));
    QTest::keyClick(field("confirmField"), Qt::Key_Return);
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QCOMPARE(statusOf(*page, 1), StepStatus::Pending);
    QVERIFY(page->focusWidget() == field("confirmField"));
    QTest::keyClicks(field("confirmField"), QStringLiteral("l"));
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Run step"));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 1), StepStatus::Passed, patience);
    // What was observed differs from what was expected, and both are shown.
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Run step"));
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Failed, patience);
    auto* compared = page->findChild<QWidget*>(QStringLiteral("expectationView"));
    QTRY_COMPARE(compared->findChildren<QPlainTextEdit*>().size(), 2);
    const auto verdicts = compared->findChildren<ui::Chip*>();
    QCOMPARE(verdicts.size(), 1);
    QCOMPARE(verdicts.first()->text(), QStringLiteral("differs"));
    for (const QPlainTextEdit* text : compared->findChildren<QPlainTextEdit*>())
        QCOMPARE(text->extraSelections().size(), 1);
    QCOMPARE(namelessControls(*page), QStringList());
    QTest::mouseClick(onlyButton(*page, QStringLiteral("Mark passed…")), Qt::LeftButton);
    answer(QStringLiteral("Seen by hand"));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 2), StepStatus::Passed, patience);
    // A gate, then an approval.
    QTRY_COMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Pass gate…"));
    QTest::keyClick(steps, Qt::Key_Space);
    answer(QStringLiteral("Below ten calls a minute"));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 3), StepStatus::Passed, patience);
    QTRY_VERIFY(field("approverName"));
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_VERIFY(page->focusWidget() == field("approverName"));
    // Without a name nothing is approved or rejected: the field is asked for.
    QTest::mouseClick(onlyButton(*page, QStringLiteral("Reject step")), Qt::LeftButton);
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QCOMPARE(statusOf(*page, 4), StepStatus::Pending);
    QTest::keyClicks(field("approverName"), QStringLiteral("Release lead"));
    QCOMPARE(namelessControls(*page), QStringList());
    QTest::mouseClick(onlyButton(*page, QStringLiteral("Approve step")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 4), StepStatus::Passed, patience);
}

/// The process that watches the command is killed; the evidence reads as sentences, and each way
/// out stands once, with what it means.
void TestRunPage::saysWhatIsKnownOfAnUnknownOutcome() {
    Desk desk(R"(# Lost

- [ ] Restart the host
  ```sh
  echo "restarting"
  kill -KILL $PPID $$
  ```
)");
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(page->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Unknown, patience);
    auto* card = page->findChild<QWidget*>(QStringLiteral("decisionCard"));
    QTRY_VERIFY(card && card->isVisible());
    QString words;
    for (const QLabel* label : card->findChildren<QLabel*>())
        words += label->text() + QLatin1Char('\n');
    QVERIFY(words.contains(QStringLiteral("No exit status was recorded.")));
    QVERIFY(!words.contains(QLatin1Char('=')));
    for (const QPlainTextEdit* block : card->findChildren<QPlainTextEdit*>())
        QVERIFY(!block->toPlainText().contains(QStringLiteral("why=")));
    // The primary button leads to the choices, and does not choose.
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Decide outcome"));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    QVERIFY(page->focusWidget() == onlyButton(*page, QStringLiteral("Mark passed…")));
    for (const char* choice : {"Mark failed…", "Retry step", "Skip step…"})
        QVERIFY2(onlyButton(*page, QString::fromUtf8(choice)), choice);
    // Its key works as well, though its button is not in the foot.
    activate(*page);
    QTest::keyClick(page->focusWidget(), Qt::Key_S);
    answer(QStringLiteral("The host is up"));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Skipped, patience);
}

void TestRunPage::asksTheHostAgain() {
    Desk desk(R"(# Lost from sight

- [ ] Copy the files
  ```sh
  until [ -e done ]; do sleep 0.05; done
  ```
)");
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
    const models::StepId step = page->state().plan->steps[0].step.id;
    desk.runs.submit(page->run(),
                     {step, [step](const models::RunState&) -> app::Decision {
                          return QList<models::EventDraft>{models::draft::outcomeUnknown(
                              step, 1, QStringLiteral("It was given up."), {})};
                      }});
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Unknown, patience);
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Ask the host again"));
    const auto entries = page->paletteEntries();
    QCOMPARE(entries.first().title, QStringLiteral("Ask the host again"));
    activate(*page);
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
    QFile file(desk.folder.filePath(QStringLiteral("done")));
    QVERIFY(file.open(QFile::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
    QCOMPARE(page->state().step(step).attempts.size(), 1);
}

/// A value whose name says that it is a secret is neither typed nor shown in clear.
void TestRunPage::keepsSecretLookingValuesOutOfSight() {
    Desk desk(R"(# Upload

- [ ] Upload the release
  ```sh
  echo "uploading with <deploy-token> as <user-name>"
  ```
)");
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(page->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
    const auto fields =
        page->findChildren<QLineEdit*>(QRegularExpression(QStringLiteral("^value:")));
    QCOMPARE(fields.size(), 2);
    for (QLineEdit* field : fields) {
        const bool isToken = field->objectName().contains(QStringLiteral("token"));
        QCOMPARE(field->echoMode(), isToken ? QLineEdit::Password : QLineEdit::Normal);
        QTest::keyClicks(field, isToken ? QStringLiteral("s3cr3t-word") : QStringLiteral("lead"));
    }
    QCOMPARE(button(*page, "primaryButton")->text(), QStringLiteral("Use values"));
    QTest::mouseClick(button(*page, "primaryButton"), Qt::LeftButton);
    auto* command = page->findChild<QPlainTextEdit*>(QStringLiteral("commandBlock"));
    QTRY_VERIFY_WITH_TIMEOUT(command->toPlainText().contains(QStringLiteral("lead")), patience);
    QVERIFY(!command->toPlainText().contains(QStringLiteral("s3cr3t-word")));
    for (const QLabel* label : page->findChildren<QLabel*>())
        QVERIFY(!label->text().contains(QStringLiteral("s3cr3t-word")));
}

/// Nothing of it is missing or out of order, live and when it is read again from the journal; and
/// a step that is shown as ended has all of it.
void TestRunPage::showsALotOfOutput() {
    Desk desk(R"(# Loud

- [ ] Count
  ```sh
  seq 1 60000
  ```
)");
    QStringList wanted;
    for (int number = 1; number <= 60'000; ++number)
        wanted << QString::number(number);
    const auto shown = [](const ui::RunPage& page) {
        return page.findChild<ui::OutputView*>()->copyText().trimmed().split(QLatin1Char('\n'));
    };
    models::RunId run;
    {
        const auto page = desk.openPage();
        page->openRunbook(desk.workspace, QStringLiteral("release.md"), QStringLiteral("local"));
        startRun(*page);
        if (QTest::currentTestFailed())
            return;
        QStringList atTheEnd;
        connect(&desk.runs, &app::RunService::eventsAppended, page.get(), [&] {
            if (statusOf(*page, 0) == StepStatus::Passed && atTheEnd.isEmpty())
                atTheEnd = shown(*page);
        });
        QTest::keyClick(page->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
        QCOMPARE(atTheEnd, wanted);
        run = page->run();
    }
    const auto page = desk.openPage();
    page->openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
    select(*page, 0); // nothing is open in it, so nothing is selected
    QTRY_COMPARE_WITH_TIMEOUT(shown(*page), wanted, patience);
}

void TestRunPage::keepsTheOutputOfWhatIsUnderWay() {
    Desk desk(R"(# Slow

- [ ] Wait
  ```sh
  echo first; while [ ! -e go ]; do sleep 0.05; done; echo last
  ```
)");
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(page->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
    const models::AttemptKey attempt{page->run(), page->state().plan->steps[0].step.id, 1};
    auto* store = page->findChild<ui::OutputStore*>();
    const auto shown = [&] {
        const ui::OutputBuffer& buffer = *store->buffer(attempt);
        return buffer.pieces(0, buffer.endLine()).join(QString());
    };
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Running, patience);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), QStringLiteral("first\n"), patience);
    // More than are kept: a person looks through what ran before.
    for (int number = 0; number < 20; ++number)
        QVERIFY(store->buffer({attempt.run, models::StepId(QString::number(number)), 1}));
    QFile go(desk.folder.filePath(QStringLiteral("go")));
    QVERIFY(go.open(QFile::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);
    QCOMPARE(shown(), QStringLiteral("first\nlast\n"));
}

void TestRunPage::savesAReport() {
    Desk desk;
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const auto openSheet = [&page] {
        for (const ui::PaletteEntry& entry : page->paletteEntries()) {
            if (entry.title == QStringLiteral("Save report…"))
                entry.run();
        }
    };
    const QString path = desk.folder.filePath(QStringLiteral("report.md"));
    openSheet();
    QTRY_VERIFY(sheet("reportSheet"));
    QCOMPARE(namelessControls(*sheet("reportSheet")), QStringList());
    auto* preview = sheet("reportSheet")->findChild<QPlainTextEdit*>();
    QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().contains(QStringLiteral("Release")), patience);
    sheet("reportSheet")->findChild<QLineEdit*>(QStringLiteral("reportPath"))->setText(path);
    QTest::mouseClick(button(*sheet("reportSheet"), "reportSave"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!sheet("reportSheet"), patience);
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY(file.readAll().contains("Tell the team"));
    file.close();

    // What is there already is replaced at the second press, not at the first.
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("mine");
    file.close();
    openSheet();
    QTRY_VERIFY(sheet("reportSheet"));
    QDialog* again = sheet("reportSheet");
    again->findChild<QLineEdit*>(QStringLiteral("reportPath"))->setText(path);
    QTest::mouseClick(button(*again, "reportSave"), Qt::LeftButton);
    auto* remark = again->findChild<QLabel*>(QStringLiteral("reportRemark"));
    QTRY_VERIFY_WITH_TIMEOUT(remark->isVisible(), patience);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
    file.close();
    QTest::mouseClick(button(*again, "reportSave"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!sheet("reportSheet"), patience);
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY(file.readAll().contains("Tell the team"));
}

void TestRunPage::keepsLogLinesWithAStep() {
    Desk desk;
    const auto page = desk.openRunbook();
    QSignalSpy said(page.get(), &ui::RunPage::statusMessage);
    const QString text = QStringLiteral("<b>listening</b> on 8080");
    page->askPin({{{}, QStringLiteral("portal"), text}});
    QVERIFY(!sheet("pinSheet")); // there is no run yet
    QVERIFY(said.last().first().toString().contains(QStringLiteral("No run is open")));
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    QTest::keyClick(page->findChild<QTreeView*>(QStringLiteral("stepView")), Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*page, 0), StepStatus::Passed, patience);

    // The step that a line's time belongs to is offered first.
    const models::StepId first = page->state().plan->steps[0].step.id;
    const models::Instant then = page->state().step(first).changedAt;
    page->askPin({{then, QStringLiteral("portal"), text}});
    QTRY_VERIFY(sheet("pinSheet"));
    QVERIFY(namelessControls(*sheet("pinSheet")).isEmpty());
    auto* box = sheet("pinSheet")->findChild<QComboBox*>(QStringLiteral("pinStep"));
    QCOMPARE(box->currentData().toString(), first.text());
    const QString offered = box->currentText();
    box->setEditText(QStringLiteral("no step is called so"));
    QVERIFY(!button(*sheet("pinSheet"), "pinConfirm")->isEnabled());
    box->setEditText(offered);
    auto* remark = sheet("pinSheet")->findChild<QLineEdit*>(QStringLiteral("pinRemark"));
    QTest::keyClicks(remark, QStringLiteral("It came up"));
    QTest::mouseClick(button(*sheet("pinSheet"), "pinConfirm"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(page->state().step(first).pins.size(), 1, patience);
    const models::Pin pin = page->state().step(first).pins.first();
    QCOMPARE(pin.remark, QStringLiteral("It came up"));
    QCOMPARE(pin.lines.first().text, text);

    // From a time to its step, and from the step to the time.
    select(*page, 2);
    QVERIFY(page->showStepAt(then));
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QCOMPARE(steps->currentIndex().data(models::RunTreeModel::PlanIndexRole).toInt(), 0);
    QVERIFY(!page->showStepAt({1}));
    activate(*page);
    QSignalSpy logs(page.get(), &ui::RunPage::logsRequested);
    QTest::keyClick(steps, Qt::Key_L);
    QCOMPARE(logs.size(), 1);
    QCOMPARE(logs.first().first().value<models::Instant>(), then);
    auto* history = page->findChild<QWidget*>(QStringLiteral("historyView"));
    QTRY_VERIFY(onlyButton(*history, QStringLiteral("Show logs")));
    QTest::mouseClick(onlyButton(*history, QStringLiteral("Show logs")), Qt::LeftButton);
    QCOMPARE(logs.size(), 2);
    select(*page, 2);
    QTest::keyClick(steps, Qt::Key_L);
    QCOMPARE(logs.size(), 2); // nothing was done for it yet
}

void TestRunPage::filtersAndFindsItsWay() {
    Desk desk;
    const auto page = desk.openRunbook();
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

namespace {

void append(const QString& path, const QByteArray& text) {
    QFile file(path);
    QVERIFY(file.open(QFile::Append));
    file.write(text);
}

bool tellsOfChange(const ui::RunPage& page) {
    const auto labels = page.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("changed on disk"));
    });
}

} // namespace

void TestRunPage::tellsOfAChangedDocument() {
    Desk desk;
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const QString hash = page->state().plan->runbook.sha256;
    append(desk.folder.filePath(QStringLiteral("release.md")), "- [ ] One more thing\n");
    QTRY_VERIFY_WITH_TIMEOUT(tellsOfChange(*page), patience);
    QCOMPARE(page->state().plan->runbook.sha256, hash);
    QCOMPARE(page->state().plan->steps.size(), 4);
}

void TestRunPage::runFromTheListTellsOfAChange() {
    Desk desk;
    auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const models::RunId run = page->run();
    page = desk.openPage();
    page->openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(page->state().plan != nullptr, patience);
    append(desk.folder.filePath(QStringLiteral("release.md")), "- [ ] One more thing\n");
    QTRY_VERIFY_WITH_TIMEOUT(tellsOfChange(*page), patience);
    QCOMPARE(page->state().plan->steps.size(), 4);
    // Also of what changed while nobody looked.
    page = desk.openPage();
    page->openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(tellsOfChange(*page), patience);
}

void TestRunPage::showsTheWavesOfAStagedRollout() {
    Desk desk(staged);
    const auto page = desk.openRunbook();
    startRun(*page);
    if (QTest::currentTestFailed())
        return;
    const auto words = [&page] {
        QStringList names;
        const auto* strip = page->findChild<QWidget*>(QStringLiteral("waveStrip"));
        for (const auto* wave : strip->findChildren<QAbstractButton*>())
            names.append(wave->accessibleName());
        return names;
    };
    QVERIFY(page->findChild<QWidget*>(QStringLiteral("waveStrip"))->isVisible());
    QCOMPARE(words(), (QStringList{QStringLiteral("Wave beta: Pending, 0 of 2"),
                                   QStringLiteral("Wave everyone: Blocked, 0 of 1")}));
    auto* steps = page->findChild<QTreeView*>(QStringLiteral("stepView"));
    QTest::keyClick(steps, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(words().first(), QStringLiteral("Wave beta: Pending, at its gate"),
                              patience);
    // A click leads to what the wave waits for.
    select(*page, 0);
    auto* wave = page->findChild<QWidget*>(QStringLiteral("waveStrip"))
                     ->findChildren<QAbstractButton*>()
                     .first();
    QTest::mouseClick(wave, Qt::LeftButton);
    QCOMPARE(steps->currentIndex().data(models::RunTreeModel::PlanIndexRole).toInt(), 1);
    QCOMPARE(namelessControls(*page), QStringList());
    // Where they do not all fit it says which ones are shown.
    auto* strip = page->findChild<QWidget*>(QStringLiteral("waveStrip"));
    const auto* label = strip->findChild<QLabel*>();
    QCOMPARE(label->text(), QStringLiteral("Waves"));
    strip->resize(200, strip->height());
    QCOMPARE(label->text(), QStringLiteral("Waves 1–1 of 2"));
}

GANTRY_DESK_MAIN(TestRunPage)
#include "tst_runpage.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/openrunsmodel.h"
#include "ui/shell/palettemodel.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/runbooklistmodel.h"
#include "ui/shell/runmarks.h"
#include "ui/theme/glyph.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace tests {

class TestShellModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePaletteListsWhatFits();
    void thePaletteStaysShortOverALongRunbook();
    void thePaletteReachesEveryStep();
    void returnWaitsForWhatWasTyped();
    void theLeaveDialogNamesSteps();
    void theLeaveDialogSpeaksOfAllRuns_data();
    void theLeaveDialogSpeaksOfAllRuns();
    void runbooksKeepWhatIsKnownOfThem();
    void aRunbookShowsItsNewestRun();
    void anOverviewCountsWhatMatters();
    void anUnreadableRunbookSaysWhy();
    void errorsAndWarningsAreCountedApart();
    void openRunsLeaveClosedOnesOut();
    void openRunsSayWhichAreDrivenHere();
    void theEndOfARunIsMarkedAsItEnded_data();
    void theEndOfARunIsMarkedAsItEnded();
    void recentOnesAreMarkedWhereMissing();
    void namesOfWorkspaces_data();
    void namesOfWorkspaces();
    void environmentsStandInPromotionOrder_data();
    void environmentsStandInPromotionOrder();
};

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

app::RunSummary summary(const char* id, const char* path, qint64 startedAt,
                        models::RunStatus status) {
    app::RunSummary run;
    run.id = models::RunId(QLatin1String(id));
    run.runbookPath = QLatin1String(path);
    run.runbookTitle = QLatin1String(path);
    run.startedAt = models::Instant{startedAt};
    run.status = status;
    run.done = 1;
    run.total = 3;
    return run;
}

QStringList texts(const QAbstractItemModel& model) {
    QStringList found;
    for (int row = 0; row < model.rowCount(); ++row)
        found.append(model.index(row, 0).data().toString());
    return found;
}

} // namespace

void TestShellModels::thePaletteStaysShortOverALongRunbook() {
    ui::PaletteEntries entries;
    for (int step = 0; step < 10'000; ++step)
        entries.append({QStringLiteral("Go to: step %1").arg(step), {}, {}, {}});
    ui::PaletteModel model;
    model.setEntries(entries);
    QCOMPARE(model.rowCount(), 200);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Go to: step 0"));
    model.setFilter(QStringLiteral("9876"));
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Go to: step 9876"));
    model.setEntries(entries);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Go to: step 0"));
}

void TestShellModels::theLeaveDialogNamesSteps() {
    QVERIFY(ui::LeaveDialog::stepLines({}).isEmpty());
    QStringList steps;
    for (int step = 1; step <= 7; ++step)
        steps.append(QStringLiteral("Step %1").arg(step));
    QCOMPARE(ui::LeaveDialog::stepLines(steps.first(5)).size(), 5);
    const QStringList lines = ui::LeaveDialog::stepLines(steps);
    QCOMPARE(lines.size(), 6);
    QCOMPARE(lines.first(), QStringLiteral("• Step 1"));
    QCOMPARE(lines.last(), QStringLiteral("and 2 more"));
}

void TestShellModels::theLeaveDialogSpeaksOfAllRuns_data() {
    QTest::addColumn<QStringList>("runs");
    QTest::addColumn<int>("commands");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("button");
    const auto row = [](const char* name, const QStringList& runs, int commands, const char* words,
                        const char* button) {
        QTest::newRow(name) << runs << commands << QString::fromUtf8(words)
                            << QString::fromUtf8(button);
    };
    const QStringList one{QStringLiteral("Go-live")};
    const QStringList two = one + QStringList{QStringLiteral("Nightly")};
    const QStringList three = two + QStringList{QStringLiteral("Checks")};
    row("one, still", one, 0,
        "Go-live: the run stays open where it stands, and nothing of it is running now. Reopen it "
        "to go on.",
        "Close and leave the run open");
    row("one, one command", one, 1,
        "Go-live: a command is under way. It goes on without this window, and none of its output "
        "is lost. Nothing more starts until you reopen the run.",
        "Close and leave it running");
    row("one, commands", one, 3,
        "Go-live: 3 commands are under way. They go on without this window, and none of their "
        "output is lost. Nothing more starts until you reopen the run.",
        "Close and leave them running");
    row("two, still", two, 0,
        "Go-live and Nightly: the runs stay open where they stand, and nothing of them is running "
        "now. Reopen them to go on.",
        "Close and leave the runs open");
    row("two, one command", two, 1,
        "Go-live and Nightly: a command is under way. It goes on without this window, and none of "
        "its output is lost. Nothing more starts until you reopen the runs.",
        "Close and leave it running");
    row("two of a document", one + one, 0,
        "2 runs of Go-live: the runs stay open where they stand, and nothing of them is running "
        "now. Reopen them to go on.",
        "Close and leave the runs open");
    row("three, commands", three, 2,
        "Go-live and 2 more: 2 commands are under way. They go on without this window, and none "
        "of their output is lost. Nothing more starts until you reopen the runs.",
        "Close and leave them running");
    row("none that is known", {}, 1,
        "A run: a command is under way. It goes on without this window, and none of its output is "
        "lost. Nothing more starts until you reopen the run.",
        "Close and leave it running");
}

void TestShellModels::theLeaveDialogSpeaksOfAllRuns() {
    QFETCH(const QStringList, runs);
    QFETCH(const int, commands);
    QFETCH(const QString, words);
    QFETCH(const QString, button);
    QCOMPARE(ui::LeaveDialog::explanation(runs, commands), words);
    QCOMPARE(ui::LeaveDialog::leaveWords(runs.size(), commands), button);
}

ui::PaletteEntries manySteps(int count, const std::function<void(int)>& run) {
    ui::PaletteEntries entries;
    for (int number = 0; number < count; ++number)
        entries.append(
            {QStringLiteral("Go to: Close account %1").arg(number), {}, {}, [run, number] {
                 run(number);
             }});
    return entries;
}

void TestShellModels::thePaletteReachesEveryStep() {
    ui::PaletteModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setEntries(manySteps(10'000, [](int) {}));
    for (const QString& number : {QStringLiteral("9999"), QStringLiteral("0"),
                                  QStringLiteral("4711"), QStringLiteral("8000")}) {
        // Typed sign by sign, with the search still under way.
        for (int length = 1; length <= number.size(); ++length)
            model.setFilter(QStringLiteral("account ") + number.left(length));
        QTRY_VERIFY(!model.isSearching());
        QCOMPARE(model.index(0).data().toString(),
                 QStringLiteral("Go to: Close account ") + number);
    }
    model.setFilter(QStringLiteral("no such step"));
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowCount(), 0);
    // Shorter again: what did not fit the longer one is found once more.
    model.setFilter(QStringLiteral("acc"));
    QTRY_VERIFY(!model.isSearching() && model.rowCount() > 0);
}

void TestShellModels::returnWaitsForWhatWasTyped() {
    QWidget window;
    window.resize(900, 600);
    ui::CommandPalette palette(&window);
    window.show();
    int ran = -1;
    palette.openWith(manySteps(10'000, [&ran](int number) { ran = number; }));
    auto* field = palette.findChild<QLineEdit*>();
    QVERIFY(field);
    QTest::keyClicks(field, QStringLiteral("account 9876"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(ran, 9876);
    QVERIFY(!palette.isVisible());
}

void TestShellModels::thePaletteListsWhatFits() {
    ui::PaletteModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    int ran = 0;
    model.setEntries({{QStringLiteral("Open folder"), {}, {}, {}},
                      {QStringLiteral("Run step"), QStringLiteral("Step"), QStringLiteral("Space"),
                       [&ran] { ++ran; }}});
    QCOMPARE(model.rowCount(), 2);
    model.setFilter(QStringLiteral("run"));
    QCOMPARE(texts(model), QStringList{QStringLiteral("Run step")});
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("Run step, Step, Space"));
    model.entry(model.index(0))->run();
    QCOMPARE(ran, 1);
    model.setFilter(QStringLiteral("zzz"));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.entry(QModelIndex()), nullptr);
}

void TestShellModels::runbooksKeepWhatIsKnownOfThem() {
    ui::RunbookListModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setPaths({QStringLiteral("a.md"), QStringLiteral("b.md"), QStringLiteral("c.md")});
    ui::RunbookOverview known;
    known.state = ui::RunbookOverview::State::Ready;
    known.title = QStringLiteral("Known");
    model.setOverview(QStringLiteral("c.md"), known);
    model.setPaths({QStringLiteral("c.md"), QStringLiteral("d.md"), QStringLiteral("a.md")});
    QCOMPARE(texts(model),
             (QStringList{QStringLiteral("Known"), QStringLiteral("d"), QStringLiteral("a")}));
    model.setPaths({});
    QCOMPARE(model.rowCount(), 0);
}

void TestShellModels::aRunbookShowsItsNewestRun() {
    ui::RunbookListModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setPaths({QStringLiteral("a.md"), QStringLiteral("b.md")});
    model.setRuns({summary("1", "a.md", 10, models::RunStatus::Closed),
                   summary("2", "a.md", 20, models::RunStatus::Open),
                   summary("3", "a.md", 15, models::RunStatus::Closed)});
    const QVariant newest = model.index(0).data(ui::RunbookListModel::LastRunRole);
    QCOMPARE(newest.value<app::RunSummary>().id.text(), QStringLiteral("2"));
    QVERIFY(!model.index(1).data(ui::RunbookListModel::LastRunRole).isValid());
    model.setRuns({});
    QVERIFY(!model.index(0).data(ui::RunbookListModel::LastRunRole).isValid());
}

void TestShellModels::anOverviewCountsWhatMatters() {
    models::Runbook runbook;
    runbook.title = QStringLiteral("Deploy");
    models::Step main;
    models::Step rollback;
    rollback.lane = models::Lane::Rollback;
    models::Step reference;
    reference.lane = models::Lane::Reference;
    models::Step part; // of the first, which is done with its parts
    part.parent = 0;
    runbook.steps = {main, main, rollback, reference, part, part};
    runbook.diagnostics = {{1, 1, models::Severity::Error, {}},
                           {2, 1, models::Severity::Warning, {}},
                           {3, 1, models::Severity::Hint, {}}};
    const ui::RunbookOverview overview = ui::overviewOf(runbook);
    QCOMPARE(overview.steps, 3);
    QCOMPARE(overview.rollbackSteps, 1);
    QCOMPARE(overview.errors, 1);
    QCOMPARE(overview.warnings, 1);
}

void TestShellModels::anUnreadableRunbookSaysWhy() {
    ui::RunbookListModel model;
    model.setPaths({QStringLiteral("gone.md")});
    const models::Result<models::Runbook> failed =
        models::failure(models::ErrorCode::NotReadable, QStringLiteral("gone.md is not there."));
    model.setOverview(QStringLiteral("gone.md"), ui::overviewOf(failed));
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("gone.md, gone.md is not there."));
}

void TestShellModels::errorsAndWarningsAreCountedApart() {
    models::Runbook runbook;
    runbook.title = QStringLiteral("Deploy");
    for (const models::Severity severity : {models::Severity::Error, models::Severity::Warning,
                                            models::Severity::Warning, models::Severity::Hint})
        runbook.diagnostics.append({1, 1, severity, QStringLiteral("remark")});
    ui::RunbookListModel model;
    model.setPaths({QStringLiteral("a.md")});
    model.setOverview(QStringLiteral("a.md"), ui::overviewOf(runbook));
    const QString spoken = model.index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.endsWith(QStringLiteral("1 error, 2 warnings")), qPrintable(spoken));
}

void TestShellModels::openRunsLeaveClosedOnesOut() {
    ui::OpenRunsModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setRuns({summary("1", "a.md", 10, models::RunStatus::Open),
                   summary("2", "b.md", 20, models::RunStatus::Closed),
                   summary("3", "c.md", 30, models::RunStatus::Watching)});
    QCOMPARE(texts(model), (QStringList{QStringLiteral("c.md"), QStringLiteral("a.md")}));
    QCOMPARE(model.runId(model.index(1)).text(), QStringLiteral("1"));
    QVERIFY(model.runId(QModelIndex()).isEmpty());
    model.setRuns({summary("1", "a.md", 10, models::RunStatus::Closed)});
    QCOMPARE(model.rowCount(), 0);
}

void TestShellModels::openRunsSayWhichAreDrivenHere() {
    ui::OpenRunsModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setRuns({summary("1", "a.md", 10, models::RunStatus::Open),
                   summary("2", "b.md", 20, models::RunStatus::Open)});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const auto driven = [&model] {
        QStringList runs;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row);
            const bool isDriven = index.data(ui::OpenRunsModel::DrivenRole).toBool();
            const QString words = index.data(Qt::AccessibleTextRole).toString();
            if (isDriven != words.endsWith(QStringLiteral(", under way here")))
                return QStringList{words};
            if (isDriven)
                runs.append(model.runId(index).text());
        }
        return runs;
    };
    QCOMPARE(driven(), QStringList());
    model.setDriven({models::RunId(QStringLiteral("1"))});
    QCOMPARE(driven(), QStringList{QStringLiteral("1")});
    QCOMPARE(changed.size(), 1);
    model.setDriven({models::RunId(QStringLiteral("1"))});
    QCOMPARE(changed.size(), 1);
    model.setDriven({});
    QCOMPARE(driven(), QStringList());
}

void TestShellModels::theEndOfARunIsMarkedAsItEnded_data() {
    QTest::addColumn<models::RunOutcome>("outcome");
    QTest::addColumn<ui::Glyph>("glyph");
    QTest::addColumn<ui::Colour>("tone");
    using models::RunOutcome;
    QTest::newRow("succeeded") << RunOutcome::Succeeded << ui::Glyph::Passed << ui::Colour::Pass;
    QTest::newRow("rolled back") << RunOutcome::RolledBack << ui::Glyph::Skipped
                                 << ui::Colour::Warn;
    QTest::newRow("aborted") << RunOutcome::Aborted << ui::Glyph::Skipped << ui::Colour::Quiet;
    QTest::newRow("rollback failed")
        << RunOutcome::RollbackFailed << ui::Glyph::Failed << ui::Colour::Fail;
}

/// A rollback that led back is no failure, on the axis of time as elsewhere.
void TestShellModels::theEndOfARunIsMarkedAsItEnded() {
    QFETCH(const models::RunOutcome, outcome);
    app::RunSummary run = summary("run", "release.md", 1, models::RunStatus::Closed);
    run.closedAt = models::Instant{2};
    run.outcome = outcome;
    const ui::TimeMark mark = ui::endMarkOf(run);
    QCOMPARE(mark.at, run.closedAt);
    QTEST(mark.glyph, "glyph");
    QTEST(mark.tone, "tone");
}

void TestShellModels::recentOnesAreMarkedWhereMissing() {
    ui::RecentModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setPaths({QStringLiteral("/srv/deploy"), QStringLiteral("/srv/checklist.md")});
    model.setMissing({QStringLiteral("/srv/deploy")});
    QVERIFY(model.index(0).data(ui::RecentModel::MissingRole).toBool());
    QVERIFY(!model.index(1).data(ui::RecentModel::MissingRole).toBool());
    QVERIFY(model.index(1).data(ui::RecentModel::IsFileRole).toBool());
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("/srv/deploy, not found any more"));
}

void TestShellModels::namesOfWorkspaces_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("folder") << QStringLiteral("/srv/deploy") << QStringLiteral("deploy");
    QTest::newRow("file") << QStringLiteral("/srv/list.md") << QStringLiteral("list.md");
    QTest::newRow("gantry.yaml") << QStringLiteral("/srv/deploy/gantry.yaml")
                                 << QStringLiteral("deploy");
}

void TestShellModels::namesOfWorkspaces() {
    QFETCH(QString, path);
    QTEST(ui::workspaceNameOf(path), "name");
}

void TestShellModels::environmentsStandInPromotionOrder_data() {
    QTest::addColumn<QStringList>("written"); // "name" or "name<from"
    QTest::addColumn<QString>("ordered");
    const auto row = [](const char* name, const char* written, const char* ordered) {
        QTest::newRow(name) << QString::fromLatin1(written).split(u' ', Qt::SkipEmptyParts)
                            << QString::fromLatin1(ordered);
    };
    row("none", "", "");
    row("as written", "dev staging", "dev staging");
    row("behind its source", "prod<staging staging<dev dev", "dev staging prod");
    row("unknown source", "prod<nowhere dev", "prod dev");
    row("from itself", "prod<prod dev", "prod dev");
    row("loop", "a<b b<a c", "c a b");
}

void TestShellModels::environmentsStandInPromotionOrder() {
    QFETCH(QStringList, written);
    QList<models::Environment> environments;
    for (const QString& entry : written) {
        models::Environment environment;
        environment.name = entry.section(u'<', 0, 0);
        environment.promoteFrom = entry.section(u'<', 1, 1);
        environments.append(environment);
    }
    QStringList names;
    for (const models::Environment& environment : models::inPromotionOrder(environments))
        names.append(environment.name);
    QTEST(names.join(u' '), "ordered");
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    tests::TestShellModels test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_shellmodels.moc"

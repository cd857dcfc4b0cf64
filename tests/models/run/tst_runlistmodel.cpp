// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runlistmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace models;

namespace {

RunListEntry entry(int number, qint64 startedAt) {
    RunListEntry made;
    made.id = RunId(QStringLiteral("run%1").arg(number, 4, 10, QLatin1Char('0')));
    made.title = QStringLiteral("Runbook %1").arg(number);
    made.startedAt = Instant{startedAt};
    made.total = 10;
    return made;
}

QStringList titles(const RunListModel& model) {
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row).data().toString();
    return list;
}

} // namespace

class TestRunListModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newestFirst();
    void changesInPlace();
    void followsRandomLists();
    void speaksOfItsHolder();
    void whatWasHandedOverIsDrivenElsewhere();
    void whatARunIsAboutIsSaid();
};

void TestRunListModel::newestFirst() {
    RunListModel model;
    model.setEntries({entry(1, 10), entry(3, 30), entry(2, 20), entry(4, 30)});
    QCOMPARE(titles(model),
             (QStringList{QStringLiteral("Runbook 4"), QStringLiteral("Runbook 3"),
                          QStringLiteral("Runbook 2"), QStringLiteral("Runbook 1")}));
}

void TestRunListModel::changesInPlace() {
    RunListModel model;
    model.setEntries({entry(1, 10), entry(2, 20)});
    const QPersistentModelIndex kept = model.index(1);
    QSignalSpy changed(&model, &RunListModel::dataChanged);
    QSignalSpy inserted(&model, &RunListModel::rowsInserted);
    RunListEntry moved = entry(1, 10);
    moved.done = 4;
    model.setEntries({moved, entry(2, 20), entry(3, 30)});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(kept.row(), 2);
    QCOMPARE(kept.data(RunListModel::EntryRole).value<RunListEntry>().done, 4);
}

void TestRunListModel::followsRandomLists() {
    QRandomGenerator random(7);
    RunListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (int round = 0; round < 60; ++round) {
        QList<RunListEntry> wanted;
        for (int number = 0; number < 20; ++number) {
            if (random.bounded(2) == 0)
                continue;
            wanted << entry(number, 100 - number % 7);
            wanted.last().done = random.bounded(3);
        }
        model.setEntries(wanted);
        QCOMPARE(model.rowCount(), int(wanted.size()));
        for (const RunListEntry& expected : std::as_const(wanted))
            QVERIFY(model.entries().contains(expected));
        QVERIFY(std::is_sorted(model.entries().begin(), model.entries().end(),
                               [](const RunListEntry& a, const RunListEntry& b) {
                                   return a.startedAt > b.startedAt;
                               }));
    }
}

void TestRunListModel::speaksOfItsHolder() {
    RunListModel model;
    RunListEntry held = entry(1, 10);
    held.heldBy = QStringLiteral("console 12 of lead@example");
    model.setEntries({held});
    QVERIFY(model.index(0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("held by console 12 of lead@example")));
}

void TestRunListModel::whatWasHandedOverIsDrivenElsewhere() {
    RunListModel model;
    RunListEntry given = entry(1, 10);
    QCOMPARE(openingOf(given), RunOpening::Resume);
    given.heldBy = QStringLiteral("this console since 14:02 UTC");
    QCOMPARE(openingOf(given), RunOpening::Return);
    given.heldBy = QStringLiteral("console 12 of lead@example");
    QCOMPARE(openingOf(given), RunOpening::Follow);
    given.heldBy.clear();
    given.givenTo = QStringLiteral("Deputy");
    given.givenAt = Instant::fromString(QStringLiteral("2026-01-02T03:04:05.000000000Z"));
    QCOMPARE(openingOf(given), RunOpening::Read);
    QCOMPARE(runStanding(given), QStringLiteral("handed over"));
    model.setEntries({given});
    const QString words = model.index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(words.contains(
                 QStringLiteral("driven by Deputy at another console since 2026-01-02 03:04 UTC")),
             qPrintable(words));
    QVERIFY(model.index(0).data(RunListModel::SearchRole).toString().contains(u"Deputy"));
    given.status = RunStatus::Closed;
    given.outcome = RunOutcome::Aborted;
    QCOMPARE(runStanding(given), QStringLiteral("aborted"));
}

void TestRunListModel::whatARunIsAboutIsSaid() {
    QCOMPARE(targetWords({}), QString());
    QCOMPARE(targetWords({{{}, QStringLiteral("v2")}}), QStringLiteral("v2"));
    QCOMPARE(targetWords({{QStringLiteral("api"), QStringLiteral("v2")},
                          {QStringLiteral("page"), QStringLiteral("v2")}}),
             QStringLiteral("v2"));
    QCOMPARE(targetWords({{QStringLiteral("api"), QStringLiteral("v2")},
                          {QStringLiteral("page"), QStringLiteral("v1")}}),
             QStringLiteral("api v2, page v1"));
    RunListModel model;
    RunListEntry blocked = entry(1, 10);
    blocked.target = {{QStringLiteral("api"), QStringLiteral("v2")}};
    blocked.blockReason = QStringLiteral("answers with errors");
    model.setEntries({blocked});
    const QString words = model.index(0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(words.contains(QStringLiteral("of v2 in ")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("blocked there: answers with errors")),
             qPrintable(words));
    for (const char* found : {"v2", "blocked"})
        QVERIFY(model.index(0)
                    .data(RunListModel::SearchRole)
                    .toString()
                    .contains(QLatin1String(found)));
}

QTEST_GUILESS_MAIN(TestRunListModel)
#include "tst_runlistmodel.moc"

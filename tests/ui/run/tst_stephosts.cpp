// SPDX-License-Identifier: GPL-3.0-or-later
// A step on several hosts, as the pane shows it.
#include "models/run/hosts.h"
#include "models/run/resolve.h"
#include "tests/models/run/runfixture.h"
#include "ui/run/stepaction.h"
#include "ui/run/stephostmodel.h"
#include "ui/run/stephostsview.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace models;
using tests::contextWithHosts;
using tests::RunFixture;
using ui::Act;
using ui::RunAccess;

namespace {

const StepId stepId(u"a"_qs);

Step stepOn(const QString& on, const QMap<QString, QString>& options = {}) {
    return tests::stepOn(stepId, on, options);
}

void begin(RunFixture& run) {
    const auto attempts = resolveAttempts(run.state, 0, {});
    QVERIFY(attempts);
    for (const Attempt& attempt : *attempts)
        run.feed(draft::stepStarted(stepId, attempt));
}

void end(RunFixture& run, int number, int exitCode) {
    Attempt attempt = run.state.step(stepId).attempts[number - 1];
    attempt.exitCode = exitCode;
    attempt.reason = exitCode == 0 ? QString() : u"It ended with exit status 3."_qs;
    run.feed(draft::stepFinished(stepId, attempt,
                                 exitCode == 0 ? StepStatus::Passed : StepStatus::Failed));
}

} // namespace

class TestStepHosts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsRowsWhereTheyAre();
    void hidesWithoutSeveralHosts_data();
    void hidesWithoutSeveralHosts();
    void showsTheOneThatNeedsAPerson();
    void offersWhatTheEngineTakes();
    void asksTheHostThatMayKnow();
    void saysHowManyFollow();
};

void TestStepHosts::keepsRowsWhereTheyAre() {
    ui::StepHostModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    RunFixture run({stepOn(u"web-1,web-2"_qs)}, contextWithHosts(2));
    model.setHosts(hostProgress(run.state, 0));
    QCOMPARE(reset.size(), 1);
    begin(run);
    end(run, 1, 0);
    model.setHosts(hostProgress(run.state, 0));
    QCOMPARE(reset.size(), 1);
    QCOMPARE(changed.size(), 2);
    QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().startsWith(u"web-1, Passed"));
    model.setHosts({});
    QCOMPARE(model.rowCount(), 0);
}

void TestStepHosts::hidesWithoutSeveralHosts_data() {
    QTest::addColumn<QString>("on");
    QTest::addColumn<int>("count");
    QTest::newRow("one host") << u"web-1"_qs << 2;
    QTest::newRow("hosts that the environment does not have") << u"web-1,web-2"_qs << 1;
}

void TestStepHosts::hidesWithoutSeveralHosts() {
    QFETCH(QString, on);
    QFETCH(int, count);
    RunFixture two({stepOn(u"web-1,web-2"_qs)}, contextWithHosts(2));
    ui::StepHostsView view;
    view.showStep(two.state, RunAccess::Driving, 0);
    QVERIFY(!view.isHidden());
    RunFixture run({stepOn(on)}, contextWithHosts(count));
    view.showStep(run.state, RunAccess::Driving, 0);
    QVERIFY(view.isHidden());
    QVERIFY(!view.chosen());
}

void TestStepHosts::showsTheOneThatNeedsAPerson() {
    RunFixture run({stepOn(u"web-1,web-2,web-3"_qs)}, contextWithHosts(3));
    ui::StepHostsView view;
    view.resize(400, 500);
    view.show();
    begin(run);
    end(run, 1, 0);
    end(run, 2, 3);
    end(run, 3, 3);
    view.showStep(run.state, RunAccess::Driving, 0);
    QCOMPARE(view.chosen()->host, u"web-2"_qs);
    QVERIFY(view.findChild<QLabel*>(u"stepHostReason"_qs)->text().contains(u"exit status 3"));
    auto* retry = view.findChild<QPushButton*>(u"host:Retry step"_qs);
    QVERIFY(retry->isVisible());
    QCOMPARE(retry->text(), u"Retry host"_qs);

    // A person looks at another; it stays when something changes.
    QSignalSpy chosen(&view, &ui::StepHostsView::hostChosen);
    auto* list = view.findChild<QAbstractItemView*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(2, 0)).center());
    QCOMPARE(chosen.size(), 1);
    view.showStep(run.state, RunAccess::Driving, 0);
    QCOMPARE(view.chosen()->host, u"web-3"_qs);
    QCOMPARE(chosen.size(), 1);
    QSignalSpy asked(&view, &ui::StepHostsView::actRequested);
    QTest::mouseClick(retry, Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toString(), u"web-3"_qs);

    // Nothing is offered to somebody who only follows.
    view.showStep(run.state, RunAccess::ReadOnly, 0);
    QVERIFY(!retry->isVisible());
}

void TestStepHosts::offersWhatTheEngineTakes() {
    RunFixture run({stepOn(u"web-1,web-2,web-3"_qs, {{u"batch"_qs, u"2"_qs}})},
                   contextWithHosts(3));
    const auto acts = [&run](int host) {
        return ui::hostActs(run.state, RunAccess::Driving, 0, hostProgress(run.state, 0)[host]);
    };
    QCOMPARE(acts(0), QList<Act>{Act::Retry});
    QCOMPARE(acts(2), QList<Act>()); // its batch comes later
    begin(run);
    QCOMPARE(acts(0), QList<Act>());
    end(run, 1, 0);
    end(run, 2, 3);
    QCOMPARE(acts(0), QList<Act>());
    QCOMPARE(acts(1), (QList<Act>{Act::Retry, Act::MarkPassed}));
    QCOMPARE(acts(2), QList<Act>());
}

void TestStepHosts::asksTheHostThatMayKnow() {
    RunFixture run({stepOn(u"web-1,web-2"_qs)}, contextWithHosts(2));
    begin(run);
    run.feed(draft::outcomeUnknown(stepId, 1, u"restarted"_qs, {}, Loss::ForGood));
    run.feed(draft::outcomeUnknown(stepId, 2, u"given up"_qs, {}));
    const auto acts = [&run](int host) {
        return ui::hostActs(run.state, RunAccess::Driving, 0, hostProgress(run.state, 0)[host]);
    };
    QVERIFY(!acts(0).contains(Act::AskAgain));
    QVERIFY(acts(1).contains(Act::AskAgain));
    ui::StepHostsView view;
    view.resize(600, 500);
    view.show();
    view.showStep(run.state, RunAccess::Driving, 0);
    view.choose(u"web-2"_qs);
    view.showStep(run.state, RunAccess::Driving, 0);
    QSignalSpy asked(&view, &ui::StepHostsView::actRequested);
    QTest::mouseClick(view.findChild<QPushButton*>(u"host:Ask the host again"_qs), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].value<Act>(), Act::AskAgain);
    QCOMPARE(asked[0][1].toString(), u"web-2"_qs);
}

void TestStepHosts::saysHowManyFollow() {
    RunFixture run({stepOn(u"web-1,web-2,web-3,web-4"_qs)}, contextWithHosts(4));
    QCOMPARE(ui::nextAction(run.state, RunAccess::Driving, 0).primaryText, u"Run step"_qs);
    begin(run);
    for (int number = 1; number <= 4; ++number)
        end(run, number, number < 3 ? 0 : 3);
    QCOMPARE(ui::nextAction(run.state, RunAccess::Driving, 0).primaryText, u"Retry 2 hosts"_qs);
    run.feed(draft::stepMarkedPassed(stepId, u"seen to be right"_qs, u"web-3"_qs));
    QCOMPARE(ui::nextAction(run.state, RunAccess::Driving, 0).primaryText, u"Retry web-4"_qs);
}

QTEST_MAIN(TestStepHosts)
#include "tst_stephosts.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/observations.h"
#include "models/run/observeddraft.h"
#include "tests/models/run/runfixture.h"
#include "tests/support/fakejournal.h"
#include "tests/support/idleruns.h"
#include "ui/run/gatereadings.h"
#include "ui/run/historyview.h"
#include "ui/run/nextaction.h"
#include "ui/run/outputstore.h"
#include "ui/run/stepdetailpane.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace models;
using tests::RunFixture;

namespace {

const StepId gate(u"gate"_qs);

Step gateStep() {
    Step step = tests::manualStep(gate.text());
    step.kind = StepKind::Gate;
    step.condition = u"errors < 10%"_qs;
    return step;
}

RunFixture entered() {
    RunFixture run({gateStep()});
    run.feed(draft::gateEntered(gate, gateRuleOf(*run.state.plan, gateStep()),
                                {1800LL * 1'000'000'000}));
    return run;
}

void read(RunFixture& run, const QString& words) {
    GateStanding standing;
    standing.verdict = Verdict::Fail;
    standing.samples = 3;
    standing.words = words;
    standing.reading = {Verdict::Fail, {{u"errors < 10%"_qs, Verdict::Fail, words}}};
    run.feed(draft::gateObserved(gate, standing));
}

} // namespace

class TestStepDetailPane : public QObject {
    Q_OBJECT

private:
    tests::FakeJournal m_journal;
    tests::IdleRuns m_runs{m_journal};
    ui::OutputStore m_outputs{m_runs.runs};
    std::unique_ptr<ui::StepDetailPane> m_pane;

    void show(const RunFixture& run, ui::RunAccess access = ui::RunAccess::Driving) {
        m_pane->showStep(run.state, access, run.index(gate.text()));
    }
    /// All that can be read.
    [[nodiscard]] QString words() {
        QStringList found;
        for (const QLabel* label : m_pane->findChildren<QLabel*>()) {
            if (label->isVisibleTo(m_pane.get()))
                found.append(label->text());
        }
        return found.join(u'\n');
    }

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() { m_pane = std::make_unique<ui::StepDetailPane>(m_outputs); }

    void aGateThatWasNeverDecidedShowsItsLastReadings() {
        RunFixture run = entered();
        read(run, u"errors was 12 %"_qs);
        run.feed(draft::runClosed(RunOutcome::Aborted, {}));
        show(run);
        QVERIFY2(words().contains(u"Last readings"_qs), qPrintable(words()));
        QVERIFY2(words().contains(u"errors was 12 %"_qs), qPrintable(words()));
        // The third event of the fixture is of its third second.
        QVERIFY2(words().contains(u"3 of 5 readings"_qs) &&
                     words().contains(u"last 1970-01-01 00:00:03 UTC"_qs),
                 qPrintable(words()));
        QVERIFY2(!words().contains(u"a person is asked"_qs), qPrintable(words()));
    }

    /// What was observed was decided by nobody, and nobody is announced.
    void whatNobodyDecidedEndsWithItsTime() {
        StepState state;
        state.status = StepStatus::Passed;
        state.changedAt = Instant{3'000'000'000};
        state.reason = u"errors was 1 %"_qs;
        ui::HistoryView history;
        history.showStep(state, 0, ui::HistoryView::LastReason::Shown);
        QStringList said;
        for (const QLabel* label : history.findChildren<QLabel*>())
            said.append(label->text());
        QVERIFY2(said.contains(u"Passed · "_qs + ui::formatTime(state.changedAt)),
                 qPrintable(said.join(u'|')));
    }

    void oneThatWasNeverReadSaysSo() {
        RunFixture run = entered();
        run.feed(draft::runClosed(RunOutcome::Aborted, {}));
        show(run);
        QVERIFY2(words().contains(u"entered 1970-01-01 00:00:02 UTC"_qs) &&
                     words().contains(u"never read"_qs),
                 qPrintable(words()));
    }

    /// Its card tells what is read; nobody else is asked, and sees it all the same.
    void oneThatWaitsIsToldOnce() {
        RunFixture run = entered();
        read(run, u"errors was 12 %"_qs);
        show(run);
        QCOMPARE(words().count(u"errors was 12 %"_qs), 1);
        QVERIFY2(!words().contains(u"Last readings"_qs), qPrintable(words()));
        show(run, ui::RunAccess::ReadOnly);
        QCOMPARE(words().count(u"errors was 12 %"_qs), 1);
        QVERIFY2(words().contains(u"Last readings"_qs), qPrintable(words()));
    }

    void whatIsNoGateHasNone() {
        RunFixture run({tests::manualStep(gate.text())});
        show(run);
        QVERIFY2(!words().contains(u"Last readings"_qs), qPrintable(words()));
    }
};

QTEST_MAIN(TestStepDetailPane)
#include "tst_stepdetailpane.moc"

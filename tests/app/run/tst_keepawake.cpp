// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/keepawake.h"

#include "models/run/plan.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace app;
using models::StepId;

namespace {

class CountingInhibitor final : public SleepInhibitor {
public:
    int held = 0;
    int releases = 0;

    void hold(const QString& why) override { held += why.isEmpty() ? 0 : 1; }
    void release() override { ++releases; }
};

models::PlanPointer planOf(const QStringList& scripts) {
    models::Runbook runbook;
    for (const QString& script : scripts) {
        models::Step step;
        step.id = StepId(script);
        step.kind = models::StepKind::Command;
        models::Command command;
        command.text = script;
        command.language = u"sh"_qs;
        step.commands = {command};
        runbook.steps.append(step);
    }
    return std::make_shared<const models::Plan>(models::makePlan(runbook, {}));
}

} // namespace

class TestKeepAwake : public QObject {
    Q_OBJECT

private:
    tests::FakeHost m_host;
    tests::FakeJournal m_journal;
    tests::MemorySecretStore m_secrets;
    CountingInhibitor m_inhibitor;
    std::optional<RunService> m_runs;
    std::optional<KeepAwake> m_keepAwake;
    models::RunId m_run;

private Q_SLOTS:
    void init() {
        m_inhibitor.held = m_inhibitor.releases = 0;
        m_host.define(u"short"_qs, {});
        m_host.define(u"long"_qs, {{}, {}, 0, false});
        m_runs.emplace(m_journal, m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(m_host);
        });
        m_keepAwake.emplace(*m_runs, m_inhibitor);
        QSignalSpy opened(&*m_runs, &RunService::runOpened);
        (void)m_runs->start(planOf({u"short"_qs, u"long"_qs}), {});
        QVERIFY(opened.wait());
        m_run = opened.first().first().value<models::RunId>();
        QCOMPARE(m_inhibitor.held, 0); // a run alone may wait for days
    }
    void cleanup() {
        m_keepAwake.reset();
        m_runs.reset();
    }

    void holdsWhileAStepIsUnderWay() {
        m_runs->startStep(m_run, StepId(u"short"_qs));
        QTRY_COMPARE(m_inhibitor.releases, 1);
        QCOMPARE(m_inhibitor.held, 1);
        m_runs->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_inhibitor.held, 2);
        QCOMPARE(m_inhibitor.releases, 1);
        m_runs->cancelStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_inhibitor.releases, 2);
    }
    void letsGoWithTheRun() {
        m_runs->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_inhibitor.held, 1);
        (void)m_runs->release(m_run);
        QCOMPARE(m_inhibitor.releases, 1);
        // And holds again where it is found still under way.
        (void)m_runs->open(m_run);
        QTRY_COMPARE(m_inhibitor.held, 2);
    }
    void letsGoAtItsEnd() {
        m_runs->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_inhibitor.held, 1);
        m_keepAwake.reset();
        QCOMPARE(m_inhibitor.releases, 1);
    }
};

QTEST_GUILESS_MAIN(TestKeepAwake)
#include "tst_keepawake.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/actionrunner.h"

#include "models/environment/actionplan.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace app;
using State = app::ActionProgress::State;

namespace {

models::PlanPointer planOf(const QByteArray& command) {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nenvironments: { dev: { services: { portal: { actions: { restart: \"" +
        command + "\" } } } } }\n");
    workspace.secrets.append({u"TOKEN"_qs, u"prompt"_qs});
    workspace.root = u"/"_qs;
    const auto plan =
        models::actionPlan(workspace, u"dev"_qs, u"portal"_qs, models::ServiceActionKind::Restart);
    return plan ? std::make_shared<const models::Plan>(*plan) : nullptr;
}

} // namespace

class TestActionRunner : public QObject {
    Q_OBJECT

private:
    tests::FakeHost m_host;
    tests::FakeJournal m_journal;
    tests::MemorySecretStore m_secrets;
    std::optional<RunService> m_runs;
    std::optional<ActionRunner> m_runner;
    QList<ActionProgress> m_told;

    void start(const QByteArray& command, const QMap<QString, QString>& secrets = {}) {
        const models::PlanPointer plan = planOf(command);
        QVERIFY(plan);
        m_runner->start(plan, models::actionStep(*plan), {}, secrets);
    }
    [[nodiscard]] State state() const {
        return m_told.isEmpty() ? State::Starting : m_told.last().state;
    }
    [[nodiscard]] models::RunOutcome outcome() {
        models::RunState run;
        for (const models::Event& event : m_journal.events(m_told.last().run))
            run = models::apply(std::move(run), event);
        return run.outcome;
    }

private Q_SLOTS:
    void init() {
        m_told.clear();
        m_runs.emplace(m_journal, m_secrets, [this](const auto&, const QString& name) {
            return std::make_unique<tests::FakePlace>(m_host, name);
        });
        m_runner.emplace(*m_runs);
        connect(&*m_runner, &ActionRunner::changed, this,
                [this](int, const ActionProgress& progress) { m_told.append(progress); });
    }
    void cleanup() {
        m_runner.reset();
        m_runs.reset();
    }

    void runsAndClosesItsRun() {
        const QSignalSpy released(&*m_runs, &RunService::runReleased);
        m_host.define(u"docker restart portal"_qs, {"done\n", {}, 0, true});
        start("docker restart portal");
        QTRY_COMPARE(state(), State::Passed);
        QCOMPARE(m_host.scripts().last().trimmed(), u"docker restart portal"_qs);
        QCOMPARE(m_told.last().title, u"Restart portal"_qs);
        QCOMPARE(m_told.last().place, u"local"_qs);
        QVERIFY(!m_told.last().finishedAt.isNull());
        QCOMPARE(outcome(), models::RunOutcome::Succeeded);
        QTRY_COMPARE(released.size(), 1);
    }

    void saysWhatAFailureWrote() {
        m_host.define(u"docker restart nobody"_qs,
                      {"out\n", "warming up\nError: no such container\n\n", 1, true});
        start("docker restart nobody");
        QTRY_COMPARE(m_told.isEmpty() ? QString() : m_told.last().lastOutput,
                     u"Error: no such container"_qs);
        QCOMPARE(state(), State::Failed);
        QVERIFY2(m_told.last().words.contains(u"1"_qs), qPrintable(m_told.last().words));
        QCOMPARE(outcome(), models::RunOutcome::Failed);
    }

    void takesTheLastLineOfEitherStream() {
        m_host.define(u"./restart"_qs, {"first\nlast of out\n", {}, 3, true});
        start("./restart");
        QTRY_COMPARE(m_told.isEmpty() ? QString() : m_told.last().lastOutput, u"last of out"_qs);
    }

    void isBroughtToItsEndWhenAPageLetsItGo() {
        m_host.define(u"long"_qs, {{}, {}, 0, false});
        start("long");
        QTRY_COMPARE(state(), State::Running);
        const models::RunId run = m_told.last().run;
        const QSignalSpy opened(&*m_runs, &RunService::runOpened);
        (void)m_runs->release(run);
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(m_runs->state(run));
        const models::StepId step = m_runs->state(run)->plan->steps.first().step.id;
        m_host.end({run, step, 1}, 0);
        QTRY_COMPARE(state(), State::Passed);
        QCOMPARE(outcome(), models::RunOutcome::Succeeded);
    }

    void leavesWhatAPersonHasToDecide() {
        m_host.loseOutcomes(u"The place is gone."_qs);
        start("docker restart portal");
        QTRY_COMPARE(state(), State::NeedsPerson);
        QCOMPARE(outcome(), models::RunOutcome::None);
        m_host.loseOutcomes({});
    }

    void refusesWhatMissesAValue() {
        const qsizetype before = m_host.scripts().size();
        start("docker restart <container>");
        QTRY_COMPARE(state(), State::Refused);
        QVERIFY2(m_told.last().words.contains(u"container"_qs), qPrintable(m_told.last().words));
        QTRY_COMPARE(outcome(), models::RunOutcome::Aborted);
        QCOMPARE(m_host.scripts().size(), before);
    }

    void handsSecretsOverUnseen() {
        start("curl -H $TOKEN http://localhost/restart", {{u"TOKEN"_qs, u"correct horse"_qs}});
        QTRY_COMPARE(state(), State::Passed);
        QCOMPARE(m_host.requests().last().secrets.value(u"TOKEN"_qs), u"correct horse"_qs);
        for (const models::Event& event : m_journal.events(m_told.last().run))
            QVERIFY(!event.bytes.contains("correct horse"));
    }

    void saysThatTheJournalCannotBeWritten() {
        m_journal.failWith(
            models::Error{models::ErrorCode::NotWritable, u"The disk is full."_qs, {}});
        start("docker restart portal");
        QTRY_COMPARE(state(), State::Refused);
        QCOMPARE(m_told.last().words, u"The disk is full."_qs);
        m_journal.failWith({});
    }

    void carriesSeveralThrough() {
        start("one");
        start("two");
        QTRY_COMPARE(
            std::count_if(m_told.cbegin(), m_told.cend(),
                          [](const ActionProgress& told) { return told.state == State::Passed; }),
            2);
    }
};

QTEST_GUILESS_MAIN(TestActionRunner)
#include "tst_actionrunner.moc"

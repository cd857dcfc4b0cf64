// SPDX-License-Identifier: GPL-3.0-or-later
// A run that goes from one console to another and back, each with a journal of its own.
#include "app/journal/sqlitejournal.h"
#include "app/run/runservice.h"
#include "app/run/secretstore.h"
#include "models/run/lock.h"
#include "models/run/runfile.h"
#include "tests/support/fakeplace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace app;
using models::RunId;
using models::StepId;
using models::StepStatus;
using tests::FakeCommand;

namespace {

constexpr int patience = 30'000; // ms

/// Knows no secret, and remembers what was looked up.
class AskedSecrets final : public SecretStore {
public:
    QFuture<models::Result<QString>> read(const QString&) override { return unknown<QString>(); }
    QFuture<models::Result<void>> write(const QString&, const QString&) override {
        return unknown<void>();
    }
    QFuture<models::Result<void>> remove(const QString&) override { return unknown<void>(); }
    QFuture<models::Result<QString>> resolve(const QString& source) override {
        resolved.append(source);
        return unknown<QString>();
    }

    QStringList resolved;

private:
    template <class T>
    static QFuture<models::Result<T>> unknown() {
        return QtFuture::makeReadyFuture(models::Result<T>(
            models::failure(models::ErrorCode::NotFound, u"There is no such secret."_qs)));
    }
};

/// One console: its journal, its places, its service.
class Console {
public:
    explicit Console(const QString& name)
        : m_journal(optionsFor(m_folder.path(), name)) {
        service.emplace(m_journal, secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(host);
        });
    }

    [[nodiscard]] models::Result<RunId> take(const QByteArray& file) {
        auto taken = service->takeOver(file);
        return QTest::qWaitFor([&taken] { return taken.isFinished(); }, patience)
                   ? taken.result()
                   : models::failure(models::ErrorCode::Internal, u"It never came back."_qs);
    }
    [[nodiscard]] models::Result<QByteArray> give(const RunId& run, const QString& to) {
        auto given = service->handOver(run, to);
        return QTest::qWaitFor([&given] { return given.isFinished(); }, patience)
                   ? given.result()
                   : models::failure(models::ErrorCode::Internal, u"It never came back."_qs);
    }
    [[nodiscard]] RunId start(const models::PlanPointer& plan) {
        QSignalSpy opened(&*service, &RunService::runOpened);
        (void)service->start(plan, {});
        return opened.wait(patience) ? opened.first().first().value<RunId>() : RunId();
    }
    [[nodiscard]] const models::RunState& state(const RunId& run) const {
        return *service->state(run);
    }
    [[nodiscard]] models::Result<QByteArray> output(const models::AttemptKey& key) {
        auto bytes = service->output(key, 0, 1000);
        return QTest::qWaitFor([&bytes] { return bytes.isFinished(); }, patience)
                   ? bytes.result()
                   : models::failure(models::ErrorCode::Internal, u"It never came back."_qs);
    }

    tests::FakeHost host;
    AskedSecrets secrets;
    std::optional<RunService> service;

private:
    static JournalOptions optionsFor(const QString& folder, const QString& name) {
        JournalOptions options;
        options.folder = folder;
        options.console = name;
        return options;
    }

    QTemporaryDir m_folder;
    SqliteJournal m_journal;
};

models::PlanPointer plan(const QList<models::Host>& hosts = {}) {
    models::Step command;
    command.id = StepId(u"deploy"_qs);
    command.title = u"Deploy"_qs;
    command.kind = models::StepKind::Command;
    models::Command one;
    one.text = u"up"_qs;
    one.language = u"sh"_qs;
    command.commands = {one};
    models::Step check;
    check.id = StepId(u"check"_qs);
    check.title = u"Look at it"_qs;
    models::Runbook runbook;
    runbook.title = u"Release"_qs;
    runbook.steps = {command, check};
    models::PlanContext context;
    context.workspaceId = u"shop"_qs;
    context.workspaceRoot = u"/tmp"_qs;
    context.environment = u"prod"_qs;
    context.hosts = hosts;
    context.defaultHost = hosts.value(0).name;
    context.secrets = {{u"TOKEN"_qs, u"command:pass show token"_qs}};
    return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
}

} // namespace

class TestRunHandover : public QObject {
    Q_OBJECT

private:
    std::optional<Console> m_lead;
    std::optional<Console> m_deputy;
    RunId m_run;
    const StepId m_deploy{u"deploy"_qs};
    const StepId m_check{u"check"_qs};

    void deploy() {
        m_lead->host.define(u"up"_qs, FakeCommand{"deployed\n", {}, 0, true});
        m_lead->service->startStep(m_run, m_deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->state(m_run).step(m_deploy).status, StepStatus::Passed,
                                  patience);
    }

private Q_SLOTS:
    void init() {
        m_lead.emplace(u"lead"_qs);
        m_deputy.emplace(u"deputy"_qs);
        m_run = m_lead->start(plan());
        QVERIFY(!m_run.isEmpty());
        deploy();
    }
    void cleanup() {
        m_deputy.reset();
        m_lead.reset();
    }

    void colleagueGoesOnWithEverything() {
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
        // Here it can only be read, and says where it is.
        QTRY_VERIFY_WITH_TIMEOUT(m_lead->state(m_run).givenAway.has_value(), patience);
        QCOMPARE(m_lead->state(m_run).givenAway->to, u"Deputy"_qs);
        QVERIFY(!m_lead->state(m_run).locks.contains(models::localPlace));
        QSignalSpy refused(&*m_lead->service, &RunService::intentRefused);
        m_lead->service->confirmStep(m_run, m_check, true);
        QVERIFY(refused.wait(patience));

        const auto taken = m_deputy->take(*file);
        QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
        QCOMPARE(*taken, m_run);
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->service->state(m_run) &&
                                     !m_deputy->state(m_run).givenAway.has_value(),
                                 patience);
        QCOMPARE(m_deputy->state(m_run).step(m_deploy).status, StepStatus::Passed);
        QCOMPARE(*m_deputy->output({m_run, m_deploy, 1}), QByteArray("deployed\n"));
        m_deputy->service->confirmStep(m_run, m_check, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->state(m_run).step(m_check).status, StepStatus::Passed,
                                  patience);
    }

    void fileRunsNothingByItself() {
        QVERIFY(m_lead->secrets.resolved.contains(u"command:pass show token"));
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(file && m_deputy->take(*file));
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->service->state(m_run), patience);
        QVERIFY(m_deputy->state(m_run).drivers.size() > 1);
        const auto released = m_deputy->service->release(m_run);
        QTRY_VERIFY_WITH_TIMEOUT(released.isFinished(), patience);
        QSignalSpy opened(&*m_deputy->service, &RunService::runOpened);
        (void)m_deputy->service->open(m_run);
        QVERIFY(opened.wait(patience));
        QCOMPARE(m_deputy->secrets.resolved, QStringList());
        QCOMPARE(m_deputy->host.scripts(), QStringList());
    }

    void sameFileTwiceChangesNothing() {
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(file && m_deputy->take(*file));
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->service->state(m_run), patience);
        m_deputy->service->confirmStep(m_run, m_check, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->state(m_run).step(m_check).status, StepStatus::Passed,
                                  patience);
        // Done by hand it is done before the environment is locked: that is recorded behind it.
        QTRY_VERIFY_WITH_TIMEOUT(models::holdsLocks(m_deputy->state(m_run)), patience);
        const qint64 events = m_deputy->state(m_run).lastSeq;
        QVERIFY(m_deputy->take(*file));
        QCOMPARE(m_deputy->state(m_run).lastSeq, events);
        QCOMPARE(m_deputy->state(m_run).step(m_check).status, StepStatus::Passed);
    }

    /// Whoever has it from here on is told of every lock: none is recorded behind the hand-over.
    void aLockThatIsBeingTakenGoesAlong() {
        const RunId run =
            m_deputy->start(plan({models::Host{u"web-1"_qs, u"deploy@web-1.example.com"_qs}}));
        QVERIFY(!run.isEmpty());
        m_deputy->host.holdLock();
        m_deputy->service->confirmStep(run, m_check, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->host.heldLockQuestions(), 1, patience);
        auto given = m_deputy->service->handOver(run, u"Lead"_qs);
        // What is asked behind it is taken meanwhile: the hand-over had its turn and waits.
        m_deputy->service->addNote(run, {}, u"On its way"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_deputy->service->state(run) && m_deputy->state(run).notes.size() == 1, patience);
        QVERIFY(!m_deputy->state(run).givenAway);
        m_deputy->host.letGoOfLock();
        QTRY_VERIFY_WITH_TIMEOUT(given.isFinished(), patience);
        QVERIFY(given.result());
        const auto file = models::runFileFrom(*given.result());
        QVERIFY(file);
        QVERIFY(file->state.locks.contains(u"web-1"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->service->state(run) != nullptr, patience);
        QCOMPARE(m_deputy->state(run).lastSeq, file->state.lastSeq);
    }

    void itComesBackWithWhatWasDoneThere() {
        const auto there = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(there && m_deputy->take(*there));
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->service->state(m_run), patience);
        m_deputy->service->confirmStep(m_run, m_check, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->state(m_run).step(m_check).status, StepStatus::Passed,
                                  patience);
        const auto back = m_deputy->give(m_run, u"Lead"_qs);
        QVERIFY(back);
        const auto taken = m_lead->take(*back);
        QVERIFY2(taken, qPrintable(taken ? QString() : taken.error().message));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->state(m_run).step(m_check).status, StepStatus::Passed,
                                  patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_lead->state(m_run).givenAway, patience);
        m_lead->service->close(m_run, models::RunOutcome::Succeeded, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->state(m_run).status, models::RunStatus::Closed, patience);
    }

    void ownFileDoesNotMakeTwoDrivers() {
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(file && m_lead->take(*file));
        QTRY_VERIFY_WITH_TIMEOUT(m_lead->service->state(m_run), patience);
        QVERIFY(m_lead->state(m_run).givenAway);
    }

    void takenBackForAReasonItCannotBeJoinedAgain() {
        const auto there = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(there && m_deputy->take(*there));
        auto none = m_lead->service->takeBack(m_run, {});
        QTRY_VERIFY_WITH_TIMEOUT(none.isFinished(), patience);
        QVERIFY(!none.result());
        auto taken = m_lead->service->takeBack(m_run, u"Deputy is away"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(taken.isFinished(), patience);
        QVERIFY(taken.result());
        QTRY_VERIFY_WITH_TIMEOUT(!m_lead->state(m_run).givenAway, patience);
        const auto back = m_deputy->give(m_run, u"Lead"_qs);
        QVERIFY(back);
        const auto joined = m_lead->take(*back);
        QVERIFY(!joined);
        QVERIFY(joined.error().message.contains(u"in another way"));
    }

    void damagedFilesAreRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("an edited event") << QByteArray("Release") << QByteArray("Relaese");
        QTest::newRow("an edited output")
            << QByteArray("deployed\n").toBase64() << QByteArray("deploYed\n").toBase64();
    }
    void damagedFilesAreRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(file && file->contains(from));
        const auto taken = m_deputy->take(QByteArray(*file).replace(from, to));
        QVERIFY(!taken);
        QCOMPARE(taken.error().code, models::ErrorCode::Damaged);
        QVERIFY(!m_deputy->service->state(m_run));
    }

    void whatIsNoRunIsRefused() {
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(file);
        QCOMPARE(m_deputy->take("hello").error().code, models::ErrorCode::InvalidInput);
        // Without its last line it is a copy: nobody handed that over.
        const qsizetype end = file->lastIndexOf('\n', file->size() - 2);
        QVERIFY(m_deputy->take(file->left(end + 1)).error().message.contains(u"copy"));
        QVERIFY(m_deputy->take(*file));
    }

    void runningCommandHoldsItHere() {
        m_lead->service->reopenStep(m_run, m_deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->state(m_run).step(m_deploy).status, StepStatus::Pending,
                                  patience);
        m_lead->host.define(u"up"_qs, FakeCommand{{}, {}, 0, false});
        m_lead->service->startStep(m_run, m_deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->state(m_run).step(m_deploy).status, StepStatus::Running,
                                  patience);
        const auto file = m_lead->give(m_run, u"Deputy"_qs);
        QVERIFY(!file);
        QVERIFY(file.error().message.contains(u"A command is running"));
        QVERIFY(!m_lead->state(m_run).givenAway);
    }
};

QTEST_GUILESS_MAIN(TestRunHandover)
#include "tst_runhandover.moc"

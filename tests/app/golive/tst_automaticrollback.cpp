// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/runwatch.h"
#include "app/golive/watchintent.h"
#include "app/http/networkprober.h"
#include "app/process/localplace.h"
#include "models/environment/workspace.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/fakehealth.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using models::RunId;
using models::RunState;
using models::RunStatus;
using models::StepId;

namespace {

constexpr int patience = 60'000; // ms
constexpr char goodReply[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
constexpr char badReply[] = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

} // namespace

/// A go-live that a server's real answers take back: asked over HTTP, decided by the trigger, done
/// in this machine's shell.
class TestAutomaticRollback : public QObject {
    Q_OBJECT

private:
    struct Parts {
        Parts() { open(); }

        void open() {
            runs.emplace(journal, secrets, [](const auto&, const QString&) {
                return std::make_unique<app::LocalPlace>();
            });
            runWatch.emplace(app::RunWatch::Parts{*runs, journal, notifier});
            runWatch->attend(watch);
        }
        void close() {
            runWatch.reset();
            runs.reset();
        }

        tests::FakeJournal journal;
        tests::MemorySecretStore secrets;
        app::TrustKeeper trust;
        app::NetworkProber prober;
        app::HealthService health{prober, trust};
        tests::FakeMetricSource metrics;
        app::EnvironmentWatch watch{health, prober, metrics};
        tests::FakeNotifier notifier;
        std::optional<app::RunService> runs;
        std::optional<app::RunWatch> runWatch;
    };

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<tests::TestServer> m_server;
    std::unique_ptr<Parts> m_parts;
    models::Workspace m_workspace;
    RunId m_run;

    [[nodiscard]] QString record() const { return m_folder->path() + u"/done"_qs; }
    [[nodiscard]] QByteArray done() const {
        QFile file(record());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] const RunState& state() const { return *m_parts->runs->state(m_run); }
    [[nodiscard]] bool holds() const {
        const auto& triggers = state().triggers;
        return std::any_of(triggers.cbegin(), triggers.cend(),
                           [](const models::TriggerStanding& one) { return one.asks(); });
    }

    /// Deploys while the server answers well; back: the command of the way back.
    void goLive(const QString& keys, const QString& back, const QString& severity = u"error"_qs) {
        m_workspace = models::parseWorkspace(
            QStringLiteral(
                "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  stage:\n    %1\n"
                "    services:\n      portal:\n        health:\n"
                "          - { http: \"%2\", every: 1s, pass: \"http.status == 200\" "
                "}\n    triggers:\n      - { name: portal failing, when: "
                "\"portal.http.status >= 500 for 2 checks\", every: 1s, "
                "severity: %3 }\n      - { name: queue grows, when: \"portal.http.status "
                "== 599\" }\n")
                .arg(keys, m_server->url(u"/health"_qs), severity)
                .toUtf8());
        const models::Diagnostics& told = m_workspace.diagnostics; // protected, it is a warning
        QVERIFY2(std::all_of(told.cbegin(), told.cend(),
                             [](const models::Diagnostic& one) {
                                 return one.severity == models::Severity::Warning;
                             }),
                 qPrintable(m_workspace.diagnostics.value(0).message));
        m_workspace.root = m_folder->path();
        m_parts->trust.vouchFor(m_workspace.root);
        m_parts->health.watch(m_workspace);
        const models::Runbook runbook = models::parseRunbook(
            QStringLiteral("# Go live\n\n## Deploy\n\n- [ ] Deploy\n\n  ```sh\n  echo up >> %1\n"
                           "  ```\n\n- [ ] Tell the team\n\n## Rollback\n\n- [ ] Put back\n\n"
                           "  ```sh\n  %2\n  ```\n")
                .arg(record(), back)
                .toUtf8());
        const auto plan = std::make_shared<const models::Plan>(models::makePlan(
            runbook, models::planContext(m_workspace, u"golive.md"_qs, u"stage"_qs, {}, {})));
        QSignalSpy opened(&*m_parts->runs, &app::RunService::runOpened);
        (void)m_parts->runs->start(plan, {});
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        m_run = opened.first().first().value<RunId>();
        m_parts->runs->runAll(m_run);
        QTRY_COMPARE_WITH_TIMEOUT(done(), QByteArray("up\n"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!state().triggers.isEmpty(), patience);
        QVERIFY(!holds());
    }

    /// Killed after it was recorded that a trigger holds, and before the way back was; the next
    /// console finds such answers.
    void loseConsole(const char* answers) {
        goLive(u"auto_rollback: true"_qs, u"echo back >> "_qs + record());
        if (QTest::currentTestFailed())
            return;
        m_parts->runWatch.reset();
        m_parts->runs->submit(
            m_run, app::intent::turnTrigger(u"portal failing"_qs, true, u"it answered 500"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(holds(), patience);
        QVERIFY(!state().rollback);
        m_parts->close();
        m_server->answerAll(answers);
        m_parts->open();
        (void)m_parts->runs->open(m_run);
        QTRY_VERIFY_WITH_TIMEOUT(m_parts->runs->state(m_run), patience);
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<tests::TestServer>();
        m_server->answerAll(goodReply);
        m_parts = std::make_unique<Parts>();
    }
    void cleanup() { m_parts.reset(); }

    void aFailingServerTakesTheReleaseBack() {
        goLive(u"auto_rollback: true"_qs, u"echo back >> "_qs + record());
        if (QTest::currentTestFailed())
            return;
        QSignalSpy opened(&*m_parts->runs, &app::RunService::runOpened);
        m_server->answerAll(badReply);
        QTRY_VERIFY_WITH_TIMEOUT(state().rollback, patience);
        QVERIFY2(state().rollback->reason.contains(u"portal failing"),
                 qPrintable(state().rollback->reason));
        QTRY_COMPARE_WITH_TIMEOUT(done(), QByteArray("up\nback\n"), patience);
        QCOMPARE(opened.size(), 1);
        const auto back = opened.first().first().value<RunId>();
        QCOMPARE(m_parts->runs->state(back)->plan->context.rollbackOf, m_run);
        QCOMPARE(state().rollback->run, back);
        QVERIFY(m_server->requests().size() >= 2);
    }

    void aCrashDoesNotForgetTheWayBack_data() {
        QTest::addColumn<bool>("isStillBad");
        QTest::newRow("it holds still") << true;
        QTest::newRow("it is over meanwhile") << false;
    }
    void aCrashDoesNotForgetTheWayBack() {
        QFETCH(bool, isStillBad);
        loseConsole(isStillBad ? badReply : goodReply);
        if (QTest::currentTestFailed())
            return;
        if (isStillBad)
            QTRY_COMPARE_WITH_TIMEOUT(done(), QByteArray("up\nback\n"), patience);
        else
            QTRY_VERIFY_WITH_TIMEOUT(!holds(), patience);
        QCOMPARE(state().rollback.has_value(), isStillBad);
    }

    /// The next console saw good answers first: what holds again is no news, and is taken back all
    /// the same.
    void whatHoldsAgainAfterACrashIsTakenBack() {
        loseConsole(goodReply);
        if (QTest::currentTestFailed())
            return;
        QTRY_VERIFY_WITH_TIMEOUT(!holds(), patience);
        m_server->answerAll(badReply);
        QTRY_COMPARE_WITH_TIMEOUT(done(), QByteArray("up\nback\n"), patience);
        QVERIFY(state().rollback);
    }

    void aPersonIsAsked_data() {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("back");
        QTest::addColumn<QString>("severity");
        const QString harmless = u"echo back >> done"_qs;
        const QString error = u"error"_qs;
        QTest::newRow("not asked for") << u"auto_rollback: false"_qs << harmless << error;
        QTest::newRow("protected")
            << u"auto_rollback: true\n    protected: true"_qs << harmless << error;
        QTest::newRow("destructive step in the way back")
            << u"auto_rollback: true"_qs << u"rm -rf old-release"_qs << error;
        QTest::newRow("a warning") << u"auto_rollback: true"_qs << harmless << u"warn"_qs;
        QTest::newRow("for information") << u"auto_rollback: true"_qs << harmless << u"info"_qs;
    }
    void aPersonIsAsked() {
        QFETCH(QString, keys);
        QFETCH(QString, back);
        QFETCH(QString, severity);
        goLive(keys, back, severity);
        if (QTest::currentTestFailed())
            return;
        m_server->answerAll(badReply);
        QTRY_VERIFY_WITH_TIMEOUT(holds(), patience);
        // What would begin it comes with the fact that the trigger holds, or never: it is told of
        // the server twice more, and nothing has begun.
        const qsizetype asked = m_server->requests().size();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().size() >= asked + 2, patience);
        QVERIFY(!state().rollback);
        QCOMPARE(state().status, RunStatus::Open);
        QCOMPARE(done(), QByteArray("up\n"));
        QVERIFY(holds());
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestAutomaticRollback test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_automaticrollback.moc"

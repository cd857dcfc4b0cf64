// SPDX-License-Identifier: GPL-3.0-or-later
// Each of the four examples at the demo host, over real SSH, from its first step to its outcome: a
// release that is good, and one that turns out bad while it is watched. Nothing is injected: what
// holds, holds on samples of real probes.
#include "releaseconsole.h"

#include "app/environment/workspaceservice.h"
#include "app/runbook/runbookservice.h"
#include "models/run/rollbackdocument.h"
#include "tests/support/program.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QTest>

#include <map>
#include <memory>

using namespace models;
using namespace std::chrono_literals;
using namespace tests;

namespace {

constexpr int patience = 120'000;

struct Release {
    QString example;
    QString runbook;
    QString service; ///< of the target
    QString version;
    QByteArray faulty; ///< service of the demo host that the fault is of
    QByteArray fault;
    QString trigger; ///< that holds then
};

/// Everything is looked at each second, so that the test is not as long as a release is.
void hurry(Environment& environment, std::chrono::milliseconds watched) {
    for (Service& service : environment.services) {
        for (Probe& probe : service.probes)
            probe.every = 1s;
        if (service.version)
            service.version->every = 1s;
    }
    for (Metric& metric : environment.metrics)
        metric.every = 1s;
    for (Trigger& trigger : environment.triggers)
        trigger.every = 1s;
    environment.gates.every = 1s;
    environment.watch.every = 1s;
    environment.watch.time = watched;
}

} // namespace

Q_DECLARE_METATYPE(Release)

class TestDemoReleases : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aGoodReleaseSucceeds_data() { addReleases(); }
    void aGoodReleaseSucceeds();
    void aBadReleaseIsTakenBack_data() { addReleases(); }
    void aBadReleaseIsTakenBack();
    void aDeploymentThatDoesNotTakeFails();

private:
    static void addReleases();
    void open(const Release& release, std::chrono::milliseconds watched);
    [[nodiscard]] PlanPointer planFor(const Release& release) const;
    /// watched: for how long at the end; a trigger needs its time to hold.
    void begin(const Release& release, std::chrono::milliseconds watched = 2min);
    void write(const QByteArray& service, const char* what, const QByteArray& text) const;
    [[nodiscard]] QByteArray releaseOf(const QByteArray& service) const;

    TemporaryHome m_home;
    std::unique_ptr<Program> m_host;
    std::unique_ptr<ReleaseConsole> m_console;
    QString m_folder;
    Workspace m_workspace;
    Environment* m_environment = nullptr;
};

void TestDemoReleases::addReleases() {
    QTest::addColumn<Release>("release");
    const auto row = [](const Release& release) {
        QTest::newRow(qPrintable(release.example)) << release;
    };
    row({u"voxbento"_qs, u"2-go-live.md"_qs, u"portal"_qs, u"v1.5.0"_qs, "portal", "errors",
         u"The portal answers with errors"_qs});
    row({u"interview-insights"_qs, u"2-go-live.md"_qs, u"page"_qs, u"2026.11.3"_qs, "proxy",
         "errors", u"Connections fail"_qs});
    row({u"books"_qs, u"2-prod.md"_qs, u"api"_qs, u"9d3f2a1"_qs, "books", "errors",
         u"The API answers with errors"_qs});
    row({u"yapit"_qs, u"1-go-live.md"_qs, u"gateway"_qs, u"b7d2a95"_qs, "gateway", "latency",
         u"Speech takes too long"_qs});
}

void TestDemoReleases::init() {
    m_host = std::make_unique<Program>();
    QVERIFY(m_host->start({QStringLiteral(GANTRY_DEMOHOST)},
                          {QStringLiteral("TMPDIR=") + m_home.path()}));
    m_folder = QFile::decodeName(m_host->readLine().mid(6).trimmed());
    m_console = std::make_unique<ReleaseConsole>([folder = m_folder] {
        app::SshSurroundings surroundings = app::ourSurroundings();
        surroundings.read = [path = surroundings.home + QStringLiteral("/.ssh/config"),
                             own = folder + QStringLiteral("/ssh_config"),
                             read = surroundings.read](const QString& file) {
            return read(file == path ? own : file);
        };
        return surroundings;
    });
}

void TestDemoReleases::cleanup() {
    m_console.reset();
    m_host.reset();
}

void TestDemoReleases::write(const QByteArray& service, const char* what,
                             const QByteArray& text) const {
    QFile file(m_folder + QStringLiteral("/state/") + QString::fromLatin1(service) + u'.' +
               QLatin1String(what));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text + '\n');
}

QByteArray TestDemoReleases::releaseOf(const QByteArray& service) const {
    QFile file(m_folder + QStringLiteral("/state/") + QString::fromLatin1(service) +
               QStringLiteral(".release"));
    return file.open(QFile::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

void TestDemoReleases::open(const Release& release, std::chrono::milliseconds watched) {
    const auto read =
        app::WorkspaceService::read(m_folder + QStringLiteral("/workspaces/") + release.example);
    QVERIFY(read);
    m_workspace = *read;
    for (Environment& environment : m_workspace.environments) {
        hurry(environment, watched);
        if (environment.name == u"demo")
            m_environment = &environment;
    }
    m_console->watch(m_workspace);
}

PlanPointer TestDemoReleases::planFor(const Release& release) const {
    const QString folder = m_workspace.root + u'/';
    const auto runbook = [&](const QString& path) {
        return app::RunbookService::read(folder + path, givenNames(m_workspace))
            .value_or(Runbook());
    };
    std::map<QString, Runbook> others;
    const QString path = u"runbooks/"_qs + release.runbook;
    PlanContext context =
        planContext(m_workspace, path, u"demo"_qs, {}, {{release.service, release.version}});
    context.previous = m_console->deployed(u"demo"_qs, m_environment->serviceNames());
    return std::make_shared<const Plan>(makePlanWithWayBack(
        runbook(path), context, m_workspace.runbooks, [&](const QString& other) {
            return &others.try_emplace(other, runbook(other)).first->second;
        }));
}

/// Once it is known what is deployed now.
void TestDemoReleases::begin(const Release& release, std::chrono::milliseconds watched) {
    open(release, watched);
    write("proxy", "status", "running"); // as after the prerequisites
    QTRY_VERIFY_WITH_TIMEOUT(
        m_console->deployed(u"demo"_qs, {release.service}).contains(release.service), patience);
    QVERIFY2(m_console->start(planFor(release)), qPrintable(m_console->problem()));
}

void TestDemoReleases::aGoodReleaseSucceeds() {
    QFETCH(Release, release);
    begin(release, 5s);
    const auto isClosed = [this] {
        m_console->carryOn();
        return m_console->run().status == RunStatus::Closed;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isClosed(), qPrintable(m_console->problem()), patience);
    QCOMPARE(m_console->run().outcome, RunOutcome::Succeeded);
    QCOMPARE(m_console->heldTrigger(), QString());
    QCOMPARE(m_console->run().watch->until.isNull(), false);
}

void TestDemoReleases::aBadReleaseIsTakenBack() {
    QFETCH(Release, release);
    begin(release);
    const Target before = m_console->run().plan->context.previous;
    const auto isWatched = [this] {
        m_console->carryOn();
        return m_console->run().status == RunStatus::Watching;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isWatched(), qPrintable(m_console->problem()), patience);
    const QByteArray deployed = releaseOf(release.faulty);
    write(release.faulty, "fault", release.fault + ' ' + deployed);
    QTRY_VERIFY2_WITH_TIMEOUT(m_console->heldTrigger().startsWith(release.trigger),
                              qPrintable(m_console->problem()), patience);
    QVERIFY(m_console->run().status != RunStatus::Closed);
    m_console->rollBack(m_console->heldTrigger());
    const auto isBack = [this] {
        m_console->carryOn();
        return m_console->back().status == RunStatus::Closed;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isBack(), qPrintable(m_console->problem()), patience);
    QVERIFY2(m_console->back().outcome == RunOutcome::RolledBack, qPrintable(m_console->problem()));
    const RollbackVerification verified = *m_console->back().verification;
    QCOMPARE(verified.verdict, Verdict::Pass);
    QCOMPARE(verified.observations.first().what, release.service + u": version"_qs);
    QCOMPARE(verified.observations.first().finding.observed, before.value(release.service));
    QTRY_COMPARE_WITH_TIMEOUT(m_console->run().outcome, RunOutcome::RolledBack, patience);
    QVERIFY(m_console->run().releaseBlock.has_value());
    // What was taken back cannot go there again.
    const PlanPointer again = planFor(release);
    QVERIFY(!m_console->start(again));
    QVERIFY2(m_console->problem().contains(u"blocked"), qPrintable(m_console->problem()));
}

void TestDemoReleases::aDeploymentThatDoesNotTakeFails() {
    const Release yapit{u"yapit"_qs, u"1-go-live.md"_qs, u"gateway"_qs, u"c0ffee1"_qs, {}, {}, {}};
    begin(yapit);
    write("gateway", "fault", "stuck");
    const auto commit = [this] {
        m_console->carryOn();
        const RunState state = m_console->run();
        for (int index = 0; index < state.plan->steps.size(); ++index) {
            if (state.plan->steps[index].step.title.startsWith(u"Wait for the commit"))
                return effectiveStatus(state, index);
        }
        return StepStatus::Pending;
    };
    QTRY_COMPARE_WITH_TIMEOUT(commit(), StepStatus::Failed, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_console->heldTrigger().startsWith(u"A stale commit answers"),
                             patience);
}

int main(int argc, char** argv) {
    TestDemoReleases test; // its home comes before everything
    const QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_demoreleases.moc"

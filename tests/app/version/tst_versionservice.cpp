// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version/versionservice.h"
#include "models/health/probereading.h"
#include "tests/support/fakehealth.h"
#include "tests/support/temporaryhome.h"

#include <QSignalSpy>
#include <QTest>

using app::VersionService;
using models::CommitRelation;
using models::Instant;
using models::VersionStanding;
using models::VersionState;
using models::Workspace;
using tests::FakeHealth;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr int patience = 30'000;

const QString prod = QStringLiteral("prod");
const QString dev = QStringLiteral("dev");
const QString portal = QStringLiteral("portal");
const QString worker = QStringLiteral("worker");

Workspace shop() {
    Workspace workspace = models::parseWorkspace(R"(gantry: 1
id: shop
name: Shop
environments:
  dev:
    services:
      portal: { version: { http: "http://dev.example.com/version" } }
  prod:
    promote_from: dev
    hosts: { web-1: {}, web-2: {} }
    services:
      portal:
        version: { http: "http://portal.example.com/version", every: 10s, timeout: 5s }
        source: { repo: code, ref: main }
      worker:
        hosts: [web-1, web-2]
        container: worker
        version: { label: org.opencontainers.image.revision }
      cron: {}
)");
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

/// The journal of one run.
class JournalOfOne final : public app::JournalStore {
public:
    using Events = models::Result<QList<models::Event>>;

    void clear() {
        m_runs.clear();
        m_loads = 0;
    }
    void add(const QString& workspace, const QString& environment, const models::Target& target) {
        QJsonObject texts;
        for (auto text = target.begin(); text != target.end(); ++text)
            texts.insert(text.key(), text.value());
        m_started.payload = {{QStringLiteral("plan"),
                              QJsonObject{{QStringLiteral("context"),
                                           QJsonObject{{QStringLiteral("target"), texts}}}}}};
        app::RunSummary run;
        run.id = models::RunId(QStringLiteral("run-1"));
        run.workspaceId = workspace;
        run.environment = environment;
        run.startedAt = {1};
        m_runs = {run};
    }
    QFuture<models::Result<std::optional<app::RunSummary>>>
    lockHolder(const models::RunId&) override {
        return QtFuture::makeReadyFuture(
            models::Result<std::optional<app::RunSummary>>(std::nullopt));
    }
    void close(models::RunOutcome outcome) {
        m_runs[0].status = models::RunStatus::Closed;
        m_runs[0].outcome = outcome;
    }
    [[nodiscard]] int loads() const { return m_loads; }

    QFuture<models::Result<QList<app::RunSummary>>> runs() override {
        return QtFuture::makeReadyFuture(models::Result<QList<app::RunSummary>>(m_runs));
    }
    QFuture<models::Result<app::StoredRun>> load(const models::RunId&, bool) override {
        ++m_loads;
        app::StoredRun run;
        run.events = {m_started};
        return QtFuture::makeReadyFuture(models::Result<app::StoredRun>(run));
    }
    QFuture<Events> create(const app::Append&) override { return {}; }
    QFuture<Events> append(const app::Append&) override { return {}; }
    QFuture<void> release(const models::RunId&) override { return {}; }
    QFuture<models::Result<QByteArray>> output(const models::AttemptKey&, int, qint64) override {
        return {};
    }
    QFuture<models::Result<QByteArray>> exported(const models::RunId&) override { return {}; }
    QFuture<models::Result<qint64>> adopt(const models::RunFile&) override { return {}; }

private:
    QList<app::RunSummary> m_runs;
    models::Event m_started;
    int m_loads = 0;
};

models::ProbeReply reply(const tests::FakeProber::Asked& asked, const char* version) {
    models::ProbeReply reply;
    reply.outcome = models::ProbeReply::Outcome::Answered;
    reply.at = asked.due;
    reply.status = 200;
    models::readBody("{\"commit\":\"" + QByteArray(version) + "\"}", models::BodyEnd::Whole, reply);
    return reply;
}

} // namespace

class TestVersionService : public QObject {
    Q_OBJECT

    VersionStanding standing(const QString& environment, const QString& service) {
        return m_service->standing(environment, service, m_now).value_or(VersionStanding());
    }
    /// Answers what the address of an environment's portal is asked.
    void answer(const char* address, const char* version) {
        for (tests::FakeProber::Asked& asked : std::exchange(m_parts->prober.asked, {})) {
            if (asked.probe.target.contains(QLatin1String(address)))
                asked.done(reply(asked, version));
            else
                m_parts->prober.asked.push_back(std::move(asked));
        }
    }
    void start() {
        m_parts->trust.vouchFor(m_workspace.root);
        m_service->watch(m_workspace);
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE_WITH_TIMEOUT(m_parts->prober.asked.size(), 2U, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_parts->containers.asked.size(), 2U, patience);
    }

private Q_SLOTS:
    void init() {
        m_now = {1'800'000'000 * second};
        m_journal.clear();
        m_parts = std::make_unique<FakeHealth>();
        m_service = std::make_unique<VersionService>(
            VersionService::Sources{m_parts->prober, m_parts->containers, m_parts->commits,
                                    m_journal},
            m_parts->trust, [this] { return m_now; });
        m_workspace = shop();
        QCOMPARE(m_workspace.diagnostics.size(), 0);
    }
    void cleanup() {
        m_service.reset();
        m_parts.reset();
    }

    void nothingIsLookedUpWithoutTrust() {
        m_service->watch(m_workspace);
        m_now.nanoseconds += 100 * second;
        m_service->lookNow(prod, portal);
        QCoreApplication::processEvents();
        QVERIFY(m_parts->prober.asked.empty());
        QVERIFY(m_parts->containers.asked.empty());
        QCOMPARE(standing(prod, portal).state, VersionState::Unchecked);
        QVERIFY(!m_service->standing(prod, QStringLiteral("cron"), m_now));
        m_parts->trust.trust(m_workspace);
        m_now.nanoseconds += 2 * second;
        QTRY_COMPARE_WITH_TIMEOUT(m_parts->prober.asked.size(), 2U, patience);
    }

    void comparesWithWhatIsExpected() {
        start();
        QSignalSpy changed(m_service.get(), &VersionService::changed);
        answer("portal.example.com", "1111111a");
        QTRY_VERIFY_WITH_TIMEOUT(!m_parts->commits.asked.empty(), patience);
        // "main" alone says nothing about a commit.
        QCOMPARE(standing(prod, portal).state, VersionState::Undecided);
        const auto asked = m_parts->commits.asked.front();
        QCOMPARE(asked.question,
                 (app::CommitQuestion{QStringLiteral("/srv/shop/code"), QStringLiteral("main"),
                                      QStringLiteral("1111111a")}));
        CommitRelation relation;
        relation.from = QStringLiteral("2222222b");
        relation.to = QStringLiteral("1111111a");
        relation.behind = 3;
        asked.done(relation);
        QTRY_VERIFY_WITH_TIMEOUT(changed.size() >= 2, patience);
        QCOMPARE(standing(prod, portal).state, VersionState::Unexpected);
        QCOMPARE(standing(prod, portal).words, QStringLiteral("3 behind main"));
    }

    void hostsAreLookedAtOneByOne() {
        start();
        QCOMPARE(m_parts->containers.asked[0].name.name, worker);
        for (std::size_t i = 0; i < 2; ++i) {
            models::Container container;
            container.state = models::ContainerState::Running;
            container.revision = i == 0 ? QStringLiteral("1111111a") : QStringLiteral("2222222b");
            m_parts->containers.asked[i].done(container);
        }
        QCOMPARE(standing(prod, worker).state, VersionState::HostsDiffer);
        QCOMPARE(standing(prod, worker).observed.size(), 2);
    }

    void comparesEnvironments() {
        start();
        answer("dev.example.com", "2222222b");
        answer("portal.example.com", "1111111a");
        const VersionStanding found = standing(prod, portal);
        QVERIFY(found.promoted);
        QCOMPARE(found.promoted->reference.name, dev);
        QCOMPARE(found.promoted->verdict, models::Verdict::Fail);
        QVERIFY(!standing(dev, portal).promoted);
    }

    void comparesWithTheLastRun() {
        m_journal.add(m_workspace.id, dev, {{portal, QStringLiteral("3333333c")}});
        start();
        answer("dev.example.com", "2222222b");
        // While it is open it claims nothing.
        QTRY_VERIFY_WITH_TIMEOUT(standing(dev, portal).recorded, patience);
        QVERIFY(standing(dev, portal).recorded->words.contains(QStringLiteral("still open")));
        QCOMPARE(standing(dev, portal).state, VersionState::Settled);
        m_journal.close(models::RunOutcome::Succeeded);
        Workspace changed = m_workspace;
        changed.name = QStringLiteral("Shop again"); // reads the journal anew
        m_service->watch(changed);
        QTRY_COMPARE_WITH_TIMEOUT(standing(dev, portal).state, VersionState::Unrecorded, patience);
        QCOMPARE(standing(dev, portal).recorded->reference.version, QStringLiteral("3333333c"));
        QCOMPARE(m_journal.loads(), 1);
        // One that failed says nothing about what is deployed.
        m_journal.close(models::RunOutcome::Failed);
        m_service->watch(m_workspace);
        QTRY_COMPARE_WITH_TIMEOUT(standing(dev, portal).state, VersionState::Settled, patience);
        QVERIFY(standing(dev, portal).recorded->words.contains(QStringLiteral("failed")));
    }

    void whatIsOldIsNotKnown() {
        start();
        answer("portal.example.com", "1111111a");
        QVERIFY(!standing(prod, portal).version.isEmpty());
        m_now.nanoseconds += 60 * second; // the console slept
        QCOMPARE(standing(prod, portal).state, VersionState::Unknown);
        QVERIFY(standing(prod, portal).version.isEmpty());
    }

    void anAnswerToAnEarlierWorkspaceIsDropped() {
        start();
        auto asked = std::exchange(m_parts->prober.asked, {});
        m_service->watch({});
        QVERIFY(!m_service->standing(prod, portal, m_now));
        asked[0].done(reply(asked[0], "1111111a"));
        m_service.reset();
        asked[1].done(reply(asked[1], "1111111a"));
    }

    void keepsWhatWasSeenInTheSameWay() {
        start();
        answer("portal.example.com", "1111111a");
        Workspace changed = m_workspace;
        changed.name = QStringLiteral("Shop again");
        m_service->watch(changed);
        QCOMPARE(standing(prod, portal).version, QStringLiteral("1111111a"));
        changed.environments[1].services[0].version->target =
            QStringLiteral("http://other.example.com/");
        m_service->watch(changed);
        QCOMPARE(standing(prod, portal).state, VersionState::Unchecked);
    }

private:
    const tests::TemporaryHome m_home;
    Instant m_now;
    JournalOfOne m_journal;
    std::unique_ptr<FakeHealth> m_parts;
    std::unique_ptr<VersionService> m_service;
    Workspace m_workspace;
};

QTEST_GUILESS_MAIN(TestVersionService)
#include "tst_versionservice.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "healthtour.h"

#include "app/workspace/openworkspaces.h"
#include "ui/environment/environmentpage.h"
#include "ui/health/healthpage.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTest>
#include <QTextStream>

namespace tests {

namespace {

using Page = ui::MainWindow::Page;
using namespace std::chrono_literals;

constexpr int patienceMs = 30'000;
constexpr std::int64_t second = 1'000'000'000;
constexpr int manyServices = 1000;
constexpr std::int64_t day = 86'400 * second;

constexpr auto shop = R"(gantry: 1
name: Conference
log_classes: { error: "ERROR" }
isolation: [ { distinct: [DATABASE_URL, SESSION_KEY], between: [dev, staging, prod] } ]
environments:
  dev:
    services:
      portal: { health: { http: "https://dev.example.com/portal" }, version: { http: "https://dev.example.com/portal/version", field: commit } }
      captions-of-the-simultaneous-interpretation: { health: { http: "https://dev.example.com/captions" } }
  staging:
    promote_from: dev
    hosts: { stage-1: {} }
    default_host: stage-1
    services:
      portal: { health: [ { http: "https://staging.example.com/portal" }, { tls: "staging.example.com:443", every: 1h } ], version: { http: "https://staging.example.com/portal/version", field: commit } }
      captions-of-the-simultaneous-interpretation: { health: { http: "https://staging.example.com/captions" } }
  prod:
    protected: true
    promote_from: staging
    hosts: { web-1: {}, media-2-of-the-southern-region: {} }
    default_host: web-1
    services:
      portal:
        logs: [ { file: /var/log/portal.log } ]
        sla: { p95: 300ms }
        health:
          - { http: "https://prod.example.com/portal", pass: "http.status == 200 && http.total < 400ms" }
          - { tls: "prod.example.com:443", every: 1h, pass: "tls.expires_in > 14d" }
        version: { http: "https://prod.example.com/portal/version", field: commit }
      media: { host: media-2-of-the-southern-region, health: { http: "https://prod.example.com/media" } }
      captions-of-the-simultaneous-interpretation: { health: { http: "https://prod.example.com/captions" }, version: { http: "https://prod.example.com/captions/version", field: commit } }
      cron: {}
risks:
  - { text: Sessions that were begun are cut when the media server of their region restarts }
  - { text: Captions lag for a minute after a release }
)";

QByteArray manyVersions() {
    QByteArray yaml = "gantry: 1\nname: Many services\nenvironments:\n";
    for (const char* environment : {"dev", "staging", "prod"}) {
        yaml += QByteArray("  ") + environment + ":\n    services:\n";
        for (int i = 1; i <= manyServices; ++i) {
            const QByteArray n = QByteArray::number(i).rightJustified(4, '0');
            yaml += "      accounting-of-the-region-" + n +
                    ": { version: { http: \"https://example.com/" + n +
                    "/version\", field: commit } }\n";
        }
    }
    return yaml;
}

models::Instant present() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

models::ProbeReply answerOf(const models::Probe& probe, models::Instant at) {
    models::ProbeReply reply;
    reply.outcome = models::ProbeReply::Outcome::Answered;
    reply.at = at;
    const std::int64_t step = at.nanoseconds / (10 * second);
    const bool isBad =
        probe.target.contains(QStringLiteral("prod.example.com/media")) && step % 9 > 5;
    reply.status = isBad ? 503 : 200;
    if (probe.kind == models::Probe::Kind::Tls) {
        // One fails by its limit, the other warns before that.
        const int days = probe.target.startsWith(QStringLiteral("prod")) ? 12 : 18;
        reply.certificate = models::CertificateFacts{{},
                                                     {at.nanoseconds + days * day},
                                                     probe.target.section(u':', 0, 0),
                                                     QStringLiteral("Example CA"),
                                                     {}};
    }
    reply.phases.connect = 2ms;
    reply.phases.tls = 9ms;
    reply.phases.firstByte = std::chrono::milliseconds(90 + step * 37 % 70);
    reply.phases.total = std::chrono::milliseconds(100 + step * 37 % 130);
    return reply;
}

} // namespace

HealthTour::HealthTour(ui::MainWindow& window, app::OpenWorkspaces& open, FakeHealth& health,
                       FakeLogService& logs, Photographer& camera)
    : m_window(window)
    , m_open(open)
    , m_health(health)
    , m_logs(logs)
    , m_camera(camera) {}

bool HealthTour::take() {
    takeNewWorkspace();
    if (!open(QStringLiteral("conference"), shop, 13))
        return false;
    answerChecks(1800);
    answerVersions();
    burst();
    takeEnvironments();
    takeTrust();
    takeCharts();
    if (!open(QStringLiteral("many"), manyVersions(), 1))
        return false;
    answerVersions();
    takeMatrix();
    return true;
}

bool HealthTour::open(const QString& name, const QByteArray& yaml, std::size_t questions) {
    const QString folder = QDir::homePath() + u'/' + name;
    QDir().mkpath(folder);
    QFile file(folder + QStringLiteral("/gantry.yaml"));
    if (!file.open(QFile::WriteOnly) || file.write(yaml) != yaml.size())
        return false;
    file.close();
    m_health.trust.vouchFor(folder);
    m_health.prober.asked.clear();
    m_window.openPath(folder);
    const bool isOpen = QTest::qWaitFor(
        [&] {
            // Once all of it is read, the window shows its page.
            const app::OpenWorkspace* const opened = m_open.findPath(folder);
            return opened != nullptr && opened->state() == app::OpenWorkspace::State::Read &&
                   m_health.prober.asked.size() >= questions;
        },
        patienceMs);
    if (!isOpen)
        QTextStream(stderr) << "not reached: " << folder << Qt::endl;
    return isOpen;
}

void HealthTour::answerChecks(int seconds) {
    const models::Instant now = present();
    for (const FakeProber::Asked& asked : m_health.prober.asked) {
        if (asked.probe.target.endsWith(QStringLiteral("version")))
            continue;
        for (int age = seconds; age > 0; age -= 10) {
            const bool isGap = age > 600 && age < 720; // the console slept
            if (!isGap)
                asked.done(answerOf(asked.probe, {now.nanoseconds - age * second}));
        }
    }
}

void HealthTour::answerVersions() {
    for (const FakeProber::Asked& asked : std::exchange(m_health.prober.asked, {})) {
        if (!asked.probe.target.endsWith(QStringLiteral("version"))) {
            m_health.prober.asked.push_back(asked);
            continue;
        }
        models::ProbeReply reply = answerOf(asked.probe, present());
        const bool isNew = asked.probe.target.contains(QStringLiteral("dev."));
        reply.body =
            QJsonObject{{QStringLiteral("commit"),
                         isNew ? QStringLiteral("9f31c0a2d4e5") : QStringLiteral("3f2a9c1b7d60")}};
        asked.done(reply);
    }
}

/// Errors of half a minute, in a log that is followed.
void HealthTour::burst() {
    const std::int64_t at = present().nanoseconds / second - 300;
    for (auto stream = m_logs.followed.cbegin(); stream != m_logs.followed.cend(); ++stream) {
        app::LogStreamState state;
        state.state = app::LogStreamState::State::Following;
        Q_EMIT m_logs.stateChanged(stream.key(), state);
        QByteArray lines;
        for (int i = 0; i < 240; ++i)
            lines += QDateTime::fromSecsSinceEpoch(at + i / 8, Qt::UTC)
                         .toString(Qt::ISODate)
                         .toLatin1() +
                     " ERROR the media server timed out\n";
        Q_EMIT m_logs.arrived(stream.key(), {app::LogPiece{models::LogChannel::Stdout, lines}});
    }
}

void HealthTour::takeNewWorkspace() {
    const QString folder = QDir::homePath() + QStringLiteral("/portal");
    QDir().mkpath(folder);
    QFile document(folder + QStringLiteral("/release.md"));
    if (document.open(QFile::WriteOnly)) {
        document.write(
            "# Release\n\n## Environment\n\n| Variable | Requirement |\n| --- | --- |\n"
            "| SECRET_KEY | at least 32 characters |\n| DATABASE_URL | required |\n\n"
            "## Steps\n\n- [ ] Copy it\n\n  ```sh\n  scp a.tar deploy@web-1.example.com:\n  ```\n");
        document.close();
    }
    for (QAction* action : m_window.findChildren<QAction*>()) {
        if (action->shortcut() == QKeySequence(QStringLiteral("Ctrl+N")))
            action->trigger();
    }
    auto* sheet = m_window.findChild<QDialog*>(QStringLiteral("newWorkspaceSheet"));
    if (sheet == nullptr)
        return;
    m_camera.take(QStringLiteral("new-workspace-empty"));
    sheet->findChild<QLineEdit*>(QStringLiteral("newRunbook"))->setText(document.fileName());
    const auto* offer = sheet->findChild<QWidget*>(QStringLiteral("offerContract"));
    (void)QTest::qWaitFor([offer] { return offer->isVisible(); }, patienceMs);
    m_camera.take(QStringLiteral("new-workspace"));
    sheet->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void HealthTour::takeEnvironments() {
    m_window.showPage(Page::Environments);
    auto* page = m_window.findChild<ui::EnvironmentPage*>();
    page->settleNow();
    m_camera.take(QStringLiteral("environments"));
    auto* groups = page->findChild<QComboBox*>(QStringLiteral("serviceGroups"));
    groups->setCurrentIndex(1);
    m_camera.take(QStringLiteral("environments-by-host"));
    groups->setCurrentIndex(2);
    m_camera.take(QStringLiteral("environments-by-verdict"));
    groups->setCurrentIndex(0);
    chooseWarning(*page);
    m_camera.take(QStringLiteral("environments-warning"));
}

/// The service whose certificate ends soon: its row, and below what is told of it.
void HealthTour::chooseWarning(ui::EnvironmentPage& page) {
    auto* staging = page.findChild<QWidget*>(QStringLiteral("environment-staging"));
    auto* services = staging->findChild<QAbstractItemView*>(QStringLiteral("services"));
    const QModelIndexList found =
        services->model()->match(services->model()->index(0, 0), Qt::DisplayRole,
                                 QStringLiteral("portal"), 1, Qt::MatchExactly);
    services->setCurrentIndex(found.value(0));
    page.settleNow();
}

/// What runs by itself in a workspace that is trusted, and the question before that ends.
void HealthTour::takeTrust() {
    m_window.showPage(Page::Workspace);
    m_camera.take(QStringLiteral("workspace-trusted"));
    for (auto* ask : m_window.findChildren<QAbstractButton*>(QStringLiteral("askTrust"))) {
        if (ask->isVisible())
            ask->click();
    }
    m_camera.take(QStringLiteral("stop-trusting"));
    if (auto* sheet = m_window.findChild<QDialog*>(QStringLiteral("distrustSheet")))
        sheet->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void HealthTour::takeMatrix() {
    m_window.showPage(Page::Environments);
    auto* shown = m_window.findChild<QAbstractButton*>(QStringLiteral("showVersions"));
    shown->setChecked(true);
    m_camera.take(QStringLiteral("versions-of-many"));
    shown->setChecked(false);
    m_camera.take(QStringLiteral("environments-of-many"));
}

void HealthTour::takeCharts() {
    m_window.showPage(Page::Health);
    auto* page = m_window.findChild<ui::HealthPage*>();
    page->showService(QStringLiteral("prod"), QStringLiteral("portal"));
    const models::Instant now = present();
    const auto at = [now](int age) { return models::Instant{now.nanoseconds - age * second}; };
    const auto mark = [&](int age, int until, ui::MarkKind kind, const QString& words) {
        const ui::MarkSign sign = ui::signOf(kind);
        return ui::TimeMark{
            at(age), at(until), sign.glyph, sign.tone, words, kind, QStringLiteral("prod")};
    };
    page->setMarks(
        {mark(1500, 1200, ui::MarkKind::Deploy, QStringLiteral("deploy of portal 9f31c0a2d4e5")),
         mark(1400, 1350, ui::MarkKind::Step, QStringLiteral("step Restart the portal")),
         mark(250, 100, ui::MarkKind::Rollback, QStringLiteral("rollback of the portal"))});
    page->showTime(at(290));
    page->settleNow();
    m_camera.take(QStringLiteral("charts-with-marks"));
    page->showService(QStringLiteral("staging"), QStringLiteral("portal"));
    page->setCursorTime({});
    m_camera.take(QStringLiteral("charts-warning"));
}

} // namespace tests

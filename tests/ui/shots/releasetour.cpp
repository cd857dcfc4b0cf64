// SPDX-License-Identifier: GPL-3.0-or-later
#include "releasetour.h"

#include "app/diagnostics/clock.h"
#include "app/workspace/openworkspaces.h"
#include "models/health/probereading.h"
#include "models/run/observations.h"
#include "ui/run/runpage.h"
#include "walk.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTest>
#include <QTextStream>

#include <functional>
#include <utility>

namespace tests {

namespace {

constexpr auto workspaceText = R"(gantry: 1
id: release-tour
name: Portal
environments:
  prod:
    services:
      portal:
        sla: { p95: 500ms }
        health: { http: "https://portal.example.com/healthz", every: 1s, pass: body.ok == true }
        version: { http: "https://portal.example.com/version", field: release, every: 1s }
    triggers:
      - { name: The portal answers with errors, when: "error_rate(portal.http, 1m) > 10% for 2 checks", every: 1s }
      - { name: Few places are left in the rooms of the southern region, when: "portal.body.places_left < 20", every: 1s, severity: warn }
      - { name: Many people come at once, when: "portal.body.arriving > 100", every: 1s, severity: info }
    gates: { every: 1s, samples: 2, deadline: 10m }
    watch: { for: 15m, every: 1s, success: [ "error_rate(portal.http, 1m) < 1%" ] }
risks:
  - { text: Live sessions are dropped when the portal restarts., severity: warn, show: go-live }
runbooks: [ release.md ]
)";

constexpr auto runbookText = R"(# Release the portal

## Deploy <!-- wave: everyone -->

- [ ] Start the portal

  ```sh {"name":"portal","inverse":"portal-back"}
  echo "portal $TARGET_VERSION started"
  ```

- [ ] It is ready and quick <!-- gate: portal.body.ready == true && portal.http.total < portal.sla.p95 -->

## Rollback

- [ ] Start the portal of before

  ```sh {"name":"portal-back","reverts":"portal"}
  echo "portal $PREVIOUS_VERSION started"
  ```
)";

bool write(const QString& path, const char* text) {
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(text) > 0;
}

template <class Widget>
Widget* shown(const std::function<bool(const Widget&)>& isMeant) {
    for (QWidget* window : QApplication::topLevelWidgets()) {
        for (auto* widget : window->findChildren<Widget*>()) {
            if (widget->isVisible() && widget->isEnabled() && isMeant(*widget))
                return widget;
        }
    }
    return nullptr;
}

bool fill(const QString& name, const QString& text) {
    auto* field = shown<QLineEdit>([&name](const QLineEdit& one) {
        return one.objectName() == name || one.accessibleName() == name;
    });
    if (field == nullptr) {
        QTextStream(stderr) << "no field: " << name << Qt::endl;
        return false;
    }
    field->setText(text);
    return true;
}

} // namespace

ReleaseTour::ReleaseTour(ui::MainWindow& window, app::OpenWorkspaces& open, FakeHealth& health,
                         Photographer& camera)
    : m_window(window)
    , m_open(open)
    , m_health(health)
    , m_camera(camera) {
    m_answering.setInterval(100);
    QObject::connect(&m_answering, &QTimer::timeout, &window, [this] { answer(); });
}

bool ReleaseTour::take() {
    m_answering.start();
    const bool isComplete =
        openRelease() && takePreflight() && takeGate() && takeWatch() && takeRollback();
    m_answering.stop();
    return isComplete;
}

void ReleaseTour::answer() {
    for (const FakeProber::Asked& asked : std::exchange(m_health.prober.asked, {})) {
        models::ProbeReply reply;
        reply.outcome = models::ProbeReply::Outcome::Answered;
        reply.at = app::presentInstant();
        reply.status = m_status;
        reply.phases.total = std::chrono::milliseconds(42);
        const QByteArray body = "{\"ok\": " + QByteArray(m_status == 200 ? "true" : "false") +
                                ", \"ready\": " + QByteArray(m_isReady ? "true" : "false") +
                                ", \"arriving\": " + QByteArray::number(m_arriving) +
                                ", \"places_left\": " + QByteArray::number(m_placesLeft) +
                                ", \"release\": \"" + m_release + "\"}";
        models::readBody(body, models::BodyEnd::Whole, reply);
        asked.done(reply);
    }
}

const models::RunState& ReleaseTour::state() const {
    return m_window.findChild<ui::RunPage*>()->state();
}

bool ReleaseTour::openRelease() {
    const QDir folder(QDir::homePath() + QStringLiteral("/release"));
    folder.mkpath(QStringLiteral("."));
    if (!write(folder.filePath(QStringLiteral("gantry.yaml")), workspaceText) ||
        !write(folder.filePath(QStringLiteral("release.md")), runbookText))
        return false;
    m_health.trust.vouchFor(folder.path());
    m_window.openPath(folder.path());
    const auto isSeen = [this, &folder] {
        app::OpenWorkspace* const release = m_open.findPath(folder.path());
        if (release == nullptr || m_window.page() != ui::MainWindow::Page::Workspace)
            return false;
        const auto standing = release->versions().standing(
            QStringLiteral("prod"), QStringLiteral("portal"), app::presentInstant());
        return standing && !standing->version.isEmpty();
    };
    if (!waitFor("the version that is deployed", isSeen))
        return false;
    auto* runbooks = shown<QAbstractItemView>(
        [](const QAbstractItemView& one) { return one.objectName() == QLatin1String("runbooks"); });
    if (runbooks == nullptr)
        return false;
    const QModelIndex first = runbooks->model()->index(0, 0);
    QTest::mouseClick(runbooks->viewport(), Qt::LeftButton, {},
                      runbooks->visualRect(first).center());
    return waitFor("the release", [this] {
        return state().plan && state().plan->context.workspaceId == u"release-tour" &&
               m_window.page() == ui::MainWindow::Page::Run;
    });
}

bool ReleaseTour::takePreflight() {
    if (!press("primaryButton") || !fill(QStringLiteral("Target of portal"), u"v1.5.0"_qs))
        return false;
    m_camera.take(QStringLiteral("release-preflight"));
    return press("startRun") && waitFor("the run", [this] { return !state().id.isEmpty(); });
}

bool ReleaseTour::takeGate() {
    const auto isWaiting = [this] { return state().gates.size() == 1; };
    if (!waitFor("the step", [this] {
            return shown<QAbstractButton>([](const QAbstractButton& one) {
                       return one.objectName() == QLatin1String("primaryButton");
                   }) != nullptr;
        }))
        return false;
    if (!press("primaryButton") || !waitFor("the gate", isWaiting))
        return false;
    m_release = "v1.5.0";
    m_camera.take(QStringLiteral("release-gate"));
    if (!takeEnvironment())
        return false;
    m_isReady = true;
    return waitFor("the watch", [this] { return state().status == models::RunStatus::Watching; });
}

/// The run that goes on, beside the services that it changes.
bool ReleaseTour::takeEnvironment() {
    m_window.showPage(ui::MainWindow::Page::Environments);
    const auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("releases"));
    const auto isTold = [list] {
        return list->model()->index(0, 0).data().toString() == u"Release the portal";
    };
    if (!waitFor("the run in its environment", isTold))
        return false;
    m_camera.take(QStringLiteral("release-environment"));
    m_window.showPage(ui::MainWindow::Page::Run);
    return true;
}

bool ReleaseTour::takeWatch() {
    m_camera.take(QStringLiteral("release-watch"));
    m_arriving = 240;
    if (!waitForHeld(1))
        return false;
    m_camera.take(QStringLiteral("release-trigger-information"));
    m_placesLeft = 12;
    if (!waitForHeld(2))
        return false;
    m_camera.take(QStringLiteral("release-trigger-warning"));
    m_status = 503;
    if (!waitForHeld(3))
        return false;
    m_camera.take(QStringLiteral("release-trigger-held"));
    if (!takeConditions() || !press("timelineButton"))
        return false;
    m_camera.take(QStringLiteral("release-timeline"));
    return press("timelineButton");
}

bool ReleaseTour::waitForHeld(int triggers) {
    const auto* banner = m_window.findChild<QWidget*>(QStringLiteral("triggerBanner"));
    return waitFor("the trigger", [&] {
        return banner->isVisible() && models::heldTriggers(state()).size() == triggers;
    });
}

/// Triggers of each severity hold, beside the services that they are about.
bool ReleaseTour::takeConditions() {
    m_window.showPage(ui::MainWindow::Page::Environments);
    const auto* list = m_window.findChild<QAbstractItemView*>(QStringLiteral("conditions"));
    const auto isTold = [list] { // the page reads them at times of its own
        return list->model()->index(0, 0).data().toString() == u"The portal answers with errors";
    };
    if (!waitFor("the conditions", isTold))
        return false;
    m_camera.take(QStringLiteral("release-conditions-hold"));
    m_window.showPage(ui::MainWindow::Page::Run);
    return true;
}

bool ReleaseTour::takeRollback() {
    if (!press("rollbackButton") || !fill(QStringLiteral("rollbackReason"), u"Errors"_qs))
        return false;
    m_camera.take(QStringLiteral("release-rollback-panel"));
    m_release = "v1.4.0";
    m_status = 200;
    m_arriving = 30;
    m_placesLeft = 80;
    if (!press("rollBackButton"))
        return false;
    const auto isVerified = [this] {
        return state().plan->isRollback() && state().status == models::RunStatus::Closed;
    };
    if (!waitFor("the rollback", isVerified))
        return false;
    m_camera.take(QStringLiteral("release-rollback-verified"));
    return true;
}

} // namespace tests

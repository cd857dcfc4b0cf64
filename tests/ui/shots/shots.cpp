// SPDX-License-Identifier: GPL-3.0-or-later
// Takes a picture of every page in its states: light and dark, wide and narrow, in the real window
// on the real services. Usage: gantry_shots DIR. GANTRY_THEME is set by itself.
#include "app/environment/workspaceservice.h"
#include "app/journal/sqlitejournal.h"
#include "app/process/localplace.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/runpage.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <functional>

namespace {

constexpr int patienceMs = 20'000;

constexpr char tour[] = R"(---
runbook:
  vars:
    RELEASE_TAG:
      prompt: Which release is to go live?
      default: v1.5.0
    API_TOKEN:
      prompt: Token of the deployment account
      secret: true
---
# Go live with the portal

Two people, forty minutes. The second person reads along.

## Before the release

- [ ] Tell the support team that sessions will be cut
- [x] Check the backup of last night
  ```sh
  echo "backup 2026-11-20 03:00, 1.2 GB"; sleep 0.1; echo "checksum matches"
  ```

## Database

- [ ] Bring the database to the new release
  ```sh
  for i in 1 2 3 4 5 6 7 8; do printf '\033[32mINFO\033[0m  [migration] step %s of 8\n' $i; done
  echo "warning: table sessions is locked, waiting" >&2
  printf '\033[1mdone\033[0m\n'; sleep ${TOUR_SLEEP:-0.2}
  ```
- [ ] Verify the health endpoint
  ```sh
  echo '{"ok": false, "media": "starting"}'
  echo "portal: the media server does not answer" >&2
  exit 3
  ```
  Expected:
  ```json
  {"ok": true, "media": "..."}
  ```

## Portal

- [ ] Announce the release <!-- gate: approve by=2 not=self -->
- [ ] Deploy the portal
  ```sh
  deploy --tag $RELEASE_TAG --host <portal-host>
  ```
- [ ] Remove the containers of the release before, those of the staging area and every image that nothing refers to any more
  ```sh
  docker compose down -v
  ```

## Rollback

1. Stop the portal
   ```sh
   docker compose stop portal
   ```
2. Start the release before

## Overview

The portal talks to the media server and the database. Nothing here is run.
)";

/// Runs the event loop until the condition holds.
bool waitFor(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < patienceMs)
        QTest::qWait(20);
    return condition();
}

class Photographer {
public:
    Photographer(const QString& folder, ui::MainWindow& window)
        : m_folder(folder)
        , m_window(window) {}

    void setLook(const QString& look) { m_look = look; }

    /// The window, with what floats over it.
    void take(const QString& name) {
        QTest::qWait(250);
        QPixmap picture = m_window.grab();
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (!dialog || !dialog->isVisible())
                continue;
            const QPixmap shown = dialog->grab();
            QPainter painter(&picture);
            painter.fillRect(m_window.rect(), QColor(0, 0, 0, 70));
            painter.drawPixmap((m_window.width() - shown.width()) / 2,
                               (m_window.height() - shown.height()) / 2, shown);
        }
        const QString file = QStringLiteral("%1/%2-%3.png").arg(m_folder, name, m_look);
        QTextStream(stdout) << file << Qt::endl;
        picture.save(file);
    }

private:
    QString m_folder;
    QString m_look;
    ui::MainWindow& m_window;
};

class Tour {
public:
    Tour(const ui::Services& services, const QString& folder)
        : m_window(services)
        , m_camera(folder, m_window) {}

    bool run(const QString& look, const QSize& size, const QString& document) {
        m_camera.setLook(look);
        m_window.resize(size);
        m_window.show();
        m_window.showPage(ui::MainWindow::Page::Welcome);
        m_camera.take(QStringLiteral("welcome"));
        return openDocument(document) && tourRun();
    }

private:
    ui::RunPage& page() { return *m_window.findChild<ui::RunPage*>(); }

    QPushButton* primary() {
        return page().findChild<QPushButton*>(QStringLiteral("primaryButton"));
    }

    void press(const QString& name) {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            for (auto* button : widget->findChildren<QPushButton*>(name)) {
                if (button->isVisible() && button->isEnabled()) {
                    QTest::mouseClick(button, Qt::LeftButton);
                    return;
                }
            }
        }
    }

    bool isPrimary(const QString& text) {
        return waitFor(
            [this, text] { return primary()->isVisible() && primary()->text() == text; });
    }

    void closeDialogs() {
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
                dialog->reject();
        }
        QTest::qWait(50);
    }

    bool openFile(const QString& path) {
        m_window.openPath(path);
        waitFor([this, path] {
            return m_window.page() == ui::MainWindow::Page::Run ||
                   m_window.page() == ui::MainWindow::Page::Workspace;
        });
        m_window.openRunbook(QFileInfo(path).fileName());
        return waitFor([this, path] {
            const auto& plan = page().state().plan;
            return plan && plan->context.runbookPath == QFileInfo(path).fileName() &&
                   m_window.page() == ui::MainWindow::Page::Run;
        });
    }

    bool openDocument(const QString& document) {
        const QString example = ui::exampleWorkspace();
        if (!example.isEmpty()) {
            m_window.openPath(example);
            waitFor([this] { return m_window.page() == ui::MainWindow::Page::Workspace; });
            m_camera.take(QStringLiteral("workspace"));
        }
        if (!document.isEmpty() && !openFile(document))
            return false;
        m_camera.take(QStringLiteral("document"));
        return true;
    }

    bool tourRun() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("go-live.md"));
        QFile file(path);
        if (!file.open(QFile::WriteOnly))
            return false;
        file.write(tour);
        file.close();
        if (!openFile(path))
            return false;
        m_camera.take(QStringLiteral("preview"));
        QTest::mouseClick(primary(), Qt::LeftButton);
        waitFor([] { return QApplication::activeModalWidget() != nullptr; });
        m_camera.take(QStringLiteral("start-sheet"));
        press(QStringLiteral("startRun"));
        if (!waitFor([this] { return page().isRunUnderWay(); }))
            return false;
        return tourSteps() && tourOthers();
    }

    bool tourSteps() {
        auto* steps = page().findChild<QAbstractItemView*>(QStringLiteral("stepView"));
        steps->setFocus();
        qputenv("TOUR_SLEEP", "3");
        QTest::keyClick(steps, Qt::Key_Space);
        if (!isPrimary(QStringLiteral("Run step")))
            return false;
        QTest::keyClick(steps, Qt::Key_Space);
        waitFor([this] { return statusOf(1) == models::StepStatus::Passed; });
        QTest::keyClick(steps, Qt::Key_Space);
        waitFor([this] { return statusOf(2) == models::StepStatus::Running; });
        QTest::qWait(900);
        QTest::keyClick(steps, Qt::Key_D);
        m_camera.take(QStringLiteral("running"));
        waitFor([this] { return statusOf(2) == models::StepStatus::Passed; });
        steps->setFocus();
        QTest::keyClick(steps, Qt::Key_Space);
        waitFor([this] { return statusOf(3) == models::StepStatus::Failed; });
        m_camera.take(QStringLiteral("failed"));
        QTest::keyClick(steps, Qt::Key_S);
        m_camera.take(QStringLiteral("skip-reason"));
        closeDialogs();
        return true;
    }

    bool tourOthers() {
        auto* steps = page().findChild<QAbstractItemView*>(QStringLiteral("stepView"));
        steps->setFocus();
        for (const auto& [name, downs] :
             {std::pair("approval", 2), std::pair("values", 1), std::pair("confirmation", 1)}) {
            for (int i = 0; i < downs; ++i)
                QTest::keyClick(steps, Qt::Key_Down);
            m_camera.take(QString::fromLatin1(name));
        }
        m_window.showPage(ui::MainWindow::Page::Runs);
        QTest::qWait(500);
        m_camera.take(QStringLiteral("runs"));
        m_window.showPage(ui::MainWindow::Page::Run);
        m_window.close();
        m_camera.take(QStringLiteral("closing"));
        closeDialogs();
        return true;
    }

    models::StepStatus statusOf(int index) {
        return models::effectiveStatus(page().state(), index);
    }

    ui::MainWindow m_window;
    Photographer m_camera;
};

} // namespace

int main(int argc, char** argv) {
    const QString source = QDir::cleanPath(qEnvironmentVariable("GANTRY_SOURCE_DIR"));
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("gantry-shots"));
    QApplication::setApplicationName(QStringLiteral("gantry-shots"));
    const QString folder = application.arguments().value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        QTextStream(stderr) << "usage: gantry_shots DIR" << Qt::endl;
        return 2;
    }
    ui::Theme& theme = ui::Theme::instance();
    theme.install(application);
    theme.setMotion(ui::Motion::Reduced);
    const QString shared = tests::sharedDir();
    const QString document =
        shared.isEmpty()
            ? source + QStringLiteral("/resources/examples/voxbento/runbooks/2-start-up.md")
            : shared + QStringLiteral("/documents/interview-insights-production-checklist.md");

    app::SqliteJournal journal;
    tests::MemorySecretStore secrets;
    app::RunService runs(journal, secrets,
                         [](const QString&) { return std::make_unique<app::LocalPlace>(); });
    app::RunbookService runbooks;
    app::WorkspaceService workspaces;
    const ui::Services services{runs, runbooks, workspaces, {}};
    bool isComplete = true;
    for (const ui::ThemeChoice choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        theme.setChoice(choice);
        for (const QSize size : {QSize(1440, 900), QSize(1024, 640)}) {
            const QString look =
                QStringLiteral("%1-%2x%3")
                    .arg(theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(size.width())
                    .arg(size.height());
            Tour tourOfLook(services, folder);
            if (!tourOfLook.run(look, size, document)) {
                QTextStream(stderr) << "incomplete: " << look << Qt::endl;
                isComplete = false;
            }
        }
    }
    return isComplete ? 0 : 1;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include "healthtour.h"
#include "hosttour.h"
#include "logtour.h"
#include "releasetour.h"
#include "runtour.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/runpage.h"
#include "walk.h"

#include <QAbstractItemView>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tests {

namespace {

using Page = ui::MainWindow::Page;

constexpr int manySteps = 1000;

QByteArray checklistOf(int count) {
    QByteArray bytes = "# Close the accounts of the season\n";
    for (int number = 0; number < count; ++number) {
        const QByteArray n = QByteArray::number(number + 1);
        if (number % 50 == 0)
            bytes += "\n## Accounts from " + n + "\n\n";
        bytes += number % 3 == 0
                     ? "- [ ] Close account " + n + "\n  ```sh\n  close-account " + n + "\n  ```\n"
                     : "- [ ] Read the last invoice of account " + n + "\n";
    }
    return bytes;
}

/// In the home of the pictures: where a document lies can be read in them.
QString pathOf(const QString& name) {
    const QDir folder(QDir::homePath() + QStringLiteral("/portal"));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(name);
}

QString copied(const QString& name) {
    QFile::copy(sourceDir() + QStringLiteral("/tests/ui/shots/documents/") + name, pathOf(name));
    return pathOf(name);
}

} // namespace

Tour::Tour(const ui::Services& services, FakeHostService& hosts, FakeLogService& logs,
           FakeHealth& health, const QString& folder, const QString& look, const QSize& size)
    : m_runs(services.runs)
    , m_hosts(hosts)
    , m_logs(logs)
    , m_health(health)
    , m_open(services.open)
    , m_window(services)
    , m_camera(folder, look, m_window) {
    m_window.resize(size);
    m_window.show();
}

bool Tour::take(const QString& document) {
    m_window.showPage(Page::Welcome);
    m_camera.take(QStringLiteral("welcome"));
    const bool isComplete =
        ReleaseTour(m_window, m_open, m_health, m_camera).take() && takeDocuments(document) &&
        openFile(copied(QStringLiteral("go-live.md"))) &&
        RunTour(m_window, m_runs, m_camera).take() && takePages() &&
        HealthTour(m_window, m_open, m_health, m_logs, m_camera).take() &&
        HostTour(m_window, m_hosts, m_camera).take() && LogTour(m_window, m_logs, m_camera).take();
    return isComplete && m_camera.failures() == 0;
}

bool Tour::takeDocuments(const QString& document) {
    m_window.openPath(sourceDir() + QStringLiteral("/resources/examples/voxbento"));
    if (!waitFor("the example", [this] { return m_window.page() == Page::Workspace; }))
        return false;
    m_camera.take(QStringLiteral("workspace"));
    if (!openFile(document))
        return false;
    m_camera.take(QStringLiteral("document"));
    if (!openFile(copied(QStringLiteral("long-names.md"))))
        return false;
    m_camera.take(QStringLiteral("long-names"));
    QFile many(pathOf(QStringLiteral("accounts.md")));
    if (!many.open(QFile::WriteOnly) || many.write(checklistOf(manySteps)) <= 0)
        return false;
    many.close();
    if (!openFile(many.fileName()))
        return false;
    m_camera.take(QStringLiteral("thousand-steps"));
    return true;
}

bool Tour::takePages() {
    // Only as long as the run is driven here is anybody asked.
    m_window.showPage(Page::Run);
    m_window.close();
    m_camera.take(QStringLiteral("closing"));
    closeDialogs();
    const auto given = m_runs.handOver(page().run(), QStringLiteral("Release night shift"));
    if (!waitFor("the handing over", [&] { return given.isFinished() && !page().isRunUnderWay(); }))
        return false;
    m_camera.take(QStringLiteral("handed-over"));
    m_window.showPage(Page::Runs);
    const auto* runs = m_window.findChild<QAbstractItemView*>(QStringLiteral("runList"));
    if (!waitFor("the runs", [runs] { return runs->model()->rowCount() > 0; }))
        return false;
    m_camera.take(QStringLiteral("runs"));
    m_window.showPage(Page::Settings);
    m_camera.take(QStringLiteral("settings"));
    m_window.openPath(pathOf(QStringLiteral("gone.md")));
    const auto* failure = m_window.findChild<QWidget*>(QStringLiteral("failure"));
    if (!waitFor("the failure", [failure] { return failure->isVisible(); }))
        return false;
    m_camera.take(QStringLiteral("cannot-open"));
    m_window.showPage(Page::Welcome);
    m_camera.take(QStringLiteral("welcome-recent"));
    return true;
}

ui::RunPage& Tour::page() {
    return *m_window.findChild<ui::RunPage*>();
}

bool Tour::openFile(const QString& path) {
    m_window.openPath(path);
    const QString name = QFileInfo(path).fileName();
    return waitFor(qPrintable(path), [this, name] {
        const auto& plan = page().state().plan;
        return plan && QFileInfo(plan->context.runbookPath).fileName() == name &&
               m_window.page() == Page::Run;
    });
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tour.h"

#include "healthtour.h"
#include "hosttour.h"
#include "logtour.h"
#include "releasetour.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/outputview.h"
#include "ui/run/runbody.h"
#include "ui/run/runpage.h"
#include "ui/run/stepview.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextStream>
#include <QToolButton>

#include <algorithm>
#include <functional>

namespace tests {

namespace {

using models::StepStatus;
using Page = ui::MainWindow::Page;

constexpr int patienceMs = 30'000;
constexpr int manySteps = 1000;

/// Runs the event loop until the condition holds.
bool waitFor(const char* what, const std::function<bool()>& condition) {
    if (QTest::qWaitFor(condition, patienceMs))
        return true;
    QTextStream(stderr) << "not reached: " << what << Qt::endl;
    return false;
}

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
        takeStart() && takeSteps() && takeOutcomes() && takeDecisions() && takeRollback() &&
        takeSheets() && takeLocked() && takePages() &&
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

bool Tour::takeStart() {
    if (!openFile(copied(QStringLiteral("go-live.md"))))
        return false;
    m_camera.take(QStringLiteral("preview"));
    QTest::mouseClick(primary(), Qt::LeftButton);
    if (!waitFor("the start sheet", [] { return QApplication::activeModalWidget() != nullptr; }))
        return false;
    m_camera.take(QStringLiteral("start-sheet"));
    return press(QStringLiteral("startRun")) &&
           waitFor("a run", [this] { return page().isRunUnderWay(); });
}

bool Tour::takeSteps() {
    steps().setFocus();
    const QString support = QStringLiteral("Tell the support team that sessions will be cut");
    const QString backup = QStringLiteral("Check the backup of last night");
    const QString database = QStringLiteral("Bring the database to the new release");
    const QString health = QStringLiteral("Verify the health endpoint");
    if (!select(support))
        return false;
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(support, StepStatus::Passed) || !select(backup))
        return false;
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(backup, StepStatus::Passed) || !select(database))
        return false;
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(database, StepStatus::Running))
        return false;
    auto* output = page().findChild<ui::OutputView*>();
    const auto isPrinted = [output] { return output->copyText().contains(u"sessions is locked"); };
    if (!waitFor("its output", isPrinted))
        return false;
    m_camera.take(QStringLiteral("running"));
    if (!reached(database, StepStatus::Passed) || !select(health))
        return false;
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(health, StepStatus::Failed))
        return false;
    takeWithDetails(QStringLiteral("failed"));
    if (!activate())
        return false;
    QTest::keyClick(&steps(), Qt::Key_S);
    if (!waitFor("the question", [] { return QApplication::activeModalWidget() != nullptr; }))
        return false;
    m_camera.take(QStringLiteral("skip-reason"));
    closeDialogs();
    return true;
}

bool Tour::takeOutcomes() {
    const QString host = QStringLiteral("Restart the media host");
    if (!select(host))
        return false;
    steps().setFocus();
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(host, StepStatus::Unknown))
        return false;
    takeWithDetails(QStringLiteral("unknown"));
    return true;
}

bool Tour::takeDecisions() {
    if (!select(QStringLiteral("Deploy the portal")))
        return false;
    takeWithDetails(QStringLiteral("values"));
    if (!select(QStringLiteral("Remove the containers")))
        return false;
    takeWithDetails(QStringLiteral("confirmation"));
    const QString gate = QStringLiteral("Go/no-go");
    if (!select(gate))
        return false;
    takeWithDetails(QStringLiteral("gate"));
    if (!press(QStringLiteral("primaryButton")))
        return false;
    m_camera.take(QStringLiteral("gate-evidence"));
    QWidget* question = QApplication::activeModalWidget();
    auto* evidence = question ? question->findChild<QPlainTextEdit*>() : nullptr;
    if (!evidence)
        return false;
    QTest::keyClicks(evidence, QStringLiteral("Both have read them"));
    if (!press(QStringLiteral("askConfirm")) || !reached(gate, StepStatus::Passed) ||
        !select(QStringLiteral("Announce the release")))
        return false;
    takeWithDetails(QStringLiteral("approval"));
    return true;
}

/// What going back from here would do, and who said go.
bool Tour::takeRollback() {
    return takeSheetOf(Qt::Key_B, QStringLiteral("rollback-sheet")) &&
           takeSheetOf(Qt::Key_G, QStringLiteral("go-board"));
}

/// The sheet that a key opens over the steps.
bool Tour::takeSheetOf(Qt::Key key, const QString& name) {
    if (!activate())
        return false;
    steps().setFocus();
    QTest::keyClick(&steps(), key);
    const auto isAsked = [] { return QApplication::activeModalWidget() != nullptr; };
    if (!waitFor("a sheet", isAsked))
        return false;
    m_camera.take(name);
    closeDialogs();
    return true;
}

/// The page, and where its pane is put away the page with the pane over it.
void Tour::takeWithDetails(const QString& name) {
    m_camera.take(name);
    auto* details = page().findChild<QToolButton*>(QStringLiteral("detailsButton"));
    if (!details->isVisible())
        return;
    QTest::mouseClick(details, Qt::LeftButton);
    m_camera.take(name + QStringLiteral("-details"));
    page().findChild<ui::RunBody*>()->closeDrawer();
}

/// The report of the run and the command palette, each over the page that it is opened from.
bool Tour::takeSheets() {
    const auto entries = page().paletteEntries();
    const auto report = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
        return entry.title == QStringLiteral("Save report…");
    });
    if (report == entries.end())
        return false;
    report->run();
    const auto isPreviewed = [] {
        const QWidget* sheet = QApplication::activeModalWidget();
        const auto* preview = sheet ? sheet->findChild<QPlainTextEdit*>() : nullptr;
        return preview && !preview->toPlainText().isEmpty();
    };
    if (!waitFor("the report", isPreviewed))
        return false;
    m_camera.take(QStringLiteral("report"));
    closeDialogs();
    if (!activate())
        return false;
    QTest::keyClick(&m_window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = m_window.findChild<QWidget*>(QStringLiteral("commandPalette"));
    if (!waitFor("the palette", [palette] { return palette->isVisible(); }))
        return false;
    QTest::keyClicks(palette->findChild<QLineEdit*>(), QStringLiteral("portal"));
    m_camera.take(QStringLiteral("palette"));
    QTest::keyClick(palette->findChild<QLineEdit*>(), Qt::Key_Escape);
    return true;
}

/// A second run in the same environment, which the first one still changes.
bool Tour::takeLocked() {
    const auto second = m_runs.start(page().state().plan, {});
    if (!waitFor("a second run", [&second] { return second.isFinished(); }) || !second.result())
        return false;
    page().openRun(*second.result());
    if (!waitFor("its page",
                 [&] { return page().run() == *second.result() && page().isRunUnderWay(); }) ||
        !select(QStringLiteral("Tell the support team that sessions will be cut")))
        return false;
    steps().setFocus();
    QTest::keyClick(&steps(), Qt::Key_Space);
    const auto* banner = page().findChild<QWidget*>(QStringLiteral("lockBanner"));
    if (!waitFor("the lock", [banner] { return banner->isVisible(); }))
        return false;
    m_camera.take(QStringLiteral("locked"));
    const QList<QPushButton*> acts = banner->findChildren<QPushButton*>();
    QTest::mouseClick(acts.last(), Qt::LeftButton);
    if (!waitFor("the question", [] { return QApplication::activeModalWidget() != nullptr; }))
        return false;
    m_camera.take(QStringLiteral("take-over-lock"));
    closeDialogs();
    return activate();
}

/// Without a window manager nobody gives the window back what a dialog took.
bool Tour::activate() {
    m_window.activateWindow();
    return QTest::qWaitForWindowActive(&m_window);
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

ui::StepView& Tour::steps() {
    return *page().findChild<ui::StepView*>();
}

QPushButton* Tour::primary() {
    return page().findChild<QPushButton*>(QStringLiteral("primaryButton"));
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

/// Selects the step whose title begins so, as a click on it does.
bool Tour::select(const QString& title) {
    const QModelIndexList found =
        steps().model()->match(steps().model()->index(0, 0), Qt::DisplayRole, title, 1,
                               Qt::MatchStartsWith | Qt::MatchRecursive);
    if (found.isEmpty()) {
        QTextStream(stderr) << "no such step: " << title << Qt::endl;
        return false;
    }
    steps().reveal(found.first());
    return true;
}

bool Tour::reached(const QString& title, StepStatus status) {
    return waitFor(qPrintable(title), [this, &title, status] {
        const auto& plan = *page().state().plan;
        for (int i = 0; i < plan.steps.size(); ++i) {
            if (plan.steps[i].step.title.startsWith(title))
                return models::effectiveStatus(page().state(), i) == status;
        }
        return false;
    });
}

bool Tour::press(const QString& buttonName) {
    for (QWidget* window : QApplication::topLevelWidgets()) {
        for (auto* button : window->findChildren<QPushButton*>(buttonName)) {
            if (button->isVisible() && button->isEnabled()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return true;
            }
        }
    }
    QTextStream(stderr) << "no button: " << buttonName << Qt::endl;
    return false;
}

void Tour::closeDialogs() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* dialog = qobject_cast<QDialog*>(widget); dialog && dialog->isVisible())
            dialog->reject();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace tests

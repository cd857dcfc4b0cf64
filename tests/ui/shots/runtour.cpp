// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtour.h"

#include "app/run/intent.h"
#include "app/run/runservice.h"
#include "models/run/draft.h"
#include "models/run/runtreemodel.h"
#include "ui/run/outputview.h"
#include "ui/run/runbody.h"
#include "ui/run/runpage.h"
#include "ui/run/stepview.h"
#include "walk.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QTextStream>
#include <QToolButton>

#include <algorithm>

namespace tests {

using models::StepStatus;

RunTour::RunTour(ui::MainWindow& window, app::RunService& runs, Photographer& camera)
    : m_window(window)
    , m_runs(runs)
    , m_camera(camera) {}

bool RunTour::take() {
    return takeStart() && takeSteps() && takeOutcomes() && takeLost() && takeDecisions() &&
           takeRollback() && takeSheets() && takeLocked();
}

bool RunTour::takeStart() {
    m_camera.take(QStringLiteral("preview"));
    QTest::mouseClick(primary(), Qt::LeftButton);
    if (!waitFor("the start sheet", [] { return QApplication::activeModalWidget() != nullptr; }))
        return false;
    m_camera.take(QStringLiteral("start-sheet"));
    return press("startRun") && waitFor("a run", [this] { return page().isRunUnderWay(); });
}

bool RunTour::takeSteps() {
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

bool RunTour::takeOutcomes() {
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

/// A step that goes on where nobody can look any more, until its host is asked again.
bool RunTour::takeLost() {
    const QString copy = QStringLiteral("Copy the uploads of the day");
    const QString arrived = QDir::homePath() + QStringLiteral("/uploads-arrived");
    QFile::remove(arrived);
    if (!select(copy))
        return false;
    steps().setFocus();
    QTest::keyClick(&steps(), Qt::Key_Space);
    auto* output = page().findChild<ui::OutputView*>();
    if (!reached(copy, StepStatus::Running) ||
        !waitFor("its output", [output] { return output->copyText().contains(u"212 of 380"); }))
        return false;
    const models::StepId step =
        page()
            .state()
            .plan->steps[steps().currentIndex().data(models::RunTreeModel::PlanIndexRole).toInt()]
            .step.id;
    // Some of it is on record by the time that a host is given up.
    if (!waitFor("its recorded output", [this, &step] {
            return page().state().step(step).attempts.last().outputBytes[0] > 0;
        }))
        return false;
    const QString reason = QStringLiteral(
        "web-1 has not answered for 2 min and was given up. The command may still run there.");
    m_runs.submit(page().run(), {step, [step, reason](const models::RunState&) -> app::Decision {
                                     return QList<models::EventDraft>{
                                         models::draft::outcomeUnknown(step, 1, reason, {})};
                                 }});
    if (!reached(copy, StepStatus::Unknown))
        return false;
    takeWithDetails(QStringLiteral("lost"));
    if (!activate())
        return false;
    steps().setFocus();
    QTest::keyClick(&steps(), Qt::Key_Space);
    if (!reached(copy, StepStatus::Running))
        return false;
    takeWithDetails(QStringLiteral("asked-again"));
    QFile file(arrived);
    return file.open(QFile::WriteOnly) && reached(copy, StepStatus::Passed);
}

bool RunTour::takeDecisions() {
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
    if (!press("primaryButton"))
        return false;
    m_camera.take(QStringLiteral("gate-evidence"));
    QWidget* question = QApplication::activeModalWidget();
    auto* evidence = question ? question->findChild<QPlainTextEdit*>() : nullptr;
    if (!evidence)
        return false;
    QTest::keyClicks(evidence, QStringLiteral("Both have read them"));
    if (!press("askConfirm") || !reached(gate, StepStatus::Passed) ||
        !select(QStringLiteral("Announce the release")))
        return false;
    takeWithDetails(QStringLiteral("approval"));
    return true;
}

/// What going back from here would do, and who said go.
bool RunTour::takeRollback() {
    return takeSheetOf(Qt::Key_B, QStringLiteral("rollback-sheet")) &&
           takeSheetOf(Qt::Key_G, QStringLiteral("go-board"));
}

/// The sheet that a key opens over the steps.
bool RunTour::takeSheetOf(Qt::Key key, const QString& name) {
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
void RunTour::takeWithDetails(const QString& name) {
    m_camera.take(name);
    auto* details = page().findChild<QToolButton*>(QStringLiteral("detailsButton"));
    if (!details->isVisible())
        return;
    QTest::mouseClick(details, Qt::LeftButton);
    m_camera.take(name + QStringLiteral("-details"));
    page().findChild<ui::RunBody*>()->closeDrawer();
}

/// The report of the run and the command palette, each over the page that it is opened from.
bool RunTour::takeSheets() {
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
bool RunTour::takeLocked() {
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
bool RunTour::activate() {
    m_window.activateWindow();
    return QTest::qWaitForWindowActive(&m_window);
}

ui::RunPage& RunTour::page() {
    return *m_window.findChild<ui::RunPage*>();
}

ui::StepView& RunTour::steps() {
    return *page().findChild<ui::StepView*>();
}

QPushButton* RunTour::primary() {
    return page().findChild<QPushButton*>(QStringLiteral("primaryButton"));
}

/// Selects the step whose title begins so, as a click on it does.
bool RunTour::select(const QString& title) {
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

bool RunTour::reached(const QString& title, StepStatus status) {
    return waitFor(qPrintable(title), [this, &title, status] {
        const auto& plan = *page().state().plan;
        for (int i = 0; i < plan.steps.size(); ++i) {
            if (plan.steps[i].step.title.startsWith(title))
                return models::effectiveStatus(page().state(), i) == status;
        }
        return false;
    });
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs: scrolling through a long run, and a document's way to the screen. The real
// window and pages on the real services, painted without a display.
#include "app/diagnostics/stalls.h"
#include "app/environment/workspaceservice.h"
#include "app/golive/runwatch.h"
#include "app/journal/sqlitejournal.h"
#include "app/preflight/preflightservice.h"
#include "app/process/localplace.h"
#include "app/runbook/runbookservice.h"
#include "app/workspace/openworkspaces.h"
#include "benchmark.h"
#include "samplecorpus.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/memorysecretstore.h"
#include "ui/run/runpage.h"
#include "ui/run/stepview.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int steps = 10'000;
constexpr int scrollRuns = 3;
constexpr int openRuns = 7;
constexpr int documentLines = 2'000;
constexpr double frameBudget = 16;  ///< ms
constexpr double openBudget = 300;  ///< ms
constexpr int patience = 60'000;    ///< ms
constexpr int settling = 300;       ///< ms in which a window does what it put off
constexpr int framesPerRun = 1'500; ///< wheel turns from top to bottom, then jumps of the bar
constexpr int jumpsPerRun = 300;
constexpr QSize windowSize(1440, 900);

void turnFor(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

bool turnUntil(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    while (!condition() && timer.elapsed() < patience) {
        turnFor(1);
    }
    return condition();
}

/// The services of a window, on a journal of their own.
struct Backstage {
    app::SqliteJournal journal;
    MemorySecretStore secrets;
    app::RunService runs{journal, secrets, [](const auto&, const QString&) {
                             return std::make_unique<app::LocalPlace>();
                         }};
    app::RunbookService runbooks;
    app::WorkspaceService workspaces;
    FakeHostService hosts;
    FakeLogs logs;
    FakeHealth health;
    app::RunWatch runWatch{{runs, journal, health.notifier}};
    app::PreflightService preflight{{hosts, health.looker, runs, health.trust, journal}};
    app::OpenWorkspaces open{workspaces, health.parts(logs.service)};
};

Result<QString> written(const QTemporaryDir& folder, const QByteArray& bytes) {
    const QString path = folder.filePath(QStringLiteral("long.md"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        return failure(ErrorCode::NotWritable, QStringLiteral("cannot write %1").arg(path));
    }
    return path;
}

bool isShown(const ui::MainWindow& window, int minimumSteps) {
    const auto* page = window.findChild<ui::RunPage*>();
    return window.page() == ui::MainWindow::Page::Run && page->state().plan &&
           page->state().plan->steps.size() >= minimumSteps;
}

/// Ends when the list of steps has painted rows of the document.
class FirstPaint final : public QObject {
public:
    explicit FirstPaint(ui::MainWindow& window)
        : m_window(window) {
        qApp->installEventFilter(this); // the page of runs is made for what is chosen
        m_timer.start();
    }

    [[nodiscard]] double milliseconds() const { return m_milliseconds; }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && m_milliseconds == 0 && isSteps(watched) &&
            isShown(m_window, 1)) {
            // The whole window is painted by the call that this is part of: take the time after it.
            QTimer::singleShot(0, this, [this] {
                if (m_milliseconds == 0) {
                    m_milliseconds = double(m_timer.nsecsElapsed()) / 1e6;
                }
            });
        }
        return false;
    }

private:
    [[nodiscard]] bool isSteps(const QObject* watched) const {
        const auto* view = m_window.findChild<ui::StepView*>();
        return view != nullptr && watched == view->viewport() && view->model()->rowCount() > 0;
    }

    ui::MainWindow& m_window;
    QElapsedTimer m_timer;
    double m_milliseconds = 0;
};

Result<double> timeOfOpening(const QString& path) {
    Backstage backstage;
    ui::MainWindow window({backstage.runs,
                           backstage.runbooks,
                           backstage.workspaces,
                           backstage.hosts,
                           backstage.logs.follower,
                           backstage.open,
                           backstage.runWatch,
                           backstage.preflight,
                           nullptr,
                           {}});
    window.resize(windowSize);
    window.show();
    window.showPage(ui::MainWindow::Page::Welcome);
    turnFor(settling);
    const FirstPaint paint(window);
    window.openPath(path);
    if (!turnUntil([&paint] { return paint.milliseconds() > 0; })) {
        return failure(ErrorCode::Internal, QStringLiteral("%1 was never painted").arg(path));
    }
    return paint.milliseconds();
}

Result<Measurements> measureOpening() {
    ui::Theme::instance().install(*qApp);
    const QTemporaryDir folder;
    const Result<QString> path = written(folder, documentOfLines(documentLines));
    if (!path) {
        return tl::unexpected(path.error());
    }
    QList<double> times;
    for (int run = 0; run < openRuns; ++run) {
        const Result<double> time = timeOfOpening(*path);
        if (!time) {
            return tl::unexpected(time.error());
        }
        times.append(*time);
    }
    return Measurements{{QStringLiteral("ui.open"), median(times), QStringLiteral("ms"),
                         QStringLiteral("budget 300 ms"), openBudget, openRuns}};
}

/// One frame a turn of the event loop: the wheel from top to bottom, then the bar dragged about.
app::StallFigures scrollThrough(ui::StepView& view) {
    QScrollBar& bar = *view.verticalScrollBar();
    bar.setValue(bar.minimum());
    turnFor(settling);
    app::StallMeter meter;
    QEventLoop loop;
    QTimer frames;
    int frame = 0;
    QObject::connect(&frames, &QTimer::timeout, &loop, [&] {
        if (frame < framesPerRun) {
            bar.setValue(int(qint64(bar.maximum()) * frame / framesPerRun));
        } else {
            constexpr int stride = 7919; // a prime: everywhere, and the same places every time
            bar.setValue(int(qint64(frame) * stride * view.height() % (bar.maximum() + 1)));
        }
        if (++frame == framesPerRun + jumpsPerRun) {
            loop.quit();
        }
    });
    frames.start(2);
    loop.exec();
    return meter.figures();
}

Result<Measurements> measureScrolling() {
    ui::Theme::instance().install(*qApp);
    const QTemporaryDir folder;
    const Result<QString> path = written(folder, checklistOfTrue(steps));
    if (!path) {
        return tl::unexpected(path.error());
    }
    Backstage backstage;
    ui::MainWindow window({backstage.runs,
                           backstage.runbooks,
                           backstage.workspaces,
                           backstage.hosts,
                           backstage.logs.follower,
                           backstage.open,
                           backstage.runWatch,
                           backstage.preflight,
                           nullptr,
                           {}});
    window.resize(windowSize);
    window.show();
    window.openPath(*path);
    if (!turnUntil([&window] { return isShown(window, steps); })) {
        return failure(ErrorCode::Internal, QStringLiteral("%1 was never shown").arg(*path));
    }
    turnFor(settling);
    double processor = 0;
    QList<double> wall;
    for (int run = 0; run < scrollRuns; ++run) {
        const app::StallFigures figures = scrollThrough(*window.findChild<ui::StepView*>());
        processor = std::max(processor, figures.worstProcessor);
        wall.append(figures.wall999);
    }
    return Measurements{{QStringLiteral("ui.scroll10k"), processor, QStringLiteral("ms"),
                         QStringLiteral("budget 16 ms of the thread's processor time"), frameBudget,
                         scrollRuns},
                        {QStringLiteral("ui.scroll10k.wall999"), median(wall), QStringLiteral("ms"),
                         QStringLiteral("budget 16 ms of wall time for 99.9 % of the frames"),
                         frameBudget, scrollRuns}};
}

const Registration opening(QStringLiteral("ui"), QStringLiteral("ui.open"), &measureOpening);
const Registration scrolling(QStringLiteral("ui"), QStringLiteral("ui.scroll10k"),
                             &measureScrolling);

} // namespace

} // namespace tests

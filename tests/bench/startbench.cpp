// SPDX-License-Identifier: GPL-3.0-or-later
// How long the program takes from its start to the last verdicts of four workspaces, with their
// ages, on screen (its front paints them, as the start before kept them), and to the window itself;
// beside a bare window of the same size. Nobody has trusted the workspaces, so nothing is probed.
#include "app/environment/workspaceservice.h"
#include "app/history/sqlitehealthhistory.h"
#include "benchmark.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QSize>
#include <QTemporaryDir>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int startRuns = 15;
constexpr int patience = 20'000; ///< ms
/// What the window has before anybody has resized it.
constexpr QSize windowSize(1280, 800);
constexpr std::int64_t second = 1'000'000'000;
/// Of each probe: a day of one a minute would be 1,440.
constexpr int checksBefore = 1'440;

const QStringList examples{QStringLiteral("voxbento"), QStringLiteral("interview-insights"),
                           QStringLiteral("books"), QStringLiteral("yapit")};

/// Where a console left four workspaces open, and what it had seen of them.
class LeftHome {
public:
    [[nodiscard]] Result<void> make() {
        QStringList folders;
        for (const QString& name : examples) {
            const Result<QString> folder = copied(name);
            if (!folder)
                return tl::unexpected(folder.error());
            folders.append(*folder);
        }
        QSettings settings(path("config/gantry/gantry.conf"), QSettings::IniFormat);
        settings.setValue(QStringLiteral("window/workspaces"), folders);
        settings.setValue(QStringLiteral("window/workspace"), folders.first());
        settings.setValue(QStringLiteral("window/page"), QStringLiteral("environments"));
        app::SqliteHealthHistory history({path("data/gantry")});
        for (const QString& folder : std::as_const(folders)) {
            const Result<models::Workspace> workspace = app::WorkspaceService::read(folder);
            if (!workspace)
                return tl::unexpected(workspace.error());
            record(*workspace, history);
        }
        return {};
    }

    [[nodiscard]] QString lastSeen() const { return path("cache/gantry/last-seen.json"); }

    [[nodiscard]] QProcessEnvironment environment() const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("config"));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), path("data"));
        environment.insert(QStringLiteral("XDG_STATE_HOME"), path("state"));
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), path("cache"));
        environment.insert(QStringLiteral("GANTRY_TRACE"), QStringLiteral("start"));
        return environment;
    }

private:
    [[nodiscard]] QString path(const char* below) const {
        const QString path = m_folder.filePath(QLatin1String(below));
        QDir().mkpath(QFileInfo(path).suffix().isEmpty() ? path : QFileInfo(path).path());
        return path;
    }

    [[nodiscard]] Result<QString> copied(const QString& name) const {
        const QDir from(QStringLiteral(GANTRY_BENCH_SOURCE_DIR "/resources/examples/") + name);
        const QString to = m_folder.filePath(name);
        QDirIterator files(from.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const QString copy = to + u'/' + from.relativeFilePath(file);
            QDir().mkpath(QFileInfo(copy).path());
            if (!QFile::copy(file, copy))
                return failure(ErrorCode::NotWritable, QStringLiteral("cannot write %1").arg(copy));
        }
        return to;
    }

    static void record(const models::Workspace& workspace, app::HealthHistory& history) {
        const models::Instant now = app::presentInstant();
        for (const models::Environment& environment : workspace.environments) {
            for (const models::Service& service : environment.services) {
                for (const models::Probe& probe : service.probes) {
                    for (int i = checksBefore; i > 0; --i)
                        recordCheck({workspace.id, environment.name, service.name,
                                     models::definitionOf(probe)},
                                    {now.nanoseconds - i * 60 * second}, history);
                }
            }
        }
    }

    static void recordCheck(const models::ProbeIdentity& probe, models::Instant at,
                            app::HealthHistory& history) {
        models::CheckRecord check{at, models::Verdict::Pass, {}};
        check.phases.total = std::chrono::milliseconds(40 + at.nanoseconds / second % 17);
        history.record(probe, check,
                       {at, check.verdict, check.verdict, QStringLiteral("http.status was 200"),
                        check.phases});
    }

    QTemporaryDir m_folder;
};

/// In milliseconds after the process was started.
struct Start {
    double first = 0;  ///< something is painted
    double window = 0; ///< the window is, where a front came first
};

/// lines: that many say that something has painted.
Result<Start> startOf(const QString& program, const QStringList& arguments,
                      const QProcessEnvironment& environment, int lines) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setReadChannel(QProcess::StandardError);
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    Start start;
    for (int painted = 0; painted < lines;) {
        if (!process.canReadLine() && !process.waitForReadyRead(patience))
            return failure(ErrorCode::Internal,
                           QStringLiteral("%1 has not painted. %2")
                               .arg(program, QString::fromLocal8Bit(process.readAll())));
        if (!process.canReadLine() || !process.readLine().startsWith("start: "))
            continue;
        start.window = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (painted++ == 0)
            start.first = start.window;
    }
    process.kill();
    process.waitForFinished(patience);
    return start;
}

/// The start before: without a front, until what it shows is kept.
Result<void> startFirst(const LeftHome& home) {
    QProcess process;
    process.setProcessEnvironment(home.environment());
    process.start(QStringLiteral(GANTRY_EXECUTABLE), {});
    QElapsedTimer timer;
    timer.start();
    while (!QFile::exists(home.lastSeen()) && timer.elapsed() < patience)
        process.waitForFinished(100);
    process.kill();
    process.waitForFinished(patience);
    return QFile::exists(home.lastSeen())
               ? Result<void>()
               : failure(ErrorCode::Internal, QStringLiteral("What was seen last is not kept."));
}

Result<Measurements> measureStart() {
    LeftHome home;
    if (const Result<void> made = home.make(); !made)
        return tl::unexpected(made.error());
    if (const Result<void> started = startFirst(home); !started)
        return tl::unexpected(started.error());
    const QStringList size{QString::number(windowSize.width()),
                           QString::number(windowSize.height())};
    QList<double> front;
    QList<double> live;
    QList<double> bare;
    for (int run = 0; run < startRuns; ++run) {
        const Result<Start> window =
            startOf(QStringLiteral(GANTRY_BAREWINDOW), size, home.environment(), 1);
        const Result<Start> program =
            startOf(QStringLiteral(GANTRY_EXECUTABLE), {}, home.environment(), 2);
        for (const Result<Start>* each : {&window, &program}) {
            if (!*each)
                return tl::unexpected(each->error());
        }
        bare.append(window->first);
        front.append(program->first);
        live.append(program->window);
    }
    const QString against = QStringLiteral("a bare window of the same size");
    return Measurements{{QStringLiteral("ui.start"), median(front), QStringLiteral("ms"), against,
                         median(bare), startRuns},
                        {QStringLiteral("ui.start_window"), median(live), QStringLiteral("ms"),
                         against, median(bare), startRuns}};
}

const Registration start(QStringLiteral("health"), QStringLiteral("ui.start"), &measureStart);

} // namespace

} // namespace tests

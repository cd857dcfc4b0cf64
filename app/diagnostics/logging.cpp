// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/logging.h"

#include "app/diagnostics/maskingsink.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <memory>
#include <mutex>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

namespace app {

namespace {

constexpr size_t rotateAt = 5 * 1024 * 1024;
constexpr size_t kept = 3;

LogSecrets& secrets() {
    static LogSecrets values;
    return values;
}

/// Messages come from any thread, also while the log is being stopped.
struct Log {
    std::mutex mutex;
    std::shared_ptr<spdlog::logger> logger;
    QtMessageHandler before = nullptr;
};

Log& theLog() {
    static Log log;
    return log;
}

std::shared_ptr<spdlog::logger> currentLogger() {
    const std::scoped_lock lock(theLog().mutex);
    return theLog().logger;
}

spdlog::level::level_enum levelOf(QtMsgType type) {
    switch (type) {
    case QtDebugMsg:
        return spdlog::level::debug;
    case QtInfoMsg:
        return spdlog::level::info;
    case QtWarningMsg:
        return spdlog::level::warn;
    case QtCriticalMsg:
        return spdlog::level::err;
    case QtFatalMsg:
        return spdlog::level::critical;
    }
    return spdlog::level::info;
}

spdlog::level::level_enum levelNamed(const QString& name) {
    if (name == QLatin1String("debug"))
        return spdlog::level::debug;
    if (name == QLatin1String("warning"))
        return spdlog::level::warn;
    if (name == QLatin1String("error"))
        return spdlog::level::err;
    return spdlog::level::info;
}

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    const std::shared_ptr<spdlog::logger> logger = currentLogger();
    if (!logger)
        return;
    const QByteArray category(context.category ? context.category : "default");
    const QByteArray line = category + ": " + text.toUtf8();
    logger->log(levelOf(type),
                spdlog::string_view_t(line.constData(), static_cast<size_t>(line.size())));
    if (type == QtFatalMsg)
        logger->flush();
}

QString stateFolder() {
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base =
        QDir::isAbsolutePath(state) ? state : QDir::homePath() + QStringLiteral("/.local/state");
    return base + QStringLiteral("/gantry");
}

/// Rotation makes files anew, so each is made private when it is opened.
spdlog::file_event_handlers privateFiles() {
    spdlog::file_event_handlers handlers;
    handlers.after_open = [](const spdlog::filename_t&, std::FILE* file) {
        fchmod(fileno(file), 0600);
    };
    return handlers;
}

spdlog::sink_ptr fileSink() {
    const QString folder = stateFolder();
    QDir().mkpath(folder);
    chmod(QFile::encodeName(folder).constData(), 0700);
    const QByteArray file = QFile::encodeName(folder + QStringLiteral("/gantry.log"));
    return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.toStdString(), rotateAt,
                                                                  kept, false, privateFiles());
}

} // namespace

void startLogging(const QString& level) {
    auto terminal = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    terminal->set_level(spdlog::level::warn);
    terminal->set_pattern("gantry: %v");
    std::vector<spdlog::sink_ptr> sinks{terminal};
    std::string trouble;
    try {
        auto file = fileSink();
        file->set_formatter(std::make_unique<spdlog::pattern_formatter>(
            "%Y-%m-%dT%H:%M:%S.%eZ %-8l %t %v", spdlog::pattern_time_type::utc));
        sinks.push_back(file);
    } catch (const spdlog::spdlog_ex& error) {
        trouble = error.what();
    }
    auto logger = std::make_shared<spdlog::logger>(
        "gantry", std::make_shared<MaskingSink>(secrets(), std::move(sinks)));
    logger->set_level(levelNamed(level));
    logger->flush_on(spdlog::level::warn);
    if (!trouble.empty())
        logger->warn("The log file cannot be written: {}", trouble);
    const std::scoped_lock lock(theLog().mutex);
    if (!theLog().logger)
        theLog().before = qInstallMessageHandler(handleMessage);
    theLog().logger = std::move(logger);
}

void stopLogging() {
    std::shared_ptr<spdlog::logger> last;
    {
        const std::scoped_lock lock(theLog().mutex);
        last = std::move(theLog().logger);
        theLog().logger.reset();
        if (last)
            qInstallMessageHandler(theLog().before);
    }
    if (last)
        last->flush();
}

void maskInLog(const QString& secret) {
    secrets().add(secret);
}

} // namespace app

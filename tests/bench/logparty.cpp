// SPDX-License-Identifier: GPL-3.0-or-later
#include "logparty.h"

#include "benchmark.h"
#include "loggenerator.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <array>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::LogBudget;
using models::LogPattern;
using models::LogStore;
using models::LogWork;
using models::Result;
using Case = models::LiteralFinder::Case;

constexpr qint64 usualLines = 1'000'000;
constexpr qint64 fullLines = 10'000'000;
constexpr int processLimit = 300'000; ///< ms
constexpr qint64 blockSize = 1 << 20;

QString folderTemplate() {
    return QFile::exists(QStringLiteral("/dev/shm")) ? QStringLiteral("/dev/shm/gantry-logs-XXXXXX")
                                                     : QStringLiteral("/tmp/gantry-logs-XXXXXX");
}

LogParty::Search text(const char* name, const char* wanted) {
    return {QLatin1String(name),
            {QLatin1String(wanted), LogPattern::Syntax::Text, Case::Sensitive},
            QLatin1String(wanted)};
}

LogParty::Search regex(const char* name, const char* wanted) {
    return {QLatin1String(name),
            {QLatin1String(wanted), LogPattern::Syntax::Regex, Case::Sensitive},
            QLatin1String(wanted)};
}

} // namespace

LogParty::LogParty()
    : m_folder(folderTemplate())
    , m_lines(isFull() ? fullLines : usualLines) {}

LogBudget LogParty::unlimited() {
    constexpr std::int64_t most = 1LL << 50;
    return {most, most, most};
}

LogParty& LogParty::instance() {
    static LogParty party;
    return party;
}

Result<QString> LogParty::path() {
    const QString path = m_folder.filePath(QStringLiteral("container.log"));
    if (m_size == 0) {
        const Result<qint64> written = LogGenerator::write(path, m_lines);
        if (!written)
            return tl::unexpected(written.error());
        m_size = *written;
    }
    return path;
}

const QList<LogParty::Search>& LogParty::searches() {
    static const QList<Search> searches{
        text("L1", "deadline-7f3a9c"),
        text("L2", "connection reset"),
        {QStringLiteral("L3i"),
         {QStringLiteral("error"), LogPattern::Syntax::Text, Case::Insensitive},
         QStringLiteral("(?i)error")},
        regex("R1", R"((ERROR|FATAL).*(refused|reset by peer 10\.\d+\.\d+\.\d+))"),
        regex("R2", R"(\[(worker|kafka)-\d+\] \S+ - .*timeout.*took [1-9]\d{3} ms)"),
        regex("R3", R"(" 50[0-4] \d{4,5} "-")"),
        regex("R4", R"(\w+ed \w+ed \w+ed)")};
    return searches;
}

Result<std::unique_ptr<LogStore>> LogParty::read() {
    const Result<QString> file = path();
    if (!file)
        return tl::unexpected(file.error());
    QFile log(*file);
    if (!log.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(ErrorCode::NotReadable, QStringLiteral("cannot read %1").arg(*file));
    auto store = std::make_unique<LogStore>(models::LogPrefix::DockerTimestamp, unlimited());
    std::vector<char> block(blockSize);
    for (qint64 got = 0; (got = log.read(block.data(), blockSize)) > 0;)
        store->append(models::LogChannel::Stdout, QByteArrayView(block.data(), got));
    store->finish();
    return store;
}

Result<models::LogSnapshot> LogParty::hot() {
    if (m_hot == nullptr) {
        Result<std::unique_ptr<LogStore>> store = read();
        if (!store)
            return tl::unexpected(store.error());
        m_hot = std::move(*store);
    }
    return m_hot->snapshot();
}

Result<models::LogSnapshot> LogParty::cold() {
    if (m_cold == nullptr) {
        Result<std::unique_ptr<LogStore>> store = read();
        if (!store)
            return tl::unexpected(store.error());
        m_cold = std::move(*store);
        m_cold->setBudget({0, std::numeric_limits<std::int64_t>::max(), 0});
        while (std::optional<LogWork> work = m_cold->takeWork()) {
            work->run();
            if (m_cold->finishWork(std::move(*work)))
                break;
        }
    }
    return m_cold->snapshot();
}

Result<LogParty::Run> LogParty::run(const QString& program, const QStringList& arguments,
                                    Input input) {
    const QString executable = QStandardPaths::findExecutable(program);
    const Result<QString> file = path();
    if (executable.isEmpty() || !file)
        return failure(
            ErrorCode::NotFound,
            QStringLiteral("%1 is not installed: apt-get install %1 (or ripgrep)").arg(program));
    Run run;
    bool good = false;
    run.milliseconds = millisecondsOf([&] {
        QProcess process;
        process.setStandardErrorFile(QProcess::nullDevice());
        if (input == Input::Log) {
            // Through a pipe, as a stream comes.
            process.start(QStringLiteral("/bin/sh"),
                          QStringList{QStringLiteral("-c"), QStringLiteral("cat \"$0\" | \"$@\""),
                                      *file, executable} +
                              arguments);
        } else {
            process.setStandardInputFile(QProcess::nullDevice());
            process.start(executable, arguments + QStringList{*file});
        }
        good =
            process.waitForFinished(processLimit) && process.exitStatus() == QProcess::NormalExit;
        run.output = process.readAllStandardOutput();
    });
    if (!good)
        return failure(ErrorCode::Internal, QStringLiteral("%1 did not finish").arg(program));
    return run;
}

} // namespace tests

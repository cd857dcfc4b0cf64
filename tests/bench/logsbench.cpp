// SPDX-License-Identifier: GPL-3.0-or-later
// The store of logs: how fast it takes a log in, and what it needs for that.
// The full form has ten million lines, see logparty.h.
#include "benchmark.h"
#include "logparty.h"

#include "app/log/logkeeper.h"
#include "app/log/siftingeffort.h"
#include "models/log/loghistogram.h"
#include "models/log/logmerge.h"
#include "models/log/logsift.h"

#include <QEventLoop>
#include <QFile>

#include <array>
#include <fcntl.h>
#include <malloc.h>
#include <memory>
#include <random>
#include <unistd.h>

namespace tests {

namespace {

using models::Instant;
using models::LogChunk;
using models::LogSnapshot;
using models::LogStore;
using models::Result;

constexpr int runs = 9;
constexpr double nanosecondsPerMillisecond = 1e6;

/// Bytes of this process that are in memory.
double residentBytes() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() *
           static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// The same read and kept, in pieces of a mebibyte, and nothing else done.
Result<double> timeOfReading() {
    const Result<QString> path = LogParty::instance().path();
    if (!path)
        return tl::unexpected(path.error());
    std::vector<std::unique_ptr<char[]>> blocks;
    return millisecondsOf([&] {
        const int file = open(QFile::encodeName(*path).constData(), O_RDONLY | O_CLOEXEC);
        constexpr size_t size = 1 << 20;
        ssize_t got = 1;
        while (got > 0) {
            blocks.emplace_back(new char[size]);
            got = ::read(file, blocks.back().get(), size);
        }
        close(file);
    });
}

/// The same as a log file that a person opens, up to its last line in a snapshot on this thread.
/// Two threads read it and make its lines; the store has one of its own, which only puts them
/// together.
Result<double> timeOfOpening() {
    const Result<QString> path = LogParty::instance().path();
    if (!path)
        return tl::unexpected(path.error());
    app::LogKeeper keeper(LogParty::unlimited());
    QEventLoop loop;
    app::LogReading reading;
    QObject::connect(&keeper, &app::LogKeeper::readOn, &loop,
                     [&](quint64, const app::LogReading& now) {
                         reading = now;
                         if (now.isOver)
                             loop.quit();
                     });
    quint64 log = 0;
    const double time = millisecondsOf([&] {
        log = keeper.read(*path);
        loop.exec();
    });
    if (reading.error)
        return tl::unexpected(*reading.error);
    if (keeper.snapshot(log).lineCount() != LogParty::instance().lineCount())
        return models::failure(models::ErrorCode::Internal,
                               QStringLiteral("%1 of %2 lines were read")
                                   .arg(keeper.snapshot(log).lineCount())
                                   .arg(LogParty::instance().lineCount()));
    return time;
}

/// A file that is opened (logs.ingest), for which two threads and more are at work, and the same
/// log as a stream delivers it, on one thread (logs.ingest.stream). Beside them the same log is
/// read and kept by one thread. None has the memory that the one before left: its pages would be in
/// place, for whichever finds them.
Result<Measurements> measureIngest() {
    LogParty& party = LogParty::instance();
    QList<double> opened;
    QList<double> streamed;
    QList<double> raw;
    for (int run = 0; run < runs; ++run) {
        malloc_trim(0);
        const Result<double> reading = timeOfReading();
        malloc_trim(0);
        const Result<double> opening = timeOfOpening();
        malloc_trim(0);
        std::optional<models::Error> error;
        streamed.append(millisecondsOf([&] {
            if (const auto store = party.read(); !store)
                error = store.error();
        }));
        if (!reading || !opening || error)
            return tl::unexpected(!reading ? reading.error() : !opening ? opening.error() : *error);
        raw.append(*reading);
        opened.append(*opening);
    }
    const Result<LogParty::Run> lnav = party.run(
        QStringLiteral("lnav"), {QStringLiteral("-n"), QStringLiteral("-q")}, LogParty::Input::Log);
    if (!lnav)
        return tl::unexpected(lnav.error());
    const QString name = QStringLiteral("logs.ingest");
    const QString stream = QStringLiteral("logs.ingest.stream");
    const QString rawWords = QStringLiteral("the same log read and kept");
    return Measurements{
        {name, median(opened), QStringLiteral("ms"), rawWords + QStringLiteral(" by one thread"),
         median(raw), runs},
        {stream, median(streamed), QStringLiteral("ms"), rawWords, median(raw), runs},
        {name, median(opened), QStringLiteral("ms"), QStringLiteral("lnav from a pipe"),
         lnav->milliseconds, 1}};
}

/// What reading the log once more adds to this process.
Result<Measurements> measureHot() {
    LogParty& party = LogParty::instance();
    if (const Result<QString> path = party.path(); !path)
        return tl::unexpected(path.error());
    malloc_trim(0); // what earlier benchmarks left would be used again
    const double before = residentBytes();
    const auto store = party.read();
    if (!store)
        return tl::unexpected(store.error());
    return Measurements{{QStringLiteral("logs.memory_hot"), (residentBytes() - before) / 1e6,
                         QStringLiteral("MB"), QStringLiteral("bytes of the log"),
                         double(party.size()) / 1e6, 1}};
}

/// Counted by the store: a packed copy leaves room behind that the allocator keeps.
Result<Measurements> measureCold() {
    LogParty& party = LogParty::instance();
    const Result<LogSnapshot> cold = party.cold();
    if (!cold)
        return tl::unexpected(cold.error());
    double bytes = 0;
    for (std::int64_t chunk = cold->firstChunk(); chunk < cold->endChunk(); ++chunk)
        bytes += static_cast<double>(cold->chunk(chunk).memory());
    return Measurements{{QStringLiteral("logs.memory_cold"), bytes / 1e6, QStringLiteral("MB"),
                         QStringLiteral("bytes of the log"), double(party.size()) / 1e6, 1}};
}

Result<Measurements> measureMetadata() {
    const Result<LogSnapshot> hot = LogParty::instance().hot();
    if (!hot)
        return tl::unexpected(hot.error());
    double bytes = 0;
    for (std::int64_t index = hot->firstChunk(); index < hot->endChunk(); ++index) {
        const LogChunk& chunk = hot->chunk(index);
        bytes += static_cast<double>(chunk.memory() - chunk.textMemory());
    }
    return Measurements{{QStringLiteral("logs.metadata"), bytes, QStringLiteral("bytes"),
                         QStringLiteral("lines"), double(hot->lineCount()), 1}};
}

Result<Measurements> measureLevelFilter() {
    const Result<LogSnapshot> hot = LogParty::instance().hot();
    if (!hot)
        return tl::unexpected(hot.error());
    models::LogFilter errors;
    errors.levels = 1 << int(models::LogLevel::Error) | 1 << int(models::LogLevel::Fatal);
    const auto compiled = models::CompiledFilter::compile(errors).value_or(nullptr);
    QList<double> times;
    for (int run = 0; run < runs; ++run) {
        times.append(millisecondsOf([&] {
            models::LogSift sift(compiled);
            sift.extend({*hot});
            (void)sift.lookBack({{}, app::runAtOnce}); // as a log pane does
        }));
    }
    const double target = 10.0 * double(hot->lineCount()) / 1e7;
    return Measurements{{QStringLiteral("logs.level_filter"), median(times), QStringLiteral("ms"),
                         QStringLiteral("10 ms for 10 million lines"), target, runs}};
}

Result<Measurements> measureSeek() {
    const Result<LogSnapshot> hot = LogParty::instance().hot();
    if (!hot)
        return tl::unexpected(hot.error());
    const auto [first, last] = models::timeRange({*hot});
    std::mt19937_64 random(1);
    std::uniform_int_distribution<std::int64_t> anywhere(first.nanoseconds, last.nanoseconds);
    std::vector<Instant> wanted(200'000);
    for (Instant& instant : wanted)
        instant = Instant{anywhere(random)};
    std::int64_t sum = 0;
    const double time = millisecondsOf([&] {
        for (const Instant instant : wanted)
            sum += hot->lineAt(instant);
    });
    const double each = time * nanosecondsPerMillisecond / double(wanted.size());
    return Measurements{{QStringLiteral("logs.seek"), each, QStringLiteral("ns"),
                         QStringLiteral("1 us a seek"), sum > 0 ? 1'000.0 : 0.0,
                         int(wanted.size())}};
}

/// Fifty stores that together have as many lines as the log, some of them late by seconds.
std::vector<std::unique_ptr<LogStore>> manyStores(qint64 lines) {
    constexpr int count = 50;
    std::vector<std::unique_ptr<LogStore>> stores;
    std::mt19937 random(7);
    for (int source = 0; source < count; ++source) {
        stores.push_back(std::make_unique<LogStore>());
        std::int64_t time = 1'714'521'600'000'000'000 + source * 1'000;
        QByteArray one = "INFO a line of source " + QByteArray::number(source) + '\n';
        for (qint64 line = 0; line < lines / count; ++line) {
            time += 1 + random() % 36'000'000;
            stores.back()->append(models::LogChannel::Stdout, one, Instant{time});
        }
    }
    return stores;
}

Result<Measurements> measureMerge() {
    const qint64 lines = LogParty::instance().lineCount();
    const std::vector<std::unique_ptr<LogStore>> stores = manyStores(lines);
    std::vector<models::LogMerge::Source> sources;
    for (const std::unique_ptr<LogStore>& store : stores)
        sources.push_back({store->snapshot(), nullptr});
    QList<double> times;
    double merged = 1;
    for (int run = 0; run < runs; ++run) {
        models::LogMerge merge;
        times.append(millisecondsOf([&] { merge.extend(sources); }));
        merged = double(merge.lines().size());
    }
    return Measurements{{QStringLiteral("logs.merge"),
                         median(times) * nanosecondsPerMillisecond / merged, QStringLiteral("ns"),
                         QStringLiteral("25 ns a line of 50 sources"), 25.0, runs}};
}

const QString group = QStringLiteral("logs");
const Registration ingest(group, QStringLiteral("logs.ingest"), &measureIngest);
const Registration memoryHot(group, QStringLiteral("logs.memory_hot"), &measureHot);
const Registration memoryCold(group, QStringLiteral("logs.memory_cold"), &measureCold);
const Registration metadata(group, QStringLiteral("logs.metadata"), &measureMetadata);
const Registration levelFilter(group, QStringLiteral("logs.level_filter"), &measureLevelFilter);
const Registration seek(group, QStringLiteral("logs.seek"), &measureSeek);
const Registration mergeTime(group, QStringLiteral("logs.merge"), &measureMerge);

} // namespace

} // namespace tests

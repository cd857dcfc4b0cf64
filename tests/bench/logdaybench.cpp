// SPDX-License-Identifier: GPL-3.0-or-later
// More lines than memory holds: a day of 2,000 lines a second, replayed fast, and a large file that
// is opened. With --full the day has all its 172 million lines, for which it takes some minutes and
// 6 GB of disk.
#include "benchmark.h"
#include "logparty.h"

#include "app/diagnostics/stalls.h"
#include "models/log/logreader.h"
#include "tests/support/fakelogservice.h"
#include "ui/log/logboard.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>

namespace tests {

namespace {

using models::CompiledFilter;
using models::ErrorCode;
using models::failure;
using models::LogBudget;
using models::LogFilter;
using models::LogSnapshot;
using models::Result;

constexpr qint64 linesOfADay = 172'800'000;
constexpr qint64 linesOfAnHour = 7'200'000;
constexpr LogBudget budgetOfAnHour{48LL << 20, 160LL << 20, 4LL << 30};
constexpr qint64 pieceSize = 4 << 20;
constexpr qint64 mostUnderWay = 8 << 20; ///< bytes that are not taken
constexpr size_t pageOfHits = 50;
constexpr double pageBudget = 100; ///< ms
constexpr double frameBudget = 16; ///< ms
constexpr int patience = 60'000;   ///< ms without anything that goes on

/// Bytes of this process's own memory; what it has mapped of files does not count.
double ownMemory() {
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("RssAnon:"))
            return line.mid(8).trimmed().split(' ').value(0).toDouble() * 1024;
    }
    return 0;
}

bool turnUntil(const std::function<bool()>& condition) {
    QElapsedTimer timer;
    timer.start();
    QEventLoop loop;
    QTimer wake;
    wake.start(5);
    while (!condition() && timer.elapsed() < patience)
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

/// The generated log, again and again, into one log of a keeper.
class Replay {
public:
    Replay(app::LogKeeper& keeper, quint64 log)
        : m_keeper(keeper)
        , m_log(log) {
        QObject::connect(&keeper, &app::LogKeeper::taken, &m_context,
                         [this](quint64, qint64 bytes) { m_underWay -= bytes; });
    }

    /// So many lines, or a few more.
    [[nodiscard]] Result<void> run(qint64 lines) {
        const Result<QString> path = LogParty::instance().path();
        m_file.setFileName(path.value_or(QString()));
        const char* const bytes = m_file.open(QIODevice::ReadOnly)
                                      ? reinterpret_cast<const char*>(m_file.map(0, m_file.size()))
                                      : nullptr;
        if (bytes == nullptr)
            return failure(ErrorCode::NotReadable, QStringLiteral("there is no log to replay"));
        for (qint64 done = 0; done < lines; done += LogParty::instance().lineCount()) {
            for (qint64 at = 0; at < m_file.size(); at += pieceSize) {
                const qint64 size = std::min(pieceSize, m_file.size() - at);
                m_keeper.append(m_log, models::LogChannel::Stdout,
                                QByteArray::fromRawData(bytes + at, size));
                m_underWay += size;
                if (!turnUntil([this] { return m_underWay < mostUnderWay; }))
                    return failure(ErrorCode::Internal, QStringLiteral("the keeper stopped"));
                m_peak = std::max(m_peak, ownMemory());
            }
        }
        if (!turnUntil([this] { return m_underWay == 0; }))
            return failure(ErrorCode::Internal, QStringLiteral("the keeper stopped"));
        return {};
    }

    [[nodiscard]] double peak() const { return m_peak; }

private:
    app::LogKeeper& m_keeper;
    const quint64 m_log;
    QFile m_file;
    QObject m_context;
    qint64 m_underWay = 0;
    double m_peak = 0;
};

/// From a wish to its first page, newest first, as a log pane has it: the slowest of all patterns.
class FirstPage {
public:
    FirstPage(app::LogKeeper& keeper, quint64 log)
        : m_board(keeper) {
        m_board.setSources({{log, QStringLiteral("replay")}});
        QObject::connect(&m_board, &ui::LogBoard::reset, &m_context, [this] { m_isReset = true; });
    }

    /// To find 50 lines.
    [[nodiscard]] double ofHits() {
        return slowest([this](const LogFilter&, Compiled filter) { m_board.setSearch(filter); },
                       [this] { return m_board.hits().size() >= pageOfHits; });
    }
    /// To show 50 lines that a filter takes.
    [[nodiscard]] double ofRows() {
        return slowest([this](const LogFilter& filter,
                              Compiled compiled) { m_board.setFilter(filter, compiled); },
                       [this] {
                           return m_isReset && m_board.endRow() - m_board.firstRow() >=
                                                   static_cast<qint64>(pageOfHits);
                       });
    }

private:
    using Compiled = std::shared_ptr<const CompiledFilter>;

    template <class Ask, class Test>
    double slowest(Ask ask, Test isThere) {
        const auto isAtRest = [this] { return !m_board.isBusy(); };
        double worst = 0;
        for (const LogParty::Search& wanted : LogParty::searches()) {
            LogFilter filter;
            filter.terms.append({wanted.pattern, LogFilter::Sense::Include});
            const Compiled compiled = CompiledFilter::compile(filter).value_or(nullptr);
            turnUntil(isAtRest);
            m_isReset = false;
            worst = std::max(worst, millisecondsOf([&] {
                                 ask(filter, compiled);
                                 turnUntil([&] { return isThere() || isAtRest(); });
                             }));
            ask({}, nullptr); // what is left to look at is not
        }
        turnUntil(isAtRest);
        return worst;
    }

    QObject m_context;
    ui::LogBoard m_board;
    bool m_isReset = false;
};

Result<Measurements> measureDay() {
    const LogBudget budget = isFull() ? LogBudget() : budgetOfAnHour;
    const qint64 wanted = isFull() ? linesOfADay : linesOfAnHour;
    if (const auto path = LogParty::instance().path(); !path)
        return tl::unexpected(path.error());
    const double before = ownMemory();
    app::LogKeeper keeper(budget);
    std::optional<models::Error> trouble;
    QObject::connect(&keeper, &app::LogKeeper::troubled,
                     [&trouble](const models::Error& error) { trouble = error; });
    const quint64 log = keeper.open(models::LogPrefix::DockerTimestamp);
    Replay replay(keeper, log);
    Result<void> done;
    const double time = millisecondsOf([&] { done = replay.run(wanted); });
    if (!done || trouble)
        return tl::unexpected(trouble ? *trouble : done.error());
    const LogSnapshot snapshot = keeper.snapshot(log);
    models::LogReader reader;
    reader.setSnapshot(snapshot);
    if (snapshot.firstLine() != 0 || snapshot.lineCount() < wanted || reader.line(0).marker)
        return failure(ErrorCode::Internal, QStringLiteral("%1 of %2 lines are left")
                                                .arg(snapshot.lineCount() - snapshot.firstLine())
                                                .arg(wanted));
    FirstPage page(keeper, log);
    return Measurements{
        {QStringLiteral("logs.day"), (replay.peak() - before) / 1e6, QStringLiteral("MB"),
         QStringLiteral("budget of memory"), double(budget.memory) / 1e6, 1},
        {QStringLiteral("logs.day.first_page"), page.ofHits(), QStringLiteral("ms"),
         QStringLiteral("budget 100 ms, of hits in a log pane"), pageBudget, 1},
        {QStringLiteral("logs.day.first_rows"), page.ofRows(), QStringLiteral("ms"),
         QStringLiteral("budget 100 ms, of filtered lines there"), pageBudget, 1},
        {QStringLiteral("logs.day.replay"), double(snapshot.lineCount()) / time * 1e3,
         QStringLiteral("lines/s"), QStringLiteral("2,000 lines a second"), 2'000, 1}};
}

/// A file of this machine, opened as a person does, and what it costs the window's thread.
Result<Measurements> measureRead() {
    const Result<QString> path = LogParty::instance().path();
    if (!path)
        return tl::unexpected(path.error());
    FakeLogs logs;
    const app::StallMeter meter;
    bool isRead = false;
    const double time = millisecondsOf([&] {
        const quint64 log = logs.follower.read(*path);
        isRead = turnUntil([&] {
            return logs.keeper.snapshot(log).lineCount() == LogParty::instance().lineCount();
        });
    });
    if (!isRead)
        return failure(ErrorCode::Internal, QStringLiteral("the file was not read"));
    return Measurements{
        {QStringLiteral("logs.read"), double(LogParty::instance().size()) / 1e6 / time * 1e3,
         QStringLiteral("MB/s"), QStringLiteral("packing, on one thread"), 323, 1},
        {QStringLiteral("logs.read.stall"), meter.figures().worstProcessor, QStringLiteral("ms"),
         QStringLiteral("budget 16 ms of the window's thread's processor time"), frameBudget, 1}};
}

const Registration day(QStringLiteral("logs"), QStringLiteral("logs.day"), &measureDay);
const Registration read(QStringLiteral("logs"), QStringLiteral("logs.read"), &measureRead);

} // namespace

} // namespace tests

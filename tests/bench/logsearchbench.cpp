// SPDX-License-Identifier: GPL-3.0-or-later
// Searches in a log, beside ripgrep and lnav on the same file. What is not found alike is an error.
#include "benchmark.h"
#include "logparty.h"

#include "app/log/siftingeffort.h"
#include "models/log/logsift.h"

#include <algorithm>

namespace tests {

namespace {

using models::CompiledFilter;
using models::ErrorCode;
using models::failure;
using models::LogFilter;
using models::LogSift;
using models::LogSnapshot;
using models::Result;

constexpr int runs = 3;
constexpr size_t pageOfHits = 50;

std::shared_ptr<const CompiledFilter> filterOf(const LogParty::Search& search) {
    LogFilter filter;
    filter.terms.append({search.pattern, LogFilter::Sense::Include});
    return CompiledFilter::compile(filter).value_or(nullptr);
}

struct Found {
    double milliseconds = 0;
    qint64 hits = 0;
};

Found search(const LogSnapshot& snapshot, const LogParty::Search& wanted, int threads) {
    Found found;
    found.milliseconds = millisecondsOf([&] {
        LogSift sift(filterOf(wanted));
        sift.extend({snapshot});
        (void)sift.lookBack({{}, threads > 1 ? app::runAtOnce : nullptr});
        found.hits = static_cast<qint64>(sift.lines(0).size());
    });
    return found;
}

Result<Measurements> measureSearch(const LogParty::Search& wanted, int threads) {
    LogParty& party = LogParty::instance();
    const Result<LogSnapshot> hot = party.hot();
    if (!hot)
        return tl::unexpected(hot.error());
    QList<double> ours;
    QList<double> ripgrep;
    for (int run = 0; run < runs; ++run) {
        const Found found = search(*hot, wanted, threads);
        const Result<LogParty::Run> beside = party.run(
            QStringLiteral("rg"), {QStringLiteral("--no-config"), QStringLiteral("-j1"),
                                   QStringLiteral("-c"), QStringLiteral("-e"), wanted.forRipgrep});
        if (!beside)
            return tl::unexpected(beside.error());
        if (beside->output.trimmed().toLongLong() != found.hits)
            return failure(ErrorCode::Internal,
                           QStringLiteral("%1 has %2 hits, ripgrep %3")
                               .arg(wanted.name)
                               .arg(found.hits)
                               .arg(QString::fromLatin1(beside->output.trimmed())));
        ours.append(found.milliseconds);
        ripgrep.append(beside->milliseconds);
    }
    const QString form =
        threads == 1 ? QStringLiteral("logs.search.") : QStringLiteral("logs.search2.");
    return Measurements{{form + wanted.name, median(ours), QStringLiteral("ms"),
                         QStringLiteral("rg -j1"), median(ripgrep), runs}};
}

/// All searches in packed chunks on two threads, beside lnav that loads the log and filters it.
Result<Measurements> measureCold() {
    LogParty& party = LogParty::instance();
    const Result<LogSnapshot> cold = party.cold();
    if (!cold)
        return tl::unexpected(cold.error());
    const LogParty::Search& wanted = LogParty::searches().first();
    QList<double> times;
    for (int run = 0; run < runs; ++run)
        times.append(search(*cold, wanted, 2).milliseconds);
    const Result<LogParty::Run> lnav =
        party.run(QStringLiteral("lnav"), {QStringLiteral("-n"), QStringLiteral("-c"),
                                           QStringLiteral(":filter-in ") + wanted.forRipgrep});
    if (!lnav)
        return tl::unexpected(lnav.error());
    return Measurements{{QStringLiteral("logs.search_cold"), median(times), QStringLiteral("ms"),
                         QStringLiteral("lnav, load and filter"), lnav->milliseconds, runs}};
}

/// The slowest of all patterns to its first page, newest first, on one thread.
Result<Measurements> measureFirstHits() {
    const Result<LogSnapshot> hot = LogParty::instance().hot();
    if (!hot)
        return tl::unexpected(hot.error());
    double worst = 0;
    for (const LogParty::Search& wanted : LogParty::searches()) {
        QList<double> times;
        for (int run = 0; run < runs; ++run) {
            times.append(millisecondsOf([&] {
                LogSift sift(filterOf(wanted));
                sift.extend({*hot});
                while (!sift.isComplete() && sift.lines(0).size() < pageOfHits)
                    (void)sift.lookBack({[] { return true; }, {}});
            }));
        }
        worst = std::max(worst, median(times));
    }
    return Measurements{{QStringLiteral("logs.first_hits"), worst, QStringLiteral("ms"),
                         QStringLiteral("a frame of 16 ms"), 16.0, runs}};
}

/// One benchmark for each pattern and number of threads.
struct Searches {
    Searches() {
        for (const int threads : {1, 2}) {
            for (const LogParty::Search& wanted : LogParty::searches()) {
                const QString form =
                    threads == 1 ? QStringLiteral("logs.search.") : QStringLiteral("logs.search2.");
                const Registration each(
                    QStringLiteral("logs"), form + wanted.name,
                    [wanted, threads] { return measureSearch(wanted, threads); });
            }
        }
    }
};

const Searches searches;
const Registration cold(QStringLiteral("logs"), QStringLiteral("logs.search_cold"), &measureCold);
const Registration firstHits(QStringLiteral("logs"), QStringLiteral("logs.first_hits"),
                             &measureFirstHits);

} // namespace

} // namespace tests

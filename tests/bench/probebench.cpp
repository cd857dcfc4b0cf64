// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand checks a second of a server whose delay is known, by this program's prober and by
// QNetworkAccessManager: how far the median is from that delay, what was left out, and what it
// cost.
#include "app/diagnostics/stalls.h"
#include "app/http/networkprober.h"
#include "benchmark.h"
#include "tests/support/program.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <sys/resource.h>

#include <cmath>
#include <functional>
#include <memory>
#include <vector>

namespace tests {

namespace {

using models::Result;
using namespace std::chrono_literals;

constexpr int targets = 1'000; ///< each is due once a second
constexpr int delay = 20;      ///< ms
constexpr int quickSeconds = 10;
constexpr int fullSeconds = 60;

/// Has one target checked; the callback says how many milliseconds it took, negative: it failed.
using Check = std::function<void(int target, std::function<void(double)>)>;

struct Outcome {
    double error = 0;     ///< ms, of the median
    double skipped = 0;   ///< share of the checks that were due
    double processor = 0; ///< cores
    double worstTurn = 0; ///< ms of this thread's processor time
};

double processorSeconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// A check a millisecond, each target in its turn. One that is still under way when it is due again
/// is left out, as in the program itself.
Outcome drive(const Check& check) {
    struct State {
        std::vector<bool> isUnderWay = std::vector<bool>(targets);
        QList<double> times;
        qint64 due = 0;
        qint64 skipped = 0;
    };
    const auto state = std::make_shared<State>();
    const qint64 whole = qint64(isFull() ? fullSeconds : quickSeconds) * 1'000;
    app::StallMeter meter;
    QElapsedTimer clock;
    QEventLoop loop;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    const double before = processorSeconds();
    clock.start();
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        const qint64 now = std::min(clock.elapsed(), whole);
        for (; state->due < now; ++state->due) {
            const auto target = std::size_t(state->due % targets);
            if (state->isUnderWay[target]) {
                ++state->skipped;
                continue;
            }
            state->isUnderWay[target] = true;
            check(int(target), [state, target](double took) {
                state->isUnderWay[target] = false;
                if (took >= 0)
                    state->times.append(took);
                else
                    ++state->skipped;
            });
        }
        if (now >= whole)
            loop.quit();
    });
    timer.start(1);
    loop.exec();
    timer.stop();
    Outcome outcome;
    outcome.processor = (processorSeconds() - before) / (double(clock.nsecsElapsed()) / 1e9);
    outcome.worstTurn = meter.figures().worstProcessor;
    outcome.skipped = double(state->skipped) / double(whole);
    outcome.error = state->times.isEmpty() ? 1e3 : std::abs(median(state->times) - delay);
    return outcome;
}

Result<Measurements> measureProbes() {
    Program server;
    if (!server.start({QStringLiteral(GANTRY_DELAYSERVER), QString::number(delay)}))
        return models::failure(models::ErrorCode::Internal,
                               QStringLiteral("the server cannot be started"));
    const QString url = QStringLiteral("http://127.0.0.1:%1/")
                            .arg(QString::fromLatin1(server.readLine().trimmed()));
    const auto ours = [&url] {
        app::NetworkProber prober;
        return drive([&](int, const std::function<void(double)>& done) {
            models::Probe probe;
            probe.target = url;
            const models::Instant now{QDateTime::currentMSecsSinceEpoch() * 1'000'000};
            prober.probe({probe, {}, now}, [done](const models::ProbeReply& reply) {
                done(reply.phases.total ? double(reply.phases.total->count()) / 1e6 : -1.0);
            });
        });
    }();
    const auto theirs = [&url] {
        QNetworkAccessManager manager;
        return drive([&](int, const std::function<void(double)>& done) {
            auto took = std::make_shared<QElapsedTimer>();
            took->start();
            QNetworkReply* const reply = manager.get(QNetworkRequest(QUrl(url)));
            QObject::connect(reply, &QNetworkReply::finished, reply, [reply, took, done] {
                const bool isGood = reply->error() == QNetworkReply::NoError;
                done(isGood ? double(took->nsecsElapsed()) / 1e6 : -1.0);
                reply->deleteLater();
            });
        });
    }();
    server.closeInput();
    const QString against = QStringLiteral("QNetworkAccessManager");
    return Measurements{{QStringLiteral("health.probe_error"), ours.error, QStringLiteral("ms"),
                         against, theirs.error, 1},
                        {QStringLiteral("health.probe_skipped"), ours.skipped,
                         QStringLiteral("share"), against, theirs.skipped, 1},
                        {QStringLiteral("health.probe_cpu"), ours.processor,
                         QStringLiteral("cores"), against, theirs.processor, 1},
                        {QStringLiteral("health.probe_turn"), ours.worstTurn, QStringLiteral("ms"),
                         QStringLiteral("budget 16 ms"), app::StallMeter::longestTurn, 1}};
}

const Registration probes(QStringLiteral("health"), QStringLiteral("health.probe"), &measureProbes);

} // namespace

} // namespace tests

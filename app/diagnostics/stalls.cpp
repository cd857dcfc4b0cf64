// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/stalls.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QEvent>
#include <QMetaEnum>
#include <QPointer>
#include <QStringList>
#include <QThread>

#include <algorithm>
#include <cstdio>

#include <time.h>

namespace app {

namespace {

constexpr std::int64_t bucketNanoseconds = 10'000;
constexpr size_t buckets = 100'000; ///< one second in all

std::int64_t now(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

double milliseconds(std::int64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e6;
}

QPointer<StallMeter>& theMeter() {
    static QPointer<StallMeter> meter;
    return meter;
}

void print(const StallFigures& figures) {
    std::fprintf(stderr,
                 "stalls: %lld turns, worst %.2f ms of processor time, 99.9%% below %.2f ms, "
                 "worst %.2f ms\n",
                 static_cast<long long>(figures.turns), figures.worstProcessor, figures.wall999,
                 figures.worstWall);
}

} // namespace

StallMeter::StallMeter(QObject* parent)
    : QObject(parent)
    , m_turnsOf(buckets + 1, 0) {
    QCoreApplication::instance()->installEventFilter(this);
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this,
            &StallMeter::endTurn);
}

bool StallMeter::eventFilter(QObject* watched, QEvent* event) {
    if (!m_isInTurn && QThread::currentThread()->loopLevel() > 0) {
        m_isInTurn = true;
        m_receiver = watched->metaObject()->className();
        m_event = event->type();
        m_processorAtStart = now(CLOCK_THREAD_CPUTIME_ID);
        m_wallAtStart = now(CLOCK_MONOTONIC);
    }
    return false;
}

void StallMeter::endTurn() {
    if (!std::exchange(m_isInTurn, false))
        return;
    const std::int64_t wall = now(CLOCK_MONOTONIC) - m_wallAtStart;
    const std::int64_t processor = now(CLOCK_THREAD_CPUTIME_ID) - m_processorAtStart;
    m_worstProcessor = std::max(m_worstProcessor, processor);
    m_worstWall = std::max(m_worstWall, wall);
    ++m_turnsOf[std::min(static_cast<size_t>(wall / bucketNanoseconds), buckets)];
    ++m_turns;
    if (milliseconds(wall) > longestTurn) {
        const char* event = QMetaEnum::fromType<QEvent::Type>().valueToKey(m_event);
        Q_EMIT stalled(milliseconds(processor), milliseconds(wall),
                       QStringLiteral("%1 of %2")
                           .arg(QLatin1String(event ? event : "event"), QLatin1String(m_receiver)));
    }
}

StallFigures StallMeter::figures() const {
    StallFigures figures{m_turns, milliseconds(m_worstProcessor), milliseconds(m_worstWall), 0};
    qint64 above = m_turns / 1000; // turns that may be longer than the percentile
    for (size_t i = buckets + 1; i-- > 0 && m_turns > 0;) {
        above -= m_turnsOf[i];
        if (above < 0) {
            figures.wall999 =
                i == buckets
                    ? figures.worstWall
                    : std::min(figures.worstWall,
                               milliseconds(static_cast<std::int64_t>(i + 1) * bucketNanoseconds));
            break;
        }
    }
    return figures;
}

void StallMeter::restart() {
    m_turns = 0;
    m_worstProcessor = 0;
    m_worstWall = 0;
    std::fill(m_turnsOf.begin(), m_turnsOf.end(), 0);
}

void traceStalls() {
    const QStringList traces = qEnvironmentVariable("GANTRY_TRACE").split(QLatin1Char(','));
    if (!traces.contains(QLatin1String("stalls")) || theMeter())
        return;
    QCoreApplication* application = QCoreApplication::instance();
    theMeter() = new StallMeter(application);
    QObject::connect(theMeter(), &StallMeter::stalled, theMeter(),
                     [](double processor, double wall, const QString& began) {
                         std::fprintf(stderr,
                                      "stalls: %.2f ms, %.2f ms of processor time, from %s on\n",
                                      wall, processor, qPrintable(began));
                     });
    QObject::connect(application, &QCoreApplication::aboutToQuit, theMeter(),
                     [] { print(theMeter()->figures()); });
}

std::optional<StallFigures> stallFigures() {
    return theMeter() ? std::optional(theMeter()->figures()) : std::nullopt;
}

StallMeter* stallMeter() {
    return theMeter();
}

} // namespace app

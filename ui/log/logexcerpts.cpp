// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logexcerpts.h"

#include "models/log/loghistogram.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace ui {

namespace {

constexpr std::int64_t margin = std::chrono::nanoseconds(std::chrono::minutes(5)).count();

std::optional<app::LogFollower::Log> logOf(const app::LogFollower& logs, quint64 number) {
    for (const app::LogFollower::Log& log : logs.logs()) {
        if (log.number == number)
            return log;
    }
    return std::nullopt;
}

} // namespace

LogExcerpts::LogExcerpts(app::LogFollower& logs, QObject* parent)
    : QObject(parent)
    , m_logs(logs) {
    connect(&logs, &app::LogFollower::changed, this, &LogExcerpts::look);
    connect(&logs.keeper(), &app::LogKeeper::grown, this, &LogExcerpts::look);
}

void LogExcerpts::want(const QList<quint64>& logs, models::Instant from, models::Instant to) {
    m_time = {from, to.isNull() ? from : to};
    m_undecided = logs;
    // A file is whole, and an excerpt all that it is.
    m_undecided.removeIf([this](quint64 number) {
        const auto log = logOf(m_logs, number);
        return !log || !log->source || log->source->span;
    });
    m_reading.clear();
    look();
}

void LogExcerpts::look() {
    for (const quint64 number : QList<quint64>(m_undecided)) {
        const auto log = logOf(m_logs, number);
        const models::Instant begin = models::timeRange({m_logs.keeper().snapshot(number)}).first;
        if (log && begin.isNull())
            continue;
        // Opening an excerpt is a change, which has been looked at by now.
        const bool isUndecided = m_undecided.removeOne(number);
        if (isUndecided && log && begin > m_time.from)
            read(*log, begin);
    }
    m_reading.removeIf([this](quint64 number) { return !logOf(m_logs, number); });
    for (const quint64 number : QList<quint64>(m_reading)) {
        if (isRead(number) && m_reading.removeOne(number))
            Q_EMIT readToEnd(number);
    }
}

void LogExcerpts::read(const app::LogFollower::Log& log, models::Instant begin) {
    if (!log.source->canGiveSpan()) {
        Q_EMIT refused(log.title);
        return;
    }
    const models::Instant last{begin.nanoseconds - 1};
    const app::LogTimeSpan needed{m_time.from, std::min(m_time.until, last)};
    const models::Instant behind{needed.until.nanoseconds + margin};
    const app::LogTimeSpan around{{needed.from.nanoseconds - margin}, std::min(behind, last)};
    app::LogSource source = *log.source;
    quint64 excerpt = known(source, needed, around);
    if (excerpt == 0) {
        source.span = around;
        excerpt = m_logs.follow(source);
    }
    m_reading.append(excerpt);
}

quint64 LogExcerpts::known(const app::LogSource& source, const app::LogTimeSpan& needed,
                           const app::LogTimeSpan& around) {
    for (const app::LogFollower::Log& log : m_logs.logs()) {
        if (!log.source || !log.source->span)
            continue;
        const app::LogTimeSpan span = *log.source->span;
        app::LogSource followed = *log.source;
        followed.span.reset();
        if (followed != source)
            continue;
        const bool hasFailed = log.stream.state == app::LogStreamState::State::Failed;
        if (!hasFailed && span.from <= needed.from && needed.until <= span.until)
            return log.number;
        if (hasFailed || (span.from <= around.until && around.from <= span.until))
            m_logs.close(log.number);
    }
    return 0;
}

/// Its stream is over, and what it said last, a word on how, is among the lines.
bool LogExcerpts::isRead(quint64 number) const {
    using State = app::LogStreamState::State;
    const auto log = logOf(m_logs, number);
    if (!log)
        return false;
    const bool isOver = log->stream.state == State::Ended || log->stream.state == State::Failed;
    const models::LogSnapshot lines = m_logs.keeper().snapshot(number);
    return isOver && lines.lineCount() > 0 && lines.marker(lines.lineCount() - 1) != nullptr;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logfollower.h"

#include "app/diagnostics/clock.h"
#include "app/log/logwords.h"

#include <QFileInfo>

#include <algorithm>

namespace app {
namespace {

/// By less the order of lines changes and nobody sees it.
constexpr std::chrono::milliseconds clockRemark{100};

} // namespace

LogFollower::LogFollower(LogService& service, LogKeeper& keeper, QObject* parent)
    : QObject(parent)
    , m_service(service)
    , m_keeper(keeper) {
    connect(&service, &LogService::arrived, this, &LogFollower::take);
    connect(&service, &LogService::stateChanged, this, &LogFollower::noteState);
    connect(&keeper, &LogKeeper::taken, this, &LogFollower::noteTaken);
    connect(&keeper, &LogKeeper::readOn, this, &LogFollower::noteReading);
}

LogFollower::~LogFollower() {
    for (const auto& [number, kept] : m_logs) {
        if (kept.stream != 0)
            m_service.stop(kept.stream);
    }
}

QList<LogFollower::Log> LogFollower::logs() const {
    QList<Log> logs;
    for (const auto& [number, kept] : m_logs)
        logs.append(kept.log);
    return logs;
}

quint64 LogFollower::follow(const LogSource& source) {
    const auto known = std::find_if(m_logs.cbegin(), m_logs.cend(), [&source](const auto& entry) {
        return entry.second.log.source == source;
    });
    if (known != m_logs.cend()) {
        if (known->second.log.stream.state == LogStreamState::State::Failed)
            followAgain(known->first);
        return known->first;
    }
    Kept kept;
    kept.log.number = m_keeper.open(source.isOfRuntime() ? models::LogPrefix::DockerTimestamp
                                                         : models::LogPrefix::None);
    kept.log.title = source.title();
    kept.log.source = source;
    m_keeper.setClock(kept.log.number, m_clocks.value(source.host.ssh));
    kept.stream = m_service.follow(atItsClock(source));
    const quint64 number = kept.log.number;
    m_logs.emplace(number, std::move(kept));
    Q_EMIT changed();
    return number;
}

/// Its host knows a span by its own clock.
LogSource LogFollower::atItsClock(LogSource source) const {
    const std::int64_t ahead = m_clocks.value(source.host.ssh).count();
    if (source.span)
        source.span = {{source.span->from.nanoseconds + ahead},
                       {source.span->until.nanoseconds + ahead}};
    return source;
}

void LogFollower::followAgain(quint64 number) {
    const auto found = m_logs.find(number);
    if (found == m_logs.end() || found->second.stream == 0)
        return;
    Kept& kept = found->second;
    m_service.stop(kept.stream);
    if (kept.log.bytes > 0) {
        const models::Instant at = presentInstant();
        m_keeper.mark(number, {models::LogMarker::Kind::Gap, at, at, 0,
                               tr("Followed again. Lines since then may be missing, and some may "
                                  "come twice.")
                                   .toUtf8()});
    }
    kept.stream = m_service.follow(atItsClock(*kept.log.source));
    kept.log.stream = {};
    Q_EMIT changed();
}

quint64 LogFollower::read(const QString& path) {
    Kept kept;
    kept.log.number = m_keeper.read(path);
    kept.log.title = QFileInfo(path).fileName();
    kept.log.path = path;
    kept.log.state = Log::State::Reading;
    kept.log.size = QFileInfo(path).size();
    const quint64 number = kept.log.number;
    m_logs.emplace(number, std::move(kept));
    Q_EMIT changed();
    return number;
}

/// What it changes by is told between the lines, where there are any.
void LogFollower::noteClock(const QString& ssh, std::chrono::nanoseconds ahead) {
    const std::chrono::nanoseconds before = m_clocks.value(ssh);
    if (ssh.isEmpty() || ahead == before)
        return;
    m_clocks.insert(ssh, ahead);
    for (const auto& [number, kept] : m_logs) {
        if (!kept.log.source || kept.log.source->host.ssh != ssh)
            continue;
        const bool isWorthAWord = std::chrono::abs(ahead - before) >= clockRemark;
        if (kept.log.bytes > 0 && isWorthAWord) {
            const logwords::Remark remark =
                logwords::clockCorrected(kept.log.source->host.name, ahead);
            const models::Instant at = presentInstant();
            m_keeper.mark(number, {remark.kind, at, at, 0, remark.text.toUtf8()});
        }
        m_keeper.setClock(number, ahead);
    }
}

void LogFollower::close(quint64 number) {
    const auto found = m_logs.find(number);
    if (found == m_logs.end())
        return;
    if (found->second.stream != 0)
        m_service.stop(found->second.stream);
    m_keeper.close(number);
    m_logs.erase(found);
    Q_EMIT changed();
}

LogFollower::Kept* LogFollower::ofStream(quint64 stream) {
    const auto found = std::find_if(m_logs.begin(), m_logs.end(), [stream](const auto& entry) {
        return entry.second.stream == stream;
    });
    return found == m_logs.end() ? nullptr : &found->second;
}

void LogFollower::take(quint64 stream, const LogBatch& batch) {
    const Kept* kept = ofStream(stream);
    if (!kept)
        return;
    // What was written long ago did not arrive then.
    const models::Instant arrived = kept->log.source->span ? models::Instant() : presentInstant();
    for (const auto& part : batch) {
        if (const auto* piece = std::get_if<LogPiece>(&part))
            m_keeper.append(kept->log.number, piece->channel, piece->bytes, arrived);
        else
            m_keeper.mark(kept->log.number, std::get<models::LogMarker>(part));
    }
}

void LogFollower::noteState(quint64 stream, const LogStreamState& state) {
    if (Kept* kept = ofStream(stream)) {
        kept->log.stream = state;
        Q_EMIT changed();
    }
}

void LogFollower::noteTaken(quint64 number, qint64 bytes) {
    const auto found = m_logs.find(number);
    if (found == m_logs.end())
        return;
    Kept& kept = found->second;
    kept.log.bytes += bytes;
    m_service.acknowledge(kept.stream, bytes);
}

void LogFollower::noteReading(quint64 number, const LogReading& reading) {
    const auto found = m_logs.find(number);
    if (found == m_logs.end())
        return;
    Log& log = found->second.log;
    log.bytes = reading.bytes;
    log.position = reading.position;
    log.error = reading.error;
    if (reading.isOver)
        log.state = reading.error ? Log::State::Failed : Log::State::Read;
    Q_EMIT changed();
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/logwatch.h"

#include "app/diagnostics/clock.h"
#include "app/log/servicelogs.h"
#include "models/log/logstamp.h"

#include <utility>

namespace app {

namespace {

constexpr std::chrono::seconds heartbeat{5};

/// When a line was written: by the runtime, else by its own words, else it came just now.
models::Instant timeOf(QByteArrayView line, bool isStamped, models::Instant now) {
    const models::LogStamp stamp =
        isStamped ? models::dockerStamp(line) : models::leadingStamp(line);
    return stamp.length > 0 && stamp.time <= now ? stamp.time : now;
}

QByteArrayView lineAround(QByteArrayView text, qsizetype offset) {
    const qsizetype before = text.first(offset).lastIndexOf('\n');
    const qsizetype end = text.indexOf('\n', offset);
    return text.sliced(before + 1, (end < 0 ? text.size() : end) - before - 1);
}

} // namespace

LogWatch::LogWatch(HealthService& health, LogService& logs, HealthService::Now now, QObject* parent)
    : QObject(parent)
    , m_health(health)
    , m_logs(logs)
    , m_now(now ? std::move(now) : presentInstant) {
    m_heartbeat.setInterval(heartbeat);
    connect(&m_heartbeat, &QTimer::timeout, this, &LogWatch::noteFollowed);
    connect(&logs, &LogService::arrived, this, &LogWatch::take);
    connect(&logs, &LogService::stateChanged, this, &LogWatch::noteState);
    connect(&health, &HealthService::rebuilt, this, &LogWatch::rebuild);
    connect(&health, &HealthService::workspaceTaken, this, &LogWatch::rebuild);
    rebuild();
}

LogWatch::~LogWatch() {
    stopAll();
}

void LogWatch::stopAll() {
    m_heartbeat.stop();
    for (const auto& [stream, followed] : m_followed)
        m_logs.stop(stream);
}

void LogWatch::rebuild() {
    stopAll();
    m_scans.clear();
    std::map<quint64, Followed> old = std::exchange(m_left, {});
    old.merge(std::exchange(m_followed, {}));
    if (m_health.trust() != TrustKeeper::Standing::Trusted) {
        m_left = std::move(old);
        for (auto& [stream, left] : m_left)
            left.tally.lose(m_now());
        return;
    }
    const models::Workspace& workspace = m_health.workspace();
    QStringList classes;
    for (const models::LogClass& logClass : workspace.logClasses) {
        const auto matcher =
            models::LogMatcher::compile({logClass.pattern, models::LogPattern::Syntax::Regex});
        if (!matcher)
            continue; // conditions that ask for it are told that it is not there
        classes.append(logClass.name);
        m_scans.push_back(std::make_unique<models::LineScan>(*matcher));
    }
    if (classes.isEmpty())
        return;
    for (const models::Environment& environment : workspace.environments) {
        for (const models::Service& service : environment.services) {
            for (const models::ServiceLog& log : service.logs) {
                for (LogSource source : logSources(environment, log)) {
                    source.tail = 0;
                    source.askedBy = models::AskedBy::Program;
                    Followed followed{environment.name, service.name, source,
                                      models::LogTally(classes)};
                    // What the same one has shown so far is kept.
                    for (const auto& [number, known] : old) {
                        if (known.environment == followed.environment &&
                            known.service == followed.service && known.source == source &&
                            known.tally.classes() == classes)
                            followed.tally = known.tally;
                    }
                    followed.tally.lose(m_now());
                    m_followed.insert({m_logs.follow(source), std::move(followed)});
                }
            }
        }
    }
    m_heartbeat.start();
}

void LogWatch::take(quint64 stream, const LogBatch& batch) {
    const auto found = m_followed.find(stream);
    if (found == m_followed.end())
        return;
    qint64 bytes = 0;
    for (const auto& part : batch) {
        if (const auto* const piece = std::get_if<LogPiece>(&part)) {
            count(found->second, piece->bytes);
            bytes += piece->bytes.size();
        } else if (const auto& marker = std::get<models::LogMarker>(part);
                   marker.kind == models::LogMarker::Kind::Resumed) {
            found->second.tally.cover(marker.from, marker.to);
        }
    }
    m_logs.acknowledge(stream, bytes);
}

void LogWatch::count(Followed& followed, const QByteArray& bytes) {
    const models::Instant now = m_now();
    const QByteArray text = bytes.endsWith('\n') ? bytes : bytes + '\n';
    for (std::size_t i = 0; i < m_scans.size(); ++i) {
        std::vector<std::uint32_t> offsets;
        m_scans[i]->scan(text, offsets);
        for (const std::uint32_t offset : offsets)
            followed.tally.count(
                static_cast<qsizetype>(i),
                timeOf(lineAround(text, offset), followed.source.isOfRuntime(), now));
    }
}

void LogWatch::noteState(quint64 stream, const LogStreamState& state) {
    const auto found = m_followed.find(stream);
    if (found == m_followed.end())
        return;
    // A container that does not run writes nothing that could be missed.
    found->second.isFollowed = state.state == LogStreamState::State::Following ||
                               state.state == LogStreamState::State::Stopped;
    if (found->second.isFollowed)
        found->second.tally.follow(m_now());
    else
        found->second.tally.lose(m_now());
}

void LogWatch::noteFollowed() {
    for (auto& [stream, followed] : m_followed) {
        if (followed.isFollowed)
            followed.tally.follow(m_now());
    }
}

std::vector<const models::LogTally*> LogWatch::tallies(const QString& environment,
                                                       const QString& service) const {
    std::vector<const models::LogTally*> tallies;
    for (const auto* const each : {&m_followed, &m_left}) {
        for (const auto& [stream, followed] : *each) {
            if (followed.environment == environment && followed.service == service)
                tallies.push_back(&followed.tally);
        }
    }
    return tallies;
}

} // namespace app

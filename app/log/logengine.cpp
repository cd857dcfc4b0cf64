// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logengine.h"

#include "app/log/logstream.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto batchTime = 50ms;
/// Not acknowledged, of one stream. Below the second it flows again.
constexpr qint64 mostUnderWay = 4 * 1024 * 1024;
constexpr qint64 flowsAgain = mostUnderWay / 2;
/// Of one stream, before the time is up.
constexpr qint64 fullBatch = 1024 * 1024;

} // namespace

/// One stream with what waits to go out.
class LogEngine::Outlet final : public LogSink {
public:
    Outlet(LogEngine& engine, quint64 number, const LogSource& source)
        : m_engine(engine)
        , m_number(number)
        , m_stream(engine.m_origins->origin(source), *this, source.tail, LogStream::Pace(),
                   source.span) {
        QObject::connect(&m_stream, &LogStream::stateChanged, &engine, [this] {
            // What it delivered comes before what became of it.
            flush();
            Q_EMIT m_engine.stateChanged(m_number, m_stream.state());
        });
        m_stream.start(source.askedBy);
    }

    void append(models::LogChannel channel, const QByteArray& bytes) override {
        auto* const last = m_batch.isEmpty() ? nullptr : std::get_if<LogPiece>(&m_batch.last());
        if (last && last->channel == channel)
            last->bytes += bytes;
        else
            m_batch.append(LogPiece{channel, bytes});
        m_size += bytes.size();
        m_underWay += bytes.size();
        if (m_underWay > mostUnderWay)
            m_stream.setFlow(LogFeed::Flow::Held);
        if (m_size >= fullBatch)
            flush();
        else
            m_engine.flushLater();
    }

    void mark(const models::LogMarker& marker) override {
        m_batch.append(marker);
        m_engine.flushLater();
    }

    void acknowledge(qint64 bytes) {
        m_underWay -= bytes;
        if (m_underWay < flowsAgain)
            m_stream.setFlow(LogFeed::Flow::Flowing);
    }

    void flush() {
        m_size = 0;
        if (!m_batch.isEmpty())
            Q_EMIT m_engine.arrived(m_number, std::exchange(m_batch, {}));
    }

    void stop() { m_stream.stop(); }

private:
    LogEngine& m_engine;
    const quint64 m_number;
    LogBatch m_batch;
    qint64 m_size = 0;
    qint64 m_underWay = 0;
    LogStream m_stream;
};

LogEngine::LogEngine(std::unique_ptr<LogOrigins> origins)
    : m_origins(std::move(origins)) {
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &LogEngine::flush);
}

LogEngine::~LogEngine() = default;

void LogEngine::watch(const models::Host& host) {
    const auto isThis = [&host](const Watched& one) { return one.host == host; };
    if (std::any_of(m_watched.cbegin(), m_watched.cend(), isThis))
        return;
    m_watched.push_back({host, m_origins->watch(host)});
    ContainerWatch* const watch = m_watched.back().watch.get();
    connect(watch, &ContainerWatch::changed, this, &LogEngine::containersChanged);
    watch->start();
}

void LogEngine::unwatch(const models::Host& host) {
    std::erase_if(m_watched, [&host](const Watched& one) { return one.host == host; });
}

void LogEngine::follow(quint64 stream, const LogSource& source) {
    m_streams[stream] = std::make_unique<Outlet>(*this, stream, source);
}

void LogEngine::stop(quint64 stream) {
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    found->second->stop();
    found->second->flush();
    m_streams.erase(found);
}

void LogEngine::acknowledge(quint64 stream, qint64 bytes) {
    if (const auto found = m_streams.find(stream); found != m_streams.end())
        found->second->acknowledge(bytes);
}

void LogEngine::flushLater() {
    if (!m_flush.isActive())
        m_flush.start(batchTime);
}

void LogEngine::flush() {
    for (const auto& [number, outlet] : m_streams)
        outlet->flush();
}

} // namespace app

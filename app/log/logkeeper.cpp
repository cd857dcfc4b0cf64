// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logkeeper.h"

#include "app/log/logshelf.h"
#include "app/run/enginethread.h"

#include <utility>

namespace app {

LogKeeper::LogKeeper(const models::LogBudget& budget, QObject* parent)
    : QObject(parent)
    , m_thread(std::make_unique<EngineThread>(QStringLiteral("log stores"))) {
    auto news = std::make_shared<News>();
    LogShelf::Listener listener;
    listener.grown = [news](quint64 log, const models::LogSnapshot& snapshot, qint64 bytes) {
        news->append({log, snapshot, bytes, {}});
    };
    listener.read = [news](quint64, const LogReading& reading) { news->last().reading = reading; };
    listener.flushed = [this, news] {
        m_inbox.post([this, told = std::exchange(*news, {})] { tell(told); });
    };
    listener.troubled = [this](const models::Error& error) {
        m_inbox.post([this, error] { Q_EMIT troubled(error); });
    };
    m_thread->post(
        [this, budget, listener] { m_shelf = std::make_unique<LogShelf>(budget, listener); });
}

LogKeeper::~LogKeeper() {
    m_thread->postAndWait([this] { m_shelf.reset(); });
}

void LogKeeper::tell(const News& news) {
    QList<quint64> logs;
    const auto isOpen = [this](const Told& told) { return m_snapshots.contains(told.log); };
    for (const Told& told : news) {
        if (!isOpen(told))
            continue;
        m_snapshots.insert(told.log, told.snapshot);
        logs.append(told.log);
        if (told.bytes > 0)
            Q_EMIT taken(told.log, told.bytes);
    }
    if (!logs.isEmpty())
        Q_EMIT grown(logs);
    for (const Told& told : news) {
        if (told.reading && isOpen(told))
            Q_EMIT readOn(told.log, *told.reading);
    }
}

quint64 LogKeeper::open(models::LogPrefix prefix) {
    const quint64 log = ++m_last;
    m_snapshots.insert(log, {});
    m_thread->post([this, log, prefix] { m_shelf->open(log, prefix); });
    return log;
}

quint64 LogKeeper::read(const QString& path) {
    const quint64 log = ++m_last;
    m_snapshots.insert(log, {});
    m_thread->post([this, log, path] { m_shelf->read(log, path); });
    return log;
}

void LogKeeper::append(quint64 log, models::LogChannel channel, const QByteArray& bytes,
                       models::Instant arrived) {
    m_thread->post(
        [this, log, channel, bytes, arrived] { m_shelf->append(log, channel, bytes, arrived); });
}

void LogKeeper::setClock(quint64 log, std::chrono::nanoseconds ahead) {
    m_thread->post([this, log, ahead] { m_shelf->setClock(log, ahead); });
}

void LogKeeper::mark(quint64 log, const models::LogMarker& marker) {
    m_thread->post([this, log, marker] { m_shelf->mark(log, marker); });
}

void LogKeeper::finish(quint64 log) {
    m_thread->post([this, log] { m_shelf->finish(log); });
}

void LogKeeper::close(quint64 log) {
    m_snapshots.remove(log);
    m_thread->post([this, log] { m_shelf->close(log); });
}

} // namespace app

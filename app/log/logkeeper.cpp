// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logkeeper.h"

#include "app/log/logshelf.h"
#include "app/run/enginethread.h"

#include <utility>

namespace app {

LogKeeper::LogKeeper(const models::LogBudget& budget, QObject* parent)
    : QObject(parent)
    , m_thread(std::make_unique<EngineThread>()) {
    // A moment's news travel together, and the window turns once for all of them.
    auto news = std::make_shared<QList<std::tuple<quint64, models::LogSnapshot, qint64>>>();
    LogShelf::Listener listener;
    listener.grown = [news](quint64 log, const models::LogSnapshot& snapshot, qint64 bytes) {
        news->append({log, snapshot, bytes});
    };
    listener.flushed = [this, news] {
        m_inbox.post([this, told = std::exchange(*news, {})] {
            QList<quint64> logs;
            for (const auto& [log, snapshot, bytes] : told) {
                if (!m_snapshots.contains(log))
                    continue;
                m_snapshots.insert(log, snapshot);
                logs.append(log);
                if (bytes > 0)
                    Q_EMIT taken(log, bytes);
            }
            if (!logs.isEmpty())
                Q_EMIT grown(logs);
        });
    };
    listener.troubled = [this](const models::Error& error) {
        m_inbox.post([this, error] { Q_EMIT troubled(error); });
    };
    m_thread->post([this, budget, listener] { m_shelf = new LogShelf(budget, listener); });
}

LogKeeper::~LogKeeper() {
    m_thread->postAndWait([this] { delete m_shelf; });
}

quint64 LogKeeper::open(models::LogPrefix prefix) {
    const quint64 log = ++m_last;
    m_snapshots.insert(log, {});
    m_thread->post([this, log, prefix] { m_shelf->open(log, prefix); });
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

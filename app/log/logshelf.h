// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/courier.h"
#include "models/log/logstore.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace app {

/// The stores of a LogKeeper, on its thread. Packing and spilling go on beside it, on another one.
class LogShelf final : public QObject {
    Q_OBJECT

public:
    /// Called on this thread.
    struct Listener {
        std::function<void(quint64 log, const models::LogSnapshot& snapshot, qint64 bytes)> grown;
        std::function<void()> flushed; ///< after the grown ones of a moment
        std::function<void(const models::Error& error)> troubled;
    };

    LogShelf(const models::LogBudget& budget, Listener listener);
    /// Waits for the work that is under way.
    ~LogShelf() override;
    Q_DISABLE_COPY_MOVE(LogShelf)

    void open(quint64 log, models::LogPrefix prefix);
    void append(quint64 log, models::LogChannel channel, const QByteArray& bytes,
                models::Instant arrived);
    void setClock(quint64 log, std::chrono::nanoseconds ahead);
    void mark(quint64 log, const models::LogMarker& marker);
    void finish(quint64 log);
    void close(quint64 log);

private:
    struct Kept {
        std::unique_ptr<models::LogStore> store;
        qint64 bytes = 0; ///< appended since the last flush
        bool isChanged = false;
        bool isWorkedOn = false;
        bool isStuck = false; ///< the last work failed, and nothing came since
    };

    Kept* find(quint64 log);
    void noteChange(Kept& kept);
    void flush();
    void shareBudget();
    void work(quint64 log, Kept& kept);
    void finishWork(quint64 log, models::LogWork work);

    models::LogBudget m_budget;
    Listener m_listener;
    std::shared_ptr<models::TextPool> m_pool = models::TextPool::make();
    std::shared_ptr<models::LogSpill> m_spill;
    std::map<quint64, Kept> m_logs;
    QTimer m_flush;
    bool m_isTroubled = false;
    Courier m_inbox; ///< finished work
    QThreadPool m_workers;
};

} // namespace app

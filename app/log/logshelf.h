// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logintake.h"
#include "app/log/logreading.h"
#include "app/run/courier.h"
#include "models/log/logstore.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace app {

/// The stores of a LogKeeper, on its thread. Files are read, and lines packed and spilled, on
/// others beside it.
class LogShelf final : public QObject {
    Q_OBJECT

public:
    /// Called on this thread.
    struct Listener {
        std::function<void(quint64 log, const models::LogSnapshot& snapshot, qint64 bytes)> grown;
        std::function<void(quint64 log, const LogReading& reading)> read; ///< behind grown
        std::function<void()> flushed; ///< after what is told of a moment
        std::function<void(const models::Error& error)> troubled;
    };

    LogShelf(const models::LogBudget& budget, Listener listener);
    /// Waits for the work that is under way.
    ~LogShelf() override;
    Q_DISABLE_COPY_MOVE(LogShelf)

    void open(quint64 log, models::LogPrefix prefix);
    /// Opens a log with what a file has.
    void read(quint64 log, const QString& path);
    void append(quint64 log, models::LogChannel channel, const QByteArray& bytes,
                models::Instant arrived);
    void setClock(quint64 log, std::chrono::nanoseconds ahead);
    void mark(quint64 log, const models::LogMarker& marker);
    void finish(quint64 log);
    void close(quint64 log);

private:
    class Packer;

    struct Kept {
        std::unique_ptr<models::LogStore> store;
        qint64 bytes = 0; ///< appended since the last flush
        bool isChanged = false;
        bool isWorkedOn = false;
        bool isStuck = false;              ///< the last work failed, and nothing came since
        std::optional<LogReading> reading; ///< of a file
        qint64 unacknowledged = 0;         ///< bytes of it
    };

    Kept* find(quint64 log);
    /// Lines come faster than older ones get packed and spilled. None are to go for that.
    [[nodiscard]] static bool isBehind(const Kept& kept) {
        return kept.isWorkedOn && kept.store->isBehind();
    }
    void take(LogIntake::Part part);
    void readOn(quint64 log, Kept& kept);
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
    Courier m_inbox; ///< finished work, and parts of files
    LogIntake m_intake;
    std::unique_ptr<Packer> m_packer;
};

} // namespace app

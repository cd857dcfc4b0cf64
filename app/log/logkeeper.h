// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logreading.h"
#include "app/run/courier.h"
#include "models/log/logline.h"
#include "models/log/logsnapshot.h"
#include "models/log/logstore.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace app {

class EngineThread;
class LogShelf;

/// Keeps the lines of all open logs in stores that live on a thread of their own, and tells what
/// they have as snapshots. On the main thread; nothing here blocks it.
class LogKeeper final : public QObject {
    Q_OBJECT

public:
    /// budget: of all logs together.
    explicit LogKeeper(const models::LogBudget& budget = {}, QObject* parent = nullptr);
    /// Snapshots that were given out stay good.
    ~LogKeeper() override;
    Q_DISABLE_COPY_MOVE(LogKeeper)

    /// Begins an empty log; gives its number, which no other ever has.
    [[nodiscard]] quint64 open(models::LogPrefix prefix);
    /// Begins a log with what a file of this machine has, plain or packed, as it is now; see
    /// readOn(). It takes nothing else.
    [[nodiscard]] quint64 read(const QString& path);
    /// arrived: the time of lines that have none of their own; null for none.
    void append(quint64 log, models::LogChannel channel, const QByteArray& bytes,
                models::Instant arrived = {});
    /// See LogStore::setClock(); of lines that come from here on.
    void setClock(quint64 log, std::chrono::nanoseconds ahead);
    void mark(quint64 log, const models::LogMarker& marker);
    /// What still waits for its line end becomes a line.
    void finish(quint64 log);
    void close(quint64 log);
    /// As it was told last; empty for none.
    [[nodiscard]] models::LogSnapshot snapshot(quint64 log) const { return m_snapshots.value(log); }

Q_SIGNALS:
    /// These have other snapshots now; at most 60 times a second.
    void grown(const QList<quint64>& logs);
    /// So many appended bytes are in the store: more of the stream may come.
    void taken(quint64 log, qint64 bytes);
    /// A file is read so far; told behind grown().
    void readOn(quint64 log, const app::LogReading& reading);
    /// Lines could not be moved to the disk, for the first time or again after it went well.
    void troubled(const models::Error& error);

private:
    /// What is new of one log.
    struct Told {
        quint64 log = 0;
        models::LogSnapshot snapshot;
        qint64 bytes = 0;
        std::optional<LogReading> reading; ///< of a file
    };
    /// A moment's news travel together, and the window turns once for all of them.
    using News = QList<Told>;

    void tell(const News& news);

    std::unique_ptr<EngineThread> m_thread;
    std::unique_ptr<LogShelf> m_shelf; ///< made, used and ended there
    Courier m_inbox;                   ///< what that thread says
    QHash<quint64, models::LogSnapshot> m_snapshots;
    quint64 m_last = 0;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logkeeper.h"
#include "app/log/logservice.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace app {

/// Follows sources and keeps what they deliver; reads log files in. On the main thread.
class LogFollower final : public QObject {
    Q_OBJECT

public:
    /// One log that is kept. A value.
    struct Log {
        enum class State : std::uint8_t {
            Following, ///< see stream
            Reading,   ///< a file, up to `position` so far
            Read,      ///< a file, whole
            Failed,    ///< a file: see error
        };

        quint64 number = 0; ///< of the keeper
        QString title;
        std::optional<LogSource> source; ///< none: a file
        QString path;                    ///< of a file
        State state = State::Following;
        LogStreamState stream;
        std::optional<models::Error> error;
        qint64 bytes = 0;    ///< of the log; a packed file has fewer
        qint64 position = 0; ///< in a file
        qint64 size = 0;     ///< of a file
    };

    /// Both outlive it.
    LogFollower(LogService& service, LogKeeper& keeper, QObject* parent = nullptr);
    /// Stops all of them.
    ~LogFollower() override;

    [[nodiscard]] LogService& service() { return m_service; }
    [[nodiscard]] LogKeeper& keeper() { return m_keeper; }
    /// In the order in which they were asked for.
    [[nodiscard]] QList<Log> logs() const;
    /// One source is followed once: the number of the log that does it already, or of a new one.
    /// One that failed is asked for again.
    quint64 follow(const LogSource& source);
    /// Tries a stream that has ended or failed once more, behind the lines that it has.
    void followAgain(quint64 number);
    /// Reads a file of this machine, as it is now; packed ones too.
    quint64 read(const QString& path);
    /// The clock of a host, by what the workspace writes for ssh, is so far ahead of ours: times of
    /// its lines are taken back by that, so that lines of several hosts stand as they were written.
    void noteClock(const QString& ssh, std::chrono::nanoseconds ahead);
    /// Lets the log go, with its lines.
    void close(quint64 number);

Q_SIGNALS:
    /// Logs came or went, or one stands otherwise.
    void changed();

private:
    struct Kept {
        Log log;
        quint64 stream = 0; ///< of the service; 0: a file
    };

    void take(quint64 stream, const LogBatch& batch);
    void noteState(quint64 stream, const LogStreamState& state);
    void noteTaken(quint64 number, qint64 bytes);
    void noteReading(quint64 number, const LogReading& reading);
    Kept* ofStream(quint64 stream);
    [[nodiscard]] LogSource atItsClock(LogSource source) const;

    LogService& m_service;
    LogKeeper& m_keeper;
    std::map<quint64, Kept> m_logs;                    ///< by their number, which grows
    QHash<QString, std::chrono::nanoseconds> m_clocks; ///< by ssh
};

} // namespace app

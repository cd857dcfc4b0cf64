// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthservice.h"
#include "app/log/logservice.h"
#include "models/health/logtally.h"
#include "models/log/logpattern.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace app {

/// Follows the logs of an open workspace's services and counts their lines by the workspace's
/// `log_classes`, for conditions. Nothing is followed where it has none, or before it is trusted.
/// Main thread.
class LogWatch final : public QObject {
    Q_OBJECT

public:
    /// health and logs outlive it. now: of the system's clock, where nothing else is given.
    LogWatch(HealthService& health, LogService& logs, HealthService::Now now = {},
             QObject* parent = nullptr);
    ~LogWatch() override;

    /// One for each place of each of its logs; since trust was taken back, what was counted before.
    [[nodiscard]] std::vector<const models::LogTally*> tallies(const QString& environment,
                                                               const QString& service) const;
    /// Notes which logs are followed at this moment; it is done by itself every five seconds.
    void noteFollowed();

private:
    struct Followed {
        QString environment;
        QString service;
        LogSource source;
        models::LogTally tally;
        bool isFollowed = false;
    };

    void rebuild();
    void stopAll();
    void take(quint64 stream, const LogBatch& batch);
    void count(Followed& followed, const QByteArray& bytes);
    void noteState(quint64 stream, const LogStreamState& state);

    HealthService& m_health;
    LogService& m_logs;
    HealthService::Now m_now;
    std::vector<std::unique_ptr<models::LineScan>> m_scans; ///< by class
    std::map<quint64, Followed> m_followed;                 ///< by stream
    std::map<quint64, Followed> m_left;                     ///< while nothing is trusted, as it was
    QTimer m_heartbeat;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"

#include <QList>
#include <QObject>
#include <QString>

namespace ui {

/// Times that lie before what a log holds are read from its source, each as a log of its own: what
/// is kept of one stays in the order in which it arrived. An excerpt ends where the log begins, so
/// that no line shows twice. Main thread.
class LogExcerpts final : public QObject {
    Q_OBJECT

public:
    /// logs outlives it.
    explicit LogExcerpts(app::LogFollower& logs, QObject* parent);

    /// Reads what these logs do not hold of that time, with a few minutes around it, as soon as it
    /// is known where they begin. A null end: of its beginning. What was wanted before is not
    /// wanted any more; what is being read of it goes on.
    void want(const QList<quint64>& logs, models::Instant from, models::Instant to);
    /// Where it is not known by now where a log begins, nothing of it is wanted any more.
    void settle() { m_undecided.clear(); }
    /// Whether more may come of what is wanted.
    [[nodiscard]] bool isBusy() const { return !m_undecided.isEmpty() || !m_reading.isEmpty(); }

Q_SIGNALS:
    /// It has all its lines, and is to be shown beside the log that it is of. Not before: lines
    /// that arrive long behind later ones are not put before those.
    void readToEnd(quint64 log);
    /// The source that is called so cannot be asked for a time.
    void refused(const QString& title);

private:
    void look();
    void read(const app::LogFollower::Log& log, models::Instant begin);
    /// An excerpt that has the time already; what has a part of it, or failed, is let go.
    [[nodiscard]] quint64 known(const app::LogSource& source, const app::LogTimeSpan& needed,
                                const app::LogTimeSpan& around);
    [[nodiscard]] bool isRead(quint64 log) const;

    app::LogFollower& m_logs;
    app::LogTimeSpan m_time;
    QList<quint64> m_undecided; ///< where they begin is not known
    QList<quint64> m_reading;
};

} // namespace ui

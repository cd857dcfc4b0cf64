// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnostics/clock.h"
#include "app/health/healthhistory.h"
#include "app/storage/database.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace app {

/// Where a history is and how much of it is kept.
struct HistoryOptions {
    QString folder;
    std::function<models::Instant()> clock = presentInstant;
    std::chrono::days retention{90};
    qint64 mostBytes = 512LL * 1024 * 1024; ///< of the file; what is oldest goes first

    [[nodiscard]] QString path() const { return folder + QStringLiteral("/health.sqlite"); }
};

/// One check that waits to be written.
struct HistoryEntry {
    models::ProbeIdentity probe;
    models::CheckRecord check;
    LastCheck last;
};

/// The history's work, all of it on the history's own thread. Checks lie as they came for a day,
/// each console's in rows of its own, then they are rolled up: 5 minutes for a week, hours for as
/// long as the history is kept.
class HistoryWorker {
public:
    explicit HistoryWorker(HistoryOptions options);

    /// Opens the file if it is not: what failed once may go later.
    [[nodiscard]] models::Result<void> ready();
    [[nodiscard]] QString notice() const { return m_database.notice(); }

    [[nodiscard]] models::Result<std::optional<LastCheck>>
    lastOf(const models::ProbeIdentity& probe);
    [[nodiscard]] models::Result<ProbePast> pastOf(const models::ProbeIdentity& probe);
    /// All of them or none.
    [[nodiscard]] models::Result<void> write(const std::vector<HistoryEntry>& entries);
    /// Rolls up what is older than a day, and removes what is older than it is kept or does not
    /// fit.
    [[nodiscard]] models::Result<void> maintain();
    void setRetention(std::chrono::days retention) { m_options.retention = retention; }

private:
    [[nodiscard]] models::Result<std::optional<qint64>> find(const models::ProbeIdentity& probe);
    [[nodiscard]] models::Result<qint64> idOf(const models::ProbeIdentity& probe);
    [[nodiscard]] models::Result<void>
    inTransaction(const std::function<models::Result<void>()>& work);
    [[nodiscard]] models::Result<void> writeEntries(const std::vector<HistoryEntry>& entries);
    [[nodiscard]] models::Result<void> writeLast(qint64 probe, const LastCheck& last);
    [[nodiscard]] models::Result<void> readSlots(qint64 probe, std::chrono::seconds resolution,
                                                 ProbePast& past);
    [[nodiscard]] models::Result<std::vector<models::CheckRecord>>
    readChecks(qint64 probe, const QString& where, const QVariantList& values);
    [[nodiscard]] models::Result<bool> rollUpSome();
    [[nodiscard]] models::Result<void> rollUp(qint64 probe, qint64 hour);
    [[nodiscard]] models::Result<void> writeSlot(qint64 probe, std::chrono::seconds resolution,
                                                 const models::KeptSlot& slot);
    [[nodiscard]] models::Result<void> removeOld();
    [[nodiscard]] models::Result<void> fit();
    [[nodiscard]] qint64 hoursNow() const;

    HistoryOptions m_options;
    QString m_console; ///< whose rows are this console's
    Database m_database;
    std::map<models::ProbeIdentity, qint64> m_ids;
};

} // namespace app

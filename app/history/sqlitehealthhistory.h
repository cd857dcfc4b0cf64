// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthhistory.h"
#include "app/history/historyworker.h"

#include <memory>

namespace app {

/// The history in SQLite: health.sqlite in the options' folder, mode 0600, opened by its own
/// thread from the constructor on. Checks are written together every few seconds. Several consoles
/// may have the same file.
class SqliteHealthHistory final : public HealthHistory {
    Q_OBJECT

public:
    explicit SqliteHealthHistory(HistoryOptions options, QObject* parent = nullptr);
    /// Writes what was recorded.
    ~SqliteHealthHistory() override;

    void load(const QList<models::ProbeIdentity>& probes, FoundLasts foundLasts,
              Found found) override;
    void record(const models::ProbeIdentity& probe, const models::CheckRecord& check,
                const LastCheck& last) override;
    void setRetention(std::chrono::days retention) override;

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace app

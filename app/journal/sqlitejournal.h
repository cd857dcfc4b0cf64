// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaloptions.h"
#include "app/run/journalstore.h"

#include <memory>

namespace app {

/// The journal in SQLite: journal.db in the options' folder, mode 0600, opened by its own thread
/// from the constructor on. Appends that wait at the same moment share one durable commit.
class SqliteJournal final : public JournalStore {
    Q_OBJECT

public:
    explicit SqliteJournal(JournalOptions options = {}, QObject* parent = nullptr);
    /// Writes what was appended, then gives all locks back.
    ~SqliteJournal() override;

    QFuture<models::Result<QList<models::Event>>> create(const Append& first) override;
    QFuture<models::Result<QList<models::Event>>> append(const Append& append) override;
    QFuture<models::Result<StoredRun>> load(const models::RunId& run, bool takeLock) override;
    QFuture<void> release(const models::RunId& run) override;
    QFuture<models::Result<QList<RunSummary>>> runs() override;
    QFuture<models::Result<QByteArray>> exported(const models::RunId& run) override;
    QFuture<models::Result<qint64>> adopt(const models::RunFile& file) override;
    QFuture<models::Result<std::optional<RunSummary>>>
    lockHolder(const models::RunId& run) override;
    QFuture<models::Result<QByteArray>> output(const models::AttemptKey& attempt, int stream,
                                               qint64 maximum) override;

    /// Whether the journal can be used, and what a person has to know about its opening (a damaged
    /// one was kept aside, the folder is read-only); empty when there is nothing to say.
    QFuture<models::Result<QString>> notice();

    [[nodiscard]] const JournalOptions& options() const;

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaloptions.h"
#include "app/journal/outputtable.h"
#include "app/journal/runlock.h"
#include "app/journal/runtable.h"
#include "app/storage/database.h"

#include <QHash>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace app {

/// One append that waits to be written.
struct WriteRequest {
    enum class Kind { Create, Append };

    Kind kind = Kind::Append;
    Append append;
};

using WriteResult = models::Result<QList<models::Event>>;

/// The journal's work, all of it on the journal's own thread. See JournalStore for the contracts.
class JournalWorker {
public:
    explicit JournalWorker(JournalOptions options);

    /// Opens the database if it is not: what failed once may go later (a full disk, a lock).
    [[nodiscard]] models::Result<void> ready();
    [[nodiscard]] QString notice() const { return m_database.notice(); }
    void close();

    /// Writes them in order, in one durable transaction where all can be written, else each in its
    /// own. One result a request.
    [[nodiscard]] std::vector<WriteResult> write(const std::vector<WriteRequest>& requests);
    [[nodiscard]] models::Result<StoredRun> load(const models::RunId& run, bool takeLock);
    void release(const models::RunId& run);
    [[nodiscard]] models::Result<QList<RunSummary>> runs();
    [[nodiscard]] models::Result<std::optional<RunSummary>> lockHolder(const models::RunId& run);
    [[nodiscard]] models::Result<QByteArray> output(const models::AttemptKey& attempt, int stream,
                                                    qint64 maximum);
    [[nodiscard]] models::Result<QByteArray> exported(const models::RunId& run);
    [[nodiscard]] models::Result<qint64> adopt(const models::RunFile& file);

private:
    /// A run that this console may write to.
    struct Held {
        std::unique_ptr<RunLock> lock;
        ChainTail tail;
    };
    using Tails = QHash<models::RunId, ChainTail>;

    [[nodiscard]] std::vector<WriteResult> writeTogether(const WriteRequest* first, size_t count);
    [[nodiscard]] WriteResult stage(const WriteRequest& request, Tails& tails);
    [[nodiscard]] WriteResult stageEvents(const Append& append, ChainTail& tail);
    [[nodiscard]] models::Result<void> prepareCreate(const Append& append, Tails& tails);
    [[nodiscard]] models::Event seal(const Append& append, const models::EventDraft& draft,
                                     ChainTail& tail) const;
    [[nodiscard]] models::Result<void> takeLock(const models::RunId& run);
    [[nodiscard]] models::Result<void> stageAdopted(const models::RunFile& file, qsizetype from);
    void rollBack();
    /// Passes an error on; remembers damage for the next opening.
    [[nodiscard]] models::Error noted(const models::Error& error);

    JournalOptions m_options;
    Database m_database;
    std::unique_ptr<RunTable> m_runs;
    std::unique_ptr<OutputTable> m_outputs;
    std::optional<QSqlQuery> m_begin;
    std::optional<QSqlQuery> m_commit;
    std::map<models::RunId, Held> m_held;
    QList<models::RunId> m_begun; ///< locked by the transaction under way
};

} // namespace app

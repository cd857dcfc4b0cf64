// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

#include <QHash>
#include <QMutex>
#include <QSet>

#include <map>
#include <optional>

namespace tests {

/// A journal in memory. Thread-safe; futures are finished when they are returned.
class FakeJournal final : public app::JournalStore {
    Q_OBJECT

public:
    using app::JournalStore::JournalStore;

    QFuture<models::Result<QList<models::Event>>> create(const app::Append& first) override;
    QFuture<models::Result<QList<models::Event>>> append(const app::Append& append) override;
    QFuture<models::Result<app::StoredRun>> load(const models::RunId& run, bool takeLock) override;
    QFuture<void> release(const models::RunId& run) override;
    QFuture<models::Result<QList<app::RunSummary>>> runs() override;
    QFuture<models::Result<QByteArray>> exported(const models::RunId& run) override;
    QFuture<models::Result<qint64>> adopt(const models::RunFile& file) override;
    QFuture<models::Result<std::optional<app::RunSummary>>>
    lockHolder(const models::RunId& run) override;
    QFuture<models::Result<QByteArray>> output(const models::AttemptKey& attempt, int stream,
                                               qint64 maximum) override;

    [[nodiscard]] QList<models::Event> events(const models::RunId& run) const;
    [[nodiscard]] QList<models::EventKind> kinds(const models::RunId& run) const;
    [[nodiscard]] int appends() const;
    /// Every append fails with this until it is called with nothing.
    void failWith(const std::optional<models::Error>& error);
    /// The append after this many more fails once: the disk is full for a moment.
    void failOnceAfter(int appends);
    /// Another console holds every run that is loaded from now on.
    void holdRuns(const QString& holder);

private:
    models::Result<QList<models::Event>> record(const app::Append& append);
    std::optional<models::Error> lockRefusal(const app::Append& append);
    [[nodiscard]] std::optional<app::RunSummary> holderFor(const models::RunId& run) const;
    [[nodiscard]] app::RunSummary summaryOf(const models::RunId& id) const;
    [[nodiscard]] models::RunState stateOf(const models::RunId& run) const;

    mutable QMutex m_mutex;
    std::map<models::RunId, QList<models::Event>> m_events;
    std::map<std::pair<models::RunId, QString>, QByteArray> m_output;
    QHash<models::RunId, models::Progress> m_progress;
    std::optional<models::Error> m_failure;
    QSet<models::RunId> m_lost; ///< the journal's lock, to another run
    QString m_holder;
    int m_appends = 0;
    int m_failAt = -1;
    qint64 m_clock = 1'700'000'000;
};

} // namespace tests

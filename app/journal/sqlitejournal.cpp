// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/sqlitejournal.h"

#include "app/journal/journalworker.h"
#include "app/run/startedpromise.h"
#include "app/storage/workthread.h"

#include <deque>
#include <functional>
#include <variant>

namespace app {

namespace {

struct Write {
    WriteRequest request;
    SharedPromise<WriteResult> promise;
};

using Call = std::function<void(JournalWorker&)>;
using Job = std::variant<Write, Call>;

/// A run of neighbouring writes, or one call.
using Batch = std::variant<std::vector<Write>, Call>;

} // namespace

/// Owns the worker, which lives and dies on this thread, and the queue that leads to it.
class SqliteJournal::Thread final : public WorkThread {
public:
    explicit Thread(JournalOptions journalOptions)
        : WorkThread(QStringLiteral("journal"))
        , options(std::move(journalOptions)) {
        start();
    }
    ~Thread() override { stop(); }

    void enqueue(Job job) {
        leave([this, &job] { m_jobs.push_back(std::move(job)); });
    }

    template <class T, class Function>
    QFuture<T> call(Function function) {
        auto promise = startedPromise<T>();
        enqueue(Call(
            [promise, function](JournalWorker& worker) { finish(*promise, T(function(worker))); }));
        return promise->future();
    }

    QFuture<WriteResult> write(WriteRequest request) {
        auto promise = startedPromise<WriteResult>();
        enqueue(Write{std::move(request), promise});
        return promise->future();
    }

    const JournalOptions options;

protected:
    void run() override {
        JournalWorker worker(options);
        while (auto batch = take()) {
            if (auto* writes = std::get_if<std::vector<Write>>(&*batch))
                perform(worker, *writes);
            else
                std::get<Call> (*batch)(worker);
        }
        worker.close();
    }

private:
    /// Waits for work; nothing once stopping and all is done.
    std::optional<Batch> take() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isStopping || !m_jobs.empty(); });
        if (m_jobs.empty())
            return std::nullopt;
        if (std::holds_alternative<Call>(m_jobs.front())) {
            Batch batch = std::move(std::get<Call>(m_jobs.front()));
            m_jobs.pop_front();
            return batch;
        }
        std::vector<Write> writes;
        while (!m_jobs.empty() && std::holds_alternative<Write>(m_jobs.front())) {
            writes.push_back(std::move(std::get<Write>(m_jobs.front())));
            m_jobs.pop_front();
        }
        return writes;
    }

    static void perform(JournalWorker& worker, std::vector<Write>& writes) {
        std::vector<WriteRequest> requests;
        requests.reserve(writes.size());
        for (Write& write : writes)
            requests.push_back(std::move(write.request));
        std::vector<WriteResult> results = worker.write(requests);
        for (size_t i = 0; i < writes.size(); ++i)
            finish(*writes[i].promise, std::move(results[i]));
    }

    std::deque<Job> m_jobs;
};

SqliteJournal::SqliteJournal(JournalOptions options, QObject* parent)
    : JournalStore(parent)
    , m_thread(std::make_unique<Thread>(std::move(options))) {
    m_thread->enqueue(Call([](JournalWorker& worker) { (void)worker.ready(); }));
}

SqliteJournal::~SqliteJournal() = default;

QFuture<WriteResult> SqliteJournal::create(const Append& first) {
    return m_thread->write({WriteRequest::Kind::Create, first});
}

QFuture<WriteResult> SqliteJournal::append(const Append& append) {
    return m_thread->write({WriteRequest::Kind::Append, append});
}

QFuture<models::Result<StoredRun>> SqliteJournal::load(const models::RunId& run, bool takeLock) {
    return m_thread->call<models::Result<StoredRun>>(
        [=](JournalWorker& worker) { return worker.load(run, takeLock); });
}

QFuture<void> SqliteJournal::release(const models::RunId& run) {
    auto promise = startedPromise<void>();
    m_thread->enqueue(Call([promise, run](JournalWorker& worker) {
        worker.release(run);
        promise->finish();
    }));
    return promise->future();
}

QFuture<models::Result<QList<RunSummary>>> SqliteJournal::runs() {
    return m_thread->call<models::Result<QList<RunSummary>>>(
        [](JournalWorker& worker) { return worker.runs(); });
}

QFuture<models::Result<QByteArray>> SqliteJournal::exported(const models::RunId& run) {
    return m_thread->call<models::Result<QByteArray>>(
        [=](JournalWorker& worker) { return worker.exported(run); });
}

QFuture<models::Result<qint64>> SqliteJournal::adopt(const models::RunFile& file) {
    return m_thread->call<models::Result<qint64>>(
        [=](JournalWorker& worker) { return worker.adopt(file); });
}

QFuture<models::Result<std::optional<RunSummary>>>
SqliteJournal::lockHolder(const models::RunId& run) {
    return m_thread->call<models::Result<std::optional<RunSummary>>>(
        [=](JournalWorker& worker) { return worker.lockHolder(run); });
}

QFuture<models::Result<QByteArray>> SqliteJournal::output(const models::AttemptKey& attempt,
                                                          int stream, qint64 maximum) {
    return m_thread->call<models::Result<QByteArray>>(
        [=](JournalWorker& worker) { return worker.output(attempt, stream, maximum); });
}

QFuture<models::Result<QString>> SqliteJournal::notice() {
    return m_thread->call<models::Result<QString>>(
        [](JournalWorker& worker) -> models::Result<QString> {
            return worker.ready().map([&] { return worker.notice(); });
        });
}

const JournalOptions& SqliteJournal::options() const {
    return m_thread->options;
}

} // namespace app

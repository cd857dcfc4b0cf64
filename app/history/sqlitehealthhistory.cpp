// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/sqlitehealthhistory.h"

#include "app/run/courier.h"
#include "app/storage/workthread.h"

#include <QLoggingCategory>

#include <algorithm>
#include <deque>
#include <iterator>
#include <map>

namespace app {

namespace {

Q_LOGGING_CATEGORY(logHistory, "gantry.history")

using Steady = std::chrono::steady_clock;

constexpr auto writtenEvery = std::chrono::seconds(5);
constexpr auto maintainedAfter = std::chrono::minutes(1);
constexpr auto maintainedEvery = std::chrono::hours(1);
/// Of a disk that stays full: what is older is lost, and not the memory of the machine.
constexpr std::size_t mostWaiting = 100'000;

} // namespace

/// Owns the worker, which lives and dies on this thread, and the queues that lead to it.
class SqliteHealthHistory::Thread final : public WorkThread {
public:
    using Call = std::function<void(HistoryWorker&)>;

    Thread(HistoryOptions options, SqliteHealthHistory& history)
        : WorkThread(QStringLiteral("health history"))
        , m_options(std::move(options))
        , m_history(history) {
        start();
    }
    ~Thread() override { stop(); }

    void call(Call call) {
        leave([this, &call] { m_calls.push_back(std::move(call)); });
    }
    /// Before all of those that wait.
    void callNext(Call call) {
        leave([this, &call] { m_calls.push_front(std::move(call)); });
    }

    void record(HistoryEntry entry) {
        const std::scoped_lock lock(m_mutex);
        if (m_entries.size() >= mostWaiting)
            return;
        // The thread has to wake once for all of them.
        if (m_entries.empty()) {
            m_writeAt = Steady::now() + writtenEvery;
            m_changed.notify_one();
        }
        m_entries.push_back(std::move(entry));
    }

    /// Any thread: on the main thread, as long as the history lives.
    void answer(Courier::Letter letter) { m_answers.post(std::move(letter)); }

protected:
    void run() override {
        HistoryWorker worker(m_options);
        tell(worker.ready(), worker);
        Steady::time_point maintainAt = Steady::now() + maintainedAfter;
        bool isOver = false;
        while (!isOver) {
            Work work = take(maintainAt);
            isOver = work.isLast;
            if (work.call)
                work.call(worker);
            if (!work.entries.empty())
                write(worker, work.entries);
            if (!isOver && Steady::now() >= maintainAt) {
                tell(worker.maintain(), worker);
                maintainAt = Steady::now() + maintainedEvery;
            }
        }
    }

private:
    struct Work {
        Call call;
        std::vector<HistoryEntry> entries;
        bool isLast = false;
    };

    /// Waits for something to do, or until then.
    Work take(Steady::time_point until) {
        std::unique_lock lock(m_mutex);
        const auto isDue = [this] {
            return m_isStopping || !m_calls.empty() ||
                   (!m_entries.empty() && Steady::now() >= m_writeAt);
        };
        while (!isDue() && Steady::now() < until)
            m_changed.wait_until(lock, m_entries.empty() ? until : std::min(until, m_writeAt));
        Work work;
        work.isLast = m_isStopping;
        if (m_isStopping || Steady::now() >= m_writeAt)
            work.entries.swap(m_entries);
        if (!m_calls.empty() && !m_isStopping) {
            work.call = std::move(m_calls.front());
            m_calls.pop_front();
        }
        return work;
    }

    /// What could not be written waits for the next time.
    void write(HistoryWorker& worker, std::vector<HistoryEntry>& entries) {
        const models::Result<void> written =
            worker.ready().and_then([&] { return worker.write(entries); });
        tell(written, worker);
        if (written)
            return;
        const std::scoped_lock lock(m_mutex);
        entries.insert(entries.end(), std::make_move_iterator(m_entries.begin()),
                       std::make_move_iterator(m_entries.end()));
        m_entries.swap(entries);
        m_writeAt = Steady::now() + writtenEvery;
    }

    /// Once for each message: a full disk fails every few seconds.
    void tell(const models::Result<void>& done, const HistoryWorker& worker) {
        const QString message = done ? worker.notice() : done.error().message;
        if (message == std::exchange(m_told, message) || message.isEmpty())
            return;
        qCWarning(logHistory).noquote() << message << (done ? QString() : done.error().detail);
        answer([this, message] { Q_EMIT m_history.noticed(message); });
    }

    const HistoryOptions m_options;
    SqliteHealthHistory& m_history;
    Courier m_answers; ///< lives where the history does
    QString m_told;
    std::deque<Call> m_calls;
    std::vector<HistoryEntry> m_entries;
    Steady::time_point m_writeAt;
};

SqliteHealthHistory::SqliteHealthHistory(HistoryOptions options, QObject* parent)
    : HealthHistory(parent)
    , m_thread(std::make_unique<Thread>(std::move(options), *this)) {}

SqliteHealthHistory::~SqliteHealthHistory() = default;

void SqliteHealthHistory::load(const QList<models::ProbeIdentity>& probes, FoundLasts foundLasts,
                               Found found) {
    // A window waits for the last ones, all together: no series of other probes is read before.
    m_thread->callNext([thread = m_thread.get(), probes,
                        foundLasts = std::move(foundLasts)](HistoryWorker& worker) {
        (void)worker.ready();
        std::map<std::size_t, LastCheck> lasts;
        for (qsizetype i = 0; i < probes.size(); ++i) {
            if (const auto last = worker.lastOf(probes[i]); last && *last)
                lasts[static_cast<std::size_t>(i)] = **last;
        }
        thread->answer([foundLasts, lasts] { foundLasts(lasts); });
    });
    for (qsizetype i = 0; i < probes.size(); ++i) {
        m_thread->call(
            [thread = m_thread.get(), probe = probes[i], i, found](HistoryWorker& worker) {
                auto past = worker.pastOf(probe);
                if (!past)
                    qCWarning(logHistory).noquote() << past.error().message << past.error().detail;
                // A letter can be copied, and a series cannot.
                auto given = std::make_shared<ProbePast>(past ? std::move(*past) : ProbePast());
                thread->answer(
                    [found, i, given] { found(static_cast<std::size_t>(i), std::move(*given)); });
            });
    }
}

void SqliteHealthHistory::record(const models::ProbeIdentity& probe,
                                 const models::CheckRecord& check, const LastCheck& last) {
    m_thread->record({probe, check, last});
}

void SqliteHealthHistory::setRetention(std::chrono::days retention) {
    m_thread->call([retention](HistoryWorker& worker) { worker.setRetention(retention); });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logshelf.h"

#include "app/log/logspillfile.h"
#include "app/storage/workthread.h"

#include <chrono>
#include <deque>
#include <utility>
#include <vector>

namespace app {
namespace {

constexpr std::chrono::milliseconds flushPace{16}; ///< no screen shows more often what is new
/// For each log besides: what a moment costs grows with them, and nobody follows a hundred by eye.
constexpr std::chrono::microseconds flushPaceOfLog{400};

} // namespace

/// Packs and spills, one step after the other.
class LogShelf::Packer final : public WorkThread {
public:
    /// Called on its thread.
    using Done = std::function<void(quint64 log, models::LogWork work)>;

    explicit Packer(Done done)
        : WorkThread(QStringLiteral("packing"))
        , m_done(std::move(done)) {
        start(QThread::LowPriority);
    }
    ~Packer() override { stop(); }
    Q_DISABLE_COPY_MOVE(Packer)

    void add(quint64 log, models::LogWork work) {
        leave([&] { m_waiting.emplace_back(log, std::move(work)); });
    }

private:
    void run() override {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [this] { return m_isStopping || !m_waiting.empty(); });
            if (m_isStopping)
                return;
            auto [log, work] = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            work.run();
            m_done(log, std::move(work));
            lock.lock();
        }
    }

    Done m_done;
    std::deque<std::pair<quint64, models::LogWork>> m_waiting;
};

LogShelf::LogShelf(const models::LogBudget& budget, Listener listener)
    : m_budget(budget)
    , m_listener(std::move(listener))
    , m_spill(std::make_shared<LogSpillFile>())
    , m_intake(m_pool, [this](std::vector<LogIntake::Part> parts) {
        m_inbox.post(
            [this, own = std::make_shared<std::vector<LogIntake::Part>>(std::move(parts))] {
                for (LogIntake::Part& part : *own)
                    take(std::move(part));
            });
    }) {
    m_packer = std::make_unique<Packer>([this](quint64 log, models::LogWork work) {
        m_inbox.post([this, log, own = std::make_shared<models::LogWork>(std::move(work))] {
            finishWork(log, std::move(*own));
        });
    });
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &LogShelf::flush);
}

LogShelf::~LogShelf() = default;

void LogShelf::open(quint64 log, models::LogPrefix prefix) {
    m_logs[log].store = std::make_unique<models::LogStore>(prefix, m_budget, m_pool, m_spill);
    shareBudget();
}

void LogShelf::read(quint64 log, const QString& path) {
    open(log, models::LogPrefix::None);
    m_logs[log].reading.emplace();
    m_intake.read(log, path);
}

LogShelf::Kept* LogShelf::find(quint64 log) {
    const auto found = m_logs.find(log);
    return found == m_logs.end() ? nullptr : &found->second;
}

void LogShelf::append(quint64 log, models::LogChannel channel, const QByteArray& bytes,
                      models::Instant arrived) {
    Kept* kept = find(log);
    if (!kept)
        return;
    kept->store->append(channel, bytes, arrived);
    kept->isStuck = false;
    kept->bytes += bytes.size();
    noteChange(*kept);
}

/// What came of a file.
void LogShelf::take(LogIntake::Part part) {
    Kept* kept = find(part.log);
    if (!kept)
        return;
    kept->store->append(models::LogChannel::Stdout, part.torn);
    if (part.block)
        kept->store->append(std::move(*part.block));
    kept->store->append(models::LogChannel::Stdout, part.rest);
    kept->isStuck = false;
    kept->reading->bytes += part.bytes;
    kept->reading->position = part.position;
    kept->unacknowledged += part.bytes;
    noteChange(*kept);
    if (part.isLast) {
        kept->store->finish();
        kept->reading->isOver = true;
        kept->reading->error = part.error;
        flush(); // who opened it waits for that
    } else {
        work(part.log, *kept);
        readOn(part.log, *kept);
    }
}

void LogShelf::readOn(quint64 log, Kept& kept) {
    if (kept.unacknowledged > 0 && !isBehind(kept))
        m_intake.acknowledge(log, std::exchange(kept.unacknowledged, 0));
}

void LogShelf::setClock(quint64 log, std::chrono::nanoseconds ahead) {
    if (const Kept* kept = find(log))
        kept->store->setClock(ahead);
}

void LogShelf::mark(quint64 log, const models::LogMarker& marker) {
    if (Kept* kept = find(log)) {
        kept->store->mark(marker);
        noteChange(*kept);
    }
}

void LogShelf::finish(quint64 log) {
    if (Kept* kept = find(log)) {
        kept->store->finish();
        noteChange(*kept);
    }
}

void LogShelf::close(quint64 log) {
    m_intake.close(log);
    m_logs.erase(log);
    shareBudget();
}

/// Each its part, as long as nobody knows which one will need the most.
void LogShelf::shareBudget() {
    const auto count = static_cast<std::int64_t>(std::max<size_t>(1, m_logs.size()));
    for (auto& [log, kept] : m_logs) {
        kept.store->setBudget(
            {m_budget.raw / count, m_budget.memory / count, m_budget.spilled / count});
    }
}

void LogShelf::noteChange(Kept& kept) {
    kept.isChanged = true;
    if (!m_flush.isActive())
        m_flush.start(std::chrono::duration_cast<std::chrono::milliseconds>(
            flushPace + (m_logs.size() - 1) * flushPaceOfLog));
}

void LogShelf::flush() {
    m_flush.stop();
    for (auto& [log, kept] : m_logs) {
        if (!kept.isChanged)
            continue;
        kept.isChanged = false;
        work(log, kept);
        // More is asked for only as fast as older lines get packed. Finished work asks again.
        m_listener.grown(log, kept.store->snapshot(),
                         isBehind(kept) ? 0 : std::exchange(kept.bytes, 0));
        if (kept.reading)
            m_listener.read(log, *kept.reading);
    }
    m_listener.flushed();
}

void LogShelf::work(quint64 log, Kept& kept) {
    if (kept.isWorkedOn || kept.isStuck)
        return;
    std::optional<models::LogWork> next = kept.store->takeWork();
    if (!next)
        return;
    kept.isWorkedOn = true;
    m_packer->add(log, std::move(*next));
}

void LogShelf::finishWork(quint64 log, models::LogWork work) {
    Kept* kept = find(log);
    if (!kept)
        return;
    kept->isWorkedOn = false;
    const std::optional<models::Error> error = kept->store->finishWork(std::move(work));
    if (error && !m_isTroubled)
        m_listener.troubled(*error);
    m_isTroubled = error.has_value();
    kept->isStuck = error.has_value(); // it is tried again when more has come
    noteChange(*kept);
    this->work(log, *kept);
    readOn(log, *kept);
}

} // namespace app

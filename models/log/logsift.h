// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logsnapshot.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace models {

/// The lines that a filter takes of some stores, kept up with them as they grow. What they have at
/// the first look is looked through from its newest lines back, as long as there is time for it:
/// a first page is there at once, however much there is. One thread, but for cancel().
class LogSift {
public:
    static constexpr int mostThreads = 2;

    /// How it looks back; without any of it, at everything, on the caller's thread.
    struct Effort {
        /// Whether that is enough; asked by any thread before each chunk that is not its first.
        std::function<bool()> isEnough;
        /// Calls work with each number below count, each on a thread of its own, and returns when
        /// all have returned.
        std::function<void(int count, const std::function<void(int)>& work)> runAtOnce;
    };

    explicit LogSift(std::shared_ptr<const CompiledFilter> filter);

    [[nodiscard]] const std::shared_ptr<const CompiledFilter>& filter() const { return m_filter; }

    /// Takes in what the stores have more. The same stores each time, and maybe more behind them.
    /// What the first ones have at the first call is left to lookBack().
    void extend(const std::vector<LogSnapshot>& snapshots);
    /// Looks through older lines, those of a chunk at least, until that is enough, all are, or it
    /// is cancelled. Whether begin() of a store is another now. Of several stores it stays behind
    /// what is looked at, so that all older lines come before all of lines() by their time.
    bool lookBack(const Effort& effort = {});
    /// Ends lookBack() at the next chunk, for good. Any thread.
    void cancel() { m_isCancelled.store(true, std::memory_order_relaxed); }

    /// Of a store, in order; lines that went past the budget stay in it.
    [[nodiscard]] const std::vector<std::int64_t>& lines(size_t store) const {
        return m_stores[store].lines;
    }
    /// The line of a store from which on all of its lines are decided on.
    [[nodiscard]] std::int64_t begin(size_t store) const { return m_stores[store].begin; }
    /// Whether nothing is left to look back at.
    [[nodiscard]] bool isComplete() const { return m_taken == m_slots.size(); }
    /// Lines that could not be read back and are decided on by nobody.
    [[nodiscard]] std::int64_t unreadLines() const { return m_unread; }

private:
    struct Store {
        std::vector<std::int64_t> lines;
        std::vector<std::int64_t> waiting; ///< found before begin, newest first
        std::int64_t begin = 0;
        std::int64_t end = 0;    ///< new lines before this one are looked at
        std::int64_t looked = 0; ///< of those at the first look, the ones from here on
    };
    /// A chunk to look back at.
    struct Slot {
        std::uint32_t store = 0;
        std::int64_t chunk = 0;
        bool isUnread = false;
        std::vector<std::int64_t> lines;
    };

    void plan(const std::vector<LogSnapshot>& snapshots);
    void work(ChunkFilter& sieve, const std::function<bool()>& isEnough);
    void takeSlots(size_t end);
    bool moveBegins();
    [[nodiscard]] std::int64_t beginOf(size_t store) const;
    [[nodiscard]] const LogChunk& chunkOf(const Slot& slot) const;

    std::shared_ptr<const CompiledFilter> m_filter;
    std::vector<ChunkFilter> m_sieves; ///< one a thread
    std::vector<LogSnapshot> m_first;  ///< as they were at the first look
    std::vector<Store> m_stores;
    std::vector<Slot> m_slots; ///< in the order of their times, newest first
    std::atomic<size_t> m_next = 0;
    size_t m_taken = 0; ///< of the slots
    std::int64_t m_unread = 0;
    std::atomic<bool> m_isCancelled = false;
};

} // namespace models

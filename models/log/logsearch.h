// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logsnapshot.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace models {

/// A search of all lines of a snapshot, newest first, on as many threads as are given to it: each
/// calls work(), and one collects. Nothing in it waits.
class LogSearch {
public:
    enum class State { Running, Cancelled, Done };

    LogSearch(LogSnapshot snapshot, std::shared_ptr<const CompiledFilter> filter);

    /// Searches chunk after chunk until none is left or it is cancelled. Any threads, at once.
    void work();
    /// Ends work() at the next chunk. Any thread.
    void cancel() { m_isCancelled.store(true, std::memory_order_relaxed); }
    /// Any thread.
    [[nodiscard]] State state() const;

    /// Appends the hits that were found since the last call, newest first, as far as everything
    /// newer is searched too. One thread.
    void takeHits(std::vector<std::int64_t>& lines);
    /// Lines that could not be read back so far and were not searched. The thread of takeHits().
    [[nodiscard]] std::int64_t unreadLines() const { return m_unread; }
    /// The oldest line up to which all is searched: the progress. The thread of takeHits().
    [[nodiscard]] std::int64_t searchedFrom() const;

private:
    struct Slot {
        std::vector<std::int64_t> lines;
        bool isUnread = false;
        std::atomic<bool> isDone = false;
    };

    [[nodiscard]] const LogChunk& chunkOf(size_t slot) const;

    LogSnapshot m_snapshot;
    std::shared_ptr<const CompiledFilter> m_filter;
    std::vector<Slot> m_slots; ///< a chunk each, newest first
    std::atomic<size_t> m_next = 0;
    std::atomic<size_t> m_done = 0;
    std::atomic<bool> m_isCancelled = false;
    size_t m_taken = 0;
    std::int64_t m_unread = 0;
};

/// The lines that a filter takes, kept up with a store that grows. One thread.
class StandingFilter {
public:
    /// Begins at line `from`.
    explicit StandingFilter(std::shared_ptr<const CompiledFilter> filter, std::int64_t from = 0);

    /// Looks at what a later snapshot of the store has more; how many lines it took.
    std::int64_t extend(const LogSnapshot& snapshot);

    /// In order; lines that went past the budget stay in it.
    [[nodiscard]] const std::vector<std::int64_t>& lines() const { return m_lines; }
    /// Lines up to here were looked at.
    [[nodiscard]] std::int64_t end() const { return m_end; }

private:
    ChunkFilter m_filter;
    std::vector<std::int64_t> m_lines;
    std::int64_t m_end;
};

} // namespace models

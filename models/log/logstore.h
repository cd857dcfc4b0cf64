// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/linejoiner.h"
#include "models/log/linereading.h"
#include "models/log/logblock.h"
#include "models/log/logreader.h"
#include "models/log/logsnapshot.h"
#include "models/log/openchunk.h"
#include "models/log/textpool.h"

#include <QByteArrayView>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace models {

/// How much a store keeps, in bytes, and in which form; the newest lines always stay.
struct LogBudget {
    std::int64_t raw = 384LL << 20;    ///< of text as it came; what is older is packed
    std::int64_t memory = 1LL << 30;   ///< in all; past it the oldest chunks spill, or go
    std::int64_t spilled = 16LL << 30; ///< past it the oldest spilled chunks go
};

/// One step of making a store smaller, which takes a millisecond or, where it spills, a write.
/// run() may be called on any thread; give it back to the store's with LogStore::finishWork().
class LogWork {
public:
    void run();

private:
    friend class LogStore;

    std::int64_t m_index = 0;
    std::shared_ptr<const LogChunk> m_chunk;
    std::shared_ptr<LogSpill> m_spill; ///< set where it is to be spilled, else it is packed
    std::optional<Result<std::shared_ptr<const LogChunk>>> m_done;
};

/// The append-only store of one source's lines. Lines are numbered from 0 for good, in the order in
/// which they were complete; markers are lines too. What a program wrote can be had again byte for
/// byte (LogReader::raw()); text, columns and searches are without escape sequences.
///
/// Belongs to one thread. Others read snapshots of it, and run its work.
class LogStore : private LineSink {
public:
    /// Without a pool it makes its own. Without spill, chunks go once memory is full.
    explicit LogStore(LogPrefix prefix = LogPrefix::None, LogBudget budget = {},
                      std::shared_ptr<TextPool> pool = {}, std::shared_ptr<LogSpill> spill = {});

    /// Takes bytes as they came, cut anywhere; torn lines of the two channels are joined apart. A
    /// line's time is that of its stamp (see LogPrefix), else one with which its text begins, else
    /// `arrived`, else the time of the line before it.
    void append(LogChannel channel, QByteArrayView bytes, Instant arrived = {});
    /// Takes lines that were read apart. What waits for its line end becomes a line before them;
    /// their times stay by the clock that they are by (see setClock()), those without one have that
    /// of the line before.
    void append(LogBlock block);
    /// The times that lines bring along are by a clock that is so far ahead of this machine's: from
    /// the next line on they are taken back by that. Their text stays as it is.
    void setClock(std::chrono::nanoseconds ahead) { m_ahead = ahead.count(); }
    /// Makes lines of what still waits for its line end, and puts a marker behind them.
    void mark(const LogMarker& marker);
    /// Makes lines of what still waits for its line end: the stream is over.
    void finish();

    [[nodiscard]] std::int64_t lineCount() const { return m_firstOpenLine + openLines(); }
    /// The first line that is still here; those before it went past the budget.
    [[nodiscard]] std::int64_t firstLine() const { return m_sealed.m_firstLine; }
    /// line must be below lineCount(). Of those before firstLine() only a Dropped marker is left.
    [[nodiscard]] LogLine line(std::int64_t line) const;
    /// All lines so far, for readers on any thread. Cheap where nothing was appended since the
    /// last.
    [[nodiscard]] LogSnapshot snapshot() const;

    /// What is to be done next to stay within the budget; none where nothing is. Several may be
    /// under way at once. Chunks that nothing can keep go at once, here and in append().
    [[nodiscard]] std::optional<LogWork> takeWork();
    /// An error where something could not be spilled; it is tried again with the next work.
    [[nodiscard]] std::optional<Error> finishWork(LogWork work);

    /// Holds from the next work and the next append on.
    void setBudget(const LogBudget& budget) { m_budget = budget; }
    /// Whether lines come faster than its work is done: it holds a good deal more than it should.
    [[nodiscard]] bool isBehind() const;
    /// Bytes of memory for texts and columns.
    [[nodiscard]] std::int64_t memory() const;

private:
    void take(LogChannel channel, const JoinedLine& joined) override;
    void addLine(const KeptLine& line);
    [[nodiscard]] std::int64_t openLines() const { return m_open.lineCount(); }
    [[nodiscard]] std::shared_ptr<const LogChunk> chunkOf(OpenChunk::Parts parts) const;
    void makeRoom(qsizetype textSize);
    void seal();
    void put(std::shared_ptr<const LogChunk> chunk);
    void replace(std::int64_t index, std::shared_ptr<const LogChunk> chunk);
    void account(const LogChunk& chunk, int sign);
    void dropOldest();
    void dropPastBudget();

    LineJoiner m_joiner;
    LogBudget m_budget;
    std::shared_ptr<TextPool> m_pool;
    std::shared_ptr<LogSpill> m_spill;
    Instant m_arrived;
    std::int64_t m_ahead = 0;

    LogSnapshot m_sealed; ///< all but what is open
    std::shared_ptr<MarkerMap> m_markers = std::make_shared<MarkerMap>();
    std::int64_t m_firstOpenLine = 0;
    OpenChunk m_open;
    LineReading m_reading;
    std::int64_t m_lastTime = 0;
    std::int64_t m_latestSoFar = 0;

    std::int64_t m_rawText = 0; ///< of sealed chunks
    std::int64_t m_packing = 0; ///< of that, what is being packed
    std::int64_t m_memory = 0;
    std::int64_t m_spilled = 0;
    std::int64_t m_nextToPack = 0;
    std::int64_t m_nextToSpill = 0;

    mutable LogSnapshot m_snapshot; ///< the last that was asked for
    mutable LogReader m_reader;
};

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/columns.h"
#include "models/log/logchunk.h"
#include "models/log/logpattern.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace models {

/// Which lines are wanted: of these levels, sources and times, with all terms that include, without
/// any that excludes.
///
/// As text: words apart by blanks. `level:error` and `level:info,warning` name levels,
/// `level:warning+` that one and all graver ones; `source:portal,"a b"` names sources, in quotes
/// where they need them; `time:FROM..TO` takes RFC 3339 in UTC, or nothing for an open end;
/// `/regex/` and `/regex/i` are expressions; everything else is a text whose case is no matter, in
/// quotes where it has blanks, `"Text"s` with its case. A `-` in front excludes. `\` keeps a quote
/// or a slash.
struct LogFilter {
    enum class Sense : std::uint8_t { Include, Exclude };

    /// From the first to before the second; a null one is an open end.
    struct TimeRange {
        Instant from;
        Instant to;

        [[nodiscard]] bool holds(Instant time) const {
            return (from.isNull() || time >= from) && (to.isNull() || time < to);
        }
        bool operator==(const TimeRange&) const = default;
    };

    struct Term {
        LogPattern pattern;
        Sense sense = Sense::Include;

        bool operator==(const Term&) const = default;
    };

    LevelSet levels = allLevels;
    QStringList sources; ///< all where empty
    QStringList excludedSources;
    std::optional<TimeRange> times;
    QList<Term> terms;

    [[nodiscard]] static Result<LogFilter> parse(const QString& text);
    [[nodiscard]] QString toString() const;
    [[nodiscard]] bool takesSource(const QString& name) const;
    /// Whether it takes all lines of the sources that it takes.
    [[nodiscard]] bool takesEveryLine() const;

    /// Each thing that it asks for, alone, in the order of toString(); added to one another they
    /// are this filter.
    [[nodiscard]] QList<LogFilter> parts() const;
    /// Asks for these things as well, none twice. Levels that leave none take the others' place,
    /// and so do times.
    void add(const LogFilter& more);
    /// part: of parts().
    void remove(const LogFilter& part);
    /// part: of parts(). What it includes is excluded, and the other way round. Times stay.
    void turnRound(const LogFilter& part);

    bool operator==(const LogFilter&) const = default;
};

/// A filter whose patterns are compiled; without its sources. Immutable; any thread.
class CompiledFilter {
public:
    [[nodiscard]] static Result<std::shared_ptr<const CompiledFilter>>
    compile(const LogFilter& filter);

    [[nodiscard]] LevelSet levels() const { return m_levels; }
    [[nodiscard]] const std::optional<LogFilter::TimeRange>& times() const { return m_times; }
    [[nodiscard]] const std::vector<std::shared_ptr<const LogMatcher>>& included() const {
        return m_included;
    }
    [[nodiscard]] const std::vector<std::shared_ptr<const LogMatcher>>& excluded() const {
        return m_excluded;
    }

private:
    LevelSet m_levels = allLevels;
    std::optional<LogFilter::TimeRange> m_times;
    std::vector<std::shared_ptr<const LogMatcher>> m_included; ///< texts before expressions
    std::vector<std::shared_ptr<const LogMatcher>> m_excluded;
};

/// Filters chunk by chunk. One thread; one for each.
class ChunkFilter {
public:
    explicit ChunkFilter(std::shared_ptr<const CompiledFilter> filter);

    /// Appends the chunk's lines from `from` on that the filter takes, in order. An error where the
    /// chunk cannot be read back.
    [[nodiscard]] std::optional<Error> run(const LogChunk& chunk, std::int64_t from,
                                           std::vector<std::int64_t>& lines);

private:
    using Lines = std::vector<std::uint32_t>;
    enum class Keep { Matching, Others };
    enum class Levels { All, Some }; ///< of a chunk, that the filter takes

    [[nodiscard]] Result<OpenedChunk> open(const LogChunk& chunk);
    void begin(const OpenedChunk& chunk, std::uint32_t first, Levels levels);
    void scan(LineScan& scan, const OpenedChunk& chunk, std::uint32_t from, Lines& lines);
    void narrowToTimes(const OpenedChunk& chunk);
    void narrow(LineScan& scan, const LogMatcher& matcher, const OpenedChunk& chunk, Keep keep);

    std::shared_ptr<const CompiledFilter> m_filter;
    std::vector<std::unique_ptr<LineScan>> m_included;
    std::vector<std::unique_ptr<LineScan>> m_excluded;
    ChunkScratch m_scratch;
    std::vector<std::uint32_t> m_offsets;
    Lines m_lines;
    Lines m_others;
    Lines m_narrowed;
    std::vector<std::int64_t> m_times; ///< of a chunk's lines
};

} // namespace models

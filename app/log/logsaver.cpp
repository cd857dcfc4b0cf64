// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logsaver.h"

#include "app/log/logfilewriter.h"
#include "models/log/logreader.h"
#include "models/log/logreplay.h"

#include <QFileInfo>

#include <chrono>
#include <utility>

namespace app {

namespace {

using models::MergedLine;
using Clock = std::chrono::steady_clock;

constexpr qsizetype blockSize = 256 * 1024; ///< written at once
constexpr qint64 linesAtOnce = 1024;        ///< before it is looked whether it is cancelled
constexpr std::chrono::milliseconds tellingPace{100};
constexpr std::int64_t second = 1'000'000'000;

/// On one line, whatever it is.
QByteArray flat(const QString& words) {
    QByteArray text = words.toUtf8();
    for (char& byte : text)
        byte = static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f ? ' ' : byte;
    return text;
}

/// Goes through the lines in the order in which they are to be saved.
class Order {
public:
    explicit Order(const LogSaving& saving)
        : m_lines(saving.lines) {
        if (m_lines)
            return;
        std::vector<models::LogSnapshot> snapshots;
        for (const LogSaving::Source& source : saving.sources)
            snapshots.push_back(source.snapshot);
        m_all.emplace(snapshots);
    }

    [[nodiscard]] bool next(MergedLine& line) {
        if (m_all)
            return m_all->next(line);
        if (m_next == m_lines->size())
            return false;
        line = (*m_lines)[m_next++];
        return true;
    }

private:
    const std::optional<std::vector<MergedLine>>& m_lines;
    size_t m_next = 0;
    std::optional<models::LogReplay> m_all;
};

/// Makes the text of the file.
class Writing {
public:
    explicit Writing(const LogSaving& saving)
        : m_saving(saving)
        , m_readers(static_cast<size_t>(saving.sources.size()))
        , m_writer(saving.path) {
        for (size_t i = 0; i < m_readers.size(); ++i) {
            const LogSaving::Source& source = saving.sources[static_cast<qsizetype>(i)];
            m_readers[i].setSnapshot(source.snapshot);
            m_names.push_back(saving.sources.size() < 2 ? QByteArray() : flat(source.name));
        }
        m_saved.path = saving.path;
    }

    [[nodiscard]] models::Result<void> open() { return m_writer.open(); }

    [[nodiscard]] models::Result<void> add(MergedLine at) {
        models::LogReader& reader = m_readers[at.source()];
        if (at.line() < reader.snapshot().firstLine())
            return {}; // it went past the budget before it was asked for
        const models::LogLine line = reader.line(at.line());
        if (reader.error())
            return tl::unexpected(*reader.error());
        if (line.marker) {
            addMarker(*line.marker, at.source());
        } else {
            const bool goesOn = m_open && *m_open == std::pair(at, line.channel);
            endLine(goesOn);
            if (!goesOn)
                addPrefix(line.time, at.source(), " | ");
            m_block += reader.raw(at.line());
            m_isLineOpen = true;
            m_open.reset();
            // A piece of a line that was too long to be one: what follows belongs to it.
            if (line.continues)
                m_open = std::pair(MergedLine::of(at.source(), at.line() + 1), line.channel);
            ++m_saved.lines;
        }
        return m_block.size() < blockSize ? models::Result<void>() : flush();
    }

    [[nodiscard]] models::Result<LogSaver::Saved> commit() {
        endLine(false);
        if (const models::Result<void> written = flush(); !written)
            return tl::unexpected(written.error());
        const models::Result<qint64> size = m_writer.commit();
        if (!size)
            return tl::unexpected(size.error());
        m_saved.bytes = *size;
        return m_saved;
    }

private:
    void endLine(bool goesOn) {
        if (m_isLineOpen && !goesOn)
            m_block += '\n';
        m_isLineOpen = false;
    }

    void addMarker(const models::LogMarker& marker, std::uint32_t source) {
        if (m_saving.isPlain()) {
            ++m_saved.leftOut;
            return;
        }
        endLine(false);
        addPrefix(marker.from, source, " ");
        m_block += "-- " + flat(m_saving.markerWords(marker)) + " --";
        m_isLineOpen = true;
        m_open.reset();
    }

    void addPrefix(models::Instant time, std::uint32_t source, const char* behindName) {
        if (m_saving.times == LogSaving::Times::With && !time.isNull())
            addTime(time);
        if (!m_names[source].isEmpty())
            m_block += m_names[source] + behindName;
    }

    /// Lines come by thousands a second: what is before the fraction is made once for each.
    void addTime(models::Instant time) {
        if (time.nanoseconds / second != m_second || m_stamp.isEmpty()) {
            m_second = time.nanoseconds / second;
            m_stamp = models::Instant{m_second * second}.toString().left(20).toLatin1();
        }
        m_block += m_stamp;
        m_block +=
            QByteArray::number(time.nanoseconds - m_second * second).rightJustified(9, '0') + "Z ";
    }

    [[nodiscard]] models::Result<void> flush() {
        models::Result<void> written = m_writer.write(m_block);
        m_block.resize(0);
        return written;
    }

    const LogSaving& m_saving;
    std::vector<models::LogReader> m_readers;
    std::vector<QByteArray> m_names; ///< empty where there is one source
    LogFileWriter m_writer;
    QByteArray m_block;
    bool m_isLineOpen = false; ///< the last line has no line feed so far
    std::optional<std::pair<MergedLine, models::LogChannel>> m_open; ///< belongs to it
    std::int64_t m_second = 0;
    QByteArray m_stamp; ///< of m_second, up to the fraction
    LogSaver::Saved m_saved;
};

} // namespace

qint64 LogSaving::lineCount() const {
    if (lines)
        return static_cast<qint64>(lines->size());
    qint64 count = 0;
    for (const Source& source : sources)
        count += source.snapshot.lineCount() - source.snapshot.firstLine();
    return count;
}

struct LogSaver::Job {
    LogSaving saving;
    std::atomic<bool> isCancelled = false;

    [[nodiscard]] models::Result<Saved> run(const std::function<void(qint64)>& tell) const {
        Writing writing(saving);
        if (saving.existing == LogSaving::Existing::Keep && QFileInfo::exists(saving.path))
            return models::failure(
                models::ErrorCode::Refused,
                LogSaver::tr("%1 is there already. Save again to replace it.").arg(saving.path));
        if (const models::Result<void> opened = writing.open(); !opened)
            return tl::unexpected(opened.error());
        tell(0);
        Order order(saving);
        Clock::time_point told = Clock::now();
        qint64 done = 0;
        for (MergedLine line; order.next(line); ++done) {
            if (done % linesAtOnce == 0) {
                if (isCancelled)
                    return models::failure(models::ErrorCode::Cancelled,
                                           LogSaver::tr("Nothing was saved."));
                if (const Clock::time_point now = Clock::now(); now - told >= tellingPace) {
                    told = now;
                    tell(done);
                }
            }
            if (const models::Result<void> added = writing.add(line); !added)
                return tl::unexpected(added.error());
        }
        return writing.commit();
    }
};

LogSaver::LogSaver(QObject* parent)
    : QObject(parent) {
    m_worker.setMaxThreadCount(1);
    m_worker.setThreadPriority(QThread::LowPriority);
}

LogSaver::~LogSaver() {
    cancel();
    m_worker.waitForDone();
}

void LogSaver::save(const LogSaving& saving) {
    Q_ASSERT(!m_job);
    m_job = std::make_shared<Job>();
    m_job->saving = saving;
    m_worker.start([this, job = m_job] {
        const auto tell = [this](qint64 done) {
            m_inbox.post([this, done] { Q_EMIT progressed(done); });
        };
        m_inbox.post([this, saved = job->run(tell)] {
            m_job.reset();
            Q_EMIT finished(saved);
        });
    });
}

void LogSaver::cancel() {
    if (m_job)
        m_job->isCancelled = true;
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logintake.h"

#include "app/log/logfilereader.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace app {

namespace {

using models::TextPool;

constexpr size_t threadCount = 2;
/// Of one file, in bytes of its log: enough that neither thread waits for an acknowledgement.
constexpr qint64 mostUnderWay = 8 << 20;
constexpr auto roomSize = static_cast<qsizetype>(TextPool::textSize);

} // namespace

/// One file. Its bytes are read by one thread at a time; the rest is behind the intake's mutex.
class LogIntake::File {
public:
    File(quint64 log, const QString& path)
        : m_log(log)
        , m_reader(path) {}

    [[nodiscard]] quint64 log() const { return m_log; }

    /// The next part: its bytes are read, and its lines are still to be made.
    struct Raw {
        Part part;
        QByteArrayView lines; ///< in the room
    };
    [[nodiscard]] Raw read(char* room);

    bool isReadFrom = false;
    bool isAtEnd = false;
    bool isClosed = false;
    qint64 underWay = 0;
    quint64 nextRead = 0;
    quint64 nextGiven = 0;
    std::map<quint64, Part> waiting; ///< for those before them

private:
    quint64 m_log;
    LogFileReader m_reader;
    QByteArray m_rest; ///< behind the last line end that was read
    bool m_isTorn = false;
};

LogIntake::File::Raw LogIntake::File::read(char* room) {
    Raw raw;
    raw.part.log = m_log;
    std::memcpy(room, m_rest.constData(), static_cast<size_t>(m_rest.size()));
    const models::Result<qsizetype> got =
        m_reader.read(room + m_rest.size(), roomSize - m_rest.size());
    raw.part.position = m_reader.position();
    raw.part.bytes = got.value_or(0);
    if (raw.part.bytes == 0) {
        raw.part.isLast = true;
        raw.part.torn = std::exchange(m_rest, {});
        if (!got)
            raw.part.error = got.error();
        return raw;
    }
    const QByteArrayView read(room, m_rest.size() + raw.part.bytes);
    const qsizetype wholeEnd = read.lastIndexOf('\n') + 1;
    // A line that is longer than a room goes to the store as it comes, up to its end.
    const bool isLong = wholeEnd == 0 && read.size() == roomSize;
    const qsizetype tornEnd = isLong ? read.size() : m_isTorn ? read.indexOf('\n') + 1 : 0;
    raw.part.torn = read.first(tornEnd).toByteArray();
    m_isTorn = isLong || (m_isTorn && tornEnd == 0);
    m_rest = read.sliced(std::max(tornEnd, wholeEnd)).toByteArray();
    raw.lines = read.first(std::max(tornEnd, wholeEnd)).sliced(tornEnd);
    return raw;
}

LogIntake::LogIntake(std::shared_ptr<TextPool> pool, Take take)
    : m_pool(std::move(pool))
    , m_take(std::move(take)) {}

LogIntake::~LogIntake() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    for (std::thread& thread : m_threads)
        thread.join();
}

void LogIntake::read(quint64 log, const QString& path) {
    const std::scoped_lock lock(m_mutex);
    m_files.push_back(std::make_shared<File>(log, path));
    while (m_threads.size() < threadCount)
        m_threads.emplace_back([this] { work(); });
    m_changed.notify_one();
}

void LogIntake::acknowledge(quint64 log, qint64 bytes) {
    const std::scoped_lock lock(m_mutex);
    for (const std::shared_ptr<File>& file : m_files) {
        if (file->log() == log)
            file->underWay -= bytes;
    }
    m_changed.notify_one();
}

void LogIntake::close(quint64 log) {
    const std::scoped_lock lock(m_mutex);
    m_files.remove_if([log](const std::shared_ptr<File>& file) {
        file->isClosed = file->isClosed || file->log() == log;
        return file->log() == log;
    });
}

/// The file whose turn it is; it goes behind all others. Null where there is none to read from.
std::shared_ptr<LogIntake::File> LogIntake::nextFile() {
    const auto next = std::find_if(m_files.begin(), m_files.end(), [](const auto& file) {
        return !file->isReadFrom && !file->isAtEnd && file->underWay < mostUnderWay;
    });
    if (next == m_files.end())
        return nullptr;
    std::shared_ptr<File> file = *next;
    m_files.splice(m_files.end(), m_files, next);
    return file;
}

void LogIntake::work() {
    std::shared_ptr<char> room; // made ready while the other one reads
    std::unique_lock lock(m_mutex);
    for (;;) {
        std::shared_ptr<File> file;
        m_changed.wait(lock, [&] { return m_isEnding || (file = nextFile()) != nullptr; });
        if (m_isEnding)
            return;
        file->isReadFrom = true;
        const quint64 turn = file->nextRead++;
        lock.unlock();
        // Most files are small: their first room takes no more memory than they have lines.
        if (turn == 0 || room == nullptr)
            room = m_pool->take(TextPool::textSize,
                                turn == 0 ? TextPool::Pages::AsTouched : TextPool::Pages::AtOnce);
        File::Raw raw = file->read(room.get());
        lock.lock();
        file->isReadFrom = false;
        file->isAtEnd = raw.part.isLast;
        file->underWay += raw.part.bytes;
        lock.unlock();
        m_changed.notify_one();
        const bool isLast = raw.part.isLast;
        if (!raw.lines.isEmpty())
            raw.part.block.emplace(std::move(room), raw.lines, models::LogChannel::Stdout);
        if (isLast)
            room.reset();
        else if (room == nullptr)
            room = m_pool->take(TextPool::textSize, TextPool::Pages::AtOnce);
        lock.lock();
        give(*file, turn, std::move(raw.part));
    }
}

/// Parts are given in the order in which they were read, whichever was made first.
void LogIntake::give(File& file, quint64 turn, Part part) {
    file.waiting.emplace(turn, std::move(part));
    for (auto next = file.waiting.begin();
         next != file.waiting.end() && next->first == file.nextGiven; ++file.nextGiven) {
        if (!file.isClosed)
            m_take(std::move(next->second));
        next = file.waiting.erase(next);
    }
    if (file.isAtEnd && file.waiting.empty()) {
        m_files.remove_if([&file](const auto& each) { return each.get() == &file; });
    }
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logintake.h"

#include "app/log/logpieces.h"

#include <algorithm>
#include <map>
#include <utility>

namespace app {

namespace {

using models::TextPool;

constexpr size_t threadCount = 2;
/// Of a file, each a room full: to hand less over would wait for threads to wake up.
constexpr size_t piecesATurn = 8;
/// Of one file, in bytes of its log: enough that neither thread waits for an acknowledgement.
constexpr qint64 mostUnderWay = 32 << 20;
constexpr auto roomSize = static_cast<qsizetype>(TextPool::textSize);

} // namespace

/// One file. Its pieces are found by one thread at a time; the rest is behind the intake's mutex.
class LogIntake::File {
public:
    File(quint64 log, const QString& path)
        : m_log(log)
        , m_pieces(path) {}

    [[nodiscard]] quint64 log() const { return m_log; }

    /// The next pieces, at least one.
    [[nodiscard]] std::vector<LogPieces::Piece> next(size_t count);
    /// What comes of a piece. Any thread.
    [[nodiscard]] Part part(const LogPieces::Piece& piece, std::shared_ptr<char> room,
                            models::LogBlockMaker& maker) const;

    bool isReadFrom = false;
    bool isAtEnd = false;
    bool isClosed = false;
    qint64 underWay = 0;
    quint64 nextRead = 0;
    quint64 nextGiven = 0;
    std::map<quint64, std::vector<Part>> waiting; ///< for those before them

private:
    quint64 m_log;
    LogPieces m_pieces;
};

std::vector<LogPieces::Piece> LogIntake::File::next(size_t count) {
    std::vector<LogPieces::Piece> pieces;
    do {
        pieces.push_back(m_pieces.next(roomSize));
    } while (pieces.size() < count && !pieces.back().isLast);
    return pieces;
}

LogIntake::Part LogIntake::File::part(const LogPieces::Piece& piece, std::shared_ptr<char> room,
                                      models::LogBlockMaker& maker) const {
    Part part;
    part.log = m_log;
    part.position = piece.position;
    const models::Result<qsizetype> got = m_pieces.read(piece, room.get());
    part.bytes = got.value_or(0);
    part.isLast = piece.isLast || !got;
    part.error = got ? piece.error : got.error();
    const QByteArrayView bytes(room.get(), part.bytes);
    const qsizetype feed = bytes.indexOf('\n') + 1;
    // A line that is longer than a room goes to the store as it comes, up to its end.
    const qsizetype tornEnd = !piece.beginsInLine ? 0 : feed > 0 ? feed : bytes.size();
    const qsizetype linesEnd = std::max(tornEnd, bytes.lastIndexOf('\n') + 1);
    part.torn = bytes.first(tornEnd).toByteArray();
    part.rest = bytes.sliced(linesEnd).toByteArray();
    if (linesEnd > tornEnd)
        part.block = maker.make(std::move(room), bytes.first(linesEnd).sliced(tornEnd),
                                models::LogChannel::Stdout);
    return part;
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
    models::LogBlockMaker maker;
    std::unique_lock lock(m_mutex);
    for (;;) {
        std::shared_ptr<File> file;
        m_changed.wait(lock, [&] { return m_isEnding || (file = nextFile()) != nullptr; });
        if (m_isEnding)
            return;
        file->isReadFrom = true;
        const quint64 turn = file->nextRead++;
        lock.unlock();
        const std::vector<LogPieces::Piece> pieces = file->next(turn == 0 ? 1 : piecesATurn);
        qint64 bytes = 0;
        for (const LogPieces::Piece& piece : pieces)
            bytes += piece.size;
        lock.lock();
        file->isReadFrom = false;
        file->isAtEnd = file->isAtEnd || pieces.back().isLast;
        file->underWay += bytes;
        lock.unlock();
        m_changed.notify_one();
        std::vector<Part> parts;
        for (const LogPieces::Piece& piece : pieces) {
            // Most files are small: they take no more memory than they have lines.
            std::shared_ptr<char> room =
                m_pool->take(TextPool::textSize,
                             turn == 0 ? TextPool::Pages::AsTouched : TextPool::Pages::AtOnce);
            bytes -= parts.emplace_back(file->part(piece, std::move(room), maker)).bytes;
        }
        lock.lock();
        file->underWay -= bytes; // that are not there any more
        give(*file, turn, std::move(parts));
    }
}

/// Parts are given in the order in which they were read, whichever were made first.
void LogIntake::give(File& file, quint64 turn, std::vector<Part> parts) {
    file.waiting.emplace(turn, std::move(parts));
    for (auto next = file.waiting.begin();
         next != file.waiting.end() && next->first == file.nextGiven; ++file.nextGiven) {
        std::vector<Part> wanted;
        for (Part& part : next->second) {
            if (file.isClosed)
                continue;
            // One that cannot be read ends the file before its last one.
            file.isClosed = part.isLast;
            file.isAtEnd = file.isAtEnd || part.isLast;
            wanted.push_back(std::move(part));
        }
        if (!wanted.empty())
            m_take(std::move(wanted));
        next = file.waiting.erase(next);
    }
    if (file.isAtEnd && file.waiting.empty()) {
        m_files.remove_if([&file](const auto& each) { return each.get() == &file; });
    }
}

} // namespace app

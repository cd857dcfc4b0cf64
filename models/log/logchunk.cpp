// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logchunk.h"

#include "models/log/packing.h"
#include "models/log/textpool.h"

#include <cstring>
#include <utility>

namespace models {

namespace {

/// What is spilled: the length of the columns' frame, that frame, and the text's.
constexpr qsizetype lengthSize = 4;

} // namespace

/// Goes with the last reader.
struct LogChunk::Spilled {
    std::shared_ptr<LogSpill> where;
    LogSpill::Handle handle = 0;

    Spilled(std::shared_ptr<LogSpill> place, LogSpill::Handle name)
        : where(std::move(place))
        , handle(name) {}
    ~Spilled() { where->drop(handle); }
    Spilled(const Spilled&) = delete;
    Spilled& operator=(const Spilled&) = delete;
};

QByteArrayView OpenedChunk::lineText(std::uint32_t line) const {
    const std::uint32_t start = columns->start(line, text);
    const auto* const end = static_cast<const char*>(
        std::memchr(text.data() + start, '\n', static_cast<size_t>(text.size()) - start));
    return text.sliced(start, end - (text.data() + start));
}

std::shared_ptr<char> ChunkScratch::take(qsizetype size) {
    if (m_room == nullptr || m_room.use_count() > 1 || m_size < size) {
        m_size = std::max<qsizetype>(size, TextPool::textSize);
        m_room.reset(new char[static_cast<size_t>(m_size) + TextPool::slack],
                     std::default_delete<char[]>());
    }
    return m_room;
}

LogChunk::LogChunk(LogSummary summary, std::shared_ptr<const char> text,
                   std::shared_ptr<const Columns> columns)
    : m_summary(summary)
    , m_text(std::move(text))
    , m_columns(std::move(columns)) {}

LogChunk::Form LogChunk::form() const {
    if (m_text != nullptr)
        return Form::Raw;
    return m_spilled != nullptr ? Form::Spilled : Form::Packed;
}

qsizetype LogChunk::textMemory() const {
    return m_text != nullptr ? static_cast<qsizetype>(m_summary.textSize) : m_packed.size();
}

qsizetype LogChunk::memory() const {
    const qsizetype columns = m_columns != nullptr ? m_columns->bytes().size() : 0;
    return static_cast<qsizetype>(sizeof *this) + textMemory() + columns;
}

Error LogChunk::damage(const QString& detail) const {
    return Error{ErrorCode::Damaged,
                 QStringLiteral("lines %1 to %2 of the log cannot be read back")
                     .arg(m_summary.firstLine)
                     .arg(m_summary.endLine() - 1),
                 detail};
}

/// The frame of the text; columns are set as well.
Result<QByteArray> LogChunk::readSpilled(std::shared_ptr<const Columns>& columns) const {
    Result<QByteArray> bytes = m_spilled->where->read(m_spilled->handle);
    if (!bytes)
        return tl::unexpected(damage(bytes.error().message));
    std::uint32_t length = 0;
    if (bytes->size() < lengthSize)
        return tl::unexpected(damage(QStringLiteral("cut short")));
    std::memcpy(&length, bytes->constData(), lengthSize);
    if (static_cast<qsizetype>(length) > bytes->size() - lengthSize)
        return tl::unexpected(damage(QStringLiteral("cut short")));
    const QByteArrayView frame = QByteArrayView(*bytes).sliced(lengthSize, length);
    const qsizetype size = unpackedSize(frame);
    QByteArray unpackedColumns(std::max<qsizetype>(size, 0), Qt::Uninitialized);
    if (size < 0 || !unpack(frame, unpackedColumns.data(), size))
        return tl::unexpected(damage(QStringLiteral("the checksum differs")));
    std::optional<Columns> read = Columns::fromBytes(std::move(unpackedColumns));
    if (!read || read->lineCount() != m_summary.lineCount || read->textSize() != m_summary.textSize)
        return tl::unexpected(damage(QStringLiteral("the columns are of something else")));
    columns = std::make_shared<const Columns>(std::move(*read));
    return bytes->sliced(lengthSize + length);
}

std::shared_ptr<const Columns> LogChunk::columns() const {
    std::shared_ptr<const Columns> columns = m_columns;
    if (columns == nullptr && !readSpilled(columns))
        return nullptr;
    return columns;
}

Result<OpenedChunk> LogChunk::open(ChunkScratch& scratch) const {
    OpenedChunk opened{m_summary, {}, m_columns, m_text};
    const auto size = static_cast<qsizetype>(m_summary.textSize);
    if (m_text != nullptr) {
        opened.text = QByteArrayView(m_text.get(), size);
        return opened;
    }
    QByteArray frame = m_packed;
    if (m_spilled != nullptr) {
        Result<QByteArray> read = readSpilled(opened.columns);
        if (!read)
            return tl::unexpected(read.error());
        frame = std::move(*read);
    }
    std::shared_ptr<char> room = scratch.take(size);
    if (!unpack(frame, room.get(), size))
        return tl::unexpected(damage(QStringLiteral("the checksum differs")));
    opened.text = QByteArrayView(room.get(), size);
    opened.owner = std::move(room);
    return opened;
}

std::shared_ptr<const LogChunk> LogChunk::pack() const {
    std::shared_ptr<LogChunk> chunk(new LogChunk(m_summary));
    chunk->m_columns = m_columns;
    chunk->m_packed =
        packed(QByteArrayView(m_text.get(), static_cast<qsizetype>(m_summary.textSize)));
    return chunk;
}

Result<std::shared_ptr<const LogChunk>>
LogChunk::spill(const std::shared_ptr<LogSpill>& where) const {
    const QByteArray columns = packed(m_columns->bytes());
    const auto length = static_cast<std::uint32_t>(columns.size());
    QByteArray bytes(reinterpret_cast<const char*>(&length), lengthSize);
    bytes.append(columns).append(m_packed);
    const Result<LogSpill::Handle> handle = where->write(bytes);
    if (!handle)
        return tl::unexpected(handle.error());
    std::shared_ptr<LogChunk> chunk(new LogChunk(m_summary));
    chunk->m_spilled = std::make_shared<const Spilled>(where, *handle);
    chunk->m_spilledSize = bytes.size();
    return chunk;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logfilereader.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace app {

namespace {

constexpr qsizetype packedSize = 1 << 20; ///< of a packed file, read at once

struct Words {
    Q_DECLARE_TR_FUNCTIONS(app::LogFileReader)
};

} // namespace

/// What makes a log of a packed file.
class LogFileReader::Unpacker {
public:
    Unpacker() = default;
    virtual ~Unpacker() = default;
    Q_DISABLE_COPY_MOVE(Unpacker)

    struct Step {
        qsizetype used = 0;
        qsizetype made = 0;
        Unpacking state = Unpacking::Between; ///< behind what was used
    };
    [[nodiscard]] virtual Step unpack(QByteArrayView packed, char* into, qsizetype room) = 0;
};

class LogFileReader::Zstd final : public Unpacker {
public:
    static bool reads(QByteArrayView bytes) { return bytes.startsWith("\x28\xb5\x2f\xfd"); }

    Step unpack(QByteArrayView packed, char* into, qsizetype room) override {
        ZSTD_inBuffer in{packed.data(), static_cast<size_t>(packed.size()), 0};
        ZSTD_outBuffer out{into, static_cast<size_t>(room), 0};
        const size_t left = ZSTD_decompressStream(m_context.get(), &out, &in);
        const Unpacking state = ZSTD_isError(left) != 0 ? Unpacking::Damaged
                                : left == 0             ? Unpacking::Between
                                                        : Unpacking::Inside;
        return {static_cast<qsizetype>(in.pos), static_cast<qsizetype>(out.pos), state};
    }

private:
    struct Release {
        void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    };
    std::unique_ptr<ZSTD_DCtx, Release> m_context{ZSTD_createDCtx()};
};

class LogFileReader::Gzip final : public Unpacker {
public:
    static bool reads(QByteArrayView bytes) { return bytes.startsWith("\x1f\x8b\x08"); }

    Gzip() { inflateInit2(&m_stream, onlyGzip); }
    ~Gzip() override { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Gzip)

    Step unpack(QByteArrayView packed, char* into, qsizetype room) override {
        // zlib takes no const, and does not write there.
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(into);
        m_stream.avail_out = static_cast<uInt>(room);
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        const Step step{packed.size() - static_cast<qsizetype>(m_stream.avail_in),
                        room - static_cast<qsizetype>(m_stream.avail_out),
                        result == Z_STREAM_END                    ? Unpacking::Between
                        : result == Z_OK || result == Z_BUF_ERROR ? Unpacking::Inside
                                                                  : Unpacking::Damaged};
        if (step.state == Unpacking::Between)
            inflateReset(&m_stream);
        return step;
    }

private:
    static constexpr int onlyGzip = 16 + MAX_WBITS;
    z_stream m_stream{};
};

LogFileReader::LogFileReader(const QString& path)
    : m_file(path) {}

LogFileReader::~LogFileReader() = default;

tl::unexpected<models::Error> LogFileReader::unreadable(const QString& why) const {
    return models::failure(models::ErrorCode::NotReadable,
                           Words::tr("The log %1 cannot be read: %2.").arg(m_file.fileName(), why));
}

models::Result<void> LogFileReader::open() {
    if (m_file.isOpen())
        return {};
    const QFileInfo info(m_file.fileName());
    // A pipe without a writer would be waited for without an end.
    if (info.exists() && !info.isFile())
        return unreadable(Words::tr("it is not a file"));
    if (!m_file.open(QIODevice::ReadOnly))
        return unreadable(m_file.errorString());
    const QByteArray head = m_file.peek(4);
    if (Zstd::reads(head))
        m_unpacker = std::make_unique<Zstd>();
    else if (Gzip::reads(head))
        m_unpacker = std::make_unique<Gzip>();
    m_handle = m_file.handle();
    m_isSequential = m_unpacker != nullptr || size() == 0;
    return {};
}

models::Result<qsizetype> LogFileReader::read(char* into, qsizetype room) {
    if (const models::Result<void> opened = open(); !opened)
        return tl::unexpected(opened.error());
    if (m_unpacker)
        return readPacked(into, room);
    const qint64 got = m_file.read(into, room);
    if (got < 0)
        return unreadable(m_file.errorString());
    m_position += got;
    return got;
}

qint64 LogFileReader::size() const {
    struct stat status {};
    return fstat(m_handle, &status) == 0 ? status.st_size : 0;
}

models::Result<qsizetype> LogFileReader::readAt(qint64 at, char* into, qsizetype room) const {
    qsizetype read = 0;
    while (read < room) {
        const ssize_t got =
            pread(m_handle, into + read, static_cast<size_t>(room - read), at + read);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(QString::fromLocal8Bit(std::strerror(errno)));
        if (got == 0)
            break;
        read += got;
    }
    return read;
}

models::Result<qsizetype> LogFileReader::readPacked(char* into, qsizetype room) {
    qsizetype made = 0;
    while (made < room && m_state != Unpacking::Damaged) {
        if (m_used == m_packed.size()) {
            m_packed = m_file.read(packedSize);
            m_used = 0;
            m_position += m_packed.size();
        }
        if (m_packed.isEmpty() && m_state == Unpacking::Between)
            break;
        const Unpacker::Step step =
            m_unpacker->unpack(QByteArrayView(m_packed).sliced(m_used), into + made, room - made);
        m_used += step.used;
        made += step.made;
        // Nothing comes in and nothing goes out any more: the file ends before the log does.
        const bool isCutOff = m_packed.isEmpty() && step.made == 0;
        m_state = isCutOff ? Unpacking::Damaged : step.state;
    }
    if (m_state == Unpacking::Damaged && made == 0)
        return unreadable(Words::tr("the packed file is damaged or cut off"));
    return made;
}

} // namespace app

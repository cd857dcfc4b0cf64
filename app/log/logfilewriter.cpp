// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logfilewriter.h"

#include <QCoreApplication>

#include <zstd.h>

namespace app {

namespace {

constexpr int packingLevel = 3;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(app::LogFileWriter)
};

} // namespace

void LogFileWriter::Release::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

LogFileWriter::LogFileWriter(const QString& path)
    : m_file(path) {
    if (!path.endsWith(QLatin1String(".zst"), Qt::CaseInsensitive))
        return;
    m_packer.reset(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(m_packer.get(), ZSTD_c_compressionLevel, packingLevel);
    ZSTD_CCtx_setParameter(m_packer.get(), ZSTD_c_checksumFlag, 1);
    m_packed.resize(static_cast<qsizetype>(ZSTD_CStreamOutSize()));
}

LogFileWriter::~LogFileWriter() = default;

tl::unexpected<models::Error> LogFileWriter::refused(const QString& advice) const {
    return models::failure(models::ErrorCode::NotWritable,
                           Words::tr("The lines could not be saved as %1: %2. %3")
                               .arg(m_file.fileName(), m_file.errorString(), advice));
}

models::Result<void> LogFileWriter::open() {
    if (!m_file.open(QIODevice::WriteOnly))
        return refused(Words::tr("Choose another folder."));
    return {};
}

models::Result<void> LogFileWriter::put(const char* bytes, qint64 size) {
    if (m_file.write(bytes, size) != size)
        return refused(Words::tr("Make room there or choose another folder."));
    m_size += size;
    return {};
}

models::Result<void> LogFileWriter::write(QByteArrayView bytes) {
    return m_packer ? pack(bytes, Finish::No) : put(bytes.data(), bytes.size());
}

models::Result<void> LogFileWriter::pack(QByteArrayView bytes, Finish finish) {
    ZSTD_inBuffer in{bytes.data(), static_cast<size_t>(bytes.size()), 0};
    const ZSTD_EndDirective end = finish == Finish::Yes ? ZSTD_e_end : ZSTD_e_continue;
    size_t left = 0;
    do {
        ZSTD_outBuffer out{m_packed.data(), static_cast<size_t>(m_packed.size()), 0};
        left = ZSTD_compressStream2(m_packer.get(), &out, &in, end);
        if (ZSTD_isError(left) != 0)
            return models::failure(models::ErrorCode::Internal,
                                   Words::tr("The lines could not be packed. Save them as .log."),
                                   QString::fromLatin1(ZSTD_getErrorName(left)));
        if (models::Result<void> done = put(m_packed.constData(), static_cast<qint64>(out.pos));
            !done)
            return done;
    } while (finish == Finish::Yes ? left != 0 : in.pos < in.size);
    return {};
}

models::Result<qint64> LogFileWriter::commit() {
    if (m_packer) {
        if (const models::Result<void> done = pack({}, Finish::Yes); !done)
            return tl::unexpected(done.error());
    }
    if (!m_file.commit())
        return refused(Words::tr("Make room there or choose another folder."));
    return m_size;
}

} // namespace app

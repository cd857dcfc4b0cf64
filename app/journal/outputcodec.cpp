// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/outputcodec.h"

#include <zstd.h>

namespace app {

namespace {

constexpr int level = 3;
/// A frame's own bytes outweigh what a shorter text could save.
constexpr qsizetype worthTrying = 64;

tl::unexpected<models::Error> damaged(const QString& detail) {
    return models::failure(models::ErrorCode::Damaged,
                           QStringLiteral("Recorded output cannot be read: it was changed or "
                                          "damaged in the journal. \"gantry journal verify\" says "
                                          "where."),
                           detail);
}

} // namespace

void OutputEncoder::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

OutputEncoder::OutputEncoder()
    : m_context(ZSTD_createCCtx()) {
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(m_context.get(), ZSTD_c_checksumFlag, 1);
}

OutputEncoder::~OutputEncoder() = default;

CodedBody OutputEncoder::encode(const QByteArray& bytes) {
    if (bytes.size() < worthTrying)
        return {BodyCoding::Plain, bytes};
    QByteArray packed(static_cast<qsizetype>(ZSTD_compressBound(static_cast<size_t>(bytes.size()))),
                      Qt::Uninitialized);
    const size_t size =
        ZSTD_compress2(m_context.get(), packed.data(), static_cast<size_t>(packed.size()),
                       bytes.constData(), static_cast<size_t>(bytes.size()));
    if (ZSTD_isError(size) || size >= static_cast<size_t>(bytes.size()))
        return {BodyCoding::Plain, bytes};
    packed.resize(static_cast<qsizetype>(size));
    packed.squeeze();
    return {BodyCoding::Zstd, packed};
}

models::Result<QByteArray> decodeBody(const CodedBody& body, qint64 size) {
    if (body.coding == BodyCoding::Plain) {
        if (body.bytes.size() != size)
            return damaged(QStringLiteral("the size differs"));
        return body.bytes;
    }
    // The frame's own word decides before any memory is set aside for it.
    const auto packed = static_cast<size_t>(body.bytes.size());
    if (ZSTD_getFrameContentSize(body.bytes.constData(), packed) !=
        static_cast<unsigned long long>(size))
        return damaged(QStringLiteral("the size differs"));
    QByteArray bytes(size, Qt::Uninitialized);
    const size_t got =
        ZSTD_decompress(bytes.data(), static_cast<size_t>(size), body.bytes.constData(), packed);
    if (ZSTD_isError(got))
        return damaged(QString::fromLatin1(ZSTD_getErrorName(got)));
    return bytes;
}

} // namespace app

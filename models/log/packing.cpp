// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/packing.h"

#include <memory>
#include <zstd.h>

namespace models {

namespace {

constexpr int level = 1;

struct Release {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

ZSTD_CCtx* packer() {
    thread_local const std::unique_ptr<ZSTD_CCtx, Release> context = [] {
        std::unique_ptr<ZSTD_CCtx, Release> made(ZSTD_createCCtx());
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_compressionLevel, level);
        ZSTD_CCtx_setParameter(made.get(), ZSTD_c_checksumFlag, 1);
        return made;
    }();
    return context.get();
}

ZSTD_DCtx* unpacker() {
    thread_local const std::unique_ptr<ZSTD_DCtx, Release> context(ZSTD_createDCtx());
    return context.get();
}

} // namespace

QByteArray packed(QByteArrayView bytes) {
    const auto size = static_cast<size_t>(bytes.size());
    QByteArray frame(static_cast<qsizetype>(ZSTD_compressBound(size)), Qt::Uninitialized);
    const size_t written = ZSTD_compress2(packer(), frame.data(), static_cast<size_t>(frame.size()),
                                          bytes.data(), size);
    // With room for the worst case, only a lack of memory fails.
    Q_ASSERT(ZSTD_isError(written) == 0);
    frame.resize(static_cast<qsizetype>(written));
    frame.squeeze();
    return frame;
}

bool unpack(QByteArrayView frame, char* into, qsizetype size) {
    const size_t read = ZSTD_decompressDCtx(unpacker(), into, static_cast<size_t>(size),
                                            frame.data(), static_cast<size_t>(frame.size()));
    return ZSTD_isError(read) == 0 && read == static_cast<size_t>(size);
}

qsizetype unpackedSize(QByteArrayView frame) {
    const unsigned long long size =
        ZSTD_getFrameContentSize(frame.data(), static_cast<size_t>(frame.size()));
    constexpr unsigned long long most = 1ULL << 31;
    return size > most ? -1 : static_cast<qsizetype>(size);
}

} // namespace models

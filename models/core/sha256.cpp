// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/sha256.h"

#include <nettle/sha2.h>

namespace models {

QByteArray sha256(QByteArrayView bytes) {
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, std::size_t(bytes.size()),
                  reinterpret_cast<const std::uint8_t*>(bytes.data()));
    QByteArray digest(SHA256_DIGEST_SIZE, Qt::Uninitialized);
    sha256_digest(&context, std::size_t(digest.size()),
                  reinterpret_cast<std::uint8_t*>(digest.data()));
    return digest;
}

QString sha256Text(QByteArrayView bytes) {
    return QString::fromLatin1(sha256(bytes).toHex());
}

} // namespace models

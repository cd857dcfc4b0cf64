// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace models {

/// One zstd frame of level 1 with a checksum. Any thread; each keeps a context of its own.
[[nodiscard]] QByteArray packed(QByteArrayView bytes);

/// Unpacks a frame into the size bytes at into, which have to be its exact length; false where the
/// frame is damaged or of another length.
[[nodiscard]] bool unpack(QByteArrayView frame, char* into, qsizetype size);

/// The length of what a frame holds; -1 where it is none.
[[nodiscard]] qsizetype unpackedSize(QByteArrayView frame);

} // namespace models

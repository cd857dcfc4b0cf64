// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace models {

/// The 32 bytes of the SHA-256 (FIPS 180-4). For documents and outputs: Qt's own portable code
/// takes ten times as long.
[[nodiscard]] QByteArray sha256(QByteArrayView bytes);

/// The same as 64 hexadecimal digits in lower case.
[[nodiscard]] QString sha256Text(QByteArrayView bytes);

} // namespace models

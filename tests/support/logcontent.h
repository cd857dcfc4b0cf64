// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfilereader.h"

#include <QByteArray>
#include <QString>

namespace tests {

/// What a log file has, packed or not, and the error that followed, if any.
inline QByteArray contentOf(const QString& path, QString* error = nullptr) {
    app::LogFileReader reader(path);
    QByteArray all;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (;;) {
        const models::Result<qsizetype> got = reader.read(piece.data(), piece.size());
        if (!got && error != nullptr)
            *error = got.error().message;
        if (!got || *got == 0)
            return all;
        all.append(piece.constData(), *got);
    }
}

} // namespace tests

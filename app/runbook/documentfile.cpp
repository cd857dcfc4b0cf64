// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbook/documentfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace app {

using models::ErrorCode;
using models::failure;

namespace {

models::Result<void> checkRegular(const QFileInfo& file, const QString& shown) {
    if (!file.exists()) {
        const bool dangling = file.isSymLink();
        return failure(ErrorCode::NotFound,
                       dangling ? QStringLiteral("\"%1\" is a link to a file that is not there. "
                                                 "Mend the link or choose another file.")
                                      .arg(shown)
                                : QStringLiteral("There is no file \"%1\". It may have been moved "
                                                 "or deleted; check the path.")
                                      .arg(shown));
    }
    if (file.isDir()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is a folder, and a file is needed here. Choose a "
                                      "file in it.")
                           .arg(shown));
    }
    if (!file.isFile()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is a pipe or a device. Save its content to an "
                                      "ordinary file first.")
                           .arg(shown));
    }
    return {};
}

} // namespace

models::Result<QByteArray> readDocument(const QString& path, qint64 maximumBytes) {
    const QString shown = QDir::toNativeSeparators(path);
    if (const auto regular = checkRegular(QFileInfo(path), shown); !regular)
        return tl::unexpected(regular.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::NotReadable,
                       QStringLiteral("\"%1\" cannot be read. Check that you may read it (ls -l "
                                      "shows who can).")
                           .arg(shown),
                       file.errorString());
    }
    // One byte more than allowed tells a long file from one that just fits.
    QByteArray bytes = file.read(maximumBytes + 1);
    if (file.error() != QFileDevice::NoError) {
        return failure(ErrorCode::NotReadable,
                       QStringLiteral("Reading \"%1\" stopped half-way. Check the disk or the "
                                      "network folder, then try again.")
                           .arg(shown),
                       file.errorString());
    }
    if (bytes.size() > maximumBytes) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("\"%1\" is larger than %2 MiB, which is the most that is "
                                      "read. Split it.")
                           .arg(shown)
                           .arg(maximumBytes / (1024 * 1024)));
    }
    return bytes;
}

} // namespace app

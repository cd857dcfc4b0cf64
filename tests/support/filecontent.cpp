// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/filecontent.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace tests {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        qFatal("%s cannot be written", qPrintable(path));
}

void replaceFile(const QString& path, const QByteArray& bytes) {
    const QString beside = path + QStringLiteral(".new");
    writeFile(beside, bytes);
    if (std::rename(QFile::encodeName(beside).constData(), QFile::encodeName(path).constData()) !=
        0)
        qFatal("%s cannot be replaced", qPrintable(path));
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/openfiles.h"

#include <QDir>

#include <sys/stat.h>
#include <unistd.h>

namespace tests {

QByteArray contentOfNamelessFiles() {
    QByteArray all;
    const QDir open(QStringLiteral("/proc/self/fd"));
    const QStringList descriptors = open.entryList(QDir::AllEntries | QDir::System);
    for (const QString& descriptor : descriptors) {
        bool isNumber = false;
        const int file = descriptor.toInt(&isNumber);
        struct stat is {};
        if (!isNumber || fstat(file, &is) != 0 || !S_ISREG(is.st_mode) || is.st_nlink > 0)
            continue;
        QByteArray content(is.st_size, Qt::Uninitialized);
        if (pread(file, content.data(), size_t(content.size()), 0) == content.size())
            all += content;
    }
    return all;
}

} // namespace tests

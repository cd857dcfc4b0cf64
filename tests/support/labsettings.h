// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QMap>
#include <QString>

namespace tests {

/// The NAME=VALUE lines of a file; nothing where it cannot be read.
inline QMap<QString, QString> labSettings(const QString& path) {
    QMap<QString, QString> settings;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return settings;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')))
        settings.insert(line.section(QLatin1Char('='), 0, 0), line.section(QLatin1Char('='), 1));
    return settings;
}

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journaloptions.h"

#include <QRandomGenerator>
#include <QStandardPaths>

#include <unistd.h>

namespace app {

QString JournalOptions::defaultFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/gantry");
}

QString JournalOptions::newConsoleId() {
    return QStringLiteral("%1-%2").arg(getpid()).arg(QRandomGenerator::system()->generate64(), 16,
                                                     16, QLatin1Char('0'));
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/exampleworkspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStringList>

namespace ui {

QString exampleWorkspace() {
    const QString program = QCoreApplication::applicationDirPath();
    const QStringList places = {
        program + QStringLiteral("/../share/gantry/examples/voxbento"),
        program + QStringLiteral("/../../resources/examples/voxbento"),
    };
    for (const QString& place : places) {
        if (QFileInfo(place).isDir())
            return QDir::cleanPath(place);
    }
    return {};
}

} // namespace ui

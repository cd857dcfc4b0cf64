// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace app {

/// A script that is brought along for hosts, as it stands. resource: where it is among the
/// program's resources, which have to be initialized.
inline QString programText(const QString& resource) {
    QFile file(resource);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace app

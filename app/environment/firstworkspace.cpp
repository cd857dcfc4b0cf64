// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/firstworkspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace app {

using models::ErrorCode;
using models::failure;

models::Result<QString> writeFirstFile(const QString& folder, const QByteArray& text) {
    const QString root = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    if (!QDir().mkpath(root))
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("The folder \"%1\" cannot be made. Choose one that you may "
                                      "write to.")
                           .arg(root));
    QFile file(root + QStringLiteral("/gantry.yaml"));
    if (!file.open(QFile::WriteOnly | QFile::NewOnly)) {
        if (file.exists() || QFileInfo(file.fileName()).isSymLink())
            return failure(ErrorCode::Refused,
                           QStringLiteral("\"%1\" has a gantry.yaml already, which is not "
                                          "replaced. Open the folder, or choose another.")
                               .arg(root));
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("\"%1\" cannot be written. Choose a folder that you may "
                                      "write to.")
                           .arg(file.fileName()),
                       file.errorString());
    }
    if (file.write(text) != text.size() || !file.flush()) {
        const QString why = file.errorString();
        file.remove();
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("\"%1\" could not be written whole, and was taken away "
                                      "again. Check that the disk has room.")
                           .arg(file.fileName()),
                       why);
    }
    return root;
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filewriting.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FileWriting)
};

constexpr int mostLetters = 60;

enum class Readers { AsUsual, OwnerOnly };

models::Result<void> write(const QString& path, const QByteArray& content, Readers readers) {
    // The folder for documents is proposed, and not every account has one yet.
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const bool isOpen =
        file.open(QFile::WriteOnly) &&
        (readers == Readers::AsUsual || file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    if (!isOpen || file.write(content) != content.size() || !file.commit())
        return models::failure(
            models::ErrorCode::NotWritable,
            Words::tr("%1 could not be written: %2.").arg(path, file.errorString()));
    return {};
}

} // namespace

models::Result<void> writeFile(const QString& path, const QByteArray& content, Existing existing) {
    if (existing == Existing::Keep && QFileInfo::exists(path))
        return models::failure(
            models::ErrorCode::Refused,
            Words::tr("%1 is there already. Save again to replace it.").arg(path));
    return write(path, content, Readers::AsUsual);
}

models::Result<void> writePrivateFile(const QString& path, const QByteArray& content) {
    return write(path, content, Readers::OwnerOnly);
}

QString fileNameFrom(const QString& words) {
    static const QRegularExpression other(QStringLiteral("[^\\p{L}\\p{N}]+"));
    QString name = words.toLower().replace(other, QStringLiteral("-")).left(mostLetters);
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name;
}

} // namespace ui

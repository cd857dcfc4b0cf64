// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"

#include "app/journal/journalreading.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

namespace app {

using models::ErrorCode;
using models::failure;
using models::Result;

Result<void> backupJournal(const QString& file, const QString& target) {
    // Made first, so that it is private from its first byte on; VACUUM INTO takes an empty file.
    const int made = open(QFile::encodeName(target).constData(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (made < 0) {
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("The backup %1 cannot be made: it exists already, or its "
                                      "folder cannot be written. Name another file.")
                           .arg(target));
    }
    close(made);
    Connection connection(QStringLiteral("journal"));
    auto done = openExisting(connection, file, Connection::Access::ReadOnly)
                    .and_then([&]() -> Result<void> {
                        auto copied = connection.run(QStringLiteral("VACUUM INTO ?"), {target});
                        if (!copied)
                            return tl::unexpected(copied.error());
                        return {};
                    });
    if (!done)
        QFile::remove(target);
    return done;
}

Result<Removal> removeOutputs(const QString& file, models::Instant closedBefore) {
    Connection connection(QStringLiteral("journal"));
    if (auto opened = openExisting(connection, file, Connection::Access::ReadWrite); !opened)
        return tl::unexpected(opened.error());
    const QString which = QStringLiteral(" FROM bodies WHERE kept=0 AND run IN (SELECT id FROM runs"
                                         " WHERE closed_at>0 AND closed_at<?)");
    const QVariant moment = QVariant::fromValue<qlonglong>(closedBefore.nanoseconds);
    Removal removal;
    const auto done = connection.transaction([&]() -> Result<void> {
        const auto bodies = connection.value(QStringLiteral("SELECT count(*)") + which, {moment});
        if (!bodies)
            return tl::unexpected(bodies.error());
        const auto bytes =
            connection.value(QStringLiteral("SELECT sum(length(bytes))") + which, {moment});
        if (!bytes)
            return tl::unexpected(bytes.error());
        removal = {bodies->toLongLong(), bytes->toLongLong()};
        return connection
            .run(QStringLiteral(
                     "UPDATE bodies SET bytes=NULL, kept=? WHERE rowid IN (SELECT rowid") +
                     which + QLatin1Char(')'),
                 {static_cast<int>(BodyKept::PastRetention), moment})
            .map([](const QSqlQuery&) {});
    });
    if (!done)
        return tl::unexpected(done.error());
    // That it cannot (somebody reads) takes nothing from what was done.
    (void)connection.giveBackFreePages();
    return removal;
}

} // namespace app

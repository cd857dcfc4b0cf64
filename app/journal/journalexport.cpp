// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"

#include "app/journal/journalreading.h"
#include "app/journal/runtable.h"

#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

using models::ErrorCode;
using models::failure;
using models::Result;

namespace {

QJsonObject exportedEvent(const models::RunId& run, const models::ChainRecord& record) {
    return {{QStringLiteral("run"), run.text()},
            {QStringLiteral("seq"), record.seq},
            {QStringLiteral("hash"), QString::fromLatin1(record.hash.toHex())},
            {QStringLiteral("event"), QString::fromUtf8(record.bytes)}};
}

QString whyGone(BodyKept kept) {
    return kept == BodyKept::PastLimit
               ? QStringLiteral("left out: past the limit of an attempt")
               : QStringLiteral("removed: older than the retention setting");
}

Result<void> exportRun(Connection& connection, QIODevice& target, const models::RunId& run) {
    const auto records = RunTable(connection).records(run);
    if (!records)
        return tl::unexpected(records.error());
    const auto bodies = bodiesOf(connection, run);
    if (!bodies)
        return tl::unexpected(bodies.error());
    for (const models::ChainRecord& record : *records) {
        QJsonObject line = exportedEvent(run, record);
        if (const auto entry = bodies->constFind(record.seq); entry != bodies->cend()) {
            const auto bytes =
                entry->kept == BodyKept::Whole ? bytesOf(connection, *entry) : Result<QByteArray>();
            if (!bytes)
                line.insert(QStringLiteral("outputGone"), bytes.error().message);
            else if (entry->kept != BodyKept::Whole)
                line.insert(QStringLiteral("outputGone"), whyGone(entry->kept));
            else
                line.insert(QStringLiteral("output"), QString::fromLatin1(bytes->toBase64()));
        }
        const QByteArray text = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
        if (target.write(text) != text.size()) {
            return failure(
                ErrorCode::NotWritable,
                QStringLiteral("The export could not be written: %1.").arg(target.errorString()));
        }
    }
    return {};
}

} // namespace

Result<void> exportJournal(const QString& file, QIODevice& target, const models::RunId& run) {
    Connection connection(QStringLiteral("journal"));
    if (auto opened = openExisting(connection, file, Connection::Access::ReadOnly); !opened)
        return opened;
    const auto ids = runIds(connection);
    if (!ids)
        return tl::unexpected(ids.error());
    if (!run.isEmpty() && !ids->contains(run)) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no run %1 in the journal. "
                                                           "\"gantry runs\" lists them.")
                                                .arg(run.text()));
    }
    for (const models::RunId& id : *ids) {
        if (!run.isEmpty() && id != run)
            continue;
        if (auto done = exportRun(connection, target, id); !done)
            return done;
    }
    return {};
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/outputtable.h"

#include "models/core/sha256.h"

#include <QLocale>
#include <QSqlError>

#include <algorithm>

namespace app {

namespace {

using models::Result;

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Bytes at the end that begin a UTF-8 sequence and do not finish it.
qsizetype unfinishedTail(const QByteArray& bytes) {
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xc0) {
            const qsizetype length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return back < length ? back : 0;
        }
    }
    return 0;
}

qsizetype unstartedHead(const QByteArray& bytes) {
    qsizetype count = 0;
    while (count < std::min<qsizetype>(3, bytes.size()) && isContinuation(bytes[count]))
        ++count;
    return count;
}

QByteArray marker(qint64 leftOut, qint64 removed) {
    const auto size = [](qint64 bytes) {
        return QLocale::c().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
    };
    QString text;
    if (leftOut > 0)
        text += QStringLiteral("\n[… %1 left out here …]\n").arg(size(leftOut));
    if (removed > 0)
        text += QStringLiteral("\n[… %1 removed: older than the retention setting …]\n")
                    .arg(size(removed));
    return text.toUtf8();
}

/// Puts the pieces of a stream together, and says where something is not there.
class Assembly {
public:
    /// Of total bytes those in [headEnd, tailStart) are left out.
    Assembly(qint64 headEnd, qint64 tailStart)
        : m_headEnd(headEnd)
        , m_tailStart(tailStart) {}

    [[nodiscard]] bool needs(qint64 size) const {
        return m_at < m_headEnd || m_at + size > m_tailStart;
    }
    void skip(qint64 size) {
        m_at += size;
        m_leftOut += size;
    }
    void gone(BodyKept why, qint64 size) {
        (why == BodyKept::PastRetention ? m_removed : m_leftOut) += size;
    }
    void add(const QByteArray& bytes) {
        const qint64 head = std::clamp<qint64>(m_headEnd - m_at, 0, bytes.size());
        const qint64 tail = std::clamp<qint64>(m_tailStart - m_at, head, bytes.size());
        m_at += bytes.size();
        if (head == tail) {
            append(bytes);
            return;
        }
        QByteArray first = bytes.left(head);
        first.chop(unfinishedTail(first));
        QByteArray last = bytes.mid(tail);
        if (m_leftOut == 0 || !first.isEmpty() || tail > 0)
            last = last.mid(unstartedHead(last));
        append(first);
        m_leftOut += bytes.size() - first.size() - last.size();
        append(last);
    }
    [[nodiscard]] QByteArray finish() { return m_result + marker(m_leftOut, m_removed); }

private:
    void append(const QByteArray& bytes) {
        if (bytes.isEmpty())
            return;
        m_result += marker(std::exchange(m_leftOut, 0), std::exchange(m_removed, 0));
        m_result += bytes;
    }

    qint64 m_headEnd;
    qint64 m_tailStart;
    qint64 m_at = 0;
    qint64 m_leftOut = 0;
    qint64 m_removed = 0;
    QByteArray m_result;
};

QVariantList keyOf(const models::AttemptKey& attempt) {
    return {attempt.run.text(), attempt.step.text(), attempt.number};
}

} // namespace

OutputTable::OutputTable(Connection& connection, qint64 keptAtEachEnd)
    : m_connection(&connection)
    , m_keptAtEachEnd(keptAtEachEnd)
    , m_insert(connection.database()) {
    m_insert.prepare(
        QStringLiteral("INSERT INTO bodies(run, seq, step, attempt, stream, size, kept,"
                       " coding, bytes) VALUES(?, ?, ?, ?, ?, ?, 0, ?, ?)"));
}

Result<QJsonObject> OutputTable::insert(const OutputBody& body, qint64 seq) {
    auto counted = count(body.attempt);
    if (!counted)
        return tl::unexpected(counted.error());
    const CodedBody coded = m_encoder.encode(body.bytes);
    m_insert.bindValue(0, body.attempt.run.text());
    m_insert.bindValue(1, seq);
    m_insert.bindValue(2, body.attempt.step.text());
    m_insert.bindValue(3, body.attempt.number);
    m_insert.bindValue(4, body.stream);
    m_insert.bindValue(5, body.bytes.size());
    m_insert.bindValue(6, static_cast<int>(coded.coding));
    m_insert.bindValue(7, coded.bytes.isNull() ? QByteArrayLiteral("") : coded.bytes);
    if (!m_insert.exec())
        return tl::unexpected(m_connection->error(m_insert));

    Count& totals = *counted;
    if (totals.first < m_keptAtEachEnd) {
        totals.first += body.bytes.size();
        totals.firstSeq = seq + 1;
    } else {
        totals.last += body.bytes.size();
    }
    if (auto left = leaveOut(body.attempt, totals); !left)
        return tl::unexpected(left.error());
    m_counts.insert(body.attempt, totals);

    QJsonObject payload{
        {QStringLiteral("step"), body.attempt.step.text()},
        {QStringLiteral("attempt"), body.attempt.number},
        {QStringLiteral("stream"), body.stream},
        {QStringLiteral("from"), body.rawFrom},
        {QStringLiteral("to"), body.rawTo},
        {QStringLiteral("size"), body.bytes.size()},
        {QStringLiteral("sha256"), models::sha256Text(body.bytes)},
    };
    if (totals.leftOut > 0)
        payload.insert(QStringLiteral("leftOut"), totals.leftOut);
    return payload;
}

Result<void> OutputTable::adopt(const models::Event& recorded,
                                const std::optional<QByteArray>& bytes) {
    const QJsonObject& payload = recorded.payload;
    const CodedBody coded = bytes ? m_encoder.encode(*bytes) : CodedBody();
    const BodyKept kept = bytes ? BodyKept::Whole : BodyKept::PastLimit;
    const QVariant stored =
        !bytes ? QVariant() : QVariant(coded.bytes.isNull() ? QByteArrayLiteral("") : coded.bytes);
    const auto inserted = m_connection->run(
        QStringLiteral("INSERT INTO bodies(run, seq, step, attempt, stream, size, kept, coding,"
                       " bytes) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {recorded.run.text(), recorded.seq, payload.value(QLatin1String("step")).toString(),
         payload.value(QLatin1String("attempt")).toInt(),
         payload.value(QLatin1String("stream")).toInt(),
         payload.value(QLatin1String("size")).toInteger(), static_cast<int>(kept),
         static_cast<int>(coded.coding), stored});
    return inserted ? Result<void>() : tl::unexpected(inserted.error());
}

Result<OutputTable::Count> OutputTable::count(const models::AttemptKey& attempt) {
    if (const auto known = m_counts.constFind(attempt); known != m_counts.cend())
        return *known;
    auto query = m_connection->run(QStringLiteral("SELECT seq, size, kept FROM bodies WHERE run=?"
                                                  " AND step=? AND attempt=? ORDER BY seq"),
                                   keyOf(attempt));
    if (!query)
        return tl::unexpected(query.error());
    Count totals;
    while (query->next()) {
        const qint64 size = query->value(1).toLongLong();
        if (static_cast<BodyKept>(query->value(2).toInt()) != BodyKept::Whole) {
            totals.leftOut += size;
            totals.firstSeq = query->value(0).toLongLong() + 1;
        } else if (totals.first < m_keptAtEachEnd) {
            totals.first += size;
            totals.firstSeq = query->value(0).toLongLong() + 1;
        } else {
            totals.last += size;
        }
    }
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return totals;
}

Result<void> OutputTable::leaveOut(const models::AttemptKey& attempt, Count& totals) {
    while (totals.last > m_keptAtEachEnd) {
        auto oldest = m_connection->run(
            QStringLiteral("SELECT rowid, seq, size FROM bodies WHERE run=? AND step=? AND"
                           " attempt=? AND seq>=? AND kept=0 ORDER BY seq LIMIT 1"),
            keyOf(attempt) + QVariantList{totals.firstSeq});
        if (!oldest)
            return tl::unexpected(oldest.error());
        if (!oldest->next())
            return {};
        const qint64 row = oldest->value(0).toLongLong();
        const qint64 seq = oldest->value(1).toLongLong();
        const qint64 size = oldest->value(2).toLongLong();
        oldest->finish();
        // At least the promised length stays.
        if (totals.last - size < m_keptAtEachEnd)
            return {};
        const auto removed =
            m_connection->run(QStringLiteral("UPDATE bodies SET bytes=NULL, kept=? WHERE rowid=?"),
                              {static_cast<int>(BodyKept::PastLimit), row});
        if (!removed)
            return tl::unexpected(removed.error());
        totals.last -= size;
        totals.leftOut += size;
        totals.firstSeq = seq + 1;
    }
    return {};
}

Result<QList<OutputTable::Row>> OutputTable::rows(const models::AttemptKey& attempt, int stream) {
    auto query =
        m_connection->run(QStringLiteral("SELECT rowid, size, kept FROM bodies WHERE run=? AND"
                                         " step=? AND attempt=? AND stream=? ORDER BY seq"),
                          keyOf(attempt) + QVariantList{stream});
    if (!query)
        return tl::unexpected(query.error());
    QList<Row> rows;
    while (query->next()) {
        rows.append({query->value(0).toLongLong(), query->value(1).toLongLong(),
                     static_cast<BodyKept>(query->value(2).toInt())});
    }
    if (query->lastError().isValid())
        return tl::unexpected(m_connection->error(*query));
    return rows;
}

Result<QByteArray> OutputTable::body(const Row& row) {
    auto query = m_connection->run(QStringLiteral("SELECT coding, bytes FROM bodies WHERE rowid=?"),
                                   {row.id});
    if (!query)
        return tl::unexpected(query.error());
    if (!query->next())
        return tl::unexpected(m_connection->error(*query));
    return decodeBody(
        {static_cast<BodyCoding>(query->value(0).toInt()), query->value(1).toByteArray()},
        row.size);
}

Result<QByteArray> OutputTable::output(const models::AttemptKey& attempt, int stream,
                                       qint64 maximum) {
    const auto found = rows(attempt, stream);
    if (!found)
        return tl::unexpected(found.error());
    qint64 total = 0;
    for (const Row& row : *found)
        total += row.kept == BodyKept::Whole ? row.size : 0;
    const bool isWhole = maximum <= 0 || total <= maximum;
    Assembly assembly(isWhole ? total : maximum / 2, isWhole ? total : total - maximum / 2);
    for (const Row& row : *found) {
        if (row.kept != BodyKept::Whole) {
            assembly.gone(row.kept, row.size);
        } else if (!assembly.needs(row.size)) {
            assembly.skip(row.size);
        } else if (const auto bytes = body(row)) {
            assembly.add(*bytes);
        } else {
            return bytes;
        }
    }
    return assembly.finish();
}

} // namespace app

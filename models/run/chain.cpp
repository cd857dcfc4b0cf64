// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/chain.h"

#include "models/run/event.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace models {

namespace {

/// The quick way for what is nearly always so: every hash follows, and every event says itself that
/// it is this one. In canonical bytes these members stand at the very end, so nothing is parsed.
bool isPlainlyIntact(const RunId& run, const QList<ChainRecord>& records) {
    const QByteArray before = R"(,"run":")" + run.text().toUtf8() + R"(","seq":)";
    QByteArray previous = chainOrigin();
    qint64 seq = 0;
    for (const ChainRecord& record : records) {
        ++seq;
        const QByteArray end = before + QByteArray::number(seq) + R"(,"v":)" +
                               QByteArray::number(Event::version) + '}';
        if (record.seq != seq || !record.bytes.endsWith(end) ||
            chainHash(previous, record.bytes) != record.hash)
            return false;
        previous = record.hash;
    }
    return true;
}

ChainFault cutFault(const QList<ChainRecord>& records, const QByteArray& rememberedHead) {
    const qint64 last = records.isEmpty() ? 0 : records.last().seq;
    return {ChainFaultKind::Cut, last,
            QStringLiteral("The chain ends at event %1, but its remembered head %2 is not in it: "
                           "later events are missing, or the chain was rewritten.")
                .arg(last)
                .arg(QString::fromLatin1(rememberedHead.toHex().left(16)))};
}

/// Looks at one run's records, each against its neighbours.
class Verifier {
public:
    Verifier(const RunId& run, const QList<ChainRecord>& records)
        : m_run(run) {
        for (const ChainRecord& record : records) {
            m_hashBySeq.insert(record.seq, record.hash);
            m_hashes.insert(record.hash);
            if (const auto event = eventFromBytes(record.bytes, record.hash))
                m_hashByOwnSeq.insert(event->seq, record.hash);
        }
    }

    void verify(const ChainRecord& record) {
        if (record.seq > m_expected) {
            reportGap(record.seq);
            m_previous.clear();
            m_computed.clear();
        }
        const QByteArray computed =
            m_previous.isEmpty() ? QByteArray() : chainHash(m_previous, record.bytes);
        // Where the previous event's hash was what changed, this one still follows from its bytes.
        const bool follows =
            computed == record.hash ||
            (!m_computed.isEmpty() && chainHash(m_computed, record.bytes) == record.hash);
        const auto event = eventFromBytes(record.bytes, record.hash);
        const bool inPlace = event && event->seq == record.seq && event->run == m_run;
        if (event && event->seq != record.seq && isIntactElsewhere(*event))
            reportMisplaced(record.seq, event->seq);
        else if ((!m_previous.isEmpty() && !follows) || !event)
            reportChanged(record.seq);
        else if (!inPlace)
            reportForeign(record.seq, *event);
        m_computed = follows ? QByteArray() : computed;
        m_previous = record.hash;
        m_expected = std::max(m_expected, record.seq) + 1;
    }

    QList<ChainFault> faults;

private:
    /// Intact by its own account: it follows from the event before it, wherever that one stands.
    bool isIntactElsewhere(const Event& event) const {
        if (event.run != m_run)
            return false;
        if (event.seq == 1)
            return m_hashes.contains(chainHash(chainOrigin(), event.bytes));
        for (const auto* hashes : {&m_hashByOwnSeq, &m_hashBySeq}) {
            const auto before = hashes->constFind(event.seq - 1);
            if (before != hashes->cend() && m_hashes.contains(chainHash(*before, event.bytes)))
                return true;
        }
        return false;
    }

    void add(ChainFaultKind kind, qint64 seq, const QString& text) {
        faults.append({kind, seq, text});
    }
    void reportGap(qint64 found) {
        const QString text =
            found - m_expected == 1
                ? QStringLiteral("Event %1 is missing.").arg(m_expected)
                : QStringLiteral("Events %1 to %2 are missing.").arg(m_expected).arg(found - 1);
        add(ChainFaultKind::Missing, m_expected, text);
    }
    void reportMisplaced(qint64 place, qint64 own) {
        add(ChainFaultKind::Reordered, place,
            QStringLiteral("In the place of event %1 stands event %2.").arg(place).arg(own));
    }
    void reportChanged(qint64 seq) {
        add(ChainFaultKind::Changed, seq,
            seq == 1 ? QStringLiteral("Event 1 was changed: it does not match its hash.")
                     : QStringLiteral("Event %1 was changed: it does not match its hash and the "
                                      "event before it.")
                           .arg(seq));
    }
    void reportForeign(qint64 seq, const Event& event) {
        add(ChainFaultKind::Foreign, seq,
            QStringLiteral("In the place of event %1 stands event %2 of run %3.")
                .arg(QString::number(seq), QString::number(event.seq), event.run.text()));
    }

    RunId m_run;
    QHash<qint64, QByteArray> m_hashBySeq;
    QHash<qint64, QByteArray> m_hashByOwnSeq;
    QSet<QByteArray> m_hashes;
    qint64 m_expected = 1;
    QByteArray m_previous = chainOrigin();
    QByteArray m_computed;
};

} // namespace

QString ChainReport::text() const {
    QStringList lines;
    for (const ChainFault& fault : faults)
        lines.append(fault.text);
    return lines.join(QLatin1Char('\n'));
}

ChainReport verifyChain(const RunId& run, const QList<ChainRecord>& records,
                        const QByteArray& rememberedHead) {
    ChainReport report;
    report.events = records.size();
    report.head = records.isEmpty() ? QByteArray() : records.last().hash;
    if (!isPlainlyIntact(run, records)) {
        Verifier verifier(run, records);
        for (const ChainRecord& record : records)
            verifier.verify(record);
        report.faults = verifier.faults;
    }
    const bool isRemembered =
        rememberedHead.isEmpty() ||
        std::any_of(records.cbegin(), records.cend(),
                    [&](const ChainRecord& record) { return record.hash == rememberedHead; });
    if (!isRemembered)
        report.faults.append(cutFault(records, rememberedHead));
    return report;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/chain.h"

#include "models/run/event.h"

#include <QTest>

using models::ChainFaultKind;
using models::ChainRecord;

namespace {

const models::RunId run(QStringLiteral("01hx0000000000000000000001"));

QList<ChainRecord> chain(int events, const models::RunId& of = run) {
    QList<ChainRecord> records;
    QByteArray head = models::chainOrigin();
    for (int seq = 1; seq <= events; ++seq) {
        models::Event event;
        event.run = of;
        event.seq = seq;
        event.at = {1'700'000'000'000'000'000 + seq};
        event.actor = QStringLiteral("lead@desk");
        event.console = QStringLiteral("c1");
        event.kind = seq == 1 ? models::EventKind::RunStarted : models::EventKind::NoteAdded;
        event.payload = {{QStringLiteral("text"), QStringLiteral("note %1").arg(seq)}};
        models::sealEvent(event, head);
        head = event.hash;
        records.append({seq, event.bytes, event.hash});
    }
    return records;
}

using Fault = QPair<ChainFaultKind, qint64>;

QList<Fault> faultsOf(const QList<ChainRecord>& records, const QByteArray& head = {}) {
    QList<Fault> faults;
    for (const models::ChainFault& fault : models::verifyChain(run, records, head).faults)
        faults.append({fault.kind, fault.seq});
    return faults;
}

} // namespace

class TestChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void intact() {
        const auto report = models::verifyChain(run, chain(5));
        QVERIFY(report.isIntact());
        QVERIFY(report.text().isEmpty());
        QCOMPARE(report.events, qint64(5));
        QCOMPARE(report.head, chain(5).last().hash);
        QVERIFY(models::verifyChain(run, {}).isIntact());
    }

    void everyChangedByteIsFound() {
        const QList<ChainRecord> whole = chain(4);
        for (int i = 0; i < whole.size(); ++i) {
            for (qsizetype at = 0; at < whole[i].bytes.size(); ++at) {
                QList<ChainRecord> changed = whole;
                changed[i].bytes[at] = static_cast<char>(changed[i].bytes[at] ^ 1);
                QCOMPARE(faultsOf(changed), (QList<Fault>{{ChainFaultKind::Changed, i + 1}}));
            }
        }
    }

    void everyChangedHashIsFound() {
        const QList<ChainRecord> whole = chain(4);
        for (int i = 0; i < whole.size(); ++i) {
            for (qsizetype at = 0; at < 32; ++at) {
                QList<ChainRecord> changed = whole;
                changed[i].hash[at] = static_cast<char>(changed[i].hash[at] ^ 0x80);
                QCOMPARE(faultsOf(changed), (QList<Fault>{{ChainFaultKind::Changed, i + 1}}));
            }
        }
    }

    void aRewrittenEventDoesNotFit() {
        QList<ChainRecord> changed = chain(4);
        changed[1].bytes.replace("note 2", "NOTE 2");
        changed[1].hash = models::chainHash(changed[0].hash, changed[1].bytes);
        QCOMPARE(faultsOf(changed), (QList<Fault>{{ChainFaultKind::Changed, 3}}));
    }

    void gaps_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("count");
        QTest::newRow("first") << 1 << 1;
        QTest::newRow("middle") << 3 << 1;
        QTest::newRow("several") << 2 << 3;
    }
    void gaps() {
        QFETCH(int, from);
        QFETCH(int, count);
        QList<ChainRecord> records = chain(6);
        records.remove(from - 1, count);
        QCOMPARE(faultsOf(records), (QList<Fault>{{ChainFaultKind::Missing, from}}));
        const QString text = models::verifyChain(run, records).text();
        QVERIFY2(text.contains(QString::number(from)), qPrintable(text));
    }

    void aRenumberedGapIsFound() {
        QList<ChainRecord> records = chain(5);
        records.removeAt(2);
        records[2].seq = 3;
        records[3].seq = 4;
        const QList<Fault> faults = faultsOf(records);
        QVERIFY(!faults.isEmpty());
        QCOMPARE(faults.first().second, qint64(3));
    }

    void reorders_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("second");
        QTest::newRow("neighbours") << 2 << 3;
        QTest::newRow("apart") << 2 << 5;
        QTest::newRow("from the start") << 1 << 2;
        QTest::newRow("ends") << 1 << 6;
    }
    void reorders() {
        QFETCH(int, first);
        QFETCH(int, second);
        QList<ChainRecord> withHashes = chain(6);
        std::swap(withHashes[first - 1].bytes, withHashes[second - 1].bytes);
        std::swap(withHashes[first - 1].hash, withHashes[second - 1].hash);
        QList<ChainRecord> bytesOnly = chain(6);
        std::swap(bytesOnly[first - 1].bytes, bytesOnly[second - 1].bytes);
        for (const auto& records : {withHashes, bytesOnly}) {
            const QList<Fault> faults = faultsOf(records);
            QVERIFY(faults.contains(Fault(ChainFaultKind::Reordered, first)));
            QVERIFY(faults.contains(Fault(ChainFaultKind::Reordered, second)));
        }
    }

    void aForeignEventIsFound() {
        QList<ChainRecord> records = chain(3);
        const models::RunId other(QStringLiteral("01hx0000000000000000000002"));
        QCOMPARE(faultsOf(chain(1, other)), (QList<Fault>{{ChainFaultKind::Foreign, 1}}));
        records[1] = chain(3, other)[1];
        QVERIFY(faultsOf(records).contains(Fault(ChainFaultKind::Changed, 2)));
    }

    void aCutTailIsFoundAgainstTheRememberedHead() {
        const QList<ChainRecord> whole = chain(5);
        QVERIFY(faultsOf(whole, whole.last().hash).isEmpty());
        // A head that was remembered before the last events is no fault.
        QVERIFY(faultsOf(whole, whole[2].hash).isEmpty());
        QVERIFY(faultsOf(whole.mid(0, 3)).isEmpty());
        QCOMPARE(faultsOf(whole.mid(0, 3), whole.last().hash),
                 (QList<Fault>{{ChainFaultKind::Cut, 3}}));
        QCOMPARE(faultsOf({}, whole.last().hash), (QList<Fault>{{ChainFaultKind::Cut, 0}}));
    }
};

QTEST_APPLESS_MAIN(TestChain)
#include "tst_chain.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"
#include "app/journal/sqlitejournal.h"

#include "tests/app/journal/journalfixture.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using tests::done;
using tests::JournalFixture;
using tests::note;
using tests::runId;

namespace {

/// A process of its own that writes to the fixture's journal.
class Writer {
public:
    Writer(const JournalFixture& fixture, const char* how) {
        m_process.start(QStringLiteral(JOURNALWRITER),
                        {fixture.options.folder, runId().text(), QString::fromLatin1(how)});
    }

    /// Waits until it has said so many lines, or has ended.
    QList<QByteArray> lines(qsizetype count) {
        while (m_said.count('\n') < count && m_process.state() != QProcess::NotRunning)
            (void)QTest::qWaitFor([&] {
                m_said += m_process.readAllStandardOutput();
                return m_said.count('\n') >= count || m_process.state() == QProcess::NotRunning;
            });
        m_said += m_process.readAllStandardOutput();
        return m_said.trimmed().split('\n');
    }

    QList<QByteArray> kill() {
        m_process.kill();
        return end();
    }
    QList<QByteArray> end() {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
        return lines(0);
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

} // namespace

class TestJournalCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Whatever was acknowledged before a kill is there after it, whole and in its chain.
    void killedAtRandomMoments() {
        JournalFixture fixture;
        QRandomGenerator random(20260102);
        qint64 last = 0;
        for (int round = 0; round < 12; ++round) {
            Writer writer(fixture, round == 0 ? "create" : "append");
            writer.lines(random.bounded(1, 60));
            const QList<QByteArray> said = writer.kill();
            QByteArray acknowledged;
            for (const QByteArray& line : said) {
                if (line.startsWith("event ") && line.size() > 70)
                    acknowledged = line;
            }
            QVERIFY2(!acknowledged.isEmpty(), said.join('\n').constData());
            const qint64 seq = acknowledged.split(' ')[1].toLongLong();
            QVERIFY(seq > last);

            auto& journal = fixture.reopen();
            QCOMPARE(done(journal.notice()).value(), QString());
            const auto loaded = done(journal.load(runId(), true));
            QVERIFY(loaded);
            QVERIFY2(loaded->damage.isEmpty(), qPrintable(loaded->damage));
            QVERIFY2(loaded->writable, qPrintable(loaded->heldBy));
            last = loaded->events.last().seq;
            QVERIFY(last >= seq);
            QCOMPARE(loaded->events[seq - 1].hash.toHex(), acknowledged.split(' ')[2]);
            fixture.close();
            const auto verified =
                app::verifyJournal(fixture.options.databasePath(),
                                   {{runId(), QByteArray::fromHex(acknowledged.split(' ')[2])}});
            QVERIFY2(verified->isIntact(), qPrintable(verified->text()));
        }
    }

    void twoProcessesContendForARun() {
        JournalFixture fixture;
        QVERIFY(done(fixture.reopen().create(tests::started(runId()))));
        fixture.close();
        Writer holder(fixture, "hold");
        QCOMPARE(holder.lines(1).first(), QByteArrayLiteral("holding"));
        Writer second(fixture, "append");
        const QByteArray refused = second.end().first();
        QVERIFY2(refused.startsWith("held console "), refused.constData());

        auto& journal = fixture.reopen();
        const auto loaded = done(journal.load(runId(), true));
        QVERIFY(!loaded->writable);
        QCOMPARE(loaded->heldBy.toUtf8(), refused.mid(5));
        QCOMPARE(done(journal.runs()).value().first().heldBy, loaded->heldBy);
        // The lock dies with its process, and not before.
        holder.kill();
        QVERIFY(done(journal.runs()).value().first().heldBy.isEmpty());
        QVERIFY(done(journal.load(runId(), true))->writable);
        QVERIFY(done(journal.append(note(runId(), QStringLiteral("taken over")))));
    }

    void onlyOneOfManyGetsTheLock() {
        JournalFixture fixture;
        QVERIFY(done(fixture.reopen().create(tests::started(runId()))));
        fixture.close();
        std::vector<std::unique_ptr<Writer>> writers;
        for (int i = 0; i < 6; ++i)
            writers.push_back(std::make_unique<Writer>(fixture, "hold"));
        int holding = 0;
        for (const auto& writer : writers)
            holding += writer->lines(1).first() == "holding";
        QCOMPARE(holding, 1);
        for (const auto& writer : writers)
            writer->end();
        QVERIFY(done(fixture.reopen().load(runId(), true))->writable);
    }
};

QTEST_GUILESS_MAIN(TestJournalCrash)
#include "tst_journalcrash.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/headkeeper.h"
#include "app/run/startedpromise.h"

#include "app/journal/journalfile.h"
#include "tests/app/journal/journalfixture.h"
#include "tests/support/memorysecretstore.h"

#include <QTest>

using namespace app;
using models::RunId;
using tests::done;

namespace {

const RunId run = tests::runId(1);
const RunId other = tests::runId(2);

HeadKeeper::Remembered read(HeadKeeper& keeper, const QList<RunId>& runs) {
    const auto found = keeper.read(runs);
    [&] { QTRY_VERIFY(found.isFinished()); }();
    return found.result();
}

} // namespace

class TestHeadKeeper : public QObject {
    Q_OBJECT

private:
    /// A run of so many notes; the head of its chain.
    static QByteArray record(tests::JournalFixture& fixture, int notes) {
        QList<models::Event> events = done(fixture.reopen().create(tests::started(run))).value();
        for (int i = 0; i < notes; ++i)
            events = done(fixture.journal().append(tests::note(run, u"note"_qs))).value();
        return events.last().hash;
    }

private Q_SLOTS:
    void cutTailIsFoundByTheRememberedHead() {
        tests::MemorySecretStore store;
        HeadKeeper keeper(store);
        tests::JournalFixture fixture;
        keeper.note(run, record(fixture, 5));
        QVERIFY(keeper.write(run).result());
        fixture.close();
        const QString journal = fixture.options.databasePath();
        const HeadKeeper::Remembered whole = read(keeper, {run, other});
        QVERIFY(whole.trouble.isEmpty());
        QCOMPARE(whole.heads.keys(), QList<RunId>{run});
        QVERIFY(verifyJournal(journal, whole.heads)->isIntact());

        // As somebody would who knows how the journal is made: the list agrees with what is left.
        fixture.tamper(u"DELETE FROM events WHERE seq=(SELECT max(seq) FROM events)"_qs);
        fixture.tamper(u"UPDATE runs SET last_seq=(SELECT max(seq) FROM events), head=(SELECT hash "
                       "FROM events ORDER BY seq DESC LIMIT 1)"_qs);
        QVERIFY(verifyJournal(journal)->isIntact());
        const auto cut = verifyJournal(journal, whole.heads);
        QVERIFY(!cut->isIntact());
        QVERIFY2(cut->text().contains(u"remembered head"), qPrintable(cut->text()));
    }

    /// An append is under way when a run is let go of.
    void lastHeadIsWrittenBehindTheKnownOne() {
        tests::MemorySecretStore store;
        HeadKeeper keeper(store);
        const QString key = HeadKeeper::keyOf(run);
        keeper.note(run, "first");
        auto last = app::startedPromise<models::Result<QByteArray>>();
        const auto kept = keeper.write(run, last->future());
        QCOMPARE(store.entries.value(key).toLatin1(), QByteArray("first").toHex());
        QVERIFY(!kept.isFinished());
        app::finish(*last, models::Result<QByteArray>("last"));
        QTRY_VERIFY(kept.isFinished());
        QVERIFY(kept.result());
        QCOMPARE(store.entries.value(key).toLatin1(), QByteArray("last").toHex());
    }

    /// The head is written now and then: after a crash the chain is longer, and whole.
    void olderHeadOfALongerChainIsGood() {
        tests::MemorySecretStore store;
        HeadKeeper keeper(store);
        tests::JournalFixture fixture;
        keeper.note(run, record(fixture, 3));
        QVERIFY(keeper.write(run).result());
        QVERIFY(done(fixture.journal().append(tests::note(run, u"later"_qs))));
        fixture.close();
        const auto verified =
            verifyJournal(fixture.options.databasePath(), read(keeper, {run}).heads);
        QVERIFY2(verified->isIntact(), qPrintable(verified->text()));
    }

    void storeThatCannotBeAskedIsAskedOnce() {
        tests::MemorySecretStore store;
        store.failWith({models::ErrorCode::NotWritable, u"No keychain."_qs, {}});
        HeadKeeper keeper(store);
        keeper.note(run, "head");
        QVERIFY(!keeper.write(run).result());
        const HeadKeeper::Remembered none = read(keeper, {run, other});
        QCOMPARE(none.trouble, u"No keychain."_qs);
        QVERIFY(none.heads.isEmpty());
        QCOMPARE(store.reads, 1);
    }

    void nothingNotedIsNothingWritten() {
        tests::MemorySecretStore store;
        HeadKeeper keeper(store);
        QVERIFY(keeper.write(run).result());
        QVERIFY(store.entries.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHeadKeeper)
#include "tst_headkeeper.moc"

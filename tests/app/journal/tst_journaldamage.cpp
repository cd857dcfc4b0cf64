// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"
#include "app/journal/sqlitejournal.h"

#include "tests/app/journal/journalfixture.h"
#include "tests/support/filecontent.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

using models::ErrorCode;
using tests::contentOf;
using tests::done;
using tests::JournalFixture;
using tests::note;
using tests::runId;
using tests::started;
using tests::writeFile;

namespace {

QStringList keptAside(const JournalFixture& fixture) {
    return QDir(fixture.options.folder)
        .entryList({QStringLiteral("journal-damaged-*.db")}, QDir::Files);
}

/// A closed journal of several pages, without a write-ahead log.
QByteArray filled(JournalFixture& fixture) {
    fixture.reopen();
    bool ok = done(fixture.journal().create(started(runId()))).has_value();
    for (int i = 0; i < 100; ++i)
        ok = ok && done(fixture.journal().append(note(runId(), QString(400, u'x'))));
    fixture.close();
    if (!ok)
        qFatal("the journal could not be filled");
    return contentOf(fixture.options.databasePath());
}

} // namespace

class TestJournalDamage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDamagedFileIsKeptAside_data() {
        QTest::addColumn<QByteArray>("content");
        JournalFixture fixture;
        const QByteArray whole = filled(fixture);
        QVERIFY(whole.size() > 40'000);
        QTest::newRow("no database") << QByteArray("this is not a database").repeated(100);
        QTest::newRow("torn header") << QByteArray(100, '\0') + whole.mid(100);
        QByteArray torn = whole;
        torn.replace(4096 * 3, 4096 * 4, QByteArray(4096 * 4, '\x5a'));
        QTest::newRow("torn pages") << torn;
        QTest::newRow("cut") << whole.left(4096 * 5 + 100);
        QByteArray foreign = whole;
        foreign.replace(68, 4, QByteArray("\0\0\0\7", 4)); // the application id of the header
        QTest::newRow("another program's") << foreign;
    }
    void aDamagedFileIsKeptAside() {
        QFETCH(QByteArray, content);
        JournalFixture fixture;
        QVERIFY(QDir().mkpath(fixture.options.folder));
        writeFile(fixture.options.databasePath(), content);
        auto& journal = fixture.reopen();
        const QString notice = done(journal.notice()).value();
        QCOMPARE(keptAside(fixture).size(), 1);
        const QString kept = fixture.options.folder + u'/' + keptAside(fixture).first();
        QVERIFY2(notice.contains(kept), qPrintable(notice));
        QCOMPARE(contentOf(kept), content);
        QVERIFY(done(journal.runs()).value().isEmpty());
        QVERIFY(done(journal.create(started(runId()))));

        // Damaged once more at the same moment: the first one kept is not overwritten.
        fixture.close();
        writeFile(fixture.options.databasePath(), "damaged again");
        QVERIFY(done(fixture.reopen().create(started(runId()))));
        QCOMPARE(keptAside(fixture).size(), 2);
        QCOMPARE(contentOf(kept), content);
        QVERIFY(done(fixture.reopen().notice()).value().isEmpty());
    }

    void damageFoundLaterIsReported() {
        JournalFixture fixture;
        const QByteArray whole = filled(fixture);
        // So that it reads from the file again what it has read while opening.
        fixture.options.pragmas = {QStringLiteral("cache_size=1"), QStringLiteral("shrink_memory")};
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.notice()));
        QFile file(fixture.options.databasePath());
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 4096 * 3; page < whole.size(); page += 4096) {
            file.seek(page);
            file.write(QByteArray(4096, '\x5a'));
        }
        file.close();
        const auto loaded = done(journal.load(runId(), true));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, ErrorCode::Damaged);
        QVERIFY(QFile::exists(fixture.options.folder + QStringLiteral("/journal.suspect")));
        QVERIFY(!done(fixture.reopen().notice()).value().isEmpty());
        QCOMPARE(keptAside(fixture).size(), 1);
    }

    void anotherConsoleKeepsADamagedFileWhereItIs() {
        JournalFixture fixture;
        filled(fixture);
        fixture.reopen();
        QVERIFY(done(fixture.journal().notice()));
        fixture.tamper(QStringLiteral("PRAGMA application_id=7"));
        app::SqliteJournal second(fixture.options);
        QCOMPARE(done(second.runs()).error().code, ErrorCode::Locked);
        QVERIFY(keptAside(fixture).isEmpty());
        QVERIFY(done(fixture.journal().load(runId(), false))->damage.isEmpty());
    }

    void aChangedChainOpensReadOnly() {
        JournalFixture fixture;
        filled(fixture);
        fixture.tamper(QStringLiteral("UPDATE events SET bytes=CAST(replace(bytes, 'xxxx', 'xxxy')"
                                      " AS BLOB) WHERE seq=7"));
        const auto loaded = done(fixture.reopen().load(runId(), true));
        QVERIFY(!loaded->writable);
        QVERIFY2(loaded->damage.contains(QStringLiteral("Event 7 was changed")),
                 qPrintable(loaded->damage));
        QCOMPARE(loaded->events.size(), 101);
        QCOMPARE(done(fixture.journal().append(note(runId(), {}))).error().code, ErrorCode::Locked);
    }

    void aNewerKindOpensReadOnly() {
        JournalFixture fixture;
        fixture.reopen();
        QVERIFY(done(fixture.journal().create(started(runId()))));
        app::Append newer = note(runId(), QStringLiteral("x"));
        newer.drafts.first().kind = models::EventKind::Unrecognised;
        QVERIFY(done(fixture.journal().append(newer)));
        const auto loaded = done(fixture.reopen().load(runId(), true));
        QVERIFY(!loaded->writable);
        QVERIFY(loaded->damage.isEmpty());
        QVERIFY(loaded->heldBy.isEmpty());
        QCOMPARE(loaded->events.last().payload.value(QLatin1String("text")).toString(),
                 QStringLiteral("x"));
    }

    void aFullDiskLosesNothing() {
        JournalFixture fixture;
        fixture.options.pragmas = {QStringLiteral("max_page_count=40")};
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        int written = 1;
        const QString text(2000, u'y');
        models::Result<QList<models::Event>> result;
        for (; written < 200; ++written) {
            result = done(journal.append(note(runId(), text)));
            if (!result)
                break;
        }
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::NotWritable);
        QVERIFY2(result.error().message.contains(QStringLiteral("full")),
                 qPrintable(result.error().message));
        // What is too much is refused as a whole, what still fits goes on, and all of it is there.
        app::Append large = tests::output(runId(), {});
        for (int i = 0; i < 10; ++i)
            large.drafts.append(
                {models::EventKind::NoteAdded, {{QStringLiteral("text"), QString(3000, u'z')}}});
        QVERIFY(!done(journal.append(large)));
        const auto loaded = done(journal.load(runId(), true));
        QVERIFY(loaded->writable);
        QVERIFY(loaded->damage.isEmpty());
        QCOMPARE(loaded->events.size(), written);

        fixture.options.pragmas.clear(); // space was made
        const auto after = done(fixture.reopen().load(runId(), true));
        QCOMPARE(after->events.size(), written);
        QVERIFY(done(fixture.journal().append(large)));
        fixture.close();
        QVERIFY(app::verifyJournal(fixture.options.databasePath())->isIntact());
    }

    void aReadOnlyJournalCanBeRead() {
        JournalFixture fixture;
        filled(fixture);
        fixture.options.pragmas = {QStringLiteral("query_only=1")};
        auto& journal = fixture.reopen();
        QCOMPARE(done(journal.runs()).value().size(), 1);
        QVERIFY(done(journal.load(runId(), true)));
        const auto refused = done(journal.append(note(runId(), {})));
        QCOMPARE(refused.error().code, ErrorCode::NotWritable);
        QCOMPARE(done(journal.create(started(runId(2)))).error().code, ErrorCode::NotWritable);
        QCOMPARE(done(journal.load(runId(), false))->events.size(), 101);
    }

    void aFileInPlaceOfTheFolder() {
        JournalFixture fixture;
        QVERIFY(QDir().mkpath(QFileInfo(fixture.options.folder).path()));
        writeFile(fixture.options.folder, "in the way");
        auto& journal = fixture.reopen();
        for (const models::Error& error :
             {done(journal.notice()).error(), done(journal.runs()).error(),
              done(journal.create(started(runId()))).error()}) {
            QCOMPARE(error.code, ErrorCode::NotWritable);
            QVERIFY2(error.message.contains(fixture.options.folder), qPrintable(error.message));
        }
        QCOMPARE(contentOf(fixture.options.folder), QByteArrayLiteral("in the way"));
        // Out of the way, the same journal goes on.
        QVERIFY(QFile::remove(fixture.options.folder));
        QVERIFY(done(journal.create(started(runId()))));
    }
};

QTEST_GUILESS_MAIN(TestJournalDamage)
#include "tst_journaldamage.moc"

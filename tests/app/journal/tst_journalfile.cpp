// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/journalfile.h"

#include "app/journal/schema.h"
#include "models/run/draft.h"
#include "tests/app/journal/journalfixture.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/stat.h>

using app::verifyJournal;
using models::ErrorCode;
using tests::body;
using tests::done;
using tests::JournalFixture;
using tests::note;
using tests::output;
using tests::runId;
using tests::started;

namespace {

/// Two runs, the first with outputs and closed.
void fill(JournalFixture& fixture) {
    app::SqliteJournal& journal = fixture.reopen();
    app::Append closing;
    closing.run = runId(1);
    closing.drafts = {
        {models::EventKind::RunClosed, {{QStringLiteral("outcome"), QStringLiteral("succeeded")}}}};
    const QByteArray text = QByteArray("some output\n").repeated(50);
    const bool ok = done(journal.create(started(runId(1)))) &&
                    done(journal.append(output(runId(1), {body(runId(1), text)}))) &&
                    done(journal.append(output(runId(1), {body(runId(1), "short", 1)}))) &&
                    done(journal.append(closing)) && done(journal.create(started(runId(2)))) &&
                    done(journal.append(note(runId(2), QStringLiteral("a")))) &&
                    done(journal.append(output(runId(2), {body(runId(2), "kept")})));
    if (!ok)
        qFatal("the journal could not be filled");
    fixture.close();
}

app::JournalVerification verified(const JournalFixture& fixture,
                                  const app::RememberedHeads& heads = {}) {
    return verifyJournal(fixture.options.databasePath(), heads).value();
}

} // namespace

class TestJournalFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void intact() {
        JournalFixture fixture;
        fill(fixture);
        const auto result = verified(fixture);
        QVERIFY2(result.isIntact(), qPrintable(result.text()));
        QCOMPARE(result.runs.size(), 2);
        QCOMPARE(result.runs[0].chain.events, qint64(4));
        QCOMPARE(result.runs[0].bodies, qint64(2));
        QVERIFY(result.text().contains(QStringLiteral("4 events, 2 outputs, intact")));
    }

    void verifiesBesideAWriter() {
        JournalFixture fixture;
        fill(fixture);
        QVERIFY(done(fixture.reopen().load(runId(2), true))->writable);
        QVERIFY(done(fixture.journal().append(note(runId(2), QStringLiteral("b")))));
        QCOMPARE(verified(fixture).runs[1].chain.events, qint64(4));
        QVERIFY(done(fixture.journal().append(note(runId(2), QStringLiteral("c")))));
    }

    void aFlippedByteIsFoundInItsEvent() {
        JournalFixture fixture;
        fill(fixture);
        const QVariantList events =
            fixture.column(QStringLiteral("SELECT bytes FROM events WHERE run='%1' ORDER BY seq")
                               .arg(runId(2).text()));
        for (int seq = 1; seq <= events.size(); ++seq) {
            const QByteArray bytes = events[seq - 1].toByteArray();
            for (qsizetype at = 0; at < bytes.size(); at += 19) {
                QByteArray changed = bytes;
                changed[at] = static_cast<char>(changed[at] ^ 4);
                const QString set =
                    QStringLiteral("UPDATE events SET bytes=? WHERE run=? AND seq=?");
                fixture.tamper(set, {changed, runId(2).text(), seq});
                const auto result = verified(fixture);
                QVERIFY(result.runs[0].isIntact());
                QCOMPARE(result.runs[1].chain.faults.size(), 1);
                QCOMPARE(result.runs[1].chain.faults.first().seq, qint64(seq));
                fixture.tamper(set, {bytes, runId(2).text(), seq});
            }
        }
        QVERIFY(verified(fixture).isIntact());
    }

    void tampering_data() {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("said");
        const QString of = QStringLiteral(" run='%1' ").arg(runId(1).text());
        QTest::newRow("gap") << u"DELETE FROM events WHERE"_qs + of + u"AND seq=2"_qs
                             << QStringLiteral("Event 2 is missing");
        QTest::newRow("cut tail") << u"DELETE FROM events WHERE"_qs + of + u"AND seq=4"_qs
                                  << QStringLiteral("there were 4, the chain ends at 3");
        QTest::newRow("reordered")
            << u"UPDATE events SET seq=CASE seq WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE"_qs + of +
                   u"AND seq IN (2, 3)"_qs
            << QStringLiteral("missing");
        QTest::newRow("changed output")
            << u"UPDATE bodies SET bytes=X'00', coding=0, size=1 WHERE"_qs + of + u"AND seq=3"_qs
            << QStringLiteral("output of event 3 was changed");
        QTest::newRow("torn output")
            << u"UPDATE bodies SET bytes=substr(bytes, 1, 20) WHERE"_qs + of + u"AND seq=2"_qs
            << QStringLiteral("output of event 2 was changed");
        QTest::newRow("missing output") << u"DELETE FROM bodies WHERE"_qs + of + u"AND seq=2"_qs
                                        << QStringLiteral("output of event 2 is missing");
        QTest::newRow("output of nothing")
            << u"UPDATE bodies SET seq=99 WHERE"_qs + of + u"AND seq=2"_qs
            << QStringLiteral("1 outputs belong to no event");
        QTest::newRow("not listed") << u"DELETE FROM runs WHERE id='"_qs + runId(1).text() + u"'"_qs
                                    << QStringLiteral("missing from the list");
        QTest::newRow("head") << u"UPDATE runs SET head=zeroblob(32) WHERE id='"_qs +
                                     runId(1).text() + u"'"_qs
                              << QStringLiteral("differs from the recorded head");
    }
    void tampering() {
        QFETCH(QString, statement);
        QFETCH(QString, said);
        JournalFixture fixture;
        fill(fixture);
        fixture.tamper(statement);
        const auto result = verified(fixture);
        QVERIFY(!result.isIntact());
        QVERIFY(result.runs[1].isIntact());
        QVERIFY2(result.text().contains(said), qPrintable(result.text()));
    }

    void rememberedHeadsShowWhatTheFileCannot() {
        JournalFixture fixture;
        fill(fixture);
        const QByteArray head = verified(fixture).runs[0].chain.head;
        QVERIFY(verified(fixture, {{runId(1), head}}).isIntact());
        // A careful intruder mends the list as well.
        fixture.tamper(
            QStringLiteral("DELETE FROM events WHERE seq=4 AND run='%1'").arg(runId(1).text()));
        fixture.tamper(QStringLiteral("UPDATE runs SET last_seq=3, head=(SELECT hash FROM events"
                                      " WHERE run=id AND seq=3) WHERE id='%1'")
                           .arg(runId(1).text()));
        QVERIFY(verified(fixture).isIntact());
        QVERIFY(!verified(fixture, {{runId(1), head}}).isIntact());
        const auto missing = verified(fixture, {{runId(7), head}});
        QVERIFY2(missing.text().contains(runId(7).text()), qPrintable(missing.text()));
    }

    void refusesOtherFiles() {
        JournalFixture fixture;
        fill(fixture);
        const QString path = fixture.options.folder + QStringLiteral("/other");
        QCOMPARE(verifyJournal(path).error().code, ErrorCode::NotFound);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("neither this nor that\n");
        file.close();
        QCOMPARE(verifyJournal(path).error().code, ErrorCode::InvalidInput);
        fixture.tamper(QStringLiteral("PRAGMA application_id=7"));
        QCOMPARE(verifyJournal(fixture.options.databasePath()).error().code,
                 ErrorCode::InvalidInput);
    }

    void backsUp() {
        JournalFixture fixture;
        fill(fixture);
        // With what is still in the write-ahead log.
        QVERIFY(done(fixture.reopen().load(runId(2), true))->writable);
        QVERIFY(done(fixture.journal().append(note(runId(2), QStringLiteral("newest")))));
        const QString target = fixture.options.folder + QStringLiteral("/it's a copy.db");
        QVERIFY(app::backupJournal(fixture.options.databasePath(), target));
        struct stat found {};
        QCOMPARE(stat(QFile::encodeName(target).constData(), &found), 0);
        QCOMPARE(static_cast<int>(found.st_mode & 0777), 0600);
        const auto copy = verifyJournal(target).value();
        QVERIFY2(copy.isIntact(), qPrintable(copy.text()));
        QCOMPARE(copy.runs[1].chain.events, qint64(4));
        QCOMPARE(app::backupJournal(fixture.options.databasePath(), target).error().code,
                 ErrorCode::NotWritable);
        QVERIFY(verifyJournal(target)->isIntact());
        const QString unmade = fixture.options.folder + QStringLiteral("/unmade.db");
        QVERIFY(!app::backupJournal(fixture.options.folder + QStringLiteral("/none.db"), unmade));
        QVERIFY(!QFile::exists(unmade));
    }

    void leavesNothingBesideACopy() {
        JournalFixture fixture;
        fill(fixture);
        fixture.close();
        const QTemporaryDir folder;
        // As cp makes it: unlike a backup, it says of itself that it has a write-ahead log.
        const QString copy = folder.filePath(QStringLiteral("it's 100% a copy?.db"));
        QVERIFY(QFile::copy(fixture.options.databasePath(), copy));
        const auto verified = verifyJournal(copy, {}, {}, app::JournalUse::Copy);
        QVERIFY(verified);
        QVERIFY2(verified->isIntact(), qPrintable(verified->text()));
        QCOMPARE(verified->runs.size(), 2);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    /// What is in its write-ahead log alone is of it too.
    void readsTheLogBesideACopy() {
        JournalFixture fixture;
        fill(fixture);
        QVERIFY(done(fixture.reopen().load(runId(2), true))->writable);
        QVERIFY(done(fixture.journal().append(note(runId(2), QStringLiteral("newest")))));
        const QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("copy.db"));
        for (const QString& part : {QString(), QStringLiteral("-wal")})
            QVERIFY(QFile::copy(fixture.options.databasePath() + part, copy + part));
        const auto verified = verifyJournal(copy, {}, {}, app::JournalUse::Copy);
        QVERIFY(verified);
        QCOMPARE(verified->runs[1].chain.events, qint64(4));
    }

    void exports() {
        JournalFixture fixture;
        fill(fixture);
        const QString path = fixture.options.folder + QStringLiteral("/export.jsonl");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(app::exportJournal(fixture.options.databasePath(), file));
        file.seek(0);
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 7);
        QVERIFY(lines[2].contains(QByteArray("\"output\":\"") + QByteArray("short").toBase64()));
        file.close();
        QVERIFY(verifyJournal(path)->isIntact());
        QCOMPARE(verifyJournal(path)->runs.size(), 2);

        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QList<QByteArray> changed = lines;
        changed[5].replace("\\\"a\\\"", "\\\"b\\\"");
        file.write(changed.join('\n'));
        file.close();
        QCOMPARE(verifyJournal(path)->runs[1].chain.faults.first().seq, qint64(2));
        QCOMPARE(verifyJournal(path, {}, runId(1))->runs.size(), 1);
        QVERIFY(verifyJournal(path, {}, runId(1))->isIntact());
        QCOMPARE(verifyJournal(path, {}, runId(9)).error().code, ErrorCode::NotFound);

        // The outputs are compared as well.
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        changed = lines;
        changed[2].replace(QByteArray("short").toBase64(), QByteArray("shirt").toBase64());
        file.write(changed.join('\n'));
        file.close();
        QCOMPARE(verifyJournal(path)->runs[0].faults,
                 QStringList{QStringLiteral("The output of event 3 was changed.")});

        QBuffer one;
        QVERIFY(one.open(QIODevice::WriteOnly));
        QVERIFY(app::exportJournal(fixture.options.databasePath(), one, runId(2)));
        QCOMPARE(one.data().count('\n'), 3);
        QCOMPARE(app::exportJournal(fixture.options.databasePath(), one, runId(9)).error().code,
                 ErrorCode::NotFound);
    }

    void removesOldOutputs() {
        JournalFixture fixture;
        fill(fixture);
        const QString path = fixture.options.databasePath();
        QCOMPARE(app::removeOutputs(path, {1})->bodies, qint64(0));
        const auto removal = app::removeOutputs(path, app::presentInstant());
        QVERIFY(removal);
        QCOMPARE(removal->bodies, qint64(2));
        QVERIFY(removal->bytes > 0);
        const auto result = verified(fixture);
        QVERIFY2(result.isIntact(), qPrintable(result.text()));
        QCOMPARE(result.runs[0].bodiesGone, qint64(2));
        QCOMPARE(result.runs[1].bodies, qint64(1));
        const models::StepId step(QStringLiteral("deploy"));
        auto& journal = fixture.reopen();
        QCOMPARE(
            done(journal.output({runId(1), step, 1}, 0, 0)).value(),
            QByteArrayLiteral("\n[… 600 bytes removed: older than the retention setting …]\n"));
        QCOMPARE(done(journal.output({runId(2), step, 1}, 0, 0)).value(),
                 QByteArrayLiteral("kept"));
        QVERIFY(done(journal.load(runId(1), false))->damage.isEmpty());
    }

    void migratesAnOlderJournal() {
        JournalFixture fixture;
        fill(fixture); // as version 1 writes it
        QList<app::Migration> migrations = app::journalMigrations();
        const int next = app::journalVersion() + 1;
        migrations.append({next,
                           {QStringLiteral("ALTER TABLE runs ADD COLUMN owner TEXT NOT NULL"
                                           " DEFAULT 'nobody'"),
                            QStringLiteral("UPDATE runs SET owner=started_by")}});
        migrations.append({next + 1, {QStringLiteral("CREATE TABLE runs(x)")}}); // cannot be done
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("migration"));
            database.setDatabaseName(fixture.options.databasePath());
            QVERIFY(database.open());
            QVERIFY(!app::migrate(database, QStringLiteral("journal"), migrations));
            // The step before the one that failed is there as a whole.
            QCOMPARE(fixture.column(QStringLiteral("PRAGMA user_version")).first().toInt(), next);
            migrations.removeLast();
            QVERIFY(app::migrate(database, QStringLiteral("journal"), migrations));
            database.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("migration"));
        QCOMPARE(fixture.column(QStringLiteral("SELECT owner FROM runs")).first().toString(),
                 QStringLiteral("lead@desk"));
        QCOMPARE(fixture.column(QStringLiteral("SELECT count(*) FROM events")).first().toInt(), 7);

        // And this is what a console of the older version says to the newer journal.
        const auto refused = done(fixture.reopen().runs());
        QCOMPARE(refused.error().code, ErrorCode::Unsupported);
        QVERIFY2(refused.error().message.contains(QStringLiteral("newer Gantry")),
                 qPrintable(refused.error().message));
        fixture.close();
        QCOMPARE(fixture.column(QStringLiteral("SELECT count(*) FROM events")).first().toInt(), 7);
        QCOMPARE(verifyJournal(fixture.options.databasePath()).error().code,
                 ErrorCode::Unsupported);
    }

    /// Handed over before the list of runs said so.
    void whoDrivesARunIsReadFromAnOlderJournal() {
        JournalFixture fixture;
        fixture.reopen();
        QVERIFY(done(fixture.journal().create(started(runId(1)))));
        QVERIFY(done(fixture.journal().create(started(runId(2)))));
        for (const models::EventDraft& draft :
             {models::draft::handedOver(QStringLiteral("Deputy")),
              models::draft::takenOver(QStringLiteral("Deputy"), QStringLiteral("ill")),
              models::draft::handedOver(QStringLiteral("Trainee, \"qa\""))})
            QVERIFY(done(fixture.journal().append({runId(1), {draft}, {}, {}, {}})));
        QVERIFY(done(fixture.journal().append(
            {runId(2),
             {models::draft::handedOver(QStringLiteral("Deputy")),
              models::draft::takenOver(QStringLiteral("Deputy"), QStringLiteral("ill"))},
             {},
             {},
             {}})));
        const QList<app::RunSummary> before = done(fixture.journal().runs()).value();
        fixture.close();
        for (const char* column : {"blocked_by", "blocked_at"}) // of a later version still
            fixture.tamper(
                QStringLiteral("ALTER TABLE runs DROP COLUMN %1").arg(QLatin1String(column)));
        fixture.tamper(QStringLiteral("ALTER TABLE runs DROP COLUMN given_to"));
        fixture.tamper(QStringLiteral("ALTER TABLE runs DROP COLUMN given_at"));
        fixture.tamper(QStringLiteral("PRAGMA user_version=4"));
        const QList<app::RunSummary> runs = done(fixture.reopen().runs()).value();
        QCOMPARE(runs.size(), 2);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(runs[i].givenTo, before[i].givenTo);
            QCOMPARE(runs[i].givenAt, before[i].givenAt);
        }
        const app::RunSummary& given = runs[0].id == runId(1) ? runs[0] : runs[1];
        QCOMPARE(given.givenTo, QStringLiteral("Trainee, \"qa\""));
        QVERIFY(!given.givenAt.isNull());
        QVERIFY((runs[0].id == runId(2) ? runs[0] : runs[1]).givenTo.isEmpty());
    }

    /// Blocked before the list of runs said by whom.
    void whoBlockedAReleaseIsReadFromAnOlderJournal() {
        JournalFixture fixture;
        fixture.reopen();
        for (int run = 1; run <= 2; ++run) {
            QVERIFY(done(fixture.journal().create(started(runId(run)))));
            QVERIFY(done(fixture.journal().append(
                {runId(run),
                 {models::draft::releaseBlocked(QStringLiteral("answers with errors"))},
                 {},
                 QStringLiteral("lead@desk")})));
        }
        QVERIFY(done(fixture.journal().append(
            {runId(2), {models::draft::releaseUnblocked(QStringLiteral("mended"))}, {}, {}})));
        const QList<app::RunSummary> before = done(fixture.journal().runs()).value();
        fixture.close();
        fixture.tamper(QStringLiteral("ALTER TABLE runs DROP COLUMN blocked_by"));
        fixture.tamper(QStringLiteral("ALTER TABLE runs DROP COLUMN blocked_at"));
        fixture.tamper(QStringLiteral("PRAGMA user_version=5"));
        const QList<app::RunSummary> runs = done(fixture.reopen().runs()).value();
        QCOMPARE(runs.size(), 2);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(runs[i].blockedBy, before[i].blockedBy);
            QCOMPARE(runs[i].blockedAt, before[i].blockedAt);
            QCOMPARE(runs[i].blockedAt.isNull(), runs[i].id == runId(2));
        }
    }

    void everyPublishedVersionOpens_data() {
        QTest::addColumn<int>("version");
        for (int version = 0; version <= app::journalVersion(); ++version)
            QTest::addRow("version %d", version) << version;
    }
    void everyPublishedVersionOpens() {
        QFETCH(int, version);
        JournalFixture fixture;
        QVERIFY(QDir().mkpath(fixture.options.folder));
        {
            QSqlDatabase database =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("older"));
            database.setDatabaseName(fixture.options.databasePath());
            QVERIFY(database.open());
            if (version > 0)
                QVERIFY(app::migrate(database, QStringLiteral("journal"),
                                     app::journalMigrations().mid(0, version)));
            database.close();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("older"));
        QVERIFY(done(fixture.reopen().create(started(runId()))));
        QCOMPARE(done(fixture.journal().notice()).value(), QString());
        QCOMPARE(fixture.column(QStringLiteral("PRAGMA user_version")).first().toInt(),
                 app::journalVersion());
    }
};

QTEST_GUILESS_MAIN(TestJournalFile)
#include "tst_journalfile.moc"

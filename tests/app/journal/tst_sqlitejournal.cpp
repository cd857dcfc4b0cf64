// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/sqlitejournal.h"

#include "models/run/draft.h"
#include "models/run/host.h"
#include "tests/app/journal/journalfixture.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <sys/stat.h>

using models::ErrorCode;
using models::EventKind;
using tests::body;
using tests::done;
using tests::JournalFixture;
using tests::note;
using tests::output;
using tests::runId;
using tests::started;

namespace {

QStringList notesOf(const QList<models::Event>& events) {
    QStringList notes;
    for (const models::Event& event : events) {
        if (event.kind == EventKind::NoteAdded)
            notes.append(event.payload.value(QLatin1String("text")).toString());
    }
    return notes;
}

int modeOf(const QString& path) {
    struct stat found {};
    return stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 0777 : -1;
}

} // namespace

class TestSqliteJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsARun() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        const auto created = done(journal.create(started(runId())));
        QVERIFY2(created, qPrintable(created ? QString() : created.error().message));
        QCOMPARE(created->size(), 1);
        const models::Event& first = created->first();
        QCOMPARE(first.seq, qint64(1));
        QCOMPARE(first.kind, EventKind::RunStarted);
        QCOMPARE(first.actor, QStringLiteral("lead@desk"));
        QCOMPARE(first.console, QStringLiteral("test-console"));
        QCOMPARE(first.hash, models::chainHash(models::chainOrigin(), first.bytes));
        QVERIFY(!first.at.isNull());

        const QString text = QStringLiteral("grün 🌱 \" \\ \u0001 \u2028");
        const auto added = done(journal.append(note(runId(), text)));
        QVERIFY(added);
        QCOMPARE(added->first().seq, qint64(2));

        const auto loaded = done(fixture.reopen().load(runId(), true));
        QVERIFY(loaded);
        QVERIFY(loaded->writable);
        QVERIFY(loaded->damage.isEmpty());
        QVERIFY(loaded->heldBy.isEmpty());
        QCOMPARE(loaded->events.size(), 2);
        QCOMPARE(loaded->events[0].bytes, first.bytes);
        QCOMPARE(loaded->events[1].hash, added->first().hash);
        QCOMPARE(notesOf(loaded->events), QStringList{text});
        QVERIFY(done(fixture.journal().append(note(runId(), text))));
    }

    void refusesWhatDoesNotFit() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QCOMPARE(done(journal.append(note(runId(), {}))).error().code, ErrorCode::Locked);
        QCOMPARE(done(journal.create(note(runId(), {}))).error().code, ErrorCode::InvalidInput);
        QCOMPARE(
            done(journal.create(started(models::RunId(QStringLiteral("../../x"))))).error().code,
            ErrorCode::InvalidInput);
        QCOMPARE(done(journal.load(runId(), true)).error().code, ErrorCode::NotFound);
        QVERIFY(done(journal.create(started(runId()))));
        QCOMPARE(done(journal.create(started(runId()))).error().code, ErrorCode::Refused);
        QVERIFY(done(journal.append(note(runId(), QStringLiteral("still ours")))));
    }

    void filesArePrivate() {
        const mode_t before = umask(0);
        JournalFixture fixture;
        QVERIFY(QDir().mkpath(fixture.options.folder));
        QVERIFY(done(fixture.reopen().create(started(runId()))));
        umask(before);
        const QString folder = fixture.options.folder;
        QCOMPARE(modeOf(folder), 0700);
        QCOMPARE(modeOf(folder + QStringLiteral("/locks")), 0700);
        int files = 0;
        for (const QFileInfo& file : QDir(folder).entryInfoList(QDir::Files)) {
            QVERIFY2(modeOf(file.filePath()) == 0600, qPrintable(file.fileName()));
            ++files;
        }
        QCOMPARE(files, 4); // the database, its -wal and -shm, the presence lock
    }

    void keepsOrderAndGroups() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        QList<QFuture<models::Result<QList<models::Event>>>> futures;
        QStringList texts;
        for (int i = 0; i < 500; ++i) {
            texts.append(QString::number(i));
            futures.append(journal.append(note(runId(), texts.last())));
        }
        qint64 seq = 1;
        for (auto& future : futures)
            QCOMPARE(done(future).value().first().seq, ++seq);
        const auto loaded = done(fixture.reopen().load(runId(), false));
        QVERIFY(loaded->damage.isEmpty());
        QCOMPARE(notesOf(loaded->events), texts);
    }

    void oneBadAppendDoesNotHinderOthers() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId(1)))));
        // Queued together: one transaction, of which the middle cannot be written.
        auto first = journal.append(note(runId(1), QStringLiteral("one")));
        auto bad = journal.append(note(runId(2), QStringLiteral("of nobody")));
        auto made = journal.create(started(runId(3)));
        auto last = journal.append(note(runId(1), QStringLiteral("two")));
        QVERIFY(done(first));
        QCOMPARE(done(bad).error().code, ErrorCode::Locked);
        QVERIFY(done(made));
        QCOMPARE(done(last).value().first().seq, qint64(3));
        QCOMPARE(notesOf(done(journal.load(runId(1), false))->events),
                 (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        QVERIFY(done(journal.append(note(runId(3), QStringLiteral("writable")))));
    }

    void anAppendIsAllOrNothing() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        app::Append mixed = note(runId(), QStringLiteral("kept?"));
        mixed.bodies = {body(runId(), "fine\n"), body(runId(2), "of another run\n")};
        QVERIFY(!done(journal.append(mixed)));
        QCOMPARE(done(journal.load(runId(), false))->events.size(), 1);
        QCOMPARE(done(journal.output({runId(), models::StepId(QStringLiteral("deploy")), 1}, 0, 0))
                     .value(),
                 QByteArray());
        mixed.bodies.removeLast();
        const auto events = done(journal.append(mixed));
        QVERIFY(events);
        QCOMPARE(events->first().kind, EventKind::OutputRecorded);
        QCOMPARE(events->last().kind, EventKind::NoteAdded);
    }

    void listsRuns() {
        JournalFixture fixture;
        qint64 now = 1'700'000'000'000'000'000;
        fixture.options.clock = [&now] { return models::Instant{now += 1'000'000'000}; };
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId(1)))));
        QVERIFY(done(journal.create(started(runId(2)))));
        app::Append progress = note(runId(1), QStringLiteral("x"));
        progress.progress = models::Progress{2, 3, 1, 0};
        QVERIFY(done(journal.append(progress)));
        app::Append closing;
        closing.run = runId(2);
        closing.actor = QStringLiteral("lead@desk");
        closing.drafts = {
            {EventKind::RunClosed, {{QStringLiteral("outcome"), QStringLiteral("rolled back")}}}};
        QVERIFY(done(journal.append(closing)));

        const auto runs = done(journal.runs()).value();
        QCOMPARE(runs.size(), 2);
        QCOMPARE(runs[0].id, runId(2));
        QCOMPARE(runs[0].status, models::RunStatus::Closed);
        QCOMPARE(runs[0].outcome, models::RunOutcome::RolledBack);
        QCOMPARE(runs[0].closedAt, runs[0].lastEventAt);
        QVERIFY(runs[0].heldBy.isEmpty());
        QCOMPARE(runs[1].id, runId(1));
        QCOMPARE(runs[1].workspaceId, QStringLiteral("ws1"));
        QCOMPARE(runs[1].workspaceName, QStringLiteral("Shop"));
        QCOMPARE(runs[1].workspaceRoot, QStringLiteral("/srv/shop"));
        QCOMPARE(runs[1].runbookPath, QStringLiteral("release.md"));
        QCOMPARE(runs[1].runbookTitle, QStringLiteral("Release – “grün” 🚀"));
        QCOMPARE(runs[1].environment, QStringLiteral("local"));
        QCOMPARE(runs[1].startedBy, QStringLiteral("lead@desk"));
        QCOMPARE(runs[1].status, models::RunStatus::Open);
        QCOMPARE(runs[1].outcome, models::RunOutcome::None);
        QVERIFY(runs[1].closedAt.isNull());
        QVERIFY(runs[1].startedAt < runs[1].lastEventAt);
        QCOMPARE(runs[1].done, 2);
        QCOMPARE(runs[1].failed, 1);
        QCOMPARE(runs[1].total, 3);
        QVERIFY2(runs[1].heldBy.startsWith(QStringLiteral("this console since ")),
                 qPrintable(runs[1].heldBy));
        QVERIFY(done(fixture.reopen().runs()).value()[1].heldBy.isEmpty());
    }

    void theListSaysWhoDrivesARun() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId(1)))));
        const auto append = [&](const models::EventDraft& draft) {
            app::Append change;
            change.run = runId(1);
            change.drafts = {draft};
            return done(journal.append(change)).has_value();
        };
        const auto listed = [&] { return done(journal.runs()).value().first(); };
        QVERIFY(listed().givenTo.isEmpty());
        QVERIFY(append(models::draft::handedOver(QStringLiteral("Deputy"))));
        QCOMPARE(listed().givenTo, QStringLiteral("Deputy"));
        QCOMPARE(listed().givenAt, listed().lastEventAt);
        QVERIFY(append(models::draft::noteAdded({}, QStringLiteral("meanwhile"))));
        QCOMPARE(listed().givenTo, QStringLiteral("Deputy"));
        QVERIFY(append(models::draft::takenOver(QStringLiteral("Deputy"), QStringLiteral("ill"))));
        QVERIFY(listed().givenTo.isEmpty());
        QVERIFY(listed().givenAt.isNull());
    }

    void theListSaysWhoBlockedARelease() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId(1)))));
        const auto append = [&](const models::EventDraft& draft) {
            return done(journal.append({runId(1), {draft}, {}, QStringLiteral("lead@desk")}))
                .has_value();
        };
        const auto listed = [&] { return done(journal.runs()).value().first(); };
        QVERIFY(append(models::draft::releaseBlocked(QStringLiteral("answers with errors"))));
        QCOMPARE(listed().blockReason, QStringLiteral("answers with errors"));
        QCOMPARE(listed().blockedBy, QStringLiteral("lead@desk"));
        QCOMPARE(listed().blockedAt, listed().lastEventAt);
        QVERIFY(append(models::draft::noteAdded({}, QStringLiteral("meanwhile"))));
        QCOMPARE(listed().blockedBy, QStringLiteral("lead@desk"));
        QVERIFY(append(models::draft::releaseUnblocked(QStringLiteral("mended"))));
        QVERIFY(listed().blockReason.isEmpty());
        QVERIFY(listed().blockedBy.isEmpty());
        QVERIFY(listed().blockedAt.isNull());
    }

    void oneRunHoldsAnEnvironment() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId(1)))));
        QVERIFY(done(journal.create(started(runId(2)))));
        const auto record = [&journal](int run, const models::EventDraft& draft) {
            return done(journal.append({runId(run), {draft}, {}, QStringLiteral("lead@desk")}));
        };
        const auto holder = [&journal](int run) {
            const auto found = done(journal.lockHolder(runId(run))).value();
            return found ? found->id : models::RunId();
        };
        const QString here(models::localPlace);
        QCOMPARE(holder(1), models::RunId());
        QVERIFY(record(1, models::draft::lockTaken(here)));
        QVERIFY(record(1, models::draft::lockTaken(QStringLiteral("web-1"))));
        QCOMPARE(holder(2), runId(1));
        QCOMPARE(record(2, models::draft::lockTaken(here)).error().code, ErrorCode::Locked);
        QCOMPARE(done(journal.load(runId(2), false))->events.size(), 1); // nothing of it
        // Over the one that holds it, and no other.
        const models::LockHolder third{runId(3), {}, {}, {}, {}};
        const models::LockHolder first{runId(1), {}, {}, {}, {}};
        const QString reason = QStringLiteral("It hangs");
        QCOMPARE(record(2, models::draft::lockTakenOver(here, third, reason)).error().code,
                 ErrorCode::Locked);
        QVERIFY(record(2, models::draft::lockTakenOver(here, first, reason)));
        QCOMPARE(holder(1), runId(2));
        QCOMPARE(done(journal.runs()).value()[1].locks, QStringList{QStringLiteral("web-1")});
        // A closed run holds none here; what a host has is still to be given back.
        QVERIFY(record(2, models::draft::runClosed(models::RunOutcome::Aborted, {})));
        QCOMPARE(holder(1), models::RunId());
        QVERIFY(record(1, models::draft::lockTaken(here)));
        QVERIFY(record(1, models::draft::runClosed(models::RunOutcome::Aborted, {})));
        QCOMPARE(done(journal.runs()).value()[1].locks, QStringList{QStringLiteral("web-1")});
        QVERIFY(record(1, models::draft::lockReleased(QStringLiteral("web-1"))));
        QCOMPARE(done(journal.runs()).value()[1].locks, QStringList());
    }

    void recordsOutput() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        const QByteArray text = QByteArray("line of output, grün\n").repeated(1000);
        const auto events = done(journal.append(
            output(runId(), {body(runId(), text), body(runId(), "warning\n", 1),
                             body(runId(), QByteArray()), body(runId(), QByteArray(1, '\0'))})));
        QVERIFY(events);
        const QJsonObject payload = events->first().payload;
        QCOMPARE(payload.value(QLatin1String("stream")).toInt(), 0);
        QCOMPARE(events->at(1).payload.value(QLatin1String("stream")).toInt(), 1);
        QCOMPARE(payload.value(QLatin1String("size")).toInteger(), text.size());
        QCOMPARE(payload.value(QLatin1String("to")).toInteger(), text.size());
        QCOMPARE(QByteArray::fromHex(payload.value(QLatin1String("sha256")).toString().toLatin1()),
                 QCryptographicHash::hash(text, QCryptographicHash::Sha256));
        QVERIFY(!payload.contains(QLatin1String("leftOut")));
        const models::AttemptKey key{runId(), models::StepId(QStringLiteral("deploy")), 1};
        auto& again = fixture.reopen();
        QCOMPARE(done(again.output(key, 0, 0)).value(), text + QByteArray(1, '\0'));
        QCOMPARE(done(again.output(key, 1, 0)).value(), QByteArrayLiteral("warning\n"));
        QCOMPARE(done(again.output({runId(2), key.step, 1}, 0, 0)).value(), QByteArray());
        const qint64 stored =
            fixture.column(QStringLiteral("SELECT length(bytes) FROM bodies")).first().toLongLong();
        QVERIFY2(stored < text.size() / 20, qPrintable(QString::number(stored)));
    }

    void cutsToTheMaximum_data() {
        QTest::addColumn<qint64>("maximum");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("all") << qint64(0) << QByteArrayLiteral("0123456789abcdefghij");
        QTest::newRow("just") << qint64(20) << QByteArrayLiteral("0123456789abcdefghij");
        QTest::newRow("within pieces")
            << qint64(6) << QByteArrayLiteral("012\n[… 14 bytes left out here …]\nhij");
        QTest::newRow("at the border")
            << qint64(10) << QByteArrayLiteral("01234\n[… 10 bytes left out here …]\nfghij");
        QTest::newRow("over pieces")
            << qint64(16) << QByteArrayLiteral("01234567\n[… 4 bytes left out here …]\ncdefghij");
    }
    void cutsToTheMaximum() {
        QFETCH(qint64, maximum);
        QFETCH(QByteArray, expected);
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        for (const char* piece : {"01234", "56789", "abcde", "fghij"})
            QVERIFY(done(journal.append(output(runId(), {body(runId(), piece)}))));
        const models::AttemptKey key{runId(), models::StepId(QStringLiteral("deploy")), 1};
        QCOMPARE(done(journal.output(key, 0, maximum)).value(), expected);
    }

    void cutsBetweenCharacters() {
        JournalFixture fixture;
        auto& journal = fixture.reopen();
        QVERIFY(done(journal.create(started(runId()))));
        QVERIFY(done(journal.append(output(runId(), {body(runId(), "ü€🚀ü€🚀ü€🚀")}))));
        const models::AttemptKey key{runId(), models::StepId(QStringLiteral("deploy")), 1};
        for (qint64 maximum = 2; maximum < 27; ++maximum) {
            const QByteArray bytes = done(journal.output(key, 0, maximum)).value();
            QVERIFY2(!QString::fromUtf8(bytes).contains(QChar::ReplacementCharacter),
                     bytes.constData());
            QVERIFY(bytes.contains("left out"));
        }
    }

    void keepsTheEndsOfHugeOutput() {
        JournalFixture fixture;
        fixture.options.keptAtEachEnd = 1000;
        fixture.reopen();
        QVERIFY(done(fixture.journal().create(started(runId()))));
        QByteArray whole;
        qint64 leftOut = 0;
        for (int i = 0; i < 100; ++i) {
            // Reopened on the way: the count goes on from what is stored.
            if (i % 30 == 29)
                QVERIFY(done(fixture.reopen().load(runId(), true))->writable);
            const QByteArray piece = QByteArray::number(100 + i).repeated(33) + '\n';
            whole += piece;
            const auto events =
                done(fixture.journal().append(output(runId(), {body(runId(), piece)})));
            QVERIFY(events);
            leftOut = events->first().payload.value(QLatin1String("leftOut")).toInteger();
        }
        const models::AttemptKey key{runId(), models::StepId(QStringLiteral("deploy")), 1};
        const QByteArray kept = done(fixture.journal().output(key, 0, 0)).value();
        QCOMPARE(leftOut, qint64(10'000 - 2000));
        QCOMPARE(kept, whole.left(1000) + "\n[… 7.8 kB left out here …]\n" + whole.right(1000));
        QVERIFY(done(fixture.journal().load(runId(), false))->damage.isEmpty());
        QCOMPARE(fixture.column(QStringLiteral("SELECT count(*) FROM bodies WHERE bytes IS NULL"))
                     .first()
                     .toInt(),
                 80);
    }

    void aSecondConsoleIsReadOnly() {
        JournalFixture fixture;
        fixture.reopen();
        QVERIFY(done(fixture.journal().create(started(runId()))));
        app::JournalOptions other = fixture.options;
        other.console = QStringLiteral("other");
        app::SqliteJournal second(other);
        const auto loaded = done(second.load(runId(), true));
        QVERIFY(loaded);
        QVERIFY(!loaded->writable);
        QCOMPARE(loaded->events.size(), 1);
        QVERIFY2(loaded->heldBy.startsWith(
                     QStringLiteral("console %1 of ").arg(QCoreApplication::applicationPid())),
                 qPrintable(loaded->heldBy));
        QVERIFY2(loaded->heldBy.endsWith(QStringLiteral(" UTC")), qPrintable(loaded->heldBy));
        QCOMPARE(done(second.load(runId(), false))->heldBy, loaded->heldBy);
        QCOMPARE(done(second.runs()).value().first().heldBy, loaded->heldBy);
        QCOMPARE(done(second.append(note(runId(), {}))).error().code, ErrorCode::Locked);

        // It sees what the first writes, and takes over once that lets go.
        QVERIFY(done(fixture.journal().append(note(runId(), QStringLiteral("a")))));
        fixture.journal().release(runId()).waitForFinished();
        QCOMPARE(done(fixture.journal().append(note(runId(), {}))).error().code, ErrorCode::Locked);
        const auto taken = done(second.load(runId(), true));
        QVERIFY(taken->writable);
        QCOMPARE(taken->events.size(), 2);
        QCOMPARE(done(second.append(note(runId(), QStringLiteral("b")))).value().first().seq,
                 qint64(3));
        QVERIFY(!done(fixture.journal().load(runId(), true))->writable);
    }
};

QTEST_GUILESS_MAIN(TestSqliteJournal)
#include "tst_sqlitejournal.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisorreply.h"

#include "app/process/supervisorprogram.h"

#include <QProcess>
#include <QTest>

using app::parseRecord;
using app::ReplyReader;
using app::SupervisorReply;

namespace {

const QByteArray token = "0123456789abcdef";

QList<SupervisorReply> all(ReplyReader& reader) {
    QList<SupervisorReply> replies;
    while (const auto reply = reader.next())
        replies.append(*reply);
    return replies;
}

} // namespace

class TestSupervisorReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsRepliesHoweverTheyArrive_data() {
        QTest::addColumn<int>("size");
        for (const int size : {1, 2, 3, 7, 16, 17, 1000})
            QTest::addRow("%d bytes at a time", size) << size;
    }
    void findsRepliesHoweverTheyArrive() {
        QFETCH(int, size);
        const QByteArray said = "Welcome to this host.\nexited rc=0\n" + token + " ready \n" +
                                token + " exited rc=0 why=- \n" + token + " alone\nraw\0bytes";
        ReplyReader reader(token);
        QList<SupervisorReply> replies;
        for (qsizetype i = 0; i < said.size(); i += size) {
            reader.append(said.mid(i, size));
            replies += all(reader);
        }
        QCOMPARE(replies.size(), 3);
        QCOMPARE(replies[0],
                 (SupervisorReply{"ready", "", "Welcome to this host.\nexited rc=0\n"}));
        QCOMPARE(replies[1], (SupervisorReply{"exited", "rc=0 why=-"}));
        QCOMPARE(replies[2], (SupervisorReply{"alone", ""}));
    }
    void keepsWhatFollowsTheLastLine() {
        ReplyReader reader(token);
        reader.append(token + " exited rc=0\nfirst\nsecond" + QByteArray(1, '\0'));
        QVERIFY(reader.next());
        QCOMPARE(reader.takeRest(), QByteArray("first\nsecond\0", 13));
        QCOMPARE(reader.takeRest(), QByteArray());
    }
    void waitsForTheEndOfALine() {
        ReplyReader reader(token);
        reader.append(token + " exi");
        QVERIFY(!reader.next());
        reader.append("ted x\n");
        QCOMPARE(reader.next()->word, QByteArray("exited"));
    }
    /// A place that only ever talks does not fill the memory, and a reply behind it still counts.
    void noiseIsBounded() {
        ReplyReader reader(token);
        for (int i = 0; i < 40; ++i) {
            reader.append(QByteArray(100'000, 'x'));
            QVERIFY(!reader.next());
        }
        QVERIFY(reader.takeRest().size() < 2 * 1024 * 1024);
        reader.append(QByteArray(3'000'000, 'y') + token.left(9));
        QVERIFY(!reader.next());
        reader.append(token.mid(9) + " running pid=1\n");
        const auto reply = reader.next();
        QVERIFY(reply);
        QCOMPARE(reply->text, QByteArray("pid=1"));
    }

    void readsARecord() {
        const auto record =
            parseRecord("rc=143 why=cancel state=saved ran=1 out=5000000000 err=7 cut=- left=2");
        QVERIFY(record);
        QCOMPARE(record->exitCode, 143);
        QVERIFY(record->cancelled && !record->byTimeLimit && record->stateSaved);
        QVERIFY(!record->ranNothing && !record->outputCut);
        QCOMPARE(record->sizes.out, 5'000'000'000);
        QCOMPARE(record->sizes.err, 7);
        QCOMPARE(record->leftBehind, 2);
    }
    void whatRanNothingSavedNothing() {
        const auto record =
            parseRecord("rc=125 why=- state=saved ran=0 out=0 err=0 cut=out left=0");
        QVERIFY(record && record->ranNothing && !record->stateSaved && record->outputCut);
    }
    void damagedRecordsAreNone_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no status")
            << QByteArray("why=- state=saved ran=1 out=0 err=0 cut=- left=0");
        QTest::newRow("negative") << QByteArray("rc=0 why=- ran=1 out=-1 err=0 cut=- left=0");
        QTest::newRow("no number") << QByteArray("rc=x why=- ran=1 out=0 err=0 cut=- left=0");
        QTest::newRow("too large")
            << QByteArray("rc=0 why=- ran=1 out=99999999999999999999 err=0 cut=- left=0");
        QTest::newRow("cut short") << QByteArray("rc=0 why=- state=saved ran=1 out=0 err=0");
        QTest::newRow("a key within another") << QByteArray("src=0 out=0 err=0 cut=- left=0");
        QTest::newRow("no value") << QByteArray("rc= why=- ran=1 out=0 err=0 cut=- left=0");
    }
    void damagedRecordsAreNone() {
        QFETCH(QByteArray, text);
        QVERIFY(!parseRecord(text));
    }
    /// Every record that was cut off anywhere before its last field is none.
    void everyShorterRecordIsNone() {
        const QByteArray whole = "rc=0 why=time state=saved ran=1 out=12 err=34 cut=- left=0";
        QVERIFY(parseRecord(whole)->byTimeLimit);
        for (qsizetype size = 0; size < whole.size() - 1; ++size)
            QVERIFY2(!parseRecord(whole.left(size)), whole.left(size));
    }

    void quotesForEveryShell_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("plain") << QByteArray("plain");
        QTest::newRow("quotes") << QByteArray("it's \"so\" `there`");
        QTest::newRow("only quotes") << QByteArray("''''");
        QTest::newRow("expansions") << QByteArray("$HOME ${x} $(id) `id` ~ * ? [a] {a,b} !1");
        QTest::newRow("backslashes") << QByteArray("\\ \\\\ \\n \\' \\");
        QTest::newRow("newlines") << QByteArray("\na\n\nb\n");
        QTest::newRow("options") << QByteArray("-n -e --");
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\x80 \xc3");
        QByteArray every;
        for (int byte = 1; byte < 256; ++byte)
            every += char(byte);
        QTest::newRow("every byte") << every;
    }
    void quotesForEveryShell() {
        QFETCH(QByteArray, bytes);
        for (const QString& shell : {QStringLiteral("sh"), QStringLiteral("bash")}) {
            QProcess process;
            process.start(shell, {QStringLiteral("-s")});
            process.write("printf '%s.' " + app::quotedForShell(bytes) + '\n');
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.readAllStandardOutput(), bytes + '.');
            QCOMPARE(process.readAllStandardError(), QByteArray());
        }
    }
    void callIsOneLineOfQuotedWords() {
        QCOMPARE(app::supervisorCall("gt_ask", {"a b", "it's", ""}),
                 QByteArray("gt_ask 'a b' 'it'\\''s' '' end\n"));
    }
};

QTEST_GUILESS_MAIN(TestSupervisorReply)
#include "tst_supervisorreply.moc"

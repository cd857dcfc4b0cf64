// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandorigin.h"

#include "app/log/logstream.h"
#include "app/process/localreach.h"
#include "tests/app/log/recordingsink.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using app::CommandOrigin;
using app::LogSource;

namespace {

constexpr int patienceMs = 20'000;

LogSource source(LogSource::Kind kind, const QString& what) {
    LogSource made;
    made.kind = kind;
    made.command = made.path = made.unit = what;
    return made;
}

void append(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestCommandOrigin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatToRun_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("what");
        QTest::addColumn<int>("tail");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, LogSource::Kind kind, const char* what, int tail,
                            const char* words) {
            QTest::newRow(name) << int(kind) << QString::fromLatin1(what) << tail
                                << QString::fromLatin1(words);
        };
        using Kind = LogSource::Kind;
        row("command", Kind::Command, "fly logs -a x", 10, "sh|-c|fly logs -a x");
        row("file", Kind::File, "/var/log/it's $(x).log", 10,
            "tail|-n|10|-F|--|/var/log/it's $(x).log");
        row("the file again", Kind::File, "/a", -1, "tail|-n|0|-F|--|/a");
        row("unit", Kind::Journal, "portal", 7,
            "journalctl|--no-pager|-f|-n|7|-o|short-iso-precise|-u|portal");
    }

    void knowsWhatToRun() {
        QFETCH(int, kind);
        QFETCH(QString, what);
        QFETCH(int, tail);
        QFETCH(QString, words);
        app::LogOpening opening;
        opening.tail = tail;
        const QStringList argv =
            CommandOrigin::commandFor(source(LogSource::Kind(kind), what), opening);
        QCOMPARE(argv.join(u'|'), words);
    }

    void followsAFileIntoItsSuccessor() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"it's one.log"_qs);
        append(path, "old\n");
        tests::RecordingSink sink;
        app::LogStream stream(std::make_unique<CommandOrigin>(std::make_unique<app::LocalReach>(),
                                                              source(LogSource::Kind::File, path)),
                              sink);
        stream.start();
        QTRY_COMPARE_WITH_TIMEOUT(sink.out, QByteArray("old\n"), patienceMs);
        append(path, "new\n");
        QTRY_COMPARE_WITH_TIMEOUT(sink.out, QByteArray("old\nnew\n"), patienceMs);
        QVERIFY(QFile::rename(path, path + u".1"_qs));
        append(path, "after\n");
        QTRY_COMPARE_WITH_TIMEOUT(sink.out, QByteArray("old\nnew\nafter\n"), patienceMs);
        QVERIFY2(sink.err.contains("it's one.log"), sink.err.constData()); // that it was rotated
        stream.stop();
    }

    void saysThatAFileIsNotThere() {
        tests::RecordingSink sink;
        app::LogStream stream(
            std::make_unique<CommandOrigin>(std::make_unique<app::LocalReach>(),
                                            source(LogSource::Kind::File, u"/nowhere/at/all"_qs)),
            sink);
        stream.start();
        QTRY_VERIFY_WITH_TIMEOUT(sink.err.contains("/nowhere/at/all"), patienceMs);
        QCOMPARE(stream.state().state, app::LogStreamState::State::Following); // it may come yet
        stream.stop();
    }
};

QTEST_GUILESS_MAIN(TestCommandOrigin)
#include "tst_commandorigin.moc"

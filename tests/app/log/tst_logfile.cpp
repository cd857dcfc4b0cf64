// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logfilewriter.h"
#include "tests/support/logcontent.h"
#include "tests/support/program.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

using app::LogFileWriter;
using tests::contentOf;

namespace {

/// Lines that hold what a file may hold; a few of the reader's pieces long where it is asked for.
QByteArray sample(qsizetype size) {
    QByteArray bytes("first\r\n\x1b[31mred\x1b[0m\n\xff\xfe not UTF-8\n");
    bytes += QByteArray("a NUL: \0.\n", 10);
    for (int line = 0; bytes.size() < size; ++line)
        bytes += "line " + QByteArray::number(line * 7919LL % 1000003) + " of a log\n";
    return bytes + "without an end";
}

void put(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Files of this process cannot grow past a size: what a full disk does.
class SizeLimit {
public:
    explicit SizeLimit(rlim_t size) {
        m_action = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{size, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SizeLimit() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_action);
    }
    Q_DISABLE_COPY_MOVE(SizeLimit)

private:
    rlimit m_before{};
    void (*m_action)(int);
};

} // namespace

class TestLogFile : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsWhatItWrote_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("size");
        for (const char* name : {"a.log", "a.log.zst"}) {
            QTest::addRow("%s, small", name) << QString::fromLatin1(name) << qint64(0);
            QTest::addRow("%s, of many pieces", name)
                << QString::fromLatin1(name) << qint64(20'000'000);
        }
    }
    void readsWhatItWrote() {
        QFETCH(QString, name);
        QFETCH(qint64, size);
        const QByteArray bytes = sample(size);
        LogFileWriter writer(path(name));
        QVERIFY(writer.open());
        for (qsizetype at = 0; at < bytes.size(); at += 300'000)
            QVERIFY(writer.write(
                QByteArrayView(bytes).sliced(at, std::min<qsizetype>(300'000, bytes.size() - at))));
        QVERIFY(!QFile::exists(path(name)));
        const models::Result<qint64> written = writer.commit();
        QVERIFY(written);
        QCOMPARE(*written, QFileInfo(path(name)).size());
        QString error;
        QVERIFY(contentOf(path(name), &error) == bytes);
        QCOMPARE(error, QString());
    }

    void writesWhatOthersRead() {
        const QByteArray bytes = sample(3'000'000);
        LogFileWriter writer(path(u"a.log.zst"_qs));
        QVERIFY(writer.open());
        QVERIFY(writer.write(bytes));
        QVERIFY(writer.commit());
        QVERIFY2(!QStandardPaths::findExecutable(u"zstd"_qs).isEmpty(), "zstd is not installed");
        QVERIFY(tests::outputOf({u"zstd"_qs, u"-dcq"_qs, path(u"a.log.zst"_qs)}) == bytes);
    }

    void readsPackedFiles_data() {
        QTest::addColumn<QStringList>("command"); ///< packs its input
        QTest::newRow("gzip") << QStringList{u"gzip"_qs, u"-c"_qs};
        QTest::newRow("zstd") << QStringList{u"zstd"_qs, u"-qc"_qs};
    }
    void readsPackedFiles() {
        QFETCH(QStringList, command);
        QVERIFY2(!QStandardPaths::findExecutable(command.first()).isEmpty(),
                 "the packer is not installed");
        // Two parts, as a log has that was appended to, longer than a piece, by any name.
        const QByteArray first = sample(9'000'000);
        const QByteArray second = sample(0);
        QByteArray packed;
        for (const QByteArray& part : {first, second}) {
            put(path(u"part"_qs), part);
            packed += tests::outputOf(command + QStringList{path(u"part"_qs)});
        }
        put(path(u"a.log.1"_qs), packed);
        QString error;
        QVERIFY(contentOf(path(u"a.log.1"_qs), &error) == first + second);
        QCOMPARE(error, QString());
        // The end is missing: what is there is read, and it is said.
        put(path(u"a.log.1"_qs), packed.chopped(packed.size() / 2));
        const QByteArray rest = contentOf(path(u"a.log.1"_qs), &error);
        QVERIFY(!rest.isEmpty());
        QVERIFY(first.startsWith(rest));
        QVERIFY2(error.contains(u"damaged or cut off"), qPrintable(error));
        // The middle is something else.
        packed.replace(packed.size() / 2, 1000, QByteArray(1000, 'x'));
        put(path(u"a.log.1"_qs), packed);
        error.clear();
        QVERIFY(contentOf(path(u"a.log.1"_qs), &error) != first + second);
        QVERIFY2(error.contains(u"damaged or cut off"), qPrintable(error));
    }

    void emptyFilesAreEmptyLogs() {
        put(path(u"a.log"_qs), {});
        QString error;
        QVERIFY(contentOf(path(u"a.log"_qs), &error).isEmpty());
        QCOMPARE(error, QString());
    }

    void saysWhyItCannotRead() {
        QString error;
        QVERIFY(contentOf(path(u"none.log"_qs), &error).isEmpty());
        QVERIFY2(error.contains(path(u"none.log"_qs)), qPrintable(error));
        QVERIFY(contentOf(m_folder->path(), &error).isEmpty());
        QVERIFY2(error.contains(u"not a file"), qPrintable(error));
        // A pipe that nobody writes to is not waited for.
        const QString pipe = path(u"pipe"_qs);
        QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        QVERIFY(contentOf(pipe, &error).isEmpty());
        QVERIFY2(error.contains(u"not a file"), qPrintable(error));
    }

    void leavesWhatIsThereWithoutACommit() {
        put(path(u"a.log"_qs), "before");
        {
            LogFileWriter writer(path(u"a.log"_qs));
            QVERIFY(writer.open());
            QVERIFY(writer.write("after"));
        }
        QString error;
        QCOMPARE(contentOf(path(u"a.log"_qs), &error), "before");
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"a.log"_qs});
    }

    void saysThatAFolderIsMissing() {
        LogFileWriter writer(path(u"nowhere/a.log"_qs));
        const models::Result<void> opened = writer.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, models::ErrorCode::NotWritable);
        QVERIFY(opened.error().message.contains(path(u"nowhere/a.log"_qs)));
    }

    void saysThatTheDiskIsFull_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"a.log"_qs;
        QTest::newRow("packed") << u"a.log.zst"_qs;
    }
    void saysThatTheDiskIsFull() {
        QFETCH(QString, name);
        put(path(name), "before");
        const QByteArray bytes = sample(4'000'000);
        {
            const SizeLimit limit(100'000);
            LogFileWriter writer(path(name));
            QVERIFY(writer.open());
            models::Result<void> written = writer.write(bytes);
            if (written) {
                const models::Result<qint64> done = writer.commit();
                QVERIFY(!done);
                written = tl::unexpected(done.error());
            }
            QCOMPARE(written.error().code, models::ErrorCode::NotWritable);
            QVERIFY(written.error().message.contains(path(name)));
        }
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "before");
    }
};

QTEST_GUILESS_MAIN(TestLogFile)
#include "tst_logfile.moc"

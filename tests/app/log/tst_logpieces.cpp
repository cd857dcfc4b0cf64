// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logpieces.h"

#include "app/log/logfilewriter.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using app::LogPieces;

class TestLogPieces : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString put(const QString& name, const QByteArray& bytes) {
        const QString path = m_folder.filePath(name);
        app::LogFileWriter writer(path);
        if (!writer.open() || !writer.write(bytes) || !writer.commit())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    static QByteArray read(const LogPieces& pieces, const LogPieces::Piece& piece) {
        QByteArray bytes(piece.size, '\0');
        const models::Result<qsizetype> got = pieces.read(piece, bytes.data());
        bytes.truncate(got.value_or(0));
        return bytes;
    }

private Q_SLOTS:
    void areTheLogTogether_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("log");
        const QByteArray lines = QByteArray("one\ntwo and more\n\n").repeated(700);
        const QByteArray longLines = lines + QByteArray(20'000, 'x') + '\n' + lines +
                                     QByteArray(5'000, 'y') + '\n' + lines + "torn";
        for (const auto* ending : {".log", ".log.zst"}) {
            const QString name = QStringLiteral("a") + QLatin1String(ending);
            QTest::addRow("none%s", ending) << name << QByteArray();
            QTest::addRow("lines%s", ending) << name << lines;
            QTest::addRow("long lines%s", ending) << name << longLines;
            QTest::addRow("no line end%s", ending) << name << QByteArray(10'000, 'x');
            QTest::addRow("a piece%s", ending) << name << QByteArray(most - 1, 'x') + '\n';
            QTest::addRow("one more%s", ending) << name << QByteArray(most, 'x') + '\n';
        }
    }
    void areTheLogTogether() {
        QFETCH(QString, name);
        QFETCH(QByteArray, log);
        LogPieces pieces(put(name, log));
        QByteArray bytes;
        bool isLast = false;
        while (!isLast) {
            const LogPieces::Piece piece = pieces.next(most);
            QVERIFY(piece.size <= most);
            QVERIFY(!piece.error);
            QCOMPARE(piece.beginsInLine, !bytes.isEmpty() && !bytes.endsWith('\n'));
            const QByteArray read = this->read(pieces, piece);
            QCOMPARE(read.size(), piece.size);
            // It ends with a line where one ends in it.
            QVERIFY(piece.isLast || read.endsWith('\n') || !read.contains('\n'));
            bytes += read;
            isLast = piece.isLast;
        }
        QCOMPARE(bytes, log);
    }

    void canBeReadInAnyOrder() {
        const QByteArray log = QByteArray("a line\n").repeated(2'000);
        LogPieces pieces(put(QStringLiteral("a.log"), log));
        const LogPieces::Piece first = pieces.next(most);
        const LogPieces::Piece second = pieces.next(most);
        QCOMPARE(second.position, first.size + second.size);
        QCOMPARE(read(pieces, second), log.sliced(first.size, second.size));
        QCOMPARE(read(pieces, first), log.first(first.size));
    }

    void theFileMayChangeMeanwhile() {
        const QByteArray log = QByteArray("a line\n").repeated(2'000);
        QFile file(put(QStringLiteral("a.log"), log));
        LogPieces pieces(file.fileName());
        (void)pieces.next(most);
        const LogPieces::Piece second = pieces.next(most);
        QVERIFY(file.resize(second.begin + 3));
        QCOMPARE(read(pieces, second), QByteArray("a l"));
        const LogPieces::Piece last = pieces.next(most);
        QVERIFY(last.isLast);
        QCOMPARE(last.size, 0);

        LogPieces grown(file.fileName());
        (void)grown.next(10);
        QVERIFY(file.open(QIODevice::Append));
        QVERIFY(file.write("ine\nnew\n") > 0);
        file.close();
        QByteArray bytes;
        for (LogPieces::Piece piece; !piece.isLast; bytes += read(grown, piece))
            piece = grown.next(most);
        QVERIFY(bytes.endsWith("new\n"));
    }

    /// As those of a kernel are.
    void aFileMayNotKnowItsLength() {
        QFile file(QStringLiteral("/proc/version"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.size(), 0);
        LogPieces pieces(file.fileName());
        const LogPieces::Piece piece = pieces.next(most);
        QVERIFY(piece.isLast);
        QCOMPARE(read(pieces, piece), file.readAll());
    }

    void whatCannotBeReadIsSaid() {
        LogPieces pieces(m_folder.filePath(QStringLiteral("none")));
        const LogPieces::Piece piece = pieces.next(most);
        QVERIFY(piece.error && piece.isLast);
        QCOMPARE(piece.size, 0);
    }

private:
    static constexpr qsizetype most = 4'096;
};

QTEST_GUILESS_MAIN(TestLogPieces)
#include "tst_logpieces.moc"

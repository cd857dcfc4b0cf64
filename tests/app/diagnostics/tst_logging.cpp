// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/logging.h"

#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QTest>

#include <thread>

#include <sys/stat.h>

Q_LOGGING_CATEGORY(sample, "gantry.sample")

namespace {

QString folder() {
    return qEnvironmentVariable("XDG_STATE_HOME") + QStringLiteral("/gantry");
}

QByteArray logText() {
    QFile file(folder() + QStringLiteral("/gantry.log"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int modeOf(const QString& path) {
    struct stat found {};
    return stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 0777 : -1;
}

} // namespace

class TestLogging : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QDir(folder()).removeRecursively(); }
    void cleanup() { app::stopLogging(); }

    void writesMessagesOfQt() {
        app::startLogging(QStringLiteral("info"));
        qCInfo(sample) << "opened" << 3;
        qCDebug(sample) << "too small";
        app::stopLogging();
        const QByteArray text = logText();
        QVERIFY2(text.contains("gantry.sample: opened 3"), text.constData());
        QVERIFY(text.contains(" info "));
        QVERIFY(!text.contains("too small"));
    }

    void levelsByName() {
        app::startLogging(QStringLiteral("debug"));
        qCDebug(sample) << "small";
        app::startLogging(QStringLiteral("error"));
        qCInfo(sample) << "not of interest";
        app::stopLogging();
        QVERIFY(logText().contains("small"));
        QVERIFY(!logText().contains("not of interest"));
    }

    void masksSecrets() {
        app::maskInLog(QStringLiteral("hunter2-secret"));
        app::startLogging(QStringLiteral("info"));
        qCInfo(sample) << "token=hunter2-secret" << QByteArray("user:hunter2-secret").toBase64();
        app::maskInLog(QStringLiteral("learned/later"));
        qCInfo(sample).noquote() << "url" << QStringLiteral("learned%2Flater");
        app::stopLogging();
        const QByteArray text = logText();
        QVERIFY(!text.contains("hunter2"));
        QVERIFY(!text.contains("aHVudGVyMi"));
        QVERIFY(!text.contains("learned%2Flater"));
        QCOMPARE(text.count("••••••"), 3);
    }

    void keepsLinesApart() {
        app::startLogging(QStringLiteral("info"));
        qCInfo(sample).noquote() << "one\n2026-01-01T00:00:00.000Z forged\x1b[2J";
        app::stopLogging();
        const QList<QByteArray> lines = logText().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines[1].startsWith("    2026"), lines[1].constData());
        QVERIFY(!lines[1].contains('\x1b'));
    }

    void filesArePrivateAlsoAfterRotation() {
        const mode_t before = umask(0);
        app::startLogging(QStringLiteral("info"));
        const QString filler(64 * 1024, QLatin1Char('x'));
        for (int i = 0; i < 90; ++i)
            qCInfo(sample).noquote() << filler;
        app::stopLogging();
        umask(before);
        QCOMPARE(modeOf(folder()), 0700);
        const QFileInfoList files = QDir(folder()).entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 2);
        for (const QFileInfo& file : files)
            QCOMPARE(modeOf(file.filePath()), 0600);
    }

    void takesMessagesOfManyThreads() {
        app::startLogging(QStringLiteral("info"));
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([] {
                for (int line = 0; line < 200; ++line)
                    qCInfo(sample) << "threaded";
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        app::stopLogging();
        QCOMPARE(logText().count("gantry.sample: threaded\n"), 800);
    }

    void goesOnWithoutAFile() {
        QFile blocker(folder());
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        blocker.close();
        app::startLogging(QStringLiteral("info"));
        qCInfo(sample) << "nowhere to go";
        app::stopLogging();
        QVERIFY(QFile::remove(folder()));
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestLogging test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_logging.moc"

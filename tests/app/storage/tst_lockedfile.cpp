// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/lockedfile.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <thread>

using app::LockedFile;

namespace {

/// What this process has open that has no name any more, as bytes.
QByteArray namelessBytes() {
    QByteArray all;
    const QDir open(QStringLiteral("/proc/self/fd"));
    for (const QString& name : open.entryList(QDir::System | QDir::Files)) {
        const QString path = open.filePath(name);
        if (!QFile::symLinkTarget(path).endsWith(QLatin1String("(deleted)")))
            continue;
        QFile file(path);
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

} // namespace

class TestLockedFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatWasWritten() {
        const LockedFile file;
        QVERIFY(file.isOpen());
        QVERIFY(file.write(1, 0, "first"));
        QVERIFY(file.write(2, 5, "second"));
        QCOMPARE(file.read(2, 5, 6), QByteArray("second"));
        QCOMPARE(file.read(1, 0, 5), QByteArray("first"));
    }

    void nothingOfItCanBeReadOnTheDisk() {
        const LockedFile file;
        const QByteArray secret("the-token-of-the-deployment");
        QVERIFY(file.write(1, 0, secret));
        const QByteArray bytes = namelessBytes();
        QVERIFY(bytes.size() >= secret.size());
        QVERIFY(!bytes.contains(secret));
    }

    void equalPiecesDifferOnTheDisk() {
        const LockedFile file;
        const QByteArray piece(64, 'x');
        QVERIFY(file.write(1, 0, piece));
        QVERIFY(file.write(2, piece.size(), piece));
        const QByteArray bytes = namelessBytes();
        QVERIFY(bytes.size() >= 2 * piece.size());
        QVERIFY(bytes.left(piece.size()) != bytes.mid(piece.size(), piece.size()));
    }

    void saysWhatCannotBeRead() {
        const LockedFile file;
        QVERIFY(file.write(1, 0, "short"));
        QVERIFY(file.read(1, 0, 500).isEmpty());
    }

    void releasedRoomIsThereAgain() {
        const LockedFile file;
        QVERIFY(file.write(1, 0, QByteArray(100'000, 'a')));
        file.release(0, 100'000);
        QVERIFY(file.write(2, 0, "anew"));
        QCOMPARE(file.read(2, 0, 4), QByteArray("anew"));
    }

    void threadsWriteAndReadAtOnce() {
        const LockedFile file;
        constexpr int pieceSize = 10'000;
        std::vector<std::thread> threads;
        std::array<bool, 4> isGood{};
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                bool good = true;
                for (int i = 0; i < 50; ++i) {
                    const int piece = thread * 50 + i;
                    const QByteArray bytes(pieceSize, static_cast<char>(piece));
                    const qint64 at = qint64{piece} * pieceSize;
                    good = good && file.write(quint64(piece), at, bytes) &&
                           file.read(quint64(piece), at, pieceSize) == bytes;
                }
                isGood[size_t(thread)] = good;
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(isGood, (std::array<bool, 4>{true, true, true, true}));
    }
};

QTEST_GUILESS_MAIN(TestLockedFile)
#include "tst_lockedfile.moc"

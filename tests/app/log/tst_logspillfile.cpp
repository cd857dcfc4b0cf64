// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logspillfile.h"

#include <QTest>

using app::LogSpillFile;

class TestLogSpillFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesBackEachPiece() {
        LogSpillFile file;
        QList<models::LogSpill::Handle> handles;
        for (int i = 0; i < 20; ++i) {
            const auto handle = file.write(QByteArray(1000 + i, static_cast<char>('a' + i)));
            QVERIFY(handle);
            handles.append(*handle);
        }
        for (int i = 19; i >= 0; --i) {
            const auto bytes = file.read(handles[i]);
            QVERIFY(bytes);
            QCOMPARE(*bytes, QByteArray(1000 + i, static_cast<char>('a' + i)));
        }
    }

    void droppedPieceIsGone() {
        LogSpillFile file;
        const auto gone = file.write("gone");
        const auto kept = file.write("kept");
        QVERIFY(gone && kept);
        file.drop(*gone);
        file.drop(*gone);
        const auto bytes = file.read(*gone);
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().code, models::ErrorCode::NotReadable);
        QCOMPARE(*file.read(*kept), QByteArray("kept"));
    }
};

QTEST_GUILESS_MAIN(TestLogSpillFile)
#include "tst_logspillfile.moc"

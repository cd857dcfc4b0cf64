// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/sha256.h"

#include <QCryptographicHash>
#include <QTest>

class TestSha256 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownDigests_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("digest");
        // The examples that are published with FIPS 180-4.
        QTest::newRow("nothing")
            << QByteArray()
            << u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_qs;
        QTest::newRow("one block")
            << QByteArray("abc")
            << u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_qs;
        QTest::newRow("two blocks")
            << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
            << u"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"_qs;
        QTest::newRow("a million letters")
            << QByteArray(1'000'000, 'a')
            << u"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"_qs;
    }
    void knownDigests() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, digest);
        QCOMPARE(models::sha256Text(bytes), digest);
    }

    /// Journals on disk hold hashes that Qt made.
    void agreesWithQtAtEveryLengthOfTwoBlocks() {
        QByteArray bytes;
        for (int length = 0; length <= 130; ++length) {
            QCOMPARE(models::sha256(bytes),
                     QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
            bytes += char(length * 7);
        }
    }
};

QTEST_APPLESS_MAIN(TestSha256)
#include "tst_sha256.moc"

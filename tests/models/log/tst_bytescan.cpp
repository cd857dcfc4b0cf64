// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/bytekernels.h"
#include "models/log/bytescan.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::avx2Kernels;
using models::ByteKernels;
using models::LineEnds;
using models::LiteralFinder;
using models::portableKernels;

/// The loops for one processor have to give what the plain ones give.
class TestByteScan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesOnAnyBytes();
    void splits();
    void findsEveryPlace_data();
    void findsEveryPlace();
};

void TestByteScan::agreesOnAnyBytes() {
    const ByteKernels* const fast = avx2Kernels();
    if (fast == nullptr)
        QSKIP("this processor has no AVX2");
    const ByteKernels& plain = portableKernels();
    tests::LogText random(1);
    for (int round = 0; round < 300; ++round) {
        const QByteArray bytes =
            random.lines(random.number(30)).join('\n').left(random.number(9'000));
        const auto size = static_cast<size_t>(bytes.size());
        LineEnds expected;
        LineEnds found;
        plain.splitLines(bytes.constData(), size, expected);
        fast->splitLines(bytes.constData(), size, found);
        QCOMPARE(found.feeds, expected.feeds);
        QCOMPARE(found.restIsSpecial, expected.restIsSpecial);
        QCOMPARE(fast->countFeeds(bytes.constData(), size),
                 plain.countFeeds(bytes.constData(), size));
        for (const char before : {'\0', 'a', '5', '_', ' ', '\xc3'})
            QCOMPARE(fast->levelStarts(bytes.constData(), size, before),
                     plain.levelStarts(bytes.constData(), size, before));
    }
}

void TestByteScan::splits() {
    LineEnds ends;
    models::splitLines("a\n\r\nb\x1b[m\n\nc\r", ends);
    const std::vector<std::uint32_t> expected{1, 3 | LineEnds::special, 8 | LineEnds::special, 9};
    QCOMPARE(ends.feeds, expected);
    QVERIFY(ends.restIsSpecial);
}

void TestByteScan::findsEveryPlace_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<LiteralFinder::Case>("sensitivity");
    for (const char* text :
         {"a", "aa", "error", "took 1", "ab aab", "no such text", "\xc3\xa9", "@[`"}) {
        QTest::addRow("%s", text) << QByteArray(text) << LiteralFinder::Case::Sensitive;
        QTest::addRow("%s, any case", text) << QByteArray(text) << LiteralFinder::Case::Insensitive;
    }
    QTest::newRow("NUL") << QByteArray("\0", 1) << LiteralFinder::Case::Sensitive;
}

void TestByteScan::findsEveryPlace() {
    QFETCH(QByteArray, text);
    QFETCH(LiteralFinder::Case, sensitivity);
    const bool insensitive = sensitivity == LiteralFinder::Case::Insensitive;
    const LiteralFinder finder(text, sensitivity);
    tests::LogText random(2);
    for (int round = 0; round < 40; ++round) {
        // Of its exact length on the heap: reading behind it shows under ASan.
        const QByteArray joined = random.lines(random.number(20)).join('\n') + text.left(round % 3);
        const std::vector<char> exact(joined.cbegin(), joined.cend());
        const QByteArrayView bytes(exact.data(), static_cast<qsizetype>(exact.size()));
        const QByteArray haystack = insensitive ? joined.toLower() : joined;
        const QByteArray needle = insensitive ? text.toLower() : text;
        qsizetype at = 0;
        while (at >= 0) {
            const qsizetype expected = haystack.indexOf(needle, at);
            QCOMPARE(finder.find(bytes, at), expected);
            at = expected < 0 ? -1 : expected + 1;
        }
    }
}

QTEST_GUILESS_MAIN(TestByteScan)
#include "tst_bytescan.moc"

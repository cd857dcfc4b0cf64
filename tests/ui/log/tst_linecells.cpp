// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/linecells.h"

#include <QRandomGenerator>
#include <QTest>

using ui::LineCell;
using ui::LineCells;

class TestLineCells : public QObject {
    Q_OBJECT

private:
    static QString drawn(QByteArrayView text) {
        QString characters;
        LineCells cells(text);
        LineCell cell;
        while (cells.next(cell))
            characters += QString::fromUcs4(&cell.character, 1);
        return characters;
    }

private Q_SLOTS:
    void drawsEachCharacter_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<int>("columns");
        QTest::newRow("empty") << QByteArray() << QString() << 0;
        QTest::newRow("ascii") << QByteArray("GET /x 200") << u"GET /x 200"_qs << 10;
        QTest::newRow("two bytes") << QByteArray("gr\xC3\xBCn") << u"grün"_qs << 4;
        QTest::newRow("wide") << QByteArray("\xE6\x97\xA5x") << u"日x"_qs << 3;
        QTest::newRow("mark on a letter") << QByteArray("e\xCC\x81!") << u"e\u0301!"_qs << 2;
        QTest::newRow("mark on nothing") << QByteArray("\xCC\x81!") << u"\u0301!"_qs << 2;
        QTest::newRow("tab") << QByteArray("ab\tc") << u"ab c"_qs << 9;
        QTest::newRow("controls") << QByteArray("a\x00\x07\x7F", 4) << u"a\u2400\u2407\u2421"_qs
                                  << 4;
        QTest::newRow("turns text round") << QByteArray("a\xE2\x80\xAE"
                                                        "b")
                                          << u"a\uFFFDb"_qs << 3;
        QTest::newRow("a byte alone") << QByteArray("a\xFFz") << u"a\uFFFDz"_qs << 3;
        QTest::newRow("cut short") << QByteArray("a\xE6\x97") << u"a\uFFFD\uFFFD"_qs << 3;
        QTest::newRow("longer than it needs") << QByteArray("\xC0\xAF") << u"\uFFFD\uFFFD"_qs << 2;
        QTest::newRow("half a pair") << QByteArray("\xED\xA0\x80") << u"\uFFFD\uFFFD\uFFFD"_qs << 3;
        QTest::newRow("past the last")
            << QByteArray("\xF4\x90\x80\x80") << u"\uFFFD\uFFFD\uFFFD\uFFFD"_qs << 4;
    }
    void drawsEachCharacter() {
        QFETCH(QByteArray, text);
        QFETCH(QString, shown);
        QFETCH(int, columns);
        QCOMPARE(drawn(text), shown);
        QCOMPARE(ui::shapeOf(text).columns, columns);
    }

    void plainTextHasItsBytesAsColumns() {
        QVERIFY(ui::shapeOf("all of it is plain").isPlain);
        QVERIFY(!ui::shapeOf("a\ttab").isPlain);
        QVERIFY(!ui::shapeOf("gr\xC3\xBCn").isPlain);
    }

    void columnsLeadToBytes() {
        const QByteArray text("a\t\xE6\x97\xA5\xC3\xBC\xFFz");
        LineCells cells(text);
        LineCell cell;
        int seen = 0;
        while (cells.next(cell)) {
            for (int column = cell.column; column < cell.column + cell.width; ++column)
                QCOMPARE(ui::byteAt(text, column), cell.byte);
            ++seen;
        }
        QCOMPARE(seen, 6);
        QCOMPARE(ui::byteAt(text, 1000), text.size());
    }

    void anyBytesAreGoneThroughOnce() {
        QRandomGenerator random(5);
        for (int round = 0; round < 500; ++round) {
            QByteArray text(random.bounded(1, 80), Qt::Uninitialized);
            for (char& byte : text)
                byte = static_cast<char>(random.bounded(256));
            LineCells cells(text);
            LineCell cell;
            qsizetype byte = 0;
            int column = 0;
            while (cells.next(cell)) {
                QCOMPARE(cell.byte, byte);
                QCOMPARE(cell.column, column);
                QVERIFY(cell.character >= 0x20);
                byte += cell.size;
                column += cell.width;
            }
            QCOMPARE(byte, text.size());
        }
    }

    void findsTheWord_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("path") << QByteArray("GET /api/v1?x=1") << 6 << QByteArray("/api/v1");
        QTest::newRow("address") << QByteArray("from 192.0.2.7:8080 ok") << 8
                                 << QByteArray("192.0.2.7:8080");
        QTest::newRow("between words") << QByteArray("a  b") << 1 << QByteArray("  ");
        QTest::newRow("behind the end") << QByteArray("last") << 9 << QByteArray("last");
        QTest::newRow("nothing") << QByteArray() << 0 << QByteArray();
    }
    void findsTheWord() {
        QFETCH(QByteArray, text);
        QFETCH(int, at);
        QFETCH(QByteArray, word);
        const auto [begin, end] = ui::wordAt(text, at);
        QCOMPARE(text.mid(begin, end - begin), word);
    }
};

QTEST_GUILESS_MAIN(TestLineCells)
#include "tst_linecells.moc"

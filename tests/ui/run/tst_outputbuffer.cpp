// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputbuffer.h"
#include "ui/run/outputsearch.h"
#include "ui/run/outputview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <memory>

class TestOutputBuffer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsStreamsApart();
    void isBounded();
    void piecesMayEndAnywhere();
    void findsRoundTheEnd_data();
    void findsRoundTheEnd();
    void findsInParts();
    void viewCopiesAll();
    void viewCopiesWhatIsLeftOfItsMark();
    void viewFollowsOnlyAtTheEnd();
    void viewKeepsItsPlaceWhenOldLinesGo();
};

namespace {
QByteArray lines(int from, int to) {
    QByteArray bytes;
    for (int line = from; line < to; ++line)
        bytes += "line " + QByteArray::number(line) + '\n';
    return bytes;
}
} // namespace

void TestOutputBuffer::tellsStreamsApart() {
    ui::OutputBuffer buffer;
    buffer.append(0, "one\ntw");
    buffer.append(1, "bad\n");
    buffer.append(0, "o\n");
    QCOMPARE(buffer.endLine(), 3);
    QCOMPARE(buffer.line(0).styled.text, QStringLiteral("one"));
    QCOMPARE(buffer.line(1).styled.text, QStringLiteral("bad"));
    QCOMPARE(buffer.line(1).stream, 1);
    QCOMPARE(buffer.line(2).styled.text, QStringLiteral("two"));
}

void TestOutputBuffer::isBounded() {
    ui::OutputBuffer buffer;
    buffer.append(0, lines(0, ui::OutputBuffer::maximumLines + 500));
    QCOMPARE(buffer.firstLine(), 500);
    QVERIFY(buffer.line(500).styled.text.contains(QStringLiteral("Earlier lines")));
    QCOMPARE(buffer.line(501).styled.text, QStringLiteral("line 501"));
    QCOMPARE(buffer.endLine() - buffer.firstLine(), qint64(ui::OutputBuffer::maximumLines));
}

/// Lines and their colours are the same wherever the bytes are cut.
void TestOutputBuffer::piecesMayEndAnywhere() {
    const QByteArray bytes =
        "\x1b[1;31mred \xe2\x9c\x93 tick\x1b[0m\n\xf0\x9f\x9a\x80 \x1b[38;5;208mgo\n"
        "still orange\x1b[39m\r\x1b]0;title\x07over\xff\n\x1b[4munder";
    ui::OutputBuffer whole;
    whole.append(0, bytes);
    QCOMPARE(whole.endLine(), 4);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        ui::OutputBuffer parts;
        parts.append(0, bytes.left(cut));
        parts.append(1, "between\n");
        parts.append(0, bytes.mid(cut));
        QList<models::StyledLine> lines;
        for (qint64 number = 0; number < parts.endLine(); ++number) {
            if (parts.line(number).stream == 0)
                lines << parts.line(number).styled;
        }
        QCOMPARE(lines.size(), 4);
        for (int number = 0; number < 4; ++number)
            QVERIFY2(lines[number] == whole.line(number).styled, qPrintable(lines[number].text));
    }
}

void TestOutputBuffer::findsRoundTheEnd_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("from");
    QTest::addColumn<int>("step");
    QTest::addColumn<qint64>("line");
    QTest::newRow("next") << QStringLiteral("alpha") << qint64(1) << 1 << qint64(2);
    QTest::newRow("round the end") << QStringLiteral("beta") << qint64(2) << 1 << qint64(1);
    QTest::newRow("back") << QStringLiteral("alpha") << qint64(1) << -1 << qint64(0);
    QTest::newRow("round the beginning") << QStringLiteral("beta") << qint64(0) << -1 << qint64(1);
    QTest::newRow("nowhere") << QStringLiteral("gamma") << qint64(0) << 1 << qint64(-1);
    QTest::newRow("nothing") << QString() << qint64(0) << 1 << qint64(-1);
}

void TestOutputBuffer::findsRoundTheEnd() {
    QFETCH(QString, text);
    QFETCH(qint64, from);
    QFETCH(int, step);
    ui::OutputBuffer buffer;
    buffer.append(0, "Alpha\nbeta\nalpha\n");
    ui::OutputSearch search;
    QSignalSpy finished(&search, &ui::OutputSearch::finished);
    search.start(&buffer, text, from, step);
    QCOMPARE(finished.size(), 1);
    QTEST(finished.first()[0].toLongLong(), "line");
}

/// A lot of output is not looked through in one turn; it may grow and lose its oldest meanwhile.
void TestOutputBuffer::findsInParts() {
    const int count = ui::OutputBuffer::maximumLines;
    ui::OutputBuffer buffer;
    buffer.append(0, lines(0, count));
    QVERIFY(lines(0, count).size() > ui::OutputSearch::charactersPerTurn);
    ui::OutputSearch search;
    QSignalSpy finished(&search, &ui::OutputSearch::finished);
    search.start(&buffer, QStringLiteral("LINE %1").arg(count - 1), 0, 1);
    QVERIFY(finished.isEmpty());
    buffer.append(0, lines(0, 500));
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.takeFirst()[0].toLongLong(), count - 1);
    // Of a buffer that goes nothing is found.
    auto other = std::make_unique<ui::OutputBuffer>();
    other->append(0, lines(0, count));
    search.start(other.get(), QStringLiteral("nowhere"), 0, 1);
    QVERIFY(finished.isEmpty());
    other.reset();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.takeFirst()[0].toLongLong(), -1);
    search.start(&buffer, QStringLiteral("nowhere"), 0, 1);
    search.stop();
    QCoreApplication::processEvents();
    QVERIFY(finished.isEmpty());
}

void TestOutputBuffer::viewCopiesAll() {
    const int count = ui::OutputBuffer::maximumLines;
    ui::OutputBuffer buffer;
    buffer.append(0, lines(0, count));
    ui::OutputView view;
    view.setBuffer(&buffer);
    view.copy();
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(lines(0, count)));
}

void TestOutputBuffer::viewCopiesWhatIsLeftOfItsMark() {
    const int count = ui::OutputBuffer::maximumLines;
    ui::OutputBuffer buffer;
    buffer.append(0, "one\ntwo\nthree\n");
    ui::OutputView view;
    view.setBuffer(&buffer);
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.copyText(), QStringLiteral("one\ntwo\nthree"));
    buffer.append(0, lines(0, count - 1));
    // Of the three, one is left: its place says that earlier ones are not here.
    QCOMPARE(view.copyText(), buffer.line(buffer.firstLine()).styled.text.left(5));
    buffer.append(0, lines(0, count));
    QCOMPARE(view.copyText(), QString());
}

void TestOutputBuffer::viewFollowsOnlyAtTheEnd() {
    ui::OutputBuffer buffer;
    ui::OutputView view;
    view.resize(400, 200);
    view.show();
    view.setBuffer(&buffer);
    buffer.append(0, lines(0, 1000));
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    view.verticalScrollBar()->setValue(100);
    QVERIFY(!view.isFollowing());
    buffer.append(0, lines(1000, 1200));
    QCOMPARE(view.verticalScrollBar()->value(), 100);
    QCOMPARE(view.newLines(), 200);
    view.scrollToEnd();
    QVERIFY(view.isFollowing());
    QCOMPARE(view.newLines(), 0);
}

void TestOutputBuffer::viewKeepsItsPlaceWhenOldLinesGo() {
    ui::OutputBuffer buffer;
    ui::OutputView view;
    view.resize(400, 200);
    view.show();
    view.setBuffer(&buffer);
    buffer.append(0, lines(0, ui::OutputBuffer::maximumLines));
    view.verticalScrollBar()->setValue(5000);
    buffer.append(0, lines(0, 1000));
    QCOMPARE(view.verticalScrollBar()->value(), 4000);
}

QTEST_MAIN(TestOutputBuffer)
#include "tst_outputbuffer.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/outputbuffer.h"
#include "ui/run/outputview.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

class TestOutputBuffer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsStreamsApart();
    void isBounded();
    void findsRoundTheEnd();
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

void TestOutputBuffer::findsRoundTheEnd() {
    ui::OutputBuffer buffer;
    buffer.append(0, "Alpha\nbeta\nalpha\n");
    QCOMPARE(buffer.find(QStringLiteral("alpha"), 1, 1), 2);
    QCOMPARE(buffer.find(QStringLiteral("beta"), 2, 1), 1);
    QCOMPARE(buffer.find(QStringLiteral("alpha"), 1, -1), 0);
    QCOMPARE(buffer.find(QStringLiteral("gamma"), 0, 1), -1);
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

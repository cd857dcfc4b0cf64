// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/sourcetext.h"

#include <QStringConverter>
#include <QTest>

using models::SourceText;

namespace tests {

class TestSourceText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesAreIndexed_data();
    void linesAreIndexed();
    void badBytesKeepTheirPlaces();
    void marksInsideBecomeSpace();
    void utf16IsNotRead();
    void markersTooDeepBecomeText();
    void goodTextIsNotCopied();
};

void TestSourceText::linesAreIndexed_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QByteArray>>("lines");
    QTest::newRow("nothing") << QByteArray() << QList<QByteArray>{QByteArray()};
    QTest::newRow("no end") << QByteArray("a") << QList<QByteArray>{"a"};
    QTest::newRow("unix") << QByteArray("a\n\nb\n") << QList<QByteArray>{"a", "", "b"};
    QTest::newRow("windows") << QByteArray("a\r\n\r\nb\r\n") << QList<QByteArray>{"a", "", "b"};
    QTest::newRow("old") << QByteArray("a\r\rb") << QList<QByteArray>{"a", "", "b"};
    QTest::newRow("mixed") << QByteArray("a\nb\r\nc\rd") << QList<QByteArray>{"a", "b", "c", "d"};
    QTest::newRow("return in front of a pair")
        << QByteArray("a\rb\r\r\nc") << QList<QByteArray>{"a", "b", "", "c"};
    QTest::newRow("return at the end") << QByteArray("a\r\nb\r") << QList<QByteArray>{"a", "b"};
}

void TestSourceText::linesAreIndexed() {
    QFETCH(QByteArray, bytes);
    QFETCH(QList<QByteArray>, lines);
    const SourceText source(bytes);
    QCOMPARE(source.lineCount(), int(lines.size()));
    for (int i = 0; i < int(lines.size()); ++i) {
        QCOMPARE(source.line(i + 1), std::string_view(lines[i].constData(), lines[i].size()));
    }
    QCOMPARE(source.line(0), std::string_view());
    QCOMPARE(source.line(int(lines.size()) + 1), std::string_view());
}

void TestSourceText::badBytesKeepTheirPlaces() {
    const QByteArray bytes("ok\nb\xFF"
                           "d\0x\n\xC3\xA4\xED\xA0\x80\nend",
                           18);
    const SourceText source(bytes);
    QCOMPARE(source.text().size(), std::size_t(bytes.size()));
    QCOMPARE(source.line(2), std::string_view("b?d?x"));
    QCOMPARE(source.line(3), std::string_view("\xC3\xA4???"));
    QCOMPARE(source.diagnostics().size(), 2);
    QCOMPARE(source.diagnostics()[0].line, 2);
    QCOMPARE(source.diagnostics()[0].column, 2);
    QCOMPARE(source.diagnostics()[1].line, 3);
    QCOMPARE(source.diagnostics()[1].column, 2);
    QVERIFY(source.wasMended(1, 2));
    QVERIFY(!source.wasMended(4, 4));
}

void TestSourceText::marksInsideBecomeSpace() {
    const QByteArray mark("\xEF\xBB\xBF");
    const SourceText source(mark + mark + "# Title\n" + mark + "\xEF\xB8\x8F" + "a" + mark + "\n");
    QCOMPARE(source.line(1), std::string_view("\xEF\xBB\xBF   # Title"));
    QCOMPARE(source.line(2), std::string_view("   \xEF\xB8\x8F"
                                              "a   "));
    QCOMPARE(source.diagnostics().size(), 2);
    QCOMPARE(source.diagnostics()[0].column, 2);
    QCOMPARE(source.diagnostics()[1].line, 2);
    QCOMPARE(source.diagnostics()[1].column, 1);
    QVERIFY(source.wasMended(2, 2));
}

void TestSourceText::utf16IsNotRead() {
    for (const bool isLittle : {true, false}) {
        QStringEncoder encoder(isLittle ? QStringConverter::Utf16LE : QStringConverter::Utf16BE,
                               QStringConverter::Flag::WriteBom);
        const SourceText source(encoder(QStringLiteral("# Title\n\n- [ ] one\n")));
        QCOMPARE(source.text(), std::string_view(""));
        QCOMPARE(source.diagnostics().size(), 1);
        QCOMPARE(source.diagnostics().first().severity, models::Severity::Error);
        QVERIFY(source.diagnostics().first().message.contains(u"UTF-16"));
    }
}

void TestSourceText::markersTooDeepBecomeText() {
    const SourceText source(QByteArray(1000, '>') + " deep\n");
    QCOMPARE(source.line(1).substr(0, 66), std::string(64, '>') + "x>");
    QCOMPARE(source.diagnostics().size(), 1);
    QCOMPARE(source.diagnostics().first().column, 65);
}

void TestSourceText::goodTextIsNotCopied() {
    const QByteArray bytes("\xEF\xBB\xBF# Title\n\n- [ ] one\n");
    const SourceText source(bytes);
    QCOMPARE(static_cast<const void*>(source.text().data()),
             static_cast<const void*>(bytes.constData()));
    QVERIFY(source.diagnostics().isEmpty());
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestSourceText)
#include "tst_sourcetext.moc"

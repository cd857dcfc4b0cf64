// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/escapes.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::Escape;
using models::LogSpan;
using models::StrippedLine;
using models::TextColour;

namespace {

QList<Escape> escapesOf(const StrippedLine& stripped) {
    QList<Escape> escapes;
    std::uint32_t from = 0;
    for (const auto& [position, end] : stripped.escapes) {
        escapes.append({position, QByteArrayView(stripped.sequences.data() + from, end - from)});
        from = end;
    }
    return escapes;
}

} // namespace

class TestEscapes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void strips_data();
    void strips();
    void restoresEveryByte();
    void givesSpans();
};

void TestEscapes::strips_data() {
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* raw, const char* text) {
        QTest::newRow(name) << QByteArray(raw) << QByteArray(text);
    };
    row("colour", "a \x1b[1;31mred\x1b[0m b", "a red b");
    row("carriage return at the end", "a\r\r", "a");
    row("carriage return within", "a\rb", "a\rb");
    row("title",
        "a\x1b]0;title\x07"
        "b",
        "ab");
    row("link", "\x1b]8;;http://example.com\x1b\\here\x1b]8;;\x1b\\", "here");
    row("title without end", "a\x1b]0;b", "a0;b");
    row("device control without end", "\x1bPq#0;2;0", "q#0;2;0");
    row("cursor and screen", "\x1b[2J\x1b[10;10Ha\x1b[?25l", "a");
    row("cut short", "a\x1b[31", "a");
    row("broken by a letter of another script", "\x1b[31\xc3\xa9x", "\xc3\xa9x");
    row("character set", "\x1b(Ba", "a");
    row("lone escape", "a\x1b", "a");
    row("escape before escape", "\x1b\x1b[31ma", "a");
}

void TestEscapes::strips() {
    QFETCH(QByteArray, raw);
    StrippedLine stripped;
    models::stripEscapes(raw, stripped);
    QTEST(QByteArray::fromStdString(stripped.text), "text");
    QCOMPARE(models::restored(QByteArray::fromStdString(stripped.text), escapesOf(stripped)), raw);
}

void TestEscapes::restoresEveryByte() {
    tests::LogText random(3);
    for (int round = 0; round < 3'000; ++round) {
        const QByteArray raw = random.line();
        StrippedLine stripped;
        models::stripEscapes(raw, stripped);
        const QByteArray text = QByteArray::fromStdString(stripped.text);
        QCOMPARE(models::restored(text, escapesOf(stripped)), raw);
        QVERIFY(!text.contains('\x1b'));
        qsizetype at = 0;
        for (const LogSpan& span : models::spansOf(text.size(), escapesOf(stripped))) {
            QVERIFY(span.start >= at && span.length > 0);
            at = span.start + span.length;
            QVERIFY(at <= text.size());
        }
    }
}

void TestEscapes::givesSpans() {
    StrippedLine stripped;
    models::stripEscapes("a\x1b[1mb\x1b[2K\x1b[31mc\x1b[md\x1b[38:2::1:2:3me", stripped);
    const QList<LogSpan> spans = models::spansOf(5, escapesOf(stripped));
    QCOMPARE(spans.size(), 3);
    QCOMPARE(spans[0].start, 1);
    QVERIFY(spans[0].style.bold && spans[0].style.foreground == TextColour());
    QCOMPARE(spans[1].start, 2);
    QVERIFY(spans[1].style.foreground == (TextColour{TextColour::Kind::Palette, 1}));
    QCOMPARE(spans[2].start, 4);
    QVERIFY(spans[2].style.foreground == (TextColour{TextColour::Kind::Rgb, 0x010203}));
}

QTEST_GUILESS_MAIN(TestEscapes)
#include "tst_escapes.moc"

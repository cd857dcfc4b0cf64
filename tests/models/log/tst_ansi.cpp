// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/ansi.h"

#include <QTest>

using models::AnsiDecoder;
using models::Span;
using models::StyledLine;
using models::TextColour;
using models::TextStyle;

namespace {

QString colourText(const char* name, const TextColour& colour) {
    switch (colour.kind) {
    case TextColour::Kind::Default:
        return {};
    case TextColour::Kind::Palette:
        return QStringLiteral(" %1%2").arg(QLatin1String(name)).arg(colour.value);
    case TextColour::Kind::Rgb:
        return QStringLiteral(" %1-%2")
            .arg(QLatin1String(name))
            .arg(colour.value, 6, 16, QLatin1Char('0'));
    }
    return {};
}

/// "3+2 bold fg1": what the tables below compare with.
QString spanText(const Span& span) {
    const TextStyle& style = span.style;
    QString text = QStringLiteral("%1+%2").arg(span.start).arg(span.length);
    text += style.bold ? QStringLiteral(" bold") : QString();
    text += style.dim ? QStringLiteral(" dim") : QString();
    text += style.italic ? QStringLiteral(" italic") : QString();
    text += style.underline ? QStringLiteral(" underline") : QString();
    text += style.strikeOut ? QStringLiteral(" strike") : QString();
    text += style.inverse ? QStringLiteral(" inverse") : QString();
    return text + colourText("fg", style.foreground) + colourText("bg", style.background);
}

QString spansText(const StyledLine& line) {
    QStringList texts;
    for (const Span& span : line.spans)
        texts.append(spanText(span));
    return texts.join(QStringLiteral(", "));
}

struct Decoded {
    QList<StyledLine> lines; ///< the partial line comes last
    bool operator==(const Decoded&) const = default;
};

Decoded decode(const QByteArray& bytes, qsizetype chunk) {
    AnsiDecoder decoder;
    Decoded decoded;
    for (qsizetype at = 0; at < bytes.size(); at += chunk)
        decoded.lines +=
            decoder.push(QByteArrayView(bytes).sliced(at, qMin(chunk, bytes.size() - at)));
    decoded.lines.append(decoder.partial());
    return decoded;
}

} // namespace

class TestAnsi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsOneLine_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spans");
        const auto row = [](const char* name, const char* bytes, const char* text,
                            const char* spans = "") {
            QTest::newRow(name) << QByteArray(bytes) << QString::fromUtf8(text)
                                << QString::fromUtf8(spans);
        };
        row("plain", "hello", "hello");
        row("colour", "\033[31mred\033[0m plain", "red plain", "0+3 fg1");
        row("several codes", "\033[1;3;4;33;44mx", "x", "0+1 bold italic underline fg3 bg4");
        row("no code resets", "\033[1ma\033[mb", "ab", "0+1 bold");
        row("an empty code resets", "\033[1ma\033[;2mb", "ab", "0+1 bold, 1+1 dim");
        row("taken back one by one",
            "\033[1;2;3;4;7;9ma\033[22mb\033[23mc\033[24md\033[27me\033[29mf", "abcdef",
            "0+1 bold dim italic underline strike inverse, 1+1 italic underline strike inverse, "
            "2+1 underline strike inverse, 3+1 strike inverse, 4+1 strike");
        row("bright", "\033[91;102mx", "x", "0+1 fg9 bg10");
        row("256 colours", "\033[38;5;208;48;5;17mx", "x", "0+1 fg208 bg17");
        row("true colour", "\033[38;2;255;128;0mx", "x", "0+1 fg-ff8000");
        row("true colour with colons", "\033[38:2::255:128:0mx", "x", "0+1 fg-ff8000");
        row("true colour with fewer colons", "\033[38:2:255:128:0mx", "x", "0+1 fg-ff8000");
        row("256 colours with colons", "\033[38:5:208;1mx", "x", "0+1 bold fg208");
        row("codes behind a colour", "\033[38;5;208;1mx", "x", "0+1 bold fg208");
        row("default colours", "\033[31;41ma\033[39mb\033[49mc", "abc", "0+1 fg1 bg1, 1+1 bg1");
        row("out of the table", "\033[38;5;999mx", "x");
        row("cut short", "\033[38;2;1mx", "x");
        row("curly underline", "\033[4:3mx\033[4:0my", "xy", "0+1 underline");
        row("concealment is ignored", "\033[8mshown", "shown");
        row("too large a number", "\033[99999999999999999999mx", "x");
        row("carriage return", "10%\r50%\r100%", "100%");
        row("shorter over longer", "abcdef\rxy", "xycdef");
        row("erase to the end", "abcdef\r\033[Kxy", "xy");
        row("erase to the start", "abcdef\033[3G\033[1Kx", "  xdef");
        row("erase all", "abc\033[2K\033[1Gx", "x");
        row("backspace", "abd\bc", "abc");
        row("backspace at the start", "\b\bx", "x");
        row("spinner", "|\b/\b-\b\\\b done", " done");
        row("overwritten style", "\033[31mabc\r\033[32mx", "xbc", "0+1 fg2, 1+2 fg1");
        row("forward", "a\033[3Cb", "a   b");
        row("back", "abc\033[2Dx", "axc");
        row("far forward stays bounded", "\033[65000Dx\033[1G", "x");
        row("tab", "a\tb", "a       b");
        row("tab at the start", "\tb", "        b");
        row("title with bell", "\033]0;title\007x", "x");
        row("title with terminator", "\033]0;title\033\\x", "x");
        row("link", "\033]8;;https://example.com\033\\text\033]8;;\033\\", "text");
        row("device control", "\033Pq#0\033\\x", "x");
        row("character set", "\033(Bx", "x");
        row("cursor elsewhere", "\033[2J\033[Hx\033[10;5Hy", "xy");
        row("private mode", "\033[?25lx\033[?25h", "x");
        row("question", "\033[6nx\033[c", "x");
        row("intermediate byte", "\033[1 qx", "x");
        row("full reset", "\033[31ma\033cb", "ab", "0+1 fg1");
        row("bell and others", "a\007\001\002b\177", "ab");
        row("broken sequence", "\033[31\x01x", "x");
        row("two escapes", "\033\033[1mx", "x", "0+1 bold");
        row("C1 controls",
            "a\xc2\x9b"
            "31mb",
            "a31mb");
        row("UTF-8", "gr\xc3\xbc\xc3\x9f \xe2\x9c\x93", "grüß ✓");
        row("beyond the basic plane", "\033[1m\xf0\x9f\x9a\x80\033[0mx", "🚀x", "0+2 bold");
        row("invalid UTF-8", "a\xff\xfe z", "a\xef\xbf\xbd\xef\xbf\xbd z");
        row("cut UTF-8", "a\xe2\x9c z", "a\xef\xbf\xbd\xef\xbf\xbd z");
        row("turned direction",
            "a\xe2\x80\xae"
            "b",
            "a\xef\xbf\xbd"
            "b");
        row("unfinished", "a\033[3", "a");
    }

    void showsOneLine() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QFETCH(QString, spans);
        AnsiDecoder decoder;
        QVERIFY(decoder.push(bytes).isEmpty());
        QCOMPARE(decoder.partial().text, text);
        QCOMPARE(spansText(decoder.partial()), spans);
        const QList<StyledLine> lines = decoder.push("\n");
        QCOMPARE(lines.size(), 1);
        QCOMPARE(lines[0].text, text);
        QCOMPARE(decoder.partial(), StyledLine());
    }

    void cutsLinesAtTheirEnds() {
        const Decoded decoded = decode("one\r\n\n\033[31mtwo\nthree\033[0m\nrest", 1'000);
        QStringList texts;
        for (const StyledLine& line : decoded.lines)
            texts.append(line.text);
        QCOMPARE(texts, (QStringList{QStringLiteral("one"), QString(), QStringLiteral("two"),
                                     QStringLiteral("three"), QStringLiteral("rest")}));
        // A style lasts until it is taken back, over the end of the line.
        QCOMPARE(spansText(decoded.lines[3]), QStringLiteral("0+5 fg1"));
        QCOMPARE(spansText(decoded.lines[4]), QString());
    }

    void chunksMayEndAnywhere() {
        const QByteArray bytes("\033[1;38;2;255;128;0mA\xc3\xbc\xf0\x9f\x9a\x80\033[0m\r\nB\033]0;t"
                               "\033\\C\tD\b\bE\033[2K\033(BF\n\xff\xe2\x9c\x93 10%\r100%");
        const Decoded whole = decode(bytes, bytes.size());
        for (qsizetype chunk = 1; chunk < bytes.size(); ++chunk)
            QCOMPARE(decode(bytes, chunk), whole);
    }

    void neverHidesTheLinesThatFollow_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("title without end") << QByteArray("\033]0;title");
        QTest::newRow("device control without end") << QByteArray("\033Pq");
        QTest::newRow("sequence without end") << QByteArray("\033[1;2");
        QTest::newRow("escape alone") << QByteArray("\033");
        QTest::newRow("character set without end") << QByteArray("\033(");
        QTest::newRow("cut character") << QByteArray("\xe2\x9c");
    }

    void neverHidesTheLinesThatFollow() {
        QFETCH(QByteArray, head);
        AnsiDecoder decoder;
        const QList<StyledLine> lines = decoder.push(head + "\nseen\n");
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[1].text, QStringLiteral("seen"));
    }

    void endsATitleThatIsTooLong() {
        AnsiDecoder decoder;
        decoder.push("\033]0;" + QByteArray(10'000, 't') + "seen");
        QVERIFY(decoder.partial().text.endsWith(QStringLiteral("seen")));
    }

    void cutsALongLine() {
        AnsiDecoder decoder;
        const int length = AnsiDecoder::maximumLength;
        const QList<StyledLine> lines = decoder.push(QByteArray(2 * length + 10, 'x') + '\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines[0].text.size(), length);
        QVERIFY(lines[0].continues && lines[1].continues);
        QVERIFY(!lines[2].continues);
        QCOMPARE(lines[2].text.size(), 10);
    }

    void doesNotGrowWithoutAnEnd() {
        AnsiDecoder decoder;
        for (int i = 0; i < 20'000; ++i)
            QVERIFY(decoder.push("\r\033[65000C\033[3" + QByteArray::number(i % 8) + "mx").size() <=
                    1);
        QVERIFY(decoder.partial().text.size() <= AnsiDecoder::maximumLength);
    }
};

QTEST_GUILESS_MAIN(TestAnsi)
#include "tst_ansi.moc"

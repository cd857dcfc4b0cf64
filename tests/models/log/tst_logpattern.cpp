// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logpattern.h"
#include "tests/models/log/logtext.h"

#include <QRegularExpression>
#include <QTest>

using models::LineScan;
using models::LiteralFinder;
using models::LogMatcher;
using models::LogPattern;
using Case = models::LiteralFinder::Case;
using Spans = QList<std::pair<qsizetype, qsizetype>>;

namespace {

/// What Perl's expressions mean, byte by byte: Qt's engine on Latin-1.
bool matchesPlainly(const QString& pattern, Case sensitivity, const QByteArray& line) {
    QRegularExpression::PatternOptions options;
    if (sensitivity == Case::Insensitive)
        options |= QRegularExpression::CaseInsensitiveOption;
    const QRegularExpression expression(pattern, options);
    return expression.match(QString::fromLatin1(line)).hasMatch();
}

} // namespace

class TestLogPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheLinesThatMatchAlone_data();
    void findsTheLinesThatMatchAlone();
    void findsTheSameInLongTexts();
    void findsAtEveryPlace_data();
    void findsAtEveryPlace();
    void knowsWhatALineMustHave_data();
    void knowsWhatALineMustHave();
    void knowsWhatMayCrossLines_data();
    void knowsWhatMayCrossLines();
    void givesSpans_data();
    void givesSpans();
    void refusesWhatIsNoExpression();
    void endsOnALineThatTakesForever();
};

void TestLogPattern::findsTheLinesThatMatchAlone_data() {
    QTest::addColumn<QString>("pattern");
    for (const char* pattern : {"error",
                                "took \\d+ ms",
                                "(ERROR|INFO).*timeout",
                                "^ERROR",
                                "timeout $",
                                "^$",
                                "^a*$",
                                "a+b",
                                "\\s+ms",
                                "timeout\\s",
                                "[^x]took",
                                "worker-\\d+ [^E]*ERROR",
                                "(?i)error",
                                "(?i:info) a",
                                "\\bERROR\\b",
                                "\\w+ed",
                                ".*",
                                "x{3,}",
                                "(a|b)+ took",
                                "(?=.*ERROR).*timeout",
                                "(timeout ).*\\1",
                                "(?<!a)ab",
                                "\\d+(?!\\d| )",
                                "\\AERROR",
                                "a\\z",
                                "(?s)ERROR.*INFO",
                                "(?-m)^INFO",
                                "INFO(?s:.)a",
                                "[\\s\\S]timeout",
                                "\\W\\W",
                                "took 1(2|3)34 ms a*b?",
                                "\\x41\\x42",
                                "[[:digit:]]{4}",
                                "(?m)^a",
                                "\\Ktook",
                                "a??b",
                                "1234|4321",
                                "(?:took )?1234 ms",
                                "[]a]b",
                                "\\[warn\\]",
                                "\\Q[warn]\\E a",
                                "\\N+ERROR"})
        QTest::addRow("%s", pattern) << QString::fromLatin1(pattern);
}

void TestLogPattern::findsTheLinesThatMatchAlone() {
    QFETCH(QString, pattern);
    tests::LogText random(static_cast<unsigned>(qHash(pattern)));
    for (const Case sensitivity : {Case::Sensitive, Case::Insensitive}) {
        const auto matcher = LogMatcher::compile({pattern, LogPattern::Syntax::Regex, sensitivity});
        QVERIFY2(matcher, matcher ? "" : qPrintable(matcher.error().message));
        LineScan scan(*matcher);
        for (int round = 0; round < 12; ++round) {
            QByteArrayList lines;
            while (lines.size() < random.number(120)) {
                const QByteArray line = random.line();
                if (line.size() < 4'000)
                    lines.append(line);
            }
            QList<int> expected;
            QByteArray text;
            QList<qsizetype> starts;
            for (int i = 0; i < lines.size(); ++i) {
                starts.append(text.size());
                text += lines[i] + '\n';
                if (matchesPlainly(pattern, sensitivity, lines[i]))
                    expected.append(i);
                QCOMPARE((*matcher)->matches(lines[i]),
                         matchesPlainly(pattern, sensitivity, lines[i]));
            }
            std::vector<std::uint32_t> offsets;
            scan.scan(text, offsets);
            QList<int> found;
            for (const std::uint32_t offset : offsets)
                found.append(int(std::upper_bound(starts.cbegin(), starts.cend(), offset) -
                                 starts.cbegin()) -
                             1);
            QCOMPARE(found, expected);
        }
    }
}

/// Both ways of searching take turns in these, in the same text too.
void TestLogPattern::findsTheSameInLongTexts() {
    const auto matcher = LogMatcher::compile(
        {QStringLiteral("time(out|r) after \\d+ ms"), LogPattern::Syntax::Regex, Case::Sensitive});
    QVERIFY(matcher);
    LineScan scan(*matcher);
    for (int round = 0; round < 70; ++round) {
        QByteArray text;
        std::vector<qsizetype> starts;
        for (int line = 0; text.size() < 150'000; ++line) {
            const int kind = (line + round) % 7;
            if (kind == 3)
                starts.push_back(text.size());
            text += kind == 3   ? "worker 7: timeout after 1200 ms\n"
                    : kind == 5 ? "worker 8: timed after a while\n"
                                : "GET /orders 200 in 12 ms\n";
        }
        std::vector<std::uint32_t> offsets;
        scan.scan(text, offsets);
        QCOMPARE(offsets.size(), starts.size());
        for (size_t i = 0; i < starts.size(); ++i)
            QCOMPARE(text.lastIndexOf('\n', offsets[i]) + 1, starts[i]);
    }
}

void TestLogPattern::knowsWhatALineMustHave_data() {
    QTest::addColumn<QByteArray>("regex");
    QTest::addColumn<QByteArray>("literal");
    const auto row = [](const char* regex, const char* literal) {
        QTest::newRow(regex) << QByteArray(regex) << QByteArray(literal);
    };
    row("timeout", "timeout");
    row("(ERROR|FATAL).*x", "");
    row("\" 50[0-4] \\d+ \"-\"", "\" 50");
    row("abc?def", "def");
    row("abcd{0,2}efg", "efg");
    row("abc+", "abc");
    row("abc|def", "");
    row("(?i)abc", "");
    row("a\\.b\\[c", "a.b[c");
    row("^deadline$", "deadline");
    row("\\Qabc\\E", "");
    row("x(abc)y", "");
    row("abc(?=def)", "");
    row("(?:a|b)QXZ", "QXZ");
    row("[abc]\\d+QXZ[^)]", "QXZ");
    row("[[:alpha:]]QXZ", "");
    row("ab\\", "");
}

void TestLogPattern::knowsWhatALineMustHave() {
    QFETCH(QByteArray, regex);
    QTEST(models::requiredLiteral(regex), "literal");
}

void TestLogPattern::knowsWhatMayCrossLines_data() {
    QTest::addColumn<QByteArray>("regex");
    QTest::addColumn<bool>("crosses");
    const auto row = [](const char* regex, bool crosses) {
        QTest::newRow(regex) << QByteArray(regex) << crosses;
    };
    row("a.*b\\d\\S\\w\\b\\[", false);
    row("(?:a|b)(?i)c", false);
    row("[a-z]+", false);
    row("a\\s", true);
    row("[^a]", true);
    row("\\W", true);
    row("\\x0a", true);
    row("\\012", true);
    row("[\t-\r]", true);
    row("(?s).", true);
    row("[[:space:]]", true);
    row("a\\", true);
}

void TestLogPattern::knowsWhatMayCrossLines() {
    QFETCH(QByteArray, regex);
    QTEST(models::mayCrossLines(regex), "crosses");
}

void TestLogPattern::givesSpans_data() {
    QTest::addColumn<LogPattern>("pattern");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Spans>("spans");
    const auto text = LogPattern::Syntax::Text;
    const auto regex = LogPattern::Syntax::Regex;
    QTest::newRow("text") << LogPattern{QStringLiteral("ab"), text, Case::Insensitive}
                          << QByteArray("abABab") << Spans{{0, 2}, {2, 2}, {4, 2}};
    QTest::newRow("past ASCII, any case")
        << LogPattern{QStringLiteral("\u00c9t\u00e9"), text, Case::Insensitive}
        << QByteArray("\xff\xc3\xa9T\xc3\x89") << Spans{{1, 5}};
    QTest::newRow("expression") << LogPattern{QStringLiteral("\\d+"), regex, Case::Sensitive}
                                << QByteArray("a12b3") << Spans{{1, 2}, {4, 1}};
    QTest::newRow("empty matches") << LogPattern{QStringLiteral("x*"), regex, Case::Sensitive}
                                   << QByteArray("axxb") << Spans{{1, 2}};
    QTest::newRow("look-behind") << LogPattern{QStringLiteral("(?<=a)b"), regex, Case::Sensitive}
                                 << QByteArray("abab") << Spans{{1, 1}, {3, 1}};
    QTest::newRow("nothing") << LogPattern{QStringLiteral("z"), regex, Case::Sensitive}
                             << QByteArray() << Spans{};
    QTest::newRow("no text") << LogPattern{QString(), text, Case::Sensitive} << QByteArray("a")
                             << Spans{};
}

void TestLogPattern::givesSpans() {
    QFETCH(LogPattern, pattern);
    QFETCH(QByteArray, line);
    const auto matcher = LogMatcher::compile(pattern);
    QVERIFY(matcher);
    QTEST((*matcher)->spans(line), "spans");
}

void TestLogPattern::refusesWhatIsNoExpression() {
    const auto matcher =
        LogMatcher::compile({QStringLiteral("a(b"), LogPattern::Syntax::Regex, Case::Sensitive});
    QVERIFY(!matcher);
    QCOMPARE(matcher.error().code, models::ErrorCode::InvalidInput);
    QVERIFY(matcher.error().message.contains(QStringLiteral("character 4")));
}

/// Two bytes may lie on both sides of any border that a scanner has.
void TestLogPattern::findsAtEveryPlace_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("match");
    QTest::newRow("a pair") << QStringLiteral("ab") << QByteArray("ab");
    QTest::newRow("one of two") << QStringLiteral("[]a]b") << QByteArray("ab");
    QTest::newRow("any but") << QStringLiteral("[^. ]x") << QByteArray("yx");
    QTest::newRow("two of some") << QStringLiteral("[a-c][d-f]") << QByteArray("be");
    QTest::newRow("a few") << QStringLiteral("x{2,}") << QByteArray("xx");
    QTest::newRow("digits") << QStringLiteral("\\d+ms") << QByteArray("7ms");
}
void TestLogPattern::findsAtEveryPlace() {
    QFETCH(QString, pattern);
    QFETCH(QByteArray, match);
    for (const Case sensitivity : {Case::Sensitive, Case::Insensitive}) {
        const auto matcher = LogMatcher::compile({pattern, LogPattern::Syntax::Regex, sensitivity});
        QVERIFY(matcher);
        LineScan scan(*matcher);
        for (qsizetype length = match.size(); length < 200; ++length) {
            for (qsizetype at = 0; at + match.size() <= length; ++at) {
                QByteArray text(length, '.');
                text.replace(at, match.size(), match);
                std::vector<std::uint32_t> offsets;
                scan.scan(text, offsets);
                QVERIFY2(offsets.size() == 1,
                         qPrintable(QStringLiteral("length %1, at %2").arg(length).arg(at)));
            }
        }
    }
}

void TestLogPattern::endsOnALineThatTakesForever() {
    const auto matcher = LogMatcher::compile(
        {QStringLiteral("^(a+)+\\1?b$"), LogPattern::Syntax::Regex, Case::Sensitive});
    QVERIFY(matcher);
    QVERIFY(!(*matcher)->matches(QByteArray(5'000, 'a')));
}

QTEST_GUILESS_MAIN(TestLogPattern)
#include "tst_logpattern.moc"

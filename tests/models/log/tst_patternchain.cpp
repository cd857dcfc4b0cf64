// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/patternchain.h"

#include "models/log/logpattern.h"

#include <QTest>

#include <random>

using models::LogMatcher;
using models::LogPattern;
using models::PatternChain;

namespace {

/// As a scan asks it: at each place of the text.
bool findsIn(const PatternChain& chain, const QByteArray& line) {
    for (qsizetype at = chain.literal().find(line); at >= 0;
         at = chain.literal().find(line, at + 1)) {
        if (chain.matchesAround(line, at))
            return true;
    }
    return false;
}

} // namespace

class TestPatternChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOneOrNone_data() {
        QTest::addColumn<QByteArray>("regex");
        QTest::addColumn<bool>("isChain");
        const auto row = [](const char* regex, bool isChain) {
            QTest::newRow(regex) << QByteArray(regex) << isChain;
        };
        row(R"(\w+ed \w+ed \w+ed)", true);
        row(R"(took \d+ ms)", true);
        row(R"(10\.0\.0\.1)", true);
        row(R"(.+error)", true);
        row("ab", false);            // the text is too short
        row(R"(\w+ \w+ed )", false); // it is anywhere behind the start
        row("(ab)cde", false);
        row("abc|def", false);
        row("abcd?", false);
        row("abc+?", false);
        row("abc*", false);
        row("abcd{2}", false);
        row("^abc", false);
        row(R"(\babc)", false);
        row(R"(abc\s)", false);
        row("[abc]def", false);
        row(R"(abc\)", false);
    }
    void isOneOrNone() {
        QFETCH(QByteArray, regex);
        QFETCH(bool, isChain);
        QCOMPARE(PatternChain::of(regex).has_value(), isChain);
    }

    void takesNoMoreLinksThanAWordHas() {
        QVERIFY(PatternChain::of(QByteArray(64, 'a')));
        QVERIFY(!PatternChain::of(QByteArray(65, 'a')));
        QVERIFY(findsIn(*PatternChain::of(QByteArray(64, 'a')), QByteArray(64, 'a')));
    }

    void agreesWithTheExpression_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 0; seed < 8; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void agreesWithTheExpression() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        const auto below = [&random](size_t limit) { return size_t(random() % limit); };
        const std::array<QByteArray, 10> links{"a",  "b+",    "c",      R"(\w)", R"(\w+)",
                                               ".+", R"(\d)", R"(\d+)", " ",     R"(\.)"};
        int chains = 0;
        int hits = 0;
        for (int round = 0; round < 400; ++round) {
            QByteArray regex;
            for (size_t i = below(3); i > 0; --i)
                regex += links[below(links.size())];
            regex += "abc";
            for (size_t i = below(5); i > 0; --i)
                regex += links[below(links.size())];
            const std::optional<PatternChain> chain = PatternChain::of(regex);
            if (!chain)
                continue;
            ++chains;
            const auto matcher =
                *LogMatcher::compile({QString::fromLatin1(regex), LogPattern::Syntax::Regex});
            for (int each = 0; each < 60; ++each) {
                QByteArray line;
                for (size_t i = below(7); i > 0; --i)
                    line += below(3) == 0 ? QByteArray("abc") : QByteArray(1, "abc 1._-"[below(8)]);
                QVERIFY2(findsIn(*chain, line) == matcher->matches(line), regex + " in " + line);
                hits += findsIn(*chain, line) ? 1 : 0;
            }
        }
        QVERIFY(chains > 50 && hits > 1'000);
    }
};

QTEST_GUILESS_MAIN(TestPatternChain)
#include "tst_patternchain.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/fuzzymatch.h"

#include <QTest>

namespace tests {

class TestFuzzyMatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fits_data();
    void fits();
    void positionsAreThoseOfThePattern();
    void theBetterFitScoresHigher_data();
    void theBetterFitScoresHigher();
};

void TestFuzzyMatch::fits_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* pattern, const char* text, bool expected) {
        QTest::addRow("'%s' in '%s'", pattern, text)
            << QString::fromUtf8(pattern) << QString::fromUtf8(text) << expected;
    };
    row("", "Open folder", true);
    row("  ", "Open folder", true);
    row("opf", "Open folder", true);
    row("OPEN", "open folder", true);
    row("open folder", "Open folder…", true);
    row("of", "Open folder", true);
    row("fo op", "Open folder", false);
    row("folderr", "Open folder", false);
    row("x", "", false);
    row("überp", "Überprüfen", true);
}

void TestFuzzyMatch::fits() {
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QTEST(ui::fuzzyMatch(pattern, text).has_value(), "expected");
}

void TestFuzzyMatch::positionsAreThoseOfThePattern() {
    const auto match = ui::fuzzyMatch(u"of", u"Open folder");
    QVERIFY(match);
    QCOMPARE(match->positions, (QList<int>{0, 5}));
}

void TestFuzzyMatch::theBetterFitScoresHigher_data() {
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("beginnings of words") << QStringLiteral("rs") << QStringLiteral("Run step")
                                         << QStringLiteral("Reorder sources later, first");
    QTest::newRow("unbroken") << QStringLiteral("migr") << QStringLiteral("Apply migrations")
                              << QStringLiteral("Make image right");
    QTest::newRow("at the start") << QStringLiteral("op") << QStringLiteral("Open file")
                                  << QStringLiteral("Go to the open run");
}

void TestFuzzyMatch::theBetterFitScoresHigher() {
    QFETCH(QString, pattern);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    const auto high = ui::fuzzyMatch(pattern, better);
    const auto low = ui::fuzzyMatch(pattern, worse);
    QVERIFY(high && low);
    QVERIFY(high->score > low->score);
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestFuzzyMatch)
#include "tst_fuzzymatch.moc"

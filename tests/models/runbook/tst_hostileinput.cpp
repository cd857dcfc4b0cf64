// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

namespace tests {

/// Input that nobody means well: all of it is read, without a crash and without a stall (the
/// runner's time limit ends one).
class TestHostileInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRead_data();
    void isRead();
    void deepNestingIsReported();
    void mendedCommandsDoNotRun();
};

namespace {

QByteArray nested(int depth) {
    QByteArray text;
    for (int i = 0; i < depth; ++i) {
        text += QByteArray(2 * i, ' ') + "- [ ] level\n";
    }
    return text;
}

} // namespace

void TestHostileInput::isRead_data() {
    QTest::addColumn<QByteArray>("bytes");
    const int size = 200'000;
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("noughts") << QByteArray(size, '\0');
    QTest::newRow("high bytes") << QByteArray(size, '\xFF');
    QTest::newRow("returns") << QByteArray(size, '\r');
    QTest::newRow("one line") << QByteArray(size, 'a');
    QTest::newRow("nested lists") << nested(1000);
    QTest::newRow("quotes") << QByteArray(size, '>');
    QTest::newRow("bullets on a line") << QByteArray("- ").repeated(size / 2);
    QTest::newRow("brackets") << QByteArray(size, '[');
    QTest::newRow("links") << QByteArray("[a](").repeated(size / 4);
    QTest::newRow("images") << QByteArray("![[]()").repeated(size / 6);
    QTest::newRow("stars") << QByteArray("*a **a ").repeated(size / 7);
    QTest::newRow("underscores") << QByteArray("_a __").repeated(size / 5);
    QTest::newRow("comments") << QByteArray("<!--").repeated(size / 4);
    QTest::newRow("declarations") << QByteArray("<!A ").repeated(size / 4);
    QTest::newRow("instructions") << QByteArray("<?").repeated(size / 2);
    QTest::newRow("entities") << QByteArray("&#").repeated(size / 2);
    QTest::newRow("backticks") << QByteArray("`a``b```").repeated(size / 8);
    QTest::newRow("fences") << QByteArray("```sh\n").repeated(size / 6);
    QTest::newRow("open fence") << QByteArray("- [ ] a\n  ```sh\n  \"'$( <<EOF\n");
    QTest::newRow("wide table") << QByteArray("|a").repeated(5000) + '\n' +
                                       QByteArray("|-").repeated(5000) + "\n|x|\n|y|\n";
    QTest::newRow("front matter") << QByteArray("---\n") + QByteArray("[").repeated(20'000) +
                                         "\n---\n";
    QTest::newRow("open front matter") << QByteArray("---\n") + QByteArray("a: b\n").repeated(1000);
    QTest::newRow("headings") << QByteArray("# a\n").repeated(size / 40);
    QTest::newRow("anchored bombs")
        << QByteArray("---\na: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b]\n---\n");
}

void TestHostileInput::isRead() {
    QFETCH(QByteArray, bytes);
    const Runbook book = parseRunbook(bytes);
    QCOMPARE(book.source, bytes);
    QCOMPARE(book.sha256.size(), 64);
    const int lines = int(bytes.count('\n') + bytes.count('\r')) + 1;
    for (const Step& step : book.steps) {
        QVERIFY(step.range.first >= 1 && step.range.first <= step.range.last);
        QVERIFY(step.range.last <= lines);
        QVERIFY(step.parent < int(book.steps.size()));
    }
    Result<Runbook> back = runbookFromJson(runbookToJson(book));
    QVERIFY(back.has_value());
    back->source = bytes;
    QVERIFY(*back == book);
}

void TestHostileInput::deepNestingIsReported() {
    const Runbook book = parseRunbook(nested(1000));
    const auto isDeep = [](const Diagnostic& d) { return d.message.contains(u"Nested deeper"); };
    QCOMPARE(std::count_if(book.diagnostics.begin(), book.diagnostics.end(), isDeep), 1);
    QVERIFY(book.counts.taskItems > 50);
}

void TestHostileInput::mendedCommandsDoNotRun() {
    const Runbook book = parseRunbook(QByteArray("- [ ] A\n  ```sh\n  rm -rf x\xFFy\n  ```\n"));
    QCOMPARE(book.steps.size(), 1);
    QVERIFY(!book.steps.first().commands.first().asWritten);
    QVERIFY(book.steps.first().kind == StepKind::Manual);
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestHostileInput)
#include "tst_hostileinput.moc"

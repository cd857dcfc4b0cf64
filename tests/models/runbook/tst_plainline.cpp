// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/markdowntree.h"
#include "models/runbook/plainline.h"

#include <QTest>

#include <list>
#include <string>

using models::LineRun;
using models::LineRuns;

namespace tests {

namespace {

/// A run a line: its text in brackets, in front of them "c" of code and "b" of bold.
std::string printed(const LineRuns& runs) {
    std::string text;
    for (const LineRun& run : runs) {
        text += run.isCode ? "c" : "";
        text += run.isBold ? "b" : "";
        text += '[' + std::string(run.text) + ']';
    }
    return text;
}

/// The same of what the Markdown library reads, runs of one kind joined.
std::string printedByLibrary(const std::string& line) {
    using Kind = models::MarkdownTree::InlineKind;
    const models::MarkdownTree tree(line, 1);
    LineRuns runs;
    std::list<std::string> texts; // which the runs are views of
    int strongDepth = -1;
    for (const models::MarkdownTree::Inline& run : tree.inlines(1)) {
        strongDepth = run.depth <= strongDepth ? -1 : strongDepth;
        if (run.kind == Kind::Strong) {
            strongDepth = run.depth;
        } else if (run.kind == Kind::Text || run.kind == Kind::Code) {
            texts.emplace_back(run.text);
            runs.append({texts.back(), run.kind == Kind::Code, strongDepth >= 0});
        } else {
            return "other mark-up";
        }
    }
    return printed(runs);
}

} // namespace

class TestPlainLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsAreThoseOfTheLibrary_data();
    void runsAreThoseOfTheLibrary();
    void otherMarkupIsLeftToTheLibrary_data();
    void otherMarkupIsLeftToTheLibrary();
};

void TestPlainLine::runsAreThoseOfTheLibrary_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char* line :
         {"Deploy", "Run `make`", "`make`", "`a` and `b`.", "**Deploy**", "**Deploy:** the site",
          "Pull **every** image", "**Run `make`**", "**`make`** now", "`**` is code",
          "the **first**, the **last**.", "**(a)** b", "set max_open_files to `1`",
          "**release_name** it", "5 ! 6 ] x"}) {
        QTest::newRow(line) << QByteArray(line);
    }
}

void TestPlainLine::runsAreThoseOfTheLibrary() {
    QFETCH(QByteArray, line);
    const std::string text = line.toStdString(); // which the runs are views of
    LineRuns runs;
    QVERIFY(models::readLineRuns(text, runs));
    QCOMPARE(printed(runs), printedByLibrary(text));
}

void TestPlainLine::otherMarkupIsLeftToTheLibrary_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char* line :
         {"*once*",   "***both***", "**open", "a** b",     "** a **", "a**b**",       "**a**b",
          "_once_",   "__twice__",  "a__b",   "[link](x)", "<b>",     "&amp;",        "a\\*b",
          "~~gone~~", "``a``",      "` a `",  "`open",     "a | b",   "**\xC2\xA0x**"}) {
        QTest::newRow(line) << QByteArray(line);
    }
}

void TestPlainLine::otherMarkupIsLeftToTheLibrary() {
    QFETCH(QByteArray, line);
    LineRuns runs;
    QVERIFY(!models::readLineRuns(line.toStdString(), runs));
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestPlainLine)
#include "tst_plainline.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/markdowntree.h"
#include "models/runbook/plainline.h"

#include <QTest>

#include <array>
#include <list>
#include <random>
#include <string>
#include <string_view>

using models::LineRun;
using models::LineRuns;

namespace tests {

namespace {

/// Each run's text in brackets, in front of them "c" of code, "b" of bold and "l" with the address
/// of a link.
std::string printed(const LineRuns& runs) {
    std::string text;
    for (const LineRun& run : runs) {
        text += run.isCode ? "c" : "";
        text += run.isBold ? "b" : "";
        text += run.address.empty() ? "" : "l" + std::string(run.address);
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
    int linkDepth = -1;
    std::string_view address;
    for (const models::MarkdownTree::Inline& run : tree.inlines(1)) {
        strongDepth = run.depth <= strongDepth ? -1 : strongDepth;
        linkDepth = run.depth <= linkDepth ? -1 : linkDepth;
        if (run.kind == Kind::Strong) {
            strongDepth = run.depth;
        } else if (run.kind == Kind::Link) {
            linkDepth = run.depth;
            address = run.text;
        } else if (run.kind == Kind::Text || run.kind == Kind::Code) {
            texts.emplace_back(run.text);
            runs.append({texts.back(), run.kind == Kind::Code, strongDepth >= 0,
                         linkDepth >= 0 ? address : std::string_view()});
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
    void randomRunsAreThoseOfTheLibrary();
    void otherMarkupIsLeftToTheLibrary_data();
    void otherMarkupIsLeftToTheLibrary();
};

void TestPlainLine::runsAreThoseOfTheLibrary_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char* line : {"Deploy",
                             "Run `make`",
                             "`make`",
                             "`a` and `b`.",
                             "**Deploy**",
                             "**Deploy:** the site",
                             "Pull **every** image",
                             "**Run `make`**",
                             "**`make`** now",
                             "`**` is code",
                             "the **first**, the **last**.",
                             "**(a)** b",
                             "set max_open_files to `1`",
                             "**release_name** it",
                             "5 ! 6 ] x",
                             "build & deploy",
                             "a &",
                             "p95 < 0.5 s",
                             "in <10 minutes",
                             "[the guide](docs/guide.md)",
                             "see [a](#b), [c](https://example.com/d?e=f#g).",
                             "**[bold](x)** text",
                             "**a [link](x_y*z) in bold**",
                             "[a](b)[c](d)",
                             "[ a ](b)"}) {
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

void TestPlainLine::randomRunsAreThoseOfTheLibrary() {
    constexpr std::array<std::string_view, 24> pieces{
        "a", "B7",  " ", " ", "*", "**", "**", "`",  "`", "[a](b)", "[",        "]",
        "(", "](x", ")", "_", "&", "<",  "!",  "\\", ".", "|",      "\xC3\xA9", ":"};
    std::mt19937 random(7);
    int read = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string line = "a"; // a paragraph, whatever follows
        for (std::size_t left = 1 + random() % 12; left > 0; --left) {
            line += pieces[random() % pieces.size()];
        }
        line += 'z';
        LineRuns runs;
        if (models::readLineRuns(line, runs)) {
            ++read;
            const std::string byLibrary = printedByLibrary(line);
            QVERIFY2(printed(runs) == byLibrary, (line + " -> " + byLibrary).c_str());
        }
    }
    QVERIFY(read > 1'000);
}

void TestPlainLine::otherMarkupIsLeftToTheLibrary_data() {
    QTest::addColumn<QByteArray>("line");
    for (const char* line :
         {"*once*",     "***both***",  "**open",     "a** b",        "** a **",  "a**b**",
          "**a**b",     "_once_",      "__twice__",  "a__b",         "<b>",      "&amp;",
          "&#35;",      "a\\*b",       "[a]",        "[a][b]",       "[](x)",    "[a]()",
          "[a](b c)",   "[a](<b>)",    "[a](b(c))",  "![a](b)",      "[*a*](b)", "[a](b",
          "[a](&amp;)", "[[a](b)](c)", "<!-- a -->", "</b>",         "~~gone~~", "``a``",
          "` a `",      "`open",       "a | b",      "**\xC2\xA0x**"}) {
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

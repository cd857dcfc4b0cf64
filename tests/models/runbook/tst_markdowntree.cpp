// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/markdowntree.h"

#include <QTest>

#include <string>

using models::BlockType;
using models::MarkdownTree;

namespace tests {

namespace {

using Kind = MarkdownTree::InlineKind;

std::string plainText(const MarkdownTree& tree, int block) {
    std::string text;
    tree.appendPlainText(block, text);
    return text;
}

} // namespace

/// The content of paragraphs and headings is read when it is asked for, behind the library's back.
class TestMarkdownTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lastLineNeedsNoEnd();
    void linkFindsItsReferenceBelow();
    void contentIsReadOnce();
    void paragraphAboveItsTableHasLines();
};

void TestMarkdownTree::lastLineNeedsNoEnd() {
    const MarkdownTree heading("Release\n===", 1);
    QCOMPARE(heading.blocks().size(), std::size_t(2));
    QCOMPARE(heading[1].type, BlockType::Heading);
    QCOMPARE(plainText(heading, 1), std::string("Release"));

    const MarkdownTree paragraph("- [ ] Tag\n  the *commit*", 1);
    QCOMPARE(paragraph.blocks().size(), std::size_t(4));
    QVERIFY(paragraph[2].isTask);
    QCOMPARE(paragraph[3].last, 2);
    QCOMPARE(plainText(paragraph, 3), std::string("Tag\nthe commit"));

    const MarkdownTree table("| a |\n| - |\n| *b* |", 1);
    QCOMPARE(table[1].type, BlockType::Table);
    QCOMPARE(plainText(table, int(table.blocks().size()) - 1), std::string("b"));
}

void TestMarkdownTree::linkFindsItsReferenceBelow() {
    const MarkdownTree tree("See [the guide] first.\n\n[the guide]: docs/guide.md", 1);
    const MarkdownTree::Inlines runs = tree.inlines(1);
    QCOMPARE(runs.size(), 4);
    QCOMPARE(runs[1].kind, Kind::Link);
    QCOMPARE(std::string(runs[1].text), std::string("docs/guide.md"));
    QCOMPARE(std::string(runs[3].text), std::string(" first."));
}

void TestMarkdownTree::contentIsReadOnce() {
    const MarkdownTree tree("5 & *6*\n", 1);
    for (int time = 0; time < 2; ++time) {
        const MarkdownTree::Inlines runs = tree.inlines(1);
        QCOMPARE(runs.size(), 3);
        QCOMPARE(std::string(runs[0].text), std::string("5 & "));
        QCOMPARE(plainText(tree, 1), std::string("5 & 6"));
    }
}

void TestMarkdownTree::paragraphAboveItsTableHasLines() {
    const MarkdownTree tree("one\ntwo\n| a |\n| - |\n", 5);
    QCOMPARE(tree[1].type, BlockType::Paragraph);
    QCOMPARE(plainText(tree, 1), std::string("one\ntwo"));
    QCOMPARE(tree[2].type, BlockType::Table);
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestMarkdownTree)
#include "tst_markdowntree.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/arena.h"

#include <QVarLengthArray>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Only markdowntree.cpp knows the Markdown library.
struct cmark_map;
struct cmark_node;
struct cmark_parser;

namespace models {

enum class BlockType : std::uint8_t {
    Document,
    Quote,
    List,
    Item,
    Code,
    Html,
    Paragraph,
    Heading,
    Rule,
    Table,
    Row,
    Cell,
    Other,
};

/// One block of a Markdown document. Indices refer to MarkdownTree::blocks(), -1 is none.
struct Block {
    BlockType type = BlockType::Other;
    std::uint8_t level = 0; ///< of a heading
    bool isTask = false;    ///< an item with a check box
    bool isChecked = false;
    bool isOrdered = false; ///< a numbered list
    bool isFenced = false;  ///< a code block between fences, not an indented one
    bool isHeader = false;  ///< a table's first row
    int first = 1;          ///< lines of the document, both ends included
    int last = 1;
    int column = 1; ///< in bytes
    int parent = -1;
    int firstChild = -1;
    int next = -1; ///< next sibling
    const cmark_node* node = nullptr;
};

/// A document parsed by cmark-gfm with tables and task lists, flattened in document order.
///
/// The strikethrough and autolink extensions are left out on purpose: attaching them makes the
/// library write to global tables while it parses, which is a data race between threads, and
/// nothing here depends on either.
///
/// A tree is used and destroyed in the thread that made it, and trees nest like scopes: the
/// library allocates even when text is read, from the memory of the thread's newest tree.
class MarkdownTree {
public:
    /// `text` outlives the tree. `firstLine` is the number of its first line in the document.
    /// Never fails: any valid UTF-8 is Markdown.
    MarkdownTree(std::string_view text, int firstLine);
    ~MarkdownTree();
    MarkdownTree(const MarkdownTree&) = delete;
    MarkdownTree& operator=(const MarkdownTree&) = delete;

    [[nodiscard]] const std::vector<Block>& blocks() const { return m_blocks; }
    [[nodiscard]] const Block& operator[](int index) const { return m_blocks[std::size_t(index)]; }

    /// The content of a code or HTML block; lives as long as the tree.
    [[nodiscard]] std::string_view literal(int index) const;
    /// What stands behind the opening fence, entities and escapes resolved by the library.
    [[nodiscard]] std::string_view info(int index) const;
    /// Appends the text of a paragraph, heading or cell without its mark-up; a line break is "\n".
    void appendPlainText(int index, std::string& text) const;

    enum class InlineKind : std::uint8_t { Text, Code, Html, Link, Strong, Emphasis, Break };
    /// One run of a paragraph's content. Text inside a link or emphasis comes as runs of its own
    /// behind the run that opens it, one level deeper.
    struct Inline {
        InlineKind kind = InlineKind::Text;
        int depth = 0;
        std::string_view text; ///< a link's text is its address
    };
    /// More runs are rare, and asking for memory costs more than they do.
    using Inlines = QVarLengthArray<Inline, 16>;
    /// The runs of a paragraph, heading or cell in order.
    [[nodiscard]] Inlines inlines(int index) const;

private:
    void flatten(int lineOffset);
    void read(cmark_node* node) const;

    Arena m_arena;
    Arena* m_outer; ///< of the tree that this thread made before
    cmark_parser* m_parser = nullptr;
    cmark_map* m_references = nullptr; ///< the addresses that links give by name
    cmark_node* m_root = nullptr;
    std::vector<Block> m_blocks;
};

} // namespace models

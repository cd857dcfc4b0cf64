// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/markdowntree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/parser.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace models {

namespace {

/// Of the thread's newest tree.
Arena*& currentArena() {
    static thread_local Arena* arena = nullptr;
    return arena;
}

/// The library's way to the thread's arena.
cmark_mem* arenaMemory() {
    static cmark_mem memory = {
        [](std::size_t count, std::size_t size) { return currentArena()->allocate(count * size); },
        [](void* old, std::size_t size) {
            return old == nullptr ? currentArena()->allocate(size)
                                  : currentArena()->reallocate(old, size);
        },
        [](void*) {}, // everything goes with the arena
    };
    return &memory;
}

constexpr int parserOptions = CMARK_OPT_FULL_INFO_STRING;

/// Marks the paragraphs and headings whose content the library has not read: it asks the extension
/// of a node whether there is any. Most of them never need be, because their lines are plain, and
/// reading takes a good third of the time.
cmark_syntax_extension* unread() {
    static cmark_syntax_extension* const extension = [] {
        cmark_syntax_extension* fresh = cmark_syntax_extension_new("unread");
        cmark_syntax_extension_set_contains_inlines_func(
            fresh, [](cmark_syntax_extension*, cmark_node*) { return 0; });
        return fresh;
    }();
    return extension;
}

/// The node behind this one in document order, or nullptr; keeps the depth below `top`.
cmark_node* following(cmark_node* node, cmark_node* top, int& depth) {
    if (cmark_node* child = cmark_node_first_child(node)) {
        ++depth;
        return child;
    }
    while (node != top) {
        if (cmark_node* next = cmark_node_next(node)) {
            return next;
        }
        node = cmark_node_parent(node);
        --depth;
    }
    return nullptr;
}

/// The library's parser with the extensions that are wanted here. Its memory goes with the arena.
cmark_parser* newParser() {
    cmark_parser* parser = cmark_parser_new_with_mem(parserOptions, arenaMemory());
    for (const char* name : {"table", "tasklist"}) {
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser, extension);
        }
    }
    return parser;
}

/// Takes `text` in, and marks all paragraphs and headings as unread. Every line is through then:
/// an open block with an extension would not be continued.
void feed(cmark_parser* parser, std::string_view text) {
    // The library counts in 32 bits and takes any size in pieces.
    cmark_parser_feed(parser, text.data(), text.size());
    if (!text.empty() && text.back() != '\n') {
        cmark_parser_feed(parser, "\n", 1);
    }
    int depth = 0;
    for (cmark_node* node = parser->root; node != nullptr;
         node = following(node, parser->root, depth)) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
            cmark_node_set_syntax_extension(node, unread());
        }
    }
}

BlockType typeOf(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_DOCUMENT:
        return BlockType::Document;
    case CMARK_NODE_BLOCK_QUOTE:
        return BlockType::Quote;
    case CMARK_NODE_LIST:
        return BlockType::List;
    case CMARK_NODE_ITEM:
        return BlockType::Item;
    case CMARK_NODE_CODE_BLOCK:
        return BlockType::Code;
    case CMARK_NODE_HTML_BLOCK:
        return BlockType::Html;
    case CMARK_NODE_PARAGRAPH:
        return BlockType::Paragraph;
    case CMARK_NODE_HEADING:
        return BlockType::Heading;
    case CMARK_NODE_THEMATIC_BREAK:
        return BlockType::Rule;
    default: // tables register their types at run time
        break;
    }
    const std::string_view name = cmark_node_get_type_string(node);
    if (name == "table") {
        return BlockType::Table;
    }
    if (name == "table_row" || name == "table_header") {
        return BlockType::Row;
    }
    return name == "table_cell" ? BlockType::Cell : BlockType::Other;
}

bool holdsInlines(BlockType type) {
    return type == BlockType::Paragraph || type == BlockType::Heading || type == BlockType::Cell;
}

std::string_view view(const char* text) {
    return text == nullptr ? std::string_view() : std::string_view(text);
}

cmark_node* mutableNode(const Block& block) {
    // The library's readers take non-const pointers and change nothing.
    return const_cast<cmark_node*>(block.node);
}

/// Sets the lines of what remains of a paragraph whose last line turned out to be a table's header:
/// the library gives all its lines to the table. Its content has been read.
void locateAboveTable(Block& paragraph, cmark_node* node, int lineOffset) {
    cmark_node* const table = cmark_node_next(node);
    paragraph.first = cmark_node_get_start_line(table) + lineOffset;
    paragraph.last = paragraph.first;
    for (cmark_node* child = cmark_node_first_child(node); child != nullptr;
         child = cmark_node_next(child)) {
        const cmark_node_type type = cmark_node_get_type(child);
        paragraph.last += type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK ? 1 : 0;
    }
}

void fill(Block& block, cmark_node* node, int lineOffset) {
    block.type = typeOf(node);
    block.node = node;
    block.first = cmark_node_get_start_line(node) + lineOffset;
    block.last = std::max(block.first, cmark_node_get_end_line(node) + lineOffset);
    block.column = cmark_node_get_start_column(node);
    if (block.type == BlockType::Heading) {
        block.level = std::uint8_t(cmark_node_get_heading_level(node));
    } else if (block.type == BlockType::List) {
        block.isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    } else if (block.type == BlockType::Item) {
        block.isTask = std::strcmp(cmark_node_get_type_string(node), "tasklist") == 0;
        block.isChecked = block.isTask && cmark_gfm_extensions_get_tasklist_item_checked(node);
    } else if (block.type == BlockType::Code) {
        int length = 0;
        int offset = 0;
        char character = 0;
        block.isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0;
    } else if (block.type == BlockType::Row) {
        block.isHeader = cmark_gfm_extensions_get_table_row_is_header(node) != 0;
    }
}

} // namespace

MarkdownTree::MarkdownTree(std::string_view text, int firstLine)
    // Most documents take ten times their size.
    : m_arena(12 * text.size())
    , m_outer(std::exchange(currentArena(), &m_arena)) {
    // Once in the process, whichever thread comes first.
    [[maybe_unused]] static const bool registered = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    m_parser = newParser();
    feed(m_parser, text);
    // The parser gives them up when it is done, but links are read later.
    m_references = m_parser->refmap;
    m_references->free = [](cmark_map*, cmark_map_entry*) {};
    m_root = cmark_parser_finish(m_parser);
    m_blocks.reserve(text.size() / 32 + 16);
    flatten(firstLine - 1);
}

MarkdownTree::~MarkdownTree() {
    currentArena() = m_outer;
}

void MarkdownTree::flatten(int lineOffset) {
    std::vector<int> open; // the chain of blocks above the current one
    std::vector<int> lastChild;
    cmark_node* node = m_root;
    while (node != nullptr) {
        const int index = int(m_blocks.size());
        Block& block = m_blocks.emplace_back();
        fill(block, node, lineOffset);
        if (block.type == BlockType::Paragraph && cmark_node_get_start_line(node) == 0) {
            read(node);
            locateAboveTable(block, node, lineOffset);
        }
        if (!open.empty()) {
            block.parent = open.back();
            int& previous = lastChild.back();
            (previous < 0 ? m_blocks[std::size_t(open.back())].firstChild
                          : m_blocks[std::size_t(previous)].next) = index;
            previous = index;
        }
        cmark_node* child = holdsInlines(block.type) ? nullptr : cmark_node_first_child(node);
        if (child != nullptr) {
            open.push_back(index);
            lastChild.push_back(-1);
            node = child;
            continue;
        }
        while (node != m_root && cmark_node_next(node) == nullptr) {
            node = cmark_node_parent(node);
            open.pop_back();
            lastChild.pop_back();
        }
        node = node == m_root ? nullptr : cmark_node_next(node);
    }
}

void MarkdownTree::read(cmark_node* node) const {
    if (cmark_node_get_syntax_extension(node) == unread()) {
        cmark_node_set_syntax_extension(node, nullptr);
        cmark_parse_inlines(m_parser, node, m_references, parserOptions);
        cmark_consolidate_text_nodes(node);
    }
}

std::string_view MarkdownTree::literal(int index) const {
    return view(cmark_node_get_literal(mutableNode((*this)[index])));
}

std::string_view MarkdownTree::info(int index) const {
    return view(cmark_node_get_fence_info(mutableNode((*this)[index])));
}

void MarkdownTree::appendPlainText(int index, std::string& text) const {
    cmark_node* const top = mutableNode((*this)[index]);
    read(top);
    int depth = 0;
    for (cmark_node* node = following(top, top, depth); node != nullptr;
         node = following(node, top, depth)) {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
        case CMARK_NODE_CODE:
            text += view(cmark_node_get_literal(node));
            break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            text += '\n';
            break;
        default: // marks have their text as children; HTML is not shown
            break;
        }
    }
}

MarkdownTree::Inlines MarkdownTree::inlines(int index) const {
    Inlines runs;
    cmark_node* const top = mutableNode((*this)[index]);
    read(top);
    int depth = 0;
    for (cmark_node* node = following(top, top, depth); node != nullptr;
         node = following(node, top, depth)) {
        const auto add = [&](InlineKind kind, std::string_view text) {
            runs.push_back({kind, depth - 1, text});
        };
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
            add(InlineKind::Text, view(cmark_node_get_literal(node)));
            break;
        case CMARK_NODE_CODE:
            add(InlineKind::Code, view(cmark_node_get_literal(node)));
            break;
        case CMARK_NODE_HTML_INLINE:
            add(InlineKind::Html, view(cmark_node_get_literal(node)));
            break;
        case CMARK_NODE_LINK:
        case CMARK_NODE_IMAGE:
            add(InlineKind::Link, view(cmark_node_get_url(node)));
            break;
        case CMARK_NODE_STRONG:
            add(InlineKind::Strong, {});
            break;
        case CMARK_NODE_EMPH:
            add(InlineKind::Emphasis, {});
            break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
            add(InlineKind::Break, {});
            break;
        default: // other extensions are not attached
            break;
        }
    }
    return runs;
}

} // namespace models

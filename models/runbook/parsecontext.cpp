// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/parsecontext.h"

#include <array>

namespace models {

bool isWithoutMarkup(std::string_view text) {
    static constexpr auto marks = [] {
        std::array<bool, 256> table{};
        for (const char c : std::string_view("*_`[<&\\~\r")) {
            table[static_cast<unsigned char>(c)] = true;
        }
        return table;
    }();
    bool hasMark = false;
    for (const char c : text) {
        hasMark = hasMark || marks[static_cast<unsigned char>(c)];
    }
    return !hasMark;
}

std::string_view ParseContext::plainText(int index, std::string& buffer) const {
    const Block& block = tree[index];
    // Most lines are plain, and need no walk through the library's tree.
    if (block.first == block.last && block.type != BlockType::Cell) {
        std::string_view line = trimmed(source.line(block.first));
        if (block.type == BlockType::Heading && !line.empty() && line.front() == '#' &&
            line.back() != '#') {
            line = trimmed(line.substr(std::min(line.size(), std::size_t(block.level))));
            if (isWithoutMarkup(line)) {
                return line;
            }
        } else if (block.type == BlockType::Paragraph &&
                   tree[block.parent].type == BlockType::Document && isWithoutMarkup(line)) {
            return line;
        }
    }
    buffer.clear();
    tree.appendPlainText(index, buffer);
    return trimmed(buffer);
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logmerge.h"

#include <QtGlobal>

#include <memory>
#include <vector>

namespace ui {

/// The lines that a view's rows show, in blocks that are made on one thread and handed to another
/// without a copy: there may be a hundred million of them. A value; copies share the blocks.
class RowBlocks {
public:
    static constexpr qint64 blockRows = 8192;
    using Block = std::vector<models::MergedLine>;

    [[nodiscard]] models::MergedLine at(qint64 row) const {
        return (
            *m_blocks[static_cast<size_t>(row / blockRows)])[static_cast<size_t>(row % blockRows)];
    }

    /// The blocks that hold the rows from `from` to `end` - 1, whole ones: rowAt is asked for some
    /// rows before `from` too.
    template <class RowAt>
    static RowBlocks made(qint64 from, qint64 end, const RowAt& rowAt) {
        RowBlocks made;
        made.m_first = from / blockRows;
        for (qint64 row = made.m_first * blockRows; row < end;) {
            auto block = std::make_shared<Block>();
            const qint64 blockEnd = qMin(end, row + blockRows);
            block->reserve(static_cast<size_t>(blockEnd - row));
            for (; row < blockEnd; ++row)
                block->push_back(rowAt(row));
            made.m_blocks.push_back(std::move(block));
        }
        return made;
    }

    /// Takes over what was made: behind it, nothing stays.
    void take(const RowBlocks& later) {
        m_blocks.resize(static_cast<size_t>(later.m_first));
        m_blocks.insert(m_blocks.end(), later.m_blocks.begin(), later.m_blocks.end());
    }

private:
    qint64 m_first = 0; ///< block of what was made
    std::vector<std::shared_ptr<const Block>> m_blocks;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chip.h"

#include <QTimer>

namespace ui {

class LogBoard;
class LogView;

/// Floats over the upper edge of a view whose filter has not decided on all lines: on older ones,
/// once that takes a while, or on those that cannot be read back.
class SiftingNote final : public Chip {
    Q_OBJECT

public:
    /// The view is its parent; board outlives it.
    SiftingNote(LogBoard& board, LogView& view);

    /// Shows these words until the board has others. In a narrow view they are cut, and whole in
    /// the tool tip.
    void tell(const QString& words);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void settle();
    void place();

    LogBoard& m_board;
    LogView& m_view;
    QTimer m_patience;
};

} // namespace ui

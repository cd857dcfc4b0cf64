// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QScrollBar>

#include <vector>

namespace ui {

/// A scroll bar with marks on it: where the hits of a search and the bookmarks are.
class MarkBar final : public QScrollBar {
    Q_OBJECT

public:
    explicit MarkBar(QWidget* parent = nullptr);

    /// Shares of the whole, 0 to 1, in any order and any number.
    void setMarks(Colour tone, const std::vector<double>& shares);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// A bit for each of so many parts: as fine as any screen shows, however many hits there are.
    static constexpr int parts = 2048;

    struct Marks {
        Colour tone = Colour::Warn;
        std::vector<bool> isMarked;
    };

    std::vector<Marks> m_marks;
};

} // namespace ui

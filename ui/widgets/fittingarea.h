// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

/// As high as its content and no higher; where there is less room, it scrolls. For the lists of
/// sheets, which would be mostly empty otherwise.
class FittingArea final : public QScrollArea {
    Q_OBJECT

public:
    explicit FittingArea(QWidget* parent = nullptr);

    /// The content is another, and this is the width that it has, in pixels.
    void fit(int width);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    QSize m_content;
};

} // namespace ui

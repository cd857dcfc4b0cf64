// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace ui {

/// Columns beside one another, which scrolls to the side. It takes the height that the columns
/// cannot do without before its neighbours get theirs: their lists scroll by themselves, and a
/// second bar beside those of the lists only hides which one moves what.
class ColumnsArea final : public QScrollArea {
    Q_OBJECT

public:
    /// Owns the content.
    explicit ColumnsArea(QWidget* content, QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace ui

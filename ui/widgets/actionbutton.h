// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"

#include <QPushButton>

namespace ui {

/// A push button of one of the four kinds; words are a verb with its object.
class ActionButton : public QPushButton {
    Q_OBJECT

public:
    explicit ActionButton(const QString& text, ButtonKind kind = ButtonKind::Plain,
                          QWidget* parent = nullptr);

    [[nodiscard]] ButtonKind kind() const { return m_kind; }
    void setKind(ButtonKind kind);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    ButtonKind m_kind;
};

} // namespace ui

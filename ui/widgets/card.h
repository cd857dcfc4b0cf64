// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QFrame>

class QVBoxLayout;

namespace ui {

/// A box in the pane where a person decides something: a coloured edge, a title, what it is about.
class Card : public QFrame {
    Q_OBJECT

public:
    Card(const QString& title, Colour tone, QWidget* parent = nullptr);

    /// Adds a paragraph; nothing where the text is empty.
    void addText(const QString& text, Colour tone = Colour::Text);
    [[nodiscard]] QVBoxLayout& column() { return *m_column; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Colour m_tone;
    QVBoxLayout* m_column;
};

} // namespace ui

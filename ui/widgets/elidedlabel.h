// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/textlabel.h"

namespace ui {

/// One line that shortens itself to the room it has; the whole text is then in the tool tip, and
/// always in the accessible name.
class ElidedLabel : public TextLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, TextRole role = TextRole::Body,
                         Colour tone = Colour::Text, QWidget* parent = nullptr);

    /// aside: follows the text, and goes as a whole before anything of the text is cut.
    void setFullText(const QString& text, const QString& aside = {});
    [[nodiscard]] QString fullText() const { return text(); }
    void setElideMode(Qt::TextElideMode mode);

    /// What of it has room.
    [[nodiscard]] QString shown() const;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    qsizetype m_aside = 0; ///< characters at the end of the text
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace ui

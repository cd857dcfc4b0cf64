// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/textlabel.h"

#include <QDialog>

class QVBoxLayout;

namespace ui {

class ActionButton;

/// A question over the window: its title, what is asked, and at the foot what answers it. It goes
/// when it is closed.
class Sheet : public QDialog {
    Q_OBJECT

public:
    /// name: of the object.
    Sheet(const QString& name, const QString& title, QWidget* parent);

    /// Below the title, from above to below.
    [[nodiscard]] QVBoxLayout& column() { return *m_column; }

protected:
    /// The foot: Cancel, and beside it what answers, also on Return. What that does is the
    /// caller's.
    void addFoot(ActionButton& answer);
    /// Another foot: these, at the right.
    void addButtons(const QList<QWidget*>& buttons);
    /// Of a sheet of this width what its parts have.
    [[nodiscard]] static int innerWidth(int width);
    /// As wide as this and as high as its parts want, within most and within the window; one that
    /// is seen gets no smaller.
    void fitTo(QSize most);

private:
    QVBoxLayout* m_column;
};

/// Words of as many lines as they need.
[[nodiscard]] TextLabel* paragraph(const QString& text, TextRole role = TextRole::Body,
                                   Colour tone = Colour::Text);
/// The same, to be copied from.
[[nodiscard]] TextLabel* selectable(const QString& text, Colour tone = Colour::Text);

/// A field below its words, by which it is also known to those who do not see it.
TextLabel* addField(QVBoxLayout& column, const QString& words, QWidget* field);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

class ActionButton;
class TextLabel;

/// What a page shows while it has nothing: a picture, one sentence, and the one thing to do first.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    /// Without actionText there is no button.
    EmptyState(const QString& iconName, const QString& sentence, const QString& actionText = {},
               QWidget* parent = nullptr);

    void setSentence(const QString& sentence);
    /// The words of its button; empty: it has none.
    void setAction(const QString& text);

Q_SIGNALS:
    void actionTriggered();

private:
    void fit();

    TextLabel* m_sentence;
    ActionButton* m_action;
};

} // namespace ui

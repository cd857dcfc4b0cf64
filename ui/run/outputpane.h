// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace ui {

class ActionButton;
class OutputBuffer;
class OutputView;
class SearchField;
class TextLabel;

/// An attempt's output with search, copy, a line for what it asks, and a pill that counts lines
/// that came while the person was reading further up.
class OutputPane final : public QWidget {
    Q_OBJECT

public:
    enum class Input { Closed, Open };

    explicit OutputPane(QWidget* parent = nullptr);

    /// caption says which attempt it is. The buffer stays the caller's.
    void showOutput(OutputBuffer* buffer, const QString& caption, Input input);
    void focusSearch();

Q_SIGNALS:
    /// A line for the standard input of the command, with its line end.
    void inputGiven(const QByteArray& bytes);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placePill();

    TextLabel* m_caption;
    SearchField* m_search;
    TextLabel* m_noHit;
    OutputView* m_view;
    ActionButton* m_pill;
    QWidget* m_inputRow;
    QLineEdit* m_input;
};

} // namespace ui

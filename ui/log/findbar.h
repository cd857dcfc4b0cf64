// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class SearchField;
class TextLabel;

/// What to find in the lines shown, how often it is there, and ways to the next one.
class FindBar final : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    void focusField();
    struct Hits {
        qint64 count = 0;
        qint64 at = 0;     ///< which of them is the present line, from 1; 0: it is none of them
        qint64 unread = 0; ///< lines that could not be read back and were not searched
        bool isAll = true; ///< else older lines are still being searched
    };
    void setHits(const Hits& hits);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void textChanged();
    void nextRequested();
    void previousRequested();

private:
    SearchField* m_field;
    TextLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace ui

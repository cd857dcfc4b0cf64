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
    enum class Search { Done, UnderWay };
    /// at: which of them is the present line, from 1; 0 where it is none of them. search: under way
    /// where there may be more.
    void setHits(qint64 count, qint64 at, Search search = Search::Done);

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

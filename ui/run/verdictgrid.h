// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGridLayout>

namespace ui {

/// Verdicts below one another, as boards have them: a sign, a word, what it is about, and perhaps a
/// button. What a row is about takes the room.
class VerdictGrid final : public QGridLayout {
public:
    explicit VerdictGrid(QWidget* over);

    /// None of these words moves what stands beside it when it becomes another.
    void reserveFor(const QStringList& words);
    /// Below the others. It takes all of them; button: nullptr for none.
    void addRow(QWidget* sign, QWidget* word, QLayout* what, QWidget* button = nullptr);

private:
    int m_rows = 0;
};

} // namespace ui

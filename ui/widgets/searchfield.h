// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace ui {

/// A line to search or filter with: a lens, a way to clear it, Escape clears first and gives the
/// focus back second.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

Q_SIGNALS:
    /// Escape in an empty field.
    void left();
    /// Down or Return: on to the list that it filters.
    void listRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace ui {

/// Where the keyboard begins in a widget that is given the focus as a whole. A focus proxy would
/// take Tab there as well, past all that stands before it.
class FirstFocus final : public QObject {
    Q_OBJECT

public:
    /// Belongs to whole, and keeps nothing alive.
    explicit FirstFocus(QWidget* whole, QWidget* first = nullptr);

    /// nullptr, or one that is hidden: whole keeps the focus itself.
    void set(QWidget* first);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPointer<QWidget> m_first;
};

} // namespace ui

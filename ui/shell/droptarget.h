// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace ui {

class WindowFrame;

/// Takes files and folders that are dropped anywhere on the window, and says so while they are held
/// over it.
class DropTarget final : public QObject {
    Q_OBJECT

public:
    /// A child of the window; the frame shows the hint.
    DropTarget(QWidget& window, WindowFrame& frame);

Q_SIGNALS:
    /// Never empty.
    void dropped(const QStringList& paths);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    WindowFrame& m_frame;
};

} // namespace ui

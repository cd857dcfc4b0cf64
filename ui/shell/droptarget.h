// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace ui {

class WindowFrame;

/// Takes a file or a folder that is dropped anywhere on the window, and says so while it is held
/// over it.
class DropTarget final : public QObject {
    Q_OBJECT

public:
    /// A child of the window; the frame shows the hint.
    DropTarget(QWidget& window, WindowFrame& frame);

Q_SIGNALS:
    void dropped(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    WindowFrame& m_frame;
};

} // namespace ui

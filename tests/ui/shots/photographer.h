// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace tests {

/// Writes pictures of a window, with the dialogs that float over it.
class Photographer {
public:
    /// Pictures go to FOLDER/NAME-LOOK.png. window outlives this.
    Photographer(const QString& folder, const QString& look, QWidget& window);

    void take(const QString& name);
    /// Pictures that could not be written, or show nothing.
    [[nodiscard]] int failures() const { return m_failures; }

private:
    QString m_folder;
    QString m_look;
    QWidget& m_window;
    int m_failures = 0;
};

} // namespace tests

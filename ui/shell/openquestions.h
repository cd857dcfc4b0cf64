// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace ui {

/// Ask for a folder or for a file over the window, without blocking it; chosen is called with the
/// path, never on cancel.
void askForFolder(QWidget* window, const std::function<void(const QString&)>& chosen);
void askForFile(QWidget* window, const std::function<void(const QString&)>& chosen);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window.h"

#include "ui/theme/theme.h"

#include <QApplication>
#include <QMainWindow>

namespace ui {

int runWindow(QApplication& application, const Services&, const QString&) {
    Theme::instance().install(application);
    QMainWindow window;
    window.show();
    return QApplication::exec();
}

} // namespace ui

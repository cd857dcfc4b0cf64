// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window.h"

#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QApplication>

namespace ui {

int runWindow(QApplication& application, const Services& services, const QString& path) {
    Theme::instance().install(application);
    MainWindow window(services);
    window.show();
    window.begin(path);
    return QApplication::exec();
}

} // namespace ui

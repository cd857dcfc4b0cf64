// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window.h"

#include "ui/shell/firstshow.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/starttrace.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QThreadPool>

namespace ui {

void readFontsAhead() {
    QThreadPool::globalInstance()->start([] { (void)QFontDatabase::families(); });
}

int runWindow(QApplication& application, const Services& services, const QStringList& paths) {
    Theme::instance().install(application);
    MainWindow window(services);
    StartTrace::begin(window);
    window.begin(paths);
    FirstShow::begin(window, services.open);
    return QApplication::exec();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/window.h"

#include "ui/environment/environmentpage.h"
#include "ui/shell/firstshow.h"
#include "ui/shell/lastseenkeeper.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/whenpainted.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QThreadPool>

#include <cstdio>

namespace ui {

namespace {

bool showsVerdicts(const MainWindow& window) {
    const auto* const page = window.findChild<EnvironmentPage*>();
    return page != nullptr && page->showsVerdicts();
}

/// With "start" in GANTRY_TRACE: says that the window has the last verdict of every service of the
/// open workspaces on screen.
void traceStart() {
    if (qEnvironmentVariable("GANTRY_TRACE").split(u',').contains(QStringLiteral("start")))
        std::fputs("start: the window is painted\n", stderr);
}

} // namespace

void readFontsAhead() {
    QThreadPool::globalInstance()->start([] { (void)QFontDatabase::families(); });
}

int runWindow(const Services& services, const QStringList& paths, QWidget* front) {
    Theme::instance().install(*qApp);
    MainWindow window(services);
    WhenPainted::begin(
        window, [&window] { return showsVerdicts(window); }, &traceStart);
    if (front != nullptr)
        WhenPainted::begin(
            window, [] { return true; }, [front] { front->close(); });
    window.begin(paths);
    const LastSeenKeeper keeper(window, services.open, services.lastSeen);
    FirstShow::begin(window, services.open);
    return QApplication::exec();
}

} // namespace ui

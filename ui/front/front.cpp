// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/front/front.h"

#include "ui/front/frontwindow.h"
#include "ui/front/lastseen.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <cstdio>

namespace ui {

namespace {

bool hasDisplay() {
    return !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

models::Result<LastSeen> readLastSeen() {
    QFile file(LastSeen::pathFor(QStringLiteral("gantry")));
    if (!file.open(QIODevice::ReadOnly))
        return models::failure(models::ErrorCode::NotFound, file.errorString());
    return LastSeen::fromJson(file.read(LastSeen::sizeMost + 1));
}

} // namespace

Front::Front(int& argc, char** argv) {
    if (!hasDisplay())
        return;
    // What cannot be read is written anew by the window.
    const models::Result<LastSeen> seen = readLastSeen();
    if (!seen)
        return;
    m_application = std::make_unique<QApplication>(argc, argv);
    std::unique_ptr<FrontWindow> window = FrontWindow::make(*seen);
    if (window == nullptr)
        return;
    QEventLoop loop;
    QObject::connect(window.get(), &FrontWindow::painted, &loop, [&loop] {
        if (qEnvironmentVariable("GANTRY_TRACE").split(u',').contains(QStringLiteral("start")))
            std::fputs("start: the last verdicts are painted\n", stderr);
        loop.quit();
    });
    QTimer::singleShot(longestAwaited, &loop, &QEventLoop::quit);
    window->show();
    loop.exec();
    m_window = std::move(window);
}

Front::~Front() = default;

QWidget* Front::window() const {
    return m_window.get();
}

} // namespace ui

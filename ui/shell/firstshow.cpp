// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/firstshow.h"

#include "app/workspace/openworkspaces.h"
#include "ui/shell/mainwindow.h"

#include <QTimer>

#include <algorithm>

namespace ui {

namespace {

bool isKnown(app::OpenWorkspace& workspace) {
    return workspace.state() != app::OpenWorkspace::State::Outlined ||
           (!workspace.workspace().environments.isEmpty() && !workspace.health().awaitsLasts());
}

} // namespace

FirstShow::FirstShow(MainWindow& window, app::OpenWorkspaces& open,
                     std::chrono::milliseconds longest)
    : QObject(&window)
    , m_window(window)
    , m_open(open) {
    for (const auto& workspace : open.all()) {
        connect(workspace.get(), &app::OpenWorkspace::changed, this, &FirstShow::settle);
        connect(&workspace->health(), &app::HealthService::lastsTaken, this, &FirstShow::settle);
    }
    QTimer::singleShot(longest, this, &FirstShow::show);
}

void FirstShow::begin(MainWindow& window, app::OpenWorkspaces& open,
                      std::chrono::milliseconds longest) {
    if (window.page() == Page::Environments && !open.all().empty())
        new FirstShow(window, open, longest);
    else
        window.show();
}

bool FirstShow::isAllKnown() const {
    return std::all_of(m_open.all().begin(), m_open.all().end(),
                       [](const auto& each) { return isKnown(*each); });
}

void FirstShow::settle() {
    if (isAllKnown())
        show();
}

void FirstShow::show() {
    if (!m_window.isVisible())
        m_window.showWhole();
    deleteLater();
}

} // namespace ui

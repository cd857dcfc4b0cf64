// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/starttrace.h"

#include "ui/environment/environmentpage.h"
#include "ui/shell/mainwindow.h"

#include <QEvent>
#include <QTimer>

#include <cstdio>

namespace ui {

StartTrace::StartTrace(MainWindow& window, const EnvironmentPage& page)
    : QObject(&window)
    , m_page(page) {
    window.installEventFilter(this);
}

void StartTrace::begin(MainWindow& window) {
    const QStringList traces = qEnvironmentVariable("GANTRY_TRACE").split(QLatin1Char(','));
    const auto* page = window.findChild<EnvironmentPage*>();
    if (traces.contains(QLatin1String("start")) && page != nullptr)
        new StartTrace(window, *page);
}

/// What is known as painting begins is on the screen in the turn after it.
bool StartTrace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::UpdateRequest && m_page.showsVerdicts()) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] {
            std::fputs("start: the last verdicts are painted\n", stderr);
            deleteLater();
        });
    }
    return false;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/starttrace.h"

#include "ui/environment/environmentpage.h"
#include "ui/shell/mainwindow.h"

#include <QEvent>
#include <QTimer>

#include <cstdio>

namespace ui {

StartTrace::StartTrace(MainWindow& window)
    : QObject(&window)
    , m_window(window) {
    window.installEventFilter(this);
}

void StartTrace::begin(MainWindow& window) {
    const QStringList traces = qEnvironmentVariable("GANTRY_TRACE").split(QLatin1Char(','));
    if (traces.contains(QLatin1String("start")))
        new StartTrace(window);
}

/// What is known as painting begins is on the screen in the turn after it.
bool StartTrace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::UpdateRequest)
        return false;
    const auto* page = m_window.findChild<EnvironmentPage*>();
    if (page != nullptr && page->showsVerdicts()) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] {
            std::fputs("start: the last verdicts are painted\n", stderr);
            deleteLater();
        });
    }
    return false;
}

} // namespace ui

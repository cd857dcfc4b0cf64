// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/actionrunner.h"
#include "models/environment/workspace.h"

#include <QObject>

class QWidget;

namespace ui {

/// Where actions of services are asked for: shows what one would run, and once it is confirmed has
/// it run, and tells how far it is.
class ActionDesk final : public QObject {
    Q_OBJECT

public:
    /// window is where questions appear. Both outlive this.
    ActionDesk(app::RunService& runs, QWidget& window);

    void ask(const models::Workspace& workspace, const QString& environment, const QString& service,
             models::ServiceActionKind kind);

Q_SIGNALS:
    void progressed(const app::ActionProgress& progress);

private:
    void refuse(const QString& title, const QString& words);

    QWidget& m_window;
    app::ActionRunner m_runner;
};

} // namespace ui

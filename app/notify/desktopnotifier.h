// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/notifier.h"

#include <QDBusConnection>

namespace app {

/// Notifications of the desktop, over the session bus: org.freedesktop.Notifications, Notify, of
/// the Desktop Notifications Specification 1.2. Its text may hold markup, so ours is escaped.
/// Without a desktop that shows any, the log says so once.
class DesktopNotifier final : public QObject, public Notifier {
    Q_OBJECT

public:
    explicit DesktopNotifier(const QDBusConnection& bus = QDBusConnection::sessionBus(),
                             QObject* parent = nullptr);

    void tell(const models::Notice& notice, const NoticeTold& told) override;

private:
    void complain(const QString& reason, const NoticeTold& told);

    QDBusConnection m_bus;
    bool m_hasComplained = false;
};

} // namespace app

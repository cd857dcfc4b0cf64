// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/sleepinhibitor.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>

class QDBusPendingCallWatcher;

namespace app {

/// Asks systemd-logind, over the system bus, not to go to sleep: org.freedesktop.login1.Manager,
/// Inhibit. logind lets go when the descriptor that it hands out is closed, however this process
/// ends. Without a bus, or where logind refuses, nothing is held; the log says so once.
class LoginSleepInhibitor final : public SleepInhibitor {
    Q_OBJECT

public:
    explicit LoginSleepInhibitor(const QDBusConnection& bus = QDBusConnection::systemBus(),
                                 QObject* parent = nullptr);

    void hold(const QString& why) override;
    void release() override;

private:
    void receive(QDBusPendingCallWatcher& call);
    void complain(const QString& reason);

    QDBusConnection m_bus;
    QDBusUnixFileDescriptor m_lock;            ///< valid while the machine is kept awake
    QDBusPendingCallWatcher* m_call = nullptr; ///< of the last hold(), until it is answered
    bool m_hasComplained = false;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/power/loginsleepinhibitor.h"

#include "app/diagnostics/logging.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

namespace app {

namespace {
Q_LOGGING_CATEGORY(lcPower, "gantry.power")
} // namespace

LoginSleepInhibitor::LoginSleepInhibitor(const QDBusConnection& bus, QObject* parent)
    : SleepInhibitor(parent)
    , m_bus(bus) {}

void LoginSleepInhibitor::hold(const QString& why) {
    release();
    if (!m_bus.isConnected()) {
        complain(QStringLiteral("there is no system bus"));
        return;
    }
    // Not by QDBusInterface, which would wait for the service to describe itself.
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call << QStringLiteral("sleep:idle") << QStringLiteral("Gantry") << why
         << QStringLiteral("block");
    m_call = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(m_call, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher* answered) { receive(*answered); });
}

void LoginSleepInhibitor::receive(QDBusPendingCallWatcher& call) {
    call.deleteLater();
    // What was let go of meanwhile is closed with the reply.
    if (&call != m_call)
        return;
    m_call = nullptr;
    const QDBusPendingReply<QDBusUnixFileDescriptor> reply = call;
    if (reply.isError())
        complain(reply.error().message());
    else
        m_lock = reply.value();
}

void LoginSleepInhibitor::release() {
    m_call = nullptr;
    m_lock = {};
}

void LoginSleepInhibitor::complain(const QString& reason) {
    if (!std::exchange(m_hasComplained, true))
        qCInfo(lcPower, "The machine is not kept awake during steps: %s", qUtf8Printable(reason));
}

} // namespace app

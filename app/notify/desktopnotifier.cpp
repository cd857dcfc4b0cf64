// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/desktopnotifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLoggingCategory>

namespace app {

namespace {

Q_LOGGING_CATEGORY(logNotify, "gantry.notify")

constexpr qsizetype mostText = 400;
constexpr int asTheDesktopLikes = -1; ///< how long it is shown

} // namespace

DesktopNotifier::DesktopNotifier(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus) {}

void DesktopNotifier::tell(const models::Notice& notice) {
    if (!m_bus.isConnected())
        return complain(u"there is no session bus"_qs);
    QDBusMessage call = QDBusMessage::createMethodCall(
        u"org.freedesktop.Notifications"_qs, u"/org/freedesktop/Notifications"_qs,
        u"org.freedesktop.Notifications"_qs, u"Notify"_qs);
    call.setArguments({u"Gantry"_qs, 0U, u"gantry"_qs, notice.title,
                       notice.text.left(mostText).toHtmlEscaped(), QStringList(), QVariantMap(),
                       asTheDesktopLikes});
    auto* const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (const QDBusPendingReply<uint> reply = *watcher; reply.isError())
            complain(reply.error().message());
    });
}

void DesktopNotifier::complain(const QString& reason) {
    if (!m_hasComplained)
        qCWarning(logNotify) << "The desktop shows no notifications:" << reason;
    m_hasComplained = true;
}

} // namespace app

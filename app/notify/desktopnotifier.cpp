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

void DesktopNotifier::tell(const models::Notice& notice, const NoticeTold& told) {
    if (!m_bus.isConnected())
        return complain(u"there is no session bus"_qs, told);
    QDBusMessage call = QDBusMessage::createMethodCall(
        u"org.freedesktop.Notifications"_qs, u"/org/freedesktop/Notifications"_qs,
        u"org.freedesktop.Notifications"_qs, u"Notify"_qs);
    call.setArguments({u"Gantry"_qs, 0U, u"gantry"_qs, notice.title,
                       notice.text.left(mostText).toHtmlEscaped(), QStringList(), QVariantMap(),
                       asTheDesktopLikes});
    auto* const watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, told] {
        watcher->deleteLater();
        if (const QDBusPendingReply<uint> reply = *watcher; reply.isError())
            complain(reply.error().message(), told);
        else if (told)
            told({});
    });
}

void DesktopNotifier::complain(const QString& reason, const NoticeTold& told) {
    const QString words =
        u"The desktop shows no notifications: %1. What happens is on "
        "the page of environments, and a webhook is told without a desktop."_qs.arg(
            reason.endsWith(u'.') ? reason.chopped(1) : reason);
    if (!m_hasComplained)
        qCWarning(logNotify).noquote() << words;
    m_hasComplained = true;
    if (told)
        told(models::failure(models::ErrorCode::Refused, words));
}

} // namespace app

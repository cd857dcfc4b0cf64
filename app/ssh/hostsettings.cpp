// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostsettings.h"

namespace app {
namespace {

constexpr quint16 usualPort = 22;

} // namespace

QString HostSettings::knownAs() const {
    if (!hostKeyAlias.isEmpty())
        return hostKeyAlias.toLower();
    const QString known = hostName.toLower();
    return port == usualPort ? known : QStringLiteral("[%1]:%2").arg(known).arg(port);
}

QString HostSettings::address() const {
    const QString where =
        port == usualPort ? hostName : QStringLiteral("%1:%2").arg(hostName).arg(port);
    return user.isEmpty() ? where : user + QLatin1Char('@') + where;
}

} // namespace app

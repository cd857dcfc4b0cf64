// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/hostreport.h"

namespace app {

QLatin1String checkName(HostCheck::Kind kind) {
    switch (kind) {
    case HostCheck::Kind::Reachable:
        return QLatin1String("reachable");
    case HostCheck::Kind::HostKey:
        return QLatin1String("host_key");
    case HostCheck::Kind::Authentication:
        return QLatin1String("authentication");
    case HostCheck::Kind::Shell:
        return QLatin1String("shell");
    case HostCheck::Kind::Directory:
        return QLatin1String("directory");
    case HostCheck::Kind::Survival:
        return QLatin1String("survival");
    case HostCheck::Kind::Sudo:
        return QLatin1String("sudo");
    case HostCheck::Kind::Runtime:
        return QLatin1String("runtime");
    case HostCheck::Kind::Clock:
        return QLatin1String("clock");
    case HostCheck::Kind::RoundTrip:
        return QLatin1String("round_trip");
    }
    Q_UNREACHABLE();
}

} // namespace app

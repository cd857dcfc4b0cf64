// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probe.h"

namespace models {

namespace {

struct KindFacts {
    QLatin1String word;
    QLatin1String pass;
};

KindFacts factsOf(Probe::Kind kind) {
    switch (kind) {
    case Probe::Kind::Http:
        return {QLatin1String("http"), QLatin1String("http.status >= 200 && http.status < 300")};
    case Probe::Kind::WebSocket:
        return {QLatin1String("websocket"), QLatin1String("http.status == 101")};
    case Probe::Kind::Tcp:
        return {QLatin1String("tcp"), QLatin1String("tcp.connected")};
    case Probe::Kind::Tls:
        return {QLatin1String("tls"), QLatin1String("tls.trusted && tls.expires_in > 14d")};
    case Probe::Kind::Command:
        return {QLatin1String("command"), QLatin1String("exit == 0")};
    case Probe::Kind::Container:
        return {QLatin1String("container"), QLatin1String("container.state == \"running\"")};
    }
    return {};
}

} // namespace

QString probeWord(Probe::Kind kind) {
    return factsOf(kind).word;
}

QString defaultCondition(Probe::Kind kind) {
    return factsOf(kind).pass;
}

} // namespace models

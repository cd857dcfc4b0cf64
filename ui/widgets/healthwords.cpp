// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/healthwords.h"

#include <QCoreApplication>
#include <QUrl>

#include <array>

namespace ui {

using models::HealthState;

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ui::HealthWords", text);
}

constexpr std::array states{HealthState::Failing,  HealthState::Stale,     HealthState::Unknown,
                            HealthState::Wavering, HealthState::Unchecked, HealthState::Maintenance,
                            HealthState::Warning,  HealthState::Passing};

} // namespace

QString countWords(const QList<HealthState>& all) {
    QStringList words;
    for (const HealthState state : states) {
        const qsizetype count = all.count(state);
        if (count > 0)
            words.append(QStringLiteral("%1 %2").arg(count).arg(stateWord(state).toLower()));
    }
    return words.join(QStringLiteral(", "));
}

QString latencyWords(double seconds) {
    if (seconds < 0.01)
        return tr("%1 ms").arg(seconds * 1000, 0, 'f', 1);
    if (seconds < 1)
        return tr("%1 ms").arg(seconds * 1000, 0, 'f', 0);
    return tr("%1 s").arg(seconds, 0, 'f', seconds < 10 ? 2 : 1);
}

QString probeTitle(const models::Probe& probe) {
    if (!probe.name.isEmpty())
        return probe.name;
    switch (probe.kind) {
    case models::Probe::Kind::Http:
    case models::Probe::Kind::WebSocket:
        return QUrl(probe.target)
            .toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    case models::Probe::Kind::Tcp:
    case models::Probe::Kind::Tls:
    case models::Probe::Kind::Command:
    case models::Probe::Kind::Container:
        break;
    }
    return QStringLiteral("%1 %2").arg(models::probeWord(probe.kind), probe.target);
}

QString phaseWords(const models::ProbePhases& phases) {
    QStringList words;
    const auto add = [&words](const models::ProbePhases::Time& time, const QString& form) {
        if (time)
            words.append(form.arg(latencyWords(static_cast<double>(time->count()) / 1e9)));
    };
    add(phases.lookup, tr("lookup %1"));
    add(phases.connect, tr("connect %1"));
    add(phases.tls, tr("TLS %1"));
    add(phases.firstByte, tr("first byte %1"));
    add(phases.total, tr("total %1"));
    return words.join(QStringLiteral(", "));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowwords.h"

#include "models/environment/workspace.h"
#include "models/run/runstate.h"

#include <QCoreApplication>

#include <algorithm>
#include <QRegularExpression>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(WindowWords)
};

} // namespace

QString placeWords(const models::Environment* environment, const QList<app::HostLink>& links) {
    if (environment == nullptr)
        return {};
    const QList<models::Host>& hosts = environment->hosts;
    if (hosts.isEmpty())
        return Words::tr("Commands run on this machine");
    const auto stateOf = [&links](const models::Host& host) {
        const auto link = std::find_if(links.cbegin(), links.cend(),
                                       [&host](const auto& one) { return one.ssh == host.ssh; });
        return link != links.cend() ? link->state : app::HostLink::State::Idle;
    };
    const auto countOf = [&](app::HostLink::State state) {
        return std::count_if(hosts.cbegin(), hosts.cend(),
                             [&](const models::Host& host) { return stateOf(host) == state; });
    };
    const qsizetype connected = countOf(app::HostLink::State::Connected);
    const qsizetype silent = countOf(app::HostLink::State::Silent);
    if (hosts.size() == 1) {
        const QString words = connected == 1 ? Words::tr("%1 connected")
                              : silent == 1  ? Words::tr("%1 not answering")
                                             : Words::tr("%1 not connected");
        return words.arg(hosts.first().name);
    }
    const QString words = Words::tr("%1 of %2 hosts connected").arg(connected).arg(hosts.size());
    return silent == 0 ? words : Words::tr("%1, %2 not answering").arg(words).arg(silent);
}

QStringList stepsUnderWay(const models::RunState* run) {
    QStringList titles;
    if (run == nullptr || run->plan == nullptr)
        return titles;
    QList<int> active(run->standing.active.begin(), run->standing.active.end());
    std::sort(active.begin(), active.end());
    for (const int index : std::as_const(active)) {
        const models::Step& step = run->plan->steps[index].step;
        const models::StepState& state = run->step(step.id);
        if (state.status == models::StepStatus::Running && !state.attempts.isEmpty())
            titles.append(step.title);
    }
    return titles;
}

QString linesOfStepWords(LogEvidence::Shown shown) {
    switch (shown) {
    case LogEvidence::Shown::Lines:
        return {};
    case LogEvidence::Shown::Later:
        return Words::tr("No log line here is of that time. The next one after it is shown.");
    case LogEvidence::Shown::Earlier:
        return Words::tr("The log lines here begin later than that.");
    case LogEvidence::Shown::Nothing:
        return Words::tr("No log line here is of that time. Choose a log at the left.");
    case LogEvidence::Shown::Reading:
        return Words::tr("The log lines of that time are being read.");
    }
    Q_UNREACHABLE();
}

bool isLogName(const QString& path) {
    static const QRegularExpression log(
        QStringLiteral("\\.(log([.-]\\d[\\d.-]*)?(\\.(zst|gz))?|zst|gz)$"),
        QRegularExpression::CaseInsensitiveOption);
    return log.match(path).hasMatch();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/health/noticeservice.h"

#include "app/diagnostics/clock.h"

#include <algorithm>

namespace app {

namespace {

using namespace std::chrono_literals;

/// That nothing came any more shows by the time alone.
constexpr auto lookEvery = 5s;

QString environmentOf(const EnvironmentWatch& watch, std::size_t trigger) {
    for (const EnvironmentWatch::Watched& environment : watch.environments()) {
        if (std::find(environment.triggers.begin(), environment.triggers.end(), trigger) !=
            environment.triggers.end())
            return environment.name;
    }
    return {};
}

} // namespace

NoticeService::NoticeService(HealthService& health, EnvironmentWatch& watch, Notifier& desktop,
                             WebhookTeller& webhooks, HealthService::Now now, QObject* parent)
    : QObject(parent)
    , m_health(health)
    , m_watch(watch)
    , m_desktop(desktop)
    , m_webhooks(webhooks)
    , m_now(now ? std::move(now) : presentInstant) {
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &NoticeService::lookAtAll);
    connect(&health, &HealthService::rebuilt, this, &NoticeService::rebuild);
    connect(&health, &HealthService::observed, this, &NoticeService::look);
    connect(&watch, &EnvironmentWatch::triggerTurned, this, &NoticeService::tellTrigger);
    rebuild();
}

void NoticeService::rebuild() {
    if (m_health.workspace().root != m_root)
        m_of.clear();
    m_root = m_health.workspace().root;
    if (m_health.services().empty())
        m_timer.stop();
    else
        m_timer.start();
}

void NoticeService::lookAtAll() {
    for (std::size_t service = 0; service < m_health.services().size(); ++service)
        look(service);
}

void NoticeService::look(std::size_t number) {
    const HealthService::Watched& service = m_health.services()[number];
    if (service.probes.empty() || m_health.trust() != TrustKeeper::Standing::Trusted)
        return;
    const QString subject = u"%1 in %2"_qs.arg(service.service, service.environment);
    auto watch = m_of.find(subject);
    if (watch == m_of.end())
        watch = m_of.insert(subject, models::NoticeWatch(subject));
    const models::Instant now = m_now();
    if (const auto notice = watch->take(m_health.standing(service, now), now))
        tell(*notice);
}

void NoticeService::tellTrigger(std::size_t number) {
    const models::TriggerWatch& trigger = m_watch.trigger(number);
    const models::Instant now = m_now();
    const bool holds = trigger.state(now) == models::TriggerState::Holds;
    const QString environment = environmentOf(m_watch, number);
    const bool isAsked =
        holds && m_asks && m_asks(m_health.workspace().id, environment, trigger.trigger().name);
    tell({u"%1 in %2: the trigger %3"_qs.arg(
              trigger.trigger().name, environment,
              holds ? models::triggerHoldsWords(trigger.trigger().severity) : u"is over"_qs),
          trigger.words(now)},
         isAsked ? Desktop::Spared : Desktop::Told);
}

models::Notice NoticeService::testNotice() {
    return {u"A test of Gantry's notifications"_qs,
            u"Nothing has happened. Whoever reads this is told when a service fails."_qs};
}

void NoticeService::test(Desktop desktop, const NoticeTold& told) {
    tell(testNotice(), desktop, told);
}

/// Under the name of the workspace: others have services and environments called so, too.
void NoticeService::tell(models::Notice notice, Desktop desktop, const NoticeTold& told) {
    notice.title = u"%1: %2"_qs.arg(m_health.workspace().name, notice.title);
    if (desktop == Desktop::Told)
        m_desktop.tell(notice, told);
    const models::Workspace& workspace = m_health.workspace();
    if (m_health.trust() == TrustKeeper::Standing::Trusted) {
        for (const QString& address : workspace.webhooks)
            m_webhooks.tell(address, notice, told);
    } else if (told && !workspace.webhooks.isEmpty()) {
        told(models::failure(
            models::ErrorCode::Refused,
            u"The webhook of %1 is told nothing before the workspace is trusted. "
            "Review what it asks on the page of environments."_qs.arg(workspace.name)));
    }
}

} // namespace app

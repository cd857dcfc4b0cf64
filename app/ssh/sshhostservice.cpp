// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshhostservice.h"

#include "app/run/enginethread.h"
#include "app/ssh/hostexaminations.h"
#include "app/ssh/sshhosts.h"

#include <utility>

namespace app {

SshHostService::SshHostService(std::shared_ptr<EngineThread> engine,
                               std::function<SshSurroundings()> surroundings)
    : m_engine(std::move(engine)) {
    m_engine->postAndWait([this, &surroundings] {
        m_hosts = new SshHosts(surroundings);
        m_examinations = new HostExaminations(*m_hosts);
    });
    connect(m_hosts, &SshHosts::linkChanged, this, &SshHostService::noteLink);
    connect(m_hosts, &SshHosts::questionAsked, this, &HostService::questionAsked);
    connect(m_hosts, &SshHosts::questionWithdrawn, this, &HostService::questionWithdrawn);
    connect(m_examinations, &HostExaminations::reported, this, &HostService::reported);
}

SshHostService::~SshHostService() {
    m_engine->postAndWait([this] {
        delete m_examinations;
        delete m_hosts;
    });
}

std::unique_ptr<Place> SshHostService::makePlace(const models::Host& host) const {
    return m_hosts->place(host);
}

void SshHostService::noteLink(const HostLink& link) {
    m_links.insert(link.ssh, link);
    Q_EMIT linkChanged(link);
}

void SshHostService::answer(quint64 question, const SshAnswer& answer, Keep keep) {
    Q_UNUSED(keep)
    m_engine->post([hosts = m_hosts, question, answer]() mutable {
        hosts->answer(question, std::move(answer));
    });
}

void SshHostService::connectNow(const QString& ssh) {
    m_engine->post([hosts = m_hosts, ssh] { hosts->connectNow(ssh); });
}

void SshHostService::giveUp(const QString& ssh) {
    m_engine->post([hosts = m_hosts, ssh] { hosts->giveUp(ssh); });
}

void SshHostService::check(const QList<models::Host>& hosts) {
    m_engine->post([examinations = m_examinations, hosts] { examinations->check(hosts); });
}

} // namespace app

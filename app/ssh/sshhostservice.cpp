// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshhostservice.h"

#include "app/run/enginethread.h"
#include "app/ssh/hostexaminations.h"
#include "app/ssh/sshhosts.h"

#include <utility>

namespace app {

SshHostService::SshHostService(std::shared_ptr<EngineThread> engine, SecretStore& secrets,
                               std::function<SshSurroundings()> surroundings)
    : m_engine(std::move(engine))
    , m_passphrases(secrets) {
    m_engine->post([this, surroundings = std::move(surroundings)] {
        m_hosts = std::make_unique<SshHosts>(surroundings);
        m_examinations = std::make_unique<HostExaminations>(*m_hosts);
        connectEngine();
    });
    connect(&m_passphrases, &PassphraseKeeper::found, this, &SshHostService::send);
    connect(&m_passphrases, &PassphraseKeeper::wanted, this, &HostService::questionAsked);
    connect(&m_passphrases, &PassphraseKeeper::noticed, this, &HostService::noticed);
}

/// Each signal of the engine's thread becomes a letter to this one: see Courier.
void SshHostService::connectEngine() {
    connect(m_hosts.get(), &SshHosts::linkChanged, m_hosts.get(),
            [this](const HostLink& link) { m_inbox.post([this, link] { noteLink(link); }); });
    connect(m_hosts.get(), &SshHosts::questionAsked, m_hosts.get(),
            [this](const SshQuestion& question) {
                m_inbox.post([this, question] { noteQuestion(question); });
            });
    connect(m_hosts.get(), &SshHosts::questionWithdrawn, m_hosts.get(), [this](quint64 question) {
        m_inbox.post([this, question] {
            m_passphrases.withdraw(question);
            Q_EMIT questionWithdrawn(question);
        });
    });
    connect(m_hosts.get(), &SshHosts::answerJudged, m_hosts.get(),
            [this](quint64 question, AnswerVerdict verdict) {
                m_inbox.post([this, question, verdict] { m_passphrases.judge(question, verdict); });
            });
    connect(m_examinations.get(), &HostExaminations::reported, m_examinations.get(),
            [this](const HostReport& report) {
                m_inbox.post([this, report] { Q_EMIT reported(report); });
            });
}

SshHostService::~SshHostService() {
    m_engine->postAndWait([this] {
        m_examinations.reset();
        m_hosts.reset();
    });
}

std::unique_ptr<Place> SshHostService::makePlace(const models::Host& host,
                                                 models::AskedBy askedBy) const {
    return m_hosts->place(host, askedBy);
}

std::unique_ptr<Reach> SshHostService::makeReach(const models::Host& host) const {
    return m_hosts->reach(host);
}

void SshHostService::noteLink(const HostLink& link) {
    m_links.insert(link.ssh, link);
    Q_EMIT linkChanged(link);
}

void SshHostService::noteQuestion(const SshQuestion& question) {
    if (question.kind == SshQuestion::Kind::Passphrase)
        m_passphrases.take(question);
    else
        Q_EMIT questionAsked(question);
}

void SshHostService::answer(quint64 question, const SshAnswer& answer, Keep keep) {
    m_passphrases.noteAnswer(question, answer, keep);
    send(question, answer);
}

void SshHostService::send(quint64 question, const SshAnswer& answer) {
    // Bytes of its own: what the engine burns is shared with nobody here.
    SshAnswer own{answer.decision, {}, answer.origin};
    for (const QByteArray& text : answer.texts)
        own.texts.append(QByteArray(text.constData(), text.size()));
    m_engine->post([this, question, own = std::move(own)]() mutable {
        m_hosts->answer(question, std::move(own));
    });
}

void SshHostService::connectNow(const models::Host& host) {
    m_engine->post([this, host] { m_hosts->connectNow(host); });
}

void SshHostService::giveUp(const QString& ssh) {
    m_engine->post([this, ssh] { m_hosts->giveUp(ssh); });
}

void SshHostService::hangUp(const QString& ssh) {
    m_engine->post([this, ssh] { m_hosts->hangUp(ssh); });
}

void SshHostService::check(const QList<models::Host>& hosts) {
    m_engine->post([this, hosts] { m_examinations->check(hosts); });
}

} // namespace app

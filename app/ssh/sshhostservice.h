// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostservice.h"
#include "app/process/reach.h"
#include "app/run/courier.h"
#include "app/run/place.h"
#include "app/ssh/passphrasekeeper.h"
#include "app/ssh/sshconfig.h"

#include <QMap>

#include <functional>
#include <memory>

namespace app {

class EngineThread;
class HostExaminations;
class SshHosts;

/// Hosts over SSH. Lives on the main thread; the connections live on the engine's.
class SshHostService final : public HostService {
    Q_OBJECT

public:
    /// secrets outlives it. surroundings is called on the engine's thread.
    SshHostService(std::shared_ptr<EngineThread> engine, SecretStore& secrets,
                   std::function<SshSurroundings()> surroundings = &ourSurroundings);
    /// Hangs up. Every place that it gave is gone before.
    ~SshHostService() override;
    Q_DISABLE_COPY_MOVE(SshHostService)

    /// On the engine's thread, which is that of the place too.
    [[nodiscard]] std::unique_ptr<Place>
    makePlace(const models::Host& host, models::AskedBy askedBy = models::AskedBy::Person) const;
    /// The same, for what only listens there: containers and logs.
    [[nodiscard]] std::unique_ptr<Reach> makeReach(const models::Host& host) const;

    [[nodiscard]] QList<HostLink> links() const override { return m_links.values(); }
    void answer(quint64 question, const SshAnswer& answer, Keep keep) override;
    void connectNow(const models::Host& host) override;
    void giveUp(const QString& ssh) override;
    void hangUp(const QString& ssh) override;
    void check(const QList<models::Host>& hosts) override;

private:
    void connectEngine();
    void noteLink(const HostLink& link);
    void noteQuestion(const SshQuestion& question);
    void send(quint64 question, const SshAnswer& answer);

    std::shared_ptr<EngineThread> m_engine;
    std::unique_ptr<SshHosts> m_hosts; ///< lives and ends on the engine's thread, as the next
    std::unique_ptr<HostExaminations> m_examinations;
    Courier m_inbox; ///< what the engine's thread says
    PassphraseKeeper m_passphrases;
    QMap<QString, HostLink> m_links;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/cancellation.h"

#include <QByteArray>
#include <QList>

#include <optional>
#include <thread>

namespace app {

/// Which of an agent's keys a host gets to see.
enum class AgentKeys {
    NamedFirst, ///< all; those that the configuration names come first
    OnlyNamed,  ///< IdentitiesOnly
};

/// Stands between libssh and an agent. libssh offers every key of the agent, and waits for its
/// answer whatever happens: this hides the keys that are not wanted, and hangs up when the login is
/// cancelled while the agent waits for somebody to confirm. A thread of its own for one login.
class AgentRelay {
public:
    /// agent: a connection to it, owned from now on. named: public keys and certificates as the
    /// protocol writes them, best first. cancellation outlives this.
    AgentRelay(int agent, QList<QByteArray> named, AgentKeys keys,
               const Cancellation& cancellation);
    ~AgentRelay();
    Q_DISABLE_COPY_MOVE(AgentRelay)

    /// libssh's end, which it owns; to be taken once. -1 where there is none.
    [[nodiscard]] int takeNear();

private:
    void run();
    [[nodiscard]] bool wait(int descriptor, short events) const;
    [[nodiscard]] bool read(int descriptor, char* bytes, qsizetype size) const;
    [[nodiscard]] bool write(int descriptor, const QByteArray& bytes) const;
    [[nodiscard]] std::optional<QByteArray> readMessage(int descriptor) const;
    [[nodiscard]] bool writeMessage(int descriptor, const QByteArray& message) const;

    const QList<QByteArray> m_named;
    const AgentKeys m_keys;
    const Cancellation& m_cancellation;
    Cancellation m_end; ///< the login is over
    int m_agent;
    int m_near = -1;
    int m_far = -1;
    std::thread m_thread;
};

/// The agent's list of keys, as its answer says it, with those left that are wanted. Of an answer
/// that is none: the agent's word for failure.
[[nodiscard]] QByteArray chooseIdentities(const QByteArray& answer, const QList<QByteArray>& named,
                                          AgentKeys keys);

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "app/ssh/keyring.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace app {

/// What a person gave so that one host lets us in, kept so that a connection that was lost comes
/// back without asking: keys that were unlocked, and answers to what the host asked. Never
/// passphrases, and nothing on disk. It lives as long as the connection is wanted, lost ones
/// included, and is overwritten when that is refused, given up or gone. Any thread.
class Credentials {
public:
    explicit Credentials(std::shared_ptr<KeyRing> ring);
    ~Credentials();
    Q_DISABLE_COPY_MOVE(Credentials)

    /// A key that was unlocked before, for this host or another one; else null.
    [[nodiscard]] KeyHandle key(const QString& file);
    void keep(const QString& file, const ssh_key& key);

    /// What was answered to the same question of a host with this very key, in bytes that are the
    /// caller's to burn. Everything is forgotten where the host shows another key.
    [[nodiscard]] std::optional<QList<QByteArray>> answers(const HostKey& host,
                                                           const SshQuestion& question);
    /// The host let us in with them.
    void keep(const HostKey& host, const SshQuestion& question, const QList<QByteArray>& answers);
    /// The host did not take them a second time: they may be good for once only, so what it asks
    /// is asked each time from now on.
    void drop(const SshQuestion& question);

private:
    void burnAnswers();

    const std::shared_ptr<KeyRing> m_ring;
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<const UnlockedKey>> m_keys;
    QByteArray m_hostKey; ///< of the host that took the answers
    std::map<QString, QList<QByteArray>> m_answers;
    std::set<QString> m_once; ///< questions whose answers are good for one time
};

} // namespace app

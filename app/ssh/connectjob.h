// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/cancellation.h"
#include "app/ssh/gate.h"
#include "app/ssh/handshake.h"
#include "app/ssh/hostsettings.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace app {

/// One wish for a connection: resolves, connects, compares the key, logs in, on a worker's thread.
class ConnectJob {
public:
    using Clock = Cancellation::Clock;
    /// Gives a connected descriptor that the caller owns. Blocks, on the worker's thread.
    using Dial = std::function<Connected<int>(Clock::time_point until, const Cancellation&)>;

    struct Success {
        SessionHandle session;
        HostKey hostKey;
        QString authentication;
    };
    /// Called on the worker's thread; each hands over to another one and returns.
    struct Listener {
        std::function<void(SshQuestion)> asked;
        std::function<void(AnswerVerdict)> judged;     ///< the passphrase given last
        std::function<void(Connected<Success>)> ended; ///< once, at the end
    };

    /// all and host: how many handshakes there may be at a time, anywhere and at this host.
    ConnectJob(HostSettings settings, Dial dial, std::shared_ptr<Credentials> credentials,
               std::shared_ptr<Gate> all, std::shared_ptr<Gate> host, Listener listener);
    ~ConnectJob();
    Q_DISABLE_COPY_MOVE(ConnectJob)

    /// On the worker's thread. Blocks until it has ended.
    void run();

    // Any thread.
    void cancel() { m_cancellation.cancel(); }
    /// To the question that stands.
    void answer(const SshAnswer& answer);

private:
    [[nodiscard]] Connected<Success> connectOnce();
    [[nodiscard]] Connected<Success> connectPatiently();
    [[nodiscard]] bool enter();
    void leave();
    [[nodiscard]] std::optional<SshAnswer> ask(SshQuestion question);

    const HostSettings m_settings;
    const Dial m_dial;
    const std::shared_ptr<Credentials> m_credentials;
    const std::shared_ptr<Gate> m_all;
    const std::shared_ptr<Gate> m_host;
    const Listener m_listener;
    Cancellation m_cancellation;
    bool m_isInside = false; ///< both gates; of the worker
    std::mutex m_mutex;
    std::optional<SshAnswer> m_answer;
    int m_answered = -1; ///< readable while there is an answer
};

/// Resolves the name and races its addresses.
[[nodiscard]] ConnectJob::Dial dialDirectly(const HostSettings& settings);

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/connectjob.h"

#include <QString>

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace app {

/// The workers that connect: a thread for each job, and gates that let only so many handshakes go
/// on at a time. On the engine's thread.
class ConnectCrew {
public:
    static constexpr unsigned atATime = 16;
    static constexpr unsigned atAHost = 3;

    ConnectCrew() = default;
    /// Cancels what is under way, and waits for it.
    ~ConnectCrew();
    Q_DISABLE_COPY_MOVE(ConnectCrew)

    [[nodiscard]] std::shared_ptr<ConnectJob> start(const HostSettings& settings,
                                                    ConnectJob::Dial dial,
                                                    std::shared_ptr<Credentials> credentials,
                                                    ConnectJob::Listener listener);

private:
    struct Worker {
        std::weak_ptr<ConnectJob> job; ///< gone with what it was given, once it is done
        std::shared_ptr<std::atomic<bool>> isDone;
        std::thread thread;
    };

    void joinDone();

    std::shared_ptr<Gate> m_all = std::make_shared<Gate>(atATime);
    std::map<QString, std::shared_ptr<Gate>> m_hosts;
    std::list<Worker> m_workers;
};

} // namespace app

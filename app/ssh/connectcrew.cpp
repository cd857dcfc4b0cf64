// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/connectcrew.h"

#include <utility>

namespace app {

ConnectCrew::~ConnectCrew() {
    for (const Worker& worker : m_workers) {
        if (const auto job = worker.job.lock())
            job->cancel();
    }
    for (Worker& worker : m_workers)
        worker.thread.join();
}

std::shared_ptr<ConnectJob> ConnectCrew::start(const HostSettings& settings, ConnectJob::Dial dial,
                                               std::shared_ptr<Credentials> credentials,
                                               ConnectJob::Listener listener) {
    joinDone();
    std::shared_ptr<Gate>& host =
        m_hosts[QStringLiteral("%1:%2").arg(settings.hostName).arg(settings.port)];
    if (!host)
        host = std::make_shared<Gate>(atAHost);
    auto job = std::make_shared<ConnectJob>(settings, std::move(dial), std::move(credentials),
                                            m_all, host, std::move(listener));
    Worker worker;
    worker.job = job;
    worker.isDone = std::make_shared<std::atomic<bool>>(false);
    worker.thread = std::thread([own = job, isDone = worker.isDone]() mutable {
        own->run();
        own.reset();
        *isDone = true;
    });
    m_workers.push_back(std::move(worker));
    return job;
}

void ConnectCrew::joinDone() {
    m_workers.remove_if([](Worker& worker) {
        if (!*worker.isDone)
            return false;
        worker.thread.join();
        return true;
    });
}

} // namespace app

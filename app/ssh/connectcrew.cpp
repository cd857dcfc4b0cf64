// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/connectcrew.h"

#include <utility>

namespace app {

ConnectCrew::~ConnectCrew() {
    for (const Worker& worker : m_workers)
        worker.job->cancel();
    for (Worker& worker : m_workers)
        worker.thread.join();
}

std::shared_ptr<ConnectJob> ConnectCrew::start(const HostSettings& settings, ConnectJob::Dial dial,
                                               std::shared_ptr<KeyRing> keys,
                                               ConnectJob::Listener listener) {
    joinDone();
    std::shared_ptr<Gate>& host =
        m_hosts[QStringLiteral("%1:%2").arg(settings.hostName).arg(settings.port)];
    if (!host)
        host = std::make_shared<Gate>(atAHost);
    Worker worker;
    worker.job = std::make_shared<ConnectJob>(settings, std::move(dial), std::move(keys), m_all,
                                              host, std::move(listener));
    worker.isDone = std::make_shared<std::atomic<bool>>(false);
    worker.thread = std::thread([job = worker.job, isDone = worker.isDone] {
        job->run();
        *isDone = true;
    });
    m_workers.push_back(std::move(worker));
    return m_workers.back().job;
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

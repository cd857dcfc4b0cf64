// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostexaminations.h"

#include "app/ssh/hostexamination.h"

#include <algorithm>

namespace app {
namespace {

constexpr std::size_t mostAtOnce = 8;

} // namespace

HostExaminations::HostExaminations(SshHosts& hosts)
    : m_hosts(hosts) {}

HostExaminations::~HostExaminations() = default;

void HostExaminations::check(const QList<models::Host>& hosts) {
    for (const models::Host& host : hosts) {
        const bool isRunning =
            std::any_of(m_running.cbegin(), m_running.cend(),
                        [&host](const Running& one) { return one.host == host; });
        if (!isRunning && !m_waiting.contains(host))
            m_waiting.append(host);
    }
    beginNext();
}

void HostExaminations::beginNext() {
    while (m_running.size() < mostAtOnce && !m_waiting.isEmpty()) {
        const models::Host host = m_waiting.takeFirst();
        auto examination = std::make_unique<HostExamination>(host, m_hosts);
        HostExamination& begun = *examination;
        connect(&begun, &HostExamination::reported, this, [this, host](const HostReport& report) {
            Q_EMIT reported(report);
            // Later: it is in the middle of telling.
            if (report.isComplete)
                QMetaObject::invokeMethod(
                    this, [this, host] { end(host); }, Qt::QueuedConnection);
        });
        m_running.push_back({host, std::move(examination)});
        begun.begin();
    }
}

void HostExaminations::end(const models::Host& host) {
    std::erase_if(m_running, [&host](const Running& one) { return one.host == host; });
    beginNext();
}

} // namespace app

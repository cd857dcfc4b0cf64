// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/supervisor.h"

#include <utility>

namespace app {

Supervisor::Supervisor(const SupervisorChannel& shell, SupervisorKind kind, QObject* parent)
    : QObject(parent)
    , m_channel(shell.channel)
    , m_token(shell.token)
    , m_lines(shell.token)
    , m_kind(std::move(kind)) {
    m_channel->setParent(this);
    connect(m_channel, &Channel::outputRead, this, &Supervisor::read);
    connect(m_channel, &Channel::closed, this, &Supervisor::closed);
}

void Supervisor::keep(const QByteArray& call) {
    m_isReady = false;
    m_channel->write(call);
}

void Supervisor::giveOrder(const QByteArray& order) {
    Q_ASSERT(m_isReady);
    m_isReady = false;
    m_channel->write(order);
}

void Supervisor::expectOutput() {
    m_isOutputNext = true;
}

void Supervisor::read(const QByteArray& bytes) {
    m_lines.append(bytes);
    while (const auto reply = m_lines.next()) {
        m_isReady = reply->word == "ready";
        if (std::exchange(m_isOutputNext, false))
            Q_EMIT outputRead(reply->before);
        Q_EMIT replied(*reply);
    }
}

} // namespace app

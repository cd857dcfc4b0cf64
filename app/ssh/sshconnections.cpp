// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconnections.h"

#include "app/ssh/sshcontext.h"

#include <QPointer>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <utility>

namespace app {
namespace {

/// libssh writes to its agent without asking for errors instead of signals.
void ignoreBrokenPipes() {
    static std::once_flag once;
    std::call_once(once, [] { std::signal(SIGPIPE, SIG_IGN); });
}

/// Two names of one host, in two environments or in one, are one host.
bool isSameButForName(const HostSettings& one, HostSettings other) {
    other.name = one.name;
    return one == other;
}

} // namespace

SshConnections::SshConnections(QObject* parent)
    : QObject(parent) {
    ignoreBrokenPipes();
    m_context = std::make_shared<SshContext>();
}

SshConnections::~SshConnections() {
    // Some of them may wait for an event loop, which may be over, to be deleted. Children go before
    // what they share.
    qDeleteAll(findChildren<SshConnection*>(QString(), Qt::FindDirectChildrenOnly));
}

std::shared_ptr<SshConnection> SshConnections::sharedTo(const HostSettings& settings) const {
    for (const Known& known : m_known) {
        if (known.sharing != Sharing::Shared || !isSameButForName(known.settings, settings))
            continue;
        if (auto connection = known.connection.lock())
            return connection;
    }
    return nullptr;
}

std::shared_ptr<SshConnection> SshConnections::connectionTo(const HostSettings& settings) {
    if (auto shared = sharedTo(settings))
        return shared;
    auto connection = make(settings, Sharing::Shared);
    m_known.append({settings, connection, Sharing::Shared});
    return connection;
}

std::shared_ptr<SshConnection> SshConnections::anotherTo(const HostSettings& settings) {
    auto connection = make(settings, Sharing::Own);
    m_known.append({settings, connection, Sharing::Own});
    return connection;
}

std::shared_ptr<SshConnection> SshConnections::make(const HostSettings& settings, Sharing sharing) {
    m_known.removeIf([](const Known& known) { return known.connection.expired(); });
    std::shared_ptr<SshConnection> jump;
    if (!settings.jumps.isEmpty()) {
        HostSettings last = settings.jumps.last();
        last.jumps = settings.jumps.mid(0, settings.jumps.size() - 1);
        jump = connectionTo(last);
    }
    const auto shared = sharing == Sharing::Own ? sharedTo(settings) : nullptr;
    auto* const made = new SshConnection(
        m_context, settings, std::move(jump),
        shared ? shared->credentials() : std::make_shared<Credentials>(m_context->keys), this);
    // Deleted later: what it says may be the reason to let it go.
    auto connection = std::shared_ptr<SshConnection>(
        made, [guard = QPointer<SshConnection>(made)](SshConnection*) {
            if (guard)
                guard->deleteLater();
        });
    connect(made, &SshConnection::questionAsked, this, &SshConnections::questionAsked);
    connect(made, &SshConnection::questionWithdrawn, this, &SshConnections::questionWithdrawn);
    connect(made, &SshConnection::answerJudged, this, &SshConnections::answerJudged);
    if (sharing == Sharing::Shared) {
        for (const auto change : {&SshConnection::stateChanged, &SshConnection::silenceChanged})
            connect(made, change, this, [this, made] { Q_EMIT stateChanged(made); });
        connect(made, &QObject::destroyed, this,
                [this, id = made->id(), address = settings.address()] {
                    Q_EMIT connectionGone(id, address);
                });
    }
    return connection;
}

QList<std::shared_ptr<SshConnection>> SshConnections::connections() const {
    QList<std::shared_ptr<SshConnection>> all;
    for (const Known& known : m_known) {
        if (auto connection = known.connection.lock())
            all.append(std::move(connection));
    }
    return all;
}

bool SshConnections::answer(quint64 question, const SshAnswer& answer) {
    const auto all = connections();
    return std::any_of(all.cbegin(), all.cend(), [&](const auto& connection) {
        return connection->answer(question, answer);
    });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshhosts.h"

#include "app/ssh/hostplace.h"
#include "app/ssh/keyring.h"

#include <QDateTime>

#include <utility>

namespace app {
namespace {

models::Instant inMilliseconds(std::chrono::milliseconds fromNow) {
    return {(QDateTime::currentMSecsSinceEpoch() + fromNow.count()) * 1'000'000};
}

HostLink::State stateOf(SshConnection::State state) {
    switch (state) {
    case SshConnection::State::Idle:
        return HostLink::State::Idle;
    case SshConnection::State::Connecting:
        return HostLink::State::Connecting;
    case SshConnection::State::Asking:
        return HostLink::State::Asking;
    case SshConnection::State::Connected:
        return HostLink::State::Connected;
    case SshConnection::State::Waiting:
        return HostLink::State::Waiting;
    case SshConnection::State::Failed:
        return HostLink::State::Failed;
    }
    Q_UNREACHABLE();
}

HostLink::Cause causeOf(ConnectFailure::Kind kind) {
    switch (kind) {
    case ConnectFailure::Kind::Unreachable:
    case ConnectFailure::Kind::Dropped:
        return HostLink::Cause::Unreachable;
    case ConnectFailure::Kind::Rejected:
        return HostLink::Cause::HostKey;
    case ConnectFailure::Kind::Denied:
        return HostLink::Cause::Denied;
    case ConnectFailure::Kind::Unusable:
        return HostLink::Cause::Settings;
    case ConnectFailure::Kind::Cancelled:
        return HostLink::Cause::Cancelled;
    }
    Q_UNREACHABLE();
}

HostLink linkOf(const SshConnection& connection) {
    HostLink link;
    link.name = connection.settings().name;
    link.address = connection.settings().address();
    link.state = stateOf(connection.state());
    if (!connection.error().message.isEmpty()) {
        link.error = connection.error();
        link.cause = causeOf(connection.failureKind());
    }
    link.failures = connection.failures();
    link.since = inMilliseconds(std::chrono::milliseconds(0));
    if (connection.state() == SshConnection::State::Waiting)
        link.retryAt = inMilliseconds(connection.retryIn());
    link.fingerprint = connection.hostKey().fingerprint;
    link.authentication = connection.authentication();
    return link;
}

} // namespace

SshHosts::SshHosts(Surroundings surroundings)
    : m_surroundings(std::move(surroundings)) {
    connect(&m_connections, &SshConnections::questionAsked, this, &SshHosts::questionAsked);
    connect(&m_connections, &SshConnections::questionWithdrawn, this, &SshHosts::questionWithdrawn);
    connect(&m_connections, &SshConnections::stateChanged, this,
            [this](const SshConnection* connection) { tell(*connection); });
    connect(&m_connections, &SshConnections::connectionGone, this,
            [this](quint64 connection, const QString& address) {
                m_roundTrips.remove(connection);
                // A run has let go of it: nothing wants it any more.
                for (const QString& name : m_names.take(connection)) {
                    HostLink link;
                    link.ssh = name;
                    link.address = address;
                    link.since = inMilliseconds(std::chrono::milliseconds(0));
                    Q_EMIT linkChanged(link);
                }
            });
}

SshHosts::~SshHosts() {
    m_connections.disconnect(this);
}

HostSettings SshHosts::settingsFor(const models::Host& host) const {
    const models::Result<HostSettings> resolved =
        resolveHost(host.name, host.ssh, m_surroundings());
    if (resolved)
        return *resolved;
    HostSettings refused;
    refused.name = host.name;
    refused.hostName = host.name;
    refused.notes = {
        {SettingsNote::Weight::Blocks, {}, 0, QStringLiteral("ssh"), resolved.error().message}};
    return refused;
}

std::unique_ptr<Place> SshHosts::place(const models::Host& host) {
    auto place = std::make_unique<HostPlace>(host.name, settingsFor(host), m_connections);
    show(place->connection(), host);
    return place;
}

void SshHosts::show(const SshConnection& connection, const models::Host& host) {
    QStringList& names = m_names[connection.id()];
    if (names.contains(host.ssh))
        return;
    names.append(host.ssh);
    tell(connection);
}

/// A jump host is in no workspace: it goes by the name that leads to it.
QStringList SshHosts::namesOf(const SshConnection& connection) const {
    return m_names.value(connection.id(), {connection.settings().name});
}

void SshHosts::tell(const SshConnection& connection) {
    HostLink link = linkOf(connection);
    link.roundTrip = m_roundTrips.value(connection.id());
    for (const QString& name : namesOf(connection)) {
        link.ssh = name;
        Q_EMIT linkChanged(link);
    }
}

void SshHosts::noteRoundTrip(const SshConnection& connection, std::chrono::microseconds roundTrip) {
    m_roundTrips.insert(connection.id(), roundTrip);
    tell(connection);
}

void SshHosts::answer(quint64 question, SshAnswer answer) {
    m_connections.answer(question, answer);
    for (QByteArray& text : answer.texts)
        burn(text);
}

void SshHosts::with(const QString& ssh, const std::function<void(SshConnection&)>& act) {
    for (const auto& connection : m_connections.connections()) {
        if (namesOf(*connection).contains(ssh))
            act(*connection);
    }
}

void SshHosts::connectNow(const QString& ssh) {
    with(ssh, [](SshConnection& connection) { connection.connectNow(); });
}

void SshHosts::giveUp(const QString& ssh) {
    with(ssh, [](SshConnection& connection) { connection.cancel(); });
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshhosts.h"

#include "app/diagnostics/clock.h"
#include "app/ssh/hostplace.h"
#include "app/ssh/hostreach.h"
#include "app/ssh/keyring.h"
#include "app/ssh/shellprobe.h"

#include <utility>

namespace app {
namespace {

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
    link.since = presentInstant();
    if (connection.state() == SshConnection::State::Waiting)
        link.retryAt = {presentInstant().nanoseconds +
                        std::chrono::nanoseconds(connection.retryIn()).count()};
    if (const auto silent = connection.silentSince()) {
        const std::chrono::nanoseconds passed = std::chrono::steady_clock::now() - *silent;
        link.state = HostLink::State::Silent;
        link.since.nanoseconds -= passed.count();
    }
    link.fingerprint = connection.hostKey().fingerprint;
    link.authentication = connection.authentication();
    return link;
}

} // namespace

SshHosts::SshHosts(Surroundings surroundings)
    : m_surroundings(std::move(surroundings)) {
    connect(&m_connections, &SshConnections::questionAsked, this, &SshHosts::questionAsked);
    connect(&m_connections, &SshConnections::questionWithdrawn, this, &SshHosts::questionWithdrawn);
    connect(&m_connections, &SshConnections::stateChanged, this, [this](SshConnection* connection) {
        tell(*connection);
        measure(*connection);
    });
    connect(&m_connections, &SshConnections::answerJudged, this, &SshHosts::answerJudged);
    connect(&m_connections, &SshConnections::connectionGone, this, &SshHosts::tellGone);
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

std::unique_ptr<Place> SshHosts::place(const models::Host& host, models::AskedBy askedBy) {
    auto place = std::make_unique<HostPlace>(host.name, settingsFor(host), m_connections);
    place->setAskedBy(askedBy);
    show(place->connection(), host);
    return place;
}

std::unique_ptr<Reach> SshHosts::reach(const models::Host& host) {
    auto reach = std::make_unique<HostReach>(
        host.name, m_connections.connectionTo(settingsFor(host)), m_connections);
    show(reach->connection(), host);
    return reach;
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
    const Measured measured = m_measured.value(connection.id());
    link.roundTrip = measured.roundTrip;
    link.clockAhead = measured.clockAhead;
    link.clockDoubt = measured.clockDoubt;
    for (const QString& name : namesOf(connection)) {
        link.ssh = name;
        link.isHeld = m_held.contains(name);
        m_links.insert(name, link);
        Q_EMIT linkChanged(link);
    }
}

/// Once for each session of a host that is shown: its clock may have been set in between.
void SshHosts::measure(SshConnection& connection) {
    const quint64 session = connection.session();
    if (connection.state() != SshConnection::State::Connected || session == 0 ||
        !m_names.contains(connection.id()) || m_measured.value(connection.id()).session == session)
        return;
    m_measured[connection.id()].session = session;
    new ShellProbe(
        connection,
        [this, watched = QPointer(&connection)](const ShellFindings& findings) {
            if (!watched || findings.error)
                return;
            Measured& measured = m_measured[watched->id()];
            measured.roundTrip = findings.roundTrip;
            measured.clockAhead = findings.clockAhead;
            measured.clockDoubt = findings.clockDoubt;
            tell(*watched);
        },
        &connection);
}

/// Nothing wants it any more. What was found out about the host stays.
void SshHosts::tellGone(quint64 connection) {
    m_measured.remove(connection);
    for (const QString& name : m_names.take(connection)) {
        if (!named(name).isEmpty())
            continue; // another one took its place
        HostLink link = m_links.take(name);
        link.state = HostLink::State::Idle;
        link.isHeld = false;
        link.failures = 0;
        link.retryAt = {};
        link.since = presentInstant();
        Q_EMIT linkChanged(link);
    }
}

void SshHosts::noteRoundTrip(const SshConnection& connection, std::chrono::microseconds roundTrip) {
    m_measured[connection.id()].roundTrip = roundTrip;
    tell(connection);
}

void SshHosts::answer(quint64 question, SshAnswer answer) {
    if (!m_connections.answer(question, answer))
        Q_EMIT answerJudged(question, AnswerVerdict::Unknown);
    burn(answer.texts);
}

QList<std::shared_ptr<SshConnection>> SshHosts::named(const QString& ssh) const {
    QList<std::shared_ptr<SshConnection>> found;
    for (const auto& connection : m_connections.connections()) {
        if (namesOf(*connection).contains(ssh))
            found.append(connection);
    }
    return found;
}

void SshHosts::connectNow(const models::Host& host) {
    // One that is held for nothing but this is made anew: its settings may have been mended.
    if (const auto held = m_held.take(host.ssh); held && held->settings() == settingsFor(host))
        m_held.insert(host.ssh, held);
    if (named(host.ssh).isEmpty()) {
        const auto made = m_connections.connectionTo(settingsFor(host));
        m_held.insert(host.ssh, made);
        show(*made, host);
    }
    for (const auto& connection : named(host.ssh))
        connection->connectNow();
}

void SshHosts::giveUp(const QString& ssh) {
    for (const auto& connection : named(ssh))
        connection->cancel();
    hangUp(ssh);
}

void SshHosts::hangUp(const QString& ssh) {
    const std::weak_ptr<SshConnection> left = m_held.take(ssh);
    // Where that was the last who wanted it, it is gone, and told of as such.
    if (const auto used = left.lock())
        tell(*used);
}

} // namespace app

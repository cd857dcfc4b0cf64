// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/connectjob.h"

#include "app/ssh/addressrace.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace app {
namespace {

using Kind = ConnectFailure::Kind;

/// sshd hangs up on some of those that come at the same moment (MaxStartups).
constexpr int dropLimit = 5;
constexpr int firstBreath = 100; // ms

tl::unexpected<ConnectFailure> cancelled() {
    return noConnection(Kind::Cancelled, models::ErrorCode::Cancelled,
                        QCoreApplication::translate("ConnectJob", "Connecting was cancelled."));
}

} // namespace

ConnectJob::ConnectJob(HostSettings settings, Dial dial, std::shared_ptr<Credentials> credentials,
                       std::shared_ptr<Gate> all, std::shared_ptr<Gate> host, Listener listener)
    : m_settings(std::move(settings))
    , m_dial(std::move(dial))
    , m_credentials(std::move(credentials))
    , m_all(std::move(all))
    , m_host(std::move(host))
    , m_listener(std::move(listener))
    , m_answered(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

ConnectJob::~ConnectJob() {
    if (m_answer) // it came too late to be used
        burn(m_answer->texts);
    ::close(m_answered);
}

void ConnectJob::run() {
    m_listener.ended(connectPatiently());
}

Connected<ConnectJob::Success> ConnectJob::connectPatiently() {
    for (int drops = 1;; ++drops) {
        if (!enter())
            return cancelled();
        auto result = connectOnce();
        leave();
        if (result || result.error().kind != Kind::Dropped)
            return result;
        if (drops == dropLimit) {
            result.error().kind = Kind::Unreachable;
            return result;
        }
        // Those that were hung up on together do not come back together.
        const int most = firstBreath << drops;
        const std::chrono::milliseconds breath(
            QRandomGenerator::global()->bounded(firstBreath, most + 1));
        if (m_cancellation.wait(-1, 0, Clock::now() + breath) == Cancellation::Wake::Cancelled)
            return cancelled();
    }
}

Connected<ConnectJob::Success> ConnectJob::connectOnce() {
    const auto descriptor = m_dial(Clock::now() + m_settings.connectTimeout, m_cancellation);
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    const Asker asker{[this](SshQuestion question) { return ask(std::move(question)); },
                      m_listener.judged};
    Handshake handshake(m_settings, *m_credentials, asker, m_cancellation);
    auto session = handshake.perform(*descriptor);
    if (!session) {
        ConnectFailure failure = std::move(session.error());
        failure.hostKey = handshake.hostKey();
        return tl::unexpected(std::move(failure));
    }
    return Success{std::move(*session), handshake.hostKey(), handshake.authentication()};
}

bool ConnectJob::enter() {
    // The narrow one first: who waits at it keeps nobody else out.
    if (!m_host->enter(m_cancellation))
        return false;
    m_isInside = m_all->enter(m_cancellation);
    if (!m_isInside)
        m_host->leave();
    return m_isInside;
}

void ConnectJob::leave() {
    if (!std::exchange(m_isInside, false))
        return;
    m_all->leave();
    m_host->leave();
}

std::optional<SshAnswer> ConnectJob::ask(SshQuestion question) {
    // A person takes the time that it takes; the others go on meanwhile.
    leave();
    m_listener.asked(std::move(question));
    const auto woken =
        m_cancellation.wait(m_answered, POLLIN, Cancellation::Clock::time_point::max());
    std::optional<SshAnswer> answer;
    if (woken == Cancellation::Wake::Ready) {
        const std::scoped_lock lock(m_mutex);
        eventfd_t count = 0;
        eventfd_read(m_answered, &count);
        answer = std::exchange(m_answer, std::nullopt);
    }
    return enter() ? answer : std::nullopt;
}

void ConnectJob::answer(const SshAnswer& answer) {
    // Bytes of its own, which nobody shares, so that the worker can overwrite them.
    SshAnswer own{answer.decision, {}, answer.origin};
    for (const QByteArray& text : answer.texts)
        own.texts.append(QByteArray(text.constData(), text.size()));
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(own);
    eventfd_write(m_answered, 1);
}

ConnectJob::Dial dialDirectly(const HostSettings& settings) {
    return [settings](ConnectJob::Clock::time_point until, const Cancellation& cancellation) {
        return resolve(settings.hostName, settings.port, until, cancellation)
            .and_then([&](const std::vector<SocketAddress>& addresses) {
                return raceAddresses(addresses, settings.address(), until, cancellation);
            });
    };
}

} // namespace app

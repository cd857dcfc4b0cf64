// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/livesession.h"

#include "app/ssh/livechannel.h"
#include "app/ssh/mailbox.h"

#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

#include <libssh/server.h>

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr uint64_t turnSize = 256 * 1024;
/// What libssh keeps by itself is enough below this.
constexpr quint32 usualWindow = 1'280'000;
constexpr quint32 largestWindow = 8 * 1024 * 1024;
/// What a fast line carries in a second: the window for a round trip.
constexpr double lineRate = 160e6;

/// How long an answer may take. Less than an interval: a host that is gone is noticed well within
/// the intervals that its misses and the quiet one before them make.
std::chrono::milliseconds answerTime(const KeepAlive& keepAlive) {
    return keepAlive.interval * 4 / 5;
}

/// How long an answer takes that is no sign of trouble, on a bad line too.
std::chrono::milliseconds usualTime(const KeepAlive& keepAlive) {
    return std::min(std::chrono::milliseconds(3'000), answerTime(keepAlive) / 3);
}

} // namespace

/// An event of its own for each session: in a shared one every call looks at all of them.
struct LiveSession::Event {
    explicit Event(ssh_session polled)
        : session(polled)
        , event(ssh_event_new()) {
        ssh_event_add_session(event, session);
    }
    ~Event() {
        ssh_event_remove_session(event, session);
        ssh_event_free(event);
    }
    Q_DISABLE_COPY_MOVE(Event)

    ssh_session session;
    ssh_event event;
};

LiveSession::LiveSession(SessionHandle session, const KeepAlive& keepAlive, const MailAddress& self,
                         SessionListener listener)
    : m_mail(std::make_shared<MailAddress>(self))
    , m_listener(std::move(listener))
    , m_session(std::move(session))
    , m_keepAlive(keepAlive) {
    ssh_set_blocking(m_session.get(), 0);
    ssh_set_counters(m_session.get(), &m_counter, nullptr);
    m_event = std::make_unique<Event>(m_session.get());
    const int descriptor = ssh_get_fd(m_session.get());
    m_readable = new QSocketNotifier(descriptor, QSocketNotifier::Read, this);
    m_writable = new QSocketNotifier(descriptor, QSocketNotifier::Write, this);
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &LiveSession::pump);
    connect(m_writable, &QSocketNotifier::activated, this, &LiveSession::pump);
    m_gathering = new QTimer(this);
    m_gathering->setSingleShot(true);
    m_gathering->setTimerType(Qt::PreciseTimer);
    connect(m_gathering, &QTimer::timeout, this, &LiveSession::pump);
    m_probe = new QTimer(this);
    m_probe->setSingleShot(true);
    // A coarse one may be a twentieth late, each time.
    m_probe->setTimerType(Qt::PreciseTimer);
    connect(m_probe, &QTimer::timeout, this, &LiveSession::probe);
    if (m_keepAlive.interval.count() > 0)
        m_probe->start(m_keepAlive.interval);
    // What came behind the login is in libssh's buffers already, and no notifier tells of it.
    pumpSoon();
}

LiveSession::~LiveSession() {
    delete m_readable;
    delete m_writable;
    m_channels.clear();
    m_event.reset();
}

LiveChannel* LiveSession::channel(quint64 id) const {
    const auto found = m_channels.find(id);
    return found == m_channels.end() ? nullptr : found->second.get();
}

void LiveSession::open(quint64 id, const ChannelTarget& target, std::unique_ptr<ChannelSink> sink) {
    if (m_isDead) {
        sink->closed({{}, {}, tr("The connection is gone."), true});
        return;
    }
    const auto made = m_channels.emplace(
        id, std::make_unique<LiveChannel>(id, m_session.get(), target, std::move(sink), m_news));
    made.first->second->setWindow(m_window);
    askSoon();
}

void LiveSession::write(quint64 id, const QByteArray& bytes) {
    if (LiveChannel* const found = channel(id)) {
        found->write(bytes);
        askSoon();
    }
}

void LiveSession::closeInput(quint64 id) {
    if (LiveChannel* const found = channel(id)) {
        found->closeInput();
        askSoon();
    }
}

void LiveSession::resume(quint64 id) {
    if (LiveChannel* const found = channel(id)) {
        found->resume();
        pumpSoon();
    }
}

void LiveSession::hangUp(quint64 id) {
    if (LiveChannel* const found = channel(id)) {
        found->hangUp();
        askSoon();
    }
}

qsizetype LiveSession::pendingInput(quint64 id) const {
    const LiveChannel* const found = channel(id);
    return found == nullptr ? 0 : found->pendingInput();
}

/// Something was asked for.
void LiveSession::askSoon() {
    m_pace.noteRequest(ReadingPace::Clock::now());
    pumpSoon();
}

void LiveSession::pumpSoon() {
    if (std::exchange(m_isPumpQueued, true))
        return;
    m_mail->post([self = QPointer<LiveSession>(this)] {
        LiveSession* const live = self.data();
        if (live == nullptr)
            return;
        live->m_isPumpQueued = false;
        live->pump();
    });
}

void LiveSession::pump() {
    if (m_isDead || std::exchange(m_isPumping, true))
        return;
    const uint64_t before = m_counter.in_bytes;
    bool isLively = true;
    bool hasMore = false;
    while (isLively) {
        const uint64_t seen = m_counter.in_bytes;
        isLively = turn();
        stepChannels();
        // Stepping reads as well; what it read may be what another channel waits for.
        isLively = isLively || m_counter.in_bytes != seen;
        hasMore = m_counter.in_bytes - before > turnSize;
        if (isGone() || hasMore)
            break;
    }
    m_isPumping = false;
    noteSign();
    // Closing a channel writes, and what writes may find that the line is gone.
    clearUp();
    if (isGone()) {
        die(QString::fromUtf8(ssh_get_error(m_session.get())));
        return;
    }
    m_writable->setEnabled((ssh_get_poll_flags(m_session.get()) & SSH_WRITE_PENDING) != 0);
    pace(m_counter.in_bytes - before);
    if (hasMore)
        pumpSoon();
}

/// All sessions that gather look at the same moments, so that one wake is enough for them all.
void LiveSession::pace(uint64_t bytes) {
    using Clock = ReadingPace::Clock;
    const auto now = Clock::now();
    const bool isWaiting = std::any_of(m_news.cbegin(), m_news.cend(),
                                       [](const auto* one) { return one->isWaiting(); });
    if (isWaiting)
        m_pace.noteRequest(now);
    const bool isGathering = m_pace.noteRead(bytes, now) == ReadingPace::Mode::Gathering;
    m_readable->setEnabled(!isGathering);
    if (!isGathering) {
        m_gathering->stop();
    } else if (!m_gathering->isActive()) {
        const auto passed = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch()) %
                            ReadingPace::gatherTime;
        m_gathering->start(ReadingPace::gatherTime - passed);
    }
}

/// One look at the socket. True where there was something.
bool LiveSession::turn() {
    const int result = ssh_event_dopoll(m_event->event, 0);
    return result != SSH_AGAIN && result != SSH_ERROR;
}

bool LiveSession::isGone() const {
    return ssh_is_connected(m_session.get()) == 0 ||
           (ssh_get_status(m_session.get()) & (SSH_CLOSED | SSH_CLOSED_ERROR)) != 0;
}

void LiveSession::stepChannels() {
    if (isGone())
        return;
    // Stepping one may bring news of another.
    for (size_t i = 0; i < m_news.size(); ++i) {
        if (m_news[i]->needsStep())
            m_news[i]->step();
    }
}

void LiveSession::clearUp() {
    // Hundreds of channels may hand over what they have, most of it to one receiver.
    const MailBundle bundle;
    const auto seen = std::exchange(m_news, {});
    for (LiveChannel* const one : seen) {
        one->flush();
        learnRoundTrip(*one);
        if (one->isOver())
            m_channels.erase(one->id());
        else if (one->needsStep())
            one->note();
    }
}

/// Opening a channel is a round trip that costs nothing extra.
void LiveSession::learnRoundTrip(const LiveChannel& from) {
    const auto taken = from.roundTrip();
    if (taken.count() == 0 || (m_roundTrip.count() != 0 && taken >= m_roundTrip))
        return;
    m_roundTrip = taken;
    const double carried = lineRate * std::chrono::duration<double>(taken).count();
    m_window =
        carried <= double(usualWindow) ? 0 : quint32(std::min(carried, double(largestWindow)));
    for (const auto& [id, one] : m_channels)
        one->setWindow(m_window);
}

/// The time for a question has come, or that for its answer is unusually long, or over.
void LiveSession::probe() {
    const bool wasAsking = m_isAsking;
    // What came while this thread had no time is a sign as well.
    pump();
    if (m_isDead || (wasAsking && !m_isAsking))
        return;
    if (m_isAsking && !std::exchange(m_isSilent, true)) {
        m_probe->start(answerTime(m_keepAlive) - usualTime(m_keepAlive));
        m_listener.silent(m_askedAt);
        return;
    }
    if (std::exchange(m_isAsking, false) && ++m_misses >= m_keepAlive.misses) {
        die(tr("Nothing came back any more."));
        return;
    }
    ask();
}

/// For a sign of life. Anything that comes from now on is one.
void LiveSession::ask() {
    m_isAsking = true;
    m_askedAt = std::chrono::steady_clock::now();
    m_askedBytes = m_counter.in_bytes;
    m_probe->start(m_isSilent ? answerTime(m_keepAlive) : usualTime(m_keepAlive));
    // The first call takes note of the answer before, and sends only where there is none to note.
    if (ssh_send_keepalive(m_session.get()) != SSH_AGAIN)
        (void)ssh_send_keepalive(m_session.get());
    pump();
}

/// The next question is due an interval after the last: it costs an idle connection no other wake.
void LiveSession::noteSign() {
    if (!m_isAsking || m_counter.in_bytes == m_askedBytes)
        return;
    m_isAsking = false;
    m_misses = 0;
    if (std::exchange(m_isSilent, false))
        m_listener.silent({});
    const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - m_askedAt);
    m_probe->start(std::max(m_keepAlive.interval - passed, std::chrono::milliseconds(0)));
}

void LiveSession::end(const QString& why) {
    m_listener = {};
    if (!m_isDead)
        die(why);
}

/// No channel hears of it from libssh.
void LiveSession::die(const QString& why) {
    m_isDead = true;
    m_probe->stop();
    m_gathering->stop();
    // One of them may be what brought us here. The descriptor is closed below.
    for (QSocketNotifier* one : {m_readable, m_writable}) {
        one->setEnabled(false);
        one->deleteLater();
    }
    m_readable = m_writable = nullptr;
    // Told before its channels: what wants a new one at once is to wait for the next connection.
    if (const auto lost = std::exchange(m_listener, {}).lost)
        lost(why);
    for (const auto& [id, one] : m_channels)
        one->fail(why);
    m_channels.clear();
    m_event.reset();
    m_session.reset();
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/livechannel.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace app {
namespace {

constexpr quint32 writeSize = 32 * 1024;
constexpr quint32 readSize = 64 * 1024;
/// Whoever takes all that libssh holds of a stream, or leaves less than 640,000 bytes of it, grants
/// the host a new window: so much stays there while a reader waits.
constexpr qsizetype ballast = 656 * 1024;
/// What waits in memory for a reader, with the ballast, when the sink is full. What the sink could
/// take still is room here too.
constexpr qsizetype waitingLimit = 1280 * 1024;
/// A stream is taken for a busy one once so much came.
constexpr qsizetype busySize = 128 * 1024;

} // namespace

LiveChannel::LiveChannel(quint64 id, ssh_session session, ChannelTarget target,
                         std::unique_ptr<ChannelSink> sink, News& news)
    : m_id(id)
    , m_session(session)
    , m_channel(ssh_channel_new(session))
    , m_target(std::move(target))
    , m_sink(std::move(sink))
    , m_news(news)
    , m_begun(Clock::now()) {
    note();
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = &LiveChannel::onData;
    m_callbacks.channel_eof_function = &LiveChannel::onEnd;
    m_callbacks.channel_close_function = &LiveChannel::onClose;
    m_callbacks.channel_exit_status_function = &LiveChannel::onExitStatus;
    m_callbacks.channel_exit_signal_function = &LiveChannel::onExitSignal;
    ssh_add_channel_callbacks(m_channel, &m_callbacks);
}

LiveChannel::~LiveChannel() {
    std::erase(m_news, this);
    // It goes on calling back after it was freed.
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    if (m_isOpen && ssh_is_connected(m_session) != 0) {
        // Freeing gives up closing where the end of the input cannot be sent at once, and then the
        // host keeps its end for as long as the session lives.
        ssh_channel_send_eof(m_channel);
        ssh_channel_close(m_channel);
    }
    ssh_channel_free(m_channel);
}

void LiveChannel::note() {
    if (!std::exchange(m_isNoted, true))
        m_news.push_back(this);
}

void LiveChannel::closeInput() {
    m_closeInput = true;
    note();
}

void LiveChannel::resume() {
    m_isResumed = true;
    note();
}

void LiveChannel::write(const QByteArray& bytes) {
    if (m_closeInput)
        return;
    if (m_sent > 0) {
        m_input.remove(0, m_sent);
        m_sent = 0;
    }
    m_input += bytes;
    note();
}

void LiveChannel::hangUp() {
    m_sink.reset();
    m_input.clear();
    m_sent = 0;
    // A channel that is on its way has to arrive first: the host would keep its end for ever.
    if (m_state == State::Requesting || m_state == State::Running)
        m_state = State::Over;
    note();
}

void LiveChannel::fail(const QString& why) {
    if (m_state == State::Over)
        return;
    m_end.isCutOff = true;
    finish(why);
}

bool LiveChannel::needsStep() const {
    switch (m_state) {
    case State::Opening:
    case State::Requesting:
        return true;
    case State::Running:
        return pendingInput() > 0 || (m_closeInput && !m_inputClosed) || m_isResumed ||
               (m_isRemoteClosed && !m_isStalled) || (!m_isStalled && wantsWindow());
    case State::Over:
        return false;
    }
    Q_UNREACHABLE();
}

void LiveChannel::step() {
    if (m_state == State::Opening)
        stepOpening();
    if (m_state == State::Requesting)
        stepRequesting();
    if (m_state != State::Running)
        return;
    sendInput();
    if (std::exchange(m_isResumed, false) && m_isStalled)
        drain();
    if (m_state != State::Running)
        return;
    growWindow();
    if (m_isRemoteClosed && !m_isStalled)
        finish();
}

int LiveChannel::open() {
    switch (m_target.kind) {
    case ChannelTarget::Kind::Command:
        return ssh_channel_open_session(m_channel);
    case ChannelTarget::Kind::UnixSocket:
        return ssh_channel_open_forward_unix(m_channel, m_target.text.constData(), "localhost", 0);
    case ChannelTarget::Kind::Tcp:
        return ssh_channel_open_forward(m_channel, m_target.text.constData(), m_target.port,
                                        "localhost", 0);
    }
    Q_UNREACHABLE();
}

void LiveChannel::stepOpening() {
    const int result = open();
    if (result == SSH_AGAIN)
        return;
    if (result != SSH_OK) {
        finish(QString::fromUtf8(ssh_get_error(m_session)));
        return;
    }
    m_roundTrip = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_begun);
    m_isOpen = true;
    if (!m_sink) {
        m_state = State::Over;
        return;
    }
    if (m_target.kind == ChannelTarget::Kind::Command) {
        m_state = State::Requesting;
    } else {
        m_state = State::Running;
        m_sink->opened();
    }
}

void LiveChannel::stepRequesting() {
    const int result = ssh_channel_request_exec(m_channel, m_target.text.constData());
    // A short command may have come and gone by the time that its success is told.
    if (result == SSH_AGAIN && !m_isRemoteClosed)
        return;
    if (result != SSH_OK && !m_isRemoteClosed) {
        finish(QString::fromUtf8(ssh_get_error(m_session)));
        return;
    }
    m_state = State::Running;
    m_sink->opened();
}

void LiveChannel::sendInput() {
    const bool hadInput = pendingInput() > 0;
    while (pendingInput() > 0 && !m_isRemoteClosed) {
        const quint32 window = ssh_channel_window_size(m_channel);
        const auto size =
            quint32(std::min<qsizetype>({m_input.size() - m_sent, writeSize, window}));
        // Beyond its window, and while its buffer is not empty, it would keep what it is given.
        if (size == 0 || (ssh_get_status(m_session) & SSH_WRITE_PENDING) != 0)
            return;
        const int sent = ssh_channel_write(m_channel, m_input.constData() + m_sent, size);
        if (sent <= 0)
            return;
        m_sent += sent;
    }
    m_input.clear();
    m_sent = 0;
    if (hadInput)
        m_sink->noteSent();
    if (m_closeInput && !m_inputClosed) {
        m_inputClosed = true;
        ssh_channel_send_eof(m_channel);
    }
}

void LiveChannel::drain() {
    m_isStalled = false;
    if (!m_backlog.isEmpty()) {
        // Reading libssh's buffer brings a whole new window. Not before the reader has caught up.
        if (drainBacklog())
            stall();
        return;
    }
    drainBuffer(OutputStream::Stdout);
    if (!m_isStalled)
        drainBuffer(OutputStream::Stderr);
}

/// False where the channel is over with it.
bool LiveChannel::drainBacklog() {
    while (m_sink && !m_backlog.isEmpty()) {
        const qsizetype room = m_sink->room();
        if (room <= 0)
            break;
        const Backlog::Piece piece = m_backlog.take(room);
        if (piece.bytes.isEmpty()) {
            m_end.isCutOff = true;
            finish(QCoreApplication::translate(
                "LiveChannel", "Output that waited on disk for its reader cannot be read again."));
            return false;
        }
        receive(piece.stream, piece.bytes.constData(), piece.bytes.size());
    }
    return true;
}

/// A channel whose callback took nothing never calls it again by itself.
void LiveChannel::drainBuffer(OutputStream stream) {
    const int isError = stream == OutputStream::Stderr ? 1 : 0;
    std::vector<char> bytes;
    while (m_sink) {
        const int waiting = ssh_channel_poll(m_channel, isError);
        m_buffered[size_t(isError)] = std::max(waiting, 0);
        if (waiting <= 0)
            return;
        const qsizetype room = m_sink->room();
        if (room <= 0) {
            stall();
            return;
        }
        bytes.resize(size_t(std::min<qsizetype>({waiting, room, readSize})));
        const int count =
            ssh_channel_read_nonblocking(m_channel, bytes.data(), quint32(bytes.size()), isError);
        if (count <= 0)
            return;
        receive(stream, bytes.data(), count);
    }
}

/// Takes from libssh what goes beyond the ballast, while its reader waits. Gives how much.
qsizetype LiveChannel::putAside(OutputStream stream, const char* bytes, qsizetype size) {
    qsizetype& buffered = m_buffered[stream == OutputStream::Stderr ? 1 : 0];
    const qsizetype taken = size > ballast + qsizetype(readSize) ? size - ballast : 0;
    buffered = size - taken;
    if (taken > 0)
        m_backlog.append(stream, bytes, taken, memoryRoom());
    return taken;
}

qsizetype LiveChannel::memoryRoom() const {
    const qsizetype room = m_sink ? std::max<qsizetype>(m_sink->room(), 0) : 0;
    return waitingLimit + room - m_buffered[0] - m_buffered[1];
}

/// libssh keeps a window that a line with a long round trip is soon through with, unless a reader
/// asks for more than is in it. Only streams that are busy and kept up with get a large one.
void LiveChannel::growWindow() {
    if (!wantsWindow() || m_isStalled || m_isRemoteClosed)
        return;
    m_sinceGrown = 0;
    m_hasGrown = true;
    static thread_local std::vector<char> scratch;
    scratch.resize(std::max<size_t>(scratch.size(), m_window));
    const int count = ssh_channel_read_timeout(m_channel, scratch.data(), m_window, 0, 0);
    // Only what came in this very call and found no room. It goes behind what was put aside.
    if (count > 0) {
        m_buffered[0] = 0;
        m_backlog.append(OutputStream::Stdout, scratch.data(), count, memoryRoom());
        stall();
    }
}

bool LiveChannel::wantsWindow() const {
    return m_window > 0 && m_sinceGrown >= (m_hasGrown ? qsizetype(m_window / 8) : busySize);
}

void LiveChannel::receive(OutputStream stream, const char* bytes, qsizetype size) {
    if (m_sink)
        m_sink->take(stream, bytes, size);
    m_hasOutput = true;
    m_sinceGrown += size;
}

void LiveChannel::stall() {
    if (std::exchange(m_isStalled, true))
        return;
    // The sink counts what it was given, and a part of it may not have left yet.
    handOver();
    m_sink->noteStalled();
}

void LiveChannel::flush() {
    m_isNoted = false;
    handOver();
}

void LiveChannel::handOver() {
    if (std::exchange(m_hasOutput, false) && m_sink)
        m_sink->flush();
}

void LiveChannel::finish(const QString& error) {
    m_state = State::Over;
    if (!m_sink)
        return;
    m_end.error = error;
    // What goes wrong on a line that is gone goes wrong because of it.
    m_end.isCutOff = m_end.isCutOff || (!error.isEmpty() && ssh_is_connected(m_session) == 0);
    handOver();
    m_sink->closed(m_end);
    m_sink.reset();
}

int LiveChannel::onData(ssh_session, ssh_channel, void* data, uint32_t size, int isError,
                        void* self) {
    auto& channel = *static_cast<LiveChannel*>(self);
    channel.note();
    const auto stream = isError != 0 ? OutputStream::Stderr : OutputStream::Stdout;
    const auto* const bytes = static_cast<const char*>(data);
    qsizetype taken = 0;
    if (!channel.m_isStalled) {
        const qsizetype room = channel.m_sink ? channel.m_sink->room() : qsizetype(size);
        taken = std::clamp<qsizetype>(room, 0, qsizetype(size));
        if (taken > 0)
            channel.receive(stream, bytes, taken);
        if (taken < qsizetype(size))
            channel.stall();
    }
    return int(taken + channel.putAside(stream, bytes + taken, qsizetype(size) - taken));
}

/// A command may go on reading when it has nothing more to say. A socket that is closed on the far
/// side is over, and the host waits for us to say so.
void LiveChannel::onEnd(ssh_session, ssh_channel, void* self) {
    auto& channel = *static_cast<LiveChannel*>(self);
    if (channel.m_target.kind != ChannelTarget::Kind::Command)
        channel.closeInput();
}

void LiveChannel::onClose(ssh_session, ssh_channel, void* self) {
    auto& channel = *static_cast<LiveChannel*>(self);
    channel.m_isRemoteClosed = true;
    channel.note();
}

void LiveChannel::onExitStatus(ssh_session, ssh_channel, int status, void* self) {
    static_cast<LiveChannel*>(self)->m_end.exitStatus = status;
}

void LiveChannel::onExitSignal(ssh_session, ssh_channel, const char* signal, int, const char*,
                               const char*, void* self) {
    static_cast<LiveChannel*>(self)->m_end.signal = QString::fromLatin1(signal);
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/socketfeed.h"

#include "app/container/containerruntime.h"
#include "app/container/socketrequest.h"

#include <QPointer>

#include <utility>

namespace app {
namespace {

constexpr qsizetype longestRefusal = 64 * 1024;

} // namespace

SocketFeed::SocketFeed(std::unique_ptr<Channel> channel, const QByteArray& path, Form form,
                       QString place)
    : m_channel(std::move(channel))
    , m_form(form)
    , m_place(std::move(place)) {
    connect(m_channel.get(), &Channel::outputRead, this, &SocketFeed::take);
    connect(m_channel.get(), &Channel::closed, this, &SocketFeed::finish);
    m_channel->write(getRequest(path));
}

void SocketFeed::setFlow(Flow flow) {
    m_channel->setReading(flow == Flow::Flowing ? Channel::Reading::On : Channel::Reading::Off);
}

void SocketFeed::take(const QByteArray& bytes) {
    if (m_hasEnded)
        return;
    const QPointer<SocketFeed> self(this);
    const QByteArray body = m_reply.take(bytes);
    if (m_reply.hasHead() && m_reply.status() != 200) {
        m_refusal += body.left(longestRefusal - m_refusal.size());
    } else {
        if (m_reply.hasHead() && !std::exchange(m_hasBegun, true))
            Q_EMIT began();
        if (self && !body.isEmpty())
            takeBody(body);
    }
    if (self && (m_reply.isComplete() || m_reply.isBroken() || m_frames.isBroken()))
        finish();
}

void SocketFeed::takeBody(const QByteArray& body) {
    if (m_form == Form::Raw) {
        Q_EMIT read(models::LogChannel::Stdout, body);
        return;
    }
    const QPointer<SocketFeed> self(this);
    for (const LogFrames::Piece& piece : m_frames.take(body)) {
        Q_EMIT read(piece.channel, piece.bytes);
        if (!self)
            return;
    }
}

void SocketFeed::finish() {
    if (m_hasEnded)
        return;
    m_reply.end();
    End end;
    if (m_reply.isBroken() || m_frames.isBroken()) {
        end.reason = End::Reason::Failed;
        end.error = {
            models::ErrorCode::Damaged,
            tr("The container runtime at %1 sends a log that is not understood.").arg(m_place),
            {}};
    } else if (m_reply.hasHead() && m_reply.status() != 200) {
        end.error = runtimeError(tr("The container runtime"), m_place, wordsOf(m_refusal));
        end.reason = end.error.code == models::ErrorCode::NotFound      ? End::Reason::Gone
                     : end.error.code == models::ErrorCode::NotReadable ? End::Reason::CutOff
                                                                        : End::Reason::Failed;
    } else if (!m_reply.isComplete()) {
        end.reason = End::Reason::CutOff;
        end.error = {models::ErrorCode::NotReadable,
                     tr("The connection to the container runtime at %1 went.").arg(m_place),
                     m_channel->failure()};
    }
    report(end);
}

void SocketFeed::report(const End& end) {
    m_hasEnded = true;
    Q_EMIT ended(end);
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshchannel.h"

#include "app/ssh/sshconnection.h"
#include "app/ssh/sshcontext.h"

#include <QPointer>

#include <atomic>
#include <utility>

namespace app {
namespace {

/// On its way between the threads, for each channel.
constexpr qint64 flowLimit = 512 * 1024;
/// The reader has caught up.
constexpr qint64 flowRest = flowLimit / 16;

} // namespace

/// What both threads know of one channel: how much is on its way, and whether libssh waits.
struct ChannelFlow {
    std::atomic<qint64> underWay = 0;
    std::atomic<bool> isStalled = false;

    /// True for the one that has to resume the channel.
    [[nodiscard]] bool takeStall() {
        return underWay < flowRest && isStalled && isStalled.exchange(false);
    }
};

/// Sends what comes to the engine's thread, a turn's worth at a time. On the I/O thread.
class EngineSink final : public ChannelSink {
public:
    EngineSink(SshContext& context, quint64 session, quint64 id, std::shared_ptr<ChannelFlow> flow)
        : m_context(context)
        , m_engine(context.mailbox.address())
        , m_session(session)
        , m_id(id)
        , m_flow(std::move(flow)) {}

    void opened() override {
        tell([](SshChannel& channel) { channel.noteOpened(); });
    }

    qsizetype room() override { return flowLimit - m_gathered - m_flow->underWay; }

    void noteStalled() override {
        m_flow->isStalled = true;
        // The engine may have caught up in between, and it looks only when it takes something.
        if (m_flow->takeStall())
            resume(m_context, m_session, m_id);
    }

    void take(OutputStream stream, const char* bytes, qsizetype size) override {
        (stream == OutputStream::Stdout ? m_batch.out : m_batch.err).append(bytes, size);
        m_gathered += size;
    }

    void flush() override {
        if (m_gathered == 0)
            return;
        // Before it leaves: whoever takes it counts it off.
        m_flow->underWay += std::exchange(m_gathered, 0);
        tell([batch = std::exchange(m_batch, {})](SshChannel& channel) mutable {
            channel.deliver(std::move(batch));
        });
    }

    void closed(const ChannelEnd& end) override {
        tell([end](SshChannel& channel) { channel.noteClosed(end); });
    }

    static void resume(SshContext& context, quint64 session, quint64 id) {
        context.io.post([session, id](SessionTable& sessions) {
            if (LiveSession* const live = sessions.find(session))
                live->resume(id);
        });
    }

private:
    template <class What>
    void tell(What what) {
        m_engine.post([&context = m_context, id = m_id, what = std::move(what)]() mutable {
            if (SshChannel* const channel = context.channels.value(id))
                what(*channel);
        });
    }

    SshContext& m_context;
    MailAddress m_engine;
    quint64 m_session;
    quint64 m_id;
    std::shared_ptr<ChannelFlow> m_flow;
    SshChannel::Batch m_batch;
    qsizetype m_gathered = 0; ///< bytes in it: what both threads count is touched once a batch
};

SshChannel::SshChannel(std::shared_ptr<SshContext> context, quint64 connection,
                       ChannelTarget target)
    : m_context(std::move(context))
    , m_id(m_context->nextId())
    , m_connection(connection)
    , m_target(std::move(target))
    , m_flow(std::make_shared<ChannelFlow>()) {
    m_context->channels.insert(m_id, this);
}

SshChannel::~SshChannel() {
    m_context->channels.remove(m_id);
    hangUp();
    if (SshConnection* const connection = m_context->connections.value(m_connection))
        connection->forget(m_id);
}

void SshChannel::attach(quint64 session) {
    if (m_session != 0 || m_hasEnded)
        return;
    m_session = session;
    m_context->io.post([context = m_context.get(), session, id = m_id, target = m_target,
                        flow = m_flow](SessionTable& sessions) {
        auto sink = std::make_unique<EngineSink>(*context, session, id, flow);
        if (LiveSession* const live = sessions.find(session))
            live->open(id, target, std::move(sink));
        else
            sink->closed({{}, {}, {}, true});
    });
    if (!m_early.isEmpty())
        write(std::exchange(m_early, {}));
    if (m_closeEarly)
        closeInput();
}

void SshChannel::fail(const QString& why) {
    m_context->mailbox.address().post([context = m_context.get(), id = m_id, why] {
        if (SshChannel* const channel = context->channels.value(id))
            channel->noteClosed({{}, {}, why});
    });
}

void SshChannel::hangUp() {
    if (m_hasEnded || m_session == 0)
        return;
    m_context->io.post([session = m_session, id = m_id](SessionTable& sessions) {
        if (LiveSession* const live = sessions.find(session))
            live->hangUp(id);
    });
}

void SshChannel::giveUp() {
    hangUp();
    noteClosed(m_end);
}

void SshChannel::write(const QByteArray& bytes) {
    if (m_session == 0) {
        m_early += bytes;
        return;
    }
    // Bytes of its own: those of the caller may be shared, and are never freed over there.
    m_context->io.post([session = m_session, id = m_id,
                        own = QByteArray(bytes.constData(), bytes.size())](SessionTable& sessions) {
        if (LiveSession* const live = sessions.find(session))
            live->write(id, own);
    });
}

void SshChannel::closeInput() {
    if (m_session == 0) {
        m_closeEarly = true;
        return;
    }
    m_context->io.post([session = m_session, id = m_id](SessionTable& sessions) {
        if (LiveSession* const live = sessions.find(session))
            live->closeInput(id);
    });
}

void SshChannel::setReading(Reading reading) {
    m_reading = reading;
    if (reading == Reading::Off || (m_held.isEmpty() && !m_hasEnded))
        return;
    m_context->mailbox.address().post([context = m_context.get(), id = m_id] {
        if (SshChannel* const channel = context->channels.value(id))
            channel->passHeld();
    });
}

void SshChannel::noteOpened() {
    m_isOpen = true;
    Q_EMIT opened();
}

void SshChannel::deliver(Batch batch) {
    if (m_hasEnded)
        return;
    m_hasHeard = true;
    if (m_reading == Reading::On && m_held.isEmpty())
        pass(batch);
    else
        m_held.append(std::move(batch));
}

void SshChannel::pass(const Batch& batch) {
    const QPointer<SshChannel> self(this);
    if (!batch.out.isEmpty())
        Q_EMIT outputRead(batch.out);
    if (self && !batch.err.isEmpty())
        Q_EMIT errorRead(batch.err);
    if (!self)
        return;
    m_flow->underWay -= batch.out.size() + batch.err.size();
    if (m_flow->takeStall())
        EngineSink::resume(*m_context, m_session, m_id);
}

void SshChannel::passHeld() {
    const QPointer<SshChannel> self(this);
    while (self && m_reading == Reading::On && !m_held.isEmpty())
        pass(m_held.takeFirst());
    if (self && m_hasEnded)
        close();
}

void SshChannel::noteClosed(const ChannelEnd& end) {
    if (m_hasEnded)
        return;
    m_hasEnded = true;
    m_end = end;
    close();
}

void SshChannel::close() {
    if (m_isClosed || !m_held.isEmpty() || m_reading == Reading::Off)
        return;
    m_isClosed = true;
    if (SshConnection* const connection = m_context->connections.value(m_connection))
        connection->forget(m_id);
    Q_EMIT closed();
}

} // namespace app

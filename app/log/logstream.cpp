// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logstream.h"

#include "app/diagnostics/clock.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;

LogSeam seamFor(const LogOrigin& origin) {
    return origin.resuming() == LogOrigin::Resuming::ByLineTimes ? LogSeam(&models::leadingStamp)
                                                                 : LogSeam();
}

} // namespace

LogStream::LogStream(std::unique_ptr<LogOrigin> origin, LogSink& sink, int tail, Pace pace,
                     std::optional<LogTimeSpan> span)
    : m_origin(std::move(origin))
    , m_sink(sink)
    , m_tail(tail)
    , m_pace(pace)
    , m_silence({pace.watch, pace.look}) {
    if (span)
        m_span.emplace(*span);
    m_state.since = presentInstant();
    m_lookAgain.setSingleShot(true);
    connect(&m_silence, &SilenceWatch::due, this, &LogStream::askForNewest);
    connect(&m_lookAgain, &QTimer::timeout, this, &LogStream::prepare);
    connect(m_origin.get(), &LogOrigin::changed, this, [this] {
        if (!m_feed && m_state.state != State::Ended && m_state.state != State::Opening)
            m_lookAgain.start(0ms);
    });
}

LogStream::~LogStream() {
    closeFeed();
}

// --- opening ---

void LogStream::start(models::AskedBy askedBy) {
    m_askedBy = askedBy;
    m_state.mayResume = m_origin->resuming() != LogOrigin::Resuming::Not;
    m_seam = seamFor(*m_origin);
    setState(State::Opening);
    prepare();
}

void LogStream::stop() {
    closeFeed();
    m_silence.stop();
    m_lookAgain.stop();
    finishLines();
    setState(State::Ended);
}

bool LogStream::isLooked() const {
    return m_origin->resuming() == LogOrigin::Resuming::ByRuntime;
}

bool LogStream::isStamped() const {
    return isLooked() || m_origin->resuming() == LogOrigin::Resuming::ByLineTimes;
}

void LogStream::prepare() {
    if (m_feed || m_isLooking || m_state.state == State::Ended)
        return;
    m_isLooking = true;
    // A person asked for the log once. Looking again is nobody's wish to have the host back.
    const auto askedBy = std::exchange(m_askedBy, models::AskedBy::Program);
    m_origin->whenReady(this, askedBy, [this](const models::Result<void>& ready) {
        m_isLooking = false;
        if (m_state.state == State::Ended)
            return;
        if (!ready)
            fail(ready.error());
        else if (isLooked())
            look();
        else
            open(m_lostAt ? Cause::Gap : Cause::First);
    });
}

void LogStream::look() {
    m_isLooking = true;
    m_origin->look(this, [this](const models::Result<LogOrigin::Look>& found) {
        m_isLooking = false;
        if (m_state.state != State::Ended)
            handleLook(found);
    });
}

void LogStream::handleLook(const models::Result<LogOrigin::Look>& look) {
    if (look) {
        m_isAbsent = false;
        if (m_subject.id.isEmpty()) {
            m_subject = *look;
            open(Cause::First);
        } else if (look->id != m_subject.id) {
            followSuccessor(*look);
        } else {
            follow(*look);
        }
        return;
    }
    switch (look.error().code) {
    case models::ErrorCode::NotFound:
        handleAbsence(look.error());
        return;
    case models::ErrorCode::NotReadable:
    case models::ErrorCode::Cancelled:
        // The runtime is away, or the line went while it was asked.
        m_state.error = look.error();
        setState(State::Waiting);
        lookLater();
        return;
    case models::ErrorCode::InvalidInput:
    case models::ErrorCode::NotWritable:
    case models::ErrorCode::Damaged:
    case models::ErrorCode::Locked:
    case models::ErrorCode::Refused:
    case models::ErrorCode::Unsupported:
    case models::ErrorCode::Internal:
        fail(look.error());
        return;
    }
}

void LogStream::follow(const LogOrigin::Look& look) {
    // It may have run and stopped again since the last look.
    const bool hasRunAgain = look.startedAt != std::exchange(m_subject, look).startedAt;
    if (m_lostAt)
        open(Cause::Gap);
    else if (hasRunAgain)
        open(Cause::Restart);
    else if (look.isRunning)
        open(Cause::Silence);
    else if (m_isRead)
        settleStopped(look.exitCode);
    else
        open(Cause::CatchUp);
}

void LogStream::followSuccessor(const LogOrigin::Look& look) {
    finishLines();
    mark(logwords::replaced(m_subject.id, look.id, m_isRead));
    m_seam = seamFor(*m_origin);
    m_lostAt.reset();
    m_subject = look;
    open(Cause::Successor);
}

void LogStream::open(Cause cause) {
    m_cause = cause;
    m_lookAgain.stop();
    m_silence.reset();
    m_isRead = false;
    LogOpening opening;
    opening.id = m_subject.id;
    opening.since = m_seam.since();
    // What was there before the start is asked for once, and a successor's log from its beginning.
    if (!opening.since && cause != Cause::Successor && m_state.bytes == 0)
        opening.tail = m_tail;
    if (cause == Cause::CatchUp)
        opening.extent = LogOpening::Extent::UntilNow;
    if (m_span)
        m_span->narrow(opening);
    m_seam.cut();
    m_joint = LogFeed::Joint::Unknown;
    m_hasSeamToTell = cause != Cause::First && cause != Cause::Successor;
    m_state.containerId = m_subject.id;
    m_feed = m_origin->open(opening);
    connect(m_feed.get(), &LogFeed::joined, this,
            [this](LogFeed::Joint joint) { m_joint = joint; });
    connect(m_feed.get(), &LogFeed::began, this, &LogStream::noteBegun);
    connect(m_feed.get(), &LogFeed::read, this, &LogStream::take);
    connect(m_feed.get(), &LogFeed::ended, this, &LogStream::handleEnd);
    m_feed->setFlow(m_flow);
}

void LogStream::noteBegun() {
    m_state.error.reset();
    if (m_cause != Cause::CatchUp)
        setState(State::Following);
    if (m_hasSeamToTell && m_seam.joint() == LogSeam::Joint::None)
        tellSeam();
    if (isWatched())
        m_silence.begin();
}

// --- following ---

void LogStream::take(models::LogChannel channel, const QByteArray& bytes) {
    m_silence.noteLine();
    if (!isStamped()) {
        deliver(channel, bytes);
        return;
    }
    const QByteArray fresh = m_seam.take(channel, bytes);
    if (m_hasSeamToTell && m_seam.joint() != LogSeam::Joint::Open)
        tellSeam();
    m_looks = 0;
    deliver(channel, fresh);
}

void LogStream::deliver(models::LogChannel channel, const QByteArray& bytes) {
    const QByteArray taken = m_span ? m_span->take(bytes) : bytes;
    if (!taken.isEmpty()) {
        m_state.bytes += taken.size();
        m_sink.append(channel, taken);
    }
    if (m_span && m_span->isCutShort() && m_feed)
        endSpan();
}

void LogStream::endSpan() {
    closeFeed();
    finishLines();
    mark(m_span->remark());
    setState(State::Ended);
}

void LogStream::finishLines() {
    for (const models::LogChannel channel :
         {models::LogChannel::Stdout, models::LogChannel::Stderr})
        deliver(channel, m_seam.finish(channel));
}

// --- silence ---

bool LogStream::isWatched() const {
    return isLooked() && m_cause != Cause::CatchUp && !m_span;
}

void LogStream::askForNewest() {
    if (!m_feed || m_flow == LogFeed::Flow::Held || !m_silence.isLong()) {
        m_silence.wait();
        return;
    }
    m_origin->newest(m_subject.id, this, [this](const models::Result<models::Instant>& newest) {
        if (m_feed)
            handleNewest(newest);
    });
}

void LogStream::handleNewest(const models::Result<models::Instant>& newest) {
    if (!newest && newest.error().code == models::ErrorCode::NotFound) {
        closeFeed();
        handleAbsence(newest.error());
    } else if (m_silence.isStalled(newest, m_seam.newest().value_or(models::Instant{}))) {
        closeFeed();
        open(Cause::Silence);
    } else {
        m_silence.wait();
    }
}

// --- the rest ---

void LogStream::lookLater() {
    m_lookAgain.start(m_pace.look * (1 << std::min(m_looks, 4)));
    ++m_looks;
}

void LogStream::setFlow(LogFeed::Flow flow) {
    m_flow = flow;
    if (m_feed)
        m_feed->setFlow(flow);
}

void LogStream::fail(const models::Error& error) {
    m_state.error = error;
    if (m_state.state != State::Failed)
        mark({models::LogMarker::Kind::Failed, error.message});
    setState(State::Failed);
}

/// It may be the one that is calling.
void LogStream::closeFeed() {
    if (!m_feed)
        return;
    m_feed->disconnect(this);
    m_feed.release()->deleteLater();
}

/// Of a span the lines are from before: there a marker has the time of the line in front of it.
void LogStream::mark(const logwords::Remark& remark, std::chrono::milliseconds length) {
    if (m_span) {
        m_sink.mark({remark.kind, {}, {}, 0, remark.text.toUtf8()});
        return;
    }
    const models::Instant to = presentInstant();
    const models::Instant from{to.nanoseconds - std::chrono::nanoseconds(length).count()};
    m_sink.mark({remark.kind, from, to, 0, remark.text.toUtf8()});
}

void LogStream::setState(State state) {
    if (std::exchange(m_state.state, state) != state)
        m_state.since = presentInstant();
    Q_EMIT stateChanged();
}

} // namespace app

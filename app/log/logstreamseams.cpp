// SPDX-License-Identifier: GPL-3.0-or-later
// How one go at a source ends, and what is told where the next one joins it.
#include "app/log/logstream.h"

#include <utility>

namespace app {
namespace {

using namespace std::chrono_literals;
using Kind = models::LogMarker::Kind;

/// A connection that is lost says so of its channels first, and of itself a moment later.
constexpr auto breath = 50ms;

} // namespace

void LogStream::tellSeam() {
    m_hasSeamToTell = false;
    const bool isBroken = m_seam.joint() == LogSeam::Joint::Broken;
    switch (m_cause) {
    case Cause::First:
    case Cause::Successor:
        return;
    case Cause::Gap:
        tellGap();
        break;
    case Cause::Silence:
        mark(logwords::silence(isBroken));
        break;
    case Cause::Restart:
        mark(logwords::restarted(m_subject.name));
        break;
    case Cause::CatchUp:
        if (isBroken)
            mark(logwords::cutShort());
        break;
    }
    if (m_seam.hasJumpedBack())
        mark(logwords::clockBack());
}

LogFeed::Joint LogStream::joint() const {
    using Joint = LogFeed::Joint;
    switch (m_origin->resuming()) {
    case LogOrigin::Resuming::Not:
        return Joint::Unknown;
    case LogOrigin::Resuming::ByRuntime:
        return m_seam.joint() == LogSeam::Joint::Broken ? Joint::Broken : Joint::Whole;
    case LogOrigin::Resuming::ByLineTimes:
        return m_seam.joint() == LogSeam::Joint::Whole    ? Joint::Whole
               : m_seam.joint() == LogSeam::Joint::Broken ? Joint::Broken
                                                          : Joint::Unknown;
    case LogOrigin::Resuming::ByPlace:
        return m_joint;
    }
    Q_UNREACHABLE();
}

void LogStream::tellGap() {
    const auto now = std::chrono::steady_clock::now();
    const auto length =
        std::chrono::duration_cast<std::chrono::milliseconds>(now - m_lostAt.value_or(now));
    m_lostAt.reset();
    mark(logwords::gap(joint(), length, m_state.mayResume), length);
}

void LogStream::handleEnd(const LogFeed::End& end) {
    closeFeed();
    m_silence.stop();
    switch (end.reason) {
    case LogFeed::End::Reason::Over:
        handleOver(end);
        return;
    case LogFeed::End::Reason::CutOff:
        handleLoss();
        return;
    case LogFeed::End::Reason::Gone:
        handleAbsence(end.error);
        return;
    case LogFeed::End::Reason::Failed:
        fail(end.error);
        return;
    }
}

void LogStream::handleOver(const LogFeed::End& end) {
    if (m_span && end.exitStatus.value_or(0) == 0) {
        endSpan();
        return;
    }
    if (!isLooked()) {
        if (m_hasSeamToTell)
            tellSeam();
        finishLines();
        mark(logwords::commandEnded(end.exitStatus));
        setState(State::Ended);
        return;
    }
    // A runtime ends a log when the container stops, and may leave out the last lines: it is read
    // to its end once more.
    if (m_hasSeamToTell && m_cause == Cause::Gap)
        tellSeam();
    m_isRead = m_cause == Cause::CatchUp;
    if (m_cause == Cause::Silence)
        lookLater();
    else
        look();
}

void LogStream::handleLoss() {
    if (!m_lostAt) {
        m_lostAt = std::chrono::steady_clock::now();
        ++m_state.gaps;
    }
    setState(State::Waiting);
    m_lookAgain.start(breath);
}

void LogStream::handleAbsence(const models::Error& error) {
    if (m_span) {
        fail(error);
        return;
    }
    m_state.error = error;
    if (!std::exchange(m_isAbsent, true)) {
        finishLines();
        mark({m_subject.id.isEmpty() ? Kind::Failed : Kind::Vanished, error.message});
    }
    setState(State::Waiting);
    lookLater();
}

void LogStream::settleStopped(std::optional<int> exitCode) {
    if (m_state.state != State::Stopped) {
        finishLines();
        mark(logwords::containerStopped(m_subject.name, exitCode));
    }
    setState(State::Stopped);
    lookLater();
}

} // namespace app

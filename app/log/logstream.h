// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/log/logseam.h"
#include "app/log/logsource.h"
#include "app/log/logwords.h"
#include "app/log/silencewatch.h"
#include "app/log/spanreading.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace app {

/// Follows one source for as long as it lives: over lost lines, restarts, and into the containers
/// that take its place, saying at each seam what happened. Or reads what it wrote in a span of
/// time. On the engine's thread.
class LogStream final : public QObject {
    Q_OBJECT

public:
    struct Pace {
        /// Silence after which it is asked whether there really is nothing; doubles to eight times.
        std::chrono::milliseconds watch{std::chrono::seconds(60)};
        /// Between two looks for a container that is away; doubles to sixteen times.
        std::chrono::milliseconds look{std::chrono::seconds(2)};
    };

    /// sink outlives it. span: nothing follows the source.
    LogStream(std::unique_ptr<LogOrigin> origin, LogSink& sink, int tail, Pace pace,
              std::optional<LogTimeSpan> span = {});
    LogStream(std::unique_ptr<LogOrigin> origin, LogSink& sink, int tail = 1000)
        : LogStream(std::move(origin), sink, tail, Pace()) {}
    ~LogStream() override;
    Q_DISABLE_COPY_MOVE(LogStream)

    /// Who asks for the first look; those after it are the program's.
    void start(models::AskedBy askedBy = models::AskedBy::Person);
    /// Ended, from here on.
    void stop();
    /// Held: nothing more is taken from the source until it flows again.
    void setFlow(LogFeed::Flow flow);
    [[nodiscard]] const LogStreamState& state() const { return m_state; }

Q_SIGNALS:
    void stateChanged();

private:
    using State = LogStreamState::State;
    /// Why the next go is made: what is told of it once it has begun.
    enum class Cause { First, Gap, Silence, Restart, Successor, CatchUp };

    /// Whether a runtime is asked who stands behind the name.
    [[nodiscard]] bool isLooked() const;
    /// Whether lines have times in front by which goes are joined.
    [[nodiscard]] bool isStamped() const;
    void prepare();
    void look();
    void handleLook(const models::Result<LogOrigin::Look>& look);
    void follow(const LogOrigin::Look& look);
    void followSuccessor(const LogOrigin::Look& look);
    void open(Cause cause);
    void noteBegun();
    void take(models::LogChannel channel, const QByteArray& bytes);
    void endSpan();
    void tellSeam();
    void tellGap();
    [[nodiscard]] LogFeed::Joint joint() const;
    void handleEnd(const LogFeed::End& end);
    void handleOver(const LogFeed::End& end);
    void handleLoss();
    void handleAbsence(const models::Error& error);
    void settleStopped(std::optional<int> exitCode);
    void finishLines();
    [[nodiscard]] bool isWatched() const;
    void askForNewest();
    void handleNewest(const models::Result<models::Instant>& newest);
    void lookLater();
    void fail(const models::Error& error);
    void closeFeed();
    void deliver(models::LogChannel channel, const QByteArray& bytes);
    void mark(const logwords::Remark& remark, std::chrono::milliseconds length = {});
    void setState(State state);

    std::unique_ptr<LogOrigin> m_origin;
    LogSink& m_sink;
    const int m_tail;
    const Pace m_pace;
    std::optional<SpanReading> m_span;
    LogStreamState m_state;
    std::unique_ptr<LogFeed> m_feed;
    LogFeed::Flow m_flow = LogFeed::Flow::Flowing;
    LogSeam m_seam;
    LogOrigin::Look m_subject; ///< that is, or was last, followed
    Cause m_cause = Cause::First;
    LogFeed::Joint m_joint = LogFeed::Joint::Unknown;              ///< as the feed told it
    std::optional<std::chrono::steady_clock::time_point> m_lostAt; ///< while it is away
    models::AskedBy m_askedBy = models::AskedBy::Person;
    bool m_hasSeamToTell = false;
    bool m_isLooking = false;
    bool m_isAbsent = false; ///< and that was told
    bool m_isRead = false;   ///< to the end, since the container stopped
    SilenceWatch m_silence;
    QTimer m_lookAgain;
    int m_looks = 0; ///< in a row that found nothing to follow
};

} // namespace app

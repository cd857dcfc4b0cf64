// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logwords.h"

#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QLocale>

#include <algorithm>

namespace ui {

namespace {

struct LogWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LogWords)
};

QString lengthOf(const models::LogMarker& marker) {
    return formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::nanoseconds(marker.length())));
}

QString gapWords(const models::LogMarker& marker) {
    return marker.length() == 0 ? LogWords::tr("The stream was cut. Lines may be missing here.")
                                : LogWords::tr("Nothing came for %1. Lines may be missing here.")
                                      .arg(lengthOf(marker));
}

QString resumedWords(const models::LogMarker& marker) {
    return marker.length() == 0
               ? LogWords::tr("The connection was lost. The stream goes on where it stopped.")
               : LogWords::tr(
                     "The connection was lost for %1. The stream goes on where it stopped.")
                     .arg(lengthOf(marker));
}

QString droppedWords(const models::LogMarker& marker) {
    return countOf(marker.lines,
                   LogWords::tr("%1 older line went to keep within the memory limit."),
                   LogWords::tr("%L1 older lines went to keep within the memory limit."));
}

} // namespace

QString markerWords(const models::LogMarker& marker) {
    if (!marker.words.isEmpty())
        return QString::fromUtf8(marker.words);
    using Kind = models::LogMarker::Kind;
    switch (marker.kind) {
    case Kind::Gap:
        return gapWords(marker);
    case Kind::Resumed:
        return resumedWords(marker);
    case Kind::Rotated:
        return LogWords::tr("The log was rotated. Lines are missing here.");
    case Kind::Silent:
        return LogWords::tr("The log stopped without a word and was taken up again.");
    case Kind::Stopped:
        return LogWords::tr("The source has ended.");
    case Kind::Restarted:
        return LogWords::tr("The container runs again.");
    case Kind::Successor:
        return LogWords::tr("Another container took its place.");
    case Kind::Vanished:
        return LogWords::tr("The source is gone.");
    case Kind::Failed:
        return LogWords::tr("The stream failed.");
    case Kind::ClockBack:
        return LogWords::tr("The clock there was put back. Around here, lines may show twice.");
    case Kind::Dropped:
        return droppedWords(marker);
    }
    return {};
}

QString placeWords(const app::ContainerList& list) {
    using State = app::ContainerList::State;
    switch (list.state) {
    case State::Looking:
        return LogWords::tr("Looking for containers");
    case State::Failed:
        return list.error ? list.error->message : LogWords::tr("No containers are known.");
    case State::Known:
    case State::Stale:
        break;
    }
    const auto running =
        std::count_if(list.containers.cbegin(), list.containers.cend(),
                      [](const models::Container& container) { return container.isRunning(); });
    const QString counted =
        LogWords::tr("%1, %2 of %3 run").arg(list.runtime).arg(running).arg(list.containers.size());
    return list.state == State::Known
               ? counted
               : LogWords::tr("%1, as of %2").arg(counted, formatTime(list.at));
}

QString containerWords(const models::Container& container) {
    using models::ContainerHealth;
    using models::ContainerState;
    switch (container.state) {
    case ContainerState::Running:
        switch (container.health) {
        case ContainerHealth::None:
            return LogWords::tr("Running");
        case ContainerHealth::Starting:
            return LogWords::tr("Running, starting");
        case ContainerHealth::Healthy:
            return LogWords::tr("Running, healthy");
        case ContainerHealth::Unhealthy:
            return LogWords::tr("Running, unhealthy");
        }
        return {};
    case ContainerState::Paused:
        return LogWords::tr("Paused");
    case ContainerState::Restarting:
        return countOf(container.restarts, LogWords::tr("Restarting, %1 time so far"),
                       LogWords::tr("Restarting, %1 times so far"));
    case ContainerState::Created:
        return LogWords::tr("Never started");
    case ContainerState::Removing:
        return LogWords::tr("Being removed");
    case ContainerState::Exited:
    case ContainerState::Dead:
        if (container.ranOutOfMemory)
            return LogWords::tr("Stopped: out of memory");
        return container.exitCode ? LogWords::tr("Stopped with status %1").arg(*container.exitCode)
                                  : LogWords::tr("Stopped");
    case ContainerState::Unknown:
        return LogWords::tr("State unknown");
    }
    return {};
}

Glyph containerGlyph(const models::Container& container) {
    using models::ContainerHealth;
    using models::ContainerState;
    switch (container.state) {
    case ContainerState::Running:
        return container.health == ContainerHealth::Unhealthy  ? Glyph::Failed
               : container.health == ContainerHealth::Starting ? Glyph::Waiting
                                                               : Glyph::Passed;
    case ContainerState::Paused:
    case ContainerState::Restarting:
        return Glyph::Waiting;
    case ContainerState::Created:
    case ContainerState::Removing:
        return Glyph::Pending;
    case ContainerState::Exited:
    case ContainerState::Dead:
        return container.exitCode.value_or(0) == 0 ? Glyph::Skipped : Glyph::Failed;
    case ContainerState::Unknown:
        return Glyph::Unknown;
    }
    return Glyph::Unknown;
}

Colour containerTone(const models::Container& container) {
    switch (containerGlyph(container)) {
    case Glyph::Passed:
        return Colour::Pass;
    case Glyph::Failed:
        return Colour::Fail;
    case Glyph::Waiting:
        return Colour::Waiting;
    default:
        return Colour::Quiet;
    }
}

QString logWords(const app::LogFollower::Log& log) {
    using State = app::LogFollower::Log::State;
    using Stream = app::LogStreamState::State;
    switch (log.state) {
    case State::Reading:
        return LogWords::tr("Reading, %1 %")
            .arg(log.size > 0 ? std::min<qint64>(100, 100 * log.position / log.size) : 0);
    case State::Read:
        return LogWords::tr("Read, %1").arg(QLocale().formattedDataSize(log.bytes));
    case State::Failed:
        return log.error ? log.error->message : LogWords::tr("Cannot be read");
    case State::Following:
        break;
    }
    const bool isExcerpt = log.source && log.source->span;
    switch (log.stream.state) {
    case Stream::Opening:
        return LogWords::tr("Opening");
    case Stream::Following:
        return isExcerpt ? LogWords::tr("Reading") : LogWords::tr("Following");
    case Stream::Waiting:
        return LogWords::tr("Lost, trying again");
    case Stream::Stopped:
        return LogWords::tr("Stopped; goes on when it runs");
    case Stream::Ended:
        return isExcerpt ? LogWords::tr("Read") : LogWords::tr("Ended");
    case Stream::Failed:
        return log.stream.error ? log.stream.error->message : LogWords::tr("Failed");
    }
    return {};
}

} // namespace ui

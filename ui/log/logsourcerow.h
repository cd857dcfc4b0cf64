// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logfollower.h"
#include "models/container/container.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace ui {

/// A row of the tree of log sources: something that can be shown, or what stands over some of them.
/// A value.
struct LogSourceRow {
    enum class Kind : std::uint8_t {
        Heading, ///< over rows of one sort
        Service, ///< of the workspace, over its logs where it has several, or none
        Place,   ///< over what was found there
        Project, ///< of Compose, over its containers
        Source,  ///< can be followed: see source
        Kept,    ///< a file that was read, or a log that nothing else in the tree stands for
    };

    Kind kind = Kind::Heading;
    QString key; ///< its own among its siblings, for as long as it stands for the same
    QString title;
    QString service; ///< of the workspace, that it is or belongs to
    models::Host host;
    std::optional<app::LogSource> source;
    std::optional<app::ContainerList> list; ///< of a place; of a container's place, where looked at
    std::optional<models::Container> container; ///< where it is known
    std::optional<app::LogFollower::Log> log;   ///< where it is kept
    int tick = -1;                              ///< which of the shown logs it is; -1: none
    bool isOneOfSeveralPlaces = false;          ///< its place is worth a word

    /// Whether it can be shown or put away.
    [[nodiscard]] bool canBeShown() const { return source || log; }
};

/// A row with those below it.
struct LogSourceNode {
    LogSourceRow row;
    QList<LogSourceNode> children;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::LogSourceRow)

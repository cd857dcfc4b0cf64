// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"
#include "models/run/askedby.h"
#include "models/run/host.h"

#include <QMap>
#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace app {

/// A time of a log, both ends in it. A value.
struct LogTimeSpan {
    models::Instant from;
    models::Instant until;

    bool operator==(const LogTimeSpan&) const = default;
};

/// Set for a command that goes on behind a cut, and for one that is asked for a time: ISO 8601,
/// UTC.
inline constexpr QLatin1String logSinceVariable{"GANTRY_SINCE"};
/// Set for a command that is asked for a time: the end of that, in the same form.
inline constexpr QLatin1String logUntilVariable{"GANTRY_UNTIL"};

/// Where lines come from. A value; equal ones are the same source.
struct LogSource {
    enum class Kind : std::uint8_t {
        Container, ///< by its name: its successors are followed too
        Compose,   ///< the container of a Compose service
        Command,   ///< anything that writes lines
        File,      ///< the log that stands under a path, also after it was rotated
        Journal,   ///< a unit of the system's journal
    };

    Kind kind = Kind::Container;
    models::Host host; ///< without an ssh name: this machine
    QString container; ///< name or id
    QString project;
    QString service;
    QString command;                  ///< for `sh -c`, as the workspace or the person has it
    QMap<QString, QString> variables; ///< exported before the command
    QString problem;                  ///< why it cannot be read; empty: nothing is known of any
    QString path;                     ///< absolute, at the host
    QString unit;
    QString name;    ///< for people, where it is not what the source itself is called
    int tail = 1000; ///< lines from before the start; -1: all that there are
    /// What it wrote in this time is read, and nothing is followed; nothing: it is followed.
    std::optional<LogTimeSpan> span = {};
    /// Who begins to follow it.
    models::AskedBy askedBy = models::AskedBy::Person;

    /// For people: "portal", "shop/web", "fly logs -a proxy".
    [[nodiscard]] QString title() const { return name.isEmpty() ? subject() : name; }
    /// What it is called there: "portal", "/var/log/portal.log".
    [[nodiscard]] QString subject() const {
        switch (kind) {
        case Kind::Container:
            return container;
        case Kind::Compose:
            return project + QLatin1Char('/') + service;
        case Kind::Command:
            return command;
        case Kind::File:
            return path;
        case Kind::Journal:
            return unit;
        }
        Q_UNREACHABLE();
    }

    /// Whether a container runtime writes it: each line has its time in front, and it can be asked
    /// for from a moment on.
    [[nodiscard]] bool isOfRuntime() const {
        return kind == Kind::Container || kind == Kind::Compose;
    }

    /// Whether it can be asked for the lines of a time. A command can that names both variables.
    [[nodiscard]] bool canGiveSpan() const {
        return isOfRuntime() || kind == Kind::Journal ||
               (kind == Kind::Command && command.contains(logSinceVariable) &&
                command.contains(logUntilVariable));
    }

    bool operator==(const LogSource&) const = default;
};

/// How a stream stands, for people. A value.
struct LogStreamState {
    enum class State : std::uint8_t {
        Opening,   ///< the way there, or the source, is being opened
        Following, ///< lines come as they are written, or as they were written in its span
        Waiting,   ///< the line was lost, or the source is away: it goes on by itself
        Stopped,   ///< the container does not run; goes on when it does
        Ended,     ///< the command has ended, its span is read, or the stream was stopped
        Failed,    ///< a person has to do something: see error
    };

    State state = State::Opening;
    std::optional<models::Error> error;
    QString containerId;   ///< that is being followed; empty for commands
    bool mayResume = true; ///< no: lines of a gap may be missing
    qint64 bytes = 0;      ///< delivered so far
    int gaps = 0;          ///< times the line was lost
    models::Instant since; ///< of this state

    bool operator==(const LogStreamState&) const = default;
};

} // namespace app

Q_DECLARE_METATYPE(app::LogSource)
Q_DECLARE_METATYPE(app::LogStreamState)

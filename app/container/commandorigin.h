// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logorigin.h"
#include "app/log/logsource.h"
#include "app/process/reach.h"

#include <memory>

namespace app {

/// The lines of any command at a place, among them that which reads the system's journal. The
/// journal is asked for its lines from a moment on; a command is, where it says so: one that names
/// GANTRY_SINCE finds there, after a cut, the time from which on its lines are wanted again, in
/// ISO 8601 and UTC, and writes lines that begin with their times. One that names GANTRY_UNTIL too
/// finds there, where the lines of a time are wanted, the end of that.
class CommandOrigin final : public LogOrigin {
    Q_OBJECT

public:
    CommandOrigin(std::unique_ptr<Reach> reach, LogSource source);

    [[nodiscard]] Resuming resuming() const override;
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override;
    [[nodiscard]] std::unique_ptr<LogFeed> open(const LogOpening& opening) override;

    /// What runs at the place, from this opening on.
    [[nodiscard]] static QStringList commandFor(const LogSource& source, const LogOpening& opening);

private:
    std::unique_ptr<Reach> m_reach;
    const LogSource m_source;
};

} // namespace app

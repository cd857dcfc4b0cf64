// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/version/versionstanding.h"

#include <functional>

namespace app {

/// Two revisions of a repository at this machine.
struct CommitQuestion {
    QString repository; ///< absolute folder
    QString from;       ///< commits, or names that models::isRevisionName() allows
    QString to;

    bool operator==(const CommitQuestion&) const = default;
};

/// How revisions of a repository stand to one another. Main thread; it waits for nothing.
class CommitGraph {
public:
    /// Called once, and never after the graph's end.
    using Done = std::function<void(const models::Result<models::CommitRelation>&)>;

    CommitGraph() = default;
    virtual ~CommitGraph() = default;
    Q_DISABLE_COPY_MOVE(CommitGraph)

    /// Fetches nothing: it is told of what is in the folder.
    virtual void relate(const CommitQuestion& question, Done done) = 0;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/version/commitgraph.h"

#include <QObject>

#include <array>
#include <map>
#include <memory>
#include <optional>

namespace app {

/// What a repository said about pairs of revisions. A branch moves: an answer is asked for again
/// after a minute. Main thread.
class VersionRelations final : public QObject {
    Q_OBJECT

public:
    /// graph outlives it.
    explicit VersionRelations(CommitGraph& graph, QObject* parent = nullptr);

    /// Has it asked where it is not known, or not any more.
    void want(const CommitQuestion& question, models::Instant now);
    /// The last answer; nothing where there is none yet.
    [[nodiscard]] std::optional<models::Result<models::CommitRelation>>
    answer(const CommitQuestion& question) const;
    void clear();

Q_SIGNALS:
    /// There are other answers than before.
    void changed();

private:
    struct Entry {
        std::optional<models::Result<models::CommitRelation>> answer;
        models::Instant asked;
        bool isUnderWay = false;
    };
    using Key = std::array<QString, 3>;

    static Key keyOf(const CommitQuestion& question) {
        return {question.repository, question.from, question.to};
    }

    CommitGraph& m_graph;
    std::map<Key, Entry> m_entries;
    std::shared_ptr<int> m_generation =
        std::make_shared<int>(0); ///< answers to another are dropped
};

} // namespace app

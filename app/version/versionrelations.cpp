// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/version/versionrelations.h"

#include <utility>

namespace app {

namespace {

constexpr std::int64_t aMinute = 60'000'000'000; ///< ns

} // namespace

VersionRelations::VersionRelations(CommitGraph& graph, QObject* parent)
    : QObject(parent)
    , m_graph(graph) {}

void VersionRelations::clear() {
    m_entries.clear();
    m_generation = std::make_shared<int>(0);
}

void VersionRelations::want(const CommitQuestion& question, models::Instant now) {
    if (!models::isRevisionName(question.from) || !models::isRevisionName(question.to))
        return;
    Entry& entry = m_entries[keyOf(question)];
    const bool isFresh =
        !entry.asked.isNull() && now.nanoseconds - entry.asked.nanoseconds < aMinute;
    if (isFresh || std::exchange(entry.isUnderWay, true))
        return;
    entry.asked = now;
    m_graph.relate(question, [this, key = keyOf(question),
                              mine = std::weak_ptr(m_generation)](const auto& relation) {
        if (mine.expired())
            return;
        Entry& asked = m_entries[key];
        asked.isUnderWay = false;
        if (asked.answer && *asked.answer == relation)
            return;
        asked.answer = relation;
        Q_EMIT changed();
    });
}

std::optional<models::Result<models::CommitRelation>>
VersionRelations::answer(const CommitQuestion& question) const {
    const auto found = m_entries.find(keyOf(question));
    return found == m_entries.end() ? std::nullopt : found->second.answer;
}

} // namespace app

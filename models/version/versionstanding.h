// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/core/verdict.h"
#include "models/version/versionreading.h"

#include <QList>

#include <optional>

namespace models {

struct CommitLine {
    QString commit;  ///< whole
    QString subject; ///< the repository's words: data

    bool operator==(const CommitLine&) const = default;
};

/// How one revision stands to another in a repository. A value.
struct CommitRelation {
    QString from; ///< whole commits
    QString to;
    int ahead = 0;                 ///< commits that only `to` has
    int behind = 0;                ///< commits that only `from` has
    QList<CommitLine> aheadLines;  ///< the newest of them first, and not always all
    QList<CommitLine> behindLines; ///< likewise

    bool operator==(const CommitRelation&) const = default;
};

/// What a version is compared with. A value.
struct VersionReference {
    QString name;    ///< "main", "dev", "recorded": as it is told
    QString version; ///< empty: it is not known, see problem
    QString problem;
    Instant at; ///< since when it is known to be so; null: it is written down

    bool operator==(const VersionReference&) const = default;
};

/// A version beside one that it could have. A value.
struct VersionComparison {
    VersionReference reference;
    Verdict verdict = Verdict::Unknown; ///< Pass: they are the same
    QString words;                      ///< "3 behind main", or why it cannot be told
    std::optional<CommitRelation> relation;

    bool operator==(const VersionComparison&) const = default;
};

/// "as main", "3 behind main", "2 ahead of main, 3 behind".
[[nodiscard]] QString relationWords(const CommitRelation& relation, const QString& name);

/// relation: from the reference to what was observed, or why a repository cannot tell it; nothing
/// where none was asked.
[[nodiscard]] VersionComparison compareWith(const VersionReference& reference,
                                            const QString& observed,
                                            const std::optional<Result<CommitRelation>>& relation);

/// In the order in which they are told.
enum class VersionState {
    HostsDiffer,        ///< drift between the hosts of the service
    Unexpected,         ///< drift from what is expected
    Unrecorded,         ///< drift from what the last run that succeeded was about
    Unknown,            ///< not to be seen
    Undecided,          ///< seen, and whether it is what it should be cannot be told
    EnvironmentDiffers, ///< drift from the environment that it is promoted from
    Unchecked,          ///< nobody looked yet
    Settled,            ///< as everything that is known of it
};

/// Drift is what is told with a word, and outlined.
[[nodiscard]] bool isDrift(VersionState state);

/// What is known of the version of one service. A value.
struct VersionStanding {
    VersionState state = VersionState::Unchecked;
    QList<VersionReading> observed; ///< one a place
    QString version; ///< that all places have, or, where they differ, the first of them
    Instant at;      ///< of the oldest look; null: never
    QString words;   ///< why, for a person
    std::optional<VersionComparison> expected;
    std::optional<VersionComparison> recorded;
    std::optional<VersionComparison> promoted; ///< with the environment that it is promoted from

    bool operator==(const VersionStanding&) const = default;
};

/// What all places say together: its state is HostsDiffer, Unknown, Unchecked or Settled.
[[nodiscard]] VersionStanding standingOf(const QList<VersionReading>& observed);
/// Takes what the version was compared with into account.
void settleStanding(VersionStanding& standing);

} // namespace models

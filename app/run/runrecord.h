// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "models/run/hosts.h"
#include "models/run/runstate.h"
#include "models/run/runtimeline.h"

#include <QMap>
#include <QString>

#include <functional>

namespace app {

/// Gives what the journal holds of an attempt's stream, cut to a readable size.
using OutputLookup = std::function<QByteArray(const models::AttemptKey& attempt, int stream)>;

/// One line of what happened.
struct RecordedFact {
    models::Instant at;
    QString actor;
    QString what; ///< "Step skipped"
    QString step; ///< title, empty where it is about the run
    QString detail;
};

struct AttemptRecordText {
    models::Attempt attempt;
    QString result;    ///< "exit status 2", "outcome unknown", …
    QString output[2]; ///< plain text, without control sequences
};

struct StepRecord {
    QString title;
    QString section;
    QString wave; ///< of a staged rollout; empty: none
    models::Lane lane = models::Lane::Main;
    int depth = 0;
    QString status;
    QString standing;                  ///< the same in words, for people: "never decided"
    QList<models::HostProgress> hosts; ///< of a step on several, else empty
    models::StepState state;
    QList<AttemptRecordText> attempts;
};

/// What somebody signed, to be checked again: `ssh-keygen -Y verify`.
struct SignedFact {
    QString step; ///< title
    QString name;
    QString key; ///< fingerprint
    QString statement;
    QString signature;
};

/// Everything that a report says, as text that is not yet escaped for any format.
struct RunRecord {
    models::RunState state;
    models::Instant writtenAt;
    QList<StepRecord> steps; ///< of the lanes that can run; untouched rollback steps left out
    QList<RecordedFact> deviations; ///< skipped, overridden, edited, marked, added, unknown
    QList<RecordedFact> facts;      ///< all but recorded output
    QList<SignedFact> signedFacts;
    models::RunTimeline timeline;
    QString head; ///< hexadecimal
    qsizetype events = 0;
    QString damage; ///< empty: the chain verified
};

[[nodiscard]] RunRecord makeRecord(const StoredRun& stored, const OutputLookup& output,
                                   models::Instant writtenAt);

/// Output as text: decoded, without terminal control sequences and other invisible characters.
[[nodiscard]] QString readableOutput(const QByteArray& bytes);
/// "2026-01-02 03:04:05 UTC", or "–" for a null instant.
[[nodiscard]] QString readableTime(models::Instant at);
/// "0.35 s", "1 min 04 s".
[[nodiscard]] QString readableDuration(models::Instant from, models::Instant to);

} // namespace app

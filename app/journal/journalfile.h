// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaloptions.h"
#include "models/core/id.h"
#include "models/core/result.h"
#include "models/run/approvalproof.h"
#include "models/run/chain.h"

#include <QMap>

class QIODevice;

namespace app {

/// What was found in one run.
struct RunVerification {
    models::RunId run;
    models::ChainReport chain;
    QStringList faults;    ///< beside the chain: in the runs list and the outputs, a sentence each
    qint64 bodies = 0;     ///< outputs whose bytes were compared with their event
    qint64 bodiesGone = 0; ///< left out past the limit or removed by retention
    QList<models::ApprovalProof> proofs; ///< what is recorded as signed; nobody checked it yet

    [[nodiscard]] bool isIntact() const { return chain.isIntact() && faults.isEmpty(); }
    /// Of the chain and beside it, a sentence each.
    [[nodiscard]] QStringList allFaults() const;
    /// A line, or one for each fault.
    [[nodiscard]] QStringList lines() const;
};

struct JournalVerification {
    QList<RunVerification> runs;
    QStringList faults; ///< of the file as a whole

    [[nodiscard]] bool isIntact() const;
    /// A line for each run and each fault.
    [[nodiscard]] QString text() const;
};

/// Heads that were remembered elsewhere (keychain, reports), by run.
using RememberedHeads = QMap<models::RunId, QByteArray>;

// These work on a journal's file beside whoever has it open, each on a connection of its own, and
// block the calling thread: for the command line, or off the window's thread.

enum class JournalUse {
    Live, ///< a console may write to it now, or begin to
    Copy, ///< nobody writes to it: nothing is left beside it
};

/// Verifies a journal, or a file that exportJournal() wrote. All runs where run is empty; NotFound
/// where that one is not there.
[[nodiscard]] models::Result<JournalVerification> verifyJournal(const QString& file,
                                                                const RememberedHeads& heads = {},
                                                                const models::RunId& run = {},
                                                                JournalUse use = JournalUse::Live);

/// Writes a whole and consistent copy, mode 0600. An existing target is never overwritten.
[[nodiscard]] models::Result<void> backupJournal(const QString& file, const QString& target);

/// JSON lines, a run after the other: {"run","seq","hash","event"} for each event, where event is
/// the exact text that was hashed; behind OutputRecorded also "output" in base64, or "outputGone".
/// All runs where run is empty.
[[nodiscard]] models::Result<void> exportJournal(const QString& file, QIODevice& target,
                                                 const models::RunId& run = {});

struct Removal {
    qint64 bodies = 0;
    qint64 bytes = 0; ///< as stored
};
/// Removes the outputs of runs that were closed before the moment. Events stay: chains verify.
[[nodiscard]] models::Result<Removal> removeOutputs(const QString& file,
                                                    models::Instant closedBefore);

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace models {

/// One event as it lies in the journal, not interpreted.
struct ChainRecord {
    qint64 seq = 0;
    QByteArray bytes;
    QByteArray hash;
};

enum class ChainFaultKind {
    Changed,   ///< the bytes and the hash do not belong together
    Missing,   ///< there is a gap before this sequence number
    Reordered, ///< an intact event stands in another one's place
    Foreign,   ///< belongs to another run
    Cut,       ///< the chain does not hold the head that was remembered
};

/// What is wrong, where. text is a sentence for a person.
struct ChainFault {
    ChainFaultKind kind = ChainFaultKind::Changed;
    qint64 seq = 0;
    QString text;

    bool operator==(const ChainFault&) const = default;
};

struct ChainReport {
    QList<ChainFault> faults;
    qint64 events = 0;
    QByteArray head; ///< hash of the last record

    [[nodiscard]] bool isIntact() const { return faults.isEmpty(); }
    /// All faults, a line each; empty when intact.
    [[nodiscard]] QString text() const;
};

/// Verifies the chain of one run; records in stored order. rememberedHead, where not empty, is a
/// hash that was the chain's head once (from the keychain, a report): it must be in the chain,
/// which is the only way to see a cut tail or a chain that was rewritten as a whole.
[[nodiscard]] ChainReport verifyChain(const RunId& run, const QList<ChainRecord>& records,
                                      const QByteArray& rememberedHead = {});

} // namespace models

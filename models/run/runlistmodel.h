// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/run/runstate.h"

#include <QAbstractListModel>

namespace models {

/// One run as a list shows it.
struct RunListEntry {
    RunId id;
    QString workspaceName;
    QString runbookPath;
    QString title;
    QString environment;
    Instant startedAt;
    Instant lastEventAt;
    Instant closedAt;
    RunStatus status = RunStatus::Open;
    RunOutcome outcome = RunOutcome::None;
    QString startedBy;
    int done = 0;
    int failed = 0; ///< or unknown
    int total = 0;
    QString heldBy;  ///< the console that has it open; empty for none
    QString givenTo; ///< who drives it at another console since it was handed over; empty: nobody
    Instant givenAt; ///< when that was
    Target target;   ///< what it is about; empty: nobody said
    QString blockReason; ///< why that must not go there again; empty: nothing blocks it

    bool operator==(const RunListEntry&) const = default;
};

/// Runs, newest first.
class RunListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        EntryRole = Qt::UserRole + 1, ///< RunListEntry
        SearchRole,                   ///< what a text filter looks in
        OpenRole,                     ///< bool: not closed
    };

    using QAbstractListModel::QAbstractListModel;

    /// Takes over the runs in any order; rows of known runs are kept and change in place.
    void setEntries(QList<RunListEntry> entries);
    [[nodiscard]] const QList<RunListEntry>& entries() const { return m_entries; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<RunListEntry> m_entries;
};

/// "open", "handed over", "succeeded with deviations": how a run stands, in a word.
[[nodiscard]] QString runStanding(const RunListEntry& entry);

/// "v1.5.0" where all services go to one version, else "api v1.5.0, page v1.4.2"; empty for none.
[[nodiscard]] QString targetWords(const Target& target);

/// What opening a run comes to.
enum class RunOpening {
    Read,   ///< it is closed, or driven elsewhere
    Return, ///< this console drives it
    Follow, ///< another console does, and writes to this journal
    Resume, ///< this console drives it from then on
};
[[nodiscard]] RunOpening openingOf(const RunListEntry& entry);

} // namespace models

Q_DECLARE_METATYPE(models::RunListEntry)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/hostlock.h"
#include "app/run/journalstore.h"
#include "app/run/runplaces.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>

namespace app {

/// Asks for the locks that one run needs while it changes its environment: at the hosts that its
/// document names, and in the journal here. It records nothing: what is to be recorded comes with
/// the answer. Engine's thread.
class EnvironmentLocks final : public QObject {
    Q_OBJECT

public:
    /// What all places have answered.
    struct Answer {
        QList<models::EventDraft> drafts;
        QList<models::LockObstacle> obstacles; ///< empty: the run has all that it needs
    };
    using Done = std::function<void(const Answer&)>;

    /// Both outlive it.
    EnvironmentLocks(JournalStore& journal, RunPlaces& places, QObject* parent = nullptr);

    /// Before a change at these places: takes what the run does not hold yet, and looks whether it
    /// still holds what it held there; where the step names no host, everywhere. A host that cannot
    /// be asked about what was held before holds nothing up.
    void take(const models::RunState& state, const QStringList& at, Done done);
    /// A person saw these and goes on all the same: over who holds it, as long as it is still the
    /// one that was seen, and without a lock where there can be none.
    void takeOver(const models::RunState& state, const QList<models::LockObstacle>& seen,
                  const QString& reason, Done done);
    /// Gives back what these hosts hold; what cannot be given back is in no draft.
    void release(const models::RunState& state, const QStringList& hosts, Done done);

private:
    struct Round;

    void askHost(const std::shared_ptr<Round>& round, const QString& host,
                 const LockQuestion& question, std::chrono::milliseconds limit,
                 std::function<void(const LockAnswer&)> done);
    void takeAt(const std::shared_ptr<Round>& round, const QString& host, LockOrder order,
                const models::RunId& other);
    void takeHere(const std::shared_ptr<Round>& round);
    void noteHost(Round& round, const QString& host, const LockAnswer& answer) const;
    void noteHolder(Round& round, const models::Result<std::optional<RunSummary>>& holder) const;
    static void settle(const std::shared_ptr<Round>& round);
    [[nodiscard]] std::shared_ptr<Round> newRound(const models::RunState& state, Done done) const;

    JournalStore& m_journal;
    RunPlaces& m_places;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace app {

/// Everything that one run records, in order, one append at a time. What waits meanwhile shares the
/// next append where that keeps the order. Engine's thread.
class JournalWriter : public QObject {
    Q_OBJECT

public:
    /// An intent that cannot be recorded is given up; a fact (output, an exit status) is kept and
    /// tried again until it is durable.
    enum class Kind { Intent, Fact };
    using Done = std::function<void(const models::Result<QList<models::Event>>&)>;

    JournalWriter(JournalStore& journal, const models::RunId& run, QObject* parent = nullptr);

    void write(Kind kind, QList<models::EventDraft> drafts, QList<OutputBody> bodies, Done done);
    /// Nothing waits and nothing is being written.
    [[nodiscard]] bool isIdle() const { return m_waiting.empty() && !m_writing; }
    /// For the runs list, with the next append.
    void setProgress(int done, int total);

Q_SIGNALS:
    /// Facts cannot be written for now; they are kept and tried again.
    void stalled(const models::Error& error);

private:
    struct Entry {
        Kind kind;
        Append append;
        QList<Done> done;
    };

    void writeNext();
    void finish(const models::Result<QList<models::Event>>& result);

    JournalStore& m_journal;
    models::RunId m_run;
    QString m_actor;
    std::deque<Entry> m_waiting; ///< the first one is being written while m_writing
    bool m_writing = false;
    QTimer m_retry;
    int m_done = -1;
    int m_total = -1;
};

/// "user@host" of this process, the actor of its events.
[[nodiscard]] QString actorName();

} // namespace app

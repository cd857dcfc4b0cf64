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
    /// Calls back on the context's thread with the hash of the last event that was recorded here,
    /// behind an append under way; empty: none was. The writer may go before.
    void tellHead(QObject* context, const std::function<void(const QByteArray&)>& done) const;
    /// Nothing waits and nothing is being written.
    [[nodiscard]] bool isIdle() const { return m_waiting.empty() && !m_writing; }
    /// What the runs list shows once these drafts are written. Asked when an append begins: all
    /// before it are folded in then.
    using ProgressAfter = std::function<models::Progress(const QList<models::EventDraft>&)>;
    void setProgressAfter(ProgressAfter progress) { m_progressAfter = std::move(progress); }

    /// Output that waits past the first is too much to keep in memory; below the second it is
    /// little again.
    static constexpr qsizetype muchOutput = 8 * 1024 * 1024;
    static constexpr qsizetype littleOutput = 2 * 1024 * 1024;

Q_SIGNALS:
    void outputPiledUp();
    void outputDrained();
    /// Facts cannot be written for now; they are kept and tried again.
    void stalled(const models::Error& error);

private:
    struct Entry {
        Kind kind;
        Append append;
        QList<Done> done;
    };

    void writeNext();
    void countOutput(qsizetype change);
    void finish(const models::Result<QList<models::Event>>& result);

    JournalStore& m_journal;
    models::RunId m_run;
    QString m_actor;
    std::deque<Entry> m_waiting; ///< the first one is being written while m_writing
    bool m_writing = false;
    QFuture<models::Result<QList<models::Event>>> m_underWay; ///< while m_writing
    QByteArray m_head; ///< hash of the last event that was recorded here
    QTimer m_retry;
    ProgressAfter m_progressAfter;
    qsizetype m_outputWaiting = 0; ///< bytes of bodies in m_waiting
    bool m_piledUp = false;
};

/// "user@host" of this process, the actor of its events.
[[nodiscard]] QString actorName();

} // namespace app

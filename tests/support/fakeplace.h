// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "models/run/host.h"

#include <QHash>
#include <QSet>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <utility>

namespace tests {

class FakePlace;

/// What a command does at a fake host: prints this and ends so, at once; or goes on until told.
struct FakeCommand {
    QByteArray out;
    QByteArray err;
    int exitCode = 0;
    bool ends = true;
};

/// What is at a place whether or not a console looks: started attempts with their output. Outlives
/// the places that look at it, as processes outlive the console. Thread-safe.
class FakeHost {
public:
    /// By the script's text; an unknown one ends with 0 and prints nothing.
    void define(const QString& script, const FakeCommand& command);
    /// From now on every run() is refused, as by a place that proved that nothing started.
    void refuse(const QString& reason);
    /// What openRun() says from now on.
    void setFolder(const QString& folder);
    void failToOpen(const std::optional<models::Error>& error);
    /// From now on nobody knows how an attempt ended that is run(); empty: it is known again.
    void loseOutcomes(const QString& reason, models::Loss how = models::Loss::Unanswered);
    /// From now on run() is heard and not answered.
    void fallSilent(bool isSilent);
    /// What runs there: nobody knows how it ends, as where the way to the host is given up.
    void loseSight(const models::AttemptKey& attempt, const QString& reason);
    void answerExec(const app::ExecResult& result);
    /// What the host says of the lock from now on; nothing: that it is free, or held as it was.
    void answerLock(const QByteArray& answer);
    /// From now on what is asked of the lock waits for its answer, until it is let go.
    void holdLock();
    void letGoOfLock();
    /// Questions that wait.
    [[nodiscard]] qsizetype heldLockQuestions() const;
    /// A command that goes on ends now, with this exit status.
    void end(const models::AttemptKey& attempt, int exitCode);

    [[nodiscard]] int starts(const models::AttemptKey& attempt) const;
    [[nodiscard]] QStringList scripts() const; ///< in order of their start
    [[nodiscard]] QList<app::AttemptRequest> requests() const;
    [[nodiscard]] QList<app::AttemptRequest> asked() const; ///< with those that had started
    [[nodiscard]] bool isAcknowledged(const models::AttemptKey& attempt) const;
    /// As where the console went before it came to acknowledging anything.
    void forgetAcknowledgements();
    [[nodiscard]] bool isClosed(const models::RunId& run) const;
    [[nodiscard]] QList<QByteArray> inputs() const;
    [[nodiscard]] QList<app::Place::OutputFlow> flows() const; ///< as they were asked for
    /// Blocks the calling thread until this flow was asked for; false where that took too long.
    [[nodiscard]] bool waitForFlow(app::Place::OutputFlow flow,
                                   std::chrono::milliseconds patience) const;

private:
    friend class FakePlace;

    struct Process {
        FakeCommand command;
        int starts = 0;
        bool cancelled = false;
    };

    mutable std::mutex m_mutex; ///< of the library: ThreadSanitizer sees it
    QSet<FakePlace*> m_places;  ///< that look at it now
    QHash<QString, FakeCommand> m_commands;
    QHash<models::AttemptKey, Process> m_processes;
    QList<app::AttemptRequest> m_requests;
    QList<app::AttemptRequest> m_asked;
    QSet<models::AttemptKey> m_acknowledged;
    QSet<models::RunId> m_closed;
    QList<QByteArray> m_inputs;
    QList<app::Place::OutputFlow> m_flows;
    mutable std::condition_variable m_flowAsked;
    app::ExecResult m_execResult{0, {}, {}};
    QByteArray m_lockAnswer;
    bool m_holdsLock = false;
    QList<std::pair<FakePlace*, std::function<void()>>> m_heldQuestions; ///< by who is to be told
    QString m_folder;
    std::optional<models::Error> m_openError;
    QString m_refusal;
    bool m_isSilent = false;
    QString m_loss;
    models::Loss m_howLost = models::Loss::Unanswered;
};

/// A place that looks at a fake host.
class FakePlace final : public app::Place {
    Q_OBJECT

public:
    explicit FakePlace(FakeHost& host, QString name = models::localPlace);
    ~FakePlace() override;

    [[nodiscard]] QString name() const override { return m_name; }
    void openRun(const models::RunId& run, OpenCallback done) override;
    void run(const app::AttemptRequest& request) override;
    void cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) override;
    void sendInput(const models::AttemptKey& attempt, int number, const QByteArray& bytes) override;
    void setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) override;
    void acknowledge(const models::AttemptKey& attempt) override;
    void closeRun(const models::RunId& run) override;
    using Place::exec;
    void exec(const QStringList& argv, const QByteArray& input, std::chrono::milliseconds timeLimit,
              ExecCallback done) override;

private:
    friend class FakeHost;

    void finishLater(const models::AttemptKey& attempt, const app::AttemptRecord& record);

    FakeHost& m_host;
    QString m_name;
};

} // namespace tests

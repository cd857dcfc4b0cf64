// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/result.h"
#include "models/run/runstate.h"

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace app {

enum class OutputStream { Stdout = 0, Stderr = 1 };

/// Bytes of each stream that the journal already holds.
struct StreamOffsets {
    qint64 out = 0;
    qint64 err = 0;
};

enum class InputMode { None, Pipe, Terminal };

/// Whether the attempt may be there already.
enum class AttemptOrigin {
    BegunHere,     ///< nobody else has ever asked a place for it
    FoundUnderWay, ///< an earlier console recorded that it begins
    AskedAbout,    ///< its outcome was lost, and a person wants to know: nothing begins by that
};

/// What to run, complete. Values never become shell text without quoting.
struct AttemptRequest {
    models::AttemptKey attempt;
    AttemptOrigin origin = AttemptOrigin::BegunHere;
    QString folder; ///< what openRun() said when it was begun; empty: not recorded
    QString shell = QStringLiteral("sh"); ///< "sh", "bash", "zsh" or an interpreter
    QByteArray script;                    ///< verbatim
    QMap<QString, QString> variables; ///< exported before the script, after the state is restored
    QMap<QString, QString> secrets;   ///< as variables, over standard input, never in a file
    /// Secrets that the command was not given but may come by: a variable that holds one of these
    /// values is not carried over. Never in a file either.
    QStringList withheld;
    std::optional<models::AttemptKey> restoreFrom; ///< session state to take over
    /// Where nothing is restored; empty, "~" and "~/…" mean the home directory at the place.
    QString workingDirectory;
    std::chrono::milliseconds timeLimit{0}; ///< 0: none
    std::chrono::milliseconds grace{5000};  ///< between TERM and KILL
    InputMode input = InputMode::None;
    bool errexit = true; ///< set -e, and pipefail where the shell has it
    StreamOffsets from;  ///< where to begin when it is already there
};

/// How an attempt ended, from its exit record.
struct AttemptRecord {
    int exitCode = 0; ///< 128+n for a signal
    bool byTimeLimit = false;
    bool cancelled = false;
    bool ranNothing = false; ///< the session state could not be restored: see reason
    QString reason;
    StreamOffsets sizes;     ///< complete length of both streams
    bool outputCut = false;  ///< the host could not store all of it
    bool stateSaved = false; ///< a later step can restore from it
    QStringList leftOut;     ///< variables not carried over, because they hold a secret
    int leftBehind = 0;      ///< background processes that still live
};

enum class CancelOutcome { Gone, LeftBehind, Unconfirmed };

/// Of a short attached command, which leaves nothing behind.
struct ExecResult {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// Where commands run: this machine or a host. Lives on the engine's thread; never blocks it.
/// Every attempt that was run() ends in exactly one of attemptFinished, attemptUnknown or
/// attemptRefused.
class Place : public QObject {
    Q_OBJECT

public:
    enum class OutputFlow { Flowing, Held };

    using QObject::QObject;

    [[nodiscard]] virtual QString name() const = 0;

    using OpenCallback = std::function<void(models::Result<QString>)>;
    /// Makes sure that attempts of the run can be recorded at the place. Gives the mark of what
    /// they are recorded in: where that is gone or replaced, the mark is another, and nothing can
    /// be said any more of the attempts that were recorded in it. The callback comes once, on this
    /// object's thread, at once where it is known.
    virtual void openRun(const models::RunId& run, OpenCallback done) {
        Q_UNUSED(run)
        done(QString());
    }
    /// Starts the attempt unless it already started, then follows it from request.from. Survives
    /// this process.
    virtual void run(const AttemptRequest& request) = 0;
    /// TERM, then KILL after the grace, to every process of the attempt.
    virtual void cancel(const models::AttemptKey& attempt, std::chrono::milliseconds grace) = 0;
    /// Delivered at most once a number; numbers count from 1 for each attempt.
    virtual void sendInput(const models::AttemptKey& attempt, int number,
                           const QByteArray& bytes) = 0;
    /// Held: no more output is taken from the place until it flows again, so that a reader which
    /// cannot keep up bounds what is in memory. What was taken before may still come. The command
    /// itself is not slowed down. An attempt whose output is held does not finish.
    virtual void setOutputFlow(const models::AttemptKey& attempt, OutputFlow flow) {
        Q_UNUSED(attempt)
        Q_UNUSED(flow)
    }
    /// All output up to the end is in the journal: the place may remove it.
    virtual void acknowledge(const models::AttemptKey& attempt) = 0;
    /// The run is closed: removes its directory. Refused silently while an attempt lives.
    virtual void closeRun(const models::RunId& run) = 0;
    /// Before this is let go: does at once what acknowledge() and closeRun() asked for, and calls
    /// back when that is answered, which may be never where the place is away. At once where
    /// nothing is to be done.
    virtual void settle(std::function<void()> done) { done(); }

    using ExecCallback = std::function<void(models::Result<ExecResult>)>;
    /// argv[0] is looked up in PATH. input is all of the command's standard input, without NUL; it
    /// stands in no list of processes and no file. The callback comes once, on this object's
    /// thread.
    virtual void exec(const QStringList& argv, const QByteArray& input,
                      std::chrono::milliseconds timeLimit, ExecCallback done) = 0;
    /// The same for a command that reads nothing.
    void exec(const QStringList& argv, std::chrono::milliseconds timeLimit, ExecCallback done) {
        exec(argv, {}, timeLimit, std::move(done));
    }

Q_SIGNALS:
    /// The command runs (or ran): from here on it cannot be "never started".
    void attemptStarted(const models::AttemptKey& attempt);
    /// In order for each stream, without gaps; offset is that of the first byte.
    void outputReceived(const models::AttemptKey& attempt, app::OutputStream stream, qint64 offset,
                        const QByteArray& bytes);
    /// After the last output.
    void attemptFinished(const models::AttemptKey& attempt, const app::AttemptRecord& record);
    /// The outcome cannot be known; evidence says what was found. Unanswered: run() again, as one
    /// that is AskedAbout, may tell.
    void attemptUnknown(const models::AttemptKey& attempt, const QString& reason,
                        const QString& evidence, models::Loss loss);
    /// It was proven never to have started, and never will.
    void attemptRefused(const models::AttemptKey& attempt, const models::Error& error);
    void cancelFinished(const models::AttemptKey& attempt, app::CancelOutcome outcome,
                        const QString& leftBehind);
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

#include <map>

namespace app {

/// How far an action is. A value.
struct ActionProgress {
    enum class State : std::uint8_t {
        Starting,
        Running,
        Passed,      ///< and its run is closed
        Failed,      ///< and its run is closed
        NeedsPerson, ///< its run is open: see words
        Refused,     ///< nothing ran: see words
    };

    State state = State::Starting;
    QString title;      ///< "Restart portal"
    QString place;      ///< of several all; empty before it is known
    models::RunId run;  ///< empty before it is known
    QString words;      ///< why it failed, was refused, or needs a person
    QString lastOutput; ///< of what failed: the last line that it wrote; masked
    models::Instant startedAt;
    models::Instant finishedAt;

    [[nodiscard]] bool isUnderWay() const {
        return state == State::Starting || state == State::Running;
    }
    bool operator==(const ActionProgress&) const = default;
};

/// Carries runs of one step through without a page of their own: started, its step begun at once,
/// closed with what came of it. What a person has to decide stays open, to be found among the runs.
/// Main thread.
class ActionRunner final : public QObject {
    Q_OBJECT

public:
    /// runs outlives this.
    explicit ActionRunner(RunService& runs, QObject* parent = nullptr);

    /// A person has confirmed what the step asks for. Gives a number by which it is told of.
    int start(const models::PlanPointer& plan, const models::StepId& step,
              const QMap<QString, QString>& variables, const QMap<QString, QString>& secrets);

Q_SIGNALS:
    void changed(int action, const app::ActionProgress& progress);

private:
    struct Action {
        ActionProgress progress;
        models::StepId step;
        bool isClosing = false;
    };

    void begin(int number, const models::RunId& run, const QMap<QString, QString>& secrets);
    void settle(int number);
    void settleRun(const models::RunId& run);
    void settleStep(int number, const models::RunState& state);
    void finish(int number, const models::RunState& state);
    void takeUpAgain(const models::RunId& run);
    void onRefused(const models::RunId& run, const models::Error& error);
    void fetchLastOutput(int number, const models::AttemptKey& attempt);
    void tell(int number, ActionProgress::State state, const QString& words = {});

    RunService& m_runs;
    std::map<int, Action> m_actions; ///< that are under way
    int m_last = 0;
};

} // namespace app

Q_DECLARE_METATYPE(app::ActionProgress)

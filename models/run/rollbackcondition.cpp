// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/rollbackcondition.h"

#include <QRegularExpression>

#include <algorithm>

namespace models {
namespace {

bool saysIf(const QString& text) {
    static const QRegularExpression words(u"^(?:if|when|only if|in case)\\b|, (?:if|in "
                                          u"case)\\b|\\b(?:only if|if (?:necessary|needed|required|"
                                          "applicable))\\b"_qs,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

bool isAboutSchema(const QString& text) {
    static const QRegularExpression words(
        u"\\b(?:schemas?|migrations?|migrated|database|db|alembic)\\b"_qs,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

/// Each time that it ran. One try may have brought the schema forward that another found so.
bool migratedNothing(const StepState& step) {
    return hasRun(step) &&
           std::all_of(step.attempts.cbegin(), step.attempts.cend(), [](const Attempt& attempt) {
               return attempt.status == AttemptStatus::NotStarted || attempt.migratedNothing;
           });
}

ConditionAnswer fromStatus(const RunState& state, LaneCondition::Kind kind,
                           const QList<int>& candidates) {
    const PlanStep* doubtful = nullptr;
    const PlanStep* idle = nullptr;
    for (const int index : candidates) {
        const PlanStep& placed = state.plan->steps[index];
        const StepState& step = state.step(placed.step.id);
        if (step.changeSeq == 0)
            continue;
        if (kind == LaneCondition::Kind::Migration && migratedNothing(step)) {
            idle = &placed;
            continue;
        }
        if (step.status == StepStatus::Passed)
            return {Need::Needed, u"“%1” passed in this run."_qs.arg(placed.step.title)};
        doubtful = &placed;
    }
    if (doubtful) {
        return {Need::Asked,
                u"“%1” was started and did not pass: what it changed is not known."_qs.arg(
                    doubtful->step.title)};
    }
    if (idle) {
        return {Need::NotNeeded,
                u"“%1” found the schema up to date: this run did not bring it forward."_qs.arg(
                    idle->step.title)};
    }
    return {Need::NotNeeded, u"“%1” did not run in this run."_qs.arg(
                                 state.plan->steps[candidates.first()].step.title)};
}

} // namespace

LaneCondition conditionOf(const Plan& plan, int planIndex) {
    for (int index = planIndex; index >= 0; index = plan.steps[index].step.parent) {
        const Step& step = plan.steps[index].step;
        const QString when = step.options.text(QLatin1String("when")).trimmed();
        if (when.startsWith(u"ran "))
            return {LaneCondition::Kind::Ran, when.mid(4).trimmed(), when};
        if (!when.isEmpty())
            return {LaneCondition::Kind::Other, {}, when};
        if (saysIf(step.title)) {
            return {isAboutSchema(step.title) ? LaneCondition::Kind::Migration
                                              : LaneCondition::Kind::Other,
                    {},
                    step.title};
        }
    }
    return {};
}

bool migratesForward(const Step& step) {
    static const QRegularExpression tools(
        u"\\balembic\\s+upgrade\\b|\\bmanage\\.py\\s+migrate\\b|\\bdb:migrate(?![:\\w])|"
        "\\bprisma\\s+migrate\\s+deploy\\b|\\bknex\\s+migrate:(?:latest|up)\\b|"
        "\\bflyway\\b.*\\bmigrate\\b|\\bsupabase\\s+(?:db\\s+push|migration\\s+up)\\b|"
        "\\b(?:goose|dbmate|migrate)\\b.*\\bup\\b|\\bliquibase\\b.*\\bupdate\\b|"
        "\\bdiesel\\s+migration\\s+run\\b|\\bsqlx\\s+migrate\\s+run\\b|\\becto\\.migrate\\b"_qs);
    return std::any_of(step.commands.cbegin(), step.commands.cend(),
                       [](const Command& command) { return tools.match(command.text).hasMatch(); });
}

bool saysNothingMigrated(const QString& output) {
    static const QRegularExpression moved(
        u"Running upgrade|^ *(?:Applying|Applied|Migrating|Successfully (?:applied|migrated))\\b|"
        "^== .*migrat|\\bOK +\\d|\\bran successfully"_qs,
        QRegularExpression::MultilineOption | QRegularExpression::CaseInsensitiveOption);
    // Alembic names its context and then each step; without a step there was none to take.
    static const QRegularExpression idle(
        u"\\[alembic\\.runtime\\.migration\\]|no (?:pending )?migrations? (?:to (?:apply|run)|"
        "necessary)|no pending migrations|no migrations to|already up[ -]to[ -]date|"
        "(?:database|schema)\\b.* is up to date|migrations already up"_qs,
        QRegularExpression::CaseInsensitiveOption);
    return idle.match(output).hasMatch() && !moved.match(output).hasMatch();
}

ConditionAnswer answerFrom(const RunState& state, const LaneCondition& condition,
                           const QList<int>& candidates) {
    if (condition.kind == LaneCondition::Kind::None)
        return {};
    if (!candidates.isEmpty())
        return fromStatus(state, condition.kind, candidates);
    return {Need::Asked, u"Nothing that this run did tells: “%1”"_qs.arg(condition.words)};
}

} // namespace models

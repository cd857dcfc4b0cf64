// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/intent.h"
#include "models/run/gatewatch.h"
#include "models/run/observations.h"
#include "models/run/observeddraft.h"

#include <QSet>

#include <map>
#include <optional>
#include <vector>

namespace app {

/// What this console reads of one run: its gates, triggers and its watch, between what is recorded
/// of them. It starts anew with each console: what nobody read counts for nothing.
class WatchedRun {
public:
    /// Gives a source as of now to a function, once.
    using Ask = std::function<void(const models::HealthSource&)>;
    using Consult = std::function<void(const Ask&)>;

    /// A gate that was entered.
    struct Gate {
        std::optional<models::GateWatch> watch; ///< none: runs elsewhere decide it
        models::GateStanding standing;
        models::Instant due;
        std::chrono::milliseconds every{0};
        bool isAsking = false; ///< runs elsewhere are being looked up
    };
    struct Trigger {
        models::TriggerWatch watch;
        models::Instant due;
    };

    /// Takes up what the state asks for; gives what is to be recorded for that.
    [[nodiscard]] std::vector<Intent> follow(const models::RunState& state, models::Instant now);
    /// Reads what is due; gives what is to be recorded of it.
    [[nodiscard]] std::vector<Intent> read(const Consult& consult, models::Instant now);
    /// Triggers that were recorded to hold before this console took the run up, and were seen to
    /// hold since: each once.
    [[nodiscard]] QStringList takeConfirmed();
    /// A gate that another environment's runs decide and that is due; empty: none. It is asked for
    /// until taken().
    [[nodiscard]] models::StepId promotionDue(models::Instant now);
    [[nodiscard]] std::optional<Intent>
    takePromotion(const models::StepId& step, const models::Finding& finding, models::Instant now);
    /// When something is due; null: nothing.
    [[nodiscard]] models::Instant next() const;

    [[nodiscard]] const std::map<models::StepId, Gate>& gates() const { return m_gates; }
    [[nodiscard]] const std::vector<Trigger>& triggers() const { return m_triggers; }

private:
    struct Criterion {
        models::Condition condition;
        models::SustainedVerdict sustained;
    };
    struct Watch {
        models::WatchRule rule;
        models::Instant until;
        std::vector<Criterion> criteria;
        std::optional<models::WatchSpan> span; ///< seen and not yet recorded
        models::Instant due;
    };

    void followGates(const models::RunState& state, const QList<int>& gates, models::Instant now);
    void followTriggers(const models::RunState& state, models::Instant now);
    void followWatch(const models::RunState& state, models::Instant now);
    void readGates(const models::HealthSource& source, models::Instant now,
                   std::vector<Intent>& intents);
    void readTriggers(const models::HealthSource& source, models::Instant now,
                      std::vector<Intent>& intents);
    void readWatch(const models::HealthSource& source, models::Instant now,
                   std::vector<Intent>& intents);
    [[nodiscard]] QList<models::CriterionSeen> readCriteria(const models::HealthSource& source,
                                                            models::Instant now);
    void extend(const models::WatchSpan& seen, std::vector<Intent>& intents);

    std::map<models::StepId, Gate> m_gates;
    std::vector<Trigger> m_triggers;
    std::map<QString, bool> m_recorded; ///< by trigger: whether it is recorded to hold
    QSet<QString> m_unconfirmed;        ///< triggers that another console recorded to hold
    QStringList m_confirmed;
    std::optional<Watch> m_watch;
};

} // namespace app

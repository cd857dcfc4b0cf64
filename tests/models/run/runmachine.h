// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/event.h"
#include "models/run/next.h"
#include "models/run/runstate.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace tests {

/// What drives a run: apply() and next(), or seeded mutants of them.
struct RunRules {
    std::function<models::RunState(models::RunState, const models::Event&)> apply;
    std::function<QList<models::Effect>(const models::RunState&)> next;
};

/// As the program has them.
[[nodiscard]] RunRules ourRules();

/// A small world around one run: a document of a command on two hosts one after the other, a gate
/// (the two are a wave), a command on one host and a manual step; a trigger; a console that may die
/// between any two things that happen; hosts that go on without it. Everything that can happen in
/// it is tried from every state that can be reached, each state once.
class RunMachine {
public:
    explicit RunMachine(RunRules rules);

    /// Tries everything; empty where every state is as it has to be, else what is wrong.
    [[nodiscard]] std::string explore();
    [[nodiscard]] std::size_t states() const { return m_nodes.size(); }
    [[nodiscard]] std::size_t transitions() const { return m_edges.size(); }

private:
    enum class Process { Running, Good, Bad };
    using Place = std::pair<std::string, std::string>; ///< step and host

    struct Earlier {
        bool operator()(const models::AttemptKey& one, const models::AttemptKey& other) const {
            return std::pair(one.step, one.number) < std::pair(other.step, other.number);
        }
    };
    using Attempts = std::set<models::AttemptKey, Earlier>; ///< of one run

    /// One state of run, console and hosts.
    struct Node {
        models::RunState state;
        Attempts followed; ///< by this console
        Attempts found;    ///< under way when this console took over
        std::map<models::AttemptKey, Process, Earlier> hosts;
        std::map<Place, int> asked; ///< how often a person started it
        std::map<Place, int> begun; ///< processes that were started for it
        bool overridden = false;
        models::Verdict read = models::Verdict::Unknown; ///< of the gate, when it was last recorded
        int retries = 0;
        int entered = 0; ///< so often it was recorded that the wave was
    };

    [[nodiscard]] static std::string keyOf(const Node& node);
    /// Of how it came about as well, which the key does not tell.
    [[nodiscard]] std::string wrongWith(const Node& node) const;
    /// Of nothing but what the key tells: looked at once for each.
    [[nodiscard]] std::string wrongWithNew(const Node& node) const;
    [[nodiscard]] std::string wrongAfter(const Node& before, const Node& after) const;
    [[nodiscard]] std::string wrongWithEnds() const;

    void record(Node& node, const QList<models::EventDraft>& drafts) const;
    void reach(Node node);
    void tryAll();
    void tryStarts();
    void tryPeople();
    void tryEffects();
    void tryHosts();
    void tryGate();
    void tryTrigger();
    void tryEnds();
    void crash();
    void begin(Node& node, const models::AttemptKey& key) const;
    [[nodiscard]] bool endAttempt(const models::AttemptKey& key, Process process);

    RunRules m_rules;
    std::unordered_map<std::string, std::size_t> m_known;
    std::vector<Node> m_nodes;
    std::vector<std::pair<std::size_t, std::size_t>> m_edges;
    Node m_from; ///< the one that is being tried
    std::size_t m_at = 0;
    std::string m_wrong;
};

} // namespace tests

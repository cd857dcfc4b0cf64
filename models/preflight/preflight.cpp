// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/preflight.h"

#include "models/preflight/commandreading.h"
#include "models/preflight/freezes.h"
#include "models/preflight/wayback.h"
#include "models/run/approvalrule.h"
#include "models/run/lock.h"
#include "models/run/targetvariables.h"

#include <algorithm>
#include <utility>

namespace models {
namespace {

using Topic = PreflightTopic;

const QString nobodyLooked = u"Nobody looked at it yet."_qs;
const QString checkHosts = u"Check the hosts."_qs;
const QString waitForRun = u"Wait until that run is closed, or agree with who runs it."_qs;

/// What has to be mended comes first.
int urgency(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fail:
        return 0;
    case Verdict::Unknown:
        return 1;
    case Verdict::Pass:
        break;
    }
    return 2;
}

QString mendOf(const MissingValue& value) {
    if (value.isSecret)
        return u"Give the secret when the run starts."_qs;
    return isTargetVariable(value.name)
               ? u"Name the target when the run starts, or with --target VERSION."_qs
               : u"Give it when the run starts, or with --set %1=VALUE."_qs.arg(value.name);
}

/// Puts together the lines of one preflight.
class Preflight {
public:
    Preflight(const RunState& state, const PreflightFacts& facts)
        : m_state(state)
        , m_plan(*state.plan)
        , m_facts(facts)
        , m_commands(readCommands(state)) {}

    std::vector<PreflightLine> lines() {
        tellCommands();
        tellValues();
        tellEnvironment();
        tellFreezes();
        addAll(m_facts.rules);
        tellApprovals();
        tellLock();
        tellHosts();
        tellDisks();
        tellVariables();
        addAll(wayBackLines(m_plan, m_facts.versions));
        tellRisks();
        tellDuration();
        std::stable_sort(m_lines.begin(), m_lines.end(),
                         [](const PreflightLine& one, const PreflightLine& other) {
                             return std::pair(urgency(one.verdict), one.topic) <
                                    std::pair(urgency(other.verdict), other.topic);
                         });
        return std::move(m_lines);
    }

private:
    void tellCommands();
    void tellValues();
    void tellEnvironment();
    void tellFreezes();
    void tellApprovals();
    void tellLock();
    void tellHosts();
    void tellDisks();
    void tellVariables();
    void tellRisks();
    void tellDuration();
    PreflightLine& add(Topic topic, const QString& subject, Verdict verdict, const QString& reason,
                       const QString& mend = {});
    void addAll(const std::vector<PreflightLine>& lines) {
        m_lines.insert(m_lines.end(), lines.cbegin(), lines.cend());
    }

    const RunState& m_state;
    const Plan& m_plan;
    const PreflightFacts& m_facts;
    const CommandReading m_commands;
    std::vector<PreflightLine> m_lines;
};

PreflightLine& Preflight::add(Topic topic, const QString& subject, Verdict verdict,
                              const QString& reason, const QString& mend) {
    return m_lines.emplace_back(
        PreflightLine{topic, subject, verdict, reason, mend, {}, false, {}});
}

void Preflight::tellCommands() {
    addAll(m_commands.lines);
    if (const int known = m_commands.resolved; known > 0)
        add(Topic::Commands, {}, Verdict::Pass,
            known == 1 ? u"1 command is known as it will run."_qs
                       : u"%1 commands are known as they will run."_qs.arg(known));
}

void Preflight::tellValues() {
    if (m_commands.missing.empty())
        add(Topic::Values, {}, Verdict::Pass, u"No value is missing."_qs);
    QMap<QString, QString> sources;
    for (const SecretReference& secret : m_plan.context.secrets)
        sources.insert(secret.name, secret.source);
    for (const MissingValue& value : m_commands.missing) {
        const Step& step = m_plan.steps[value.firstUse].step;
        const QString source = sources.value(value.name, u"prompt"_qs);
        PreflightLine& line =
            value.isSecret && source != u"prompt"
                ? add(Topic::Values, value.name, Verdict::Unknown,
                      u"The secret is looked up (%1) when the run begins."_qs.arg(source))
                : add(Topic::Values, value.name, Verdict::Unknown,
                      u"It has no value: “%1” asks for it."_qs.arg(step.title), mendOf(value));
        line.step = step.id;
    }
}

/// A document that says what it is for is not meant for the rest. "local" tries anything out.
void Preflight::tellEnvironment() {
    const QStringList& named = m_plan.runbook.frontMatter.environments;
    const QString& environment = m_plan.context.environment;
    if (!named.isEmpty() && environment != u"local" &&
        !named.contains(environment, Qt::CaseInsensitive))
        add(Topic::Environment, environment, Verdict::Fail,
            u"The document is for %1."_qs.arg(named.join(u", "_qs)), u"Start it there."_qs);
}

void Preflight::tellFreezes() {
    const QString& environment = m_plan.context.environment;
    bool isFrozen = !m_facts.unreadFreezes.isEmpty();
    for (const Diagnostic& mistake : m_facts.unreadFreezes)
        add(Topic::Freeze, u"gantry.yaml"_qs, Verdict::Fail,
            unreadFreezeWords(environment, mistake),
            u"Mend the file, or say why the run cannot wait."_qs)
            .objects = true;
    for (const Maintenance& freeze : m_facts.freezes) {
        if (!freeze.holds(m_facts.now))
            continue;
        isFrozen = true;
        add(Topic::Freeze, {}, Verdict::Fail, freezeWords(environment, freeze),
            u"Wait for its end, or say why the run cannot wait."_qs)
            .objects = true;
    }
    if (!m_facts.freezes.isEmpty() && !isFrozen)
        add(Topic::Freeze, {}, Verdict::Pass, u"No freeze holds now."_qs);
}

/// A run that nobody can approve does not get past that.
void Preflight::tellApprovals() {
    for (int index = 0; index < m_plan.steps.size(); ++index) {
        const PlanStep& placed = m_plan.steps[index];
        if (!placed.applicable || !m_plan.isLeaf(index) || placed.step.lane != m_plan.mainLane() ||
            !isApproval(placed.step) || !m_plan.context.isProtected)
            continue;
        const QString impossible = approvalImpossible(m_state, index);
        add(Topic::Approvals, placed.step.title,
            impossible.isEmpty() ? Verdict::Pass : Verdict::Fail,
            impossible.isEmpty()
                ? u"%1 can sign it: %2."_qs.arg(approversOf(m_state, index).join(u", "_qs),
                                                termsText(approvalTerms(m_plan, placed.step)))
                : impossible)
            .step = placed.step.id;
    }
}

void Preflight::tellLock() {
    if (m_facts.lockedBy.isEmpty())
        add(Topic::Lock, {}, Verdict::Pass,
            m_facts.openRun.isEmpty()
                ? u"No run that is known here changes %1."_qs.arg(m_plan.context.environment)
                : u"No run that is known here changes %1: %2, and has changed nothing."_qs.arg(
                      m_plan.context.environment, m_facts.openRun));
    else
        add(Topic::Lock, {}, Verdict::Fail,
            u"%1 is being changed: %2."_qs.arg(m_plan.context.environment, m_facts.lockedBy),
            waitForRun)
            .objects = true;
    for (const QString& host : hostsInvolved(m_plan)) {
        const auto found = m_facts.locks.find(host);
        if (found == m_facts.locks.end()) {
            add(Topic::Lock, host, Verdict::Unknown, nobodyLooked, checkHosts);
            continue;
        }
        const HostFinding& lock = found->second;
        PreflightLine& line = add(Topic::Lock, host, lock.verdict, lock.reason,
                                  lock.verdict == Verdict::Fail ? waitForRun : lock.mend);
        line.at = lock.at;
        line.objects = lock.verdict == Verdict::Fail;
    }
}

void Preflight::tellHosts() {
    for (const QString& place : m_commands.hosts) {
        const auto found = m_facts.hosts.find(place);
        if (found == m_facts.hosts.end()) {
            add(Topic::Hosts, place, Verdict::Unknown, nobodyLooked, checkHosts);
            continue;
        }
        const HostFinding& host = found->second;
        add(Topic::Hosts, place, host.verdict, host.reason, host.mend).at = host.at;
    }
}

void Preflight::tellDisks() {
    for (const DiskFinding& disk : m_facts.disks) {
        const QString subject = disk.host + u", "_qs + disk.what;
        if (!disk.free)
            add(Topic::Disk, subject, Verdict::Unknown, disk.problem).at = disk.at;
        else if (*disk.free < leastFreeSpace)
            add(Topic::Disk, subject, Verdict::Fail,
                u"%1 MB are free, and less than %2 MB is too little."_qs.arg(*disk.free / 1'000'000)
                    .arg(leastFreeSpace / 1'000'000),
                u"Make room there: old images and old releases first."_qs)
                .at = disk.at;
        else
            add(Topic::Disk, subject, Verdict::Pass,
                *disk.free < 10'000'000'000 ? u"%1 MB are free."_qs.arg(*disk.free / 1'000'000)
                                            : u"%1 GB are free."_qs.arg(*disk.free / 1'000'000'000))
                .at = disk.at;
    }
}

void Preflight::tellVariables() {
    for (const auto& [service, standing] : m_facts.contracts)
        add(Topic::Contract, service, standing.verdict, standing.words,
            standing.verdict == Verdict::Fail ? u"Mend the variables where the service runs."_qs
                                              : QString())
            .at = standing.at;
    for (const IsolationReading& reading : m_facts.isolation) {
        if (reading.rule.environments.contains(m_plan.context.environment))
            add(Topic::Isolation, reading.rule.variables.join(u", "_qs), reading.verdict,
                reading.words)
                .at = reading.at;
    }
}

void Preflight::tellRisks() {
    for (const Risk& risk : m_plan.context.risks)
        add(Topic::Risks, {}, Verdict::Unknown, risk.text);
}

void Preflight::tellDuration() {
    if (const auto usual = usualDuration(m_facts.earlier))
        add(Topic::Duration, {}, Verdict::Pass,
            u"About %1 min, by earlier runs that ended well."_qs.arg(
                std::max<qint64>(1, std::chrono::round<std::chrono::minutes>(*usual).count())));
    else
        add(Topic::Duration, {}, Verdict::Unknown,
            u"No earlier run of this document ended well here."_qs);
}

} // namespace

std::vector<PreflightLine> preflight(const RunState& state, const PreflightFacts& facts) {
    return Preflight(state, facts).lines();
}

std::optional<std::chrono::milliseconds> usualDuration(const QList<EarlierRun>& earlier) {
    std::vector<qint64> took;
    for (const EarlierRun& run : earlier) {
        const bool isGood = run.outcome == RunOutcome::Succeeded ||
                            run.outcome == RunOutcome::SucceededWithDeviations;
        if (isGood && !run.closedAt.isNull() && run.startedAt < run.closedAt)
            took.push_back(run.closedAt.nanoseconds - run.startedAt.nanoseconds);
    }
    if (took.empty())
        return std::nullopt;
    const auto middle = took.begin() + static_cast<std::ptrdiff_t>(took.size() / 2);
    std::nth_element(took.begin(), middle, took.end());
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(*middle));
}

} // namespace models

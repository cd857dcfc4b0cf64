// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/preflight.h"

#include "models/run/approvalrule.h"
#include "models/run/hosts.h"
#include "models/run/lock.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "models/run/targetvariables.h"

#include <QSet>

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

/// Puts together the lines of one preflight.
class Preflight {
public:
    Preflight(const RunState& state, const PreflightFacts& facts)
        : m_state(state)
        , m_plan(*state.plan)
        , m_facts(facts) {}

    std::vector<PreflightLine> lines() {
        readSteps();
        tellCommands();
        tellValues();
        tellEnvironment();
        tellFreezes();
        m_lines.insert(m_lines.end(), m_facts.rules.cbegin(), m_facts.rules.cend());
        tellApprovals();
        tellLock();
        tellHosts();
        tellDisks();
        tellVariables();
        tellWayBack();
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
    void readSteps();
    void readStep(int index);
    void tellCommands();
    void tellValues();
    void tellEnvironment();
    void tellFreezes();
    void tellApprovals();
    void tellLock();
    void tellHosts();
    void tellDisks();
    void tellVariables();
    void tellWayBack();
    void tellVersions();
    void tellRisks();
    void tellDuration();
    PreflightLine& add(Topic topic, const QString& subject, Verdict verdict, const QString& reason,
                       const QString& mend = {});

    const RunState& m_state;
    const Plan& m_plan;
    const PreflightFacts& m_facts;
    std::vector<PreflightLine> m_lines;
    int m_resolved = 0;
    QStringList m_places; ///< in the order of the document
    QStringList m_names;  ///< without a value, likewise
    QHash<QString, int> m_firstUse;
    QSet<QString> m_secrets; ///< those of the names that are one
};

PreflightLine& Preflight::add(Topic topic, const QString& subject, Verdict verdict,
                              const QString& reason, const QString& mend) {
    return m_lines.emplace_back(
        PreflightLine{topic, subject, verdict, reason, mend, {}, false, {}});
}

void Preflight::readSteps() {
    for (int index = 0; index < m_plan.steps.size(); ++index) {
        const PlanStep& placed = m_plan.steps[index];
        const bool isWanted =
            placed.step.lane == m_plan.mainLane() || placed.step.lane == Lane::Rollback;
        if (isWanted && placed.applicable && m_plan.isLeaf(index) && canRun(placed.step) &&
            placed.step.wait.count() == 0)
            readStep(index);
    }
}

void Preflight::readStep(int index) {
    const Step& step = m_plan.steps[index].step;
    const auto say = [&](Verdict verdict, const QString& reason, const QString& mend) {
        add(Topic::Commands, step.title, verdict, reason, mend).step = step.id;
    };
    const Result<QStringList> places = placesOf(m_plan, step);
    if (!places) {
        say(Verdict::Fail, places.error().message,
            u"Name the host with \"on\", or give the environment a default_host."_qs);
        return;
    }
    for (const QString& place : *places) {
        if (place != localPlace && !m_places.contains(place))
            m_places.append(place);
    }
    const Requirements needs = requirementsOf(m_state, index);
    QStringList missing = needs.variables;
    for (const QString& name : needs.secrets) {
        m_secrets.insert(name);
        if (!m_state.secretsGiven.contains(name))
            missing.append(name);
    }
    for (const QString& name : std::as_const(missing)) {
        if (!m_firstUse.contains(name)) {
            m_firstUse.insert(name, index);
            m_names.append(name);
        }
    }
    if (needs.needsEditing) {
        say(Verdict::Unknown,
            u"Its command is mixed with other text and is edited before it runs."_qs, {});
        return;
    }
    // A value that is missing is told once, with its name.
    if (!needs.variables.isEmpty())
        return;
    const auto attempt = resolveAttempt(m_state, index, {needs.choices.value(0), {}, {}});
    if (attempt)
        ++m_resolved;
    else
        say(Verdict::Fail, attempt.error().message, {});
}

void Preflight::tellCommands() {
    if (m_resolved > 0)
        add(Topic::Commands, {}, Verdict::Pass,
            m_resolved == 1 ? u"1 command is known as it will run."_qs
                            : u"%1 commands are known as they will run."_qs.arg(m_resolved));
}

void Preflight::tellValues() {
    if (m_names.isEmpty()) {
        add(Topic::Values, {}, Verdict::Pass, u"No value is missing."_qs);
        return;
    }
    const auto mendOf = [this](const QString& name) {
        if (m_secrets.contains(name))
            return u"Give the secret when the run starts."_qs;
        return isTargetVariable(name)
                   ? u"Name the target when the run starts, or with --target VERSION."_qs
                   : u"Give it when the run starts, or with --set %1=VALUE."_qs.arg(name);
    };
    QMap<QString, QString> sources;
    for (const SecretReference& secret : m_plan.context.secrets)
        sources.insert(secret.name, secret.source);
    for (const QString& name : std::as_const(m_names)) {
        const Step& step = m_plan.steps[m_firstUse.value(name)].step;
        const QString source = sources.value(name, u"prompt"_qs);
        const bool isLookedUp = m_secrets.contains(name) && source != u"prompt";
        PreflightLine& line =
            isLookedUp
                ? add(Topic::Values, name, Verdict::Unknown,
                      u"The secret is looked up (%1) when the run begins."_qs.arg(source))
                : add(Topic::Values, name, Verdict::Unknown,
                      u"It has no value: “%1” asks for it."_qs.arg(step.title), mendOf(name));
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
    bool isFrozen = false;
    for (const Maintenance& freeze : m_facts.freezes) {
        if (!freeze.holds(m_facts.now))
            continue;
        isFrozen = true;
        QString reason =
            u"%1 is frozen until %2."_qs.arg(m_plan.context.environment, freeze.until.toString());
        if (!freeze.reason.isEmpty())
            reason += u' ' + freeze.reason;
        add(Topic::Freeze, {}, Verdict::Fail, reason,
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
            u"No run that is known here changes %1."_qs.arg(m_plan.context.environment));
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
    for (const QString& place : std::as_const(m_places)) {
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

void Preflight::tellWayBack() {
    int inLane = 0;
    QSet<QString> inverses; // by name: those of the lane are counted there
    QSet<QString> laneNames;
    const Step* noReturn = nullptr;
    for (int index = 0; index < m_plan.steps.size(); ++index) {
        const PlanStep& placed = m_plan.steps[index];
        if (!placed.applicable || !m_plan.isLeaf(index))
            continue;
        const Step& step = placed.step;
        if (step.lane == Lane::Rollback) {
            ++inLane;
            laneNames.insert(step.options.text(QLatin1String("name")));
        }
        if (const QString inverse = step.options.text(QLatin1String("inverse")); !inverse.isEmpty())
            inverses.insert(inverse);
        if (noReturn == nullptr && step.lane == m_plan.mainLane() &&
            step.options.flag(QLatin1String("irreversible"), false))
            noReturn = &step;
    }
    const qsizetype steps = inLane + inverses.subtract(laneNames).size();
    if (m_plan.mainLane() != Lane::Rollback) {
        if (steps == 0)
            add(Topic::WayBack, {}, Verdict::Fail, u"The document says no way back."_qs,
                u"Write a section \"Rollback\", or give steps an \"inverse\"."_qs);
        else
            add(Topic::WayBack, {}, Verdict::Pass,
                steps == 1 ? u"1 step leads back."_qs : u"%1 steps lead back."_qs.arg(steps));
    }
    if (noReturn != nullptr)
        add(Topic::WayBack, noReturn->title, Verdict::Unknown,
            u"It cannot be undone: from there on there is no whole way back."_qs)
            .step = noReturn->id;
    tellVersions();
}

/// What a rollback would go back to has to be known before it is replaced.
void Preflight::tellVersions() {
    for (const auto& [service, standing] : m_facts.versions) {
        const bool isSeen = !standing.version.isEmpty();
        const bool differs = standing.state == VersionState::HostsDiffer;
        const bool isSure = isSeen && !differs && standing.state != VersionState::Unknown;
        const QString reason = isSure ? u"It has %1: that is what a rollback goes back to."_qs.arg(
                                            shortVersion(standing.version))
                               : standing.words.isEmpty() ? u"Which version it has is not known."_qs
                                                          : standing.words;
        add(Topic::WayBack, service,
            isSure    ? Verdict::Pass
            : differs ? Verdict::Fail
                      : Verdict::Unknown,
            reason, isSure ? QString() : u"See on the page Environments why, and look again."_qs)
            .at = standing.at;
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

QString preflightTopicName(PreflightTopic topic) {
    switch (topic) {
    case Topic::Commands:
        return u"commands"_qs;
    case Topic::Values:
        return u"values"_qs;
    case Topic::Environment:
        return u"environment"_qs;
    case Topic::Freeze:
        return u"freeze"_qs;
    case Topic::Promotion:
        return u"promotion"_qs;
    case Topic::Release:
        return u"release"_qs;
    case Topic::Approvals:
        return u"approval"_qs;
    case Topic::Lock:
        return u"lock"_qs;
    case Topic::Hosts:
        return u"host"_qs;
    case Topic::Disk:
        return u"disk"_qs;
    case Topic::Contract:
        return u"contract"_qs;
    case Topic::Isolation:
        return u"isolation"_qs;
    case Topic::WayBack:
        return u"way back"_qs;
    case Topic::Risks:
        return u"risk"_qs;
    case Topic::Duration:
        return u"duration"_qs;
    }
    Q_UNREACHABLE();
}

QString preflightWord(const PreflightLine& line) {
    return line.topic == Topic::Risks ? u"RISK"_qs : verdictName(line.verdict);
}

std::vector<PreflightLine> preflight(const RunState& state, const PreflightFacts& facts) {
    return Preflight(state, facts).lines();
}

QString countsOf(const std::vector<PreflightLine>& lines) {
    QStringList parts;
    const std::pair<QString, QString> words[] = {{u"FAIL"_qs, u"%1 fail"_qs},
                                                 {u"UNKNOWN"_qs, u"%1 unknown"_qs},
                                                 {u"RISK"_qs, u"%1 risks"_qs},
                                                 {u"PASS"_qs, u"%1 pass"_qs}};
    for (const auto& [word, text] : words) {
        const auto count =
            std::count_if(lines.cbegin(), lines.cend(), [&word = word](const PreflightLine& line) {
                return preflightWord(line) == word;
            });
        if (count == 1 && word == u"RISK")
            parts.append(u"1 risk"_qs);
        else if (count > 0)
            parts.append(text.arg(count));
    }
    return parts.join(u", "_qs);
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

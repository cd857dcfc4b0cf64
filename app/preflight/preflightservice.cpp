// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/preflightservice.h"

#include "app/diagnostics/clock.h"
#include "app/golive/promotedruns.h"
#include "app/run/rollbackfollower.h"
#include "app/run/runtitle.h"
#include "app/run/whenfinished.h"
#include "models/run/lock.h"

#include <algorithm>

namespace app {

using models::Verdict;

models::HostFinding hostFinding(const HostReport& report) {
    const HostCheck* worst = nullptr;
    const auto isWorse = [](Verdict one, Verdict other) {
        return (one == Verdict::Fail && other != Verdict::Fail) ||
               (one == Verdict::Unknown && other == Verdict::Pass);
    };
    QString roundTrip;
    for (const HostCheck& check : report.checks) {
        // A step that needs it looks for it itself.
        if (check.kind == HostCheck::Kind::Sudo)
            continue;
        if (worst == nullptr || isWorse(check.verdict, worst->verdict))
            worst = &check;
        if (check.kind == HostCheck::Kind::RoundTrip)
            roundTrip = check.value;
    }
    if (worst == nullptr || (!report.isComplete && worst->verdict == Verdict::Pass))
        return {Verdict::Unknown, PreflightService::tr("It is being looked at."), {}, report.at};
    if (worst->verdict == Verdict::Pass)
        return {Verdict::Pass,
                roundTrip.isEmpty()
                    ? PreflightService::tr("It can do what steps need.")
                    : PreflightService::tr("It can do what steps need, %1 away.").arg(roundTrip),
                {},
                report.at};
    return {worst->verdict, worst->reason, worst->remedy, report.at};
}

namespace {

bool isAboutBlock(const models::Event& event) {
    return event.kind == models::EventKind::ReleaseBlocked ||
           event.kind == models::EventKind::ReleaseUnblocked;
}

/// A host, a protection or a rule that stands where gantry.yaml could not be read would be missing
/// without a word.
std::optional<models::PreflightLine> mistakesOf(const models::Diagnostics& file) {
    const auto isError = [](const models::Diagnostic& one) {
        return one.severity == models::Severity::Error;
    };
    const auto first = std::find_if(file.cbegin(), file.cend(), isError);
    if (first == file.cend())
        return std::nullopt;
    models::PreflightLine line;
    line.topic = models::PreflightTopic::Environment;
    line.subject = QStringLiteral("gantry.yaml");
    line.verdict = Verdict::Fail;
    line.reason = PreflightService::tr("Line %1, column %2: %3")
                      .arg(first->line)
                      .arg(first->column)
                      .arg(first->message);
    if (const auto more = std::count_if(std::next(first), file.cend(), isError); more > 0)
        line.reason += PreflightService::tr(" %1 more are wrong.").arg(more);
    line.mend = PreflightService::tr("Mend the file: it is read again as soon as it is saved.");
    line.objects = true;
    return line;
}

} // namespace

PreflightService::PreflightService(const Sources& sources, Now now, QObject* parent)
    : QObject(parent)
    , m_sources(sources)
    , m_now(now ? std::move(now) : presentInstant) {
    connect(&sources.hosts, &HostService::reported, this, &PreflightService::takeReport);
    connect(&sources.runs, &RunService::eventsAppended, this,
            [this](const models::RunId&, const QList<models::Event>& events) {
                if (m_plan && std::any_of(events.cbegin(), events.cend(), isAboutBlock))
                    readRuns();
            });
}

void PreflightService::attend(ContractService& contracts, VersionService& versions) {
    std::erase_if(m_attended, [](const Attended& each) { return each.versions.isNull(); });
    m_attended.push_back({&contracts, &versions});
    connect(&contracts, &ContractService::changed, this, &PreflightService::changed);
    connect(&versions, &VersionService::changed, this, &PreflightService::changed);
}

const PreflightService::Attended* PreflightService::attended() const {
    for (const Attended& each : m_attended) {
        if (each.contracts && each.versions && each.versions->workspace().id == m_workspace.id)
            return &each;
    }
    return nullptr;
}

void PreflightService::begin(const models::Workspace& workspace, const models::PlanPointer& plan) {
    m_workspace = workspace;
    m_plan = plan;
    m_earlier.clear();
    m_looks.clear();
    m_awaited.clear();
    m_looking = 0;
    m_lockedBy.clear();
    m_openRun.clear();
    m_promoted.reset();
    m_runs.reset();
    readPromoted();
    readRuns();
    if (m_sources.trust.isTrusted(workspace))
        checkHosts();
    Q_EMIT changed();
}

void PreflightService::readRuns() {
    whenFinished(m_sources.runs.runs(), this,
                 [this, plan = m_plan](const models::Result<QList<RunSummary>>& runs) {
                     if (plan != m_plan)
                         return;
                     m_runs = runs;
                     if (runs)
                         takeRuns(*runs);
                     Q_EMIT changed();
                 });
}

void PreflightService::checkHosts() {
    QList<models::Host> hosts;
    for (const models::Host& host : m_plan->context.hosts) {
        if (!host.ssh.isEmpty())
            hosts.append(host);
    }
    for (const models::Host& host : std::as_const(hosts))
        m_awaited.insert(host.ssh);
    if (!hosts.isEmpty())
        m_sources.hosts.check(hosts);
    lookAtHosts();
}

/// At those that the run would change; a step at this machine needs room too.
void PreflightService::lookAtHosts() {
    const models::PlanContext& context = m_plan->context;
    QList<models::Host> hosts;
    for (const QString& name : models::hostsInvolved(*m_plan))
        hosts.append(*context.host(name));
    if (hosts.isEmpty())
        hosts.append({QString(models::localPlace), {}});
    for (const models::Host& host : std::as_const(hosts)) {
        ++m_looking;
        m_sources.looker.look(host, context.workspaceId, context.environment,
                              [this, plan = m_plan, name = host.name](const HostLook& look) {
                                  if (plan != m_plan)
                                      return;
                                  m_looks[name] = look;
                                  --m_looking;
                                  Q_EMIT changed();
                              });
    }
}

void PreflightService::takeRuns(const QList<RunSummary>& runs) {
    const models::PlanContext& context = m_plan->context;
    m_earlier.clear();
    m_lockedBy.clear();
    m_openRun.clear();
    for (const RunSummary& run : runs) {
        if (run.workspaceId != context.workspaceId || run.environment != context.environment)
            continue;
        if (run.runbookPath == context.runbookPath)
            m_earlier.append({run.startedAt, run.closedAt, run.outcome});
        if (run.status == models::RunStatus::Closed)
            continue;
        // It has the lock from its first change on, and whoever it was given to goes on with it.
        const bool hasChanged = run.locks.contains(QString(models::localPlace)) ||
                                (!run.givenTo.isEmpty() && run.done + run.failed > 0);
        QString& words = hasChanged ? m_lockedBy : m_openRun;
        if (words.isEmpty())
            words = tr("the run of “%1” that %2 started is open, %3 of %4 steps done")
                        .arg(runTitle(run), run.startedBy)
                        .arg(run.done)
                        .arg(run.total);
    }
}

void PreflightService::takeReport(const HostReport& report) {
    if (!m_plan)
        return;
    for (const models::Host& host : m_plan->context.hosts) {
        if (host.ssh == report.host.ssh)
            m_hosts[host.name] = hostFinding(report);
    }
    if (report.isComplete)
        m_awaited.remove(report.host.ssh);
    Q_EMIT changed();
}

void PreflightService::readPromoted() {
    const models::PlanContext& context = m_plan->context;
    const models::Environment* environment = m_workspace.environment(context.environment);
    if (environment == nullptr || environment->promoteFrom.isEmpty())
        return;
    readPromotedRuns(m_sources.journal, this, context.workspaceId, environment->promoteFrom,
                     [this, plan = m_plan](const auto& runs) {
                         if (plan != m_plan)
                             return;
                         m_promoted = runs;
                         Q_EMIT changed();
                     });
}

/// What is not known does not pass: a protected environment is not released to on it.
models::PreflightLine PreflightService::promotion(const models::Environment& environment,
                                                  const models::Target& target) const {
    models::PreflightLine line;
    line.topic = models::PreflightTopic::Promotion;
    line.subject = environment.promoteFrom;
    if (!m_promoted) {
        line.reason = tr("Its runs are being read.");
    } else if (!*m_promoted) {
        line.reason = m_promoted->error().message;
    } else {
        const models::Finding finding =
            models::promotionFinding(environment.promoteFrom, target, **m_promoted, m_now());
        line.verdict = finding.verdict;
        line.reason =
            QStringList{finding.reason, finding.observed}.join(QLatin1Char(' ')).trimmed();
    }
    line.objects = environment.isProtected && line.verdict != Verdict::Pass;
    return line;
}

/// Whether what is to be released was taken back before: then no run of it starts.
models::PreflightLine PreflightService::release(const models::Target& target) const {
    models::PreflightLine line;
    line.topic = models::PreflightTopic::Release;
    if (!m_runs) {
        line.reason = tr("Earlier runs are being read.");
        return line;
    }
    models::PlanContext context = m_plan->context;
    context.target = target;
    const models::Result<void> free = checkBlocks(context, *m_runs);
    line.verdict = free ? Verdict::Pass : *m_runs ? Verdict::Fail : Verdict::Unknown;
    line.reason = free ? tr("Nothing of it is blocked here.") : free.error().message;
    return line;
}

std::optional<models::VersionStanding> PreflightService::deployed(const QString& environment,
                                                                  const QString& service) const {
    const Attended* const by = attended();
    return by == nullptr ? std::nullopt : by->versions->standing(environment, service, m_now());
}

std::optional<RunSummary> PreflightService::block(const models::Target& target) const {
    if (!m_plan || !m_runs || !*m_runs)
        return std::nullopt;
    models::PlanContext context = m_plan->context;
    context.target = target;
    const RunSummary* const run = blockingRun(context, **m_runs);
    return run == nullptr ? std::nullopt : std::optional(*run);
}

bool PreflightService::isSettled() const {
    if (!m_plan || !m_runs || !m_awaited.isEmpty() || m_looking > 0)
        return false;
    const models::Environment* environment = m_workspace.environment(m_plan->context.environment);
    if (environment == nullptr)
        return true;
    if (!environment->promoteFrom.isEmpty() && !m_promoted)
        return false;
    const Attended* const by = attended();
    if (by == nullptr || !m_sources.trust.isTrusted(m_workspace))
        return true;
    return std::all_of(
        environment->services.cbegin(), environment->services.cend(),
        [by, environment, now = m_now()](const models::Service& service) {
            const auto contract = by->contracts->standing(environment->name, service.name, now);
            const auto version = by->versions->standing(environment->name, service.name, now);
            return (!contract || !contract->at.isNull()) && (!version || !version->at.isNull());
        });
}

std::vector<models::PreflightLine> PreflightService::lines(const models::RunState& state,
                                                           const models::Target& target) const {
    models::PreflightFacts facts;
    facts.now = m_now();
    facts.hosts = m_hosts;
    facts.earlier = m_earlier;
    facts.lockedBy = m_lockedBy;
    facts.openRun = m_openRun;
    for (const auto& [host, look] : m_looks) {
        facts.locks[host] = look.lock;
        facts.disks.insert(facts.disks.end(), look.disks.cbegin(), look.disks.cend());
    }
    if (const auto line = mistakesOf(m_workspace.diagnostics))
        facts.rules.push_back(*line);
    if (!target.isEmpty())
        facts.rules.push_back(release(target));
    const Attended* const by = attended();
    if (by != nullptr)
        facts.isolation = by->contracts->isolation();
    const QString& name = state.plan->context.environment;
    if (const models::Environment* environment = m_workspace.environment(name)) {
        facts.freezes = environment->freezes;
        facts.unreadFreezes = environment->unreadFreezes;
        if (!environment->promoteFrom.isEmpty())
            facts.rules.push_back(promotion(*environment, target));
        for (const models::Service& service :
             by != nullptr ? environment->services : QList<models::Service>()) {
            if (const auto standing = by->contracts->standing(name, service.name, facts.now))
                facts.contracts[service.name] = *standing;
            if (const auto standing = by->versions->standing(name, service.name, facts.now))
                facts.versions[service.name] = *standing;
        }
    }
    return models::preflight(state, facts);
}

} // namespace app

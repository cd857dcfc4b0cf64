// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headlesspreflight.h"

#include "app/commandlineoutput.h"
#include "app/engineparts.h"

#include <QCoreApplication>
#include <QTimer>

namespace app {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds patience{60};

} // namespace

HeadlessPreflight::HeadlessPreflight(EngineParts& engine, JournalStore& journal)
    : m_prober(engine.thread, placesOf(engine), m_network)
    , m_containers(engine.thread, reachesOf(engine))
    , m_versions({m_prober, m_containers, m_commits, journal}, m_trust)
    , m_variables(engine.thread, placesOf(engine))
    , m_contracts(m_variables, m_trust)
    , m_looker(engine.thread, placesOf(engine))
    , m_preflight({engine.hosts, m_looker, engine.runs, m_trust, journal}) {
    m_preflight.attend(m_contracts, m_versions);
}

std::vector<models::PreflightLine> HeadlessPreflight::lines(const models::Workspace& workspace,
                                                            const models::PlanPointer& plan,
                                                            const QMap<QString, QString>& variables,
                                                            Extent extent) {
    models::RunState state = RunService::preview(plan);
    state.variables.insert(variables);
    if (extent == Extent::Everything) {
        m_trust.vouchFor(workspace.root);
        m_versions.watch(workspace);
        m_contracts.watch(workspace);
        m_contracts.checkNow();
    }
    m_preflight.begin(workspace, plan);
    QObject context;
    QTimer::singleShot(patience, &context, [] { QCoreApplication::exit(); });
    QObject::connect(&m_preflight, &PreflightService::changed, &context, [this] {
        if (m_preflight.isSettled())
            QCoreApplication::exit();
    });
    if (!m_preflight.isSettled())
        QCoreApplication::exec(); // the program's own loop, which no window uses here
    return m_preflight.lines(state, plan->context.target);
}

void printPreflight(const std::vector<models::PreflightLine>& lines) {
    print(u"Preflight: %1."_qs.arg(models::countsOf(lines)));
    for (const models::PreflightLine& line : lines) {
        const QString topic = models::preflightTopicName(line.topic);
        print(u"  %1  %2: %3"_qs.arg(
            models::preflightWord(line).leftJustified(7),
            line.subject.isEmpty() ? topic : topic + u", "_qs + harmless(line.subject),
            harmless(line.reason)));
        if (!line.mend.isEmpty())
            print(u"           "_qs + harmless(line.mend));
    }
}

} // namespace app

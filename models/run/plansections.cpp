// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/plansections.h"

#include "models/run/hosts.h"

#include <algorithm>

namespace models {
namespace {

constexpr QLatin1String onKey("on");

bool isBelow(const QList<Section>& sections, int section, int above) {
    while (section >= 0 && section != above)
        section = sections[section].parent;
    return section >= 0;
}

bool isRepeated(const Section& section) {
    return section.lane == Lane::Main && section.wave && section.wave->name.isEmpty();
}

/// The services that the target names, or all where it names none.
QStringList servicesMeant(const PlanContext& context) {
    QStringList services = context.services;
    if (!context.target.isEmpty() && !context.target.contains(QString()))
        services.removeIf([&](const QString& name) { return !context.target.contains(name); });
    return services;
}

/// All hosts of the steps of a section, in the order in which they are named first.
QStringList hostsWithin(const Runbook& runbook, int section) {
    QStringList hosts;
    for (const Step& step : runbook.steps) {
        if (!isBelow(runbook.sections, step.section, section))
            continue;
        for (const QString& host : hostsNamed(step)) {
            if (!hosts.contains(host))
                hosts.append(host);
        }
    }
    return hosts;
}

QList<SectionTurn> turnsOf(const Runbook& runbook, const PlanContext& context, int section) {
    const WaveRule& rule = *runbook.sections[section].wave;
    QList<SectionTurn> turns;
    if (rule.hosts > 0) {
        const QStringList hosts = hostsWithin(runbook, section);
        for (qsizetype from = 0; from < hosts.size(); from += rule.hosts) {
            const QStringList batch = hosts.mid(from, rule.hosts);
            turns.append({hostsText(batch), batch, {}});
        }
        return turns;
    }
    for (const QString& name : rule.services ? servicesMeant(context) : rule.each)
        turns.append({name, {}, {}});
    return turns;
}

QString inVain(const Section& section) {
    return section.wave->services
               ? u"“%1” is done for one service after the other, and there is none. Declare them "
                 u"below the environment's services in gantry.yaml."_qs.arg(section.title)
               : u"“%1” is done for some hosts at a time, and no step of it names one. Write "
                 u"{\"on\":\"web-1,web-2\"} behind its commands."_qs.arg(section.title);
}

class Layout {
public:
    Layout(const Runbook& runbook, const PlanContext& context, Diagnostics& diagnostics)
        : m_runbook(runbook)
        , m_context(context)
        , m_diagnostics(diagnostics) {}

    PlanSections lay() {
        const QList<Section>& sections = m_runbook.sections;
        m_result.placed.fill(-1, sections.size());
        for (int from = 0, to = 0; from < sections.size(); from = to) {
            to = from + 1;
            QList<SectionTurn> turns = isRepeated(sections[from])
                                           ? turnsOf(m_runbook, m_context, from)
                                           : QList<SectionTurn>();
            if (turns.isEmpty()) {
                if (isRepeated(sections[from]))
                    warn(sections[from], inVain(sections[from]));
                m_result.placed[from] =
                    place(from, m_result.placed.value(sections[from].parent, -1));
                continue;
            }
            while (to < sections.size() && isBelow(sections, to, from))
                warnOfNested(sections[to++]);
            for (SectionTurn& turn : turns)
                repeat(turn, from, to);
            m_result.turns.insert(from, std::move(turns));
        }
        return std::move(m_result);
    }

private:
    int place(int section, int parent) {
        Section placed = m_runbook.sections[section];
        placed.parent = parent;
        m_result.sections.append(std::move(placed));
        return static_cast<int>(m_result.sections.size()) - 1;
    }

    void repeat(SectionTurn& turn, int from, int to) {
        const int above = m_result.placed.value(m_runbook.sections[from].parent, -1);
        for (int section = from; section < to; ++section) {
            const int parent = turn.sections.value(m_runbook.sections[section].parent, above);
            turn.sections.insert(section, place(section, parent));
        }
        Section& first = m_result.sections[turn.sections[from]];
        first.title += u" · "_qs + turn.wave;
    }

    void warn(const Section& section, const QString& message) {
        m_diagnostics.append({section.line, 1, Severity::Warning, message});
    }

    void warnOfNested(const Section& section) {
        if (section.wave)
            warn(section, u"“%1” is within a section that is repeated, and cannot be a wave of its "
                          u"own."_qs.arg(section.title));
    }

    const Runbook& m_runbook;
    const PlanContext& m_context;
    Diagnostics& m_diagnostics;
    PlanSections m_result;
};

} // namespace

bool SectionTurn::concerns(const Step& step) const {
    const QStringList named = hostsNamed(step);
    return hosts.isEmpty() || named.isEmpty() ||
           std::any_of(named.cbegin(), named.cend(),
                       [this](const QString& host) { return hosts.contains(host); });
}

void SectionTurn::narrow(Step& step) const {
    QStringList named = hostsNamed(step);
    if (hosts.isEmpty() || named.isEmpty())
        return;
    named.removeIf([this](const QString& host) { return !hosts.contains(host); });
    step.options.values.insert(onKey, named.join(u','));
}

int PlanSections::repeatedAround(const Runbook& runbook, int section) const {
    while (section >= 0 && !turns.contains(section))
        section = runbook.sections[section].parent;
    return section;
}

PlanSections layOutSections(const Runbook& runbook, const PlanContext& context,
                            Diagnostics& diagnostics) {
    return Layout(runbook, context, diagnostics).lay();
}

} // namespace models

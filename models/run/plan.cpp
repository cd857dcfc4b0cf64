// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/plan.h"

#include "models/run/plancheck.h"
#include "models/run/planindex.h"
#include "models/run/plansections.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace models {
namespace {

/// A document may refer to others, which refer again: past these the reference stays a link.
constexpr int maximumReferenceDepth = 8;
constexpr int maximumSteps = 50'000;

/// One document while it is being placed.
struct Source {
    const Runbook* runbook = nullptr;
    QString path; ///< relative to the workspace
};

/// Where a reference leads to.
struct Destination {
    Source source;
    QList<int> steps; ///< indices into the source's steps, parents before children
    QString key;      ///< names the destination, to notice a cycle
};

class Placer {
public:
    Placer(const Runbook& runbook, const PlanContext& context, const RunbookLookup& lookup)
        : m_lookup(lookup) {
        m_plan.context = context;
        m_plan.runbook = runbook;
        m_sections = layOutSections(m_plan.runbook, context, m_plan.diagnostics);
        m_plan.sections = m_sections.sections;
    }

    Plan place();

private:
    void placeTurns(const Source& source, const QList<int>& indices, int repeated);
    void placeSteps(const Source& source, const QList<int>& indices, int parent,
                    const QString& prefix, int section);
    int placeStep(const Source& source, Step step, int parent, const QString& prefix, int section);
    void addOwnPart(int parent, Step own, QStringView suffix);
    void placeReference(const Source& source, int planIndex);
    [[nodiscard]] Destination destinationOf(const Source& source, const Step& step) const;
    [[nodiscard]] bool isApplicable(const Source& source, const Step& step) const;
    void addVariables(const Runbook& runbook);
    void diagnose(const Step& step, Severity severity, const QString& message);

    /// What the step belongs to, as it is written or as what it is below does.
    [[nodiscard]] QString waveOf(const Source& source, const Step& step, int parent) const;
    [[nodiscard]] int sectionInPlan(const Step& step) const;

    const RunbookLookup& m_lookup;
    Plan m_plan;
    PlanSections m_sections;
    const SectionTurn* m_turn = nullptr; ///< of the repeated section that is being placed
    QStringList m_opened;                ///< destinations being placed, outermost first
};

bool actsItself(const Step& step) {
    return !step.commands.isEmpty() || step.http || step.kind == StepKind::Wait ||
           step.kind == StepKind::Approval || step.approval ||
           (step.kind == StepKind::Gate && !step.condition.isEmpty());
}

bool comesAfterItsParts(const Step& step) {
    return step.kind == StepKind::Gate || step.kind == StepKind::Approval;
}

/// Turns a step with parts into their heading; what it does itself is placed as a part of its own.
void makeHeading(Step& step) {
    step.urgent = step.urgent || step.kind == StepKind::Gate;
    step.kind = StepKind::Manual;
    step.commands.clear();
    step.expectations.clear();
    step.placeholders.clear();
    step.http.reset();
    step.approval.reset();
    step.condition.clear();
    step.wait = {};
}

Plan Placer::place() {
    addVariables(m_plan.runbook);
    // The plan owns the runbook from here on: its path names the document.
    const Source own{&m_plan.runbook, m_plan.context.runbookPath};
    m_opened.append(own.path);
    const QList<Step>& steps = m_plan.runbook.steps;
    for (int from = 0, to = 0; from < steps.size(); from = to) {
        const int repeated = m_sections.repeatedAround(m_plan.runbook, steps[from].section);
        QList<int> indices;
        for (to = from; to < steps.size() &&
                        m_sections.repeatedAround(m_plan.runbook, steps[to].section) == repeated;
             ++to)
            indices.append(to);
        placeTurns(own, indices, repeated);
    }
    indexPlan(m_plan);
    checkPlan(m_plan);
    return std::move(m_plan);
}

/// Places steps of one section as often as it is done.
void Placer::placeTurns(const Source& source, const QList<int>& indices, int repeated) {
    if (repeated < 0) {
        placeSteps(source, indices, -1, {}, -1);
        return;
    }
    int number = 0;
    for (const SectionTurn& turn : m_sections.turns[repeated]) {
        QList<int> here = indices;
        here.removeIf([&](int index) { return !turn.concerns(source.runbook->steps[index]); });
        m_turn = &turn;
        placeSteps(source, here, -1, u"wave-%1--"_qs.arg(++number), -1);
    }
    m_turn = nullptr;
}

/// Places these steps of a document; their parents among them are kept, others become parent.
void Placer::placeSteps(const Source& source, const QList<int>& indices, int parent,
                        const QString& prefix, int section) {
    const QList<Step>& steps = source.runbook->steps;
    QHash<int, int> placed; // index in the source -> index in the plan
    // Gates with parts of their own are decided after these.
    struct Late {
        int index;
        int parent;
        Step own;
    };
    QList<Late> late;
    const auto placeLast = [this, &late] {
        const Late last = late.takeLast();
        addOwnPart(last.parent, last.own, u"-itself");
    };
    QSet<int> parents;
    for (const int index : indices)
        parents.insert(steps[index].parent);
    const auto isBelow = [&steps](int index, int ancestor) {
        for (int up = steps[index].parent; up >= 0; up = steps[up].parent) {
            if (up == ancestor)
                return true;
        }
        return false;
    };
    for (const int index : indices) {
        while (!late.isEmpty() && !isBelow(index, late.last().index))
            placeLast();
        if (m_plan.steps.size() >= maximumSteps) {
            diagnose(steps[index], Severity::Error,
                     u"The plan has more than %1 steps: split the document."_qs.arg(maximumSteps));
            break;
        }
        const Step& step = steps[index];
        const int under = placed.value(step.parent, parent);
        const bool heading = parents.contains(index) && actsItself(step);
        Step here = step;
        if (heading || (parents.contains(index) && step.kind == StepKind::Gate))
            makeHeading(here);
        const int at = placeStep(source, here, under, prefix, section);
        placed.insert(index, at);
        if (heading && comesAfterItsParts(step))
            late.append({index, at, step});
        else if (heading)
            addOwnPart(at, step, u"-itself");
        if (!step.refersTo.isEmpty() && !parents.contains(index) && step.commands.isEmpty())
            placeReference(source, at);
    }
    while (!late.isEmpty())
        placeLast();
}

int Placer::placeStep(const Source& source, Step step, int parent, const QString& prefix,
                      int section) {
    PlanStep placed;
    placed.applicable =
        isApplicable(source, step) && (parent < 0 || m_plan.steps[parent].applicable);
    placed.section = section >= 0 ? section : sectionInPlan(step);
    placed.wave = waveOf(source, step, parent);
    if (m_turn)
        m_turn->narrow(step);
    if (source.runbook != &m_plan.runbook)
        placed.document = source.path;
    step.id = StepId(prefix + step.id.text());
    step.parent = parent;
    step.depth = parent < 0 ? 0 : m_plan.steps[parent].step.depth + 1;
    placed.step = std::move(step);
    m_plan.steps.append(std::move(placed));
    return static_cast<int>(m_plan.steps.size()) - 1;
}

QString Placer::waveOf(const Source& source, const Step& step, int parent) const {
    if (m_turn)
        return m_turn->wave;
    const QString own = step.options.text(QLatin1String("wave"));
    if (!own.isEmpty())
        return own;
    if (parent >= 0)
        return m_plan.steps[parent].wave;
    const QList<Section>& sections = source.runbook->sections;
    for (int section = step.section; section >= 0; section = sections[section].parent) {
        if (const auto& rule = sections[section].wave; rule && !rule->name.isEmpty())
            return rule->name;
    }
    return {};
}

int Placer::sectionInPlan(const Step& step) const {
    if (step.section < 0)
        return -1;
    return m_turn ? m_turn->sections.value(step.section, -1) : m_sections.placed[step.section];
}

void Placer::addOwnPart(int parent, Step own, QStringView suffix) {
    PlanStep placed = m_plan.steps[parent];
    own.id = StepId(placed.step.id.text() + suffix.toString());
    own.parent = parent;
    own.depth = placed.step.depth + 1;
    own.refersTo.clear();
    placed.step = std::move(own);
    m_plan.steps.append(std::move(placed));
}

bool Placer::isApplicable(const Source& source, const Step& step) const {
    if (step.lane == Lane::Reference)
        return false;
    const QString& running = m_plan.context.environment;
    if (step.environment.isEmpty() || step.environment.compare(running, Qt::CaseInsensitive) == 0)
        return true;
    if (running != u"local")
        return false;
    // A document that does not know "local" is tried out there as a whole.
    const auto isLocal = [](const QString& name) {
        return name.compare(u"local", Qt::CaseInsensitive) == 0;
    };
    const Runbook& runbook = *source.runbook;
    for (const QString& name : runbook.frontMatter.environments) {
        if (isLocal(name))
            return false;
    }
    for (const Section& section : runbook.sections) {
        if (isLocal(section.environment))
            return false;
    }
    return true;
}

Destination Placer::destinationOf(const Source& source, const Step& step) const {
    Destination destination;
    destination.source = source;
    const qsizetype hash = step.refersTo.indexOf(u'#');
    const QString file = hash < 0 ? step.refersTo : step.refersTo.left(hash);
    if (!file.isEmpty()) {
        const QString folder = QFileInfo(source.path).path();
        const QString path = QDir::cleanPath(folder + u'/' + file);
        const bool outside = path.startsWith(u"../") || QDir::isAbsolutePath(file);
        destination.source = {!outside && m_lookup ? m_lookup(path) : nullptr, path};
    }
    destination.key = destination.source.path;
    const Runbook* runbook = destination.source.runbook;
    if (!runbook)
        return destination;
    if (hash < 0) {
        for (int i = 0; i < runbook->steps.size(); ++i) {
            if (runbook->steps[i].lane == step.lane)
                destination.steps.append(i);
        }
        return destination;
    }
    bool isIndex = false;
    const int section = step.refersTo.mid(hash + 1).toInt(&isIndex);
    if (!isIndex || section < 0 || section >= runbook->sections.size())
        return destination;
    destination.key += u'#' + QString::number(section);
    for (int i = 0; i < runbook->steps.size(); ++i) {
        for (int s = runbook->steps[i].section; s >= 0; s = runbook->sections[s].parent) {
            if (s == section && runbook->steps[i].lane == step.lane) {
                destination.steps.append(i);
                break;
            }
        }
    }
    return destination;
}

/// A section that holds the referring step would open itself again and again.
bool opensItself(const Destination& destination, const Source& source, const Step& from) {
    if (destination.source.runbook != source.runbook)
        return false;
    return std::any_of(
        destination.steps.cbegin(), destination.steps.cend(),
        [&source, &from](int index) { return source.runbook->steps[index].range == from.range; });
}

void Placer::placeReference(const Source& source, int planIndex) {
    const Step step = m_plan.steps[planIndex].step;
    const Destination destination = destinationOf(source, step);
    if (!destination.source.runbook) {
        diagnose(
            step, Severity::Warning,
            u"“%1” refers to %2, which is not in the workspace."_qs.arg(step.title, step.refersTo));
        return;
    }
    if (m_opened.contains(destination.key) || opensItself(destination, source, step)) {
        diagnose(step, Severity::Warning,
                 u"“%1” refers to a part that it belongs to: it stays a link."_qs.arg(step.title));
        return;
    }
    if (destination.steps.isEmpty() || m_opened.size() > maximumReferenceDepth)
        return;
    m_opened.append(destination.key);
    if (destination.source.runbook != source.runbook)
        addVariables(*destination.source.runbook);
    placeSteps(destination.source, destination.steps, planIndex,
               m_plan.steps[planIndex].step.id.text() + u"--"_qs, m_plan.steps[planIndex].section);
    m_opened.removeLast();
}

void Placer::addVariables(const Runbook& runbook) {
    for (const VariableDeclaration& variable : runbook.variables) {
        const bool known = std::any_of(
            m_plan.variables.cbegin(), m_plan.variables.cend(),
            [&variable](const VariableDeclaration& other) { return other.name == variable.name; });
        if (!known)
            m_plan.variables.append(variable);
    }
}

void Placer::diagnose(const Step& step, Severity severity, const QString& message) {
    m_plan.diagnostics.append({step.range.first, 1, severity, message});
}

} // namespace

QMap<QString, QString> targetNames(const Target& target) {
    QMap<QString, QString> names;
    for (auto one = target.cbegin(); one != target.cend(); ++one) {
        for (const QString& what : {u"commit"_qs, u"version"_qs}) {
            if (one.key().isEmpty() || target.size() == 1)
                names.insert(what, *one);
            if (!one.key().isEmpty())
                names.insert(one.key() + u'.' + what, *one);
        }
    }
    return names;
}

const Host* PlanContext::host(QStringView name) const {
    const auto found = std::find_if(hosts.cbegin(), hosts.cend(),
                                    [name](const Host& host) { return host.name == name; });
    return found == hosts.cend() ? nullptr : &*found;
}

QStringList PlanContext::hostNames() const {
    QStringList names;
    for (const Host& host : hosts)
        names.append(host.name);
    return names;
}

Plan makePlan(const Runbook& runbook, const PlanContext& context, const RunbookLookup& lookup) {
    return Placer(runbook, context, lookup).place();
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/approvalrule.h"

#include <algorithm>

namespace models {

namespace {

constexpr QLatin1String roleKey("role");
constexpr QLatin1String withinKey("within");

bool isSame(QStringView one, QStringView other) {
    return one.compare(other, Qt::CaseInsensitive) == 0;
}

QString timeText(std::chrono::milliseconds time) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time).count();
    if (minutes < 1)
        return u"%1 s"_qs.arg(time.count() / 1000);
    return minutes % 60 == 0 ? u"%1 h"_qs.arg(minutes / 60) : u"%1 min"_qs.arg(minutes);
}

} // namespace

bool isApproval(const Step& step) {
    return step.kind == StepKind::Approval || step.approval.has_value();
}

ApprovalTerms approvalTerms(const Plan& plan, const Step& step) {
    ApprovalTerms terms = plan.context.goLive.approvals;
    const ApprovalRule own = step.approval.value_or(ApprovalRule{});
    terms.by = std::max({1, terms.by, own.by});
    terms.notSelf = terms.notSelf || own.notSelf;
    if (const QString role = step.options.text(roleKey); !role.isEmpty())
        terms.role = role;
    if (const QString written = step.options.text(withinKey); !written.isEmpty()) {
        const auto read = durationFromText(written);
        const std::chrono::milliseconds within = read && read->count() > 0 ? *read : unreadTime;
        terms.within = terms.within.count() > 0 ? std::min(terms.within, within) : within;
    }
    return terms;
}

QString termsText(const ApprovalTerms& terms) {
    QString text = terms.by == 1 ? u"1 person"_qs : u"%1 people"_qs.arg(terms.by);
    if (!terms.role.isEmpty())
        text += u" with the role "_qs + terms.role;
    if (terms.notSelf)
        text += u", not who drives the run"_qs;
    if (terms.within.count() > 0)
        text += u", within "_qs + timeText(terms.within);
    return text;
}

bool isPastDeadline(const ApprovalRequest& request, Instant now) {
    return request.expired || (!request.deadline.isNull() && now >= request.deadline);
}

const Person* personNamed(const PlanContext& context, QStringView name) {
    const auto found =
        std::find_if(context.people.cbegin(), context.people.cend(),
                     [name](const Person& person) { return isSame(person.name, name); });
    return found == context.people.cend() ? nullptr : &*found;
}

bool hasRole(const Person& person, QStringView role) {
    return role.isEmpty() || isSame(person.name, role) ||
           std::any_of(person.roles.cbegin(), person.roles.cend(),
                       [role](const QString& one) { return isSame(one, role); });
}

bool drivesRun(const RunState& state, const QString& name) {
    QStringList names{name};
    if (const Person* const person = personNamed(state.plan->context, name))
        names += person->accounts;
    return std::any_of(state.drivers.cbegin(), state.drivers.cend(), [&names](const QString& one) {
        const QString user = one.section(u'@', 0, 0);
        return std::any_of(names.cbegin(), names.cend(), [&](const QString& candidate) {
            return isSame(candidate, one) || isSame(candidate, user);
        });
    });
}

QString goRefusal(const RunState& state, int planIndex, const QString& name, bool isVerified) {
    const PlanContext& context = state.plan->context;
    const ApprovalTerms terms = approvalTerms(*state.plan, state.plan->steps[planIndex].step);
    if (context.isProtected && !isVerified) {
        return u"%1 is protected: a name typed here does not count. Copy the request, and paste "
               u"what "
               "the approver signed."_qs.arg(context.environment);
    }
    const Person* const person = personNamed(context, name);
    if (person == nullptr && (isVerified || (!terms.role.isEmpty() && !context.people.isEmpty())))
        return u"%1 is not among the people of gantry.yaml."_qs.arg(name);
    if (person != nullptr && !hasRole(*person, terms.role)) {
        return u"%1 does not have the role %2, which is asked for. gantry.yaml says who has it."_qs
            .arg(person->name, terms.role);
    }
    if (terms.notSelf && drivesRun(state, name)) {
        return u"%1 drives the run and cannot approve it. Somebody else has to."_qs.arg(name);
    }
    return {};
}

QStringList approversOf(const RunState& state, int planIndex) {
    QStringList names;
    for (const Person& person : state.plan->context.people) {
        if (!person.keys.isEmpty() && goRefusal(state, planIndex, person.name, true).isEmpty())
            names.append(person.name);
    }
    return names;
}

QString approvalImpossible(const RunState& state, int planIndex) {
    const PlanContext& context = state.plan->context;
    if (!context.isProtected)
        return {};
    const ApprovalTerms terms = approvalTerms(*state.plan, state.plan->steps[planIndex].step);
    const qsizetype able = approversOf(state, planIndex).size();
    if (able >= terms.by)
        return {};
    const QString role = terms.role.isEmpty() ? u"release"_qs : terms.role;
    const QString known =
        context.people.isEmpty() ? u"gantry.yaml names no people with keys"_qs
        : able == 0
            ? u"nobody whom gantry.yaml names can"_qs
            : u"gantry.yaml names %1 who can, and %2 are asked for"_qs.arg(able).arg(terms.by);
    return u"Only signed approvals count in %1, and %2. Write there people: { NAME: { roles: [%3], "
           "keys: [\"ssh-ed25519 …\"] } }, and start the run again."_qs.arg(context.environment,
                                                                            known, role);
}

QString givenAwayReason(const RunState& state) {
    if (!state.givenAway)
        return {};
    return u"It was handed over to %1 at %2, and is driven there."_qs.arg(
        state.givenAway->to,
        state.givenAway->at.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"_qs));
}

QStringList knownRisks(const Plan& plan) {
    QStringList risks;
    for (const QList<Risk>* const list : {&plan.context.risks, &plan.runbook.risks}) {
        for (const Risk& risk : *list) {
            if (!risk.text.isEmpty() && !risks.contains(risk.text))
                risks.append(risk.text);
        }
    }
    return risks;
}

} // namespace models

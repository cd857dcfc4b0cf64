// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/golivejson.h"
#include "models/run/plan.h"
#include "models/run/planindex.h"
#include "models/runbook/runbookjson.h"

#include <QJsonArray>

namespace models {
namespace {

QJsonObject mapToJson(const QMap<QString, QString>& values) {
    QJsonObject object;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QMap<QString, QString> mapFromJson(const QJsonValue& value) {
    QMap<QString, QString> values;
    const QJsonObject object = value.toObject();
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        values.insert(it.key(), it.value().toString());
    return values;
}

QJsonArray hostsToJson(const QList<Host>& hosts) {
    QJsonArray list;
    for (const Host& host : hosts) {
        QJsonObject entry{{u"name"_qs, host.name}, {u"ssh"_qs, host.ssh}};
        const auto insert = [&entry](const QString& key, const QString& value) {
            if (!value.isEmpty())
                entry.insert(key, value);
        };
        insert(u"runtime"_qs, host.runtime);
        insert(u"cli"_qs, host.cli);
        insert(u"socket"_qs, host.socket);
        insert(u"lockDir"_qs, host.lockDir);
        if (host.usesSudo)
            entry.insert(u"sudo"_qs, true);
        list.append(entry);
    }
    return list;
}

/// Runs of before hosts could be reached hold their names only.
QList<Host> hostsFromJson(const QJsonArray& list) {
    QList<Host> hosts;
    for (const QJsonValue& value : list) {
        const QJsonObject entry = value.toObject();
        Host host;
        host.name = value.isString() ? value.toString() : entry.value(u"name").toString();
        host.ssh = entry.value(u"ssh").toString();
        host.runtime = entry.value(u"runtime").toString();
        host.cli = entry.value(u"cli").toString();
        host.socket = entry.value(u"socket").toString();
        host.lockDir = entry.value(u"lockDir").toString();
        host.usesSudo = entry.value(u"sudo").toBool();
        hosts.append(host);
    }
    return hosts;
}

QJsonArray peopleToJson(const QList<Person>& people) {
    QJsonArray list;
    for (const Person& person : people)
        list.append(QJsonObject{{u"name"_qs, person.name},
                                {u"roles"_qs, QJsonArray::fromStringList(person.roles)},
                                {u"accounts"_qs, QJsonArray::fromStringList(person.accounts)},
                                {u"keys"_qs, QJsonArray::fromStringList(person.keys)}});
    return list;
}

QList<Person> peopleFromJson(const QJsonArray& list) {
    const auto texts = [](const QJsonValue& value) {
        QStringList all;
        for (const QJsonValue& text : value.toArray())
            all.append(text.toString());
        return all;
    };
    QList<Person> people;
    for (const QJsonValue& value : list) {
        const QJsonObject entry = value.toObject();
        people.append({entry.value(u"name").toString(), texts(entry.value(u"roles")),
                       texts(entry.value(u"accounts")), texts(entry.value(u"keys"))});
    }
    return people;
}

QJsonObject contextToJson(const PlanContext& context) {
    QJsonArray secrets;
    for (const SecretReference& secret : context.secrets)
        secrets.append(QJsonObject{{u"name"_qs, secret.name}, {u"source"_qs, secret.source}});
    QJsonArray risks;
    for (const Risk& risk : context.risks)
        risks.append(QJsonObject{
            {u"text"_qs, risk.text}, {u"status"_qs, risk.status}, {u"line"_qs, risk.line}});
    QJsonObject object{
        {u"workspaceId"_qs, context.workspaceId},
        {u"workspaceName"_qs, context.workspaceName},
        {u"workspaceRoot"_qs, context.workspaceRoot},
        {u"runbookPath"_qs, context.runbookPath},
        {u"environment"_qs, context.environment},
        {u"protected"_qs, context.isProtected},
        {u"hosts"_qs, hostsToJson(context.hosts)},
        {u"defaultHost"_qs, context.defaultHost},
        {u"services"_qs, QJsonArray::fromStringList(context.services)},
        {u"variables"_qs, mapToJson(context.variables)},
        {u"secrets"_qs, secrets},
        {u"risks"_qs, risks},
        {u"target"_qs, mapToJson(context.target)},
        {u"goLive"_qs, goLiveToJson(context.goLive)},
    };
    QJsonArray overrides;
    for (const StartOverride& override : context.overrides)
        overrides.append(
            QJsonObject{{u"objection"_qs, override.objection}, {u"reason"_qs, override.reason}});
    if (!overrides.isEmpty())
        object.insert(u"overrides"_qs, overrides);
    if (!context.people.isEmpty())
        object.insert(u"people"_qs, peopleToJson(context.people));
    if (!context.previous.isEmpty())
        object.insert(u"previous"_qs, mapToJson(context.previous));
    if (!context.rollbackOf.isEmpty())
        object.insert(u"of"_qs, context.rollbackOf.text());
    return object;
}

PlanContext contextFromJson(const QJsonObject& object) {
    PlanContext context;
    context.workspaceId = object.value(u"workspaceId").toString();
    context.workspaceName = object.value(u"workspaceName").toString();
    context.workspaceRoot = object.value(u"workspaceRoot").toString();
    context.runbookPath = object.value(u"runbookPath").toString();
    context.environment = object.value(u"environment").toString();
    context.isProtected = object.value(u"protected").toBool();
    context.hosts = hostsFromJson(object.value(u"hosts").toArray());
    context.defaultHost = object.value(u"defaultHost").toString();
    for (const QJsonValue& service : object.value(u"services").toArray())
        context.services.append(service.toString());
    context.variables = mapFromJson(object.value(u"variables"));
    for (const QJsonValue& entry : object.value(u"secrets").toArray()) {
        context.secrets.append({entry.toObject().value(u"name").toString(),
                                entry.toObject().value(u"source").toString()});
    }
    for (const QJsonValue& entry : object.value(u"risks").toArray()) {
        const QJsonObject risk = entry.toObject();
        context.risks.append({risk.value(u"text").toString(), risk.value(u"status").toString(),
                              risk.value(u"line").toInt(1)});
    }
    context.target = mapFromJson(object.value(u"target"));
    for (const QJsonValue& entry : object.value(u"overrides").toArray()) {
        context.overrides.append({entry.toObject().value(u"objection").toString(),
                                  entry.toObject().value(u"reason").toString()});
    }
    context.previous = mapFromJson(object.value(u"previous"));
    context.rollbackOf = RunId(object.value(u"of").toString());
    context.people = peopleFromJson(object.value(u"people").toArray());
    context.goLive = goLiveFromJson(object.value(u"goLive").toObject());
    return context;
}

/// The placed steps in the shape of a runbook, which has a stored form already.
Runbook placedRunbook(const Plan& plan) {
    Runbook placed;
    placed.sections = plan.sections;
    placed.variables = plan.variables;
    placed.diagnostics = plan.diagnostics;
    placed.steps.reserve(plan.steps.size());
    for (const PlanStep& step : plan.steps)
        placed.steps.append(step.step);
    return placed;
}

} // namespace

QJsonObject planToJson(const Plan& plan) {
    QJsonObject object{
        {u"context"_qs, contextToJson(plan.context)},
        {u"runbook"_qs, runbookToJson(plan.runbook)},
        {u"source"_qs, QString::fromLatin1(plan.runbook.source.toBase64())},
    };
    const Runbook placed = placedRunbook(plan);
    QJsonArray placing;
    for (const PlanStep& step : plan.steps) {
        QJsonObject entry{{u"section"_qs, step.section}};
        if (!step.document.isEmpty())
            entry.insert(u"document"_qs, step.document);
        if (!step.applicable)
            entry.insert(u"applicable"_qs, false);
        if (!step.wave.isEmpty())
            entry.insert(u"wave"_qs, step.wave);
        placing.append(entry);
    }
    object.insert(u"placing"_qs, placing);
    // Most documents refer to nothing: their steps stand in the plan as they stand in the runbook.
    if (placed.steps != plan.runbook.steps || placed.sections != plan.runbook.sections ||
        placed.variables != plan.runbook.variables ||
        placed.diagnostics != plan.runbook.diagnostics)
        object.insert(u"placed"_qs, runbookToJson(placed));
    return object;
}

Result<Plan> planFromJson(const QJsonObject& object) {
    Plan plan;
    plan.context = contextFromJson(object.value(u"context").toObject());
    Result<Runbook> runbook = runbookFromJson(object.value(u"runbook").toObject());
    if (!runbook)
        return tl::unexpected(runbook.error());
    plan.runbook = std::move(*runbook);
    plan.runbook.source = QByteArray::fromBase64(object.value(u"source").toString().toLatin1());
    Runbook placed = plan.runbook;
    if (object.contains(u"placed")) {
        Result<Runbook> read = runbookFromJson(object.value(u"placed").toObject());
        if (!read)
            return tl::unexpected(read.error());
        placed = std::move(*read);
    }
    const QJsonArray placing = object.value(u"placing").toArray();
    if (placing.size() != placed.steps.size())
        return failure(ErrorCode::Damaged, u"The stored plan does not fit its runbook."_qs);
    plan.sections = placed.sections;
    plan.variables = placed.variables;
    plan.diagnostics = placed.diagnostics;
    const auto sections = static_cast<int>(plan.sections.size());
    for (int i = 0; i < placed.steps.size(); ++i) {
        PlanStep step;
        step.step = placed.steps[i];
        const QJsonObject entry = placing[i].toObject();
        step.section = entry.value(u"section").toInt(-1);
        step.document = entry.value(u"document").toString();
        step.applicable = entry.value(u"applicable").toBool(true);
        step.wave = entry.value(u"wave").toString();
        if (step.step.parent >= i || step.step.parent < -1 || step.section >= sections)
            return failure(ErrorCode::Damaged, u"The stored plan contradicts itself."_qs);
        plan.steps.append(std::move(step));
    }
    for (int i = 0; i < sections; ++i) {
        if (plan.sections[i].parent >= i)
            return failure(ErrorCode::Damaged, u"The stored plan contradicts itself."_qs);
    }
    indexPlan(plan);
    return plan;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/golivejson.h"

namespace models {

namespace {

std::chrono::milliseconds timeFrom(const QJsonObject& object, QStringView key,
                                   std::chrono::milliseconds fallback) {
    return std::chrono::milliseconds(object.value(key).toInteger(fallback.count()));
}

qint64 count(std::chrono::milliseconds time) {
    return time.count();
}

QStringList textsFrom(const QJsonValue& value) {
    QStringList texts;
    for (const QJsonValue& text : value.toArray())
        texts.append(text.toString());
    return texts;
}

} // namespace

QJsonObject gateRuleToJson(const GateRule& rule) {
    return {{u"everyMs"_qs, count(rule.every)},
            {u"samples"_qs, rule.samples},
            {u"deadlineMs"_qs, count(rule.deadline)}};
}

GateRule gateRuleFromJson(const QJsonObject& object) {
    GateRule rule;
    rule.every = timeFrom(object, u"everyMs", rule.every);
    rule.samples = object.value(u"samples").toInt(rule.samples);
    rule.deadline = timeFrom(object, u"deadlineMs", rule.deadline);
    return rule;
}

QJsonObject watchRuleToJson(const WatchRule& rule) {
    return {{u"timeMs"_qs, count(rule.time)},
            {u"everyMs"_qs, count(rule.every)},
            {u"coverage"_qs, rule.coverage},
            {u"criteria"_qs, QJsonArray::fromStringList(rule.criteria)}};
}

WatchRule watchRuleFromJson(const QJsonObject& object) {
    WatchRule rule;
    rule.time = timeFrom(object, u"timeMs", rule.time);
    rule.every = timeFrom(object, u"everyMs", rule.every);
    rule.coverage = object.value(u"coverage").toDouble(rule.coverage);
    rule.criteria = textsFrom(object.value(u"criteria"));
    return rule;
}

namespace {

QJsonObject termsToJson(const ApprovalTerms& terms) {
    return {{u"by"_qs, terms.by},
            {u"notSelf"_qs, terms.notSelf},
            {u"role"_qs, terms.role},
            {u"withinMs"_qs, count(terms.within)}};
}

ApprovalTerms termsFromJson(const QJsonObject& object) {
    ApprovalTerms terms;
    terms.by = object.value(u"by").toInt(terms.by);
    terms.notSelf = object.value(u"notSelf").toBool();
    terms.role = object.value(u"role").toString();
    terms.within = timeFrom(object, u"withinMs", terms.within);
    return terms;
}

} // namespace

QJsonObject goLiveToJson(const GoLiveRules& rules) {
    QJsonArray triggers;
    for (const Trigger& trigger : rules.triggers) {
        QJsonObject entry{{u"name"_qs, trigger.name},
                          {u"when"_qs, trigger.when},
                          {u"clear"_qs, trigger.clear},
                          {u"everyMs"_qs, count(trigger.every)}};
        if (trigger.severity != Severity::Error)
            entry.insert(u"severity"_qs, triggerSeverityName(trigger.severity));
        triggers.append(entry);
    }
    return {{u"triggers"_qs, triggers},
            {u"gates"_qs, gateRuleToJson(rules.gates)},
            {u"watch"_qs, watchRuleToJson(rules.watch)},
            {u"autoRollback"_qs, rules.autoRollback},
            {u"observed"_qs, QJsonArray::fromStringList(rules.observed)},
            {u"approvals"_qs, termsToJson(rules.approvals)}};
}

GoLiveRules goLiveFromJson(const QJsonObject& object) {
    GoLiveRules rules;
    for (const QJsonValue& value : object.value(u"triggers").toArray()) {
        const QJsonObject entry = value.toObject();
        Trigger trigger{entry.value(u"name").toString(), entry.value(u"when").toString(),
                        entry.value(u"clear").toString()};
        trigger.every = timeFrom(entry, u"everyMs", trigger.every);
        trigger.severity =
            triggerSeverity(entry.value(u"severity").toString()).value_or(trigger.severity);
        rules.triggers.append(trigger);
    }
    rules.gates = gateRuleFromJson(object.value(u"gates").toObject());
    rules.watch = watchRuleFromJson(object.value(u"watch").toObject());
    rules.autoRollback = object.value(u"autoRollback").toBool();
    rules.observed = textsFrom(object.value(u"observed"));
    rules.approvals = termsFromJson(object.value(u"approvals").toObject());
    return rules;
}

QJsonArray leavesToJson(const QList<LeafReading>& leaves) {
    QJsonArray list;
    for (const LeafReading& leaf : leaves) {
        list.append(QJsonObject{{u"expression"_qs, leaf.expression},
                                {u"verdict"_qs, verdictName(leaf.verdict)},
                                {u"words"_qs, leaf.words}});
    }
    return list;
}

QList<LeafReading> leavesFromJson(const QJsonArray& list) {
    QList<LeafReading> leaves;
    for (const QJsonValue& value : list) {
        const QJsonObject leaf = value.toObject();
        leaves.append({leaf.value(u"expression").toString(),
                       verdictFromName(leaf.value(u"verdict").toString()),
                       leaf.value(u"words").toString()});
    }
    return leaves;
}

} // namespace models

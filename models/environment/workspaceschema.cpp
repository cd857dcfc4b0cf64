// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/workspaceschema.h"

namespace models {

namespace {

constexpr QLatin1String runtimes[] = {QLatin1String("docker"), QLatin1String("podman"),
                                      QLatin1String("none")};

constexpr KeyRule hostRules[] = {
    {QLatin1String("ssh"), Shape::Text}, {QLatin1String("runtime"), Shape::Word, nullptr, runtimes},
    {QLatin1String("cli"), Shape::Text}, {QLatin1String("socket"), Shape::Text},
    {QLatin1String("sudo"), Shape::Any}, {QLatin1String("lock_dir"), Shape::Text},
};
constexpr Schema host{QLatin1String("a host"), hostRules};

constexpr KeyRule composeRules[] = {
    {QLatin1String("project"), Shape::Text},
    {QLatin1String("service"), Shape::Text},
};
constexpr Schema compose{QLatin1String("compose"), composeRules};

constexpr KeyRule probeRules[] = {
    {QLatin1String("http"), Shape::Text},         {QLatin1String("tcp"), Shape::Text},
    {QLatin1String("tls"), Shape::Text},          {QLatin1String("command"), Shape::Text},
    {QLatin1String("name"), Shape::Text},         {QLatin1String("every"), Shape::Duration},
    {QLatin1String("timeout"), Shape::Duration},  {QLatin1String("pass"), Shape::Condition},
    {QLatin1String("method"), Shape::Text},       {QLatin1String("headers"), Shape::Any},
    {QLatin1String("on"), Shape::Text},           {QLatin1String("websocket"), Shape::Text},
    {QLatin1String("container"), Shape::Text},    {QLatin1String("retries_down"), Shape::Number},
    {QLatin1String("retries_up"), Shape::Number}, {QLatin1String("ca"), Shape::Text},
    {QLatin1String("cert"), Shape::Text},         {QLatin1String("key"), Shape::Text},
    {QLatin1String("warn"), Shape::Duration},
};
constexpr Schema probe{QLatin1String("a health probe"), probeRules};

constexpr KeyRule versionRules[] = {
    {QLatin1String("http"), Shape::Text},      {QLatin1String("field"), Shape::Text},
    {QLatin1String("command"), Shape::Text},   {QLatin1String("label"), Shape::Text},
    {QLatin1String("every"), Shape::Duration}, {QLatin1String("timeout"), Shape::Duration},
    {QLatin1String("on"), Shape::Text},
};
constexpr Schema version{QLatin1String("version"), versionRules};

constexpr KeyRule sourceRules[] = {
    {QLatin1String("repo"), Shape::Text},
    {QLatin1String("ref"), Shape::Text},
};
constexpr Schema source{QLatin1String("source"), sourceRules};

constexpr KeyRule logRules[] = {
    {QLatin1String("container"), Shape::Text},
    {QLatin1String("command"), Shape::Text},
    {QLatin1String("file"), Shape::Text},
    {QLatin1String("journal"), Shape::Text},
    {QLatin1String("compose"), Shape::Record, &compose},
    {QLatin1String("name"), Shape::Text},
    {QLatin1String("on"), Shape::Text},
};
constexpr Schema log{QLatin1String("a log source"), logRules};

constexpr KeyRule contractRules[] = {
    {QLatin1String("required"), Shape::Flag},     {QLatin1String("min_length"), Shape::Number},
    {QLatin1String("not"), Shape::TextOrList},    {QLatin1String("pattern"), Shape::Text},
    {QLatin1String("one_of"), Shape::TextOrList}, {QLatin1String("https"), Shape::Flag},
    {QLatin1String("same_as"), Shape::Text},
};
constexpr Schema contract{QLatin1String("a contract variable"), contractRules};

constexpr KeyRule variablesRules[] = {
    {QLatin1String("container"), Shape::Text}, {QLatin1String("compose"), Shape::Record, &compose},
    {QLatin1String("file"), Shape::Text},      {QLatin1String("process"), Shape::Text},
    {QLatin1String("pid_file"), Shape::Text},  {QLatin1String("command"), Shape::Text},
    {QLatin1String("on"), Shape::Text},
};
constexpr Schema variables{QLatin1String("env_from"), variablesRules};

constexpr KeyRule rollbackRules[] = {
    {QLatin1String("target"), Shape::Text},
    {QLatin1String("command"), Shape::Text},
};
constexpr Schema rollback{QLatin1String("rollback"), rollbackRules};

constexpr KeyRule actionRules[] = {
    {QLatin1String("command"), Shape::Text},
    {QLatin1String("on"), Shape::Text},
    {QLatin1String("timeout"), Shape::Duration},
};
constexpr Schema action{QLatin1String("an action"), actionRules};

constexpr KeyRule actionsRules[] = {
    {QLatin1String("restart"), Shape::TextOrRecord, &action},
    {QLatin1String("stop"), Shape::TextOrRecord, &action},
    {QLatin1String("start"), Shape::TextOrRecord, &action},
    {QLatin1String("pull"), Shape::TextOrRecord, &action},
    {QLatin1String("recreate"), Shape::TextOrRecord, &action},
};
constexpr Schema actions{QLatin1String("the actions of a service"), actionsRules};

constexpr KeyRule serviceRules[] = {
    {QLatin1String("host"), Shape::Text},
    {QLatin1String("hosts"), Shape::TextList},
    {QLatin1String("container"), Shape::Text},
    {QLatin1String("compose"), Shape::Record, &compose},
    {QLatin1String("health"), Shape::RecordOrRecords, &probe},
    {QLatin1String("version"), Shape::Record, &version},
    {QLatin1String("expected"), Shape::Text},
    {QLatin1String("source"), Shape::Record, &source},
    {QLatin1String("depends_on"), Shape::TextOrList},
    {QLatin1String("logs"), Shape::RecordOrRecords, &log},
    {QLatin1String("contract"), Shape::RecordPerName, &contract},
    {QLatin1String("env_from"), Shape::TextOrRecord, &variables},
    {QLatin1String("sla"), Shape::Amounts},
    {QLatin1String("baseline"), Shape::Amounts},
    {QLatin1String("actions"), Shape::Record, &actions},
    {QLatin1String("rollback"), Shape::Record, &rollback},
};
constexpr Schema service{QLatin1String("a service"), serviceRules};

constexpr KeyRule metricRules[] = {
    {QLatin1String("prometheus"), Shape::Text}, {QLatin1String("unit"), Shape::Text},
    {QLatin1String("command"), Shape::Text},    {QLatin1String("every"), Shape::Duration},
    {QLatin1String("on"), Shape::Text},
};
constexpr Schema metric{QLatin1String("a metric"), metricRules};

constexpr KeyRule prometheusRules[] = {
    {QLatin1String("url"), Shape::Text},         {QLatin1String("bearer"), Shape::Text},
    {QLatin1String("user"), Shape::Text},        {QLatin1String("password"), Shape::Text},
    {QLatin1String("timeout"), Shape::Duration},
};
constexpr Schema prometheus{QLatin1String("prometheus"), prometheusRules};

constexpr KeyRule triggerRules[] = {
    {QLatin1String("name"), Shape::Text},       {QLatin1String("when"), Shape::Condition},
    {QLatin1String("clear"), Shape::Condition}, {QLatin1String("every"), Shape::Duration},
    {QLatin1String("severity"), Shape::Text},
};
constexpr Schema trigger{QLatin1String("a trigger"), triggerRules};

constexpr KeyRule windowRules[] = {
    {QLatin1String("from"), Shape::Text},
    {QLatin1String("until"), Shape::Text},
    {QLatin1String("reason"), Shape::Text},
};
constexpr Schema maintenance{QLatin1String("a maintenance"), windowRules};
constexpr Schema freeze{QLatin1String("a freeze"), windowRules};

constexpr KeyRule gateRules[] = {
    {QLatin1String("every"), Shape::Duration},
    {QLatin1String("samples"), Shape::Number},
    {QLatin1String("deadline"), Shape::Duration},
};
constexpr Schema gates{QLatin1String("the gates of an environment"), gateRules};

constexpr KeyRule watchRules[] = {
    {QLatin1String("for"), Shape::Duration},
    {QLatin1String("every"), Shape::Duration},
    {QLatin1String("coverage"), Shape::Text},
    {QLatin1String("success"), Shape::TextOrList},
};
constexpr Schema watch{QLatin1String("a watch"), watchRules};

constexpr KeyRule approvalRules[] = {
    {QLatin1String("by"), Shape::Number},
    {QLatin1String("not"), Shape::Text},
    {QLatin1String("role"), Shape::Text},
    {QLatin1String("within"), Shape::Duration},
};
constexpr Schema approvals{QLatin1String("the approvals of an environment"), approvalRules};

constexpr KeyRule personRules[] = {
    {QLatin1String("roles"), Shape::TextOrList},
    {QLatin1String("accounts"), Shape::TextOrList},
    {QLatin1String("keys"), Shape::TextOrList},
};
constexpr Schema person{QLatin1String("a person"), personRules};

constexpr KeyRule environmentRules[] = {
    {QLatin1String("protected"), Shape::Flag},
    {QLatin1String("colour"), Shape::Text},
    {QLatin1String("promote_from"), Shape::Text},
    {QLatin1String("hosts"), Shape::Records, &host},
    {QLatin1String("default_host"), Shape::Text},
    {QLatin1String("services"), Shape::RecordPerName, &service},
    {QLatin1String("vars"), Shape::Variables},
    {QLatin1String("secrets"), Shape::Secrets},
    {QLatin1String("metrics"), Shape::Records, &metric},
    {QLatin1String("prometheus"), Shape::TextOrRecord, &prometheus},
    {QLatin1String("triggers"), Shape::RecordList, &trigger},
    {QLatin1String("auto_rollback"), Shape::Flag},
    {QLatin1String("gates"), Shape::Record, &gates},
    {QLatin1String("freeze"), Shape::RecordList, &freeze},
    {QLatin1String("maintenance"), Shape::RecordList, &maintenance},
    {QLatin1String("approvals"), Shape::Record, &approvals},
    {QLatin1String("watch"), Shape::TextOrRecord, &watch},
};
constexpr Schema environment{QLatin1String("an environment"), environmentRules};

constexpr KeyRule isolationRules[] = {
    {QLatin1String("distinct"), Shape::TextList},
    {QLatin1String("between"), Shape::TextList},
};
constexpr Schema isolation{QLatin1String("an isolation rule"), isolationRules};

constexpr KeyRule riskRules[] = {
    {QLatin1String("text"), Shape::Text},
    {QLatin1String("severity"), Shape::Text},
    {QLatin1String("show"), Shape::Text},
};
constexpr Schema risk{QLatin1String("a risk"), riskRules};

constexpr KeyRule contractsRules[] = {
    {QLatin1String("every"), Shape::Duration},
};
constexpr Schema contracts{QLatin1String("contracts"), contractsRules};

constexpr KeyRule topRules[] = {
    {QLatin1String("gantry"), Shape::Number},
    {QLatin1String("id"), Shape::Text},
    {QLatin1String("name"), Shape::Text},
    {QLatin1String("vars"), Shape::Variables},
    {QLatin1String("secrets"), Shape::Secrets},
    {QLatin1String("people"), Shape::RecordPerName, &person},
    {QLatin1String("environments"), Shape::RecordPerName, &environment},
    {QLatin1String("isolation"), Shape::RecordList, &isolation},
    {QLatin1String("risks"), Shape::TextOrRecordList, &risk},
    {QLatin1String("runbooks"), Shape::TextOrList},
    {QLatin1String("notify"), Shape::Named},
    {QLatin1String("log_classes"), Shape::Named},
    {QLatin1String("contracts"), Shape::Record, &contracts},
};
constexpr Schema top{QLatin1String("the workspace"), topRules};

constexpr const Schema* all[] = {
    &top,      &environment, &service, &host,      &probe,       &log,        &version,
    &contract, &compose,     &actions, &action,    &rollback,    &source,     &metric,
    &trigger,  &variables,   &risk,    &isolation, &maintenance, &prometheus, &gates,
    &watch,    &contracts,   &freeze,  &person,    &approvals};

} // namespace

const Schema& workspaceSchema() {
    return top;
}

const Schema& environmentSchema() {
    return environment;
}

std::span<const QLatin1String> containerRuntimes() {
    return runtimes;
}

std::span<const Schema* const> workspaceSchemas() {
    return all;
}

} // namespace models

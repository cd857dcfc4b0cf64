// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinehosts.h"

#include "app/commandlineoutput.h"
#include "app/environment/workspaceservice.h"
#include "app/run/enginethread.h"
#include "app/secret/keychainstore.h"
#include "app/ssh/sshhostservice.h"
#include "app/terminalquestions.h"
#include "app/unixsignals.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QMap>

#include <algorithm>

namespace app {
namespace {

const QCommandLineOption json(u"json"_qs, u"Print one JSON object."_qs);
const QCommandLineOption environmentOption(u"environment"_qs,
                                           u"Only the hosts of this environment."_qs, u"NAME"_qs);

/// One host, however many environments it is in.
struct Listed {
    models::Host host;
    QStringList environments;
};

models::Result<QList<Listed>> placesOf(const models::Workspace& workspace, const QString& name) {
    if (!name.isEmpty() && !workspace.environment(name)) {
        QStringList known;
        for (const models::Environment& environment : workspace.environments)
            known.append(environment.name);
        return models::failure(
            models::ErrorCode::InvalidInput,
            u"There is no environment %1. There are: %2."_qs.arg(name, known.join(u", "_qs)));
    }
    QList<Listed> places;
    for (const models::Environment& environment : workspace.environments) {
        if (!name.isEmpty() && environment.name != name)
            continue;
        for (const models::Host& host : environment.hosts) {
            const auto found =
                std::find_if(places.begin(), places.end(),
                             [&host](const Listed& one) { return one.host == host; });
            if (found == places.end())
                places.append({host, {environment.name}});
            else
                found->environments.append(environment.name);
        }
    }
    if (places.isEmpty()) {
        return models::failure(models::ErrorCode::InvalidInput,
                               name.isEmpty()
                                   ? u"The workspace has no hosts. Name them in gantry.yaml, under "
                                     "\"hosts\" of an environment."_qs
                                   : u"The environment %1 has no hosts."_qs.arg(name));
    }
    return places;
}

/// What the workspace says nothing of may be missing; everything else has to be there.
bool fallsShort(const HostCheck& check) {
    const bool isOptional =
        check.kind == HostCheck::Kind::Sudo || check.kind == HostCheck::Kind::Runtime;
    return check.verdict == models::Verdict::Fail ||
           (check.verdict == models::Verdict::Unknown && !isOptional);
}

bool fallsShort(const HostReport& report) {
    return std::any_of(report.checks.cbegin(), report.checks.cend(),
                       [](const HostCheck& check) { return fallsShort(check); });
}

void printReport(const HostReport& report, const QStringList& environments) {
    print(u"%1  %2  (%3)"_qs.arg(report.host.name, harmless(report.address),
                                 environments.join(u", "_qs)));
    for (const HostCheck& check : report.checks) {
        QStringList texts{harmless(check.value), harmless(check.reason), harmless(check.remedy)};
        texts.removeAll(QString());
        print(u"  %1 %2 %3"_qs
                  .arg(models::verdictName(check.verdict).leftJustified(7),
                       QString(checkName(check.kind)).leftJustified(14), texts.join(u"  "_qs))
                  .trimmed()
                  .prepend(u"  "_qs));
    }
}

QJsonObject reportJson(const HostReport& report, const QStringList& environments) {
    QJsonArray checks;
    for (const HostCheck& check : report.checks) {
        checks.append(QJsonObject{{u"name"_qs, QString(checkName(check.kind))},
                                  {u"verdict"_qs, models::verdictName(check.verdict)},
                                  {u"value"_qs, check.value},
                                  {u"reason"_qs, check.reason},
                                  {u"remedy"_qs, check.remedy}});
    }
    return {{u"name"_qs, report.host.name},
            {u"ssh"_qs, report.host.ssh},
            {u"environments"_qs, QJsonArray::fromStringList(environments)},
            {u"address"_qs, report.address},
            {u"fingerprint"_qs, report.fingerprint},
            {u"at"_qs, report.at.toString()},
            {u"good"_qs, !fallsShort(report)},
            {u"checks"_qs, checks},
            {u"log"_qs, QJsonArray::fromStringList(report.log)}};
}

/// Turns until every host has its complete report; fewer where it was interrupted.
QList<HostReport> examine(const QList<Listed>& places) {
    const auto engine = std::make_shared<EngineThread>();
    KeychainStore secrets;
    SshHostService hosts(engine, secrets);
    const TerminalQuestions questions(hosts);
    UnixSignals signals_;
    QObject context;
    QList<HostReport> complete;
    QObject::connect(&signals_, &UnixSignals::received, &context, [] { QCoreApplication::quit(); });
    QObject::connect(&hosts, &HostService::reported, &context,
                     [&complete, &places](const HostReport& report) {
                         if (report.isComplete)
                             complete.append(report);
                         if (complete.size() == places.size())
                             QCoreApplication::quit();
                     });
    QList<models::Host> wanted;
    for (const Listed& place : places)
        wanted.append(place.host);
    hosts.check(wanted);
    QCoreApplication::exec();
    return complete;
}

} // namespace

int hostsCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Connects to every host of the workspace and says whether steps can run there: the way "
        "to it,\nits key, the login, the shell, where commands are recorded, whether they outlive "
        "a lost\nconnection, sudo, containers, the clock and the round trip. Each is PASS, FAIL or "
        "UNKNOWN.\nLeaves nothing at the hosts. Ends with status 1 where one falls short."_qs);
    parser.addPositionalArgument(u"WORKSPACE"_qs, u"A folder or a gantry.yaml."_qs);
    parser.addOptions({environmentOption, json});
    if (const std::optional<int> status = parseArguments(parser, u"hosts"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one workspace: gantry hosts WORKSPACE"_qs);
    const models::Result<models::Workspace> workspace =
        WorkspaceService::read(parser.positionalArguments().first());
    if (!workspace)
        return fail(workspace.error());
    const models::Result<QList<Listed>> places =
        placesOf(*workspace, parser.value(environmentOption));
    if (!places)
        return fail(places.error());

    QList<HostReport> reports = examine(*places);
    bool isGood = reports.size() == places->size();
    QJsonArray list;
    for (const Listed& place : *places) {
        const auto report =
            std::find_if(reports.cbegin(), reports.cend(),
                         [&place](const HostReport& one) { return one.host == place.host; });
        if (report == reports.cend())
            continue;
        isGood = isGood && !fallsShort(*report);
        if (parser.isSet(json))
            list.append(reportJson(*report, place.environments));
        else
            printReport(*report, place.environments);
    }
    if (parser.isSet(json))
        printJson({{u"workspace"_qs, workspace->name}, {u"good"_qs, isGood}, {u"hosts"_qs, list}});
    if (reports.size() < places->size())
        printError(u"Interrupted: %1 of %2 hosts were looked at."_qs.arg(reports.size())
                       .arg(places->size()));
    return isGood ? exitGood : exitFellShort;
}

} // namespace app

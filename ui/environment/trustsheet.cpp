// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/trustsheet.h"

#include "app/workspace/openworkspace.h"
#include "models/health/healthvalue.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"
#include "ui/widgets/wording.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <map>

namespace ui {

namespace {
constexpr QSize usualSize(680, 420);

QString lineOf(const models::Environment& environment, const models::Metric& metric) {
    const bool isCommand = metric.kind == models::Metric::Kind::Command;
    const QString where = isCommand                ? metric.place
                          : environment.prometheus ? environment.prometheus->url
                                                   : QString();
    return QStringLiteral("%1  metric %2  %3 %4  every %5  at %6")
        .arg(environment.name, metric.name,
             isCommand ? QStringLiteral("command") : QStringLiteral("prometheus"), metric.query,
             models::durationWords(metric.every), where);
}

/// Of a contract, and of what isolation compares.
QString variablesLine(const QString& environment, const models::Service& service,
                      std::chrono::milliseconds every) {
    const models::VariableSource& source = *service.variables;
    const QString container = source.container.project.isEmpty()
                                  ? source.container.name
                                  : source.container.project + u'/' + source.container.service;
    return QStringLiteral("%1  %2  variables of %3  every %4  at %5")
        .arg(environment, service.name, source.target.isEmpty() ? container : source.target,
             models::durationWords(every), source.places.join(QStringLiteral(", ")));
}

/// Of a log whose lines are counted.
QString logLine(const QString& environment, const models::Service& service,
                const models::ServiceLog& log) {
    using Kind = models::ServiceLog::Kind;
    QString source;
    switch (log.kind) {
    case Kind::Container:
        source = QStringLiteral("container ") + log.container;
        break;
    case Kind::Compose:
        source = QStringLiteral("container %1/%2").arg(log.project, log.service);
        break;
    case Kind::Command:
        source = QStringLiteral("command ") + log.command;
        break;
    case Kind::File:
        source = QStringLiteral("file ") + log.path;
        break;
    case Kind::Journal:
        source = QStringLiteral("unit ") + log.unit;
        break;
    }
    return QStringLiteral("%1  %2  log of %3  all the time  at %4")
        .arg(environment, service.name, source, log.places.join(QStringLiteral(", ")));
}

QString versionLine(const QString& environment, const models::Service& service) {
    const models::VersionProbe& version = *service.version;
    const QString way = version.kind == models::VersionProbe::Kind::Http ? QStringLiteral("http")
                        : version.kind == models::VersionProbe::Kind::Command
                            ? QStringLiteral("command")
                            : QStringLiteral("label");
    QString line = QStringLiteral("%1  %2  version by %3 %4  every %5")
                       .arg(environment, service.name, way, version.target,
                            models::durationWords(version.every));
    if (!version.places.isEmpty())
        line += QStringLiteral("  at ") + version.places.join(QStringLiteral(", "));
    return line;
}

struct Asked {
    enum class Kind { Probe, Version, Variables, Log, Metric, Webhook };

    Kind kind = Kind::Probe;
    QString line;
};

QString probeLine(const QString& environment, const models::Service& service,
                  const models::Probe& probe) {
    QString line = QStringLiteral("%1  %2  %3 %4  every %5")
                       .arg(environment, service.name, models::probeWord(probe.kind), probe.target,
                            models::durationWords(probe.every));
    if (!probe.places.isEmpty())
        line += QStringLiteral("  at ") + probe.places.join(QStringLiteral(", "));
    return line;
}

void addService(QList<Asked>& all, const models::Workspace& workspace, const QString& environment,
                const models::Service& service) {
    using Kind = Asked::Kind;
    for (const models::Probe& probe : service.probes)
        all.append({Kind::Probe, probeLine(environment, service, probe)});
    if (service.version)
        all.append({Kind::Version, versionLine(environment, service)});
    if (service.variables && (!service.contract.isEmpty() || !workspace.isolation.isEmpty()))
        all.append(
            {Kind::Variables, variablesLine(environment, service, workspace.contractsEvery)});
    if (workspace.logClasses.isEmpty())
        return;
    for (const models::ServiceLog& log : service.logs)
        all.append({Kind::Log, logLine(environment, service, log)});
}

QList<Asked> askedOf(const models::Workspace& workspace) {
    QList<Asked> all;
    for (const models::Environment& environment : workspace.environments) {
        for (const models::Service& service : environment.services)
            addService(all, workspace, environment.name, service);
        for (const models::Metric& metric : environment.metrics)
            all.append({Asked::Kind::Metric, lineOf(environment, metric)});
    }
    for (const QString& webhook : workspace.webhooks)
        all.append({Asked::Kind::Webhook, QStringLiteral("notifications to %1").arg(webhook)});
    return all;
}

} // namespace

void TrustSheet::ask(app::OpenWorkspace& workspace, QWidget* window) {
    auto* sheet = new TrustSheet(workspace.workspace(), window);
    // What is trusted is what was shown, and not what came meanwhile.
    connect(sheet, &QDialog::accepted, &workspace,
            [&workspace, shown = workspace.workspace().trustHash] {
                if (workspace.workspace().trustHash == shown)
                    workspace.health().trustWorkspace();
            });
    connect(&workspace, &QObject::destroyed, sheet, &QDialog::reject);
    sheet->open();
}

TrustSheet::TrustSheet(const models::Workspace& workspace, QWidget* parent)
    : Sheet(QStringLiteral("trustSheet"), tr("Trust %1").arg(workspace.name), parent) {
    resize(usualSize);
    column().addWidget(paragraph(tr(
        "From now on all of these run by themselves, as long as the workspace is open. Any change "
        "of what the workspace runs or reaches ends that, until you trust it again; so does "
        "\"Stop trusting workspace\" in the menu.")));
    auto* lines = new QPlainTextEdit(linesOf(workspace).join(u'\n'));
    lines->setObjectName(QStringLiteral("trustLines"));
    lines->setAccessibleName(tr("What runs by itself"));
    lines->setReadOnly(true);
    lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    lines->setFont(ui::font(TextRole::Mono));
    column().addWidget(lines, 1);
    column().addWidget(selectable(tr("Trust hash %1").arg(workspace.trustHash), Colour::Quiet));
    auto* trust = new ActionButton(tr("Trust workspace"), ButtonKind::Filled);
    trust->setObjectName(QStringLiteral("trustWorkspace"));
    auto* cancel = new ActionButton(tr("Leave workspace untrusted"), ButtonKind::Plain);
    connect(trust, &ActionButton::clicked, this, &QDialog::accept);
    connect(cancel, &ActionButton::clicked, this, &QDialog::reject);
    addButtons({cancel, trust});
    // What a person has not read is not to be one Return away.
    cancel->setDefault(true);
}

QStringList TrustSheet::linesOf(const models::Workspace& workspace) {
    QStringList lines;
    for (const Asked& each : askedOf(workspace))
        lines.append(each.line);
    return lines;
}

QString TrustSheet::countsOf(const models::Workspace& workspace) {
    std::map<Asked::Kind, int> counts;
    for (const Asked& each : askedOf(workspace))
        ++counts[each.kind];
    QStringList words;
    const auto add = [&](Asked::Kind kind, const QString& one, const QString& many) {
        if (const auto found = counts.find(kind); found != counts.end())
            words.append(countOf(found->second, one, many));
    };
    add(Asked::Kind::Probe, tr("%1 probe"), tr("%1 probes"));
    add(Asked::Kind::Version, tr("%1 look-up of versions"), tr("%1 look-ups of versions"));
    add(Asked::Kind::Variables, tr("%1 check of variables"), tr("%1 checks of variables"));
    add(Asked::Kind::Metric, tr("%1 metric"), tr("%1 metrics"));
    add(Asked::Kind::Log, tr("%1 log that is counted"), tr("%1 logs that are counted"));
    add(Asked::Kind::Webhook, tr("%1 webhook"), tr("%1 webhooks"));
    return words.join(QStringLiteral(", "));
}

} // namespace ui

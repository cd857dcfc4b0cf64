// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/trustsheet.h"

#include "models/environment/workspace.h"
#include "models/health/healthvalue.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

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

} // namespace

TrustSheet::TrustSheet(const models::Workspace& workspace, QWidget* parent)
    : Sheet(QStringLiteral("trustSheet"), tr("Trust %1").arg(workspace.name), parent) {
    resize(usualSize);
    column().addWidget(paragraph(
        tr("From now on Gantry asks all of these by itself, as long as the workspace is open. Any "
           "change of what the workspace runs or reaches ends that, until you trust it again.")));
    auto* lines = new QPlainTextEdit(linesOf(workspace).join(u'\n'));
    lines->setObjectName(QStringLiteral("trustLines"));
    lines->setAccessibleName(tr("What is asked"));
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
    for (const models::Environment& environment : workspace.environments) {
        for (const models::Service& service : environment.services) {
            for (const models::Probe& probe : service.probes) {
                QString line =
                    QStringLiteral("%1  %2  %3 %4  every %5")
                        .arg(environment.name, service.name, models::probeWord(probe.kind),
                             probe.target, models::durationWords(probe.every));
                if (!probe.places.isEmpty())
                    line += QStringLiteral("  at ") + probe.places.join(QStringLiteral(", "));
                lines.append(line);
            }
            if (service.version)
                lines.append(versionLine(environment.name, service));
            if (service.variables &&
                (!service.contract.isEmpty() || !workspace.isolation.isEmpty()))
                lines.append(variablesLine(environment.name, service, workspace.contractsEvery));
            for (const models::ServiceLog& log :
                 workspace.logClasses.isEmpty() ? QList<models::ServiceLog>() : service.logs)
                lines.append(logLine(environment.name, service, log));
        }
        for (const models::Metric& metric : environment.metrics)
            lines.append(lineOf(environment, metric));
    }
    for (const QString& webhook : workspace.webhooks)
        lines.append(QStringLiteral("notifications to %1").arg(webhook));
    return lines;
}

} // namespace ui

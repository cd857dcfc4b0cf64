// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/core/result.h"
#include "models/environment/service.h"
#include "models/health/logtally.h"
#include "models/health/metric.h"
#include "models/health/probehealth.h"
#include "models/health/trigger.h"
#include "models/run/plan.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QSet>
#include <QString>

namespace models {

/// Where an environment's metrics are asked for. A value.
struct PrometheusServer {
    QString url;      ///< http or https, without the path of the API
    QString bearer;   ///< reference of a secret; empty: none
    QString user;     ///< of basic authentication; empty: none
    QString password; ///< reference of a secret
    std::chrono::milliseconds timeLimit{10'000};

    bool operator==(const PrometheusServer&) const = default;
};

struct Environment {
    QString name;
    bool isProtected = false;
    QString colour; ///< "#rrggbb" or empty
    QString promoteFrom;
    QList<Host> hosts;
    QList<TextPosition> hostPositions; ///< in gantry.yaml, of what each host connects to
    QString defaultHost;
    QList<Service> services;
    QList<Maintenance> maintenance; ///< when its services may be away
    QList<Maintenance> freezes;     ///< when nothing is to be changed in it
    Diagnostics unreadFreezes;      ///< mistakes that may hide another: until then it is frozen
    std::optional<PrometheusServer> prometheus;
    QList<Metric> metrics;
    QList<Trigger> triggers;
    GateRule gates;
    WatchRule watch;
    bool autoRollback = false;
    ApprovalTerms approvals; ///< the least that any in it asks for
    QMap<QString, QString> variables;
    QList<SecretReference> secrets;

    /// What places of it mean, in their order; this machine, and what is not known, has no ssh
    /// name.
    [[nodiscard]] QList<Host> hostsOf(const QStringList& places) const;
    /// Where something of it is that says nothing else: its default host, else this machine where
    /// there are no hosts. Empty: nothing says it, and it is never silently this machine.
    [[nodiscard]] QString usualPlace() const;
    [[nodiscard]] QStringList serviceNames() const {
        QStringList names;
        for (const Service& service : services)
            names.append(service.name);
        return names;
    }

    /// Its services, each behind those that it depends on, otherwise as written. Loops keep their
    /// order.
    [[nodiscard]] QStringList servicesInOrder() const;

    bool operator==(const Environment&) const = default;
};

/// A folder with gantry.yaml and runbooks, or a lone Markdown file. A value.
struct Workspace {
    QString id; ///< of the file, else derived from name and root
    QString name;
    QString root; ///< absolute folder
    bool isLoneFile = false;
    QMap<QString, QString> variables;
    QList<SecretReference> secrets;
    QList<Environment> environments; ///< at least one; "local" where none is declared
    QStringList webhooks;            ///< addresses, or references of secrets that are one
    QList<IsolationRule> isolation;
    std::chrono::milliseconds contractsEvery{std::chrono::minutes(15)}; ///< between two checks
    QList<LogClass> logClasses;
    QList<Risk> risks;
    QList<Person> people;           ///< who approves, in the order of the file
    QStringList runbookPatterns;    ///< globs relative to root, none of which leaves it
    QList<int> runbookPatternLines; ///< of each pattern, its line in gantry.yaml
    QStringList runbooks;           ///< found files, relative to root, sorted
    QString trustHash; ///< over all commands, hosts, URLs and webhooks, those of the runbooks
                       ///< included once they were found; what counts: models/environment/trust.h
    Diagnostics diagnostics; ///< of gantry.yaml

    [[nodiscard]] const Environment* environment(const QString& environmentName) const {
        for (const Environment& candidate : environments) {
            if (candidate.name == environmentName)
                return &candidate;
        }
        return nullptr;
    }

    bool operator==(const Workspace&) const = default;
};

/// Each behind the one that it is promoted from, otherwise as written. Loops keep their order.
[[nodiscard]] QList<Environment> inPromotionOrder(const QList<Environment>& environments);

/// The one environment of a workspace that declares none.
[[nodiscard]] Environment localEnvironment();

/// Every name to which the workspace or one of its environments gives a value, or a secret.
[[nodiscard]] QSet<QString> givenNames(const Workspace& workspace);

/// Reads gantry.yaml. Pure: root, an id that is not in the file and the found runbooks are filled
/// in by the caller, who also joins their part into the trust hash. Errors name line, column and
/// the key that was meant; what could be read is kept.
[[nodiscard]] Workspace parseWorkspace(const QByteArray& yaml);

/// The context of a plan in one environment, which is one of the workspace's or one that the
/// runbook names. Of variables the most specific counts: overrides (--set and answers to prompts,
/// in this order of the caller's making), environment, workspace. A name that is a secret is never
/// among the variables, not even from overrides: variables are stored with the run.
[[nodiscard]] PlanContext planContext(const Workspace& workspace, const QString& runbookPath,
                                      const QString& environment,
                                      const QMap<QString, QString>& overrides,
                                      const Target& target);

} // namespace models

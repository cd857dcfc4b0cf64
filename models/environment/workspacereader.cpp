// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/contractreader.h"
#include "models/environment/golivereader.h"
#include "models/environment/metricreader.h"
#include "models/environment/names.h"
#include "models/environment/peoplereader.h"
#include "models/environment/probereader.h"
#include "models/environment/restrictionreader.h"
#include "models/environment/riskreader.h"
#include "models/environment/servicereader.h"
#include "models/environment/trust.h"
#include "models/environment/workspace.h"
#include "models/environment/workspaceschema.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace models {

namespace {

/// Takes values out of a tree that was checked against the schema: what has the wrong form was
/// reported there and is passed over here. What no schema can say is reported here.
class Reader {
public:
    Reader(Workspace& workspace, bool isWhole)
        : m_workspace(workspace)
        , m_isWhole(isWhole) {}

    void read(const YamlNode& root) {
        readVersion(root);
        m_workspace.id = textOf(root.find(u"id"));
        m_workspace.name = textOf(root.find(u"name"));
        m_workspace.variables = variables(root.find(u"vars"));
        m_workspace.secrets = secrets(root.find(u"secrets"), m_workspace.variables);
        readWebhooks(root.find(u"notify"));
        readLogClasses(root.find(u"log_classes"));
        readContracts(root.find(u"contracts"));
        m_workspace.people = readPeople(root.find(u"people"), m_workspace.diagnostics);
        if (!m_workspace.id.isEmpty() && !isPlainName(m_workspace.id)) {
            report(*root.find(u"id"), QStringLiteral("The id \"%1\" can have letters, digits, "
                                                     "dots, dashes and underscores only.")
                                          .arg(m_workspace.id));
            m_workspace.id.clear();
        }
        if (const YamlNode* environments = root.find(u"environments")) {
            for (const YamlNode& node : environments->children)
                readEnvironment(node);
            checkPromotions(*environments);
        }
        readIsolation(root.find(u"isolation"));
        m_workspace.risks = readRisks(root.find(u"risks"), m_workspace.diagnostics);
        readRunbooks(root.find(u"runbooks"));
    }

private:
    void report(const YamlNode& node, const QString& message, Severity severity = Severity::Error) {
        m_workspace.diagnostics.append({node.line, node.column, severity, message});
    }

    void readVersion(const YamlNode& root) {
        const YamlNode* version = root.find(u"gantry");
        if (version == nullptr) {
            report(root,
                   QStringLiteral("The key \"gantry\" is missing. Begin the file with "
                                  "\"gantry: 1\"."),
                   Severity::Warning);
        } else if (version->isScalar() && version->text != QLatin1String("1")) {
            report(*version, QStringLiteral("This program reads version 1 of the file, and it "
                                            "says \"%1\". What is unknown is left out.")
                                 .arg(version->text));
        }
    }

    QMap<QString, QString> variables(const YamlNode* node) {
        QMap<QString, QString> values;
        if (node == nullptr || !node->isMap())
            return values;
        for (const YamlNode& child : node->children) {
            const bool usable = child.isScalar() || child.kind == YamlKind::Null;
            if (!usable || !isVariableName(child.key) || values.contains(child.key))
                continue;
            values.insert(child.key, child.text);
            warnOfSecret(child);
        }
        return values;
    }

    void warnOfSecret(const YamlNode& variable) {
        static const QRegularExpression likely(
            QStringLiteral("(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY)(_|$)"),
            QRegularExpression::CaseInsensitiveOption);
        if (variable.text.isEmpty() || !likely.match(variable.key).hasMatch())
            return;
        report(variable,
               QStringLiteral("\"%1\" looks like a secret, and its value is in the file. Name it "
                              "under \"secrets\" with a reference instead.")
                   .arg(variable.key),
               Severity::Warning);
    }

    QList<SecretReference> secrets(const YamlNode* node,
                                   const QMap<QString, QString>& variablesBeside) {
        QList<SecretReference> found;
        if (node == nullptr || !node->isMap())
            return found;
        for (const YamlNode& child : node->children) {
            if (!child.isScalar() || !isVariableName(child.key))
                continue;
            if (variablesBeside.contains(child.key)) {
                report(child, QStringLiteral("\"%1\" is both a variable and a secret. It is taken "
                                             "as a secret; remove the variable.")
                                  .arg(child.key));
            }
            // What was given as a value is asked for instead, and the value is forgotten.
            const bool reference = isSecretReference(child.text);
            found.append({child.key, reference ? child.text : QStringLiteral("prompt")});
        }
        return found;
    }

    void readWebhooks(const YamlNode* node) {
        for (const YamlNode& hook : node && node->isMap() ? node->children : QList<YamlNode>()) {
            const QString address = textOf(&hook);
            const QUrl url(address, QUrl::StrictMode);
            const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
            if (isSecretReference(address) || (isWeb && !url.host().isEmpty()))
                m_workspace.webhooks.append(address);
            else
                report(hook, QStringLiteral("\"%1\" needs the address of a webhook, or the "
                                            "reference of a secret that is one: keychain:NAME.")
                                 .arg(hook.key));
        }
    }

    void readLogClasses(const YamlNode* node) {
        static const QRegularExpression name(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*\\z"));
        for (const YamlNode& one : node && node->isMap() ? node->children : QList<YamlNode>()) {
            const QString pattern = textOf(&one);
            if (!name.match(one.key).hasMatch())
                report(one, QStringLiteral("\"%1\" cannot be the name of a class of log lines: "
                                           "letters, digits and underscores.")
                                .arg(one.key));
            else if (pattern.isEmpty() || !QRegularExpression(pattern).isValid())
                report(one, QStringLiteral("\"%1\" needs a regular expression, such as "
                                           "\"CRITICAL|FATAL\".")
                                .arg(one.key));
            else
                m_workspace.logClasses.append({one.key, pattern});
        }
    }

    void readContracts(const YamlNode* node) {
        constexpr std::chrono::milliseconds least = std::chrono::minutes(1);
        const YamlNode* const every = node ? node->find(u"every") : nullptr;
        const auto time = durationFromText(textOf(every));
        if (!time)
            return;
        m_workspace.contractsEvery = std::max(*time, least);
        if (*time < least)
            report(*every, QStringLiteral("Contracts are checked once a minute at most."));
    }

    void readEnvironment(const YamlNode& node) {
        if (!isPlainName(node.key)) {
            m_workspace.diagnostics.append(
                {node.keyLine, node.keyColumn, Severity::Error,
                 QStringLiteral("\"%1\" cannot be the name of an environment. Use letters, "
                                "digits, dots, dashes and underscores.")
                     .arg(node.key)});
            return;
        }
        if (m_workspace.environment(node.key) != nullptr)
            return;
        Environment environment;
        environment.name = node.key;
        environment.isProtected = readProtection(node, m_isWhole);
        environment.colour = colour(node.find(u"colour"));
        environment.promoteFrom = textOf(node.find(u"promote_from"));
        readHosts(node.find(u"hosts"), environment);
        environment.defaultHost = hostName(node.find(u"default_host"), environment);
        environment.variables = variables(node.find(u"vars"));
        environment.secrets = secrets(node.find(u"secrets"), environment.variables);
        readServices(node.find(u"services"), environment);
        environment.maintenance = readMaintenance(node, m_workspace.diagnostics);
        readFreezes(node, environment, m_workspace.diagnostics);
        readObserved(node, m_workspace.logClasses, environment, m_workspace.diagnostics);
        readGoLive(node, m_workspace.logClasses, environment, m_workspace.diagnostics);
        environment.approvals = readApprovals(meantValue(node, u"approvals"), m_workspace.people,
                                              m_workspace.diagnostics);
        m_workspace.environments.append(environment);
    }

    QString colour(const YamlNode* node) {
        static const QRegularExpression form(QStringLiteral("^#[0-9A-Fa-f]{6}\\z"));
        const QString value = textOf(node);
        if (value.isEmpty() || form.match(value).hasMatch())
            return value.toLower();
        report(*node, QStringLiteral("\"%1\" is no colour. Write six hexadecimal digits behind a "
                                     "#, in quotes.")
                          .arg(value));
        return {};
    }

    void readHosts(const YamlNode* node, Environment& environment) {
        if (node == nullptr || !node->isMap())
            return;
        for (const YamlNode& child : node->children) {
            if (!isPlainName(child.key) || child.key == localPlace) {
                report(child, QStringLiteral("\"%1\" cannot be the name of a host. Use letters, "
                                             "digits, dots, dashes and underscores; \"local\" is "
                                             "this machine.")
                                  .arg(child.key));
                continue;
            }
            const QString ssh = textOf(child.find(u"ssh"));
            if (!ssh.isEmpty() && !isDestination(ssh)) {
                report(*child.find(u"ssh"),
                       QStringLiteral("\"%1\" is no SSH destination. Write user@host, or a name "
                                      "from ~/.ssh/config.")
                           .arg(ssh));
                continue;
            }
            Host host;
            host.name = child.key;
            host.ssh = ssh.isEmpty() ? child.key : ssh;
            readUse(child, host);
            environment.hosts.append(host);
            environment.hostPositions.append(
                ssh.isEmpty() ? TextPosition{child.keyLine, child.keyColumn}
                              : TextPosition{child.find(u"ssh")->line, child.find(u"ssh")->column});
        }
    }

    /// What the host is used by: containers, sudo, locks.
    void readUse(const YamlNode& node, Host& host) {
        const auto runtimes = containerRuntimes();
        const QString runtime = textOf(node.find(u"runtime"));
        // It becomes a command: what is none was reported by the schema, and none is run.
        if (std::find(runtimes.begin(), runtimes.end(), runtime) != runtimes.end())
            host.runtime = runtime;
        // It is run at the host: a name or a path, and never an option.
        static const QRegularExpression command(QStringLiteral("^[\\w./][\\w./+-]*\\z"));
        host.cli = textOf(node.find(u"cli"));
        if (!host.cli.isEmpty() && !command.match(host.cli).hasMatch()) {
            report(*node.find(u"cli"),
                   QStringLiteral("\"%1\" is no command. Write a name or a path, without options.")
                       .arg(host.cli));
            host.cli.clear();
        }
        host.socket = absolutePath(node.find(u"socket"));
        host.lockDir = absolutePath(node.find(u"lock_dir"));
        const YamlNode* sudo = node.find(u"sudo");
        host.usesSudo = textOf(sudo) == QLatin1String("true");
        if (sudo != nullptr && !host.usesSudo && textOf(sudo) != QLatin1String("false"))
            report(*sudo, QStringLiteral("\"sudo\" of a host is true or false."));
    }

    QString absolutePath(const YamlNode* node) {
        const QString path = textOf(node);
        if (path.isEmpty() || path.startsWith(QLatin1Char('/')))
            return path;
        report(*node,
               QStringLiteral("\"%1\" is to be the whole path at the host, from / on.").arg(path));
        return {};
    }

    QString hostName(const YamlNode* node, const Environment& environment) {
        const QString name = textOf(node);
        const bool isKnown =
            name.isEmpty() || checkHost(*node, environment, m_workspace.diagnostics);
        return isKnown ? name : QString();
    }

    void unknownName(const YamlNode& node, const QString& what, const QString& name,
                     const QStringList& known) {
        reportUnknownName(node, what, name, known, m_workspace.diagnostics);
    }

    void readServices(const YamlNode* node, Environment& environment) {
        if (node == nullptr || !node->isMap())
            return;
        for (const YamlNode& child : node->children)
            environment.services.append(readService(child, environment, m_workspace.diagnostics));
        const QStringList names = environment.serviceNames();
        for (const YamlNode& child : node->children) {
            const YamlNode* const others = child.find(u"depends_on");
            for (const QString& name : textsOf(others)) {
                QStringList known = names;
                known.removeAll(child.key);
                if (!known.contains(name))
                    unknownName(*others, QStringLiteral("other service"), name, known);
            }
        }
    }

    [[nodiscard]] QStringList environmentNames() const {
        QStringList names;
        for (const Environment& environment : m_workspace.environments)
            names.append(environment.name);
        return names;
    }

    void checkPromotions(const YamlNode& environments) {
        for (Environment& environment : m_workspace.environments) {
            const QString from = environment.promoteFrom;
            const bool known = from.isEmpty() || (m_workspace.environment(from) != nullptr &&
                                                  from != environment.name);
            if (known)
                continue;
            const YamlNode* node = environments.find(environment.name)->find(u"promote_from");
            QStringList others = environmentNames();
            others.removeAll(environment.name);
            unknownName(*node, QStringLiteral("other environment"), from, others);
            environment.promoteFrom.clear();
        }
    }

    void readIsolation(const YamlNode* node) {
        if (node == nullptr || !node->isSequence())
            return;
        for (const YamlNode& child : node->children) {
            const std::optional<IsolationRule> rule =
                readIsolationRule(child, environmentNames(), m_workspace.diagnostics);
            if (rule)
                m_workspace.isolation.append(*rule);
        }
    }

    void readRunbooks(const YamlNode* node) {
        if (node == nullptr)
            return;
        const QList<YamlNode> items = node->isSequence() ? node->children : QList<YamlNode>{*node};
        for (const YamlNode& item : items) {
            if (!item.isScalar() || item.text.isEmpty())
                continue;
            const QStringList parts = item.text.split(QLatin1Char('/'));
            if (item.text.startsWith(QLatin1Char('/')) || parts.contains(QLatin1String(".."))) {
                report(item, QStringLiteral("The runbooks \"%1\" are not looked for: a pattern "
                                            "stays inside the workspace's folder, without a "
                                            "leading / and without \"..\".")
                                 .arg(item.text));
                continue;
            }
            m_workspace.runbookPatterns.append(item.text);
            m_workspace.runbookPatternLines.append(item.line);
        }
    }

    Workspace& m_workspace;
    const bool m_isWhole;
};

} // namespace

Workspace parseWorkspace(const QByteArray& yaml) {
    Workspace workspace;
    YamlDocument document = parseYaml(yaml);
    workspace.diagnostics = document.diagnostics;
    if (document.root.isMap() || document.root.kind != YamlKind::Null) {
        checkRecord(document.root, workspaceSchema(), workspaceSchemas(), workspace.diagnostics);
    } else if (workspace.diagnostics.isEmpty()) {
        workspace.diagnostics.append({1, 1, Severity::Warning,
                                      QStringLiteral("The file is empty. Begin with \"gantry: 1\" "
                                                     "and \"name: …\".")});
    }
    if (document.root.isMap())
        Reader(workspace, document.isWhole).read(document.root);
    for (Environment& environment : workspace.environments) {
        for (const Diagnostic& mistake : document.isWhole ? Diagnostics() : document.diagnostics) {
            if (!environment.unreadFreezes.contains(mistake))
                environment.unreadFreezes.append(mistake);
        }
    }
    workspace.trustHash = fileTrust(document.root);
    if (workspace.environments.isEmpty())
        workspace.environments.append(localEnvironment());
    std::stable_sort(workspace.diagnostics.begin(), workspace.diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
    return workspace;
}

} // namespace models

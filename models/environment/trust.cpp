// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/trust.h"

#include <QCryptographicHash>
#include <QMap>
#include <QSet>

namespace models {

namespace {

/// Each part is hashed with its length in front: two lists of parts never look the same.
class PartHash {
public:
    void add(const QByteArray& part) {
        m_hash.addData(QByteArray::number(part.size()) + ':');
        m_hash.addData(part);
    }
    void add(const QString& part) { add(part.toUtf8()); }
    [[nodiscard]] QString result() const { return QString::fromLatin1(m_hash.result().toHex()); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

bool changesNoAct(const QString& path) {
    static const QSet<QString> harmless{QStringLiteral("/gantry"), QStringLiteral("/name"),
                                        QStringLiteral("/risks")};
    if (harmless.contains(path))
        return true;
    const QStringList parts = path.split(QLatin1Char('/'));
    return parts.size() == 4 && parts[1] == QLatin1String("environments") &&
           parts[3] == QLatin1String("colour");
}

QString escaped(QString key) {
    return key.replace(QLatin1Char('~'), QLatin1String("~0"))
        .replace(QLatin1Char('/'), QLatin1String("~1"));
}

/// Paths are JSON pointers (RFC 6901), so that a key with a slash is no other path.
void collect(const YamlNode& node, const QString& path, QMap<QString, QString>& scalars) {
    if (changesNoAct(path))
        return;
    if (path == QLatin1String("/log_classes")) {
        // Which lines are counted runs nothing, but with the first class all logs are followed.
        if (!node.children.isEmpty())
            scalars.insert(path, QStringLiteral("any"));
        return;
    }
    if (node.children.isEmpty()) {
        const QString kind = QString::number(static_cast<int>(node.kind));
        if (!scalars.contains(path)) // of a key that comes twice the first counts
            scalars.insert(path, kind + node.text);
        return;
    }
    QSet<QString> seen;
    for (qsizetype i = 0; i < node.children.size(); ++i) {
        const YamlNode& child = node.children[i];
        const QString key = node.isMap() ? escaped(child.key)
                                         : QStringLiteral("%1").arg(i, 6, 10, QLatin1Char('0'));
        if (seen.contains(key))
            continue;
        seen.insert(key);
        collect(child, path + QLatin1Char('/') + key, scalars);
    }
}

} // namespace

QString fileTrust(const YamlNode& root) {
    QMap<QString, QString> scalars;
    collect(root, {}, scalars);
    PartHash hash;
    for (auto scalar = scalars.cbegin(); scalar != scalars.cend(); ++scalar) {
        hash.add(scalar.key());
        hash.add(scalar.value());
    }
    return hash.result();
}

QString runbookTrust(const QString& path, const Runbook& runbook) {
    PartHash hash;
    hash.add(path);
    hash.add(runbook.frontMatter.shell);
    hash.add(runbook.frontMatter.cwd);
    hash.add(runbook.frontMatter.defaultHost);
    for (const VariableDeclaration& variable : runbook.variables) {
        hash.add(variable.name);
        hash.add(variable.value);
    }
    for (const Step& step : runbook.steps) {
        const bool acts = !step.commands.isEmpty() || step.http || !step.condition.isEmpty();
        if (!acts)
            continue;
        hash.add(step.id.text());
        hash.add(step.condition);
        for (const Command& command : step.commands) {
            hash.add(command.language);
            hash.add(command.text);
        }
        if (step.http) {
            hash.add(step.http->method);
            hash.add(step.http->url);
        }
        const QMap<QString, QString>& options = step.options.values;
        for (auto option = options.cbegin(); option != options.cend(); ++option) {
            hash.add(option.key());
            hash.add(option.value());
        }
    }
    return hash.result();
}

QString joinTrust(const QString& filePart, const QStringList& runbookParts) {
    PartHash hash;
    hash.add(filePart);
    for (const QString& part : runbookParts)
        hash.add(part);
    return hash.result();
}

} // namespace models

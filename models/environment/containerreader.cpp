// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/containerreader.h"

#include <QRegularExpression>

namespace models {

bool checkWord(const YamlNode& node, const QString& what, Diagnostics& diagnostics) {
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9_.:@\\\\-]*\\z"));
    if (!node.isScalar())
        return false; // reported by the schema
    if (form.match(node.text).hasMatch())
        return true;
    diagnostics.append({node.line, node.column, Severity::Error,
                        QStringLiteral("\"%1\" cannot be the name of %2.").arg(node.text, what)});
    return false;
}

std::optional<ContainerName> readContainerName(const YamlNode& node, const QString& service,
                                               Diagnostics& diagnostics) {
    if (const YamlNode* container = node.find(u"container")) {
        if (!checkWord(*container, QStringLiteral("a container"), diagnostics))
            return std::nullopt;
        return ContainerName{container->text};
    }
    const YamlNode* const compose = node.find(u"compose");
    if (compose == nullptr || !compose->isMap())
        return std::nullopt;
    const YamlNode* const project = compose->find(u"project");
    if (project == nullptr) {
        diagnostics.append({compose->line, compose->column, Severity::Error,
                            QStringLiteral("\"compose\" needs a \"project\", which is the name "
                                           "that \"docker compose ls\" shows.")});
        return std::nullopt;
    }
    const YamlNode* const own = compose->find(u"service");
    const bool isGood =
        checkWord(*project, QStringLiteral("a Compose project"), diagnostics) &&
        (own == nullptr || checkWord(*own, QStringLiteral("a Compose service"), diagnostics));
    if (!isGood)
        return std::nullopt;
    return ContainerName{{}, project->text, own == nullptr ? service : own->text};
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/riskreader.h"

#include "models/environment/schema.h"

namespace models {

namespace {

QString severityOf(const YamlNode& risk, Diagnostics& diagnostics) {
    static const QStringList known{u"info"_qs, u"warn"_qs, u"error"_qs};
    const YamlNode* const node = risk.find(u"severity");
    const QString severity = textOf(node);
    if (severity.isEmpty() || known.contains(severity))
        return severity;
    diagnostics.append({node->line, node->column, Severity::Error,
                        noSuchName(u"severity of a risk"_qs, severity, known)});
    return known.last();
}

} // namespace

QList<Risk> readRisks(const YamlNode* node, Diagnostics& diagnostics) {
    QList<Risk> risks;
    if (node == nullptr || !node->isSequence())
        return risks;
    for (const YamlNode& child : node->children) {
        const QString words = child.isScalar() ? child.text : textOf(child.find(u"text"));
        if (!words.isEmpty())
            risks.append({words, severityOf(child, diagnostics), child.line});
        else if (child.isMap())
            diagnostics.append(
                {child.line, child.column, Severity::Error, u"A risk needs a \"text\"."_qs});
    }
    return risks;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/riskreader.h"

#include "models/environment/schema.h"

namespace models {

namespace {

/// A risk is told wherever a run is started and decided, whatever it says.
void checkShown(const YamlNode& risk, Diagnostics& diagnostics) {
    const YamlNode* const shown = risk.find(u"show");
    if (shown != nullptr && shown->isScalar() && shown->text != u"go-live")
        diagnostics.append(
            {shown->line, shown->column, Severity::Error,
             u"\"%1\" has no effect: every risk is shown before a go-live, on the "
             "dashboard and in the report. \"show\" can only be \"go-live\"."_qs.arg(shown->text)});
}

} // namespace

QString readSeverity(const YamlNode& node, const QString& what, Diagnostics& diagnostics) {
    static const QStringList known{u"info"_qs, u"warn"_qs, u"error"_qs};
    const YamlNode* const written = node.find(u"severity");
    const QString severity = textOf(written);
    if (severity.isEmpty() || known.contains(severity))
        return severity;
    diagnostics.append({written->line, written->column, Severity::Error,
                        noSuchName(u"severity of "_qs + what, severity, known)});
    return known.last();
}

QList<Risk> readRisks(const YamlNode* node, Diagnostics& diagnostics) {
    QList<Risk> risks;
    if (node == nullptr || !node->isSequence())
        return risks;
    for (const YamlNode& child : node->children) {
        const QString words = child.isScalar() ? child.text : textOf(child.find(u"text"));
        checkShown(child, diagnostics);
        if (!words.isEmpty())
            risks.append({words, readSeverity(child, u"a risk"_qs, diagnostics), child.line});
        else if (child.isMap())
            diagnostics.append(
                {child.line, child.column, Severity::Error, u"A risk needs a \"text\"."_qs});
    }
    return risks;
}

} // namespace models

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/logcommand.h"

#include "models/run/placeholder.h"
#include "models/runbook/placeholders.h"

namespace models {

namespace {

/// What somebody has to fill in, each once.
QStringList namesIn(const QString& command) {
    const std::string text = command.toStdString();
    QSet<QByteArray> known;
    QStringList names;
    for (const Placeholder& placeholder : findPlaceholders(text, known)) {
        const auto name = QString::fromUtf8(placeholder.name.data(),
                                            static_cast<qsizetype>(placeholder.name.size()));
        if (placeholder.form != Placeholder::Form::Variable && !names.contains(name))
            names.append(name);
    }
    return names;
}

} // namespace

Environment withVariables(const Workspace& workspace, const Environment& environment) {
    Environment whole = environment;
    whole.variables = planContext(workspace, {}, environment.name, {}, {}).variables;
    return whole;
}

Result<LogCommand> fillLogCommand(const Environment& environment, const QString& command) {
    const QMap<QString, QString>& variables = environment.variables;
    const QStringList names = namesIn(command);
    QStringList missing = names;
    missing.removeIf([&variables](const QString& name) { return variables.contains(name); });
    if (!missing.isEmpty()) {
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("The log command \"%1\" needs a value for %2. Add it to the "
                                      "variables of %3 in gantry.yaml.")
                           .arg(command, missing.join(QStringLiteral(", ")), environment.name));
    }
    const Result<QString> text = fillPlaceholders(command, names, variables);
    if (!text)
        return tl::unexpected(text.error());
    LogCommand filled{*text, {}};
    for (auto it = variables.cbegin(); it != variables.cend(); ++it) {
        if (isVariableName(it.key()))
            filled.variables.insert(it.key(), it.value());
    }
    return filled;
}

} // namespace models

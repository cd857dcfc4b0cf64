// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/hostdiagnostics.h"

namespace app {
namespace {

/// What the machine's owner says for everybody is nothing that one's own files can mend.
models::Severity severityOf(const SettingsNote& note, const SshSurroundings& surroundings) {
    if (note.weight == SettingsNote::Weight::Blocks)
        return models::Severity::Error;
    return note.file.startsWith(surroundings.home + QLatin1Char('/')) ? models::Severity::Warning
                                                                      : models::Severity::Hint;
}

QString where(const SettingsNote& note) {
    return note.file.isEmpty()
               ? QString()
               : QStringLiteral(" (%1:%2)").arg(note.file, QString::number(note.line));
}

} // namespace

models::Diagnostics hostDiagnostics(const models::Workspace& workspace,
                                    const SshSurroundings& surroundings) {
    models::Diagnostics found;
    QList<SettingsNote> said;
    for (const models::Environment& environment : workspace.environments) {
        for (qsizetype i = 0; i < environment.hosts.size(); ++i) {
            const models::Host& host = environment.hosts[i];
            const models::TextPosition at = environment.hostPositions.value(i);
            const auto settings = resolveHost(host.name, host.ssh, surroundings);
            if (!settings) {
                found.append(
                    {at.line, at.column, models::Severity::Error, settings.error().message});
                continue;
            }
            for (const SettingsNote& note : settings->notes) {
                const bool isBlocking = note.weight == SettingsNote::Weight::Blocks;
                // One line of ~/.ssh/config may be for all hosts.
                if (!isBlocking && said.contains(note))
                    continue;
                said.append(note);
                found.append(
                    {at.line, at.column, severityOf(note, surroundings),
                     QStringLiteral("%1: %2%3").arg(host.name, note.message, where(note))});
            }
        }
    }
    return found;
}

} // namespace app

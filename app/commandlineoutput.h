// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/core/result.h"

#include <QJsonObject>
#include <QStringList>

#include <optional>

class QCommandLineParser;

namespace app {

/// Exit statuses of every command.
constexpr int exitGood = 0;
constexpr int exitFellShort = 1;
constexpr int exitUnusable = 2;

/// To standard output, flushed: progress is read while it happens.
void print(const QString& text);
void printJson(const QJsonObject& object);
/// "gantry: …" on standard error.
void printError(const QString& text);

/// A terminal obeys some characters: what a host, a command or a document says is shown, not
/// obeyed.
[[nodiscard]] QString harmless(QString text);

/// What a command ends with that cannot go on because of it.
[[nodiscard]] int exitStatusOf(const models::Error& error);
/// Prints the error and gives the exit status for it.
[[nodiscard]] int fail(const models::Error& error);
[[nodiscard]] int unusable(const QString& reason);

/// Parses the arguments of a command, --help included. An exit status where that was all.
[[nodiscard]] std::optional<int> parseArguments(QCommandLineParser& parser, const QString& command,
                                                const QStringList& arguments);

[[nodiscard]] QString severityName(models::Severity severity);
[[nodiscard]] QJsonObject diagnosticJson(const models::Diagnostic& diagnostic);

} // namespace app

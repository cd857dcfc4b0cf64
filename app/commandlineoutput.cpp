// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlineoutput.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cstdio>

namespace app {

void print(const QString& text) {
    const QByteArray bytes = text.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
    std::fflush(stdout);
}

void printJson(const QJsonObject& object) {
    print(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed());
}

void printError(const QString& text) {
    const QByteArray bytes = "gantry: " + text.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

QString harmless(QString text) {
    static const QRegularExpression control(u"[\\x00-\\x08\\x0b-\\x1a\\x1c-\\x1f\\x7f-\\x9f]"_qs);
    static const QRegularExpression sequences(
        u"\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|.?)"_qs);
    text.remove(sequences);
    text.replace(control, u"�"_qs);
    return text;
}

int exitStatusOf(const models::Error& error) {
    switch (error.code) {
    case models::ErrorCode::InvalidInput:
    case models::ErrorCode::NotFound:
    case models::ErrorCode::NotReadable:
    case models::ErrorCode::Unsupported:
        return exitUnusable;
    case models::ErrorCode::NotWritable:
    case models::ErrorCode::Damaged:
    case models::ErrorCode::Locked:
    case models::ErrorCode::Refused:
    case models::ErrorCode::Cancelled:
    case models::ErrorCode::Internal:
        break;
    }
    return exitFellShort;
}

int fail(const models::Error& error) {
    printError(error.message);
    return exitStatusOf(error);
}

int unusable(const QString& reason) {
    printError(reason);
    return exitUnusable;
}

std::optional<int> parseArguments(QCommandLineParser& parser, const QString& command,
                                  const QStringList& arguments) {
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments)) {
        printError(u"%1. gantry %2 --help says more."_qs.arg(
            parser.errorText().remove(QRegularExpression(u"\\.$"_qs)), command));
        return exitUnusable;
    }
    if (!parser.isSet(help))
        return std::nullopt;
    QString text = parser.helpText().trimmed();
    text.replace(u"Usage: "_qs + QCoreApplication::arguments().constFirst(),
                 u"Usage: gantry "_qs + command);
    print(text);
    return exitGood;
}

QString severityName(models::Severity severity) {
    switch (severity) {
    case models::Severity::Error:
        return u"error"_qs;
    case models::Severity::Warning:
        return u"warning"_qs;
    case models::Severity::Hint:
        return u"hint"_qs;
    }
    return {};
}

QJsonObject diagnosticJson(const models::Diagnostic& diagnostic) {
    return {{u"line"_qs, diagnostic.line},
            {u"column"_qs, diagnostic.column},
            {u"severity"_qs, severityName(diagnostic.severity)},
            {u"message"_qs, diagnostic.message}};
}

} // namespace app

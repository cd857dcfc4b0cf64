// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/attemptcall.h"

#include "app/process/rundirectory.h"
#include "app/process/supervisorprogram.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace app {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("app::SupervisedAttempt", text);
}

bool isVariableName(const QString& name) {
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*\\z"));
    return pattern.match(name).hasMatch();
}

/// The command that runs the script, and the wrapper that gives it the session.
struct Shell {
    QByteArray kind;    ///< "sh", "bash", "zsh", or the interpreter of the script
    QByteArray program; ///< what is started
    QByteArray wrapper;
};

Shell shellFor(const QString& name) {
    const QList<SessionWrapper>& wrappers = sessionWrappers();
    const QByteArray program = QFile::encodeName(name);
    const QString kind = QFileInfo(name).fileName();
    if (kind == QLatin1String("sh"))
        return {"sh", program, wrappers[0].name};
    if (kind == QLatin1String("bash"))
        return {"bash", program, wrappers[1].name};
    if (kind == QLatin1String("zsh"))
        return {"zsh", program, wrappers[2].name};
    return {program, "sh", wrappers[0].name};
}

QByteArray exports(const QMap<QString, QString>& variables) {
    QByteArray text;
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        text += "export " + it.key().toLatin1() + '=' + quotedForShell(it.value().toUtf8()) + '\n';
    return text;
}

/// Shell text that lets the wrapper know these values, spelled as printf's %b reads them.
QByteArray knowledge(const QStringList& values) {
    QByteArray spelled;
    for (const QString& value : values) {
        const QByteArray bytes = value.toUtf8();
        for (const char byte : bytes)
            spelled += "\\0" + QByteArray::number(uchar(byte), 8).rightJustified(3, '0');
        spelled += ' ';
    }
    return "__gantry_known=" + quotedForShell(spelled.trimmed()) + '\n';
}

QByteArray inputText(InputMode mode) {
    switch (mode) {
    case InputMode::None:
        return "null";
    case InputMode::Pipe:
        return "fifo";
    case InputMode::Terminal:
        return "pty";
    }
    Q_UNREACHABLE();
}

QByteArray secondsText(std::chrono::milliseconds time) {
    return time.count() <= 0 ? QByteArray("0")
                             : QByteArray::number(double(time.count()) / 1000, 'f', 3);
}

} // namespace

models::Result<void> checkRequest(const AttemptRequest& request) {
    if (request.script.contains('\0'))
        return models::failure(models::ErrorCode::InvalidInput,
                               translated("The command holds a NUL byte, which no shell can run. "
                                          "Remove it from the document."));
    if (request.shell.isEmpty() || request.shell.startsWith(QLatin1Char('-')) ||
        request.shell.contains(QChar::Null) || request.workingDirectory.contains(QChar::Null))
        return models::failure(models::ErrorCode::InvalidInput,
                               translated("The shell or the directory of the command has no usable "
                                          "name. Correct it in the document."));
    for (const auto* variables : {&request.variables, &request.secrets}) {
        for (auto it = variables->cbegin(); it != variables->cend(); ++it) {
            if (isVariableName(it.key()) && !it.value().contains(QChar::Null))
                continue;
            return models::failure(
                models::ErrorCode::InvalidInput,
                translated("\"%1\" cannot be a shell variable: its name is not one, or its value "
                           "holds a NUL byte.")
                    .arg(it.key()));
        }
    }
    return {};
}

QByteArray graceText(std::chrono::milliseconds grace) {
    constexpr int step = 50;
    return QByteArray::number(qint64((std::max<qint64>(grace.count(), 0) + step - 1) / step));
}

SupervisorKind kindFor(const AttemptRequest& request) {
    const Shell shell = shellFor(request.shell);
    return {{shell.kind, shell.program, shell.wrapper, inputText(request.input),
             secondsText(request.timeLimit), graceText(request.grace)}};
}

bool needsScriptFile(const AttemptRequest& request) {
    return shellFor(request.shell).kind != "sh";
}

QByteArray orderText(const AttemptRequest& request, const QByteArray& token,
                     const QByteArray& nonce) {
    QByteArray options;
    if (request.errexit)
        options += 'e';
    if (!request.secrets.isEmpty())
        options += 's';
    else if (!request.withheld.isEmpty())
        options += 'k';
    const QByteArray inSecret = request.secrets.isEmpty() && !request.withheld.isEmpty()
                                    ? knowledge(request.withheld)
                                    : exports(request.secrets);
    const QByteArray values[]{
        nonce,
        RunDirectory::nameOf(request.attempt),
        request.restoreFrom ? RunDirectory::nameOf(*request.restoreFrom) : QByteArray("-"),
        options,
        QFile::encodeName(request.workingDirectory),
        exports(request.variables),
        inSecret,
        request.script,
    };
    QByteArray order = "__gantry_token=" + token + "\n__gantry_take";
    for (const QByteArray& value : values)
        order += ' ' + quotedForShell(value);
    return order + ' ' + token + "\nreturn # " + token + '\n';
}

models::Error refusalError(const SupervisorReply& reply) {
    const QString detail = QFile::decodeName(reply.text);
    if (reply.word == "void")
        return {models::ErrorCode::Cancelled,
                translated("The command was cancelled before it started. It did not run."),
                {}};
    if (reply.word == "noshell")
        return {models::ErrorCode::NotFound,
                translated("The command needs %1, which is not installed there. Install it, or "
                           "give the step another shell.")
                    .arg(detail),
                {}};
    if (reply.word == "nospace")
        return {models::ErrorCode::NotWritable,
                translated("The command was not started: there is no room to record its output in "
                           "%1. Free some space there and try again.")
                    .arg(detail),
                {}};
    if (reply.word == "silence")
        return {models::ErrorCode::Internal,
                translated("The command was not started: the shell there did not answer. Check "
                           "that sh can be started, and try again."),
                {}};
    return {models::ErrorCode::Internal,
            translated("The command was not started: the place gave no answer that can be "
                       "understood. Try again."),
            QString::fromUtf8(reply.word + ' ' + reply.text)};
}

QString lossReason(const SupervisorReply& state) {
    const QByteArray why = replyField(state.text, "why");
    if (state.word == "unsupervised")
        return translated("The process that watched the command was ended. The command itself "
                          "still runs, and nobody will know how it ends.");
    if (why == "rebooted")
        return translated("The machine was restarted while the command ran.");
    if (why == "unreadable-claim")
        return translated("The record of who ran the command is damaged.");
    return translated("The process that watched the command was ended before it could record how "
                      "the command ended.");
}

} // namespace app

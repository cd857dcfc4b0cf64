// SPDX-License-Identifier: GPL-3.0-or-later
// placeconsole STEP SCRIPT-FILE SUPERVISOR SHELL OUT ERR RESULT: a console that can be killed. Runs
// or takes up one attempt of the run "survival" from the sizes of OUT and ERR, which stand for the
// journal, appends what comes, and writes how it ended to RESULT.
#include "app/process/localplace.h"

#include <QCoreApplication>
#include <QFile>

namespace {

void writeResult(const QString& path, const QByteArray& text) {
    QFile aside(path + QStringLiteral(".part"));
    if (aside.open(QIODevice::WriteOnly))
        aside.write(text);
    aside.close();
    aside.rename(path);
    QCoreApplication::quit();
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 8)
        return 2;
    QFile script(arguments[2]);
    QFile files[2]{QFile(arguments[5]), QFile(arguments[6])};
    const QString result = arguments[7];
    if (!script.open(QIODevice::ReadOnly))
        return 2;
    for (QFile& file : files) {
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return 2;
    }

    app::LocalPlace place(arguments[3].split(QLatin1Char(' ')));
    app::AttemptRequest request;
    request.attempt = {models::RunId(QStringLiteral("survival")), models::StepId(arguments[1]), 1};
    request.script = script.readAll();
    request.shell = arguments[4];
    request.from = {files[0].size(), files[1].size()};
    QObject::connect(&place, &app::Place::outputReceived, &application,
                     [&](const models::AttemptKey&, app::OutputStream stream, qint64 offset,
                         const QByteArray& bytes) {
                         QFile& file = files[static_cast<int>(stream)];
                         if (offset != file.size())
                             writeResult(result, "gap");
                         file.write(bytes);
                     });
    QObject::connect(&place, &app::Place::attemptFinished, &application,
                     [&](const models::AttemptKey&, const app::AttemptRecord& record) {
                         writeResult(result, "exit " + QByteArray::number(record.exitCode));
                     });
    QObject::connect(
        &place, &app::Place::attemptUnknown, &application,
        [&](const models::AttemptKey&, const QString& reason, const QString& evidence) {
            writeResult(result, "unknown " + reason.toUtf8() + ' ' + evidence.toUtf8());
        });
    QObject::connect(&place, &app::Place::attemptRefused, &application,
                     [&](const models::AttemptKey&, const models::Error& error) {
                         writeResult(result, "refused " + error.message.toUtf8());
                     });
    place.run(request);
    return QCoreApplication::exec();
}

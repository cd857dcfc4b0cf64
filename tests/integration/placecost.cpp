// SPDX-License-Identifier: GPL-3.0-or-later
// placecost [STEPS [SHELL [SCRIPT]]]: what a step costs at the local place, from run() to its
// record, beside as many bare `sh -c true`. Prints one JSON object.
#include "app/process/localplace.h"

#include "tests/support/temporaryhome.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>

#include <cstdio>

namespace {

qint64 timeSteps(int count, const QString& shell, const QByteArray& script) {
    app::LocalPlace place;
    int done = 0;
    std::optional<models::AttemptKey> last;
    const auto next = [&] {
        app::AttemptRequest request;
        request.attempt = {models::RunId(QStringLiteral("cost")),
                           models::StepId(QStringLiteral("step")), done + 1};
        request.shell = shell;
        request.script = script;
        request.restoreFrom = last;
        last = request.attempt;
        place.run(request);
    };
    QObject::connect(&place, &app::Place::attemptFinished, &place,
                     [&](const models::AttemptKey& attempt) {
                         place.acknowledge(attempt);
                         if (++done < count)
                             next();
                     });
    QElapsedTimer time;
    time.start();
    next();
    while (done < count)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return time.nsecsElapsed();
}

qint64 timeBareShells(int count) {
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < count; ++i) {
        QProcess process;
        process.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("true")});
        process.waitForFinished();
    }
    return time.nsecsElapsed();
}

} // namespace

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int count = std::max(1, arguments.value(1, QStringLiteral("200")).toInt());
    const QString shell = arguments.value(2, QStringLiteral("sh"));
    const QByteArray script = arguments.value(3, QStringLiteral("true")).toUtf8();
    const double steps = double(timeSteps(count, shell, script)) / count / 1e6;
    const double bare = double(timeBareShells(count)) / count / 1e6;
    std::printf("{\"steps\":%d,\"ms_per_step\":%.3f,\"ms_per_sh\":%.3f}\n", count, steps, bare);
    return 0;
}

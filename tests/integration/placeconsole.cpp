// SPDX-License-Identifier: GPL-3.0-or-later
// placeconsole SUPERVISOR STEP SHELL FILES [OWN]: a console that can be killed. Runs or takes up
// one attempt of the run "survival" on this machine (see ConsoleAttempt for FILES and OWN).
#include "app/process/localplace.h"

#include "tests/integration/consoleattempt.h"

#include <QCoreApplication>

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 5)
        return 2;
    app::LocalPlace place(arguments[1].split(QLatin1Char(' ')));
    app::AttemptRequest request;
    request.attempt = {models::RunId(QStringLiteral("survival")), models::StepId(arguments[2]), 1};
    request.shell = arguments[3];
    tests::ConsoleAttempt attempt(place, arguments[4], arguments.value(5));
    attempt.begin(request);
    return QCoreApplication::exec();
}

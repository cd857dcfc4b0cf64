// SPDX-License-Identifier: GPL-3.0-or-later
// hostconsole LAB HOST-PORT PORT USER STEP NUMBER SHELL FILES: a console that can be killed. Runs
// or takes up one attempt of the run "survival" at the host of the lab, which it reaches by PORT
// (see ConsoleAttempt for FILES).
#include "app/ssh/hostplace.h"

#include "tests/integration/consoleattempt.h"

#include <QCoreApplication>

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 9)
        return 2;
    app::HostSettings settings;
    settings.name = QStringLiteral("web-1");
    settings.hostName = QStringLiteral("127.0.0.1");
    settings.hostKeyAlias = QStringLiteral("[127.0.0.1]:") + arguments[2];
    settings.port = arguments[3].toUShort();
    settings.user = arguments[4];
    settings.identityFiles = {arguments[1] + QStringLiteral("/keys/person")};
    settings.knownHostsFiles = {arguments[1] + QStringLiteral("/known_hosts")};
    // A dead line is noticed after 600 ms, so that a trial takes not much longer.
    settings.keepAliveInterval = std::chrono::milliseconds(150);
    app::SshConnections connections;
    app::HostPlace place(settings.name, settings, connections);
    app::AttemptRequest request;
    request.attempt = {models::RunId(QStringLiteral("survival")), models::StepId(arguments[5]),
                       arguments[6].toInt()};
    request.shell = arguments[7];
    tests::ConsoleAttempt attempt(place, arguments[8]);
    attempt.begin(request);
    return QCoreApplication::exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/ssh/sshtest.h"

#include "tests/support/temporaryhome.h"

#include <QCoreApplication>
#include <QFile>
#include <QTest>

#include <cstdio>
#include <utility>

namespace tests {

app::HostSettings settingsFor(const Lab& lab, const QString& user) {
    app::HostSettings settings;
    settings.name = QStringLiteral("web-1");
    settings.hostName = QStringLiteral("127.0.0.1");
    settings.port = lab.hostPort();
    settings.user = user;
    settings.identityFiles = {lab.key(QStringLiteral("person"))};
    settings.knownHostsFiles = {lab.path(QStringLiteral("known_hosts"))};
    return settings;
}

app::ChannelTarget command(const QByteArray& text) {
    return {app::ChannelTarget::Kind::Command, text, 0};
}

Said::Said(app::Channel& channel) {
    connect(&channel, &app::Channel::outputRead, this,
            [this](const QByteArray& bytes) { out += bytes; });
    connect(&channel, &app::Channel::errorRead, this,
            [this](const QByteArray& bytes) { err += bytes; });
    connect(&channel, &app::Channel::closed, this, [this] { ++closed; });
}

Person::Person(app::SshConnections& connections, Answering answering) {
    connect(
        &connections, &app::SshConnections::questionAsked, this,
        [this, &connections, answering = std::move(answering)](const app::SshQuestion& question) {
            asked.append(question);
            connections.answer(question.id, answering(question));
        });
}

app::SshAnswer yes(const QList<QByteArray>& texts) {
    return {app::SshAnswer::Decision::Continue, texts};
}

app::SshAnswer no() {
    return {};
}

void settle(const std::shared_ptr<app::SshConnection>& connection) {
    QObject context;
    bool isSettled = false;
    connection->whenSettled(&context, [&](const models::Result<void>&) { isSettled = true; });
    QTRY_VERIFY_WITH_TIMEOUT(isSettled, patience);
}

int runWithLab(int argc, char** argv, const std::function<int(Lab&)>& tests, Lab::Parts parts) {
    const TemporaryHome folders;
    const QCoreApplication application(argc, argv);
    Lab lab(0, parts);
    if (!lab.start()) {
        std::printf("SKIPPED WHOLE TEST: %s\n", qPrintable(lab.refusal()));
        return 0;
    }
    return tests(lab);
}

} // namespace tests

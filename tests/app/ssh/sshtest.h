// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/ssh/channelsink.h"
#include "app/ssh/hostsettings.h"
#include "app/ssh/sshconnections.h"

#include "tests/support/filecontent.h"
#include "tests/support/lab.h"

#include <QObject>

#include <functional>
#include <memory>

namespace tests {

constexpr int patience = 60'000;

/// A user of the lab's host, who logs in with the key "person".
[[nodiscard]] app::HostSettings settingsFor(const Lab& lab,
                                            const QString& user = QStringLiteral("dash"));
[[nodiscard]] app::ChannelTarget command(const QByteArray& text);

/// What a channel said, to its end.
class Said : public QObject {
    Q_OBJECT

public:
    explicit Said(app::Channel& channel);

    QByteArray out;
    QByteArray err;
    int closed = 0;
};

/// A person who answers the questions of all connections.
class Person : public QObject {
    Q_OBJECT

public:
    using Answering = std::function<app::SshAnswer(const app::SshQuestion&)>;

    Person(app::SshConnections& connections, Answering answering);

    QList<app::SshQuestion> asked;
};

[[nodiscard]] app::SshAnswer yes(const QList<QByteArray>& texts = {});
[[nodiscard]] app::SshAnswer no();

/// Until it is connected, or has failed for good.
void settle(const std::shared_ptr<app::SshConnection>& connection);

/// Runs the tests with a lab and a home of their own, or skips them all and says why.
int runWithLab(int argc, char** argv, const std::function<int(Lab&)>& tests,
               Lab::Parts parts = Lab::Parts::Plain);

} // namespace tests

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace app {

/// One service of the demo host. What state it is in stands in files, which the host's commands
/// write and everyone reads anew: NAME.release, NAME.status and NAME.fault.
struct DemoService {
    QString name;
    QByteArray release;       ///< that it has when the host starts
    QList<QString> dependsOn; ///< of which its health speaks
    bool runsAtStart = true;
};

[[nodiscard]] const QList<DemoService>& demoServices();

struct DemoState {
    enum class Status { Running, Stopped };
    enum class Fault { None, Latency, Errors, Crash, Burst };

    Status status = Status::Running;
    Fault fault = Fault::None;
    QByteArray release;

    [[nodiscard]] bool answers() const {
        return status == Status::Running && fault != Fault::Crash;
    }
};

/// folder: the one with the files. What is missing or unknown is as at the start.
[[nodiscard]] DemoState stateOf(const DemoService& service, const QString& folder);

/// What a service says over HTTP.
struct DemoAnswer {
    int status = 200;
    QByteArray type = QByteArrayLiteral("application/json");
    QByteArray body;
    int delayMilliseconds = 0;
};

/// To GET path. requests: that it has answered so far.
[[nodiscard]] DemoAnswer answerOf(const DemoService& service, const QByteArray& path,
                                  const QString& folder, qint64 requests);

} // namespace app

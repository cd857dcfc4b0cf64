// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/demoservices.h"

#include <QObject>
#include <QTimer>

namespace app {

/// The logs of the demo host's services, written as time goes by: FOLDER/NAME.log, of lines
/// "SECONDS.NANOSECONDS STAMP TEXT", where STAMP is the time as docker writes it. Reading one again
/// gives the same lines, so that a stream can be resumed in it.
class DemoLogs : public QObject {
    Q_OBJECT

public:
    /// state: the folder with the state of the services. Both folders are there.
    DemoLogs(QString folder, QString state, QObject* parent = nullptr);

    /// Writes what has happened in the last minutes, and goes on from there.
    void begin();

private:
    void writeHistory();
    void writeNow();

    const QString m_folder;
    const QString m_state;
    QTimer m_timer;
    qint64 m_number = 0;
};

/// What a service writes as its line of that number, without the time.
[[nodiscard]] QByteArray demoLine(const QString& service, DemoState::Fault fault, qint64 number);

} // namespace app

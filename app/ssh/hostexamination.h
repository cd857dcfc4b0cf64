// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostreport.h"
#include "app/run/place.h"
#include "app/ssh/connectfailure.h"
#include "app/ssh/hostplace.h"
#include "app/ssh/shellprobe.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace app {

class SshHosts;

/// One look at everything that steps need of one host: connects, asks its shell, records a command
/// there, hangs up while that runs, comes back and looks. Leaves nothing there. Engine's thread.
class HostExamination final : public QObject {
    Q_OBJECT

public:
    /// hosts outlives it.
    HostExamination(models::Host host, SshHosts& hosts, QObject* parent = nullptr);
    ~HostExamination() override;

    void begin();

Q_SIGNALS:
    /// With every check that is done; at the end complete, and then never again.
    void reported(const app::HostReport& report);

private:
    void settled(const models::Result<void>& result);
    void noteFailure(ConnectFailure::Kind kind, const models::Error& error);
    void noteState();
    void lookAtShell();
    void noteShell(const ShellFindings& findings);
    void lookAtDirectory();
    void beginSurvivor();
    void hangUp();
    void noteSurvivor(const AttemptRecord& record);
    void noteLost(const QString& reason, const QString& evidence);
    void removeSurvivor();
    void lookAtSudo();
    void noteSudo(const models::Result<ExecResult>& result);
    void lookAtRuntime();
    void noteRuntime(const models::Result<ExecResult>& result);
    void add(HostCheck::Kind kind, models::Verdict verdict, const QString& value,
             const QString& message = {}, const QString& detail = {});
    void log(const QString& line);
    void limitStage();
    void finish(const QString& whyNotTheRest);

    const models::Host m_host;
    SshHosts& m_hosts;
    HostReport m_report;
    std::shared_ptr<SshConnection> m_connection;
    std::unique_ptr<HostPlace> m_place;
    QTimer m_limit;
    AttemptRequest m_survivor;
    QByteArray m_survivorSaid;
    quint64 m_sessionBefore = 0; ///< that was hung up on
    bool m_isOver = false;
};

} // namespace app

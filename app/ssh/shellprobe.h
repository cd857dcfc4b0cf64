// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconnection.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace app {

class SshChannel;

/// What one shell at a host tells of itself.
struct ShellFindings {
    std::optional<models::Error> error; ///< it did not begin, or went away: the rest is not there
    QString noise;                      ///< what the login shell said on its own; bounded
    QString shell;                      ///< the program behind sh
    QString user;
    std::chrono::microseconds roundTrip{0}; ///< median
    /// How far its clock is ahead of ours; nothing where its date cannot be read.
    std::optional<std::chrono::microseconds> clockAhead;
    std::chrono::microseconds clockDoubt{0}; ///< the clock is within this of what was found
};

/// One shell, asked line by line, as steps get one: whether it begins, what its start-up files say,
/// how long an answer takes and what the time is there. Reports once.
class ShellProbe final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const ShellFindings&)>;

    ShellProbe(SshConnection& connection, Done done, QObject* parent);
    ~ShellProbe() override;

private:
    enum class Stage { Greeting, Identity, Echo, Date };
    using Clock = std::chrono::system_clock;

    void readOut(const QByteArray& bytes);
    void take(const QByteArray& line);
    void ask(Stage stage);
    void takeEcho();
    void takeDate(const QByteArray& line);
    void fail(const QString& message, const QString& detail);
    void noteClosed();
    void finish();

    std::unique_ptr<SshChannel> m_channel;
    Done m_done;
    ShellFindings m_findings;
    QByteArray m_token;
    QByteArray m_out;
    QByteArray m_err;
    QByteArray m_noise;
    Stage m_stage = Stage::Greeting;
    Clock::time_point m_asked;
    QList<std::chrono::microseconds> m_roundTrips;
    int m_dates = 0;
    QTimer m_limit;
    bool m_isFinished = false;
};

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "app/ssh/hostsettings.h"
#include "app/ssh/sshconnection.h"

#include <QList>
#include <QObject>

#include <memory>

namespace app {

/// All SSH connections of the program: one I/O thread and the connect workers behind them. On the
/// engine's thread, and outlives whoever holds one of them. Questions of all of them come out here.
class SshConnections final : public QObject {
    Q_OBJECT

public:
    explicit SshConnections(QObject* parent = nullptr);
    ~SshConnections() override;
    Q_DISABLE_COPY_MOVE(SshConnections)

    /// The connection with these settings, which all who ask share, by whatever name; jump hosts
    /// are shared too.
    [[nodiscard]] std::shared_ptr<SshConnection> connectionTo(const HostSettings& settings);
    /// One of its own with the same settings: a host allows only so many channels on each. What was
    /// given for the shared one counts for it too.
    [[nodiscard]] std::shared_ptr<SshConnection> anotherTo(const HostSettings& settings);

    /// Those that somebody holds.
    [[nodiscard]] QList<std::shared_ptr<SshConnection>> connections() const;
    /// To a question of any of them. False where none asks it any more.
    bool answer(quint64 question, const SshAnswer& answer);

Q_SIGNALS:
    void questionAsked(const app::SshQuestion& question);
    void questionWithdrawn(quint64 question);
    void answerJudged(quint64 question, app::AnswerVerdict verdict);
    /// Of one that is shared, jump hosts included: how it stands is another now, or it is new.
    void stateChanged(app::SshConnection* connection);
    /// Nobody holds it any more.
    void connectionGone(quint64 connection, const QString& address);

private:
    enum class Sharing { Shared, Own };
    struct Known {
        HostSettings settings;
        std::weak_ptr<SshConnection> connection;
        Sharing sharing = Sharing::Shared;
    };

    [[nodiscard]] std::shared_ptr<SshConnection> sharedTo(const HostSettings& settings) const;
    [[nodiscard]] std::shared_ptr<SshConnection> make(const HostSettings& settings,
                                                      Sharing sharing);

    std::shared_ptr<SshContext> m_context;
    QList<Known> m_known;
};

} // namespace app

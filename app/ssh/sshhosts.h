// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostlink.h"
#include "app/host/hostquestion.h"
#include "app/process/reach.h"
#include "app/run/place.h"
#include "app/ssh/sshconfig.h"
#include "app/ssh/sshconnections.h"
#include "models/run/askedby.h"
#include "models/run/host.h"

#include <QHash>

#include <functional>
#include <memory>

namespace app {

/// The hosts that runs and people want, as the workspace writes them: each has one connection,
/// which all share. On the engine's thread.
class SshHosts final : public QObject {
    Q_OBJECT

public:
    using Surroundings = std::function<SshSurroundings()>;

    /// surroundings: asked for each time, so that a configuration that was mended counts.
    explicit SshHosts(Surroundings surroundings);
    ~SshHosts() override;
    Q_DISABLE_COPY_MOVE(SshHosts)

    /// Outlived by this. Where the host cannot be reached, its commands are refused with the
    /// reason.
    [[nodiscard]] std::unique_ptr<Place> place(const models::Host& host, models::AskedBy askedBy);
    /// The same, for what only listens there.
    [[nodiscard]] std::unique_ptr<Reach> reach(const models::Host& host);
    /// What to connect to; what cannot be resolved is refused with the reason when it is tried.
    [[nodiscard]] HostSettings settingsFor(const models::Host& host) const;
    [[nodiscard]] SshConnections& connections() { return m_connections; }
    /// The connection of the host is to be shown under the name that the workspace has for it.
    void show(const SshConnection& connection, const models::Host& host);

    /// Of the connection, as it was measured last.
    void noteRoundTrip(const SshConnection& connection, std::chrono::microseconds roundTrip);

    void answer(quint64 question, SshAnswer answer);
    /// A host that nothing wants is held from now on, until it is given up.
    void connectNow(const models::Host& host);
    /// Of a host, as the workspace writes it, or of a jump host.
    void giveUp(const QString& ssh);
    /// Of a host that is held, as the workspace writes it. Another one is left as it is.
    void hangUp(const QString& ssh);

Q_SIGNALS:
    void linkChanged(const app::HostLink& link);
    void questionAsked(const app::SshQuestion& question);
    void questionWithdrawn(quint64 question);
    /// Of each answer to a passphrase's question, once.
    void answerJudged(quint64 question, app::AnswerVerdict verdict);

private:
    [[nodiscard]] QStringList namesOf(const SshConnection& connection) const;
    void tell(const SshConnection& connection);
    void measure(SshConnection& connection);
    void tellGone(quint64 connection);
    [[nodiscard]] QList<std::shared_ptr<SshConnection>> named(const QString& ssh) const;

    Surroundings m_surroundings;
    SshConnections m_connections;
    /// What the last look at a connection's host told of its line and its clock.
    struct Measured {
        quint64 session = 0; ///< in which it was looked at
        std::chrono::microseconds roundTrip{0};
        std::optional<std::chrono::microseconds> clockAhead;
        std::chrono::microseconds clockDoubt{0};
    };
    QHash<quint64, Measured> m_measured; ///< by connection
    QHash<quint64, QStringList> m_names; ///< as the workspace writes them, by connection
    QHash<QString, HostLink> m_links;    ///< as they were told last, by name
    /// Connected at a person's wish and not for a run, by name.
    QHash<QString, std::shared_ptr<SshConnection>> m_held;
};

} // namespace app

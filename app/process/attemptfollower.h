// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/rundirectory.h"
#include "app/process/supervisorreply.h"

#include <QObject>

#include <optional>

namespace app {

/// Reads on with what an attempt says, from where it is asked to: first one line about how the
/// attempt stands, then nothing but the bytes of both streams, until the supervisor has ended. May
/// be started again when it has ended. A login shell's greeting is taken out of both streams.
class AttemptFollower final : public QObject {
    Q_OBJECT

public:
    /// directory outlives the follower.
    explicit AttemptFollower(RunDirectory& directory, QObject* parent = nullptr);

    /// The directory is open, and nothing is followed yet.
    void start(const QByteArray& attempt, const StreamOffsets& from);
    /// Hangs up. No signal comes any more.
    void stop();
    [[nodiscard]] bool isActive() const { return m_shell.channel != nullptr; }
    void setFlow(Place::OutputFlow flow);
    /// How the attempt stood at the start; an empty word until that is known. Stays after the end.
    [[nodiscard]] const SupervisorReply& state() const { return m_state; }
    /// Whether it ended because the way there was lost: see Channel.
    [[nodiscard]] bool wasCutOff() const { return m_wasCutOff; }

Q_SIGNALS:
    /// reason: what the attempt says about why it ran nothing; mostly empty.
    void stateRead(const app::SupervisorReply& state, const QString& reason);
    void outputRead(app::OutputStream stream, const QByteArray& bytes);
    /// The shell ended, or cannot be reached any more.
    void ended();
    /// The shell is there and does not answer. It was hung up on.
    void fellSilent();

private:
    void readOutput(const QByteArray& bytes);
    void readErrors(const QByteArray& bytes);

    RunDirectory& m_directory;
    SupervisorChannel m_shell;
    std::optional<ReplyReader> m_lines;
    QByteArray m_greeting; ///< on standard error, until the token that ends it
    bool m_isGreeted = false;
    Place::OutputFlow m_flow = Place::OutputFlow::Flowing;
    QString m_reason;
    SupervisorReply m_state;
    bool m_wasCutOff = false;
};

} // namespace app

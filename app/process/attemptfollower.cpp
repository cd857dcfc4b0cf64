// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/attemptfollower.h"

#include <QTimer>

#include <utility>

namespace app {

AttemptFollower::AttemptFollower(RunDirectory& directory, QObject* parent)
    : QObject(parent)
    , m_directory(directory) {}

void AttemptFollower::start(const QByteArray& attempt, const StreamOffsets& from) {
    m_shell = m_directory.follow(attempt, from, this);
    m_lines.emplace(m_shell.token);
    m_greeting.clear();
    m_isGreeted = false;
    m_reason.clear();
    m_state = {};
    m_wasCutOff = false;
    connect(m_shell.channel, &Channel::outputRead, this, &AttemptFollower::readOutput);
    connect(m_shell.channel, &Channel::errorRead, this, &AttemptFollower::readErrors);
    connect(m_shell.channel, &Channel::closed, this, [this] {
        m_wasCutOff = m_shell.channel->wasCutOff();
        stop();
        Q_EMIT ended();
    });
    const Channel* const channel = m_shell.channel;
    QTimer::singleShot(m_directory.patience(), m_shell.channel, [this, channel] {
        // Whose output is held back is not listened to.
        if (m_shell.channel != channel || !m_state.word.isEmpty() ||
            m_flow == Place::OutputFlow::Held)
            return;
        stop();
        Q_EMIT fellSilent();
    });
}

void AttemptFollower::stop() {
    const SupervisorChannel shell = std::exchange(m_shell, {});
    if (shell.channel == nullptr)
        return;
    shell.channel->disconnect(this);
    shell.channel->deleteLater();
}

void AttemptFollower::setFlow(Place::OutputFlow flow) {
    m_flow = flow;
    if (m_shell.channel != nullptr)
        m_shell.channel->setReading(flow == Place::OutputFlow::Held ? Channel::Reading::Off
                                                                    : Channel::Reading::On);
}

void AttemptFollower::readOutput(const QByteArray& bytes) {
    if (!m_state.word.isEmpty()) {
        Q_EMIT outputRead(OutputStream::Stdout, bytes);
        return;
    }
    m_lines->append(bytes);
    while (const auto reply = m_lines->next()) {
        if (reply->word == "reason") {
            m_reason = QString::fromUtf8(reply->text);
            continue;
        }
        m_state = *reply;
        const QByteArray rest = m_lines->takeRest();
        Q_EMIT stateRead(m_state, m_reason);
        if (isActive() && !rest.isEmpty())
            Q_EMIT outputRead(OutputStream::Stdout, rest);
        return;
    }
}

void AttemptFollower::readErrors(const QByteArray& bytes) {
    if (m_isGreeted) {
        Q_EMIT outputRead(OutputStream::Stderr, bytes);
        return;
    }
    m_greeting += bytes;
    const qsizetype token = m_greeting.indexOf(m_shell.token);
    if (token < 0)
        return;
    m_isGreeted = true;
    const QByteArray rest = std::exchange(m_greeting, {}).mid(token + m_shell.token.size());
    if (!rest.isEmpty())
        Q_EMIT outputRead(OutputStream::Stderr, rest);
}

} // namespace app

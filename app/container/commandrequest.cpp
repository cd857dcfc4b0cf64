// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandrequest.h"

#include <utility>

namespace app {
namespace {

constexpr std::chrono::seconds timeLimit{30};
constexpr qsizetype longestAnswer = 32 * 1024 * 1024;

} // namespace

CommandRequest::CommandRequest(std::unique_ptr<Channel> command, QObject* context, Done done)
    : QObject(context)
    , m_command(std::move(command))
    , m_done(std::move(done)) {
    connect(m_command.get(), &Channel::outputRead, this,
            [this](const QByteArray& bytes) { collect(m_answer.out, bytes); });
    connect(m_command.get(), &Channel::errorRead, this,
            [this](const QByteArray& bytes) { collect(m_answer.err, bytes); });
    connect(m_command.get(), &Channel::closed, this, &CommandRequest::finish);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        report(models::failure(models::ErrorCode::NotReadable,
                               tr("The container runtime does not answer.")));
    });
    // Of the command alone: a connection that is being made again takes as long as it takes.
    connect(m_command.get(), &Channel::opened, this, [this] { m_limit.start(timeLimit); });
}

void CommandRequest::collect(QByteArray& whole, const QByteArray& bytes) {
    whole += bytes;
    if (whole.size() > longestAnswer)
        report(models::failure(models::ErrorCode::NotReadable,
                               tr("The container runtime's answer is longer than 32 MB.")));
}

void CommandRequest::finish() {
    const std::optional<int> status = m_command->exitStatus();
    if (m_command->wasCutOff() || (!status && m_command->failure().isEmpty())) {
        report(models::failure(models::ErrorCode::NotReadable,
                               tr("The connection went while the container runtime was asked."),
                               m_command->failure()));
    } else if (!m_command->failure().isEmpty()) {
        report(models::failure(models::ErrorCode::Unsupported, m_command->failure()));
    } else {
        m_answer.status = *status;
        report(m_answer);
    }
}

void CommandRequest::report(const models::Result<Answer>& answer) {
    if (!m_done)
        return;
    m_limit.stop();
    m_command->disconnect(this);
    deleteLater();
    std::exchange(m_done, nullptr)(answer);
}

} // namespace app

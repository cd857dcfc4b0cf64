// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostexecution.h"

#include "app/process/attachedcommand.h"
#include "app/process/supervisorprogram.h"

#include <utility>

namespace app {
namespace {

/// A command that says more than this is not a short one.
constexpr qsizetype execLimit = 16 * 1024 * 1024;

} // namespace

HostExecution::HostExecution(const QStringList& argv, const QByteArray& input,
                             std::chrono::milliseconds timeLimit, std::unique_ptr<SshChannel> shell,
                             Place::ExecCallback done, QObject* parent)
    : QObject(parent)
    , m_command(argv.value(0))
    , m_token(randomToken())
    , m_shell(std::move(shell))
    , m_done(std::move(done)) {
    connect(m_shell.get(), &Channel::outputRead, this,
            [this](const QByteArray& bytes) { collect(m_out, bytes); });
    connect(m_shell.get(), &Channel::errorRead, this,
            [this](const QByteArray& bytes) { collect(m_err, bytes); });
    connect(m_shell.get(), &Channel::closed, this, &HostExecution::finish);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { stop(tr("%1 did not end in time and was ended.").arg(m_command)); });
    if (timeLimit.count() > 0)
        m_limit.start(timeLimit);
    m_shell->write(attachedCommandLine(argv, input, m_token));
}

void HostExecution::collect(Stream& stream, const QByteArray& bytes) {
    stream.bytes += bytes;
    if (!stream.isBegun) {
        const QByteArray mark = m_token + '\n';
        const qsizetype begin = stream.bytes.indexOf(mark);
        if (begin >= 0) {
            stream.isBegun = true;
            stream.bytes.remove(0, begin + mark.size());
        }
    }
    if (stream.bytes.size() > execLimit)
        stop(tr("%1 says more than 16 MB and was ended.").arg(m_command));
}

void HostExecution::stop(const QString& why) {
    if (!m_stopped.isEmpty())
        return;
    m_stopped = why;
    m_shell->giveUp();
}

void HostExecution::finish() {
    if (std::exchange(m_isFinished, true))
        return;
    m_limit.stop();
    deleteLater();
    const ChannelEnd& end = m_shell->end();
    if (!m_stopped.isEmpty())
        m_done(models::failure(models::ErrorCode::Cancelled, m_stopped));
    else if (!m_out.isBegun || !end.exitStatus)
        m_done(models::failure(
            models::ErrorCode::NotReadable,
            m_out.isBegun
                ? tr("The connection went while %1 ran. Try again.").arg(m_command)
                : tr("The shell at the host did not begin. Check that sh can be started there."),
            end.error));
    else if (*end.exitStatus == 127 && m_err.bytes == m_token + '\n')
        m_done(models::failure(
            models::ErrorCode::NotFound,
            tr("%1 cannot be started. Check that it is installed.").arg(m_command)));
    else
        m_done(ExecResult{*end.exitStatus, m_out.bytes, m_err.bytes});
}

} // namespace app

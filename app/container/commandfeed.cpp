// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/commandfeed.h"

#include "app/container/containerruntime.h"
#include "models/log/logstamp.h"

#include <utility>

namespace app {
namespace {

constexpr qsizetype longestWords = 4096;

/// A container's lines have a time in front; what has none is the runtime's own.
QByteArray withoutTimes(const QByteArray& lines) {
    QByteArray words;
    for (const QByteArray& line : lines.split('\n')) {
        if (!line.isEmpty() && models::dockerStamp(line + ' ').length == 0)
            words += line + '\n';
    }
    return words;
}

} // namespace

CommandFeed::CommandFeed(std::unique_ptr<Channel> command, Sort sort, QString runtime,
                         QString place)
    : m_command(std::move(command))
    , m_sort(sort)
    , m_runtime(std::move(runtime))
    , m_place(std::move(place)) {
    connect(m_command.get(), &Channel::opened, this, &CommandFeed::begin);
    connect(m_command.get(), &Channel::outputRead, this,
            [this](const QByteArray& bytes) { take(models::LogChannel::Stdout, bytes); });
    connect(m_command.get(), &Channel::errorRead, this,
            [this](const QByteArray& bytes) { take(models::LogChannel::Stderr, bytes); });
    connect(m_command.get(), &Channel::closed, this, &CommandFeed::finish);
}

void CommandFeed::setFlow(Flow flow) {
    m_command->setReading(flow == Flow::Flowing ? Channel::Reading::On : Channel::Reading::Off);
}

void CommandFeed::begin() {
    if (!std::exchange(m_hasBegun, true))
        Q_EMIT began();
}

void CommandFeed::take(models::LogChannel channel, const QByteArray& bytes) {
    if (m_sort == Sort::Runtime && channel == models::LogChannel::Stderr)
        m_lastWords = (m_lastWords + bytes).right(longestWords);
    Q_EMIT read(channel, bytes);
}

void CommandFeed::finish() {
    End end;
    end.exitStatus = m_command->exitStatus();
    if (m_command->wasCutOff()) {
        end.reason = End::Reason::CutOff;
    } else if (!m_command->failure().isEmpty()) {
        end.reason = End::Reason::Failed;
        end.error = {models::ErrorCode::Unsupported, m_command->failure(), {}};
    } else if (m_sort == Sort::Runtime && end.exitStatus.value_or(-1) != 0) {
        end = endOfRuntime();
    }
    Q_EMIT ended(end);
}

LogFeed::End CommandFeed::endOfRuntime() const {
    End end;
    end.exitStatus = m_command->exitStatus();
    end.error = runtimeError(m_runtime, m_place, withoutTimes(m_lastWords));
    // It was ended from outside, or its service was.
    end.reason = end.error.code == models::ErrorCode::NotFound      ? End::Reason::Gone
                 : end.error.code == models::ErrorCode::NotReadable ? End::Reason::CutOff
                                                                    : End::Reason::Failed;
    return end;
}

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "models/core/result.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace app {

/// One short command, to its end. Deletes itself; when context goes before, it goes too, and the
/// command with it.
class CommandRequest final : public QObject {
    Q_OBJECT

public:
    struct Answer {
        int status = 0;
        QByteArray out;
        QByteArray err;
    };
    /// An error: it could not be started (Unsupported), or the way there was lost (NotReadable).
    using Done = std::function<void(const models::Result<Answer>&)>;

    CommandRequest(std::unique_ptr<Channel> command, QObject* context, Done done);

private:
    void collect(QByteArray& whole, const QByteArray& bytes);
    void finish();
    void report(const models::Result<Answer>& answer);

    std::unique_ptr<Channel> m_command;
    Answer m_answer;
    Done m_done;
    QTimer m_limit;
};

} // namespace app

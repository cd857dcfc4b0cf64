// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/container/httpreply.h"
#include "app/process/channel.h"
#include "models/core/result.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace app {

/// The head of a GET to a runtime's API; path with its query, encoded already.
[[nodiscard]] QByteArray getRequest(const QByteArray& path);
/// The words of an answer that is an error: what its JSON says, or the body.
[[nodiscard]] QByteArray wordsOf(const QByteArray& body);

/// One question to an API, over a socket of its own. Deletes itself; when context goes before the
/// answer, it goes too.
class SocketRequest final : public QObject {
    Q_OBJECT

public:
    struct Answer {
        int status = 0;
        QByteArray body;
    };
    /// An error: there was no answer, or no whole one.
    using Done = std::function<void(const models::Result<Answer>&)>;

    SocketRequest(std::unique_ptr<Channel> channel, const QByteArray& path, QObject* context,
                  Done done);

private:
    void take(const QByteArray& bytes);
    void finish();
    void fail(const QString& message, const QString& detail = {});
    void report(const models::Result<Answer>& answer);

    std::unique_ptr<Channel> m_channel;
    HttpReply m_reply;
    QByteArray m_body;
    Done m_done;
    QTimer m_limit;
};

} // namespace app

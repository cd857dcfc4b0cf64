// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/socketrequest.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace app {
namespace {

constexpr std::chrono::seconds timeLimit{30};
constexpr qsizetype longestBody = 32 * 1024 * 1024;

} // namespace

QByteArray getRequest(const QByteArray& path) {
    return "GET " + path +
           " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: gantry\r\nConnection: close\r\n\r\n";
}

QByteArray wordsOf(const QByteArray& body) {
    const QString message =
        QJsonDocument::fromJson(body).object().value(QLatin1String("message")).toString();
    return message.isEmpty() ? body.left(1000) : message.toUtf8();
}

SocketRequest::SocketRequest(std::unique_ptr<Channel> channel, const QByteArray& path,
                             QObject* context, Done done)
    : QObject(context)
    , m_channel(std::move(channel))
    , m_done(std::move(done)) {
    connect(m_channel.get(), &Channel::outputRead, this, &SocketRequest::take);
    connect(m_channel.get(), &Channel::closed, this, &SocketRequest::finish);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { fail(tr("The container runtime does not answer.")); });
    m_limit.start(timeLimit);
    m_channel->write(getRequest(path));
}

void SocketRequest::take(const QByteArray& bytes) {
    m_body += m_reply.take(bytes);
    if (m_reply.isBroken())
        fail(tr("The container runtime's socket does not speak HTTP."));
    else if (m_body.size() > longestBody)
        fail(tr("The container runtime's answer is longer than 32 MB."));
    else if (m_reply.isComplete())
        report(Answer{m_reply.status(), m_body});
}

void SocketRequest::finish() {
    m_reply.end();
    if (m_reply.isComplete())
        report(Answer{m_reply.status(), m_body});
    else
        fail(tr("The container runtime's socket cannot be read. Check that the service runs and "
                "that "
                "the user may use it."),
             m_channel->failure());
}

void SocketRequest::fail(const QString& message, const QString& detail) {
    report(models::failure(models::ErrorCode::NotReadable, message, detail));
}

void SocketRequest::report(const models::Result<Answer>& answer) {
    if (!m_done)
        return;
    m_limit.stop();
    m_channel->disconnect(this);
    deleteLater();
    std::exchange(m_done, nullptr)(answer);
}

} // namespace app

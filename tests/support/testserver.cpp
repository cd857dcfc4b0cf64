// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

namespace tests {

namespace {

constexpr int slowness = 150; ///< ms
constexpr int dripping = 20;  ///< ms
/// More than anybody reads, and not without end, should somebody do.
constexpr qint64 hugeSize = 64LL * 1024 * 1024;

QByteArray whole(int status, const QByteArray& body) {
    return httpAnswer(body, QByteArray::number(status) + " Whatever");
}

/// Of a request's body, by its head.
qsizetype declaredLength(const QByteArray& head) {
    constexpr QByteArrayView key("content-length:");
    const QByteArray lower = head.toLower();
    const qsizetype at = lower.indexOf(key);
    return at < 0 ? 0 : lower.mid(at + key.size()).split('\r').first().trimmed().toLongLong();
}

QByteArray echoOf(const QByteArray& head) {
    QJsonObject asked;
    const QList<QByteArray> lines = head.split('\n');
    asked.insert(QStringLiteral("method"), QString::fromLatin1(lines.first().split(' ').first()));
    for (const QByteArray& line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            asked.insert(QString::fromLatin1(line.left(colon)).toLower(),
                         QString::fromLatin1(line.mid(colon + 1).trimmed()));
    }
    return QJsonDocument(asked).toJson();
}

} // namespace

QByteArray httpAnswer(const QByteArray& body, const QByteArray& status, const QByteArray& headers) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\n" + headers + "\r\n" + body;
}

TestServer::TestServer()
    : m_server(std::make_unique<QTcpServer>())
    , m_scheme(QStringLiteral("http")) {
    listen();
}

TestServer::TestServer(const QSslConfiguration& configuration)
    : m_scheme(QStringLiteral("https")) {
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    m_server = std::move(server);
    listen();
}

void TestServer::listen() {
    m_server->listen(QHostAddress::LocalHost);
    QObject::connect(
        m_server.get(), &QTcpServer::pendingConnectionAvailable, m_server.get(), [this] {
            while (QTcpSocket* const socket = m_server->nextPendingConnection()) {
                ++m_connections;
                QObject::connect(socket, &QTcpSocket::readyRead, m_server.get(),
                                 [this, socket] { read(socket); });
                QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
                read(socket);
            }
        });
}

QString TestServer::address() const {
    return QStringLiteral("127.0.0.1:%1").arg(port());
}

QString TestServer::url(const QString& path) const {
    return QStringLiteral("%1://%2%3").arg(m_scheme, address(), path);
}

void TestServer::read(QTcpSocket* socket) {
    constexpr qsizetype blankLine = 4;
    const QByteArray there = socket->peek(64 * 1024);
    const qsizetype end = there.indexOf("\r\n\r\n");
    const QByteArray head = there.left(end);
    const qsizetype size = end + blankLine + declaredLength(head);
    if (end < 0 || there.size() < size)
        return;
    m_requests.append(socket->read(size));
    if (m_answer.isEmpty())
        return answer(socket, head);
    socket->write(m_answer);
    if (m_manner == Manner::HangUp)
        socket->disconnectFromHost();
}

void TestServer::answer(QTcpSocket* socket, const QByteArray& head) {
    const QByteArray path = head.split(' ').value(1);
    const QByteArray good = "{\"ok\":true}";
    const auto redirect = [socket](const QByteArray& to) {
        socket->write(httpAnswer({}, "302 Found", "Location: " + to + "\r\n"));
    };
    if (path == "/ok") {
        socket->write(httpAnswer(good, "200 OK", "X-Test: yes\r\n"));
    } else if (path == "/slow") {
        QTimer::singleShot(slowness, socket, [socket, good] { socket->write(whole(200, good)); });
    } else if (path == "/echo") {
        socket->write(whole(200, echoOf(head)));
    } else if (path.startsWith("/status/")) {
        socket->write(whole(path.mid(8).toInt(), good));
    } else if (path == "/redirect") {
        redirect("/ok");
    } else if (path == "/loop") {
        redirect("/loop");
    } else if (path == "/away") {
        redirect("file:///etc/hostname");
    } else if (path == "/cut") {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":true");
        socket->disconnectFromHost();
    } else if (path == "/hangup") {
        socket->disconnectFromHost();
    } else if (path == "/huge") {
        socket->write("HTTP/1.1 200 OK\r\n\r\n");
        pour(socket);
    } else if (path == "/declared") {
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n");
        pour(socket);
    } else if (path == "/drip") {
        socket->write("HTTP/1.1 200 OK\r\n\r\n");
        drip(socket);
    } else if (path == "/garbage") {
        socket->write("220 mail.example.com ESMTP\r\n\r\n");
        socket->disconnectFromHost();
    } else if (path == "/upgrade") {
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\n\r\n");
    }
    // Whatever else is asked for, "/silent" among it, gets no answer.
}

void TestServer::pour(QTcpSocket* socket) {
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [this, socket] {
        if (socket->bytesToWrite() > 0 || m_sentOfHuge >= hugeSize)
            return;
        const QByteArray piece(256 * 1024, ' ');
        m_sentOfHuge += piece.size();
        socket->write(piece);
    });
}

void TestServer::drip(QTcpSocket* socket) {
    auto* timer = new QTimer(socket);
    QObject::connect(timer, &QTimer::timeout, socket, [socket] { socket->write(" "); });
    timer->start(dripping);
}

} // namespace tests

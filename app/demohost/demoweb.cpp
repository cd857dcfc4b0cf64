// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoweb.h"

#include <QTcpSocket>
#include <QTimer>

namespace app {
namespace {

/// Of a request's head; whoever sends more is hung up on.
constexpr qint64 headLimit = 16 * 1024;

QByteArray reasonOf(int status) {
    return status == 200 ? "OK" : status == 404 ? "Not Found" : "Service Unavailable";
}

QByteArray bytesOf(const DemoAnswer& answer) {
    return "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonOf(answer.status) +
           "\r\nContent-Type: " + answer.type +
           "\r\nContent-Length: " + QByteArray::number(answer.body.size()) +
           "\r\nConnection: close\r\n\r\n" + answer.body;
}

} // namespace

DemoWeb::DemoWeb(QString folder, QObject* parent)
    : QObject(parent)
    , m_folder(std::move(folder)) {}

bool DemoWeb::listen() {
    for (const DemoService& service : demoServices()) {
        Endpoint& endpoint = m_endpoints[service.name];
        endpoint.service = &service;
        endpoint.server = std::make_unique<QTcpServer>();
        connect(endpoint.server.get(), &QTcpServer::newConnection, this,
                [this, &endpoint] { accept(endpoint); });
        if (!endpoint.server->listen(QHostAddress::LocalHost))
            return false;
        endpoint.port = endpoint.server->serverPort();
    }
    return true;
}

quint16 DemoWeb::portOf(const QString& service) const {
    const auto found = m_endpoints.find(service);
    return found == m_endpoints.end() ? quint16(0) : found->second.port;
}

void DemoWeb::follow() {
    for (auto& [name, endpoint] : m_endpoints) {
        const bool answers = stateOf(*endpoint.service, m_folder).answers();
        if (answers && !endpoint.server->isListening())
            endpoint.server->listen(QHostAddress::LocalHost, endpoint.port);
        else if (!answers)
            endpoint.server->close();
    }
}

void DemoWeb::accept(Endpoint& endpoint) {
    while (QTcpSocket* const socket = endpoint.server->nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this,
                [this, &endpoint, socket] { read(endpoint, socket); });
    }
}

void DemoWeb::read(Endpoint& endpoint, QTcpSocket* socket) const {
    const QByteArray head = socket->peek(headLimit);
    if (!head.contains("\r\n\r\n")) {
        if (head.size() >= headLimit)
            socket->abort();
        return;
    }
    socket->disconnect(this); // one request a connection
    const QList<QByteArray> words = head.left(head.indexOf("\r\n")).split(' ');
    answer(endpoint, socket, words.value(1).split('?').first());
}

void DemoWeb::answer(Endpoint& endpoint, QTcpSocket* socket, const QByteArray& path) const {
    const DemoAnswer answer = answerOf(*endpoint.service, path, m_folder, ++endpoint.requests);
    QTimer::singleShot(answer.delayMilliseconds, socket, [socket, bytes = bytesOf(answer)] {
        socket->write(bytes);
        socket->disconnectFromHost();
    });
}

} // namespace app

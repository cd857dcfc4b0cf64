// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QSslServer>
#include <QTcpServer>

#include <memory>

class QTcpSocket;

namespace tests {

/// An HTTP server on 127.0.0.1 that is as good or as bad as the path asks for, unless it is told
/// one answer for all:
///
///     /ok /slow /echo        an answer, one after 150 ms, one of what was asked
///     /status/N              this status
///     /redirect /loop /away  to /ok, to itself, to a file
///     /cut /hangup           half of a body, nothing at all
///     /huge /drip /silent    a body without end, one byte after the other, no answer
///     /declared              a body that says beforehand that it has 10 GB
///     /garbage               no HTTP
///     /upgrade               101
class TestServer final {
public:
    TestServer();
    /// The same behind TLS.
    explicit TestServer(const QSslConfiguration& configuration);

    enum class Manner { KeepAlive, HangUp };
    /// Every request from now on gets these bytes, whatever it asks for; without any, what its path
    /// says again. manner: what comes behind them.
    void answerAll(const QByteArray& bytes, Manner manner = Manner::KeepAlive) {
        m_answer = bytes;
        m_manner = manner;
    }
    /// Each with its head and its body, in the order in which they were whole.
    [[nodiscard]] const QByteArrayList& requests() const { return m_requests; }

    [[nodiscard]] quint16 port() const { return m_server->serverPort(); }
    [[nodiscard]] QString url(const QString& path) const;
    [[nodiscard]] QString address() const;
    [[nodiscard]] int connections() const { return m_connections; }
    /// Most bytes of /huge and /declared that were put on the way.
    [[nodiscard]] qint64 sentOfHuge() const { return m_sentOfHuge; }

private:
    void listen();
    void read(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const QByteArray& head);
    void pour(QTcpSocket* socket);
    void drip(QTcpSocket* socket);

    std::unique_ptr<QTcpServer> m_server;
    QString m_scheme;
    QByteArray m_answer;
    Manner m_manner = Manner::KeepAlive;
    QByteArrayList m_requests;
    int m_connections = 0;
    qint64 m_sentOfHuge = 0;
};

/// An answer with this body, as it goes over the wire.
[[nodiscard]] QByteArray httpAnswer(const QByteArray& body, const QByteArray& status = "200 OK",
                                    const QByteArray& headers = {});

} // namespace tests

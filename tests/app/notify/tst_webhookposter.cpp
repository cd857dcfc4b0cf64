// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/webhookposter.h"
#include "tests/support/memorysecretstore.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using models::Notice;

namespace {

constexpr int patience = 30'000; ///< ms

const Notice fails{QStringLiteral("portal in prod fails"),
                   QStringLiteral("http.status was 503; limit 200 & <!channel>")};

} // namespace

class TestWebhookPoster : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_requests.clear();
        m_server = std::make_unique<QTcpServer>();
        QVERIFY(m_server->listen(QHostAddress::LocalHost));
        connect(m_server.get(), &QTcpServer::newConnection, this, [this] {
            QTcpSocket* const socket = m_server->nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                m_requests += socket->readAll();
                if (m_requests.endsWith('}'))
                    socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        });
    }

    /// What another program would take for markup is none.
    void theBodyIsPlainText() {
        const QString text = QJsonDocument::fromJson(app::webhookBody(fails))
                                 .object()
                                 .value(QLatin1String("text"))
                                 .toString();
        QCOMPARE(text,
                 QStringLiteral("*portal in prod fails*\nhttp.status was 503; limit 200 &amp; "
                                "&lt;!channel&gt;"));
    }

    void posts() {
        app::WebhookPoster poster(m_secrets);
        poster.tell(address(), fails);
        QTRY_VERIFY_WITH_TIMEOUT(m_requests.endsWith(app::webhookBody(fails)), patience);
        QVERIFY(m_requests.startsWith("POST /hook HTTP/1.1"));
        QVERIFY(m_requests.contains("Content-Type: application/json"));
    }

    void theAddressMayBeASecret() {
        m_secrets.entries = {{QStringLiteral("chat"), address()}};
        app::WebhookPoster poster(m_secrets);
        poster.tell(QStringLiteral("keychain:chat"), fails);
        QTRY_VERIFY_WITH_TIMEOUT(m_requests.endsWith(app::webhookBody(fails)), patience);
    }

private:
    [[nodiscard]] QString address() const {
        return QStringLiteral("http://127.0.0.1:%1/hook").arg(m_server->serverPort());
    }

    tests::MemorySecretStore m_secrets;
    std::unique_ptr<QTcpServer> m_server;
    QByteArray m_requests;
};

QTEST_GUILESS_MAIN(TestWebhookPoster)
#include "tst_webhookposter.moc"

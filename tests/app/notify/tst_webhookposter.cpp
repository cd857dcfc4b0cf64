// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notify/webhookposter.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/testserver.h"

#include <QJsonDocument>
#include <QJsonObject>
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
        m_server = std::make_unique<tests::TestServer>();
        m_server->answerAll(tests::httpAnswer("ok"));
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
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
        QVERIFY(m_server->requests().first().endsWith(app::webhookBody(fails)));
        QVERIFY(m_server->requests().first().startsWith("POST /hook HTTP/1.1"));
        QVERIFY(m_server->requests().first().contains("Content-Type: application/json"));
    }

    void theAddressMayBeASecret() {
        m_secrets.entries = {{QStringLiteral("chat"), address()}};
        app::WebhookPoster poster(m_secrets);
        poster.tell(QStringLiteral("keychain:chat"), fails);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
        QVERIFY(m_server->requests().first().endsWith(app::webhookBody(fails)));
    }

private:
    [[nodiscard]] QString address() const { return m_server->url(QStringLiteral("/hook")); }

    tests::MemorySecretStore m_secrets;
    std::unique_ptr<tests::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestWebhookPoster)
#include "tst_webhookposter.moc"

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
        m_answers.clear();
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
        poster.tell(address(), fails, m_told);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
        QVERIFY(m_server->requests().first().endsWith(app::webhookBody(fails)));
        QVERIFY(m_server->requests().first().startsWith("POST /hook HTTP/1.1"));
        QVERIFY(m_server->requests().first().contains("Content-Type: application/json"));
        QTRY_COMPARE_WITH_TIMEOUT(m_answers, QStringList{QStringLiteral("taken")}, patience);
    }

    void theAddressMayBeASecret() {
        m_secrets.entries = {{QStringLiteral("chat"), address()}};
        app::WebhookPoster poster(m_secrets);
        poster.tell(QStringLiteral("keychain:chat"), fails, m_told);
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 1, patience);
        QVERIFY(m_server->requests().first().endsWith(app::webhookBody(fails)));
    }

    /// Why, and never where: an address is a secret often.
    void saysWhyItWasNotTaken() {
        app::WebhookPoster poster(m_secrets);
        m_server->answerAll(tests::httpAnswer("no", "404 Not Found"));
        poster.tell(address(), fails, m_told);
        QTRY_COMPARE_WITH_TIMEOUT(m_answers.size(), 1, patience);
        QCOMPARE(m_answers.takeFirst(),
                 QStringLiteral("A webhook did not take a notice: it answered with status 404."));
        poster.tell(QStringLiteral("keychain:nothing"), fails, m_told);
        QTRY_COMPARE_WITH_TIMEOUT(m_answers.size(), 1, patience);
        QVERIFY(m_answers.takeFirst().startsWith(
            QLatin1String("The address of a webhook is not known")));
        poster.tell(QStringLiteral("file:///etc/hostname"), fails, m_told);
        QCOMPARE(m_answers,
                 QStringList{QStringLiteral("A webhook has no address of http or https.")});
    }

private:
    [[nodiscard]] QString address() const { return m_server->url(QStringLiteral("/hook")); }

    tests::MemorySecretStore m_secrets;
    QStringList m_answers;
    const app::NoticeTold m_told = [this](const models::Result<void>& told) {
        m_answers.append(told ? QStringLiteral("taken") : told.error().message);
    };
    std::unique_ptr<tests::TestServer> m_server;
};

QTEST_GUILESS_MAIN(TestWebhookPoster)
#include "tst_webhookposter.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/secretreference.h"

#include <QTest>

using Kind = app::SecretSource::Kind;

class TestSecretReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("argument");
        QTest::newRow("keychain") << u"keychain:shop/db"_qs << Kind::Keychain << u"shop/db"_qs;
        QTest::newRow("environment")
            << u" env:DB_PASSWORD "_qs << Kind::Environment << u"DB_PASSWORD"_qs;
        QTest::newRow("command") << u"command: pass show a:b"_qs << Kind::Command
                                 << u"pass show a:b"_qs;
        QTest::newRow("prompt") << u"prompt"_qs << Kind::Prompt << QString();
    }
    void reads() {
        QFETCH(QString, text);
        QFETCH(Kind, kind);
        QFETCH(QString, argument);
        const auto source = app::parseSecretSource(text);
        QVERIFY(source);
        QCOMPARE(source->kind, kind);
        QCOMPARE(source->argument, argument);
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("value") << u"hunter2-value"_qs;
        QTest::newRow("empty") << QString();
        QTest::newRow("no name") << u"env: "_qs;
        QTest::newRow("other") << u"vault:hunter2-value"_qs;
        QTest::newRow("case") << u"ENV:hunter2-value"_qs;
    }
    void refuses() {
        QFETCH(QString, text);
        const auto source = app::parseSecretSource(text);
        QVERIFY(!source);
        QCOMPARE(source.error().code, models::ErrorCode::InvalidInput);
        QVERIFY(!source.error().message.contains(QStringLiteral("hunter2")));
    }

    void takesTheEnvironment() {
        qputenv("GANTRY_TEST_SECRET", "grün-value");
        QCOMPARE(app::secretFromEnvironment(u"GANTRY_TEST_SECRET"_qs).value(), u"grün-value"_qs);
        qunsetenv("GANTRY_TEST_SECRET");
        QCOMPARE(app::secretFromEnvironment(u"GANTRY_TEST_SECRET"_qs).error().code,
                 models::ErrorCode::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestSecretReference)
#include "tst_secretreference.moc"

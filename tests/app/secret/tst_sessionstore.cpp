// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/sessionstore.h"

#include <QTest>

using app::SessionStore;

class TestSessionStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItIsGiven();
    void forgetsWithItsEnd();
    void resolvesNothing();
};

void TestSessionStore::keepsWhatItIsGiven() {
    SessionStore store;
    const QString key = QStringLiteral("head:1");
    QVERIFY(!store.read(key).result());
    QVERIFY(store.write(key, QStringLiteral("one")).result());
    QVERIFY(store.write(key, QStringLiteral("two")).result());
    QCOMPARE(store.read(key).result().value(), QStringLiteral("two"));
    QVERIFY(store.remove(key).result());
    QCOMPARE(store.read(key).result().error().code, models::ErrorCode::NotFound);
}

void TestSessionStore::forgetsWithItsEnd() {
    const QString key = QStringLiteral("head:1");
    QVERIFY(SessionStore().write(key, QStringLiteral("one")).result());
    QVERIFY(!SessionStore().read(key).result());
}

void TestSessionStore::resolvesNothing() {
    qputenv("GANTRY_TEST_SECRET", "value");
    QCOMPARE(SessionStore().resolve(QStringLiteral("env:GANTRY_TEST_SECRET")).result().error().code,
             models::ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestSessionStore)
#include "tst_sessionstore.moc"

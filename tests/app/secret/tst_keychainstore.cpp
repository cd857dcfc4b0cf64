// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret/keychainstore.h"

#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using models::ErrorCode;

namespace {

template <class T>
T done(QFuture<T> future) {
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        qFatal("the keychain never answered");
    return future.result();
}

} // namespace

/// Without a keychain: there is none on the bus that this test talks to.
class TestKeychainStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereIsNoKeychain() {
        app::KeychainStore store;
        const QString value = QStringLiteral("hunter2-value");
        for (const models::Error& error :
             {done(store.write(QStringLiteral("key"), value)).error(),
              done(store.read(QStringLiteral("key"))).error(),
              done(store.remove(QStringLiteral("key"))).error(),
              done(store.resolve(QStringLiteral("keychain:key"))).error()}) {
            QCOMPARE(error.code, ErrorCode::NotWritable);
            QVERIFY2(error.message.contains(QStringLiteral("keychain")), qPrintable(error.message));
            QVERIFY(!error.message.contains(value));
        }
        // Nor is it kept anywhere else.
        QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("hunter2"), qPrintable(file.fileName()));
        }
    }

    void resolves() {
        app::KeychainStore store;
        qputenv("GANTRY_TEST_SECRET", "from-environment");
        QCOMPARE(done(store.resolve(u"env:GANTRY_TEST_SECRET"_qs)).value(), u"from-environment"_qs);
        QCOMPARE(done(store.resolve(u"command:echo from-command"_qs)).value(), u"from-command"_qs);
        QCOMPARE(done(store.resolve(u"prompt"_qs)).error().code, ErrorCode::NotFound);
        QCOMPARE(done(store.resolve(u"a value"_qs)).error().code, ErrorCode::InvalidInput);
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    QCoreApplication application(argc, argv);
    TestKeychainStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keychainstore.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/whenfinished.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTest>

#include <memory>
#include <thread>

class TestWhenFinished : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOverTheValue();
    void keepsQuietForAContextThatIsGone();
    void keepsQuietWhenCancelled();
};

void TestWhenFinished::handsOverTheValue() {
    QPromise<int> promise;
    promise.start();
    int got = 0;
    app::whenFinished(promise.future(), this, [&got](int value) { got = value; });
    std::thread other([&promise] {
        promise.addResult(42);
        promise.finish();
    });
    other.join();
    QCOMPARE(got, 0);
    QTRY_COMPARE(got, 42);
}

/// A service that is ended while an answer is on its way.
void TestWhenFinished::keepsQuietForAContextThatIsGone() {
    QPromise<int> promise;
    promise.start();
    bool called = false;
    auto context = std::make_unique<QObject>();
    app::whenFinished(promise.future(), context.get(), [&called](int) { called = true; });
    context.reset();
    std::thread other([&promise] {
        promise.addResult(42);
        promise.finish();
    });
    other.join();
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TestWhenFinished::keepsQuietWhenCancelled() {
    bool called = false;
    auto promise = std::make_unique<QPromise<int>>();
    promise->start();
    const QFuture<int> future = promise->future();
    app::whenFinished(future, this, [&called](int) { called = true; });
    promise.reset();
    QVERIFY(future.isFinished());
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestWhenFinished)
#include "tst_whenfinished.moc"

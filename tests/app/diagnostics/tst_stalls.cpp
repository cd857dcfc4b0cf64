// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/stalls.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <time.h>

namespace {

double processorMilliseconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void work(double milliseconds) {
    const double end = processorMilliseconds() + milliseconds;
    while (processorMilliseconds() < end) {
    }
}

/// Turns the event loop until a timer has come round so many times.
void turn(int times, const std::function<void(int)>& action) {
    QEventLoop loop;
    QTimer timer;
    int count = 0;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        action(count);
        if (++count == times)
            loop.quit();
    });
    timer.start(1);
    loop.exec();
}

} // namespace

class TestStalls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresTheWorstTurn() {
        app::StallMeter meter;
        turn(20, [](int count) { work(count == 7 ? 30 : 0); });
        turn(2, [](int) {});
        const app::StallFigures figures = meter.figures();
        QVERIFY(figures.turns >= 20);
        QVERIFY2(figures.worstProcessor >= 30, qPrintable(QString::number(figures.worstProcessor)));
        QVERIFY(figures.worstWall >= 30);
        QVERIFY(figures.wall999 <= figures.worstWall);
    }

    void waitingIsNoTurn() {
        app::StallMeter meter;
        QEventLoop loop;
        QTimer::singleShot(300, &loop, &QEventLoop::quit);
        loop.exec();
        turn(2, [](int) {});
        QVERIFY(meter.figures().turns > 0);
        QVERIFY(meter.figures().worstProcessor < 300);
    }

    void tellsOfALongTurn() {
        app::StallMeter meter;
        QSignalSpy stalled(&meter, &app::StallMeter::stalled);
        turn(3, [](int count) { work(count == 1 ? 30 : 0); });
        turn(2, [](int) {});
        const bool isTold =
            std::any_of(stalled.cbegin(), stalled.cend(), [](const QList<QVariant>& told) {
                return told[0].toDouble() >= 30 && told[1].toDouble() >= 30 &&
                       told[2].toString().contains(QLatin1String(" of "));
            });
        QVERIFY(isTold);
    }

    void whatComesBeforeTheLoopIsNoTurn() {
        app::StallMeter meter;
        QEvent event(QEvent::User);
        QObject receiver;
        QCoreApplication::sendEvent(&receiver, &event);
        work(30);
        turn(2, [](int) {});
        turn(2, [](int) {});
        QVERIFY(meter.figures().turns > 0);
        QVERIFY2(meter.figures().worstProcessor < 30,
                 qPrintable(QString::number(meter.figures().worstProcessor)));
    }

    void forgets() {
        app::StallMeter meter;
        turn(3, [](int) { work(5); });
        meter.restart();
        QCOMPARE(meter.figures().turns, qint64(0));
        QCOMPARE(meter.figures().worstProcessor, 0.0);
        QCOMPARE(meter.figures().wall999, 0.0);
    }

    void tracesOnlyWhereAsked() {
        qunsetenv("GANTRY_TRACE");
        app::traceStalls();
        QVERIFY(!app::stallFigures());
        qputenv("GANTRY_TRACE", "other,stalls");
        app::traceStalls();
        turn(2, [](int) {});
        QVERIFY(app::stallFigures());
        QVERIFY(app::stallFigures()->turns > 0);
    }
};

QTEST_GUILESS_MAIN(TestStalls)
#include "tst_stalls.moc"

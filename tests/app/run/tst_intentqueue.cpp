// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/intentqueue.h"

#include <QTest>

using app::Intent;
using app::IntentQueue;

namespace {

Intent named(const char* step) {
    Intent intent;
    intent.step = models::StepId(QString::fromLatin1(step));
    return intent;
}

QStringList taken(IntentQueue& queue) {
    QStringList steps;
    while (!queue.isEmpty())
        steps.append(queue.take().step.text());
    return steps;
}

} // namespace

class TestIntentQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFirstIsTakenFirst() {
        IntentQueue queue;
        for (const char* const step : {"a", "b", "c"})
            queue.add(named(step));
        QCOMPARE(taken(queue), (QStringList{u"a"_qs, u"b"_qs, u"c"_qs}));
    }

    void whatIsPutBackStandsWhereItStood() {
        IntentQueue queue;
        for (const char* const step : {"a", "b", "c", "d"})
            queue.add(named(step));
        const Intent a = queue.take();
        const Intent b = queue.take();
        queue.putBack(b);
        queue.add(named("e"));
        queue.putBack(a);
        QCOMPARE(taken(queue), (QStringList{u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs, u"e"_qs}));
    }

    void anEmptyQueueTakesBackAsWell() {
        IntentQueue queue;
        queue.add(named("a"));
        const Intent a = queue.take();
        QVERIFY(queue.isEmpty());
        queue.add(named("b"));
        queue.putBack(a);
        QCOMPARE(taken(queue), (QStringList{u"a"_qs, u"b"_qs}));
    }
};

QTEST_GUILESS_MAIN(TestIntentQueue)
#include "tst_intentqueue.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/engineline.h"

#include "tests/support/fakejournal.h"

#include <QTest>
#include <QThread>

using app::EngineLine;
using models::RunId;

namespace {

const RunId unknown(u"unknown"_qs);

std::unique_ptr<app::Place> nowhere(const models::PlanContext&, const QString&) {
    return nullptr;
}

} // namespace

class TestEngineLine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersAreDoneInTheirOrderOnAnotherThread() {
        tests::FakeJournal journal;
        QList<int> done;
        bool isElsewhere = true;
        {
            EngineLine line(journal, nowhere, nullptr);
            for (int number = 0; number < 100; ++number) {
                line.post([&, number](app::Engine&) {
                    done.append(number);
                    isElsewhere = isElsewhere && QThread::currentThread() != thread();
                });
            }
        } // what was ordered reaches the engine before the line ends
        QCOMPARE(done.size(), 100);
        QVERIFY(std::is_sorted(done.cbegin(), done.cend()));
        QVERIFY(isElsewhere);
    }

    void aRunThatIsNotOpenRefusesOnTheMainThread() {
        tests::FakeJournal journal;
        EngineLine line(journal, nowhere, nullptr);
        QList<RunId> refused;
        connect(&line, &EngineLine::intentRefused, this, [&](const RunId& run) {
            QCOMPARE(QThread::currentThread(), thread());
            refused.append(run);
        });
        bool wasCalled = false;
        line.with(unknown, [&wasCalled](app::RunSession&) { wasCalled = true; });
        QTRY_COMPARE(refused, QList<RunId>{unknown});
        QVERIFY(!wasCalled);
    }

    void aQuestionIsAnsweredOnce() {
        tests::FakeJournal journal;
        EngineLine line(journal, nowhere, nullptr);
        const auto opened = line.ask<RunId>([](app::Engine& engine, app::Engine::Opened done) {
            engine.open(unknown, std::move(done));
        });
        QTRY_VERIFY(opened.isFinished());
        QCOMPARE(opened.resultCount(), 1);
        QVERIFY(!opened.result());
    }
};

QTEST_GUILESS_MAIN(TestEngineLine)
#include "tst_engineline.moc"

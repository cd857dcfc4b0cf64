// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/decisionwords.h"

#include "models/run/draft.h"

#include <QTest>

using namespace models;

Q_DECLARE_METATYPE(models::EventDraft)

class TestDecisionWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDecisionIsToldWithItsReason_data() {
        QTest::addColumn<EventDraft>("draft");
        QTest::addColumn<QString>("words");
        const StepId step(u"warm"_qs);
        LockHolder holder;
        holder.who = u"operator@laptop"_qs;
        holder.what = u"Release"_qs;
        QTest::newRow("skipped") << draft::stepSkipped(step, u"is warm"_qs)
                                 << u"skipped: is warm"_qs;
        QTest::newRow("confirmed") << draft::stepConfirmed(step, true, {}) << u"confirmed"_qs;
        QTest::newRow("judged failed") << draft::stepConfirmed(step, false, u"stayed cold"_qs)
                                       << u"said it did not pass: stayed cold"_qs;
        QTest::newRow("note") << draft::noteAdded(step, u"slow today"_qs) << u"note: slow today"_qs;
        QTest::newRow("reopened") << draft::stepReopened(step) << u"reopened"_qs;
        QTest::newRow("free lock") << draft::lockTaken(u"web-1"_qs) << QString();
        QTest::newRow("lock taken over")
            << draft::lockTakenOver(u"web-1"_qs, holder, u"Their console is gone"_qs)
            << u"took the lock of web-1 over from “Release” of operator@laptop: Their console is gone"_qs;
        QTest::newRow("closed") << draft::runClosed(RunOutcome::Aborted, u"too late"_qs)
                                << u"closed the run, aborted: too late"_qs;
        QTest::newRow("no decision") << draft::timerFired(step) << QString();
    }
    void aDecisionIsToldWithItsReason() {
        QFETCH(const EventDraft, draft);
        Event event;
        event.kind = draft.kind;
        event.payload = draft.payload;
        QTEST(decisionWords(event), "words");
    }

    void whoTookTheRunUpIsTold_data() {
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QString>("words");
        QTest::newRow("another console")
            << QJsonObject() << u"took the run up at another console"_qs;
        QTest::newRow("given away") << QJsonObject{{u"to"_qs, u"second-shift"_qs}}
                                    << u"handed the run over to second-shift"_qs;
        QTest::newRow("taken over") << QJsonObject{{u"from"_qs, u"first-shift"_qs}}
                                    << u"took the run over from first-shift"_qs;
        QTest::newRow("taken back")
            << QJsonObject{{u"from"_qs, u"first-shift"_qs}, {u"reason"_qs, u"They are away"_qs}}
            << u"took the run back: They are away"_qs;
    }
    void whoTookTheRunUpIsTold() {
        QFETCH(const QJsonObject, payload);
        Event event;
        event.kind = EventKind::DriverChanged;
        event.payload = payload;
        QTEST(decisionWords(event), "words");
    }
};

QTEST_GUILESS_MAIN(TestDecisionWords)
#include "tst_decisionwords.moc"

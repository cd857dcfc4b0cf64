// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/pin.h"
#include "models/run/timeline.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

namespace {

const Instant ten = Instant::fromString(u"2026-03-01T10:00:00.000000001Z");
const Instant later{ten.nanoseconds + 1'500'000'000};

QList<PinnedLine> someLines() {
    return {{ten, u"portal"_qs, u"listening on 8080"_qs},
            {{}, u"portal"_qs, u"  at start (main.js:1)"_qs},
            {later, u"worker"_qs, u"ready \U0001F680 <b>"_qs}};
}

} // namespace

class TestPin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesGoThroughJsonUnaltered() {
        QCOMPARE(pinnedLinesFromJson(pinnedLinesToJson(someLines())), someLines());
    }

    void saysWhatItHolds() {
        const Pin pin{later, u"deploy@example.com"_qs, {}, someLines()};
        QCOMPARE(sourcesOf(pin.lines), (QStringList{u"portal"_qs, u"worker"_qs}));
        QCOMPARE(timesOf(pin.lines), std::pair(ten, later));
        QCOMPARE(pinSummary(pin),
                 u"3 lines of portal, worker, 2026-03-01 10:00:00.000 to 10:00:01.500 UTC"_qs);
        QCOMPARE(pinText(pin).count(u'\n'), 2);
        QVERIFY(pinText(pin).contains(later.toString() + u" worker ready"_qs));
        const Pin single{later, {}, {}, {{{}, u"portal"_qs, u"alone"_qs}}};
        QCOMPARE(pinSummary(single), u"1 line of portal"_qs);
        QCOMPARE(pinText(single), u"alone"_qs);
    }

    void refusesNothingAndTooMuch() {
        QVERIFY(pinRefusal(someLines()).isEmpty());
        QVERIFY(pinRefusal({}).contains(u"Select"_qs));
        const QList<PinnedLine> most(Pin::mostLines, PinnedLine{ten, {}, u"x"_qs});
        QVERIFY(pinRefusal(most).isEmpty());
        QVERIFY(!pinRefusal(most + most.first(1)).isEmpty());
        const QString half(Pin::mostCharacters / 2, u'x');
        QVERIFY(pinRefusal({{ten, {}, half}, {ten, {}, half}}).isEmpty());
        QVERIFY(!pinRefusal({{ten, {}, half}, {ten, {}, half + u'x'}}).isEmpty());
    }

    void isFoldedIntoItsStepOrTheRun() {
        RunFixture fixture({manualStep(u"look"_qs)});
        fixture.feed(draft::evidencePinned(StepId(u"look"_qs), u"it came up"_qs, someLines()));
        fixture.feed(draft::evidencePinned({}, {}, someLines().first(1)));
        fixture.feed(draft::evidencePinned(StepId(u"gone"_qs), {}, someLines()));
        const QList<Pin> pins = fixture.state.step(StepId(u"look"_qs)).pins;
        QCOMPARE(pins.size(), 1);
        QCOMPARE(pins.first().remark, u"it came up"_qs);
        QCOMPARE(pins.first().lines, someLines());
        QCOMPARE(fixture.state.pins.size(), 1);
        // Evidence is also found when all is over.
        fixture.feed(draft::runClosed(RunOutcome::Aborted, {}));
        fixture.feed(draft::evidencePinned({}, {}, someLines()));
        QCOMPARE(fixture.state.pins.size(), 2);
    }

    void stepIsFoundByTime() {
        RunFixture fixture({commandStep(u"build"_qs, u"make"_qs), manualStep(u"look"_qs),
                            commandStep(u"serve"_qs, u"serve"_qs)});
        const auto feed = [&fixture](const EventDraft& draft) {
            fixture.feed(draft);
            return Instant{fixture.state.lastSeq * 1'000'000'000};
        };
        Attempt attempt;
        attempt.exitCode = 0;
        const Instant before{feed(draft::noteAdded({}, u"ready"_qs))};
        QCOMPARE(stepAt(fixture.state, before), -1);
        const Instant started = feed(draft::stepStarted(StepId(u"build"_qs), attempt));
        QCOMPARE(timeOf(fixture.state.step(StepId(u"build"_qs))), std::pair(started, Instant()));
        const Instant ended =
            feed(draft::stepFinished(StepId(u"build"_qs), attempt, StepStatus::Passed));
        const Instant seen = feed(draft::stepConfirmed(StepId(u"look"_qs), true, {}));
        const Instant serving = feed(draft::stepStarted(StepId(u"serve"_qs), attempt));

        QCOMPARE(timeOf(fixture.state.step(StepId(u"build"_qs))), std::pair(started, ended));
        QCOMPARE(stepAt(fixture.state, before), -1);
        QCOMPARE(stepAt(fixture.state, started), 0);
        QCOMPARE(stepAt(fixture.state, ended), 0);
        QCOMPARE(stepAt(fixture.state, {ended.nanoseconds + 1}), 0);
        QCOMPARE(stepAt(fixture.state, seen), 1);
        QCOMPARE(stepAt(fixture.state, {serving.nanoseconds + 1'000'000'000'000}), 2);
    }
};

QTEST_GUILESS_MAIN(TestPin)
#include "tst_pin.moc"

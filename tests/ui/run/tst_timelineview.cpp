// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/timelineview.h"

#include "ui/theme/theme.h"
#include "ui/widgets/textlabel.h"

#include <QSignalSpy>
#include <QTest>

using namespace models;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t start = 1'767'323'045 * second;

Instant at(int seconds) {
    return {start + seconds * second};
}

/// A step of 10 s and one of 20 s, then a gate, and a decision.
RunTimeline timeline() {
    RunTimeline timeline{at(0), at(60), false, {}, {}};
    timeline.rows = {
        {TimelineLane::Step,
         QStringLiteral("Steps at web-1"),
         {{at(0), at(10), Verdict::Pass, QStringLiteral("Pull"), StepId(QStringLiteral("pull"))},
          {at(10), at(30), Verdict::Fail, QStringLiteral("Start"),
           StepId(QStringLiteral("start"))}}},
        {TimelineLane::Gate,
         QStringLiteral("Errors stay low"),
         {{at(30), at(50), Verdict::Unknown, QStringLiteral("nothing observed"), {}}}},
        {TimelineLane::Person,
         QStringLiteral("People"),
         {{at(50), at(50), {}, QStringLiteral("<b>operator</b> rolled back"), {}}}}};
    return timeline;
}

class Stage {
public:
    Stage() {
        ui::Theme::instance().install(*qApp);
        view.resize(900, 400);
        view.show();
        view.showTimeline(timeline(), true);
        view.setFocus();
    }

    [[nodiscard]] QString words() const {
        return view.findChild<ui::TextLabel*>(QStringLiteral("timelineWords"))->text();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&view, key, modifiers);
    }
    /// The middle of the row, at that share of the axis.
    [[nodiscard]] QPoint pointAt(int row, double share) const {
        const auto& margins = ui::TimelineRows::margins;
        return {margins.left + int(share * margins.room(rows().width())), rows().middleOf(row)};
    }
    [[nodiscard]] ui::TimelineRows& rows() const {
        return *view.findChild<ui::TimelineRows*>(QStringLiteral("timelineRows"));
    }

    ui::TimelineView view;
};

} // namespace

class TestTimelineView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arrowsGoFromOneThingToTheNext() {
        Stage stage;
        QVERIFY(stage.words().contains(QStringLiteral("Choose something")));
        stage.press(Qt::Key_Right);
        QVERIFY2(stage.words().contains(QStringLiteral("PASS · Pull")), qPrintable(stage.words()));
        QVERIFY(stage.words().contains(QStringLiteral("10 s")));
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Right); // there is no more
        QVERIFY2(stage.words().contains(QStringLiteral("FAIL · Start")), qPrintable(stage.words()));
        stage.press(Qt::Key_Down);
        QVERIFY2(stage.words().contains(QStringLiteral("UNKNOWN · nothing observed")),
                 qPrintable(stage.words()));
        stage.press(Qt::Key_Up);
        QVERIFY(stage.words().contains(QStringLiteral("Start")));
        stage.press(Qt::Key_Left);
        QVERIFY(stage.words().contains(QStringLiteral("Pull")));
    }

    void foreignWordsAreNoMarkUp() {
        Stage stage;
        stage.rows().choose(ui::TimelineRows::Place{2, 0});
        stage.press(Qt::Key_Left); // told anew
        QVERIFY(stage.words().contains(QStringLiteral("<b>operator</b>")));
        QCOMPARE(
            stage.view.findChild<ui::TextLabel*>(QStringLiteral("timelineWords"))->textFormat(),
            Qt::PlainText);
    }

    void returnLeadsToTheStepAndToItsLogs() {
        Stage stage;
        QSignalSpy steps(&stage.view, &ui::TimelineView::stepRequested);
        QSignalSpy logs(&stage.view, &ui::TimelineView::logsRequested);
        stage.press(Qt::Key_Return); // nothing is chosen
        QVERIFY(steps.isEmpty());
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Return);
        QCOMPARE(steps.size(), 1);
        QCOMPARE(steps[0][0].value<StepId>().text(), QStringLiteral("pull"));
        stage.press(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(logs.size(), 1);
        QCOMPARE(logs[0][0].value<Instant>(), at(0));
        QCOMPARE(logs[0][1].value<Instant>(), at(10));
    }

    void aClickChoosesWhatIsThere() {
        Stage stage;
        QCOMPARE(stage.rows().placeAt(stage.pointAt(0, 20. / 60)), (ui::TimelineRows::Place{0, 1}));
        QCOMPARE(stage.rows().placeAt(stage.pointAt(2, 50. / 60)), (ui::TimelineRows::Place{2, 0}));
        QVERIFY(!stage.rows().placeAt(stage.pointAt(1, 0.1)));
        QVERIFY(!stage.rows().placeAt(stage.pointAt(7, 0.5)));
        QTest::mouseClick(&stage.rows(), Qt::LeftButton, {}, stage.pointAt(0, 20. / 60));
        QVERIFY2(stage.words().contains(QStringLiteral("Start")), qPrintable(stage.words()));
        QTest::mouseClick(&stage.rows(), Qt::LeftButton, {}, stage.pointAt(1, 0.1));
        QVERIFY(!stage.rows().chosenSpan());
    }

    void whatIsChosenStaysWhileItGoesOn() {
        Stage stage;
        stage.press(Qt::Key_Right);
        RunTimeline later = timeline();
        later.to = at(600);
        later.goesOn = true;
        stage.view.showTimeline(later, false);
        QVERIFY(stage.words().contains(QStringLiteral("Pull")));
        QCOMPARE(stage.rows().placeAt(stage.pointAt(2, 50. / 600)),
                 (ui::TimelineRows::Place{2, 0})); // all of it is shown
        stage.view.showTimeline(later, true);
        QVERIFY(!stage.rows().chosenSpan());
    }

    void escapeLeaves() {
        Stage stage;
        QSignalSpy left(&stage.view, &ui::TimelineView::leaveRequested);
        stage.press(Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }

    void anEmptyOneSaysSo() {
        Stage stage;
        stage.view.showTimeline({at(0), at(1), true, {}, {}}, true);
        QVERIFY(stage.words().contains(QStringLiteral("Nothing has happened yet")));
        stage.press(Qt::Key_Right);
        stage.press(Qt::Key_Down);
        QVERIFY(!stage.rows().chosenSpan());
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"

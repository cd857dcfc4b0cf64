// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runfoot.h"

#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QApplication>
#include <QLayout>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using ui::Act;

namespace {

/// Where it stands in the foot.
QRect placeOf(const ui::RunFoot& foot, const QString& name) {
    foot.layout()->activate(); // what changed is placed at once
    const auto* button = foot.findChild<ui::ActionButton*>(name);
    return button == nullptr || !button->isVisible() ? QRect() : button->geometry();
}

} // namespace

class TestRunFoot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The next key does not press what happens to stand beside it.
    void aButtonThatGoesGivesTheFocusBack() {
        ui::RunFoot foot;
        foot.show();
        QVERIFY(QTest::qWaitForWindowActive(&foot));
        ui::NextAction next{
            ui::Lead::Next, u"Start the portal"_qs, Act::RunStep, u"Run step"_qs, {}, {}, 0, {}};
        foot.showAction(next);
        auto* primary = foot.findChild<QWidget*>(u"primaryButton"_qs);
        primary->setFocus();
        QTRY_VERIFY(primary->hasFocus());
        QSignalSpy requests(&foot, &ui::RunFoot::listRequested);
        foot.showAction(next);
        QCOMPARE(requests.size(), 0);
        next.primary = Act::None;
        foot.showAction(next);
        QCOMPARE(requests.size(), 1);
        foot.showAction(next);
        QCOMPARE(requests.size(), 1);
    }

    /// In a window of 1024 pixels, with the rail and what is always pressed there.
    void whatCountsMostIsReadWhole() {
        ui::RunFoot foot;
        foot.resize(960, foot.sizeHint().height());
        foot.show();
        models::RunState state;
        state.startedAt = {1};
        foot.showStanding(state);
        foot.showRollback(true);
        ui::NextAction watching;
        watching.lead = ui::Lead::Watching;
        watching.sentence = u"Until 18:34:12 UTC: “Errors” holds (a warning)"_qs;
        watching.aside = u" · 100 % of the time seen, as of 18:19:12 UTC"_qs;
        watching.quieter = {Act::EndWatch};
        foot.showAction(watching);
        foot.layout()->activate();
        const QList<ui::ElidedLabel*> labels = foot.findChildren<ui::ElidedLabel*>();
        const auto told = std::find_if(labels.begin(), labels.end(), [&](const auto* label) {
            return label->fullText() == watching.sentence + watching.aside;
        });
        QVERIFY(told != labels.end());
        QTRY_COMPARE((*told)->shown(), watching.sentence);
    }

    void whatIsPressedAgainAndAgainStaysWhereItIs_data() {
        QTest::addColumn<int>("width");
        QTest::newRow("wide") << 1376;
        QTest::newRow("narrow") << 960;
    }
    /// Pressed twice too often, nothing else is pressed.
    void whatIsPressedAgainAndAgainStaysWhereItIs() {
        QFETCH(int, width);
        ui::RunFoot foot;
        foot.resize(width, foot.sizeHint().height());
        foot.show();
        models::RunState state;
        state.startedAt = {1};
        foot.showStanding(state);
        ui::NextAction next{
            ui::Lead::Next, u"Start the portal"_qs, Act::RunStep, u"Run step"_qs, {}, {}, 0, {}};
        foot.showAction(next);
        QTRY_VERIFY(placeOf(foot, u"primaryButton"_qs).isValid());
        const QRect before = placeOf(foot, u"primaryButton"_qs);
        foot.showRollback(true);
        QTRY_VERIFY(placeOf(foot, u"rollbackButton"_qs).isValid());
        QTRY_COMPARE(placeOf(foot, u"primaryButton"_qs), before);
        QVERIFY(!placeOf(foot, u"rollbackButton"_qs).intersects(before));
        next.primary = Act::None;
        next.quieter = {Act::Cancel};
        foot.showAction(next);
        const QString cancel = u"act%1"_qs.arg(int(Act::Cancel));
        QTRY_VERIFY(placeOf(foot, cancel).isValid());
        QVERIFY(!placeOf(foot, cancel).intersects(before));
        // A run that is closed needs no room for what is over.
        foot.showRollback(false);
        state.closedAt = {2};
        foot.showStanding(state);
        foot.showAction(next);
        QTRY_VERIFY(placeOf(foot, cancel).right() > before.left());
    }
};

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ui::Theme::instance().install(application);
    TestRunFoot tests;
    return QTest::qExec(&tests, argc, argv);
}
#include "tst_runfoot.moc"

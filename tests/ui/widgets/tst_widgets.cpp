// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/agelabel.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/monoblock.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/timeformat.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace tests {

class TestWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void returnPressesAButtonOnce();
    void labelsNeverReadMarkUp();
    void anElidedLabelGivesWay();
    void whatIsSaidAsideGoesFirst();
    void aWrappedLabelBreaksWordsThatAreLongerThanALine();
    void anEmptyStateOffersItsAction();
    void anEmptyStateWithoutActionHasNoButton();
    void aBannerReplacesItsActions();
    void aBannerCanBeDismissed();
    void escapeClearsThenLeaves();
    void returnAsksForTheList();
    void aMonoBlockCopiesAllOfIt();
    void aMonoBlockGrowsToItsLimit();
    void agesAreKeptCurrent();
    void panesRememberTheirSizes();
    void chipsNameThemselves();
};

void TestWidgets::initTestCase() {
    ui::Theme::instance().install(*qApp);
}

void TestWidgets::returnPressesAButtonOnce() {
    QWidget page; // no dialog, which would press its default button
    ui::ActionButton button(QStringLiteral("Run step"), ui::ButtonKind::Filled, &page);
    QSignalSpy spy(&button, &QPushButton::clicked);
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::keyClick(&button, Qt::Key_Enter);
    QCOMPARE(spy.count(), 2);
    QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), true);
    QCoreApplication::sendEvent(&button, &held);
    QCOMPARE(spy.count(), 2);
    button.setEnabled(false);
    QTest::keyClick(&button, Qt::Key_Return);
    QCOMPARE(spy.count(), 2);
}

void TestWidgets::labelsNeverReadMarkUp() {
    ui::TextLabel label(QStringLiteral("<b>bold</b>"));
    QCOMPARE(label.textFormat(), Qt::PlainText);
    QCOMPARE(ui::plainToolTip(QStringLiteral("<img src=x>")),
             QStringLiteral("<qt>&lt;img src=x&gt;</qt>"));
    QCOMPARE(ui::plainToolTip({}), QString());
}

void TestWidgets::anElidedLabelGivesWay() {
    const QString longName(500, u'w');
    ui::ElidedLabel label(longName);
    QVERIFY(label.minimumSizeHint().width() < 100);
    QCOMPARE(label.accessibleName(), longName);
    QCOMPARE(label.fullText(), longName);
}

void TestWidgets::whatIsSaidAsideGoesFirst() {
    const QString main = QStringLiteral("The portal answers with errors");
    const QString aside = QStringLiteral(" · as of noon");
    ui::ElidedLabel label;
    label.setFullText(main, aside);
    QCOMPARE(label.accessibleName(), main + aside);
    QCOMPARE(label.fullText(), main + aside);
    const int whole = label.fontMetrics().horizontalAdvance(main + aside);
    label.resize(whole, label.height());
    QCOMPARE(label.shown(), main + aside);
    label.resize(whole - 1, label.height());
    QCOMPARE(label.shown(), main);
    label.resize(label.fontMetrics().horizontalAdvance(main) - 1, label.height());
    QVERIFY2(label.shown().endsWith(u"…") && !label.shown().contains(u"noon"),
             qPrintable(label.shown()));
    label.setFullText(main);
    QCOMPARE(label.fullText(), main);
}

void TestWidgets::aWrappedLabelBreaksWordsThatAreLongerThanALine() {
    constexpr int width = 200;
    ui::TextLabel label(QString(120, u'm'));
    label.setWordWrap(true);
    QVERIFY(label.minimumSizeHint().width() <= width);
    const int needed = label.fontMetrics().horizontalAdvance(label.text()) / width + 1;
    label.resize(width, label.heightForWidth(width));
    QVERIFY2(label.height() >= needed * label.fontMetrics().height(),
             qPrintable(QString::number(label.height())));
    // The last line is painted as well.
    const QImage image = label.grab().toImage();
    const QRgb ground = image.pixel(image.width() - 1, image.height() - 1);
    bool isPainted = false;
    for (int y = image.height() - label.fontMetrics().height(); y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            isPainted = isPainted || image.pixel(x, y) != ground;
    }
    QVERIFY(isPainted);
    // What stands in lines of its own stays there.
    const int broken = label.heightForWidth(width);
    label.setText(QStringLiteral("one\ntwo\n") + label.text());
    QVERIFY(label.heightForWidth(width) >= broken + 2 * label.fontMetrics().height());
    // Shorter words stay whole.
    label.setText(QStringLiteral("one two three"));
    QVERIFY(label.heightForWidth(width) < 2 * label.fontMetrics().height());
}

void TestWidgets::anEmptyStateOffersItsAction() {
    ui::EmptyState state(QStringLiteral("folder-open"), QStringLiteral("No workspace is open."),
                         QStringLiteral("Open folder…"));
    QSignalSpy spy(&state, &ui::EmptyState::actionTriggered);
    state.show();
    QVERIFY(QTest::qWaitForWindowExposed(&state));
    auto* button = state.findChild<QPushButton*>();
    QVERIFY(button->isVisible());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(spy.count(), 1);
}

void TestWidgets::anEmptyStateWithoutActionHasNoButton() {
    ui::EmptyState state(QStringLiteral("folder-open"), QStringLiteral("No run yet."));
    state.show();
    QVERIFY(!state.findChild<QPushButton*>()->isVisible());
}

void TestWidgets::aBannerReplacesItsActions() {
    ui::BannerWidget banner;
    QVERIFY(banner.isHidden());
    banner.showMessage(ui::BannerWidget::Level::Error, QStringLiteral("web-1 refused the key."));
    banner.addAction(QStringLiteral("Choose key…"));
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.accessibleName(), QStringLiteral("web-1 refused the key."));
    QCOMPARE(banner.findChildren<QPushButton*>().size(), 1);
    banner.showMessage(ui::BannerWidget::Level::Info, QStringLiteral("The file changed."));
    QTRY_COMPARE(banner.findChildren<QPushButton*>().size(), 0);
    QCOMPARE(banner.text(), QStringLiteral("The file changed."));
}

void TestWidgets::aBannerCanBeDismissed() {
    ui::BannerWidget banner;
    banner.showMessage(ui::BannerWidget::Level::Warning, QStringLiteral("Line 4: no such key."));
    QSignalSpy spy(&banner, &ui::BannerWidget::dismissed);
    QTest::mouseClick(banner.findChild<QToolButton*>(), Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QVERIFY(banner.isHidden());
}

void TestWidgets::escapeClearsThenLeaves() {
    ui::SearchField field(QStringLiteral("Filter steps"));
    QSignalSpy left(&field, &ui::SearchField::left);
    QTest::keyClicks(&field, QStringLiteral("migr"));
    QCOMPARE(field.text(), QStringLiteral("migr"));
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
    QCOMPARE(left.count(), 0);
    QTest::keyClick(&field, Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
}

void TestWidgets::returnAsksForTheList() {
    ui::SearchField field(QStringLiteral("Filter steps"));
    QSignalSpy asked(&field, &ui::SearchField::listRequested);
    QTest::keyClick(&field, Qt::Key_Down);
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(asked.count(), 2);
}

void TestWidgets::aMonoBlockCopiesAllOfIt() {
    ui::MonoBlock block(QStringLiteral("Command"));
    const QString words = QStringLiteral("echo '<b>'\nexit 3\n");
    block.setWords(words);
    block.show();
    QTest::mouseClick(block.findChild<QToolButton*>(), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), words);
    block.setWords(words + QStringLiteral("more"));
    QCOMPARE(block.toPlainText(), words + QStringLiteral("more"));
}

void TestWidgets::aMonoBlockGrowsToItsLimit() {
    ui::MonoBlock block(QStringLiteral("Output"));
    block.setMaximumLines(4);
    block.setWords(QStringLiteral("1\n2"));
    const int two = block.sizeHint().height();
    block.setWords(QStringLiteral("1\n2\n3\n4"));
    const int four = block.sizeHint().height();
    block.setWords(QStringLiteral("1\n2\n3\n4\n5\n6\n7"));
    QVERIFY(four > two);
    QCOMPARE(block.sizeHint().height(), four);
}

void TestWidgets::agesAreKeptCurrent() {
    ui::AgeLabel label;
    label.setMoment(ui::presentInstant());
    QCOMPARE(label.text(), QStringLiteral("now"));
    QTRY_COMPARE(label.text(), QStringLiteral("1 s ago"));
}

void TestWidgets::panesRememberTheirSizes() {
    const auto make = [](ui::SplitPane& pane) {
        pane.addWidget(new QWidget);
        pane.addWidget(new QWidget);
        pane.resize(605, 100);
        pane.restoreSizes({200, 400});
        pane.show();
    };
    ui::SplitPane first(Qt::Horizontal, QStringLiteral("test"));
    make(first);
    QCOMPARE(first.sizes().first(), 200);
    QSplitterHandle* handle = first.handle(1);
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    QTest::mouseMove(handle, handle->rect().center() + QPoint(60, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    const QList<int> moved = first.sizes();
    QVERIFY(moved.first() != 200);

    ui::SplitPane second(Qt::Horizontal, QStringLiteral("test"));
    make(second);
    QCOMPARE(second.sizes(), moved);
}

void TestWidgets::chipsNameThemselves() {
    ui::Chip chip(QStringLiteral("inferred"));
    QCOMPARE(chip.accessibleName(), QStringLiteral("inferred"));
    const int narrow = chip.sizeHint().width();
    chip.setGlyph(ui::Glyph::Blocked);
    QVERIFY(chip.sizeHint().width() > narrow);
}

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    tests::TestWidgets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_widgets.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakehostservice.h"
#include "ui/host/hostbanner.h"
#include "ui/host/hostdetail.h"
#include "ui/host/hostpage.h"
#include "ui/host/hostquestions.h"
#include "ui/host/hostquestionsheet.h"
#include "ui/host/hostwords.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/textlabel.h"

#include <QApplication>
#include <QListView>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

namespace tests {

using app::HostCheck;
using app::HostLink;
using app::HostReport;
using models::Verdict;

namespace {

const QList<models::Host> hosts{{QStringLiteral("web-1"), QStringLiteral("deploy@web-1"), {}},
                                {QStringLiteral("web-2"), QStringLiteral("deploy@web-2"), {}}};

HostLink link(HostLink::State state, HostLink::Cause cause = HostLink::Cause::None) {
    HostLink made;
    made.ssh = hosts[0].ssh;
    made.state = state;
    made.cause = cause;
    if (state == HostLink::State::Failed || state == HostLink::State::Waiting) {
        made.error = models::Error{models::ErrorCode::Refused, QStringLiteral("web-1: <b>no</b>"),
                                   QStringLiteral("what it said")};
        made.failures = 1;
    }
    return made;
}

HostReport report(const QList<Verdict>& verdicts) {
    HostReport made;
    made.host = hosts[0];
    made.isComplete = true;
    for (const Verdict verdict : verdicts)
        made.checks.append({HostCheck::Kind::Shell, verdict, QStringLiteral("dash"),
                            QStringLiteral("because"), QStringLiteral("do this")});
    return made;
}

QStringList words(QWidget& widget) {
    QStringList found;
    for (const QLabel* label : widget.findChildren<QLabel*>())
        found.append(label->text());
    return found;
}

} // namespace

class TestHostPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void looksAtNothingByItself();
    void anEnvironmentWithoutHostsSaysSo();
    void rowsFollowTheirLinks();
    void aStrangersLinkChangesNothing();
    void whatIsKnownOutlivesAnotherEnvironment();
    void aRefusedKeyHasNoWayOn();
    void tryingCanBeStopped();
    void anUntouchedHostCanBeConnected();
    void whatIsConnectedByHandCanBeHungUp();
    void whatWasFoundOutStaysWhenNothingWantsTheHost();
    void aSilentHostIsNotTakenForConnected();
    void aCheckIsAskedForAndShown();
    void whatHostsSayIsPlain();
    void reportsHaveAWord_data();
    void reportsHaveAWord();
    void retriesCountDown();
    void clocksAreTold();
    void theBannerSaysTheWorst();
    void whatWasGivenUpCanBeConnectedAgain();
    void theBannerStaysBetweenTwoAttempts();
    void theBannerCallsHostsAsTheWorkspaceDoes_data();
    void theBannerCallsHostsAsTheWorkspaceDoes();
    void questionsComeOneByOne();
    void aWithdrawnQuestionMakesRoomForTheNext();
};

void TestHostPage::initTestCase() {
    ui::Theme::instance().install(*qApp);
}

void TestHostPage::looksAtNothingByItself() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QVERIFY(service.checked.isEmpty() && service.connected.isEmpty());
}

void TestHostPage::anEnvironmentWithoutHostsSaysSo() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("dev"), {});
    QVERIFY(page.findChild<QListView*>()->isHidden() ||
            !page.findChild<QListView*>()->isVisibleTo(&page));
    QVERIFY(!words(page).filter(QStringLiteral("dev names no hosts")).isEmpty());
    QVERIFY(page.findChild<ui::ActionButton*>(QStringLiteral("checkAll"))->isHidden());
}

void TestHostPage::rowsFollowTheirLinks() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    auto* list = page.findChild<QListView*>();
    QSignalSpy changed(list->model(), &QAbstractItemModel::dataChanged);
    service.setLink(link(HostLink::State::Connected));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("web-1, Connected"));
    QCOMPARE(page.findChild<ui::TextLabel*>(QStringLiteral("linkState"))->text(),
             QStringLiteral("Connected"));
    QVERIFY(!words(page).filter(QStringLiteral("2 hosts in prod, 1 connected")).isEmpty());
}

void TestHostPage::aStrangersLinkChangesNothing() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    QSignalSpy changed(page.findChild<QListView*>()->model(), &QAbstractItemModel::dataChanged);
    HostLink stranger = link(HostLink::State::Failed);
    stranger.ssh = QStringLiteral("elsewhere");
    service.setLink(stranger);
    QCOMPARE(changed.count(), 0);
}

void TestHostPage::whatIsKnownOutlivesAnotherEnvironment() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    service.setLink(link(HostLink::State::Connected));
    Q_EMIT service.reported(report({Verdict::Pass}));
    page.showHosts(QStringLiteral("dev"), {});
    page.showHosts(QStringLiteral("prod"), hosts);
    QCOMPARE(page.findChild<QListView*>()->model()->index(0, 0).data(Qt::AccessibleTextRole),
             QVariant(QStringLiteral("web-1, Connected, The check passes")));
}

void TestHostPage::aRefusedKeyHasNoWayOn() {
    ui::HostDetail detail;
    detail.showHost({hosts[0], link(HostLink::State::Failed, HostLink::Cause::HostKey), {}});
    QVERIFY(detail.findChild<QWidget*>(QStringLiteral("linkError")));
    for (const ui::ActionButton* button : detail.findChildren<ui::ActionButton*>()) {
        QVERIFY2(!button->text().contains(QStringLiteral("rust")) &&
                     !button->text().contains(QStringLiteral("Connect")),
                 qPrintable(button->text()));
    }
    QVERIFY(!words(detail).filter(QStringLiteral("ssh-keygen -R")).isEmpty());
}

void TestHostPage::tryingCanBeStopped() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    service.setLink(link(HostLink::State::Waiting));
    QTest::mouseClick(page.findChild<ui::ActionButton*>(QStringLiteral("connectNow")),
                      Qt::LeftButton);
    QCOMPARE(service.connected, QStringList{hosts[0].ssh});
    QTest::mouseClick(page.findChild<ui::ActionButton*>(QStringLiteral("giveUp")), Qt::LeftButton);
    QCOMPARE(service.givenUp, QStringList{hosts[0].ssh});
    service.setLink(link(HostLink::State::Connected));
    QVERIFY(!page.findChild<ui::HostDetail*>()->widget()->findChild<ui::ActionButton*>(
        QStringLiteral("giveUp")));
}

void TestHostPage::anUntouchedHostCanBeConnected() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    QTest::mouseClick(page.findChild<ui::ActionButton*>(QStringLiteral("connectNow")),
                      Qt::LeftButton);
    QCOMPARE(service.connected, QStringList{hosts[0].ssh});
}

void TestHostPage::whatIsConnectedByHandCanBeHungUp() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    const auto button = [&page] {
        return page.findChild<ui::HostDetail*>()->widget()->findChild<ui::ActionButton*>(
            QStringLiteral("hangUp"));
    };
    service.setLink(link(HostLink::State::Connected));
    QVERIFY(!button()); // for a run, which would connect it again
    HostLink held = link(HostLink::State::Connected);
    held.isHeld = true;
    service.setLink(held);
    QVERIFY(button());
    QTest::mouseClick(button(), Qt::LeftButton);
    QCOMPARE(service.hungUp, QStringList{hosts[0].ssh});
    held.state = HostLink::State::Waiting; // giving up does it as well
    service.setLink(held);
    QVERIFY(!button());
}

void TestHostPage::whatWasFoundOutStaysWhenNothingWantsTheHost() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    Q_EMIT service.reported(report({Verdict::Pass, Verdict::Fail}));
    service.setLink(link(HostLink::State::Idle));
    const QStringList shown = words(*page.findChild<ui::HostDetail*>()->widget());
    QVERIFY(!shown.filter(QStringLiteral("1 of 2 checks fails")).isEmpty());
}

/// In a row, in the detail and across the window, until it answers.
void TestHostPage::aSilentHostIsNotTakenForConnected() {
    FakeHostService service;
    ui::HostBanner banner(service);
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    service.setLink(link(HostLink::State::Connected));
    HostLink silent = link(HostLink::State::Silent);
    silent.name = hosts[0].name;
    const models::Instant now{100'000'000'000};
    silent.since = {now.nanoseconds - 12'900'000'000};
    QCOMPARE(ui::linkWord(silent, now), QStringLiteral("Not answering for 12 s"));
    QCOMPARE(ui::linkGlyph(silent), ui::Glyph::Stale);
    QCOMPARE(ui::linkTone(silent), ui::Colour::Warn);
    service.setLink(silent);
    QVERIFY(page.findChild<QListView*>()
                ->model()
                ->index(0, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith(QStringLiteral("web-1, Not answering for ")));
    QVERIFY(!words(page).filter(QStringLiteral("2 hosts in prod, 0 connected")).isEmpty());
    QWidget* const detail = page.findChild<ui::HostDetail*>()->widget();
    QVERIFY(!words(*detail).filter(QStringLiteral("web-1 is not answering")).isEmpty());
    QVERIFY(!words(*detail).filter(QStringLiteral("may go on")).isEmpty());
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.level(), ui::BannerWidget::Level::Warning);
    QVERIFY2(banner.text().startsWith(QStringLiteral("web-1 has not answered for ")),
             qPrintable(banner.text()));
    // It need not be waited for.
    auto* const anew = detail->findChild<ui::ActionButton*>(QStringLiteral("connectNow"));
    QVERIFY(anew);
    QCOMPARE(anew->text(), QStringLiteral("Connect anew"));
    QTest::mouseClick(anew, Qt::LeftButton);
    QCOMPARE(service.connected, QStringList{hosts[0].ssh});
    service.setLink(link(HostLink::State::Connected));
    QVERIFY(banner.isHidden());
    QVERIFY(!words(page).filter(QStringLiteral("2 hosts in prod, 1 connected")).isEmpty());
}

void TestHostPage::aCheckIsAskedForAndShown() {
    FakeHostService service;
    ui::HostPage page(service);
    page.showHosts(QStringLiteral("prod"), hosts);
    QTest::mouseClick(page.findChild<ui::ActionButton*>(QStringLiteral("checkAll")),
                      Qt::LeftButton);
    QCOMPARE(service.checked, hosts);
    HostReport half = report({Verdict::Pass});
    half.isComplete = false;
    Q_EMIT service.reported(half);
    QVERIFY(!page.findChild<ui::ActionButton*>(QStringLiteral("checkAll"))->isEnabled());
    QVERIFY(!page.findChild<ui::ActionButton*>(QStringLiteral("checkHost"))->isEnabled());
    Q_EMIT service.reported(report({Verdict::Pass, Verdict::Fail}));
    QVERIFY(page.findChild<ui::ActionButton*>(QStringLiteral("checkAll"))->isEnabled());
    const QStringList shown = words(*page.findChild<ui::HostDetail*>()->widget());
    QVERIFY(shown.contains(QStringLiteral("because")));
    QVERIFY(shown.contains(QStringLiteral("do this")));
    QVERIFY(!shown.filter(QStringLiteral("1 of 2 checks fails")).isEmpty());
}

void TestHostPage::whatHostsSayIsPlain() {
    ui::HostDetail detail;
    HostReport found = report({Verdict::Fail});
    found.checks[0].reason = QStringLiteral("<img src=x>");
    detail.showHost({hosts[0], link(HostLink::State::Failed), found});
    for (const QLabel* label : detail.findChildren<QLabel*>())
        QVERIFY(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
}

void TestHostPage::reportsHaveAWord_data() {
    QTest::addColumn<QList<Verdict>>("verdicts");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, const QList<Verdict>& verdicts, const char* word) {
        QTest::newRow(name) << verdicts << QString::fromLatin1(word);
    };
    row("all", {Verdict::Pass, Verdict::Pass}, "All 2 checks pass");
    row("a failure", {Verdict::Unknown, Verdict::Fail, Verdict::Fail}, "2 of 3 checks fail");
    row("an unknown", {Verdict::Pass, Verdict::Unknown}, "1 of 2 checks unknown");
    row("nothing", {}, "0 of 0 checks unknown");
}

void TestHostPage::reportsHaveAWord() {
    QFETCH(QList<Verdict>, verdicts);
    QFETCH(QString, word);
    QCOMPARE(ui::reportWord(report(verdicts)), word);
}

void TestHostPage::retriesCountDown() {
    HostLink waiting = link(HostLink::State::Waiting);
    const models::Instant now{5'000'000'000};
    waiting.retryAt = {now.nanoseconds + 7'200'000'000};
    QCOMPARE(ui::linkWord(waiting, now), QStringLiteral("Trying again in 8 s"));
    QCOMPARE(ui::linkWord(waiting, waiting.retryAt), QStringLiteral("Trying again now"));
}

void TestHostPage::clocksAreTold() {
    HostLink one = link(HostLink::State::Connected);
    QVERIFY(ui::clockWords(one).isEmpty());
    one.clockAhead = std::chrono::milliseconds(2300);
    one.clockDoubt = std::chrono::milliseconds(12);
    QCOMPARE(ui::clockWords(one), QStringLiteral("Clock 2.3 s ahead, to within 12 ms. Times of its "
                                                 "log lines are put right."));
    one.clockAhead = std::chrono::milliseconds(-500);
    QVERIFY(ui::clockWords(one).startsWith(QStringLiteral("Clock 500 ms behind")));
    // What the line is too slow to tell is not corrected.
    one.clockDoubt = std::chrono::milliseconds(600);
    QCOMPARE(ui::clockWords(one), QStringLiteral("Clock as ours, to within 600 ms."));
    ui::HostDetail detail;
    detail.showHost({hosts[0], one, {}});
    QCOMPARE(detail.findChild<QLabel*>(QStringLiteral("hostClock"))->text(), ui::clockWords(one));
}

void TestHostPage::theBannerSaysTheWorst() {
    FakeHostService service;
    ui::HostBanner banner(service);
    QVERIFY(banner.isHidden());
    service.setLink(link(HostLink::State::Waiting));
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.level(), ui::BannerWidget::Level::Warning);
    HostLink second = link(HostLink::State::Failed, HostLink::Cause::HostKey);
    second.ssh = hosts[1].ssh;
    service.setLink(second);
    QCOMPARE(banner.level(), ui::BannerWidget::Level::Error);
    QVERIFY(banner.text().contains(QStringLiteral("1 more host")));
    service.setLink(link(HostLink::State::Connected));
    QVERIFY(!banner.text().contains(QStringLiteral("more host")));
}

/// The way back from "Stop trying": where it was pressed, and by keyboard too.
void TestHostPage::whatWasGivenUpCanBeConnectedAgain() {
    FakeHostService service;
    QWidget window;
    auto* const column = new QVBoxLayout(&window);
    auto* const banner = new ui::HostBanner(service);
    auto* const page = new ui::HostPage(service);
    column->addWidget(banner);
    column->addWidget(page);
    page->showHosts(QStringLiteral("prod"), hosts);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto focused = [] {
        const auto* button = qobject_cast<ui::ActionButton*>(QApplication::focusWidget());
        return button ? button->text() : QString();
    };
    const auto press = [] { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); };
    const HostLink given = link(HostLink::State::Failed, HostLink::Cause::Cancelled);

    service.setLink(link(HostLink::State::Waiting));
    page->findChild<ui::HostDetail*>()
        ->widget()
        ->findChild<ui::ActionButton*>(QStringLiteral("giveUp"))
        ->setFocus();
    press();
    QCOMPARE(service.givenUp.size(), 1);
    service.setLink(given);
    QCOMPARE(focused(), QStringLiteral("Connect now"));
    press();
    QCOMPARE(service.connected.size(), 1);

    service.setLink(link(HostLink::State::Waiting));
    QCoreApplication::processEvents(); // the new buttons are shown
    for (ui::ActionButton* button : banner->findChildren<ui::ActionButton*>()) {
        if (button->text() == QStringLiteral("Stop trying"))
            button->setFocus();
    }
    press();
    QCOMPARE(service.givenUp.size(), 2);
    service.setLink(given);
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->level(), ui::BannerWidget::Level::Info);
    QCOMPARE(focused(), QStringLiteral("Connect now"));
    QVERIFY(banner->isAncestorOf(QApplication::focusWidget()));
    press();
    QCOMPARE(service.connected.size(), 2);

    auto* const list = page->findChild<QListView*>();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(service.connected.size(), 3);
    const auto offered = [page] {
        QStringList titles;
        for (const ui::PaletteEntry& entry : page->paletteEntries())
            titles.append(entry.title);
        return titles;
    };
    QVERIFY(offered().contains(QStringLiteral("Connect host web-1")));
    // There is nothing to be done about one that is connected.
    service.setLink(link(HostLink::State::Connected));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(service.connected, QStringList(3, hosts[0].ssh));
    QVERIFY(!offered().contains(QStringLiteral("Connect host web-1")));
    QVERIFY(banner->isHidden());
}

void TestHostPage::theBannerStaysBetweenTwoAttempts() {
    FakeHostService service;
    ui::HostBanner banner(service);
    HostLink lost = link(HostLink::State::Waiting);
    service.setLink(lost);
    lost.state = HostLink::State::Connecting;
    service.setLink(lost);
    QVERIFY(!banner.isHidden());
    service.setLink(link(HostLink::State::Connected));
    QVERIFY(banner.isHidden());
    // The first attempt of all is no trouble.
    service.setLink(link(HostLink::State::Connecting));
    QVERIFY(banner.isHidden());
}

void TestHostPage::theBannerCallsHostsAsTheWorkspaceDoes_data() {
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char* message, const char* shown) {
        QTest::newRow(name) << QString::fromLatin1(message) << QString::fromLatin1(shown);
    };
    row("by its address", "The connection to deploy@10.0.0.7:2222 was lost. Commands there go on.",
        "The connection to web-1 was lost. Commands there go on.");
    row("by its address, twice", "deploy@10.0.0.7:2222 hung up. Look at deploy@10.0.0.7:2222.",
        "web-1 hung up. Look at web-1.");
    row("not at all", "Connecting was cancelled.", "web-1: Connecting was cancelled.");
    row("nothing is said", "", "The connection to web-1 was lost.");
}

void TestHostPage::theBannerCallsHostsAsTheWorkspaceDoes() {
    QFETCH(QString, message);
    QFETCH(QString, shown);
    FakeHostService service;
    ui::HostBanner banner(service);
    HostLink lost = link(HostLink::State::Waiting);
    lost.name = QStringLiteral("web-1");
    lost.address = QStringLiteral("deploy@10.0.0.7:2222");
    lost.error = models::Error{models::ErrorCode::NotFound, message, {}};
    if (message.isEmpty())
        lost.error.reset();
    service.setLink(lost);
    QVERIFY2(banner.text().startsWith(shown), qPrintable(banner.text()));
    QVERIFY(!banner.text().contains(QStringLiteral("10.0.0.7")));
}

void TestHostPage::questionsComeOneByOne() {
    FakeHostService service;
    QWidget window;
    window.show();
    const ui::HostQuestions questions(service, window);
    for (const quint64 id : {1, 2}) {
        app::SshQuestion question;
        question.id = id;
        question.prompts = {{QStringLiteral("Password:"), true}};
        Q_EMIT service.questionAsked(question);
    }
    for (const quint64 id : {1, 2}) {
        QTRY_VERIFY(window.findChild<ui::HostQuestionSheet*>());
        const QPointer sheet = window.findChild<ui::HostQuestionSheet*>();
        QCOMPARE(window.findChildren<ui::HostQuestionSheet*>().size(), 1);
        QCOMPARE(sheet->question(), id);
        sheet->reject();
        QTRY_COMPARE(service.answers.size(), qsizetype(id));
        QCOMPARE(service.answers.last().question, id);
        QTRY_VERIFY(!sheet);
    }
}

void TestHostPage::aWithdrawnQuestionMakesRoomForTheNext() {
    FakeHostService service;
    QWidget window;
    window.show();
    const ui::HostQuestions questions(service, window);
    for (const quint64 id : {1, 2, 3}) {
        app::SshQuestion question;
        question.id = id;
        Q_EMIT service.questionAsked(question);
    }
    Q_EMIT service.questionWithdrawn(2);
    Q_EMIT service.questionWithdrawn(1);
    const auto shown = [&window]() -> quint64 {
        auto* sheet = window.findChild<ui::HostQuestionSheet*>();
        return sheet ? sheet->question() : 0;
    };
    QTRY_COMPARE(shown(), quint64(3));
    QVERIFY(service.answers.isEmpty());
}

} // namespace tests

QTEST_MAIN(tests::TestHostPage)
#include "tst_hostpage.moc"

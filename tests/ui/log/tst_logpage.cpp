// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakelogservice.h"
#include "tests/support/stampedline.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using app::ContainerList;
using models::Container;
using models::ContainerState;
using tests::stamped;
using ui::LogPage;

namespace {

models::Host host(const QString& name) {
    models::Host made;
    made.name = name;
    made.ssh = u"deploy@%1.example.com"_qs.arg(name);
    return made;
}

Container container(const QString& name, ContainerState state = ContainerState::Running) {
    Container made;
    made.id = name + u"-id"_qs;
    made.name = name;
    made.state = state;
    return made;
}

} // namespace

class TestLogPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<tests::FakeLogs> m_logs;
    std::unique_ptr<LogPage> m_page;
    models::Host m_host = host(u"web-1"_qs);

    [[nodiscard]] QTreeView& list() { return *m_page->findChild<QTreeView*>(u"logSources"_qs); }
    [[nodiscard]] QStringList rows() {
        QStringList names;
        for (QModelIndex row = list().model()->index(0, 0); row.isValid();
             row = list().indexBelow(row))
            names.append(row.data().toString());
        return names;
    }
    void click(const QString& name) {
        const QModelIndex index = list()
                                      .model()
                                      ->match(list().model()->index(0, 0), Qt::DisplayRole, name, 1,
                                              Qt::MatchExactly | Qt::MatchRecursive)
                                      .value(0);
        QVERIFY(index.isValid());
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().visualRect(index).center());
    }
    void look() {
        QTest::mouseClick(m_page->findChild<QAbstractButton*>(u"lookForContainers"_qs),
                          Qt::LeftButton);
        ContainerList found;
        found.host = m_host;
        found.state = ContainerList::State::Known;
        found.runtime = u"docker 24.0.7"_qs;
        found.containers = {container(u"portal"_qs),
                            container(u"worker"_qs, ContainerState::Exited)};
        m_logs->service.setContainers(found);
    }
    /// An environment with one service, whose lines are these.
    void showPortal(const models::ServiceLog& log) {
        models::Service portal;
        portal.name = u"portal"_qs;
        portal.logs = {log};
        models::Environment prod;
        prod.name = u"prod"_qs;
        prod.hosts = {m_host};
        prod.services = {portal};
        m_page->showEnvironment(prod);
    }
    /// So many seconds after stamped(0).
    static models::Instant at(int second) { return {(1'795'269'600LL + second) * 1'000'000'000}; }
    void readSpan(quint64 stream, const QByteArray& lines) {
        arrive(stream, lines);
        Q_EMIT m_logs->service.arrived(
            stream, {models::LogMarker{models::LogMarker::Kind::Stopped, {}, {}, 0, "Over."}});
        app::LogStreamState state;
        state.state = app::LogStreamState::State::Ended;
        Q_EMIT m_logs->service.stateChanged(stream, state);
    }
    [[nodiscard]] std::pair<qint64, qint64> selected() {
        return m_page->pane().view().selectedRows().value_or(std::pair<qint64, qint64>(-1, -1));
    }
    void arrive(quint64 stream, const QByteArray& bytes) {
        Q_EMIT m_logs->service.arrived(stream, {app::LogPiece{models::LogChannel::Stdout, bytes}});
    }
    [[nodiscard]] QStringList shown() {
        QStringList lines;
        ui::LogBoard& board = m_page->pane().board();
        for (qint64 row = board.firstRow(); row < board.endRow(); ++row)
            lines.append(QString::fromUtf8(board.row(row).line.text));
        return lines;
    }

private Q_SLOTS:
    void init() {
        m_logs = std::make_unique<tests::FakeLogs>();
        m_page = std::make_unique<LogPage>(m_logs->follower);
        m_page->resize(1100, 700);
        models::Environment prod;
        prod.name = u"prod"_qs;
        prod.hosts = {m_host};
        m_page->showEnvironment(prod);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() {
        m_page.reset();
        m_logs.reset();
    }

    void connectsToNothingBeforeItIsAsked() {
        QVERIFY(m_logs->service.watched.isEmpty());
        look();
        QCOMPARE(m_logs->service.watched, QList<models::Host>{m_host});
        QCOMPARE(rows(), (QStringList{u"web-1"_qs, u"portal"_qs, u"worker"_qs}));
    }

    /// Wherever on the page the focus is; with nothing shown there is nothing to find.
    void findsFromTheSourcesToo() {
        look();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(list().hasFocus());
        click(u"portal"_qs);
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(m_page->findChild<QLineEdit*>(u"findField"_qs)->hasFocus());
    }

    void clickFollowsAndShows() {
        const QAbstractItemModelTester tester(
            list().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        look();
        click(u"portal"_qs);
        QCOMPARE(m_logs->service.followed.size(), 1);
        QCOMPARE(m_logs->service.followed.first().container, u"portal"_qs);
        arrive(1, "2026-11-21T14:00:00Z one\n2026-11-21T14:00:01Z two\n");
        QTRY_COMPARE(shown(), (QStringList{u"one"_qs, u"two"_qs}));
        QTRY_VERIFY(m_logs->service.acknowledged.value(1) > 0);
        click(u"portal"_qs);
        QTRY_VERIFY(shown().isEmpty());
        QCOMPARE(m_logs->service.followed.size(), 1); // goes on unseen
        click(u"portal"_qs);
        QTRY_COMPARE(shown().size(), 2);
        QCOMPARE(m_logs->service.followed.size(), 1);
    }

    /// The host was given up meanwhile, say: to show it is to want it.
    void whatFailedIsAskedForAgainWhereItIsShown() {
        look();
        click(u"portal"_qs);
        app::LogStreamState failed;
        failed.state = app::LogStreamState::State::Failed;
        Q_EMIT m_logs->service.stateChanged(1, failed);
        click(u"portal"_qs); // put away
        QCOMPARE(m_logs->service.followed.keys(), QList<quint64>{1});
        click(u"portal"_qs);
        QCOMPARE(m_logs->service.followed.keys(), QList<quint64>{2});
        QCOMPARE(m_logs->follower.logs().size(), 1);
    }

    void mergesWhatIsShown() {
        look();
        click(u"portal"_qs);
        click(u"worker"_qs);
        arrive(1, "2026-11-21T14:00:00Z p0\n2026-11-21T14:00:02Z p2\n");
        arrive(2, "2026-11-21T14:00:01Z w1\n");
        QTRY_COMPARE(shown(), (QStringList{u"p0"_qs, u"w1"_qs, u"p2"_qs}));
    }

    void tellsWhatHappenedBetweenTheLines() {
        look();
        click(u"portal"_qs);
        arrive(1, "2026-11-21T14:00:00Z before\n");
        const models::LogMarker marker{
            models::LogMarker::Kind::Resumed, {1}, {2}, 0, "It was away."};
        Q_EMIT m_logs->service.arrived(1, {marker});
        arrive(1, "2026-11-21T14:00:05Z behind\n");
        QTRY_COMPARE(m_page->pane().board().endRow(), 3);
        QCOMPARE(m_page->pane().board().row(1).line.marker, marker);
    }

    void deleteLetsALogGo() {
        look();
        click(u"portal"_qs);
        arrive(1, "2026-11-21T14:00:00Z one\n");
        QTRY_COMPARE(shown().size(), 1);
        QTest::keyClick(&list(), Qt::Key_Delete);
        QVERIFY(m_logs->service.followed.isEmpty());
        QTRY_VERIFY(shown().isEmpty());
    }

    void readsAFile() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"portal.log"_qs));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray bytes;
        for (int i = 0; i < 1000; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        file.write(bytes + "without an end");
        file.close();
        m_page->openFile(file.fileName());
        QTRY_COMPARE(m_page->pane().board().endRow(), 1001);
        QCOMPARE(shown().last(), u"without an end"_qs);
        QCOMPARE(rows().last(), u"portal.log"_qs);
        QCOMPARE(list().currentIndex().data().toString(), u"portal.log"_qs); // what is told of
        QTRY_COMPARE(m_logs->follower.logs().first().state, app::LogFollower::Log::State::Read);
    }

    /// Lines come behind the question where nobody has followed the service yet.
    void aServicesLogIsOpenedForATime() {
        showPortal({models::ServiceLog::Kind::Container, {}, {m_host.name}, u"shop-portal-1"_qs});
        m_page->showTimeOf(u"portal"_qs, at(1), at(2));
        QCOMPARE(m_logs->service.followed.size(), 1);
        QCOMPARE(m_logs->service.followed.first().container, u"shop-portal-1"_qs);
        arrive(1, stamped(0, "one") + stamped(1, "two") + stamped(2, "three") + stamped(9, "four"));
        QTRY_COMPARE(shown().size(), 4);
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(1, 2)));
        m_page->showTimeOf(u"portal"_qs, at(9), at(9));
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(3, 3)));
        QCOMPARE(m_logs->service.followed.size(), 1);
    }

    void aTimeBeforeTheFirstLineIsReadFromTheSource() {
        showPortal({models::ServiceLog::Kind::Container, {}, {m_host.name}, u"shop-portal-1"_qs});
        m_page->showTimeOf(u"portal"_qs, at(100), at(101));
        QCOMPARE(m_logs->service.followed.size(), 1);
        arrive(1, stamped(200, "live"));
        QTRY_COMPARE(m_logs->service.followed.size(), 2);
        app::LogSource wanted = m_logs->service.followed.first();
        wanted.span = {at(100 - 300), {at(200).nanoseconds - 1}}; // up to what is there already
        QCOMPARE(m_logs->service.followed.last(), wanted);
        QTRY_COMPARE(shown(), QStringList{u"live"_qs}); // before which those come that are read
        readSpan(2, stamped(90, "calm") + stamped(100, "spike") + stamped(150, "over"));
        QTRY_COMPARE(shown(), (QStringList{u"calm"_qs, u"spike"_qs, u"over"_qs, {}, u"live"_qs}));
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(1, 1)));
        QVERIFY2(rows().contains(u"shop-portal-1, 13:56:40 to 14:03:19 UTC"_qs),
                 qPrintable(rows().join(u'\n')));
        // It is there by now.
        m_page->showTimeOf(u"portal"_qs, at(90), at(90));
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(0, 0)));
        QCOMPARE(m_logs->service.followed.size(), 2);
        // Another time of which that has a part takes its place: no line shows twice.
        m_page->showTimeOf(u"portal"_qs, at(-400), at(-390));
        QTRY_COMPARE(m_logs->service.followed.keys(), (QList<quint64>{1, 3}));
        QTRY_COMPARE(shown(), QStringList{u"live"_qs});
        readSpan(3, stamped(-395, "earlier") + stamped(-100, "calm"));
        QTRY_COMPARE(shown(), (QStringList{u"earlier"_qs, u"calm"_qs, {}, u"live"_qs}));
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(0, 0)));
    }

    /// That lines begin later is no word to give while earlier ones are on their way.
    void whatIsBeingReadIsNotSaidToBeMissing() {
        using Shown = ui::LogEvidence::Shown;
        showPortal({models::ServiceLog::Kind::Container, {}, {m_host.name}, u"shop-portal-1"_qs});
        QList<Shown> told;
        connect(m_page.get(), &LogPage::timeShown, this, [&told](Shown how) { told.append(how); });
        m_page->showTimeOf(u"portal"_qs, at(100), at(101));
        arrive(1, stamped(200, "live"));
        QTRY_COMPARE(m_logs->service.followed.size(), 2);
        QTRY_COMPARE(shown(), QStringList{u"live"_qs});
        m_page->showTimeOf(u"portal"_qs, at(100), at(101)); // asked again meanwhile
        QTRY_VERIFY(!told.isEmpty());
        readSpan(2, stamped(90, "calm") + stamped(100, "spike") + stamped(150, "over"));
        QTRY_COMPARE(selected(), (std::pair<qint64, qint64>(1, 1)));
        QTRY_COMPARE(told.last(), Shown::Lines);
        for (const Shown how : std::as_const(told))
            QVERIFY2(how == Shown::Reading || how == Shown::Lines,
                     qPrintable(QString::number(int(how))));
        QVERIFY(told.contains(Shown::Reading));
        // Once the source had nothing older, that is the word.
        m_page->showTimeOf(u"portal"_qs, at(-900), at(-890));
        QTRY_COMPARE(told.last(), Shown::Reading);
        readSpan(3, {});
        QTRY_COMPARE(told.last(), Shown::Later); // behind the word that it is over
    }

    void whatCannotBeAskedForATimeSaysSo() {
        models::ServiceLog command;
        command.kind = models::ServiceLog::Kind::Command;
        command.places = {m_host.name};
        command.command = u"fly logs -a portal"_qs;
        showPortal(command);
        m_page->showTimeOf(u"portal"_qs, at(100), at(101));
        QCOMPARE(m_logs->service.followed.size(), 1);
        arrive(1, "a line that has the time at which it came\n");
        auto* banner = m_page->findChild<ui::BannerWidget*>(u"actionBanner"_qs);
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(u"fly logs -a portal cannot be asked"_qs),
                 qPrintable(banner->text()));
        QCOMPARE(m_logs->service.followed.size(), 1);
    }

    void saysWhyAFileCannotBeRead() {
        m_page->openFile(u"/nowhere/at/all.log"_qs);
        QTRY_COMPARE(m_logs->follower.logs().first().state, app::LogFollower::Log::State::Failed);
        QVERIFY(m_logs->follower.logs().first().error->message.contains(u"/nowhere/at/all.log"_qs));
        QTRY_VERIFY(m_page->pane().view().emptyWords().contains(u"/nowhere/at/all.log"_qs));
    }

    void filtersAndFinds() {
        look();
        click(u"portal"_qs);
        arrive(1, "2026-11-21T14:00:00Z INFO fish\n2026-11-21T14:00:01Z ERROR bird\n"
                  "2026-11-21T14:00:02Z ERROR fish\n");
        QTRY_COMPARE(shown().size(), 3);
        const QList<QLineEdit*> fields{m_page->pane().findChild<QLineEdit*>(u"filterField"_qs),
                                       m_page->pane().findChild<QLineEdit*>(u"findField"_qs)};
        QTest::keyClicks(fields[0], u"level:error"_qs);
        QTRY_COMPARE(shown(), (QStringList{u"ERROR bird"_qs, u"ERROR fish"_qs}));
        QTest::keyClicks(fields[1], u"FISH"_qs);
        QTRY_COMPARE(m_page->pane().board().hits().size(), 1U);
        QTRY_COMPARE(m_page->pane().view().currentRow(), 1);
        fields[0]->setText(u"/(/"_qs); // cannot be understood: the last filter holds
        QTRY_COMPARE(m_page->pane().board().hits().size(), 1U);
        QCOMPARE(shown().size(), 2);
        fields[0]->clear();
        QTRY_COMPARE(shown().size(), 3);
        QTRY_COMPARE(m_page->pane().board().hits().size(), 2U);
    }
};

QTEST_MAIN(TestLogPage)
#include "tst_logpage.moc"

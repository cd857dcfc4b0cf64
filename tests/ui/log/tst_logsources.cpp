// SPDX-License-Identifier: GPL-3.0-or-later
// The left side of the page of logs, by keys and by the mouse.
#include "tests/support/fakelogservice.h"
#include "ui/log/followsheet.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logsourcedetail.h"
#include "ui/widgets/bannerwidget.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using app::ContainerList;
using models::Container;
using ui::LogPage;

namespace {

models::ServiceLog log(models::ServiceLog::Kind kind, const QString& what) {
    models::ServiceLog made;
    made.kind = kind;
    made.container = made.command = made.path = what;
    made.places = {u"web-1"_qs};
    return made;
}

models::Environment prod() {
    using Kind = models::ServiceLog::Kind;
    models::Environment environment;
    environment.name = u"prod"_qs;
    environment.hosts = {{u"web-1"_qs, u"deploy@web-1.example.com"_qs}};
    models::Service portal;
    portal.name = u"portal"_qs;
    portal.logs = {log(Kind::Container, u"shop-portal"_qs)};
    models::Service proxy;
    proxy.name = u"proxy"_qs;
    proxy.logs = {log(Kind::Command, u"fly logs -a proxy"_qs),
                  log(Kind::File, u"/var/log/proxy.log"_qs)};
    environment.services = {portal, proxy};
    return environment;
}

} // namespace

class TestLogSources : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<tests::FakeLogs> m_logs;
    std::unique_ptr<LogPage> m_page;

    [[nodiscard]] QTreeView& tree() { return *m_page->findChild<QTreeView*>(u"logSources"_qs); }
    [[nodiscard]] QLineEdit& filter() {
        return *m_page->findChild<QLineEdit*>(u"logSourceFilter"_qs);
    }
    [[nodiscard]] QStringList rows() {
        QStringList names;
        for (QModelIndex row = tree().model()->index(0, 0); row.isValid();
             row = tree().indexBelow(row))
            names.append(row.data().toString());
        return names;
    }
    [[nodiscard]] QModelIndex find(const QString& name) {
        return tree()
            .model()
            ->match(tree().model()->index(0, 0), Qt::DisplayRole, name, 1,
                    Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    }
    void click(const QString& name) {
        QVERIFY(find(name).isValid());
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {},
                          tree().visualRect(find(name)).center());
    }
    void look(const QList<Container>& containers) {
        QTest::mouseClick(m_page->findChild<QAbstractButton*>(u"lookForContainers"_qs),
                          Qt::LeftButton);
        ContainerList found;
        found.host = prod().hosts.first();
        found.state = ContainerList::State::Known;
        found.runtime = u"docker 24.0.7"_qs;
        found.containers = containers;
        m_logs->service.setContainers(found);
    }
    [[nodiscard]] static Container container(const QString& name, const QString& project = {}) {
        Container made;
        made.id = name + u"-id"_qs;
        made.name = name;
        made.composeProject = project;
        made.state = models::ContainerState::Running;
        return made;
    }

    /// What its menu offers, and takes that entry of it.
    QStringList menuOf(const QString& name, const QString& taken = {}) {
        tree().setCurrentIndex(find(name));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QCoreApplication::sendEvent(tree().viewport(), &event);
        auto* menu = m_page->findChild<QMenu*>(u"logSourceMenu"_qs);
        QStringList offered;
        QAction* wanted = nullptr;
        for (QAction* action : menu ? menu->actions() : QList<QAction*>()) {
            if (!action->isSeparator())
                offered.append(action->text());
            if (action->text() == taken)
                wanted = action;
        }
        if (wanted)
            wanted->trigger();
        delete menu;
        return offered;
    }

private Q_SLOTS:
    void init() {
        m_logs = std::make_unique<tests::FakeLogs>();
        m_page = std::make_unique<LogPage>(m_logs->follower);
        m_page->resize(1100, 700);
        m_page->showEnvironment(prod());
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() {
        m_page.reset();
        m_logs.reset();
    }

    void showsServicesWithoutConnecting() {
        QCOMPARE(rows(), (QStringList{u"Services"_qs, u"portal"_qs, u"proxy"_qs,
                                      u"fly logs -a proxy"_qs, u"/var/log/proxy.log"_qs}));
        QVERIFY(m_logs->service.watched.isEmpty());
        QVERIFY(m_logs->service.followed.isEmpty());
    }

    void followsWhatAServiceNames() {
        click(u"portal"_qs);
        QCOMPARE(m_logs->service.followed.value(1).container, u"shop-portal"_qs);
        click(u"fly logs -a proxy"_qs);
        QCOMPARE(m_logs->service.followed.value(2).command, u"fly logs -a proxy"_qs);
        click(u"/var/log/proxy.log"_qs);
        QCOMPARE(m_logs->service.followed.value(3).path, u"/var/log/proxy.log"_qs);
        QCOMPARE(m_logs->service.followed.value(3).host, prod().hosts.first());
        QCOMPARE(m_page->pane().board().sources().size(), 3);
        // A command's lines begin as it wrote them.
        Q_EMIT m_logs->service.arrived(
            2, {app::LogPiece{models::LogChannel::Stdout, "2026-11-21T14:00:00Z kept whole\n"}});
        QTRY_COMPARE(m_page->pane().board().endRow(), 1);
        QCOMPARE(m_page->pane().board().row(0).line.text,
                 QByteArray("2026-11-21T14:00:00Z kept whole"));
    }

    void isReachedByKeys() {
        tree().setFocus();
        tree().setCurrentIndex(find(u"Services"_qs));
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Space);
        QCOMPARE(m_logs->service.followed.size(), 1);
        QVERIFY(find(u"portal"_qs).data(Qt::CheckStateRole) == Qt::Checked);
        QTest::keyClick(&tree(), Qt::Key_Down); // proxy, over two logs
        QTest::keyClick(&tree(), Qt::Key_Return);
        QCOMPARE(rows().size(), 3);
        QTest::keyClick(&tree(), Qt::Key_Right);
        QCOMPARE(rows().size(), 5);
        QTest::keyClick(&tree(), Qt::Key_Up);
        QTest::keyClick(&tree(), Qt::Key_Delete);
        QVERIFY(m_logs->service.followed.isEmpty());
        QVERIFY(find(u"portal"_qs).isValid());
    }

    void foldsByAClick() {
        click(u"proxy"_qs);
        QCOMPARE(rows(), (QStringList{u"Services"_qs, u"portal"_qs, u"proxy"_qs}));
        look({container(u"mail"_qs)});
        QVERIFY(!rows().contains(u"/var/log/proxy.log"_qs)); // stays as it was folded
        click(u"proxy"_qs);
        QVERIFY(rows().contains(u"/var/log/proxy.log"_qs));
    }

    void groupsWhatIsFound() {
        look({container(u"shop-portal"_qs, u"shop"_qs), container(u"shop-db"_qs, u"shop"_qs),
              container(u"mail"_qs)});
        QCOMPARE(rows().mid(5), (QStringList{u"web-1"_qs, u"shop"_qs, u"shop-db"_qs, u"mail"_qs}));
        click(u"shop-db"_qs);
        QCOMPARE(m_logs->service.followed.value(1).container, u"shop-db"_qs);
    }

    void showsTheDetailsOfWhatIsChosen() {
        Container portal = container(u"shop-portal"_qs, u"shop"_qs);
        portal.image = u"registry.example.com/a-rather-long-team-name/portal:1.4.0-rc.3"_qs;
        look({portal});
        auto* detail = m_page->findChild<ui::LogSourceDetail*>();
        QVERIFY(!detail->isVisible());
        tree().setCurrentIndex(find(u"portal"_qs));
        QVERIFY(detail->isVisible());
        const auto says = [detail](const QString& words) {
            const QList<QLabel*> labels = detail->findChildren<QLabel*>();
            return std::any_of(labels.cbegin(), labels.cend(), [&words](const QLabel* label) {
                return label->isVisible() && label->accessibleName() == words;
            });
        };
        QTRY_VERIFY(says(portal.image)); // whole, whatever is seen of it
        QTest::keyClick(&tree(), Qt::Key_Down);
        QVERIFY(!says(portal.image));
        QVERIFY(m_logs->service.followed.isEmpty());
    }

    void staysUsableWithManyContainers() {
        QVERIFY(!filter().isVisible());
        QList<Container> many;
        for (int i = 0; i < 200; ++i)
            many.append(container(
                u"worker-of-the-night-%1-of-many"_qs.arg(i, 3, 10, QLatin1Char('0')), u"batch"_qs));
        look(many);
        QVERIFY(filter().isVisible());
        QTest::mouseClick(&filter(), Qt::LeftButton);
        QTest::keyClicks(&filter(), u"night-17"_qs);
        QCOMPARE(rows().size(), 2 + 10); // the host, the project, 170 to 179
        QTest::keyClick(&filter(), Qt::Key_Down);
        QVERIFY(tree().hasFocus());
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Space);
        QCOMPARE(m_logs->service.followed.value(1).container,
                 u"worker-of-the-night-170-of-many"_qs);
        QTest::keyClicks(&filter(), u"zzz"_qs);
        QVERIFY(rows().isEmpty());
        QTest::keyClick(&filter(), Qt::Key_Escape);
        QVERIFY(filter().text().isEmpty());
        QCOMPARE(rows().size(), 5 + 2 + 200);
    }

    void keepsTheChoiceWhileUsageComesIn() {
        Container db = container(u"shop-db"_qs, u"shop"_qs);
        look({db, container(u"mail"_qs)});
        tree().setCurrentIndex(find(u"shop-db"_qs));
        models::ContainerUsage usage;
        usage.memory = 5 * 1024 * 1024;
        db.usage = usage;
        ContainerList now = m_logs->service.containers().first();
        now.containers = {container(u"another"_qs), db};
        m_logs->service.setContainers(now);
        QCOMPARE(tree().currentIndex().data().toString(), u"shop-db"_qs);
        QVERIFY(
            tree().currentIndex().data(Qt::AccessibleTextRole).toString().contains(u"5 MiB"_qs));
    }

    void followsACommandThatIsTyped() {
        QTest::mouseClick(m_page->findChild<QAbstractButton*>(u"followCommandButton"_qs),
                          Qt::LeftButton);
        auto* sheet = m_page->findChild<ui::FollowSheet*>();
        QVERIFY(sheet);
        auto* field = sheet->findChild<QLineEdit*>(u"followCommand"_qs);
        auto* confirm = sheet->findChild<QAbstractButton*>(u"followConfirm"_qs);
        QVERIFY(!confirm->isEnabled());
        const QSignalSpy shown(m_page.get(), &LogPage::pageRequested);
        QTest::keyClicks(field, u" vmstat 1 "_qs);
        auto* place = sheet->findChild<QComboBox*>();
        QCOMPARE(place->count(), 2); // web-1 and this machine
        QCOMPARE(place->currentText(), u"web-1"_qs);
        QTest::keyClick(place, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_logs->service.followed.value(1).command, u"vmstat 1"_qs);
        QVERIFY(m_logs->service.followed.value(1).host.ssh.isEmpty());
        QCOMPARE(rows().mid(5), (QStringList{u"Opened here"_qs, u"vmstat 1"_qs}));
        QCOMPARE(shown.size(), 1);
    }

    void followsAgainWhatHasEnded() {
        click(u"fly logs -a proxy"_qs);
        Q_EMIT m_logs->service.arrived(1, {app::LogPiece{models::LogChannel::Stdout, "one\n"}});
        QTRY_COMPARE(m_page->pane().board().endRow(), 1);
        QVERIFY(!menuOf(u"fly logs -a proxy"_qs).contains(u"Follow log again"_qs));
        app::LogStreamState ended;
        ended.state = app::LogStreamState::State::Ended;
        Q_EMIT m_logs->service.stateChanged(1, ended);
        QVERIFY(menuOf(u"fly logs -a proxy"_qs, u"Follow log again"_qs)
                    .contains(u"Follow log again"_qs));
        QCOMPARE(m_logs->service.followed.keys(), QList<quint64>{2});
        Q_EMIT m_logs->service.arrived(2, {app::LogPiece{models::LogChannel::Stdout, "two\n"}});
        QTRY_COMPARE(m_page->pane().board().endRow(), 3);
        QVERIFY(m_page->pane().board().row(1).line.marker->words.contains("come twice"));
    }

    void offersWhatTheWorkspaceNames() {
        models::Environment environment = prod();
        models::ServiceAction restart;
        restart.command = u"docker restart shop-portal"_qs;
        environment.services[0].actions.insert(models::ServiceActionKind::Restart, restart);
        m_page->showEnvironment(environment);
        QSignalSpy asked(m_page.get(), &LogPage::actionRequested);
        const QStringList menu = menuOf(u"portal"_qs, u"Restart portal…"_qs);
        QCOMPARE(menu, (QStringList{u"Show log"_qs, u"Copy details"_qs, u"Restart portal…"_qs}));
        QCOMPARE(asked.takeFirst().value(0).toString(), u"portal"_qs);
        QVERIFY(menuOf(u"proxy"_qs).contains(u"No actions in gantry.yaml for it"_qs));
        const ui::PaletteEntries entries = m_page->paletteEntries();
        const auto entry =
            std::find_if(entries.cbegin(), entries.cend(), [](const ui::PaletteEntry& one) {
                return one.title == u"Restart portal…"_qs;
            });
        QVERIFY(entry != entries.cend());
        entry->run();
        QCOMPARE(asked.size(), 1);
        tree().setCurrentIndex(find(u"portal"_qs));
        // Those of what was chosen before go in the next turn.
        const auto button = [this] {
            const auto all = m_page->findChildren<QAbstractButton*>(u"restartService"_qs);
            const auto shown = std::find_if(all.cbegin(), all.cend(),
                                            [](const QWidget* one) { return one->isVisible(); });
            return shown == all.cend() ? nullptr : *shown;
        };
        QTRY_VERIFY(button());
        QTest::mouseClick(button(), Qt::LeftButton);
        QCOMPARE(asked.size(), 2);
    }

    void tellsHowFarAnActionIs() {
        auto* banner = m_page->findChild<ui::BannerWidget*>(u"actionBanner"_qs);
        app::ActionProgress progress;
        progress.title = u"Restart portal"_qs;
        progress.run = models::RunId(u"run-1"_qs);
        progress.place = u"web-1"_qs;
        progress.state = app::ActionProgress::State::Running;
        m_page->showAction(progress);
        QVERIFY(banner->isVisible());
        QCOMPARE(banner->text(), u"Restart portal at web-1: running."_qs);
        progress.state = app::ActionProgress::State::Failed;
        progress.words = u"Exit status 1."_qs;
        progress.lastOutput = u"<b>no such container</b>"_qs;
        m_page->showAction(progress);
        QCOMPARE(banner->level(), ui::BannerWidget::Level::Error);
        QCOMPARE(banner->text(), u"Restart portal at web-1: failed. Exit status 1. Its last line: "
                                 "<b>no such container</b>"_qs);
        const QSignalSpy wanted(m_page.get(), &LogPage::runRequested);
        QTest::mouseClick(m_page->findChild<QAbstractButton*>(u"showActionRun"_qs), Qt::LeftButton);
        QCOMPARE(wanted.size(), 1);
    }

    void showsAnotherEnvironment() {
        look({container(u"mail"_qs)});
        click(u"mail"_qs);
        models::Environment dev;
        dev.name = u"dev"_qs;
        m_page->showEnvironment(dev);
        QVERIFY(m_logs->service.watched.isEmpty());
        QCOMPARE(rows(), (QStringList{u"Opened here"_qs, u"mail"_qs})); // still followed
    }
};

QTEST_MAIN(TestLogSources)
#include "tst_logsources.moc"

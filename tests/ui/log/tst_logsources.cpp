// SPDX-License-Identifier: GPL-3.0-or-later
// The left side of the page of logs, by keys and by the mouse.
#include "tests/support/fakelogservice.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logsourcedetail.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
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

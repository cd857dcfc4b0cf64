// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/servicelogs.h"
#include "ui/log/logsourcemodel.h"
#include "ui/log/logsourcetree.h"
#include "ui/log/logsourcewords.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using app::ContainerList;
using app::LogSource;
using models::Container;
using ui::LogSourceInput;
using ui::LogSourceModel;
using ui::LogSourceNode;
using ui::LogSourceRow;

namespace {

Container container(const QString& name, const QString& project = {}) {
    Container made;
    made.id = name + u"-id"_qs;
    made.name = name;
    made.composeProject = project;
    made.composeService = name;
    made.state = models::ContainerState::Running;
    return made;
}

models::ServiceLog log(models::ServiceLog::Kind kind, const QString& what) {
    models::ServiceLog made;
    made.kind = kind;
    made.container = made.command = made.path = what;
    made.places = {u"web-1"_qs};
    return made;
}

LogSourceInput input() {
    using Kind = models::ServiceLog::Kind;
    LogSourceInput made;
    made.environment.name = u"prod"_qs;
    made.environment.hosts = {{u"web-1"_qs, u"web-1.example.com"_qs}};
    models::Service portal;
    portal.name = u"portal"_qs;
    portal.logs = {log(Kind::Container, u"shop-portal"_qs)};
    models::Service proxy;
    proxy.name = u"proxy"_qs;
    proxy.logs = {log(Kind::Command, u"fly logs"_qs), log(Kind::File, u"/var/log/proxy.log"_qs)};
    models::Service silent;
    silent.name = u"silent"_qs;
    made.environment.services = {portal, proxy, silent};
    return made;
}

ContainerList found(const QList<Container>& containers) {
    ContainerList list;
    list.host = input().environment.hosts.first();
    list.state = ContainerList::State::Known;
    list.runtime = u"docker 24"_qs;
    list.containers = containers;
    return list;
}

/// "Services(portal proxy(fly logs …) silent)".
QString drawn(const QList<LogSourceNode>& nodes) {
    QStringList parts;
    for (const LogSourceNode& node : nodes)
        parts.append(node.children.isEmpty() ? node.row.title
                                             : node.row.title + u'(' + drawn(node.children) + u')');
    return parts.join(u' ');
}

QString drawn(const LogSourceModel& model, const QModelIndex& parent = {}) {
    QStringList parts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QString title = index.data().toString();
        parts.append(model.rowCount(index) == 0 ? title
                                                : title + u'(' + drawn(model, index) + u')');
    }
    return parts.join(u' ');
}

models::Service portalWith(const models::ServiceLog& log) {
    models::Service portal;
    portal.name = u"portal"_qs;
    portal.logs = {log};
    return portal;
}

} // namespace

class TestLogSourceModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheWorkspaceNames() {
        QCOMPARE(drawn(ui::logSourceTree(input())),
                 u"Services(portal proxy(fly logs /var/log/proxy.log) silent)"_qs);
        const LogSourceRow portal = ui::logSourceTree(input())[0].children[0].row;
        QCOMPARE(portal.source->container, u"shop-portal"_qs);
        QCOMPARE(portal.service, u"portal"_qs);
        QVERIFY(portal.canBeShown());
        QVERIFY(!ui::logSourceTree(input())[0].children[2].row.canBeShown());
    }

    void hasEachContainerOnce() {
        LogSourceInput known = input();
        known.lists = {found({container(u"shop-portal"_qs, u"shop"_qs),
                              container(u"shop-db"_qs, u"shop"_qs), container(u"mail"_qs)})};
        QCOMPARE(drawn(ui::logSourceTree(known)),
                 u"Services(portal proxy(fly logs /var/log/proxy.log) silent) "
                 "web-1(shop(shop-db) mail)"_qs);
        const LogSourceRow portal = ui::logSourceTree(known)[0].children[0].row;
        QVERIFY(portal.container);
        QCOMPARE(portal.container->name, u"shop-portal"_qs);
    }

    void findsTheContainerOfAComposeService() {
        LogSourceInput known = input();
        models::ServiceLog compose;
        compose.kind = models::ServiceLog::Kind::Compose;
        compose.project = u"shop"_qs;
        compose.service = u"web"_qs;
        compose.places = {u"web-1"_qs};
        known.environment.services = {portalWith(compose)};
        Container old = container(u"web"_qs, u"shop"_qs);
        old.id = u"old"_qs;
        old.state = models::ContainerState::Exited;
        old.createdAt = {9};
        Container now = container(u"web"_qs, u"shop"_qs);
        now.createdAt = {5};
        known.lists = {found({old, now})};
        const LogSourceRow row = ui::logSourceTree(known)[0].children[0].row;
        QCOMPARE(row.container->id, now.id);
        QCOMPARE(drawn(ui::logSourceTree(known)), u"Services(portal) web-1(shop(web))"_qs);
    }

    void keepsWhatNothingElseStandsFor() {
        LogSourceInput known = input();
        app::LogFollower::Log portal;
        portal.number = 1;
        portal.source = ui::logSourceTree(known)[0].children[0].row.source;
        app::LogFollower::Log typed;
        typed.number = 2;
        typed.title = u"uptime"_qs;
        typed.source = LogSource();
        typed.source->kind = LogSource::Kind::Command;
        typed.source->command = u"uptime"_qs;
        app::LogFollower::Log file;
        file.number = 3;
        file.title = u"old.log"_qs;
        known.logs = {portal, typed, file};
        known.shown = {3, 1};
        const QList<LogSourceNode> tree = ui::logSourceTree(known);
        QCOMPARE(drawn(tree), u"Services(portal proxy(fly logs /var/log/proxy.log) silent) "
                              "Opened here(uptime old.log)"_qs);
        QCOMPARE(tree[0].children[0].row.tick, 1);
        QCOMPARE(tree[1].children[0].row.tick, -1);
        QCOMPARE(tree[1].children[1].row.tick, 0);
    }

    void isThereOnceForEachPlace() {
        LogSourceInput known = input();
        known.environment.hosts.append({u"web-2"_qs, u"web-2.example.com"_qs});
        models::ServiceLog file = log(models::ServiceLog::Kind::File, u"/var/log/a"_qs);
        file.places = {u"web-1"_qs, u"web-2"_qs};
        known.environment.services = {portalWith(file)};
        const QList<LogSourceNode> tree = ui::logSourceTree(known);
        QCOMPARE(tree[0].children[0].children.size(), 2);
        QVERIFY(ui::sourceWords(tree[0].children[0].children[1].row).endsWith(u"web-2"_qs));
    }

    void keepsRowsThatStandForTheSame() {
        LogSourceModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        LogSourceInput known = input();
        known.lists = {found({container(u"b"_qs), container(u"d"_qs)})};
        model.setTree(ui::logSourceTree(known));
        const QModelIndex host = model.index(1, 0);
        const QPersistentModelIndex d = model.index(1, 0, host);
        QCOMPARE(d.data().toString(), u"d"_qs);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        known.lists = {found({container(u"a"_qs), container(u"c"_qs, u"shop"_qs),
                              container(u"d"_qs), container(u"e"_qs)})};
        model.setTree(ui::logSourceTree(known));
        QCOMPARE(drawn(model), drawn(ui::logSourceTree(known)));
        QVERIFY(d.isValid());
        QCOMPARE(d.data().toString(), u"d"_qs);
        QVERIFY(resets.isEmpty());
    }

    void takesAnyOrder() {
        LogSourceModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        LogSourceInput known = input();
        const QList<models::Service> services = known.environment.services;
        for (const QList<int>& order :
             QList<QList<int>>{{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0}, {}, {2, 0}, {1, 0, 2}}) {
            known.environment.services.clear();
            for (const int at : order)
                known.environment.services.append(services[at]);
            model.setTree(ui::logSourceTree(known));
            QCOMPARE(drawn(model), drawn(ui::logSourceTree(known)));
        }
    }

    void isFilteredWithWhatStandsOver() {
        LogSourceModel model;
        QSortFilterProxyModel filter;
        filter.setSourceModel(&model);
        filter.setFilterRole(LogSourceModel::SearchRole);
        filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
        filter.setRecursiveFilteringEnabled(true);
        const QAbstractItemModelTester tester(
            &filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        LogSourceInput known = input();
        Container db = container(u"shop-db"_qs, u"shop"_qs);
        db.image = u"registry.example.com/postgres:16"_qs;
        known.lists = {found({db, container(u"mail"_qs)})};
        model.setTree(ui::logSourceTree(known));
        filter.setFilterFixedString(u"POSTGRES"_qs);
        QCOMPARE(filter.rowCount(), 1);
        const QModelIndex project = filter.index(0, 0, filter.index(0, 0));
        QCOMPARE(filter.index(0, 0, project).data().toString(), u"shop-db"_qs);
        known.lists = {found({db, container(u"postgres-exporter"_qs)})};
        model.setTree(ui::logSourceTree(known));
        QCOMPARE(filter.rowCount(filter.index(0, 0)), 2);
    }

    void saysHowItStands_data() {
        QTest::addColumn<LogSourceRow>("row");
        QTest::addColumn<QString>("words");
        LogSourceRow row;
        row.kind = LogSourceRow::Kind::Source;
        row.title = u"portal"_qs;
        row.source = LogSource();
        row.source->container = u"shop-portal"_qs;
        row.host.name = u"web-1"_qs;
        QTest::newRow("not looked at") << row << u"shop-portal · Container"_qs;
        row.isOneOfSeveralPlaces = true;
        QTest::newRow("place") << row << u"shop-portal · Container · web-1"_qs;
        row.isOneOfSeveralPlaces = false;
        row.list = found({});
        QTest::newRow("not there") << row << u"shop-portal · No such container"_qs;
        row.container = container(u"shop-portal"_qs);
        row.container->health = models::ContainerHealth::Healthy;
        row.container->restarts = 2;
        models::ContainerUsage usage;
        usage.processors = 0.25;
        usage.memory = 64 * 1024 * 1024;
        row.container->usage = usage;
        QTest::newRow("container")
            << row << u"shop-portal · Running, healthy · 2 restarts · 0.25 CPU · 64 MiB"_qs;
        row.log = app::LogFollower::Log();
        row.log->stream.state = app::LogStreamState::State::Following;
        QTest::newRow("followed")
            << row << u"shop-portal · Running, healthy · 2 restarts · 0.25 CPU · 64 MiB"_qs;
        row.log->stream.state = app::LogStreamState::State::Waiting;
        QTest::newRow("trouble") << row << u"shop-portal · Lost, trying again"_qs;
        row = {};
        row.kind = LogSourceRow::Kind::Source;
        row.title = u"fly logs"_qs;
        row.source = LogSource();
        row.source->kind = LogSource::Kind::Command;
        row.source->command = u"fly logs"_qs;
        QTest::newRow("command") << row << u"Command"_qs;
    }

    void saysHowItStands() {
        QFETCH(LogSourceRow, row);
        QFETCH(QString, words);
        QCOMPARE(ui::sourceWords(row), words);
    }

    void tellsAllThatIsKnown() {
        LogSourceRow row;
        row.kind = LogSourceRow::Kind::Source;
        row.source = LogSource();
        row.source->container = u"portal"_qs;
        row.host.name = u"web-1"_qs;
        row.container = container(u"portal"_qs, u"shop"_qs);
        row.container->image = u"registry.example.com/portal:1.4"_qs;
        row.container->imageDigest = u"sha256:4be1"_qs;
        row.container->revision = u"9f2c1d"_qs;
        row.container->startedAt = {std::int64_t(1'795'269'600) * 1'000'000'000};
        QStringList said;
        const models::Instant now{row.container->startedAt.nanoseconds + 7200LL * 1'000'000'000};
        for (const ui::SourceFact& fact : ui::sourceFacts(row, now))
            said.append(fact.name + u": "_qs + fact.value);
        const QString all = said.join(u'\n');
        for (const QString& part :
             {u"Place: web-1"_qs, u"State: Running"_qs, u"Started: 2 h ago"_qs, u"Restarts: 0"_qs,
              u"Image: registry.example.com/portal:1.4"_qs, u"Digest: sha256:4be1"_qs,
              u"Revision: 9f2c1d"_qs, u"Project: shop"_qs})
            QVERIFY2(all.contains(part), qPrintable(all));
    }

    /// Of a place that cannot be asked, nobody knows what runs by now.
    void saysThatAStateIsOld() {
        LogSourceRow row;
        row.kind = LogSourceRow::Kind::Source;
        row.source = LogSource();
        row.container = container(u"portal"_qs);
        row.list = found({*row.container});
        row.list->at = {std::int64_t(1'795'269'600) * 1'000'000'000};
        const models::Instant now{row.list->at.nanoseconds + 180LL * 1'000'000'000};
        const auto state = [&row, now] {
            for (const ui::SourceFact& fact : ui::sourceFacts(row, now)) {
                if (fact.name == u"State")
                    return fact.value;
            }
            return QString();
        };
        QCOMPARE(ui::sourceGlyph(row), ui::Glyph::Passed);
        QCOMPARE(state(), u"Running"_qs);
        row.list->state = app::ContainerList::State::Stale;
        QCOMPARE(ui::sourceGlyph(row), ui::Glyph::Stale);
        QCOMPARE(ui::sourceTone(row), ui::Colour::Quiet);
        QCOMPARE(state(), u"Running, 3 min ago"_qs);
    }

    void showsForeignWordsAsTheyAre() {
        LogSourceRow row;
        row.kind = LogSourceRow::Kind::Source;
        row.title = u"<b>portal</b>"_qs;
        row.source = LogSource();
        QVERIFY(ui::sourceToolTip(row).contains(u"&lt;b&gt;portal"_qs));
    }
};

QTEST_MAIN(TestLogSourceModel)
#include "tst_logsourcemodel.moc"

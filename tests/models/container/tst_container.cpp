// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/container/container.h"

#include <QTest>

using models::Container;
using models::ContainerState;

namespace {

Container made(const QString& name, const QString& project, const QString& service,
               ContainerState state, qint64 createdAt) {
    Container container;
    container.name = name;
    container.composeProject = project;
    container.composeService = service;
    container.state = state;
    container.createdAt = {createdAt};
    return container;
}

Container identified(const QString& id, const QString& name) {
    Container container;
    container.id = id;
    container.name = name;
    return container;
}

} // namespace

class TestContainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesOneOfAComposeService_data() {
        QTest::addColumn<QList<Container>>("containers");
        QTest::addColumn<QString>("chosen");
        const auto web = [](const char* name, ContainerState state, qint64 createdAt) {
            return made(QLatin1String(name), u"shop"_qs, u"web"_qs, state, createdAt);
        };
        const QList<Container> others{
            made(u"other-project"_qs, u"test"_qs, u"web"_qs, ContainerState::Running, 9),
            made(u"other-service"_qs, u"shop"_qs, u"db"_qs, ContainerState::Running, 9),
            made(u"of none"_qs, {}, {}, ContainerState::Running, 9)};
        QTest::newRow("none is there") << QList<Container>() << QString();
        QTest::newRow("only others") << others << QString();
        QTest::newRow("among others")
            << others + QList<Container>{web("mine", ContainerState::Exited, 1)} << u"mine"_qs;
        QTest::newRow("one that runs, though older")
            << QList<Container>{web("runs", ContainerState::Running, 1),
                                web("ended", ContainerState::Exited, 2)}
            << u"runs"_qs;
        QTest::newRow("one that is started again counts as running")
            << QList<Container>{web("ended", ContainerState::Exited, 2),
                                web("again", ContainerState::Restarting, 1)}
            << u"again"_qs;
        QTest::newRow("the newest of those that run")
            << QList<Container>{web("first", ContainerState::Running, 1),
                                web("third", ContainerState::Running, 3),
                                web("second", ContainerState::Running, 2)}
            << u"third"_qs;
        QTest::newRow("the newest of those that ended")
            << QList<Container>{web("second", ContainerState::Exited, 2),
                                web("first", ContainerState::Exited, 1)}
            << u"second"_qs;
        QTest::newRow("of equal ones the first")
            << QList<Container>{web("one", ContainerState::Running, 1),
                                web("other", ContainerState::Running, 1)}
            << u"one"_qs;
    }
    void choosesOneOfAComposeService() {
        QFETCH(QList<Container>, containers);
        const Container* found = models::findComposeContainer(containers, u"shop"_qs, u"web"_qs);
        QTEST(found == nullptr ? QString() : found->name, "chosen");
    }

    void findsByNameOrId_data() {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("found");
        QTest::newRow("name") << u"portal"_qs << u"portal"_qs;
        QTest::newRow("name before the id of another") << u"aabbcc"_qs << u"aabbcc"_qs;
        QTest::newRow("beginning of an id") << u"ddeeff"_qs << u"portal"_qs;
        QTest::newRow("too short for an id") << u"ddeef"_qs << QString();
        QTest::newRow("beginning of two") << u"112233"_qs << QString();
        QTest::newRow("none") << u"database"_qs << QString();
    }
    void findsByNameOrId() {
        QFETCH(QString, wanted);
        const QList<Container> containers{
            identified(u"aabbcc01"_qs, u"worker"_qs), identified(u"ddeeff01"_qs, u"portal"_qs),
            identified(u"11223301"_qs, u"aabbcc"_qs), identified(u"11223302"_qs, u"cache"_qs)};
        const Container* found = models::findContainer(containers, wanted);
        QTEST(found == nullptr ? QString() : found->name, "found");
    }

    void putsProjectsTogether() {
        const auto projects = models::composeProjects(
            {made(u"solo"_qs, {}, {}, ContainerState::Running, 1),
             made(u"shop-web"_qs, u"shop"_qs, u"web"_qs, ContainerState::Running, 1),
             made(u"blog"_qs, u"blog"_qs, u"web"_qs, ContainerState::Running, 1),
             made(u"shop-db"_qs, u"shop"_qs, u"db"_qs, ContainerState::Running, 1)});
        QStringList order;
        for (const models::ComposeProject& project : projects) {
            for (const Container& container : project.containers)
                order << project.name + u'/' + container.name;
        }
        QCOMPARE(order, (QStringList{u"blog/blog"_qs, u"shop/shop-db"_qs, u"shop/shop-web"_qs,
                                     u"/solo"_qs}));
    }
};

QTEST_GUILESS_MAIN(TestContainer)
#include "tst_container.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/release.h"

#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

namespace {

/// Services of which a version can be seen, each expected at a revision.
Environment environmentOf(const QMap<QString, QString>& expected) {
    Environment environment;
    environment.name = u"prod"_qs;
    for (auto one = expected.cbegin(); one != expected.cend(); ++one) {
        Service service;
        service.name = one.key();
        service.version = VersionProbe();
        service.source.expected = one.value();
        environment.services.append(service);
    }
    return environment;
}

Plan planWith(const QByteArray& command) {
    return makePlan(
        parseRunbook("# Release\n\n- [ ] Deploy\n\n  ```sh\n  " + command + "\n  ```\n"), {});
}

} // namespace

class TestRelease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servicesOfOneReleaseAreTogether_data() {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QString>("revisions");
        QTest::addColumn<QString>("releases");
        QTest::newRow("one version") << QByteArray("deploy $TARGET_VERSION") << ",,"
                                     << "a b c";
        QTest::newRow("in braces") << QByteArray("deploy \"${TARGET_VERSION}\"") << ",,"
                                   << "a b c";
        QTest::newRow("one each") << QByteArray("deploy $TARGET_VERSION_A $TARGET_VERSION_B")
                                  << ",,"
                                  << "a|b|c";
        QTest::newRow("both") << QByteArray("deploy $TARGET_VERSION $TARGET_VERSION_B") << ",,"
                              << "a|b|c";
        QTest::newRow("another name") << QByteArray("deploy $MY_TARGET_VERSION") << ",,"
                                      << "a|b|c";
        QTest::newRow("no version") << QByteArray("deploy") << ",,"
                                    << "a|b|c";
        QTest::newRow("one revision") << QByteArray("deploy") << "main,v2,main"
                                      << "a c|b";
        QTest::newRow("no revision") << QByteArray("deploy") << "main,,main"
                                     << "a c|b";
    }
    void servicesOfOneReleaseAreTogether() {
        QFETCH(QByteArray, command);
        QFETCH(QString, revisions);
        QFETCH(QString, releases);
        const QStringList each = revisions.split(u',');
        const Environment environment =
            environmentOf({{u"a"_qs, each[0]}, {u"b"_qs, each[1]}, {u"c"_qs, each[2]}});
        QStringList found;
        for (const Release& release : releasesOf(environment, planWith(command)))
            found << release.services.join(u' ');
        QCOMPARE(found.join(u'|'), releases);
    }

    void oneRevisionOfTwoRepositoriesIsTwoReleases() {
        Environment environment = environmentOf({{u"a"_qs, u"main"_qs}, {u"b"_qs, u"main"_qs}});
        environment.services[1].source.repository = u"../other"_qs;
        QCOMPARE(releasesOf(environment, planWith("deploy")).size(), 2);
    }

    void whatShowsNoVersionIsLeftOut() {
        Environment environment = environmentOf({{u"a"_qs, {}}, {u"b"_qs, {}}});
        environment.services[0].version.reset();
        QCOMPARE(releasesOf(environment, planWith("deploy")), QList<Release>{{{u"b"_qs}}});
        environment.services[1].version.reset();
        QCOMPARE(releasesOf(environment, planWith("deploy")).size(), 2);
    }

    void withoutServicesTheRunIsAboutOneThing() {
        QCOMPARE(releasesOf({}, planWith("deploy")), QList<Release>{Release{}});
    }
};

QTEST_GUILESS_MAIN(TestRelease)
#include "tst_release.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/runtimeevent.h"

#include <QTest>

class TestRuntimeEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesWhatChanged_data();
    void namesWhatChanged();
    void keepsWhatIsNotComplete();
};

void TestRuntimeEvent::namesWhatChanged_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QStringList>("ids");
    QTest::newRow("docker's API")
        << QByteArray(R"({"status":"die","id":"aa","Type":"container","Action":"die"})"
                      "\n")
        << QStringList{QStringLiteral("aa")};
    QTest::newRow("without the old names")
        << QByteArray(R"({"Type":"container","Action":"start","Actor":{"ID":"bb"}})"
                      "\n")
        << QStringList{QStringLiteral("bb")};
    QTest::newRow("podman's command") << QByteArray(R"({"ID":"cc","Status":"remove"})"
                                                    "\n")
                                      << QStringList{QStringLiteral("cc")};
    QTest::newRow("one, twice") << QByteArray("{\"id\":\"aa\",\"status\":\"kill\"}\n"
                                              "{\"id\":\"aa\",\"status\":\"die\"}\n")
                                << QStringList{QStringLiteral("aa")};
    QTest::newRow("nothing changed") << QByteArray("{\"id\":\"aa\",\"status\":\"exec_start: "
                                                   "sh\"}\n{\"id\":\"aa\",\"status\":\"top\"}\n")
                                     << QStringList();
    QTest::newRow("noise") << QByteArray("what\n\n[1]\n{\"id\":1}\n") << QStringList();
}

void TestRuntimeEvent::namesWhatChanged() {
    QFETCH(QByteArray, lines);
    QFETCH(QStringList, ids);
    QCOMPARE(app::changedContainers(lines), ids);
    QVERIFY(lines.isEmpty());
}

void TestRuntimeEvent::keepsWhatIsNotComplete() {
    QByteArray pending = "{\"id\":\"aa\",\"sta";
    QVERIFY(app::changedContainers(pending).isEmpty());
    pending += "tus\":\"die\"}\n{";
    QCOMPARE(app::changedContainers(pending), QStringList{QStringLiteral("aa")});
    QCOMPARE(pending, QByteArray("{"));
    pending = QByteArray(2'000'000, 'x');
    QVERIFY(app::changedContainers(pending).isEmpty());
    QVERIFY(pending.isEmpty());
}

QTEST_GUILESS_MAIN(TestRuntimeEvent)
#include "tst_runtimeevent.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoservices.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace app;

class TestDemoServices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void beginsAsWritten();
    void knowsWhatFilesSay_data();
    void knowsWhatFilesSay();
    void healthSpeaksOfWhatItDependsOn();
    void errorsShowInHealthAndFigures();
    void aFaultBeginsAfterItsTime();
    void aReleaseThatIsACommitIsItsOwn();
    void aReleaseHasOneCommit();
    void slowAnswersAreTheSame();
    void unknownPathsAreNotFound();

private:
    void write(const char* name, const QByteArray& text) const {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text + '\n');
    }
    [[nodiscard]] DemoAnswer get(const QByteArray& path, qint64 requests = 1) const {
        return answerOf(portal(), path, m_folder->path(), requests);
    }
    [[nodiscard]] QJsonObject body(const QByteArray& path) const {
        return QJsonDocument::fromJson(get(path).body).object();
    }
    [[nodiscard]] static const DemoService& portal() { return named(QStringLiteral("portal")); }
    [[nodiscard]] static const DemoService& named(const QString& name) {
        return *std::find_if(demoServices().begin(), demoServices().end(),
                             [&](const DemoService& one) { return one.name == name; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDemoServices::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestDemoServices::beginsAsWritten() {
    QVERIFY(demoServices().size() >= 8);
    for (const DemoService& service : demoServices()) {
        const DemoState state = stateOf(service, m_folder->path());
        QCOMPARE(state.release, service.release);
        QCOMPARE(state.answers(), service.runsAtStart);
        for (const QString& other : service.dependsOn)
            QCOMPARE(named(other).name, other);
    }
    QVERIFY(!named(QStringLiteral("proxy")).runsAtStart);
}

void TestDemoServices::knowsWhatFilesSay_data() {
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<bool>("answers");
    QTest::newRow("running") << QByteArray("running") << QByteArray("none") << true;
    QTest::newRow("stopped") << QByteArray("stopped") << QByteArray("none") << false;
    QTest::newRow("crash loop") << QByteArray("running") << QByteArray("crash") << false;
    QTest::newRow("errors") << QByteArray("running") << QByteArray("errors") << true;
    QTest::newRow("of this release")
        << QByteArray("running") << QByteArray("crash v1.4.0") << false;
    QTest::newRow("of another release")
        << QByteArray("running") << QByteArray("crash v1.5.0") << true;
    QTest::newRow("unknown") << QByteArray("running") << QByteArray("a flood") << true;
}

void TestDemoServices::knowsWhatFilesSay() {
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, fault);
    write("portal.status", status);
    write("portal.fault", fault);
    QTEST(stateOf(portal(), m_folder->path()).answers(), "answers");
}

void TestDemoServices::healthSpeaksOfWhatItDependsOn() {
    QJsonObject health = body("/healthz");
    QCOMPARE(health.value(u"ok"), QJsonValue(true));
    QCOMPARE(health.value(u"mediamtx_ok"), QJsonValue(true));
    write("mediamtx.status", "stopped");
    health = body("/healthz");
    QCOMPARE(health.value(u"ok"), QJsonValue(true));
    QCOMPARE(health.value(u"mediamtx_ok"), QJsonValue(false));
}

void TestDemoServices::errorsShowInHealthAndFigures() {
    QCOMPARE(get("/health").status, 200);
    QVERIFY(get("/metrics", 3).body.contains("{code=\"503\"} 0\n"));
    write("portal.fault", "errors");
    QCOMPARE(get("/health").status, 503);
    QCOMPARE(body("/health").value(u"ok"), QJsonValue(false));
    QCOMPARE(get("/metrics", 3).status, 200);
    QVERIFY(get("/metrics", 3).body.contains("{code=\"503\"} 2\n"));
}

void TestDemoServices::aFaultBeginsAfterItsTime() {
    write("portal.release", "v1.5.0");
    write("portal.fault", "errors v1.5.0 3600");
    QCOMPARE(get("/health").status, 200);
    QFile release(m_folder->filePath(QStringLiteral("portal.release")));
    QVERIFY(release.open(QFile::ReadWrite));
    QVERIFY(release.setFileTime(QDateTime::currentDateTime().addSecs(-3601),
                                QFileDevice::FileModificationTime));
    QCOMPARE(get("/health").status, 503);
}

void TestDemoServices::aReleaseThatIsACommitIsItsOwn() {
    write("portal.release", "9d3f2a1");
    QCOMPARE(body("/version").value(u"commit").toString(), QStringLiteral("9d3f2a1"));
}

void TestDemoServices::aReleaseHasOneCommit() {
    const QJsonObject before = body("/version");
    QCOMPARE(before.value(u"release").toString(), QStringLiteral("v1.4.0"));
    write("portal.release", "v1.5.0");
    const QJsonObject after = body("/api/version");
    QCOMPARE(after.value(u"release").toString(), QStringLiteral("v1.5.0"));
    QVERIFY(after.value(u"commit") != before.value(u"commit"));
    write("portal.release", "v1.4.0");
    QCOMPARE(body("/version"), before);
}

void TestDemoServices::slowAnswersAreTheSame() {
    const DemoAnswer quick = get("/health");
    QCOMPARE(quick.delayMilliseconds, 0);
    write("portal.fault", "latency");
    const DemoAnswer slow = get("/health");
    QVERIFY(slow.delayMilliseconds > 0);
    QCOMPARE(slow.body, quick.body);
}

void TestDemoServices::unknownPathsAreNotFound() {
    QCOMPARE(get("/etc/passwd").status, 404);
    QCOMPARE(get("").status, 404);
    QCOMPARE(get("/").status, 200);
}

QTEST_GUILESS_MAIN(TestDemoServices)
#include "tst_demoservices.moc"

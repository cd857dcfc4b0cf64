// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/workspacetext.h"

#include <QTest>

using models::Service;
using models::VersionProbe;
using models::Workspace;
using tests::messages;
using tests::serviceOf;
using tests::withService;

namespace {

using namespace std::chrono_literals;

} // namespace

class TestVersionReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAUrl() {
        const Workspace workspace =
            withService("{ version: { http: \"https://portal.example.com/version\", field: "
                        "build.commit, every: 5m, timeout: 2s }, source: { repo: ../portal, ref: "
                        "main } }");
        QCOMPARE(messages(workspace), QString());
        VersionProbe wanted;
        wanted.target = QStringLiteral("https://portal.example.com/version");
        wanted.field = QStringLiteral("build.commit");
        wanted.every = 5min;
        wanted.timeLimit = 2s;
        QCOMPARE(serviceOf(workspace).version, wanted);
        QCOMPARE(serviceOf(workspace).source.repository, QStringLiteral("../portal"));
        QCOMPARE(serviceOf(workspace).source.expected, QStringLiteral("main"));
    }

    void readsWhatIsAtPlaces() {
        const Service command = serviceOf(withService("{ version: { command: cat REVISION } }"));
        QCOMPARE(command.version->kind, VersionProbe::Kind::Command);
        QCOMPARE(command.version->places, {QStringLiteral("web-1")});
        const Service image =
            serviceOf(withService("{ compose: { project: shop }, version: { label: "
                                  "org.opencontainers.image.revision, on: local } }"));
        QCOMPARE(image.version->container.project, QStringLiteral("shop"));
        QCOMPARE(image.version->container.service, QStringLiteral("portal"));
        QCOMPARE(image.version->places, {QStringLiteral("local")});
    }

    void theTypedCommitWins() {
        const Service service =
            serviceOf(withService("{ expected: 3f2a9c1, source: { ref: main } }"));
        QCOMPARE(service.source.expected, QStringLiteral("3f2a9c1"));
        QVERIFY(!service.version);
    }

    void reportsMistakes_data() {
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* keys, const char* says) {
            QTest::newRow(name) << QByteArray(keys) << QString::fromUtf8(says);
        };
        row("nothing", "{ version: {} }", "needs one of");
        row("two", "{ version: { http: \"https://a.example.com\", command: x } }",
            "\"command\" too");
        row("no address", "{ version: { http: \"file:///etc/passwd\" } }", "no address");
        row("no container", "{ version: { label: org.opencontainers.image.revision } }",
            "label is of a container");
        row("another label", "{ container: a, version: { label: maintainer } }", "that is read");
        row("an option", "{ expected: \"--upload-pack=x\" }", "no commit, branch or tag");
        row("a remote", "{ source: { repo: \"https://git.example.com/portal\" } }", "not fetched");
    }

    void reportsMistakes() {
        QFETCH(QByteArray, keys);
        QFETCH(QString, says);
        const Workspace workspace = withService(keys);
        QVERIFY2(messages(workspace).contains(says), qPrintable(messages(workspace)));
        QVERIFY(!serviceOf(workspace).version);
        QVERIFY(serviceOf(workspace).source.expected.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestVersionReader)
#include "tst_versionreader.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// A release of two containers behind a real sshd, with podman: a new image goes live, fails its
// health, and is taken back. No part is a stand-in.
#include "releaseconsole.h"

#include "models/runbook/runbookparser.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace models;
using namespace tests;

namespace {

constexpr int limit = 90'000;

/// A port of this machine that nobody listens at now.
quint16 freePort() {
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : quint16(0);
}

} // namespace

class TestLabRelease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void anImageThatFailsItsHealthIsTakenBack();

private:
    void makeImage(const QString& version, const QByteArray& health);
    void runContainer(const QString& name, const QString& version);
    [[nodiscard]] Workspace workspace() const;
    [[nodiscard]] PlanPointer plan(const Workspace& workspace, const Target& previous) const;
    [[nodiscard]] QByteArray runningImage(const QString& container) const;

    TemporaryHome m_home;
    std::unique_ptr<Lab> m_lab;
    quint16 m_portal = 0;
    quint16 m_media = 0;
};

void TestLabRelease::initTestCase() {
    m_lab = std::make_unique<Lab>(0, Lab::Parts::Containers);
    if (!m_lab->start())
        QSKIP(qPrintable(m_lab->refusal()));
    m_portal = freePort();
    m_media = freePort();
    QVERIFY(m_portal != 0 && m_media != 0 && m_portal != m_media);
    makeImage(QStringLiteral("v1"), R"({"ok": true})");
    makeImage(QStringLiteral("v2"), R"({"ok": false})");
}

void TestLabRelease::cleanupTestCase() {
    if (m_lab)
        (void)m_lab->podman({QStringLiteral("rm"), QStringLiteral("--force"),
                             QStringLiteral("--all"), QStringLiteral("--time"),
                             QStringLiteral("0")});
}

/// Of the lab's own files, with what it answers.
void TestLabRelease::makeImage(const QString& version, const QByteArray& health) {
    const QString pages = m_lab->path(QStringLiteral("containers/root/www"));
    QVERIFY(QDir().mkpath(pages));
    QFile page(pages + QStringLiteral("/healthz"));
    QVERIFY(page.open(QFile::WriteOnly | QFile::Truncate));
    page.write(health);
    page.close();
    const QString archive = m_lab->path(QStringLiteral("containers/%1.tar").arg(version));
    QProcess tar;
    tar.start(QStringLiteral("tar"),
              {QStringLiteral("-C"), m_lab->path(QStringLiteral("containers/root")),
               QStringLiteral("-cf"), archive, QStringLiteral(".")});
    QVERIFY(tar.waitForFinished(limit) && tar.exitCode() == 0);
    const QString label = QStringLiteral("LABEL org.opencontainers.image.revision=%1").arg(version);
    QVERIFY(!m_lab
                 ->podman({QStringLiteral("import"), QStringLiteral("--change"), label, archive,
                           QStringLiteral("shop:%1").arg(version)})
                 .isEmpty());
}

Workspace TestLabRelease::workspace() const {
    const QString yaml = QStringLiteral(R"(gantry: 1
id: lab-shop
name: Shop
environments:
  prod:
    hosts:
      web-1: { ssh: "dash@127.0.0.1:%1", runtime: podman, cli: podman }
    default_host: web-1
    vars: { PORTAL_PORT: "%2", MEDIA_PORT: "%3" }
    services:
      portal:
        host: web-1
        container: portal
        depends_on: [media]
        health:
          - { http: "http://127.0.0.1:%2/healthz", every: 1s, pass: body.ok == true }
        version: { label: org.opencontainers.image.revision, every: 1s }
      media:
        host: web-1
        container: media
        health:
          - { http: "http://127.0.0.1:%3/healthz", every: 1s, pass: http.status == 200 }
        version: { label: org.opencontainers.image.revision, every: 1s }
    triggers:
      - { name: The portal is not well, when: portal.body.ok == false for 2 checks, every: 1s }
    watch: { for: 5m, every: 1s, success: [ portal.body.ok == true ] }
)")
                             .arg(m_lab->hostPort())
                             .arg(m_portal)
                             .arg(m_media);
    Workspace made = parseWorkspace(yaml.toUtf8());
    made.root = m_home.path();
    return made;
}

PlanPointer TestLabRelease::plan(const Workspace& workspace, const Target& previous) const {
    const Runbook runbook = parseRunbook(R"(# Release

## Deploy

- [ ] Start the media server

  ```sh {"name":"media","inverse":"media-back","timeout":"2m"}
  podman rm --force --time 0 media
  podman run --detach --name media --timeout 900 "shop:$TARGET_VERSION" /bin/busybox httpd -f -p "127.0.0.1:$MEDIA_PORT" -h /www
  ```

- [ ] Start the portal

  ```sh {"name":"portal","inverse":"portal-back","timeout":"2m"}
  podman rm --force --time 0 portal
  podman run --detach --name portal --timeout 900 "shop:$TARGET_VERSION" /bin/busybox httpd -f -p "127.0.0.1:$PORTAL_PORT" -h /www
  ```

## Rollback

- [ ] Start the portal of before

  ```sh {"name":"portal-back","reverts":"portal","timeout":"2m"}
  podman rm --force --time 0 portal
  podman run --detach --name portal --timeout 900 "shop:$PREVIOUS_VERSION" /bin/busybox httpd -f -p "127.0.0.1:$PORTAL_PORT" -h /www
  ```

- [ ] Start the media server of before

  ```sh {"name":"media-back","reverts":"media","timeout":"2m"}
  podman rm --force --time 0 media
  podman run --detach --name media --timeout 900 "shop:$PREVIOUS_VERSION" /bin/busybox httpd -f -p "127.0.0.1:$MEDIA_PORT" -h /www
  ```
)",
                                         givenNames(workspace));
    PlanContext context =
        planContext(workspace, QStringLiteral("release.md"), QStringLiteral("prod"), {},
                    {{QStringLiteral("portal"), QStringLiteral("v2")},
                     {QStringLiteral("media"), QStringLiteral("v2")}});
    context.previous = previous;
    return std::make_shared<const Plan>(makePlan(runbook, context));
}

void TestLabRelease::runContainer(const QString& name, const QString& version) {
    const quint16 port = name == QLatin1String("portal") ? m_portal : m_media;
    QVERIFY(
        !m_lab
             ->podman({QStringLiteral("run"), QStringLiteral("--detach"), QStringLiteral("--name"),
                       name, QStringLiteral("--timeout"), QStringLiteral("900"),
                       QStringLiteral("shop:%1").arg(version), QStringLiteral("/bin/busybox"),
                       QStringLiteral("httpd"), QStringLiteral("-f"), QStringLiteral("-p"),
                       QStringLiteral("127.0.0.1:%1").arg(port), QStringLiteral("-h"),
                       QStringLiteral("/www")})
             .isEmpty());
}

QByteArray TestLabRelease::runningImage(const QString& container) const {
    return m_lab
        ->podman({QStringLiteral("inspect"), QStringLiteral("--format"),
                  QStringLiteral("{{.ImageName}} {{.State.Status}}"), container})
        .trimmed();
}

void TestLabRelease::anImageThatFailsItsHealthIsTakenBack() {
    for (const char* name : {"media", "portal"})
        runContainer(QString::fromLatin1(name), QStringLiteral("v1"));
    ReleaseConsole console([this] {
        app::SshSurroundings ours = app::ourSurroundings();
        ours.home = QStringLiteral("/home/nobody");
        ours.variable = [](const QString&) { return std::nullopt; };
        ours.read = [config = QStringLiteral("IdentityFile %1\nUserKnownHostsFile %2\n")
                                  .arg(m_lab->key(QStringLiteral("person")),
                                       m_lab->path(QStringLiteral("known_hosts")))
                                  .toUtf8()](const QString& path) -> std::optional<QByteArray> {
            return path == QLatin1String("/home/nobody/.ssh/config") ? std::optional(config)
                                                                     : std::nullopt;
        };
        return ours;
    });
    const Workspace shop = workspace();
    QVERIFY(shop.diagnostics.isEmpty());
    console.watch(shop);
    const QStringList services{QStringLiteral("portal"), QStringLiteral("media")};
    const Target before{{services[0], QStringLiteral("v1")}, {services[1], QStringLiteral("v1")}};
    QTRY_VERIFY2_WITH_TIMEOUT(console.deployed(QStringLiteral("prod"), services) == before,
                              qPrintable(console.problem()), limit);

    QVERIFY2(console.start(plan(shop, before)), qPrintable(console.problem()));
    const auto isHeld = [&console] {
        console.carryOn();
        return !console.heldTrigger().isEmpty();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isHeld(), qPrintable(console.problem()), limit);
    QCOMPARE(console.run().status, RunStatus::Watching);
    QCOMPARE(runningImage(QStringLiteral("portal")), QByteArray("localhost/shop:v2 running"));

    console.rollBack(console.heldTrigger());
    QTRY_COMPARE_WITH_TIMEOUT(console.back().status, RunStatus::Closed, limit);
    QVERIFY2(console.back().outcome == RunOutcome::RolledBack, qPrintable(console.problem()));
    QCOMPARE(console.back().verification->verdict, Verdict::Pass);
    for (const QString& service : services)
        QCOMPARE(runningImage(service), QByteArray("localhost/shop:v1 running"));
    QTRY_COMPARE_WITH_TIMEOUT(console.run().outcome, RunOutcome::RolledBack, limit);
    // Health and the image's label, of both containers.
    QCOMPARE(console.back().verification->observations.size(), 4);
}

int main(int argc, char** argv) {
    TestLabRelease test; // its home comes before everything
    const QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_labrelease.moc"

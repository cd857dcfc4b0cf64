// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/placecheck.h"

#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

class TestPlaceCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
};

void TestPlaceCheck::finds_data() {
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("markdown");
    QTest::addColumn<QStringList>("remarks"); // "LINE:COLUMN SEVERITY part of the message"
    const QByteArray dev = "  dev: { hosts: { dev-1: {} }, default_host: dev-1 }\n";
    const QByteArray prod = "  prod: { hosts: { web-1: {}, web-2: {} } }\n";
    const QByteArray placed = "  prod: { hosts: { web-1: {}, web-2: {} }, default_host: web-1 }\n";
    const QByteArray local = "  local: {}\n";
    const auto step = [](const QByteArray& annotation) {
        return "# R\n\n## Steps\n\n- [ ] Do\n  ```sh " + annotation + "\n  true\n  ```\n";
    };
    const auto row = [](const char* name, const QByteArray& environments,
                        const QByteArray& markdown, const QStringList& remarks) {
        QTest::newRow(name) << QByteArray("gantry: 1\nenvironments:\n" + environments) << markdown
                            << remarks;
    };
    row("all is there", placed, step("{\"on\":\"web-1, web-2\",\"batch\":\"1\"}"), {});
    row("this machine", prod, step("{\"on\":\"local\"}"), {});
    row("no hosts at all", local, step("{}"), {});
    row("a name that was meant", placed, step("{\"on\":\"web-1,web2\"}"),
        {QStringLiteral("6:22 error There is no host \"web2\" in prod; \"web-2\" was probably")});
    row("another name", placed, step("{\"on\":\"database\"}"),
        {QStringLiteral("6:16 error There is no host \"database\" in prod. Add it")});
    row("here and not there", dev + placed, step("{\"on\":\"web-1\"}"),
        {QStringLiteral("6:16 warning There is no host \"web-1\" in dev.")});
    row("neither here nor there", dev + placed, step("{\"on\":\"database\"}"),
        {QStringLiteral("6:16 error There is no host \"database\" in dev, prod.")});
    const QByteArray forDev = "---\nrunbook:\n  environments: [dev]\n---\n";
    row("not where the runbook is for", dev + placed, forDev + step("{\"on\":\"web-1\"}"),
        {QStringLiteral("10:16 error There is no host \"web-1\" in dev.")});
    row("no matter where it is not for", dev + placed, forDev + step("{\"on\":\"dev-1\"}"), {});
    const QByteArray forDevAsWritten = "---\nrunbook:\n  environments:\n  - 'Dev'\n---\n";
    row("an environment in another case", dev + placed,
        "---\nrunbook:\n  environments: [prod, Dev]\n---\n" + step("{\"on\":\"web-1\"}"),
        {QStringLiteral("3:24 warning The workspace has the environment \"dev\", not \"Dev\". "
                        "Name it"),
         QStringLiteral("10:16 error There is no host \"web-1\" in dev.")});
    row("an environment in another case on a line of its own", dev + placed,
        forDevAsWritten + step("{\"on\":\"dev-1\"}"),
        {QStringLiteral("4:6 warning The workspace has the environment \"dev\", not \"Dev\".")});
    row("one choice", prod, step("{}"),
        {QStringLiteral("5:1 warning This step does not say on which host of prod it runs "
                        "(web-1, web-2).")});
    row("two choices", prod, step("{}") + "- [ ] Again\n  ```sh\n  true\n  ```\n",
        {QStringLiteral("5:1 warning This step, and 1 more, do not say on which host of prod")});
    row("a manual step needs none", prod, "# R\n\n## Steps\n\n- [ ] Look\n", {});
    const QByteArray chosen = "---\nrunbook:\n  default_host: web-1\n---\n";
    row("the runbook's choice", prod, chosen + step("{}"), {});
    row("the runbook's choice is nowhere", prod,
        "---\nrunbook:\n  default_host: web1\n---\n" + step("{}"),
        {QStringLiteral("3:17 error There is no host \"web1\" in prod; \"web-1\" was")});
    row("no hosts, whatever is chosen", local, chosen + step("{}"), {});
    row("a batch of nothing", dev + placed,
        forDev + step("{\"on\":\"dev-1,dev-1\",\"batch\":\"0\"}"),
        {QStringLiteral("10:38 error “batch” is how many hosts")});
}

void TestPlaceCheck::finds() {
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, markdown);
    QFETCH(QStringList, remarks);
    const Workspace workspace = parseWorkspace(yaml);
    QCOMPARE(workspace.diagnostics, Diagnostics());
    const Runbook runbook = parseRunbook(markdown, {});
    QStringList found;
    for (const Diagnostic& one : checkPlaces(workspace, QStringLiteral("r.md"), runbook)) {
        found.append(QStringLiteral("%1:%2 %3 %4")
                         .arg(QString::number(one.line), QString::number(one.column),
                              one.severity == Severity::Error ? QStringLiteral("error")
                                                              : QStringLiteral("warning"),
                              one.message));
    }
    QVERIFY2(found.size() == remarks.size(), qPrintable(found.join(u'\n')));
    for (qsizetype i = 0; i < found.size(); ++i)
        QVERIFY2(found[i].startsWith(remarks[i]), qPrintable(found[i]));
}

QTEST_APPLESS_MAIN(TestPlaceCheck)

#include "tst_placecheck.moc"

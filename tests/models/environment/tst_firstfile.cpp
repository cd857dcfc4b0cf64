// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/firstfile.h"
#include "models/environment/schema.h"
#include "models/environment/workspace.h"
#include "models/runbook/runbookparser.h"

#include <QTest>

using models::FirstFile;
using models::Workspace;

namespace {

FirstFile answers(const QString& name) {
    FirstFile file;
    file.name = name;
    file.environments = {
        {QStringLiteral("dev"), {}, false},
        {QStringLiteral("prod"), {QStringLiteral("deploy@web-1.example.com")}, true}};
    return file;
}

} // namespace

class TestFirstFile : public QObject {
    Q_OBJECT

    /// Read back; a diagnostic fails the test.
    static Workspace readBack(const FirstFile& file) {
        const QByteArray text = models::firstFileText(file);
        Workspace workspace = models::parseWorkspace(text);
        for (const models::Diagnostic& one : workspace.diagnostics)
            QTest::qFail(qPrintable(one.message + u'\n' + QString::fromUtf8(text)), __FILE__,
                         __LINE__);
        return workspace;
    }

private Q_SLOTS:
    void whateverIsAnsweredCanBeRead_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << QStringLiteral("Portal");
        QTest::newRow("quotes") << QStringLiteral(
            "The \"big\" one: 'it' # 1 \\ {x} [y] *a &b !c %d @e `f`");
        QTest::newRow("a word of YAML") << QStringLiteral("null");
        QTest::newRow("a number") << QStringLiteral("1e3");
        QTest::newRow("lines") << QStringLiteral("one\ntwo: 2\n- three\t\x01\x7f");
        QTest::newRow("separators") << QStringLiteral("a\u2028b\u0085c\ufeffd\u202ee");
        QTest::newRow("not ASCII") << QStringLiteral("Größe 部署 🚀");
        QTest::newRow("a document") << QStringLiteral("--- ...\n%YAML 1.2\n...");
        QTest::newRow("long") << QString(5000, u'x');
    }

    void whateverIsAnsweredCanBeRead() {
        QFETCH(QString, name);
        FirstFile file = answers(name);
        file.runbook = name + QStringLiteral("[1]*?.md");
        file.service = models::serviceNameOf(name);
        file.contract = {{QStringLiteral("SECRET_KEY"), name, 1},
                         {name, QStringLiteral("32 chars"), 2},
                         {QStringLiteral("SECRET_KEY"), QStringLiteral("again"), 3}};
        file.thresholds = {{name, 4, true}};
        const Workspace workspace = readBack(file);
        QCOMPARE(workspace.name, name);
        QCOMPARE(workspace.environments.size(), 2);
        QCOMPARE(workspace.environments[1].services.size(), 1);
        QCOMPARE(workspace.environments[1].services[0].name, file.service);
        // One is named twice, and what is no variable is a comment.
        QCOMPARE(workspace.environments[1].services[0].contract.size(),
                 models::isVariableName(QStringView(name)) && name.size() <= 200 ? 2 : 1);
        QCOMPARE(workspace.runbookPatterns.size(), 1);
    }

    void everyAnswerHasItsPlace() {
        FirstFile file = answers(QStringLiteral("Portal"));
        file.environments[1].destinations.append(QStringLiteral("deploy@web-1.example.org"));
        file.environments[1].destinations.append(QStringLiteral("10.0.0.7"));
        const Workspace workspace = readBack(file);
        QVERIFY(!workspace.environments[0].isProtected);
        QVERIFY(workspace.environments[0].hosts.isEmpty());
        const models::Environment& prod = workspace.environments[1];
        QVERIFY(prod.isProtected);
        QCOMPARE(prod.promoteFrom, QStringLiteral("dev"));
        QCOMPARE(prod.defaultHost, QStringLiteral("web-1"));
        QCOMPARE(prod.hosts.size(), 3);
        QCOMPARE(prod.hosts[0].ssh, QStringLiteral("deploy@web-1.example.com"));
        QCOMPARE(prod.hosts[1].name, QStringLiteral("web-1-2"));
        QCOMPARE(prod.hosts[2].ssh, QStringLiteral("10.0.0.7"));
        QVERIFY(prod.services.isEmpty());
        QVERIFY(workspace.runbookPatterns.isEmpty());
    }

    /// The examples are worth something: with the marks of comment taken away they are read, too.
    void examplesAreNoMistakes() {
        FirstFile file = answers(QStringLiteral("Portal"));
        QByteArray text;
        bool isHead = true;
        for (const QByteArray& line : models::firstFileText(file).split('\n')) {
            isHead = isHead && line.startsWith("# ");
            const QByteArray bare = line.trimmed();
            const bool isWords = isHead || bare.startsWith("# Without");
            const qsizetype at = line.indexOf("# ");
            text += isWords || !bare.startsWith("# ") ? line : line.left(at) + line.mid(at + 2);
            text += '\n';
        }
        const Workspace workspace = models::parseWorkspace(text);
        QStringList said;
        for (const models::Diagnostic& one : workspace.diagnostics)
            said.append(one.message);
        QVERIFY2(said.isEmpty(), qPrintable(said.join(u'\n') + QString::fromUtf8(text)));
        QCOMPARE(workspace.environments[1].services[0].probes.size(), 1);
        QCOMPARE(workspace.environments[1].triggers.size(), 1);
    }

    void whatCannotBeIsSaid_data() {
        QTest::addColumn<FirstFile>("file");
        QTest::addColumn<QString>("words");
        FirstFile file = answers(QStringLiteral("  "));
        QTest::newRow("no name") << file << QStringLiteral("Give the workspace a name.");
        file = answers(QStringLiteral("Portal"));
        file.environments.clear();
        QTest::newRow("no environment") << file << QStringLiteral("at least one environment");
        file = answers(QStringLiteral("Portal"));
        file.environments[0].name = QStringLiteral("../etc");
        QTest::newRow("a path") << file << QStringLiteral("cannot be the name");
        file.environments[0].name = QStringLiteral("prod");
        QTest::newRow("twice") << file << QStringLiteral("named twice");
        file = answers(QStringLiteral("Portal"));
        file.environments[1].destinations = {QStringLiteral("-oProxyCommand=x")};
        QTest::newRow("an option") << file << QStringLiteral("no SSH destination");
    }

    void whatCannotBeIsSaid() {
        QFETCH(FirstFile, file);
        QFETCH(QString, words);
        QVERIFY2(models::problemOf(file).contains(words), qPrintable(models::problemOf(file)));
        QVERIFY(models::problemOf(answers(QStringLiteral("Portal"))).isEmpty());
    }

    void aRunbookSaysWhatItNeeds() {
        const models::RunbookOffer offer = models::offerOf(models::parseRunbook(
            "# Deploy\n\n## Environment\n\n| Variable | Requirement |\n| --- | --- |\n"
            "| SECRET_KEY | at least 32 characters, not `change-me` |\n"
            "| SENTRY_DSN | optional |\n| JWT_SECRET | Recommended, else SECRET_KEY is taken |\n"
            "| API_KEY | Required, 32 characters are recommended |\n\n## Steps\n\n"
            "- [ ] Copy it\n\n  ```sh\n  scp a.tar deploy@web-1.example.com:/srv\n"
            "  ssh -p 22 deploy@web-1.example.com ls\n  git clone git@example.com:x\n  ```\n"
            "- [ ] Tell ops@example.com\n"));
        QCOMPARE(offer.contract.size(), 4);
        QVERIFY(offer.destinations.contains(QStringLiteral("deploy@web-1.example.com")));
        QVERIFY(!offer.destinations.contains(QStringLiteral("ops@example.com")));
        const QString text = models::contractText(offer.contract, 0);
        QVERIFY2(text.contains(QStringLiteral(
                     "\"SECRET_KEY\": { required: true, min_length: 32, not: [\"change-me\"] }")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\"SENTRY_DSN\": { required: false }")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\"JWT_SECRET\": { required: false }")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\"API_KEY\": { required: true, min_length: 32 }")),
                 qPrintable(text));
    }
};

Q_DECLARE_METATYPE(models::FirstFile)

QTEST_APPLESS_MAIN(TestFirstFile)
#include "tst_firstfile.moc"

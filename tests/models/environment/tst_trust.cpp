// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/trust.h"
#include "models/environment/workspace.h"

#include <QTest>

using models::parseWorkspace;

namespace {

const QByteArray original =
    "gantry: 1\nname: Portal\nvars: { API: https://api.example.com }\n"
    "environments:\n  prod:\n    colour: '#112233'\n    hosts: { web: { "
    "ssh: deploy@example.com } }\n    services:\n      portal: { health: [ "
    "{ command: ./probe } ] }\nnotify: { chat: https://chat.example.com }\n";

models::Runbook runbookWith(const QString& title, const QString& command) {
    models::Runbook runbook;
    models::Step step;
    step.id = models::StepId(QStringLiteral("one"));
    step.title = title;
    models::Command part;
    part.language = QStringLiteral("sh");
    part.text = command;
    step.commands.append(part);
    runbook.steps.append(step);
    return runbook;
}

} // namespace

class TestTrust : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesWithWhatActs_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<bool>("changes");
        const auto row = [](const char* name, const char* from, const char* to, bool changes) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << changes;
        };
        row("host", "deploy@example.com", "other@example.com", true);
        row("command", "./probe", "./probe2", true);
        row("webhook", "chat.example.com", "chat2.example.com", true);
        row("variable", "api.example.com", "api2.example.com", true);
        row("service's name", "portal:", "portal2:", true);
        row("a key of later", "notify:", "later: { run: x }\nnotify:", true);
        row("protected", "colour: '#112233'", "protected: true", true);
        row("name", "name: Portal", "name: Other", false);
        row("colour", "#112233", "#332211", false);
        row("risk", "notify:", "risks: [ x ]\nnotify:", false);
        row("first log class", "notify:", "log_classes: { error: ERROR }\nnotify:", true);
        row("no log class", "notify:", "log_classes: {}\nnotify:", false);
        row("comment", "notify:", "# a comment\nnotify:", false);
        row("order", "gantry: 1\nname: Portal\n", "name: Portal\ngantry: 1\n", false);
        row("layout", "{ ssh: deploy@example.com }", "{ssh: 'deploy@example.com'}", false);
    }

    void changesWithWhatActs() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(bool, changes);
        QVERIFY(original.contains(from));
        QByteArray edited = original;
        edited.replace(from, to);
        QVERIFY(edited != original);
        const QString before = parseWorkspace(original).trustHash;
        QCOMPARE(before.size(), 64);
        QCOMPARE(parseWorkspace(edited).trustHash != before, changes);
    }

    /// Logs are followed with the first; what is counted in them runs nothing.
    void whichLogClassesThereAreChangesNothing() {
        const auto hash = [](const QByteArray& classes) {
            return parseWorkspace(original + "log_classes: " + classes + '\n').trustHash;
        };
        const QString one = hash("{ error: ERROR }");
        QCOMPARE(hash("{ critical: CRITICAL, error: ERROR|FATAL }"), one);
    }

    void oneKeyIsNoOtherPath() {
        const QString nested = parseWorkspace("vars: { a: { b: x } }\n").trustHash;
        const QString flat = parseWorkspace("vars: { a/b: x }\n").trustHash;
        QVERIFY(nested != flat);
        const QString list = parseWorkspace("vars: [ x ]\n").trustHash;
        QVERIFY(list != nested);
    }

    void countsCommandsOfRunbooks() {
        const QString path = QStringLiteral("a.md");
        const auto hash = [&path](const QString& title, const QString& command) {
            return models::runbookTrust(path, runbookWith(title, command));
        };
        const QString plain = hash(QStringLiteral("One"), QStringLiteral("true"));
        QCOMPARE(hash(QStringLiteral("Another title"), QStringLiteral("true")), plain);
        QVERIFY(hash(QStringLiteral("One"), QStringLiteral("false")) != plain);
        QVERIFY(models::joinTrust(plain, {plain}) != models::joinTrust(plain, {}));
        QVERIFY(models::joinTrust(plain, {plain, path}) != models::joinTrust(plain, {path, plain}));
    }
};

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"

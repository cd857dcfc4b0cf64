// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookparser.h"

#include "models/runbook/runbookjson.h"
#include "models/runbook/runbooknames.h"

#include <QJsonObject>
#include <QTest>

using namespace models;

namespace tests {

class TestRunbookParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void steps_data();
    void steps();
    void lanes_data();
    void lanes();
    void diagnostics_data();
    void diagnostics();
    void htmlAndTablesWithoutStepsAreNotReported_data();
    void htmlAndTablesWithoutStepsAreNotReported();
    void aListInHtmlIsToldOnce();
    void givenNamesAreNotReported();
    void annotations();
    void settingsOfGates();
    void frontMatter();
    void groupsAndTitles();
    void sessionsHaveTheirOutput();
    void choices();
    void idsAreStable();
    void idsDifferHoweverManyThereAre();
    void inspectHasEveryKey();
    void storedFormIsChecked();
};

namespace {

/// One line a step: indentation, line, kind, lane, marks, title, commands, expectations.
QString printed(const Runbook& book) {
    QStringList lines;
    for (const Step& step : book.steps) {
        QString line = QString(2 * step.depth, u' ') + QString::number(step.range.first) + u' ' +
                       nameOf(step.kind);
        if (step.lane != Lane::Main) {
            line += u'/' + nameOf(step.lane);
        }
        line += step.inferred ? QStringLiteral("? ") : QStringLiteral(" ");
        line += step.title;
        for (const Command& command : step.commands) {
            line += QStringLiteral(" $") + QString(command.text).replace(u'\n', u'|');
            line += command.streaming ? QStringLiteral(" ~") : QString();
            line += command.destructive ? QStringLiteral(" !") : QString();
            line += command.needsTerminal ? QStringLiteral(" tty") : QString();
            line += command.asWritten ? QString() : QStringLiteral(" edit");
        }
        for (const Expectation& expectation : step.expectations) {
            line += QStringLiteral(" =") + nameOf(expectation.kind) + u':' + expectation.text;
        }
        if (!step.placeholders.isEmpty()) {
            line += QStringLiteral(" <") + step.placeholders.join(u',') + u'>';
        }
        lines.append(line);
    }
    return lines.join(u'\n');
}

Runbook parse(const char* text) {
    return parseRunbook(QByteArray(text));
}

} // namespace

void TestRunbookParser::steps_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char* name, const char* source, const char* tree) {
        QTest::newRow(name) << QByteArray(source) << QString::fromUtf8(tree);
    };
    row("nothing", "", "");
    row("task", "- [ ] Deploy\n", "1 manual Deploy");
    row("saved tick", "- [x] Deploy\n", "1 manual Deploy");
    row("nested tasks", "- [ ] A\n  - [ ] B\n    - [ ] C\n- [ ] D\n",
        "1 manual A\n  2 manual B\n    3 manual C\n4 manual D");
    row("task in a bullet", "- Group\n  - [ ] A\n", "2 manual A");
    row("fence in a task", "- [ ] Deploy\n  ```sh\n  make deploy\n  ```\n",
        "1 command Deploy $make deploy");
    row("windows ends", "- [ ] Deploy\r\n  ```sh\r\n  make deploy\r\n  make test\r\n  ```\r\n",
        "1 command Deploy $make deploy|make test");
    row("fence behind a list", "## Setup\n1. Build\n```sh\nmake\n```\n", "2 command? Build $make");
    row("fence of a heading", "## Build it\n\n```sh\nmake\n```\n", "3 command? Build it $make");
    row("fence of a lead-in", "## Build it\n\nCompile the code:\n\n```sh\nmake\n```\n",
        "3 command? Compile the code $make");
    row("fence of a wrapped lead-in",
        "## Build it\n\nThe cache is cold. Compile\nthe code with:\n\n```sh\nmake\n```\n",
        "3 command? Compile the code with $make");
    row("fence of the lead-in behind a line",
        "## Build it\n\nThe cache is cold\nCompile the code:\n\n```sh\nmake\n```\n",
        "3 command? Compile the code $make");
    row("fence of a bold line", "**Compile**\n\n```sh\nmake\n```\n", "1 command? Compile $make");
    row("named fence", "```sh {\"name\":\"build\"}\nmake\n```\n", "1 command build $make");
    row("named fence in a list",
        "## Setup\n1. Build\n   ```sh {\"name\":\"build\"}\n   make\n   ```\n",
        "2 command Build $make");
    row("annotated list", "## Setup\n1. Settle <!-- gate: errors < 1% -->\n2. Log in\n",
        "2 gate Settle\n3 manual? Log in");
    row("unlabelled tool", "# Release\n```\nmake all\n```\n", "2 command? Release $make all");
    row("unlabelled output", "# Release\n```\nall good\n```\n", "");
    row("session without a command", "# Release\n```console\n- name = web\n```\n", "");
    row("session without prompts", "# Release\n```console\nmake all\n```\n",
        "2 command? Release $make all");
    row("data language", "# Release\n```yaml\nmake: all\n```\n", "");
    row("fenced template", "# Release\n````markdown\n- [ ] no step\n```sh\nmake\n```\n````\n", "");
    row("html comment", "<!--\n- [ ] no step\n-->\n- [ ] step\n", "4 manual step");
    row("assignments", "## Setup\n```sh\n# Set these\nA=1\nB='two'\n```\n", "");
    row("numbered in doing", "## Deploy\n1. Foo\n2. Bar\n", "2 manual? Foo\n3 manual? Bar");
    row("numbered in reference", "## Overview\n1. Deploy foo\n2. Run bar\n", "");
    row("numbered imperative", "## Foo\n1. Deploy foo\n2. Run bar\n",
        "2 manual? Deploy foo\n3 manual? Run bar");
    row("contents", "## Steps\n1. [A](#a)\n2. [B](#b)\n", "");
    row("rules", "## Deploy\nRules:\n\n1. Keep it small\n", "");
    row("what a machine does", "## Deploy\nThe workflow then runs:\n\n1. Build\n2. Push\n", "");
    row("what is done in a case", "## Deploy\nIf the upload causes errors:\n\n1. Foo\n2. Bar\n",
        "4 manual? Foo\n5 manual? Bar");
    row("restart", "## Deploy\n1. A\n2. B\n1. C\n2. D\n",
        "2 manual? A\n3 manual? B\n4 manual? C\n5 manual? D");
    row("all ones", "## Deploy\n1. A\n1. B\n1. C\n", "2 manual? A\n3 manual? B\n4 manual? C");
    row("expected list",
        "## Test\n1. Call\n```sh\ncurl -f x.test\n```\n\nExpected:\n\n1. HTTP 200\n2. fast\n",
        "2 command? Call $curl -f x.test =http-status:200 =manual:fast");
    row("bullets are notes", "## Deploy\n- Nice weather\n- Good mood\n", "");
    row("imperative bullets", "## Deploy\n- Open the door\n- Close the door\n",
        "2 manual? Open the door\n3 manual? Close the door");
    row("bullet with a fence", "## Foo\n- Weather\n  ```sh\n  make\n  ```\n",
        "2 command? Weather $make");
    row("inline command", "- [ ] Run `make deploy` now\n",
        "1 command Run make deploy now $make deploy");
    row("inline code elsewhere", "- [ ] The file `make deploy` is good\n",
        "1 manual The file make deploy is good");
    row("only a command", "- [ ] `make deploy`\n", "1 command make deploy $make deploy");
    row("bare lines", "# Deploy\n\nmake deploy\nmake test\n",
        "3 command? make deploy $make deploy\n4 command? make test $make test");
    row("bare line with prose", "# Deploy\n\n- If bad:\nmake undo (one step back).\n",
        "3 manual? If bad: make undo (one step back). $make undo edit");
    row("expectations", "- [ ] A\n  ```sh\n  curl x.test\n  # Expected: {\"ok\": true}\n  ```\n",
        "1 command A $curl x.test|# Expected: {\"ok\": true} =json:{\"ok\": true}");
    row("comparison", "- [ ] A\n  ```sh\n  curl x.test # Expected: body.ok == true\n  ```\n",
        "1 command A $curl x.test # Expected: body.ok == true =comparison:body.ok == true");
    row("literal", "- [ ] A\n  ```sh\n  cat x\n  ```\n\n  Expected: `ready`\n",
        "1 command A $cat x =contains:ready");
    row("streaming", "- [ ] A\n  ```sh\n  docker compose up\n  ```\n",
        "1 command A $docker compose up ~");
    row("detached", "- [ ] A\n  ```sh\n  docker compose up -d\n  ```\n",
        "1 command A $docker compose up -d");
    row("destructive", "- [ ] A\n  ```sh\n  docker compose down -v\n  ```\n",
        "1 command A $docker compose down -v !");
    row("terminal", "- [ ] A\n  ```sh\n  ssh web-1.example.com\n  ```\n",
        "1 manual A $ssh web-1.example.com tty");
    row("remote command", "- [ ] A\n  ```sh\n  ssh web-1.example.com uptime\n  ```\n",
        "1 command A $ssh web-1.example.com uptime");
    row("placeholders",
        "- [ ] A\n  ```sh\n  T=1\n  echo $T $U '<no>' <tag> your-key v1.X.0 $HOME $1\n  ```\n",
        "1 command A $T=1|echo $T $U '<no>' <tag> your-key v1.X.0 $HOME $1 "
        "<U,tag,your-key,v1.X.0>");
    row("version alone", "- [ ] A\n  ```sh\n  git checkout vY.1\n  ```\n",
        "1 command A $git checkout vY.1 <vY.1>");
    row("assigned above",
        "- [ ] A\n  ```sh\n  export T=1\n  make\n  ```\n- [ ] B\n  ```sh\n  echo $T\n  ```\n",
        "1 command A $export T=1|make\n6 command B $echo $T");
    row("stop", "# Deploy\n\nDo not proceed until the backup is done.\n",
        "3 gate? Do not proceed until the backup is done.");
    row("stop above a table",
        "# Deploy\n\nDo not proceed without:\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        "3 gate? Do not proceed without:");
    row("stop of two lines above a table",
        "---\ntitle: Deploy\n---\nDo not\nproceed | so\n\nDo not proceed\nwithout:\n| a | b "
        "|\n|---|---|\n",
        "7 gate? Do not proceed without:");
    row("sign-off", "- [ ] QA sign-off\n", "1 approval QA sign-off");
    row("wait", "- [ ] Wait 5 minutes\n", "1 wait Wait 5 minutes");
    row("status table", "## Checks\n| Step | Status |\n|---|---|\n| Build | |\n| Ship | |\n",
        "4 manual? Build\n5 manual? Ship");
    row("history table", "## Checks\n| Step | Status |\n|---|---|\n| Build | ✅ |\n", "");
}

void TestRunbookParser::steps() {
    QFETCH(QByteArray, source);
    QFETCH(QString, tree);
    QCOMPARE(printed(parseRunbook(source)), tree);
}

void TestRunbookParser::lanes_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("tree");
    QTest::newRow("rollback") << QByteArray("# Deploy\n## Rollback\n1. Undo\n### Verify\n1. Look\n")
                              << QStringLiteral("3 manual/rollback? Undo\n5 manual/rollback? Look");
    QTest::newRow("rollback document") << QByteArray("# Rollback\n## Restore\n1. Undo\n")
                                       << QStringLiteral("3 manual/rollback? Undo");
    QTest::newRow("triggers") << QByteArray(
                                     "## Rollback triggers\n- [ ] Bad\n  - [ ] Errors > 5%\n")
                              << QString();
    QTest::newRow("troubleshooting")
        << QByteArray("## Troubleshooting\n```sh\nmake\n```\n") << QString();
    QTest::newRow("finished") << QByteArray("---\nstatus: done\n---\n## Steps\n```sh\nmake\n```\n")
                              << QString();
}

void TestRunbookParser::lanes() {
    QFETCH(QByteArray, source);
    QFETCH(QString, tree);
    QCOMPARE(printed(parseRunbook(source)), tree);
}

void TestRunbookParser::diagnostics_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* source, int line, int column,
                        const char* part) {
        QTest::newRow(name) << QByteArray(source) << line << column << QString::fromUtf8(part);
    };
    row("no blank in front", "# A\n-[ ] one\n", 2, 1, "- [ ] ");
    row("no blank inside", "# A\n  - [] one\n", 2, 3, "- [ ] ");
    row("no blank behind", "# A\n- [ ]one\n", 2, 1, "- [ ] ");
    row("delimiter", "| A | B |\n|---|\n| 1 | 2 |\n", 2, 1, "|---|---|");
    row("empty section", "# A\n## B\n## C\ntext\n", 2, 1, "is empty");
    row("undefined", "# A\n```sh\necho é \"$X\"\n```\n", 3, 10, "Nothing gives X a value");
    row("circle",
        "```sh {\"name\":\"a\",\"inverse\":\"b\"}\nmake a\n```\n\n```sh "
        "{\"name\":\"b\",\"inverse\":\"a\"}\nmake b\n```\n",
        1, 1, "circle");
    row("no such inverse", "```sh {\"name\":\"a\",\"inverse\":\"b\"}\nmake a\n```\n", 1, 1,
        "No fence is named");
    row("double hyphen", "- [ ] Undo <!-- inverse: make --force -->\n", 1, 12, "cannot hold");
    row("flag", "```sh {\"fresh\":\"maybe\"}\nmake\n```\n", 1, 1, "cannot be");
    row("time", "```sh {\"timeout\":\"soon\"}\nmake\n```\n", 1, 1, "such as");
    row("a list in HTML",
        "# Deploy\n\n<div>\n  <OL class=\"a\">\n<li>Run <code>make</code></li>\n</ol></div>\n", 4,
        3, "nothing of it is a step");
    row("bullets in HTML with a command",
        "# Deploy\n<ul>\n<li><code>make deploy</code></li>\n</ul>\n", 3, 1,
        "nothing of it is a step");
    row("a list in HTML on the way back", "# Rollback\n<ol>\n<li>Stop it</li>\n</ol>\n", 2, 1,
        "nothing of it is a step");
    row("a command in a table",
        "# Deploy\n| Step | Command | Status |\n|---|---|---|\n| Restart | `systemctl restart a` | "
        "|\n",
        4, 1, "\"systemctl restart a\"");
    row("a step of a table that runs",
        "# Deploy\n| Step | Status |\n|---|---|\n| Run `make deploy` | |\n", 4, 1,
        "Commands in tables do not run");
    row("not json", "```sh {\"name\": build}\nmake\n```\n", 1, 7, "not JSON");
    row("front matter", "---\na: [\n---\n", 2, 1, "not YAML");
    row("unknown key", "---\nrunbook:\n  colour: red\n---\n", 3, 3, "Unknown key");
}

void TestRunbookParser::diagnostics() {
    QFETCH(QByteArray, source);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QString, part);
    const Runbook book = parseRunbook(source);
    QStringList seen;
    for (const Diagnostic& diagnostic : book.diagnostics) {
        seen.append(QStringLiteral("%1:%2 %3")
                        .arg(diagnostic.line)
                        .arg(diagnostic.column)
                        .arg(diagnostic.message));
    }
    const QString place = QStringLiteral("%1:%2 ").arg(line).arg(column);
    const bool isThere = std::any_of(seen.begin(), seen.end(), [&](const QString& text) {
        return text.startsWith(place) && text.contains(part);
    });
    QVERIFY2(isThere, qPrintable(seen.join(u'\n')));
}

/// What nobody means as steps is not told.
void TestRunbookParser::htmlAndTablesWithoutStepsAreNotReported_data() {
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("links") << QByteArray("# A\n<ul>\n<li><a href=\"b\">B</a></li>\n</ul>\n");
    QTest::newRow("another tag") << QByteArray("# A\n<olive>\n</olive>\n");
    QTest::newRow("a comment") << QByteArray("# A\n<!-- <ol><li><code>make</code></li></ol> -->\n");
    QTest::newRow("reference") << QByteArray(
        "# Deploy\n- [ ] a\n\n## Overview\n<ol>\n<li>a</li>\n</ol>\n");
    QTest::newRow("a table's name of a tool")
        << QByteArray("# Deploy\n| Step | Status |\n|---|---|\n| Ask who knows `git` well | |\n");
    QTest::newRow("a table that is no steps")
        << QByteArray("# Deploy\n| What | How |\n|---|---|\n| Restart | `systemctl restart a` |\n");
}

void TestRunbookParser::htmlAndTablesWithoutStepsAreNotReported() {
    QFETCH(QByteArray, source);
    const Runbook book = parseRunbook(source);
    QVERIFY2(book.diagnostics.isEmpty(), qPrintable(book.diagnostics.value(0).message));
}

/// A blank line ends a block of HTML, and the list goes on.
void TestRunbookParser::aListInHtmlIsToldOnce() {
    const Runbook book = parseRunbook("# A\n<ol>\n<li>a\n\n<ol>\n<li>b</li>\n</ol>\n\n"
                                      "# B\n<ol>\n<li>c</li>\n</ol>\n");
    QCOMPARE(book.diagnostics.size(), 2);
    QCOMPARE(book.diagnostics[0].line, 2);
    QCOMPARE(book.diagnostics[1].line, 10);
}

void TestRunbookParser::givenNamesAreNotReported() {
    const QByteArray source("# A\n```sh\necho \"$X\" \"$Y\"\n```\n");
    const Runbook book = parseRunbook(source, {QStringLiteral("X")});
    QCOMPARE(book.diagnostics.size(), 1);
    QVERIFY(book.diagnostics[0].message.contains(QStringLiteral("gives Y a value")));
    // Another environment may lack the value: the step still asks for it there.
    QCOMPARE(book.steps[0].placeholders, (QStringList{QStringLiteral("X"), QStringLiteral("Y")}));
    QCOMPARE(parseRunbook(source).diagnostics.size(), 2);
}

void TestRunbookParser::annotations() {
    const Runbook book =
        parse("- [ ] Approve <!-- gate: approve by=2 not=self -->\n"
              "- [ ] Settle <!-- gate: error_rate(http, 5m) < 1% for 3 checks -->\n"
              "- [ ] Rest <!-- wait: 24h -->\n"
              "- [ ] Ask <!-- http: get https://example.com/healthz expect body.ok == true -->\n"
              "- [ ] Drop <!-- irreversible -->\n"
              "- [ ] Plain <!-- just a remark -->\n");
    QCOMPARE(book.steps.size(), 6);
    QCOMPARE(book.steps[0].kind, StepKind::Approval);
    QCOMPARE(book.steps[0].approval->by, 2);
    QVERIFY(book.steps[0].approval->notSelf);
    QCOMPARE(book.steps[0].title, QStringLiteral("Approve"));
    QCOMPARE(book.steps[1].kind, StepKind::Gate);
    QCOMPARE(book.steps[1].condition, QStringLiteral("error_rate(http, 5m) < 1% for 3 checks"));
    QCOMPARE(book.steps[2].kind, StepKind::Wait);
    QCOMPARE(book.steps[2].wait, std::chrono::milliseconds(std::chrono::hours(24)));
    QCOMPARE(book.steps[3].kind, StepKind::Http);
    QCOMPARE(book.steps[3].http->method, QStringLiteral("GET"));
    QCOMPARE(book.steps[3].expectations.first().text, QStringLiteral("body.ok == true"));
    QVERIFY(book.steps[4].options.flag(QLatin1String("irreversible"), false));
    QCOMPARE(book.steps[5].kind, StepKind::Manual);
    QVERIFY(book.diagnostics.isEmpty());
}

void TestRunbookParser::settingsOfGates() {
    const Runbook book =
        parse("- [ ] Settle <!-- gate: errors < 1%; every=10s samples=3 deadline=5m -->\n"
              "- [ ] Say <!-- gate: body.text == \"a; b\" -->\n"
              "- [ ] Wrong <!-- gate: errors < 1%; often -->\n");
    QCOMPARE(book.steps[0].condition, QStringLiteral("errors < 1%"));
    QCOMPARE(book.steps[0].options.text(QLatin1String("samples")), QStringLiteral("3"));
    QCOMPARE(*book.steps[0].options.duration(QLatin1String("deadline")),
             std::chrono::milliseconds(std::chrono::minutes(5)));
    QCOMPARE(book.steps[1].condition, QStringLiteral("body.text == \"a; b\""));
    QCOMPARE(book.diagnostics.size(), 1);
    QVERIFY(book.diagnostics.first().message.contains(QStringLiteral("\"often\" is no setting")));
}

void TestRunbookParser::frontMatter() {
    const Runbook book =
        parse("---\ntitle: Ship it\nshell: zsh\nrunbook:\n  environments: [dev, prod]\n"
              "  rollback_for: deploy.md\n  vars:\n    TOKEN: {prompt: \"Which token?\", "
              "secret: true}\n    REGION: eu\n  triggers:\n    - \"errors > 5%\"\n---\n- [ ] A\n");
    for (const Diagnostic& diagnostic : book.diagnostics) {
        QFAIL(qPrintable(diagnostic.message));
    }
    QCOMPARE(book.title, QStringLiteral("Ship it"));
    QCOMPARE(book.frontMatter.shell, QStringLiteral("zsh"));
    QCOMPARE(book.frontMatter.environments.size(), 2);
    QCOMPARE(book.frontMatter.triggers, QStringList(QStringLiteral("errors > 5%")));
    QCOMPARE(book.kind, DocumentKind::RollbackRunbook);
    QCOMPARE(book.variables.size(), 2);
    QVERIFY(book.variables[0].secret);
    QCOMPARE(book.variables[0].line, 8);
    QCOMPARE(book.variables[1].value, QStringLiteral("eu"));
    QCOMPARE(book.steps.first().range.first, 13);
}

void TestRunbookParser::groupsAndTitles() {
    const Runbook book =
        parse("# Go\n```sh\n# Build it\nmake\n\n# Test it\nmake test\nmake lint\n```\n");
    const QList<CommandGroup> groups = book.steps.first().commands.first().groups;
    QCOMPARE(groups.size(), 2);
    QCOMPARE(groups[0].title, QStringLiteral("Build it"));
    QCOMPARE(groups[0].line, 4);
    QCOMPARE(groups[1].title, QStringLiteral("Test it"));
    QCOMPARE(groups[1].text, QStringLiteral("make test\nmake lint"));
    QCOMPARE(book.counts.commands, 3);
}

void TestRunbookParser::sessionsHaveTheirOutput() {
    const Runbook book = parse("# Go\n```console\n$ uname\nLinux\n$ echo \\\n  two\n```\n");
    QCOMPARE(book.steps.size(), 1);
    const Step& step = book.steps.first();
    QCOMPARE(step.commands.first().text, QStringLiteral("uname\n\necho \\\ntwo"));
    QCOMPARE(step.expectations.size(), 1);
    QCOMPARE(step.expectations.first().text, QStringLiteral("Linux"));
    QCOMPARE(step.expectations.first().line, 4);
}

void TestRunbookParser::choices() {
    const Runbook fences =
        parse("# Go\nUse make:\n```sh\nmake\n```\nOr use ninja:\n```sh\nninja -v\n```\n");
    QCOMPARE(fences.steps.size(), 1);
    QCOMPARE(fences.steps.first().commands.size(), 2);
    QCOMPARE(fences.steps.first().commands[0].choice, QStringLiteral("Option 1"));
    QCOMPARE(fences.steps.first().commands[1].choice, QStringLiteral("Or use ninja"));
    const Runbook groups =
        parse("# Go\n```sh\n# Option A: make\nmake\n\n# Option B: ninja\nninja -v\n```\n");
    QCOMPARE(groups.steps.size(), 1);
    QCOMPARE(groups.steps.first().commands.size(), 2);
    QCOMPARE(groups.steps.first().commands[1].choice, QStringLiteral("Option B: ninja"));
}

void TestRunbookParser::idsAreStable() {
    const Runbook before = parse("# A\n## B\n- [ ] One\n- [ ] One\n- [ ] Two\n");
    const Runbook after =
        parse("# A\n\nNew text.\n\n## B\n- [ ] One\n- [ ] One\n- [ ] New\n- [ ] Two\n");
    QCOMPARE(after.steps[0].id, before.steps[0].id);
    QCOMPARE(after.steps[1].id, before.steps[1].id);
    QCOMPARE(after.steps[3].id, before.steps[2].id);
    QVERIFY(before.steps[0].id != before.steps[1].id);
}

void TestRunbookParser::idsDifferHoweverManyThereAre() {
    // Nothing tells beforehand that these will be steps: no check box, no fence.
    QByteArray document = "# Release\n\n## Deploy\n\n";
    for (int i = 0; i < 2'000; ++i)
        document +=
            QByteArray::number(i + 1) + ". Restart worker " + QByteArray::number(i / 2) + '\n';
    const Runbook book = parseRunbook(document);
    QCOMPARE(book.steps.size(), 2'000);
    QSet<QString> ids;
    for (const Step& step : book.steps)
        ids.insert(step.id.text());
    QCOMPARE(ids.size(), 2'000);
    QCOMPARE(book.steps[1].id.text(), book.steps[0].id.text() + QStringLiteral("-2"));
}

void TestRunbookParser::inspectHasEveryKey() {
    const QJsonObject object = inspectJson(parse("# A\n- [ ] Run `make x`\n"));
    for (const char* key : {"title", "sha256", "sections", "steps", "contract", "conditions",
                            "risks", "counts", "diagnostics"}) {
        QVERIFY2(object.contains(QLatin1String(key)), key);
    }
    const QJsonObject step = object[QLatin1String("steps")][0].toObject();
    for (const char* key :
         {"id", "title", "kind", "lane", "section", "depth", "parent", "line", "end_line",
          "inferred", "was_checked", "commands", "expect", "placeholders", "urgent"}) {
        QVERIFY2(step.contains(QLatin1String(key)), key);
    }
    QVERIFY(step[QLatin1String("parent")].isNull());
    const QJsonObject counts = object[QLatin1String("counts")].toObject();
    for (const char* key :
         {"sections", "task_items", "task_items_nested", "task_items_checked", "steps", "commands",
          "shell_blocks", "expectations", "placeholders", "rollback_steps", "conditions"}) {
        QVERIFY2(counts.contains(QLatin1String(key)), key);
    }
    QVERIFY(inspectOutline(parse("# A\n- [ ] B\n")).contains(QStringLiteral("2. B (manual)")));
}

void TestRunbookParser::storedFormIsChecked() {
    QJsonObject object = runbookToJson(parse("# A\n- [ ] B\n"));
    QVERIFY(runbookFromJson(object).has_value());
    object[QLatin1String("title")] = 7;
    const Result<Runbook> book = runbookFromJson(object);
    QVERIFY(!book.has_value());
    QCOMPARE(book.error().code, ErrorCode::Damaged);
    QVERIFY(book.error().message.contains(u"title"));
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestRunbookParser)
#include "tst_runbookparser.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/steptext.h"

#include <QTest>

class TestStepText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesTheStepsOwnWords_data();
    void leavesTheStepsOwnWords();
};

void TestStepText::leavesTheStepsOwnWords_data() {
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QStringList>("commands");
    QTest::addColumn<QString>("text");

    const auto row = [](const char* name, const char* body, const char* title,
                        const QStringList& commands, const char* text) {
        QTest::newRow(name) << QString::fromUtf8(body) << QString::fromUtf8(title) << commands
                            << QString::fromUtf8(text);
    };
    row("only a title", "- [ ] Tell the **support** team", "Tell the support team", {}, "");
    row("a numbered title with its command",
        "1. Note what runs now\n   ```sh\n   docker ps\n   ```", "Note what runs now",
        {QStringLiteral("docker ps")}, "");
    row("continuation of a task item",
        "- [ ] **Start the proxy**\n  ```bash\n  start proxy\n  ```\n  **Status**: suspended\n"
        "  **Impact**: all calls",
        "Start the proxy", {QStringLiteral("start proxy")},
        "**Status**: suspended\n**Impact**: all calls");
    row("continuation behind the checkbox",
        "- [ ] Look\n      at the graphs\n\n      They are flat.", "Look at the graphs", {},
        "They are flat.");
    row("more than the title in the first line", "2. Stop the portal. It takes a minute.",
        "Stop the portal", {}, "Stop the portal. It takes a minute.");
    row("a fence that is not run", "- [ ] Compare\n  ```json\n  {\"ok\": true}\n  ```", "Compare",
        {}, "```json\n{\"ok\": true}\n```");
    row("prompts", "- [ ] List\n  ```console\n  $ ls\n  a  b\n  ```", "List",
        {QStringLiteral("ls")}, "");
    row("nested text keeps its form", "- [ ] Look\n  - at this\n    - and that", "Look", {},
        "- at this\n  - and that");
    row("no item", "Some words\n\n    code", "Title", {}, "Some words\n\n    code");
    row("nothing", "", "Title", {}, "");
}

void TestStepText::leavesTheStepsOwnWords() {
    QFETCH(QString, body);
    QFETCH(QString, title);
    QFETCH(QStringList, commands);
    QFETCH(QString, text);
    models::Step step;
    step.body = body;
    step.title = title;
    for (const QString& command : commands) {
        models::Command run;
        run.text = command;
        step.commands << run;
    }
    QCOMPARE(ui::stepText(step), text);
}

QTEST_GUILESS_MAIN(TestStepText)
#include "tst_steptext.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/yaml.h"

#include <QTest>

using models::parseYaml;
using models::YamlDocument;
using models::YamlLimits;
using models::YamlNode;

namespace {

QByteArray bomb() {
    QByteArray text("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        text += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [";
        for (int j = 0; j < 10; ++j)
            text += (j > 0 ? ", " : "") + before;
        text += "]\n";
    }
    return text;
}

QByteArray tail(const QByteArray& head) {
    return head + "\nafter: 1\n";
}

} // namespace

class TestYaml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsPlaces() {
        const YamlDocument document = parseYaml("name: x\nlist:\n  - one\n  - key: two\n");
        QVERIFY(document.diagnostics.isEmpty());
        const YamlNode* list = document.root.find(u"list");
        QVERIFY(list != nullptr && list->isSequence());
        QCOMPARE(list->keyLine, 2);
        QCOMPARE(list->keyColumn, 1);
        QCOMPARE(list->children.size(), 2);
        QCOMPARE(list->children[0].text, QStringLiteral("one"));
        QCOMPARE(list->children[0].line, 3);
        QCOMPARE(list->children[0].column, 5);
        QCOMPARE(list->children[1].find(u"key")->text, QStringLiteral("two"));
    }

    void saysWhereItIsNotUtf8_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("Latin-1") << QByteArray("name: caf\xc3\xa9\nfile: \xc3\xa9t\xe9.log\n") << 2
                                 << 9;
        QTest::newRow("the last byte") << QByteArray("a: b\xe9") << 1 << 5;
        QTest::newRow("a byte that goes on with nothing") << QByteArray("a: \x80 b\n") << 1 << 4;
        QTest::newRow("half a surrogate") << QByteArray("a: \xed\xa0\x80\n") << 1 << 4;
    }

    void saysWhereItIsNotUtf8() {
        QFETCH(const QByteArray, text);
        const YamlDocument document = parseYaml(text);
        QCOMPARE(document.diagnostics.size(), 1);
        QTEST(document.diagnostics.first().line, "line");
        QTEST(document.diagnostics.first().column, "column");
        QVERIFY(document.diagnostics.first().message.contains(u"not UTF-8: here is the byte 0x"));
        QCOMPARE(document.root.children.size(), text.count(':'));
    }

    void readsWideCharacters() {
        const QByteArray wide("\xff\xfe"
                              "a\0:\0 \0\xe9\0\n\0",
                              12);
        const YamlDocument document = parseYaml(wide);
        QVERIFY(document.diagnostics.isEmpty());
        QCOMPARE(document.root.find(u"a")->text, QStringLiteral("é"));
    }

    void tellsTextFromNothing() {
        const YamlDocument document = parseYaml("a: ~\nb: null\nc: \"null\"\nd:\n");
        QCOMPARE(document.root.find(u"a")->kind, models::YamlKind::Null);
        QCOMPARE(document.root.find(u"b")->kind, models::YamlKind::Null);
        QCOMPARE(document.root.find(u"c")->text, QStringLiteral("null"));
        QCOMPARE(document.root.find(u"d")->kind, models::YamlKind::Null);
    }

    void expandsAliases() {
        const YamlDocument document = parseYaml("a: &x {k: v}\nb: *x\n");
        QVERIFY(document.diagnostics.isEmpty());
        const YamlNode* copy = document.root.find(u"b");
        QCOMPARE(copy->find(u"k")->text, QStringLiteral("v"));
        QCOMPARE(copy->key, QStringLiteral("b"));
    }

    void reportsKeysThatComeTwice() {
        const YamlDocument document = parseYaml("a: 1\nb: 2\na: 3\n");
        QCOMPARE(document.diagnostics.size(), 1);
        QCOMPARE(document.diagnostics[0].line, 3);
        QVERIFY(document.diagnostics[0].message.contains(QStringLiteral("\"a\"")));
        QCOMPARE(document.root.find(u"a")->text, QStringLiteral("1"));
    }

    void keepsWhatCameBeforeAnError() {
        const YamlDocument document = parseYaml("a: 1\nb:\n  c: 2\n  d: [1, 2\ne: 3\n");
        QCOMPARE(document.root.find(u"a")->text, QStringLiteral("1"));
        QCOMPARE(document.root.find(u"b")->find(u"c")->text, QStringLiteral("2"));
        QCOMPARE(document.diagnostics.size(), 1);
        QCOMPARE(document.diagnostics[0].severity, models::Severity::Error);
        QVERIFY(document.diagnostics[0].line >= 4);
    }

    void boundsWhatItReads_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const QByteArray& bytes, const QString& says) {
            QTest::newRow(name) << bytes << says;
        };
        row("alias bomb", bomb(), QStringLiteral("more than 50000 values"));
        row("flow lists", tail(QByteArray(200'000, '[')), QStringLiteral("nested more than"));
        row("flow maps", tail(QByteArray("{a: ").repeated(50'000)),
            QStringLiteral("nested more than"));
        row("block lists", tail(QByteArray("- ").repeated(100'000)),
            QStringLiteral("nested more than"));
        row("explicit keys", tail(QByteArray("? ").repeated(100'000)),
            QStringLiteral("nested more than"));
        row("many values", QByteArray("- x\n").repeated(60'000),
            QStringLiteral("more than 50000 values"));
        row("a large file", QByteArray(2 * 1024 * 1024, ' '), QStringLiteral("2097152 bytes"));
    }

    void boundsWhatItReads() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const YamlDocument document = parseYaml(bytes);
        QVERIFY(!document.diagnostics.isEmpty());
        const QString message = document.diagnostics.last().message;
        QVERIFY2(message.contains(says), qPrintable(message));
    }

    void acceptsAnyBytes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfname: x\n");
        QTest::newRow("line ends of Windows") << QByteArray("name: x\r\nid: y\r\n");
        QTest::newRow("NUL") << QByteArray("name: \0x\n", 9);
        QTest::newRow("invalid UTF-8") << QByteArray("name: \xff\xfe\x80\n");
        QTest::newRow("UTF-16") << QByteArray("\xff\xfen\0a\0m\0e\0", 10);
        QTest::newRow("tabs") << QByteArray("a:\n\tb: 1\n");
        QTest::newRow("unknown alias") << QByteArray("a: *nobody\n");
        QTest::newRow("alias to itself") << QByteArray("a: &a [*a]\n");
        QTest::newRow("directives") << QByteArray("%YAML 9.9\n%TAG ! x\n---\na: 1\n");
        QTest::newRow("unclosed quote") << QByteArray("a: \"never ends");
        QTest::newRow("only colons") << QByteArray(5'000, ':');
        QTest::newRow("end of file mark") << QByteArray("a: \x04 b\n");
    }

    void acceptsAnyBytes() {
        QFETCH(QByteArray, bytes);
        const YamlDocument document = parseYaml(bytes);
        // It came back; what it says stays inside the text.
        const int lines = static_cast<int>(bytes.count('\n')) + 1;
        for (const models::Diagnostic& diagnostic : document.diagnostics) {
            QVERIFY(diagnostic.line >= 1 && diagnostic.line <= lines);
            QVERIFY(diagnostic.column >= 1);
            QVERIFY(!diagnostic.message.isEmpty());
        }
    }

    void everyBeginningIsAccepted() {
        const QByteArray whole("gantry: 1\nvars: {A: 'b', C: \"d\\n\"}\nlist:\n- &x a\n- *x\n"
                               "text: |\n  one\n  two\n? complex\n: value\n");
        for (qsizetype size = 0; size <= whole.size(); ++size) {
            const YamlDocument document = parseYaml(whole.left(size));
            const bool isWhole = size == whole.size();
            QVERIFY(!isWhole || document.diagnostics.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"

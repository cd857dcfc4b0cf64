// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logjson.h"

#include <QJsonDocument>
#include <QTest>

using models::FlatField;
using models::flatFields;
using models::jsonOfLine;
using models::prettyJson;

class TestLogJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indents_data();
    void indents();
    void bracketsAloneFillNoMemory();
    void makesJsonOfALine_data();
    void makesJsonOfALine();
    void flattens_data();
    void flattens();
};

void TestLogJson::indents_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pretty");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("members keep their order and spelling")
        << QByteArray(R"({"b":1.50,"a":[1, 2],"c":{}})")
        << QByteArray("{\n  \"b\": 1.50,\n  \"a\": [\n    1,\n    2\n  ],\n  \"c\": {}\n}");
    QTest::newRow("strings stay") << QByteArray(R"({"a":"x, {y}: \" ]"})")
                                  << QByteArray("{\n  \"a\": \"x, {y}: \\\" ]\"\n}");
    QTest::newRow("empty ones") << QByteArray("[{ },[ ]]") << QByteArray("[\n  {},\n  []\n]");
    QTest::newRow("no JSON") << QByteArray("}}]\"a") << QByteArray("\n}\n}\n]\"a");
    QTest::newRow("cut off") << QByteArray("{\"a\\") << QByteArray("{\n  \"a\\");
}

void TestLogJson::indents() {
    QFETCH(QByteArray, json);
    QTEST(prettyJson(json), "pretty");
}

void TestLogJson::bracketsAloneFillNoMemory() {
    const QByteArray pretty = prettyJson(QByteArray(200'000, '['));
    QVERIFY(pretty.size() < 200'000 * 100);
}

void TestLogJson::makesJsonOfALine_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("json"); // compact; empty: none
    const auto row = [](const char* name, const char* line, const char* json) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(json);
    };
    row("no fields", "just words", "");
    row("an object", R"( {"level":"info","n":1.0} )", R"({"level":"info","n":1})");
    row("pairs", R"(level=info msg="say \"x\"" n=12)",
        R"({"level":"info","msg":"say \"x\"","n":12})");
    row("what is no number in JSON", "a=nan b=+5 c=007 d=1e5",
        R"({"a":"nan","b":"+5","c":"007","d":100000})");
}

void TestLogJson::makesJsonOfALine() {
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, json);
    const QByteArray made = jsonOfLine(line);
    const QJsonDocument document = QJsonDocument::fromJson(made);
    QCOMPARE(document.isNull(), json.isEmpty());
    QCOMPARE(document, QJsonDocument::fromJson(json));
}

void TestLogJson::flattens_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("pairs") << QByteArray("a=1 b=\"x y\"") << QStringList{u"a=1"_qs, u"b=x y"_qs};
    QTest::newRow("nested") << QByteArray(R"({"a":{"b":{"c":"\u00e9\n"}},"d":[{"e":1}],"f":{}})")
                            << QStringList{u"a.b.c=é\n"_qs, u"d=[{\"e\":1}]"_qs, u"f={}"_qs};
    QByteArray deep;
    for (int i = 0; i < 12; ++i)
        deep += "{\"a\":";
    deep += '1' + QByteArray(12, '}');
    QTest::newRow("too deep") << deep
                              << QStringList{u"a.a.a.a.a.a.a.a.a={\"a\":{\"a\":{\"a\":1}}}"_qs};
}

void TestLogJson::flattens() {
    QFETCH(QByteArray, line);
    QStringList fields;
    for (const FlatField& field : flatFields(line))
        fields.append(field.name + u'=' + field.value);
    QTEST(fields, "fields");
}

QTEST_APPLESS_MAIN(TestLogJson)
#include "tst_logjson.moc"

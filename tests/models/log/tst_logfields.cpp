// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfields.h"
#include "tests/models/log/logtext.h"

#include <QTest>

using models::fieldsOf;
using models::LogField;

class TestLogFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void pointsIntoAnyLine();
};

void TestLogFields::reads_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("fields"); // name=value with the kind's first letter
    const auto row = [](const char* text, const char* fields) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(fields);
    };
    row("", "");
    row("nothing here", "");
    row(R"({"a":"b","n": -1.5e+3 ,"t":true,"o":{"x":[1,"}"]},"e":""})",
        R"(a=b,T n=-1.5e+3,N t=true,N o={"x":[1,"}"]} e=,T)");
    row(R"({"a":"say \"x\""})", R"(a=say \"x\",T)");
    row("{}", "");
    row("{\"a\":", "");
    row("{\"a\":1} rest", "");
    row("ts=1 level=info msg=\"a b\" empty= x", "ts=1,N level=info,T msg=a b,T empty=,T");
    row("prefix [x] user.id=7 path=/a?b=c", "user.id=7,N path=/a?b=c,T");
    row("a=\"open", "a=\"open,T");
}

void TestLogFields::reads() {
    QFETCH(QByteArray, text);
    QByteArrayList found;
    for (const LogField& field : fieldsOf(text)) {
        const char* const kind = field.kind == LogField::Kind::Text     ? ",T"
                                 : field.kind == LogField::Kind::Number ? ",N"
                                                                        : "";
        found.append(field.name.toByteArray() + '=' + field.value.toByteArray() + kind);
    }
    QTEST(found.join(' '), "fields");
}

void TestLogFields::pointsIntoAnyLine() {
    tests::LogText random(8);
    for (int round = 0; round < 2'000; ++round) {
        const QByteArray line = (round % 2 == 0 ? "{\"" : "a=") + random.line();
        for (const LogField& field : fieldsOf(line)) {
            QVERIFY(field.name.data() >= line.constData());
            QVERIFY(field.value.data() + field.value.size() <= line.constData() + line.size());
        }
    }
}

QTEST_GUILESS_MAIN(TestLogFields)
#include "tst_logfields.moc"

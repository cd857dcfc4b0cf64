// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/expectation.h"
#include "models/run/lenientjson.h"

#include <QJsonObject>
#include <QTest>

using namespace models;

class TestExpectation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verdict_data() {
        QTest::addColumn<ExpectationKind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("err");
        QTest::addColumn<QString>("script");
        QTest::addColumn<Verdict>("expected");
        const auto add = [](const char* name, ExpectationKind kind, const char* text,
                            const char* out, Verdict expected, const char* err = "",
                            const char* script = "") {
            QTest::newRow(name) << kind << QString::fromUtf8(text) << QByteArray(out)
                                << QByteArray(err) << QString::fromUtf8(script) << expected;
        };
        using Kind = ExpectationKind;
        add("status line", Kind::HttpStatus, "200", "HTTP/1.1 200 OK\r\n\r\nok", Verdict::Pass);
        add("other status", Kind::HttpStatus, "200", "HTTP/2 503 \r\n\r\nno", Verdict::Fail);
        add("last status", Kind::HttpStatus, "200",
            "HTTP/1.1 301 Moved\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", Verdict::Pass);
        add("status in curl's trace", Kind::HttpStatus, "204", "", Verdict::Pass,
            "> GET / HTTP/1.1\n< HTTP/1.1 204 No Content\n");
        add("no status line", Kind::HttpStatus, "200", "200 OK", Verdict::Unknown);
        add("asked for by curl", Kind::HttpStatus, "200", "200", Verdict::Pass, "",
            "curl -w '%{http_code}'");
        add("json subset", Kind::Json, "{ok: true}", "{\"ok\":true,\"n\":1}", Verdict::Pass);
        add("json wildcard", Kind::Json, "{\"id\": \"...\", tags: [1, ...]}",
            "{\"id\":7,\"tags\":[1,2,3]}", Verdict::Pass);
        add("json differs", Kind::Json, "{\"ok\":true}", "{\"ok\":false}", Verdict::Fail);
        add("json type", Kind::Json, "{\"n\":1}", "{\"n\":\"1\"}", Verdict::Fail);
        add("json lacks", Kind::Json, "{\"a\":{\"b\":1}}", "{\"a\":{}}", Verdict::Fail);
        add("json behind a header", Kind::Json, "{\"ok\":true}",
            "HTTP/1.1 200 OK\r\nA: b\r\n\r\n{\"ok\":true}", Verdict::Pass);
        add("no output", Kind::Json, "{\"ok\":true}", "", Verdict::Unknown);
        add("no json", Kind::Json, "{\"ok\":true}", "bad gateway", Verdict::Fail);
        add("unreadable expectation", Kind::Json, "{ok: ", "{}", Verdict::Unknown);
        add("comparison", Kind::Comparison, "body.count >= 3", "{\"count\":4}", Verdict::Pass);
        add("comparison fails", Kind::Comparison, "body.ok == true", "{\"ok\":false}",
            Verdict::Fail);
        add("not observed", Kind::Comparison, "body.ok == true", "{}", Verdict::Unknown);
        add("exit", Kind::Comparison, "exit == 0", "", Verdict::Pass);
        add("no number", Kind::Comparison, "body.n > 3", "{\"n\":\"4\"}", Verdict::Unknown);
        add("beyond a comparison", Kind::Comparison, "body.a == 1 && body.b == 2", "{}",
            Verdict::Unknown);
        add("contains", Kind::Contains, "ready", "\x1b[32mrea\x1b[0mdy\n", Verdict::Pass);
        add("contains not", Kind::Contains, "ready", "starting\n", Verdict::Fail);
        add("similar", Kind::Similar, "0.8\nversion 1.2.3", "version 1.2.4", Verdict::Pass);
        add("unlike", Kind::Similar, "0.8\nversion 1.2.3", "no such file", Verdict::Fail);
        add("for a person", Kind::Manual, "looks good", "it does", Verdict::Unknown);
    }
    void verdict() {
        QFETCH(ExpectationKind, kind);
        QFETCH(QString, text);
        QFETCH(QByteArray, out);
        QFETCH(QByteArray, err);
        QFETCH(QString, script);
        QFETCH(Verdict, expected);
        const Finding finding = checkExpectation({kind, text, 1}, {0, out, err, script});
        QVERIFY2(finding.verdict == expected, qPrintable(finding.reason));
        QVERIFY(!finding.reason.isEmpty());
    }

    void resultSurvivesTheJournal() {
        const ExpectationResult result{{ExpectationKind::Json, u"{ok:true}"_qs, 12},
                                       {Verdict::Fail, u"because"_qs, u"{}"_qs}};
        QCOMPARE(expectationResultFromJson(expectationResultToJson(result)), result);
    }

    void deepJsonIsRefused() { QVERIFY(!parseLenientJson(QString(100'000, u'['))); }
};

QTEST_GUILESS_MAIN(TestExpectation)
#include "tst_expectation.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/condition.h"

#include <QRandomGenerator>
#include <QTest>

using namespace models;

namespace {

using Kind = ConditionNode::Kind;

/// The tree in Lisp's way, so that precedence shows.
QString shape(const ConditionNode& node) {
    static const QHash<Kind, QString> names{
        {Kind::Not, u"!"_qs},          {Kind::And, u"&&"_qs},      {Kind::Or, u"||"_qs},
        {Kind::Equal, u"=="_qs},       {Kind::NotEqual, u"!="_qs}, {Kind::Less, u"<"_qs},
        {Kind::LessOrEqual, u"<="_qs}, {Kind::Greater, u">"_qs},   {Kind::GreaterOrEqual, u">="_qs},
        {Kind::In, u"in"_qs},          {Kind::Add, u"+"_qs},       {Kind::Subtract, u"-"_qs},
        {Kind::Multiply, u"*"_qs},     {Kind::Divide, u"/"_qs}};
    if (node.kind == Kind::Literal)
        return valueWords(node.literal).remove(u' ');
    if (node.kind == Kind::Path)
        return pathText(node.path);
    QStringList words{node.kind == Kind::Call ? node.function : names.value(node.kind)};
    for (const ConditionNode& part : node.parts)
        words.append(shape(part));
    return u'(' + words.join(u' ') + u')';
}

} // namespace

class TestCondition : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understands_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char16_t* text, const char16_t* tree) {
            const QString condition = QString::fromUtf16(text);
            QTest::addRow("%s", qPrintable(condition)) << condition << QString::fromUtf16(tree);
        };
        row(u"http.status in [200, 204] && body.ok == true && body.media_ok == true",
            u"(&& (&& (in http.status 200 204) (== body.ok true)) (== body.media_ok true))");
        row(u"sha_eq(body.commit, target.commit)", u"(sha_eq body.commit target.commit)");
        row(u"tls.expires_in > 14d", u"(> tls.expires_in 14d)");
        row(u"p95(http.ttfb, 5m) <= 1.5x baseline.p95",
            u"(<= (p95 http.ttfb 5min) (* 1.5 baseline.p95))");
        row(u"success_rate(http, 5m) > 95%", u"(> (success_rate http 5min) 0.95)");
        row(u"error_rate(http, 1m) > 10% for 2 checks", u"(> (error_rate http 60s) 0.1)");
        row(u"count(log.critical, 24h) == 0 && coverage(log.critical, 24h) >= 99%",
            u"(&& (== (count log.critical 24h) 0) (>= (coverage log.critical 24h) 0.99))");
        row(u"prom(\"error_ratio\", 5m) < 10%", u"(< (prom \"error_ratio\" 5min) 0.1)");
        row(u"prom('up') == 1", u"(== (prom \"up\") 1)");
        row(u"burn(99.9%, 1h) > 14.4 && burn(99.9%, 5m) > 14.4",
            u"(&& (> (burn 0.999 60min) 14.4) (> (burn 0.999 5min) 14.4))");
        row(u"apdex(500ms, 5m) >= 0.85 for 3 of 5 checks", u"(>= (apdex 500ms 5min) 0.85)");
        row(u"a || b && !c", u"(|| a (&& b (! c)))");
        row(u"(a || b) && c", u"(&& (|| a b) c)");
        row(u"a + b * 2 - c / 4 < 1", u"(< (- (+ a (* b 2)) (/ c 4)) 1)");
        row(u"portal.health.body.items[0][\"content-type\"] == null",
            u"(== portal.health.body.items[0][\"content-type\"] null)");
        row(u"disk.free > 1.5GB", u"(> disk.free 1.5GB)");
        row(u"a == 'it\\'s'", u"(== a \"it's\")");
        row(u"(a == true) == b", u"(== (== a true) b)");
    }
    void understands() {
        QFETCH(const QString, text);
        const auto condition = Condition::parse(text);
        QVERIFY2(condition, condition ? "" : qPrintable(condition.error().message));
        QTEST(shape(condition->root()), "tree");
        QCOMPARE(condition->text(), text);
    }

    void knowsHowOften_data() {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<Sustain::Kind>("kind");
        QTest::addColumn<int>("needed");
        QTest::addColumn<int>("of");
        QTest::addColumn<int>("milliseconds");
        QTest::newRow("none") << QString() << Sustain::Kind::Once << 1 << 1 << 0;
        QTest::newRow("1") << u" for 1 check"_qs << Sustain::Kind::Checks << 1 << 1 << 0;
        QTest::newRow("2") << u" for 2 checks"_qs << Sustain::Kind::Checks << 2 << 2 << 0;
        QTest::newRow("3 of 5") << u" for 3 of 5 checks"_qs << Sustain::Kind::Checks << 3 << 5 << 0;
        QTest::newRow("5m") << u" for 5m"_qs << Sustain::Kind::Time << 1 << 1 << 300'000;
    }
    void knowsHowOften() {
        QFETCH(const QString, suffix);
        const auto condition = Condition::parse(u"a"_qs + suffix);
        QVERIFY(condition);
        QTEST(condition->sustain().kind, "kind");
        QTEST(condition->sustain().needed, "needed");
        QTEST(condition->sustain().of, "of");
        QTEST(int(condition->sustain().time.count()), "milliseconds");
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char16_t* text, int column, const char16_t* says) {
            const QString condition = QString::fromUtf16(text);
            QTest::addRow("%s", qPrintable(condition))
                << condition << column << QString::fromUtf16(says);
        };
        row(u"", 1, u"value is missing");
        row(u"http.status = 200", 13, u"==");
        row(u"a & b", 3, u"&&");
        row(u"a | b", 3, u"||");
        row(u"a and b", 3, u"&&");
        row(u"a or b", 3, u"||");
        row(u"not a", 1, u"!");
        row(u"1 < a < 3", 7, u"chain");
        row(u"a b", 3, u"Join");
        row(u"a ==", 5, u"stops here");
        row(u"a == \"x", 6, u"closing");
        row(u"a == 5q", 7, u"no unit");
        row(u"a for 88888888888888888888m", 7, u"ten years");
        row(u"a == -1", 6, u"minus");
        row(u"a # b", 3, u"no meaning");
        row(u"(a", 3, u"\")\"");
        row(u"a in 5", 6, u"\"[\"");
        row(u"a.5 == 1", 3, u"dot");
        row(u"a[1.5]", 3, u"whole number");
        row(u"a for", 6, u"2 checks");
        row(u"a for 3 of 2 checks", 7, u"2 checks");
        row(u"a for 2", 7, u"2 checks");
        row(u"a for 0 checks", 7, u"2 checks");
        row(u"p96(http, 5m) > 1", 1, u"no function");
        row(u"p95(http.total) > 1s", 1, u"p95(SERIES, WINDOW)");
        row(u"p95(\"http\", 5m) > 1s", 5, u"p95(SERIES, WINDOW)");
        row(u"p95(http.total, 5) > 1s", 17, u"p95(SERIES, WINDOW)");
        row(u"p95(http.total, 0s) > 1s", 17, u"p95(SERIES, WINDOW)");
        row(u"p95(http.total, 5m) > 500", 23, u"a duration cannot be compared with a number");
        row(u"success_rate(http, 5m) > 5s", 26, u"a number cannot be compared with a duration");
        row(u"http.total < \"slow\"", 14, u"text is neither more nor less");
        row(u"5m", 1, u"true or false");
        row(u"a && 'yes'", 6, u"true or false");
        row(u"a + true > 1", 5, u"reckon");
        row(u"1s + 1GB > a", 6, u"added");
        row(u"1s * 1s > a", 6, u"multiplied");
        row(u"1 / 1s > a", 5, u"divided");
        row(u"sha_eq(body.commit, 5)", 21, u"sha_eq(COMMIT, COMMIT)");
    }
    void refuses() {
        QFETCH(const QString, text);
        QFETCH(const QString, says);
        const auto condition = Condition::parse(text);
        QVERIFY(!condition);
        QVERIFY2(condition.error().message.contains(says, Qt::CaseInsensitive),
                 qPrintable(condition.error().message));
        QTEST(condition.error().column, "column");
    }

    void boundsWhatItTakes() {
        QVERIFY(Condition::parse(QString(60, u'(') + u'a' + QString(60, u')')));
        QVERIFY(!Condition::parse(QString(70, u'(') + u'a' + QString(70, u')')));
        QVERIFY(Condition::parse(u"a"_qs + u"||a"_qs.repeated(1300)));
        QVERIFY(!Condition::parse(u"a"_qs + u"||a"_qs.repeated(1400)));
        QVERIFY(!Condition::parse(QString(400, u'9') + u" > a"_qs));
    }

    void namesItsPaths() {
        const auto condition = Condition::parse(
            u"p95(http.total, 5m) < 1s && body.ok && http.total < 2s && !body.ok"_qs);
        QVERIFY(condition);
        QStringList paths;
        for (const HealthPath& path : condition->paths())
            paths.append(pathText(path));
        QCOMPARE(paths, (QStringList{u"http.total"_qs, u"body.ok"_qs}));
    }

    /// Whatever is typed is a condition or has a reason within the text.
    void takesAnything() {
        const QStringList words{u"a"_qs,     u"a.b"_qs, u"("_qs,         u")"_qs,    u"&&"_qs,
                                u"||"_qs,    u"!"_qs,   u"=="_qs,        u"<"_qs,    u"5"_qs,
                                u"5m"_qs,    u"95%"_qs, u"1.5x"_qs,      u"["_qs,    u"]"_qs,
                                u","_qs,     u"in"_qs,  u"for"_qs,       u"of"_qs,   u"checks"_qs,
                                u"\"t\""_qs, u"p95"_qs, u"prom"_qs,      u"null"_qs, u"+"_qs,
                                u"/"_qs,     u"."_qs,   u"\U0001F680"_qs};
        QRandomGenerator random(3);
        int taken = 0;
        for (int round = 0; round < 20'000; ++round) {
            QStringList text;
            for (int i = random.bounded(1, 10); i > 0; --i)
                text.append(words[random.bounded(int(words.size()))]);
            const QString condition = text.join(random.bounded(2) ? u" "_qs : QString());
            const auto parsed = Condition::parse(condition);
            taken += parsed ? 1 : 0;
            if (!parsed) {
                QVERIFY(!parsed.error().message.isEmpty());
                QVERIFY(parsed.error().column >= 1 &&
                        parsed.error().column <= condition.size() + 1);
            }
        }
        QVERIFY(taken > 100);
    }
};

QTEST_GUILESS_MAIN(TestCondition)
#include "tst_condition.moc"

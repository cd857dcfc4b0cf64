// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/isolation.h"

#include <QTest>

using models::IsolationReading;
using models::IsolationRule;
using models::VariableDigests;
using models::Verdict;

namespace {

const QString url = QStringLiteral("DATABASE_URL");
const QString dev = QStringLiteral("dev");
const QString prod = QStringLiteral("prod");
const IsolationRule rule{{url}, {dev, prod}};

VariableDigests books(const QString& environment, const QByteArray& answer) {
    return models::readDigests({environment, QStringLiteral("books"), {}, {}, {}}, {url}, answer);
}

QByteArray digest(char digit) {
    return "1 " + QByteArray(64, digit) + "\nend\n";
}

} // namespace

class TestIsolation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void environmentsAreCompared_data() {
        QTest::addColumn<QByteArray>("inDev");
        QTest::addColumn<QByteArray>("inProd");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const QByteArray& inDev, const QByteArray& inProd,
                            Verdict verdict, const char* words) {
            QTest::newRow(name) << inDev << inProd << verdict << QString::fromUtf8(words);
        };
        row("distinct", digest('a'), digest('b'), Verdict::Pass, "share none of: DATABASE_URL");
        row("shared", digest('a'), digest('a'), Verdict::Fail,
            "dev/books and prod/books share DATABASE_URL.");
        row("not set", digest('a'), "1 absent\nend\n", Verdict::Unknown,
            "No service of prod has DATABASE_URL.");
        row("not to be read", "problem It may not be read.\nend\n", digest('a'), Verdict::Unknown,
            "dev/books: It may not be read.");
        row("no digest", digest('a'), "1 \nend\n", Verdict::Unknown, "no digest of DATABASE_URL");
        row("cut off", digest('a'), "1 " + QByteArray(64, 'b'), Verdict::Unknown, "broke off");
    }

    void environmentsAreCompared() {
        QFETCH(QByteArray, inDev);
        QFETCH(QByteArray, inProd);
        QFETCH(QString, words);
        const IsolationReading reading =
            models::judgeIsolation(rule, {books(dev, inDev), books(prod, inProd)}, {1});
        QTEST(reading.verdict, "verdict");
        QVERIFY2(reading.words.contains(words), qPrintable(reading.words));
    }

    void oneEnvironmentMayShareWithItself() {
        QCOMPARE(models::judgeIsolation(
                     rule,
                     {books(dev, digest('a')), books(dev, digest('a')), books(prod, digest('b'))},
                     {1})
                     .verdict,
                 Verdict::Pass);
    }

    void nothingToCompareIsUnknown() {
        QCOMPARE(models::judgeIsolation(rule, {}, {1}).verdict, Verdict::Unknown);
    }
};

QTEST_APPLESS_MAIN(TestIsolation)
#include "tst_isolation.moc"

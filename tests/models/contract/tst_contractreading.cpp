// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/contractreading.h"

#include <QTest>

using models::ContractReading;
using models::ContractRule;
using models::VariableSource;
using models::Verdict;

namespace {

QList<ContractRule> rules() {
    ContractRule key;
    key.name = QStringLiteral("SECRET_KEY");
    key.isRequired = true;
    key.minLength = 32;
    key.forbidden = {QStringLiteral("change-me")};
    ContractRule url;
    url.name = QStringLiteral("API_URL");
    url.isHttps = true;
    return {key, url};
}

ContractReading read(const QByteArray& answer) {
    return models::readCheck(QStringLiteral("web-1"), rules(), answer, {7});
}

} // namespace

class TestContractReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesAreAskedFor() {
        VariableSource source;
        source.container = {{}, QStringLiteral("shop"), QStringLiteral("portal")};
        models::Host host;
        host.runtime = QStringLiteral("podman");
        host.usesSudo = true;
        const QStringList arguments = models::checkArguments(source, host, rules());
        QCOMPARE(arguments.mid(0, 6),
                 QStringList({QStringLiteral("check"), QStringLiteral("container"),
                              QStringLiteral("podman"), QStringLiteral("yes"),
                              QStringLiteral("shop"), QStringLiteral("portal")}));
        QCOMPARE(arguments.size(), 6 + 5 * 3);
        QCOMPARE(arguments.mid(9, 3),
                 QStringList({QStringLiteral("min_length"), QStringLiteral("SECRET_KEY"),
                              QStringLiteral("32")}));
    }

    void answersAreRead_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<Verdict>("key");
        QTest::addColumn<Verdict>("url");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const char* answer, Verdict key, Verdict url,
                            const char* why) {
            QTest::newRow(name) << QByteArray(answer) << key << url << QString::fromUtf8(why);
        };
        row("good", "1 pass\n2 pass\n3 pass\n4 pass\n5 pass\nend\n", Verdict::Pass, Verdict::Pass,
            "");
        row("short", "1 pass\n2 fail\n3 pass\n4 pass\n5 pass\nend\n", Verdict::Fail, Verdict::Pass,
            "shorter than 32");
        row("a default", "1 pass\n2 pass\n3 fail\n4 pass\n5 fail\nend\n", Verdict::Fail,
            Verdict::Fail, "\"change-me\"");
        row("not set", "1 absent\n2 absent\n3 absent\n4 absent\n5 absent\nend\n", Verdict::Fail,
            Verdict::Pass, "not set");
        row("empty", "1 fail\n2 fail\n3 pass\n4 fail\n5 fail\nend\n", Verdict::Fail, Verdict::Pass,
            "empty");
        row("no verdict", "1 pass\n2 unknown\n3 pass\n4 pass\n5 pass\nend\n", Verdict::Unknown,
            Verdict::Pass, "did not say");
        row("a line is missing", "1 pass\n3 pass\n4 pass\n5 pass\nend\n", Verdict::Unknown,
            Verdict::Pass, "did not say");
        row("cut off", "1 pass\n2 pass\n3 pass\n4 pass\n5 pass\n", Verdict::Unknown,
            Verdict::Unknown, "broke off");
        row("a problem", "problem It may not be read.\nend\n", Verdict::Unknown, Verdict::Unknown,
            "It may not be read.");
        row("nothing", "", Verdict::Unknown, Verdict::Unknown, "broke off");
    }

    void answersAreRead() {
        QFETCH(QByteArray, answer);
        QFETCH(QString, why);
        const ContractReading reading = read(answer);
        QCOMPARE(reading.variables.size(), 2);
        QTEST(reading.variables[0].verdict, "key");
        QTEST(reading.variables[1].verdict, "url");
        QVERIFY2(reading.variables[0].why.contains(why), qPrintable(reading.variables[0].why));
        QCOMPARE(reading.variables[0].why.isEmpty(), why.isEmpty());
    }

    void aPlaceThatIsAwayIsUnknown() {
        const ContractReading reading = models::readCheck(
            QStringLiteral("web-1"), rules(),
            models::failure(models::ErrorCode::NotReadable, QStringLiteral("web-1 is away.")), {7});
        QCOMPARE(reading.variables[0].verdict, Verdict::Unknown);
        QCOMPARE(reading.problem, QStringLiteral("web-1 is away."));
    }

    void placesAreTakenTogether() {
        const ContractReading good = read("1 pass\n2 pass\n3 pass\n4 pass\n5 pass\nend\n");
        const ContractReading bad = read("1 pass\n2 fail\n3 pass\n4 pass\n5 pass\nend\n");
        const ContractReading away = read("problem Away.\nend\n");
        ContractReading never = away;
        never.at = {};
        QCOMPARE(models::contractStanding({good}, {8}).verdict, Verdict::Pass);
        QCOMPARE(models::contractStanding({good, away}, {8}).verdict, Verdict::Unknown);
        QCOMPARE(models::contractStanding({good, away, bad}, {8}).verdict, Verdict::Fail);
        QCOMPARE(models::contractStanding({good, never}, {8}).verdict, Verdict::Unknown);
        QCOMPARE(models::contractStanding({}, {8}).verdict, Verdict::Unknown);
        QCOMPARE(models::contractStanding({good, bad}, {8}).words,
                 QStringLiteral("1 of 4 variables fail"));
        constexpr std::int64_t anHour = 3'600'000'000'000;
        QCOMPARE(models::contractStanding({good}, {anHour}).verdict, Verdict::Unknown);
        QCOMPARE(models::contractStanding({bad}, {anHour}).verdict, Verdict::Unknown);
    }
};

QTEST_APPLESS_MAIN(TestContractReading)
#include "tst_contractreading.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/targetvariables.h"

#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using Variables = QMap<QString, QString>;

class TestTargetVariables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysVersionsOnce_data() {
        QTest::addColumn<Target>("target");
        QTest::addColumn<Target>("previous");
        QTest::addColumn<Variables>("variables");
        const auto row = [](const char* name, const Target& target, const Target& previous,
                            const Variables& variables) {
            QTest::newRow(name) << target << previous << variables;
        };
        row("nothing is said", {}, {{u"portal"_qs, u"v1"_qs}}, {});
        row("one service", {{u"portal"_qs, u"v2"_qs}},
            {{u"portal"_qs, u"v1"_qs}, {u"media"_qs, u"v7"_qs}},
            {{u"TARGET_VERSION"_qs, u"v2"_qs},
             {u"TARGET_VERSION_PORTAL"_qs, u"v2"_qs},
             {u"PREVIOUS_VERSION"_qs, u"v1"_qs},
             {u"PREVIOUS_VERSION_PORTAL"_qs, u"v1"_qs}});
        row("what was there was not seen", {{u"portal"_qs, u"v2"_qs}}, {},
            {{u"TARGET_VERSION"_qs, u"v2"_qs}, {u"TARGET_VERSION_PORTAL"_qs, u"v2"_qs}});
        row("two that differ", {{u"api-1"_qs, u"v2"_qs}, {u"bot"_qs, u"v3"_qs}},
            {{u"api-1"_qs, u"v1"_qs}, {u"bot"_qs, u"v1"_qs}},
            {{u"TARGET_VERSION_API_1"_qs, u"v2"_qs},
             {u"TARGET_VERSION_BOT"_qs, u"v3"_qs},
             {u"PREVIOUS_VERSION"_qs, u"v1"_qs},
             {u"PREVIOUS_VERSION_API_1"_qs, u"v1"_qs},
             {u"PREVIOUS_VERSION_BOT"_qs, u"v1"_qs}});
        row("all of it", {{QString(), u"v2"_qs}}, {{u"portal"_qs, u"v1"_qs}},
            {{u"TARGET_VERSION"_qs, u"v2"_qs},
             {u"PREVIOUS_VERSION"_qs, u"v1"_qs},
             {u"PREVIOUS_VERSION_PORTAL"_qs, u"v1"_qs}});
    }
    void saysVersionsOnce() {
        QFETCH(Target, target);
        QFETCH(Target, previous);
        PlanContext context;
        context.target = target;
        context.previous = previous;
        QTEST(targetVariables(context), "variables");
        context.rollbackOf = RunId(u"another"_qs);
        QCOMPARE(targetVariables(context), Variables());
    }

    void whatTheWorkspaceSaysCountsMore() {
        PlanContext context;
        context.target = {{u"portal"_qs, u"v2"_qs}};
        context.variables = {{u"TARGET_VERSION"_qs, u"v9"_qs}};
        const tests::RunFixture run({tests::commandStep(u"up"_qs, u"up $TARGET_VERSION"_qs)},
                                    context);
        QCOMPARE(run.state.variables.value(u"TARGET_VERSION"_qs), u"v9"_qs);
        QCOMPARE(run.state.variables.value(u"TARGET_VERSION_PORTAL"_qs), u"v2"_qs);
    }

    void everyNameIsKnown() {
        for (const QString& name : targetVariableNames({u"api-1"_qs}))
            QVERIFY2(isTargetVariable(name), qPrintable(name));
        QVERIFY(!isTargetVariable(u"TARGET"_qs));
    }
};

QTEST_GUILESS_MAIN(TestTargetVariables)
#include "tst_targetvariables.moc"

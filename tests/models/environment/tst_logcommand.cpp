// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/logcommand.h"

#include <QTest>

using models::Environment;
using models::Workspace;

namespace {

Workspace workspace() {
    return models::parseWorkspace("gantry: 1\n"
                                  "vars: { app: shop, region: fra }\n"
                                  "secrets: { TOKEN: prompt }\n"
                                  "environments:\n"
                                  "  prod: { vars: { app: 'the shop' } }\n");
}

Environment prod() {
    return models::withVariables(workspace(), *workspace().environment(u"prod"_qs));
}

} // namespace

class TestLogCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatStepsKnow() {
        const Environment environment = prod();
        QCOMPARE(environment.variables.value(u"app"_qs), u"the shop"_qs);
        QCOMPARE(environment.variables.value(u"region"_qs), u"fra"_qs);
    }

    void fillsIn_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("filled"); ///< empty: refused
        QTest::newRow("nothing") << u"fly logs -a proxy"_qs << u"fly logs -a proxy"_qs;
        QTest::newRow("quoted") << u"fly logs -a <app>"_qs << u"fly logs -a 'the shop'"_qs;
        QTest::newRow("in quotes") << u"x \"{{app}}\""_qs << u"x \"the shop\""_qs;
        QTest::newRow("several") << u"x <region> <app>"_qs << u"x fra 'the shop'"_qs;
        QTest::newRow("the shell's") << u"x $region $HOSTNAME"_qs << u"x $region $HOSTNAME"_qs;
        QTest::newRow("no value") << u"x <nothing>"_qs << QString();
    }
    void fillsIn() {
        QFETCH(const QString, command);
        QFETCH(const QString, filled);
        const auto made = models::fillLogCommand(prod(), command);
        QCOMPARE(made.has_value(), !filled.isEmpty());
        if (!made) {
            QVERIFY2(made.error().message.contains(u"nothing"), qPrintable(made.error().message));
            return;
        }
        QCOMPARE(made->text, filled);
        QCOMPARE(made->variables, prod().variables);
    }
};

QTEST_GUILESS_MAIN(TestLogCommand)
#include "tst_logcommand.moc"

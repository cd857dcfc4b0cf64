// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can happen to a small run, tried out: see RunMachine.
#include "tests/models/run/runmachine.h"

#include <QTest>

class TestRunMachine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyStateIsAsItHasToBe() {
        tests::RunMachine machine(tests::ourRules());
        const std::string wrong = machine.explore();
        QVERIFY2(wrong.empty(), wrong.c_str());
        qInfo("%zu states, %zu transitions", machine.states(), machine.transitions());
        QVERIFY(machine.states() > 5'000);
    }
};

QTEST_GUILESS_MAIN(TestRunMachine)
#include "tst_runmachine.moc"

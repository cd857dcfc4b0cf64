// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demoworkspace.h"

#include <QTest>

using app::demoPartOf;

class TestDemoWorkspace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheEnvironmentsOfTheDemoAlone() {
        QCOMPARE(
            demoPartOf("gantry: 1\n\nenvironments:\n  demo-dev:\n    a: 1\n\n  prod:\n    b: 2\n"
                       "\n    c: 3\n  demo:\n    d: 4\n\nrisks:\n  - text: x\n",
                       {}),
            QByteArray("gantry: 1\n\nenvironments:\n  demo-dev:\n    a: 1\n\n  demo:\n"
                       "    d: 4\n\nrisks:\n  - text: x\n"));
    }

    void dropsWhatIsBetweenOthers() {
        QCOMPARE(demoPartOf("isolation:\n  - { between: [dev, prod] }\n"
                            "  - { between: [demo-dev, demo] }\n",
                            {}),
                 QByteArray("isolation:\n  - { between: [demo-dev, demo] }\n"));
    }

    void namesNoOthersInRunbooks() {
        QCOMPARE(demoPartOf("runbook:\n  environments: [demo, prod]\n---\n", {}),
                 QByteArray("runbook:\n  environments: [demo]\n---\n"));
    }

    void leadsToTheServicesAsTheyAre() {
        QCOMPARE(demoPartOf("http: http://portal.demo.example.com/healthz",
                            {{"http://portal.demo.example.com", "http://127.0.0.1:8080"}}),
                 QByteArray("http: http://127.0.0.1:8080/healthz"));
    }
};

QTEST_GUILESS_MAIN(TestDemoWorkspace)
#include "tst_demoworkspace.moc"

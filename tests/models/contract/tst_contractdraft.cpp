// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/contractdraft.h"

#include <QTest>

class TestContractDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requirementsBecomeKeys_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("rules");
        QTest::addColumn<QString>("line");
        const auto row = [](const char* name, const char* rules, const char* line) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(rules)
                                << QString::fromUtf8(line);
        };
        row("SECRET_KEY", "32+ chars, NOT change-me",
            "  SECRET_KEY: { required: true, min_length: 32, not: [change-me] } # 32+ chars, NOT "
            "change-me");
        row("API_URL", "HTTPS", "  API_URL: { required: true, https: true } # HTTPS");
        row("DEBUG", "Optional", "  DEBUG: {} # Optional");
        row("B", "same as A_KEY", "  B: { required: true, same_as: A_KEY } # same as A_KEY");
        row("A", "", "  A: { required: true }");
        // Foreign text ends neither its line nor its comment.
        row("C", "one\ntwo: [", "  C: { required: true } # one two: [");
        row("TURN_*", "all", "  # TURN_* # all");
        row("D: x", "all", "  # D: x # all");
    }

    void requirementsBecomeKeys() {
        QFETCH(QString, name);
        QFETCH(QString, rules);
        QFETCH(QString, line);
        QCOMPARE(models::contractDraft({{name, rules, 1}}),
                 QStringLiteral("contract:\n") + line + u'\n');
    }
};

QTEST_APPLESS_MAIN(TestContractDraft)
#include "tst_contractdraft.moc"

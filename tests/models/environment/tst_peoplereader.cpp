// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/peoplereader.h"
#include "models/environment/workspace.h"

#include <QTest>

using namespace models;

namespace {

const QByteArray key = "ssh-ed25519 "
                       "AAAAC3NzaC1lZDI1NTE5AAAAIBf0vUzZ3pZb0N7u0gqYkXo8xgkq0V9X0k6Y0Jt1lR3m";

Workspace workspaceWith(const QByteArray& people, const QByteArray& approvals = {}) {
    return parseWorkspace("gantry: 1\nname: Shop\npeople:\n" + people +
                          "environments:\n  prod:\n    protected: true\n" + approvals);
}

} // namespace

class TestPeopleReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void peopleComeWithRolesAndKeys() {
        const Workspace workspace =
            workspaceWith("  release-manager: { roles: [release, lead], accounts: lead, keys: [\"" +
                              key + " lead@laptop\"] }\n",
                          "    approvals: { by: 2, not: self, role: release, within: 4h }\n");
        QVERIFY2(workspace.diagnostics.isEmpty(),
                 qPrintable(workspace.diagnostics.value(0).message));
        QCOMPARE(workspace.people, (QList<Person>{{u"release-manager"_qs,
                                                   {u"release"_qs, u"lead"_qs},
                                                   {u"lead"_qs},
                                                   {QString::fromLatin1(key)}}}));
        const PlanContext context = planContext(workspace, {}, u"prod"_qs, {}, {});
        QCOMPARE(context.people, workspace.people);
        QCOMPARE(context.goLive.approvals,
                 (ApprovalTerms{2, true, u"release"_qs, std::chrono::hours(4)}));
    }

    void mistakesAreNamedWhereTheyAre_data() {
        QTest::addColumn<QByteArray>("people");
        QTest::addColumn<QByteArray>("approvals");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        const QByteArray one = "  qa: { keys: [\"" + key + "\"] }\n";
        QTest::newRow("no key") << QByteArray("  qa: { keys: [\"ssh-ed25519 AAAA\"] }\n")
                                << QByteArray() << 4 << u"no public SSH key"_qs;
        QTest::newRow("private key")
            << QByteArray("  qa: { keys: [\"-----BEGIN OPENSSH PRIVATE KEY-----\"] }\n")
            << QByteArray() << 4 << u"no public SSH key"_qs;
        QTest::newRow("key of another type") << QByteArray(one).replace("ssh-ed25519 ", "ssh-rsa ")
                                             << QByteArray() << 4 << u"no public SSH key"_qs;
        QTest::newRow("key of two people") << one + "  lead: { keys: [\"" + key + "\"] }\n"
                                           << QByteArray() << 5 << u"qa has this key too"_qs;
        QTest::newRow("none") << QByteArray("  qa: { roles: [test] }\n") << QByteArray() << 4
                              << u"recorded, not verified"_qs;
        QTest::newRow("key that was meant")
            << QByteArray("  qa: { role: [test], keys: [\"" + key + "\"] }\n") << QByteArray() << 4
            << u"roles"_qs;
        QTest::newRow("role of nobody") << one << QByteArray("    approvals: { role: release }\n")
                                        << 8 << u"has the role \"release\""_qs;
        QTest::newRow("not a number")
            << one << QByteArray("    approvals: { by: 0 }\n") << 8 << u"whole number"_qs;
        QTest::newRow("not whom") << one << QByteArray("    approvals: { not: me }\n") << 8
                                  << u"can be \"self\""_qs;
    }
    void mistakesAreNamedWhereTheyAre() {
        QFETCH(QByteArray, people);
        QFETCH(QByteArray, approvals);
        QFETCH(int, line);
        QFETCH(QString, words);
        const Diagnostics found = workspaceWith(people, approvals).diagnostics;
        QVERIFY(!found.isEmpty());
        const auto isMeant = [&](const Diagnostic& one) {
            return one.line == line && one.message.contains(words);
        };
        QVERIFY2(std::any_of(found.cbegin(), found.cend(), isMeant),
                 qPrintable(u"%1: %2"_qs.arg(found.first().line).arg(found.first().message)));
    }

    /// A mistake is reported, and never asks for less than what was meant.
    void aMistakeWeakensNothing_data() {
        QTest::addColumn<QByteArray>("approvals");
        QTest::addColumn<QString>("words");
        QTest::newRow("no time") << QByteArray("{ by: 2, not: self, within: soon }")
                                 << u"within"_qs;
        QTest::newRow("no time at all") << QByteArray("{ by: 2, within: 0s }") << u"within"_qs;
        QTest::newRow("a list of times") << QByteArray("{ within: [4h] }") << u"within"_qs;
        QTest::newRow("no number") << QByteArray("{ by: two, within: 1m }") << u"by"_qs;
        QTest::newRow("several roles") << QByteArray("{ role: [a, b], within: 1m }") << u"role"_qs;
        QTest::newRow("no record") << QByteArray("2") << u"approvals"_qs;
    }
    void aMistakeWeakensNothing() {
        QFETCH(QByteArray, approvals);
        QFETCH(QString, words);
        const Workspace workspace = workspaceWith("  qa: { keys: [\"" + key + "\"] }\n",
                                                  "    approvals: " + approvals + '\n');
        const auto isMeant = [&](const Diagnostic& one) { return one.message.contains(words); };
        QVERIFY(std::any_of(workspace.diagnostics.cbegin(), workspace.diagnostics.cend(), isMeant));
        const ApprovalTerms terms = workspace.environments.first().approvals;
        QVERIFY(terms.within.count() > 0 && terms.within <= std::chrono::minutes(1));
        if (approvals.contains("by: 2"))
            QCOMPARE(terms.by, 2);
        else if (words != u"within" && words != u"role")
            QVERIFY(terms.by > 2);
        if (words == u"role")
            QVERIFY(!terms.role.isEmpty());
    }

    void changedKeyIsAnotherTrust() {
        const QByteArray one = "  qa: { keys: [\"" + key + "\"] }\n";
        QVERIFY(workspaceWith(one).trustHash !=
                workspaceWith(QByteArray(one).replace("lR3m", "lR3n")).trustHash);
    }
};

QTEST_GUILESS_MAIN(TestPeopleReader)
#include "tst_peoplereader.moc"

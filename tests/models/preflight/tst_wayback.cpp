// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/wayback.h"

#include "models/runbook/runbookparser.h"

#include <QTest>

using namespace models;

namespace {

Plan planOf(const QByteArray& steps, const QByteArray& lane = {}) {
    return makePlan(parseRunbook("# Go live\n\n## Deploy\n\n" + steps + lane), {});
}

QByteArray step(const char* title, const char* annotation = "{}") {
    return QByteArray("- [ ] ") + title + "\n\n  ```sh " + annotation + "\n  ./act\n  ```\n\n";
}

QStringList told(const Plan& plan, const std::map<QString, VersionStanding>& versions = {}) {
    QStringList words;
    for (const PreflightLine& line : wayBackLines(plan, versions))
        words.append(verdictName(line.verdict) + u' ' + line.subject + u": "_qs + line.reason);
    return words;
}

} // namespace

class TestWayBack : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsThatLeadBackAreCounted_data() {
        QTest::addColumn<QByteArray>("steps");
        QTest::addColumn<QByteArray>("lane");
        QTest::addColumn<QString>("words");
        const QByteArray rollback = "## Rollback\n\n";
        QTest::newRow("none") << step("Pull") << QByteArray()
                              << u"FAIL : The document says no way back."_qs;
        QTest::newRow("nothing to undo") << step("Look", R"({"readonly":"true"})") << QByteArray()
                                         << u"PASS : It changes nothing to be undone."_qs;
        QTest::newRow("in the lane")
            << step("Pull") << rollback + step("Put back") + step("Tell the proxy")
            << u"PASS : 2 steps lead back."_qs;
        QTest::newRow("an inverse") << step("Pull", R"({"inverse":"back"})") << QByteArray()
                                    << u"PASS : 1 step leads back."_qs;
        QTest::newRow("an inverse of the lane, once")
            << step("Pull", R"({"inverse":"back"})")
            << rollback + step("Put back", R"({"name":"back"})") << u"PASS : 1 step leads back."_qs;
    }
    void stepsThatLeadBackAreCounted() {
        QFETCH(const QByteArray, steps);
        QFETCH(const QByteArray, lane);
        QFETCH(const QString, words);
        QCOMPARE(told(planOf(steps, lane)), QStringList{words});
    }

    void theFirstStepThatNothingTakesBackIsNamed() {
        const Plan plan = planOf("- [ ] Migrate <!-- irreversible -->\n"
                                 "- [ ] Drop the old table <!-- irreversible -->\n");
        const auto lines = wayBackLines(plan, {});
        QCOMPARE(lines.size(), 2U);
        QCOMPARE(lines[1].subject, u"Migrate"_qs);
        QCOMPARE(lines[1].verdict, Verdict::Unknown);
        QCOMPARE(lines[1].step, plan.steps[0].step.id);
    }

    void whatARollbackGoesBackToIsSeenOrNot_data() {
        QTest::addColumn<VersionState>("state");
        QTest::addColumn<QString>("version");
        QTest::addColumn<Verdict>("verdict");
        QTest::newRow("seen") << VersionState::Settled << u"1.4.1"_qs << Verdict::Pass;
        QTest::newRow("seen, drifting") << VersionState::Unexpected << u"1.4.1"_qs << Verdict::Pass;
        QTest::newRow("hosts differ") << VersionState::HostsDiffer << u"1.4.1"_qs << Verdict::Fail;
        QTest::newRow("some unknown") << VersionState::Unknown << u"1.4.1"_qs << Verdict::Unknown;
        QTest::newRow("never seen") << VersionState::Unchecked << QString() << Verdict::Unknown;
    }
    void whatARollbackGoesBackToIsSeenOrNot() {
        QFETCH(const VersionState, state);
        QFETCH(const QString, version);
        QFETCH(const Verdict, verdict);
        VersionStanding standing;
        standing.state = state;
        standing.version = version;
        standing.at = {1'000'000'000};
        const auto lines = wayBackLines(planOf(step("Pull")), {{u"portal"_qs, standing}});
        QCOMPARE(lines.size(), 2U);
        QCOMPARE(lines[1].subject, u"portal"_qs);
        QCOMPARE(lines[1].verdict, verdict);
        QCOMPARE(lines[1].at, standing.at);
        QCOMPARE(lines[1].mend.isEmpty(), verdict == Verdict::Pass);
    }
};

QTEST_GUILESS_MAIN(TestWayBack)
#include "tst_wayback.moc"

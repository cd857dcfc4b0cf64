// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/promotion.h"

#include <QTest>

using namespace models;

namespace {

constexpr std::int64_t hour = 3'600'000'000'000;
constexpr Instant now{500'000 * hour};
const QString wanted = u"9f2c1d7a00112233445566778899aabbccddeeff"_qs;
const QString other = u"82caa1d0aabbccddeeff00112233445566778899"_qs;

PromotedRun ran(const Target& target, RunOutcome outcome, int hoursAgo) {
    return {u"Deploy"_qs, target, outcome, {now.nanoseconds - hoursAgo * hour}, u"lead@example"_qs};
}

} // namespace

class TestPromotion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForTheSameVersion_data() {
        QTest::addColumn<Target>("target");
        QTest::addColumn<QList<PromotedRun>>("runs");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("says");
        const Target books{{u"books"_qs, wanted}};
        const auto good = RunOutcome::Succeeded;
        QTest::newRow("it passed") << books << QList{ran(books, good, 2)} << Verdict::Pass
                                   << u"dev passed for books 9f2c1d7a00"_qs;
        QTest::newRow("abbreviated")
            << books << QList{ran({{u"books"_qs, u"9f2c1d7"_qs}}, good, 2)} << Verdict::Pass
            << u"2 h ago (“Deploy”, started by lead@example)"_qs;
        QTest::newRow("for all services at once")
            << books << QList{ran({{{}, wanted}}, good, 2)} << Verdict::Pass << u"dev passed"_qs;
        QTest::newRow("dev has another one")
            << books << QList{ran({{u"books"_qs, other}}, good, 3)} << Verdict::Fail
            << u"dev has books 82caa1d0aa, not books 9f2c1d7a00."_qs;
        QTest::newRow("it failed there")
            << books
            << QList{ran(books, RunOutcome::Failed, 1), ran({{u"books"_qs, other}}, good, 3)}
            << Verdict::Fail << u"The newest run of books 9f2c1d7a00 in dev did not pass."_qs;
        QTest::newRow("it passed once and was taken back")
            << books << QList{ran(books, RunOutcome::RolledBack, 1), ran(books, good, 3)}
            << Verdict::Fail << u"rolled back"_qs;
        QTest::newRow("nothing passed") << books << QList{ran({}, RunOutcome::Aborted, 1)}
                                        << Verdict::Fail << u"No run in dev has passed."_qs;
        QTest::newRow("nothing ran")
            << books << QList<PromotedRun>{} << Verdict::Fail << u"No run in dev has passed."_qs;
        QTest::newRow("theirs is not said") << books << QList{ran({}, good, 1)} << Verdict::Unknown
                                            << u"does not say which version"_qs;
        QTest::newRow("ours is not said") << Target() << QList{ran(books, good, 1)}
                                          << Verdict::Unknown << u"Start it with a target."_qs;
        QTest::newRow("another service alone")
            << books << QList{ran({{u"reader"_qs, wanted}}, good, 1)} << Verdict::Fail
            << u"dev has reader 9f2c1d7a00"_qs;
    }
    void asksForTheSameVersion() {
        QFETCH(Target, target);
        QFETCH(QList<PromotedRun>, runs);
        QFETCH(QString, says);
        const Finding finding = promotionFinding(u"dev"_qs, target, runs, now);
        QTEST(finding.verdict, "verdict");
        const QString words = finding.reason + u' ' + finding.observed;
        QVERIFY2(words.contains(says), qPrintable(words));
    }
};

QTEST_GUILESS_MAIN(TestPromotion)
#include "tst_promotion.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/sustained.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr auto cadence = 10s;

Instant at(int seconds) {
    return {1'795'000'000'000'000'000 + seconds * 1'000'000'000LL};
}

Sustain checks(int needed, int of) {
    return {Sustain::Kind::Checks, needed, of, {}};
}

/// One check each cadence, as in "PF?_": passed, failed, not known, none.
SustainedVerdict after(const Sustain& sustain, const QString& seen) {
    SustainedVerdict verdict(sustain, cadence);
    for (int i = 0; i < seen.size(); ++i) {
        if (seen[i] != u'_')
            verdict.add(at(10 * i), seen[i] == u'P'   ? Verdict::Pass
                                    : seen[i] == u'F' ? Verdict::Fail
                                                      : Verdict::Unknown);
    }
    return verdict;
}

} // namespace

class TestSustained : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decides_data() {
        QTest::addColumn<Sustain>("sustain");
        QTest::addColumn<QString>("seen");
        QTest::addColumn<Verdict>("verdict");
        const auto row = [](const Sustain& sustain, const char* seen, Verdict verdict) {
            QTest::addRow("%d of %d, %ld ms: %s", sustain.needed, sustain.of,
                          long(sustain.time.count()), seen)
                << sustain << QString::fromLatin1(seen) << verdict;
        };
        using enum Verdict;
        const Sustain once;
        row(once, "", Unknown);
        row(once, "P", Pass);
        row(once, "F", Fail);
        row(once, "?", Unknown);
        row(once, "FP", Pass);
        const Sustain two = checks(2, 2);
        row(two, "P", Unknown);
        row(two, "F", Fail);
        row(two, "PP", Pass);
        row(two, "PF", Fail);
        row(two, "FP", Fail);
        row(two, "P?", Unknown);
        row(two, "F?", Fail);
        row(two, "P?PP", Pass);
        row(two, "P____P", Unknown); // no neighbours
        row(two, "P_P", Pass);       // one late check is no gap
        const Sustain most = checks(3, 5);
        row(most, "PPP", Pass);
        row(most, "FF", Unknown);
        row(most, "FFF", Fail);
        row(most, "PPFF", Unknown);
        row(most, "PPFF?", Unknown);
        row(most, "PPFFF", Fail);
        row(most, "PFPFP", Pass);
        row(most, "PPPFFF", Fail);
        const Sustain minute{Sustain::Kind::Time, 1, 1, 60s};
        row(minute, "PPPPPP", Unknown);
        row(minute, "PPPPPPP", Pass);
        row(minute, "PPPPPPPP", Pass);
        row(minute, "FPPPPPPP", Pass);
        row(minute, "PPPFPPP", Fail);
        row(minute, "PPPPPPF", Fail);
        row(minute, "PPP?PPP", Unknown);
        row(minute, "PP____PPP", Unknown);
        row(minute, "PP____PPPPPPP", Pass);
        row(minute, "F", Fail);
    }
    void decides() {
        QFETCH(const Sustain, sustain);
        QFETCH(const QString, seen);
        const Instant now = at(10 * (int(seen.size()) - 1));
        const Finding finding = after(sustain, seen).standing(now);
        QTEST(finding.verdict, "verdict");
        QCOMPARE(finding.reason.isEmpty(), finding.verdict != Verdict::Unknown);
    }

    void whatIsOldIsNotKnown() {
        const SustainedVerdict verdict = after(checks(2, 2), u"PP"_qs);
        QCOMPARE(verdict.standing(at(35)).verdict, Verdict::Pass);
        const Finding late = verdict.standing(at(60));
        QCOMPARE(late.verdict, Verdict::Unknown);
        QCOMPARE(late.reason, u"It was last checked 50 s ago."_qs);
    }

    void saysHowFarItIs() {
        QCOMPARE(after(checks(3, 5), u"PP"_qs).standing(at(10)).reason,
                 u"2 of 5 checks so far."_qs);
        const Sustain time{Sustain::Kind::Time, 1, 1, 5min};
        QCOMPARE(after(time, u"PPPP"_qs).standing(at(30)).reason,
                 u"It has been seen for 30 s of 5 min."_qs);
    }

    void leavesOutWhatComesLate() {
        SustainedVerdict verdict(checks(2, 2), cadence);
        verdict.add(at(20), Verdict::Pass);
        verdict.add(at(30), Verdict::Pass);
        verdict.add(at(10), Verdict::Fail);
        QCOMPARE(verdict.standing(at(30)).verdict, Verdict::Pass);
    }
};

Q_DECLARE_METATYPE(models::Sustain)

QTEST_GUILESS_MAIN(TestSustained)
#include "tst_sustained.moc"

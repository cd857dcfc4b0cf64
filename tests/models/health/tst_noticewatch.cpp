// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/noticewatch.h"

#include <QTest>

using namespace models;

namespace {

/// One standing each thirty seconds: + passes, - fails, ? is unknown, s is stale, m is in
/// maintenance, u is unchecked, w wavers and counts as passing, ! warns. What is told: F, P, U, W
/// that it warns, E that it warns no more, or a dot.
QString told(const QByteArray& standings) {
    NoticeWatch watch(u"portal in prod"_qs);
    static const QHash<QString, QChar> letters{{u"portal in prod fails"_qs, u'F'},
                                               {u"portal in prod passes again"_qs, u'P'},
                                               {u"portal in prod is not known"_qs, u'U'},
                                               {u"portal in prod warns"_qs, u'W'},
                                               {u"portal in prod warns no more"_qs, u'E'}};
    QString notices;
    for (int i = 0; i < standings.size(); ++i) {
        const Instant at{(1'800'000'000 + i * 30LL) * 1'000'000'000};
        HealthStanding standing;
        standing.at = at;
        standing.words = u"http.status was 503"_qs;
        switch (standings[i]) {
        case '+':
            standing.state = HealthState::Passing;
            break;
        case '-':
            standing.state = HealthState::Failing;
            break;
        case 's':
            standing.state = HealthState::Stale;
            break;
        case 'm':
            standing.state = HealthState::Maintenance;
            break;
        case 'u':
            standing.state = HealthState::Unchecked;
            break;
        case '!':
            standing.state = HealthState::Warning;
            break;
        case 'w':
            standing.state = HealthState::Wavering;
            standing.wavering = Verdict::Pass;
            break;
        default:
            standing.state = HealthState::Unknown;
        }
        const auto notice = watch.take(standing, at);
        notices += notice ? letters.value(notice->title, u'?') : u'.';
    }
    return notices;
}

} // namespace

class TestNoticeWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsChangesOnce_data() {
        QTest::addColumn<QByteArray>("standings");
        QTest::addColumn<QString>("notices");
        const auto row = [](const char* name, const char* standings, const char* notices) {
            QTest::newRow(name) << QByteArray(standings) << QString::fromLatin1(notices);
        };
        row("a good one", "u+++", "....");
        row("it fails", "++---", "..F..");
        row("from the begin", "u--", ".F.");
        row("and passes again", "+--++", ".F.P.");
        row("one that wavers", "+ww+", "....");
        row("unknown for a moment", "+?+", "...");
        row("unknown for longer", "+????+", "...U.P");
        row("a console that slept", "+s+", "...");
        row("meant to be away", "+mmm+", ".....");
        row("away, and so it stays", "+mm-", "...F");
        row("not told again after a maintenance", "+-mm--", ".F....");
        row("mended in a maintenance", "-mm+", "F..P");
        row("unknown around a maintenance", "+?m?+", ".....");
        row("it warns, then fails", "+!!--", ".W.F.");
        row("warns from the begin", "u!!", ".W.");
        row("warns no more", "+!!++", ".W.E.");
        row("passes again, and warns", "-!+", "FWE");
        row("wavers while it warns", "+!ww!", ".W...");
    }
    void tellsChangesOnce() {
        QFETCH(QByteArray, standings);
        QTEST(told(standings), "notices");
    }

    void saysWhy() {
        NoticeWatch watch(u"portal in prod"_qs);
        HealthStanding standing;
        standing.state = HealthState::Failing;
        standing.words = u"<b>http.status</b> was 503"_qs;
        QCOMPARE(watch.take(standing, {1}),
                 (Notice{u"portal in prod fails"_qs, u"<b>http.status</b> was 503"_qs}));
    }
};

QTEST_GUILESS_MAIN(TestNoticeWatch)
#include "tst_noticewatch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probehealth.h"
#include "models/health/probeschedule.h"

#include <QSet>
#include <QTest>

using models::Beat;
using models::HealthState;
using models::Instant;
using models::Maintenance;
using models::Probe;
using models::ProbeHealth;
using models::ProbeReply;
using models::ProbeSchedule;
using models::Verdict;

namespace {

using namespace std::chrono_literals;

constexpr std::int64_t second = 1'000'000'000;

Instant at(double seconds) {
    return {1'800'000'000 * second + static_cast<std::int64_t>(seconds * double(second))};
}

Probe everyTenSeconds() {
    Probe probe;
    probe.target = QStringLiteral("http://portal.example.com/healthz");
    probe.every = 10s;
    probe.timeLimit = 5s;
    return probe;
}

ProbeReply reply(char what, double seconds) {
    ProbeReply reply;
    reply.at = at(seconds);
    reply.phases.total = 20ms;
    if (what == '?') {
        reply.reason = QStringLiteral("This machine has no network.");
        return reply;
    }
    reply.outcome = ProbeReply::Outcome::Answered;
    reply.status = what == '+' ? 200 : 503;
    return reply;
}

/// One check every ten seconds: + passes, - fails, ? is not known, and a space does not come.
ProbeHealth after(const Probe& probe, const QByteArray& checks,
                  const QList<Maintenance>& maintenance = {}) {
    ProbeHealth health = *ProbeHealth::make(probe);
    for (int i = 0; i < checks.size(); ++i) {
        if (checks[i] != ' ')
            health.take(reply(checks[i], i * 10), maintenance);
    }
    return health;
}

/// It has looked once at a certificate with so many days left. before: when it warns; nothing: as
/// goes without saying.
ProbeHealth withCertificate(int days, std::optional<std::chrono::hours> before) {
    Probe probe = everyTenSeconds();
    probe.kind = Probe::Kind::Tls;
    probe.target = QStringLiteral("portal.example.com:443");
    if (before)
        probe.warnBefore = *before;
    ProbeHealth health = *ProbeHealth::make(probe);
    ProbeReply answer = reply('+', 0);
    answer.certificate = models::CertificateFacts{
        at(-1000), at(days * 86'400.0), probe.target, QStringLiteral("Example CA"), {}};
    health.take(answer, {});
    return health;
}

QByteArray drawn(const std::vector<Beat>& beats) {
    QByteArray text;
    for (const Beat beat : beats) {
        switch (beat) {
        case Beat::None:
            text += ' ';
            break;
        case Beat::Passed:
            text += '+';
            break;
        case Beat::Failed:
            text += '-';
            break;
        case Beat::Unknown:
            text += '?';
            break;
        }
    }
    return text;
}

} // namespace

class TestProbeHealth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standsByItsChecks_data() {
        QTest::addColumn<int>("down");
        QTest::addColumn<int>("up");
        QTest::addColumn<QByteArray>("checks");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char* name, int down, int up, const char* checks,
                            HealthState state, Verdict verdict) {
            QTest::newRow(name) << down << up << QByteArray(checks) << int(state) << int(verdict);
        };
        using State = HealthState;
        row("never looked at", 0, 0, "", State::Unchecked, Verdict::Unknown);
        row("passes", 0, 0, "+", State::Passing, Verdict::Pass);
        row("fails", 0, 0, "+-", State::Failing, Verdict::Fail);
        row("fails at first", 3, 3, "-", State::Failing, Verdict::Fail);
        row("not known", 0, 0, "+?", State::Unknown, Verdict::Unknown);
        row("not known at first", 2, 2, "?", State::Unknown, Verdict::Unknown);
        row("one failure of three", 2, 0, "++-", State::Wavering, Verdict::Pass);
        row("two failures of three", 2, 0, "++--", State::Wavering, Verdict::Pass);
        row("the third failure counts", 2, 0, "++---", State::Failing, Verdict::Fail);
        row("a pass between begins anew", 2, 0, "++--+--", State::Wavering, Verdict::Pass);
        row("unknown between begins anew", 2, 0, "++--?-", State::Wavering, Verdict::Pass);
        row("one pass of two", 0, 1, "+-+", State::Wavering, Verdict::Fail);
        row("the second pass counts", 0, 1, "+-++", State::Passing, Verdict::Pass);
        row("unknown is never a pass", 5, 5, "++++?", State::Unknown, Verdict::Unknown);
    }

    void standsByItsChecks() {
        QFETCH(int, down);
        QFETCH(int, up);
        QFETCH(QByteArray, checks);
        QFETCH(int, state);
        QFETCH(int, verdict);
        Probe probe = everyTenSeconds();
        probe.retriesDown = down;
        probe.retriesUp = up;
        const ProbeHealth health = after(probe, checks);
        const auto standing = health.standing(at(double(checks.size()) * 10 - 9), {});
        QCOMPARE(int(standing.state), state);
        QCOMPARE(int(standing.verdict()), verdict);
        QVERIFY(!standing.words.isEmpty());
    }

    void aCertificateWarnsBeforeItFails_data() {
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("long") << 90 << int(HealthState::Passing) << QStringLiteral("90 d");
        QTest::newRow("near") << 20 << int(HealthState::Warning)
                              << QStringLiteral("ends in 20 days; it warns below 21 days");
        QTest::newRow("past the limit")
            << 13 << int(HealthState::Failing) << QStringLiteral("tls.expires_in was 13 d");
    }

    void aCertificateWarnsBeforeItFails() {
        QFETCH(int, days);
        QFETCH(int, state);
        const auto standing = withCertificate(days, {}).standing(at(0), {});
        QCOMPARE(int(standing.state), state);
        QCOMPARE(standing.verdict(), days > 14 ? Verdict::Pass : Verdict::Fail);
        QFETCH(QString, words);
        QVERIFY2(standing.words.contains(words), qPrintable(standing.words));
    }

    void aProbeSaysWhenItWarns() {
        QCOMPARE(withCertificate(29, 0h).standing(at(0), {}).state, HealthState::Passing);
        QCOMPARE(withCertificate(50, 60 * 24h).standing(at(0), {}).state, HealthState::Warning);
        // Days go by between two checks, too.
        const ProbeHealth health = withCertificate(30, 30 * 24h);
        QCOMPARE(health.standing(at(0), {}).state, HealthState::Passing);
        const models::HealthStanding later = health.standing(at(1), {});
        QCOMPARE(later.state, HealthState::Warning);
        QVERIFY2(later.words.contains(QStringLiteral("ends in 29 days; it warns below 30 days")),
                 qPrintable(later.words));
    }

    void whatIsNotCheckedIsNoWarning() {
        models::HealthStanding warning;
        warning.state = HealthState::Warning;
        QCOMPARE(models::worstOf({warning, {}}).verdict(), Verdict::Unknown);
        models::HealthStanding passing;
        passing.state = HealthState::Passing;
        QCOMPARE(models::worstOf({passing, warning}).state, HealthState::Warning);
    }

    void whatIsOldIsNotKnown() {
        const ProbeHealth health = after(everyTenSeconds(), "+");
        QCOMPARE(health.standing(at(35), {}).verdict(), Verdict::Pass);
        const auto standing = health.standing(at(36), {});
        QCOMPARE(standing.state, HealthState::Stale);
        QCOMPARE(standing.verdict(), Verdict::Unknown);
        QVERIFY2(standing.words.contains(QStringLiteral("36 s ago")), qPrintable(standing.words));
        QCOMPARE(standing.at, at(0));
    }

    void aMaintenanceCountsNeitherWay() {
        const QList<Maintenance> windows{{at(15), at(45), QStringLiteral("Database upgrade")}};
        const ProbeHealth health = after(everyTenSeconds(), "++---+", windows);
        const auto meant = health.standing(at(44), windows);
        QCOMPARE(meant.state, HealthState::Maintenance);
        QCOMPARE(meant.verdict(), Verdict::Unknown);
        QVERIFY(meant.words.contains(QStringLiteral("Database upgrade")));
        QCOMPARE(health.standing(at(51), windows).state, HealthState::Passing);
        const auto summary = health.series().summary(at(0), at(100));
        QCOMPARE(summary.failed, 0U);
        QCOMPARE(summary.unknown, 3U);
        QCOMPARE(summary.passed, 3U);
    }

    void beatsHaveGaps_data() {
        QTest::addColumn<QByteArray>("checks");
        QTest::addColumn<double>("now");
        QTest::addColumn<QByteArray>("bar");
        QTest::newRow("none") << QByteArray("") << 0.0 << QByteArray("");
        QTest::newRow("all") << QByteArray("++-?+") << 41.0 << QByteArray("++-?+");
        QTest::newRow("gap") << QByteArray("++  +") << 41.0 << QByteArray("++  +");
        QTest::newRow("the next is due") << QByteArray("++") << 20.0 << QByteArray("++");
        QTest::newRow("missed at the end") << QByteArray("++") << 45.0 << QByteArray("++  ");
        QTest::newRow("the newest ones")
            << QByteArray("---++++++++") << 101.0 << QByteArray("++++++++");
        QTest::newRow("long away") << QByteArray("++") << 1e6 << QByteArray("        ");
    }

    void beatsHaveGaps() {
        QFETCH(QByteArray, checks);
        QFETCH(double, now);
        QFETCH(QByteArray, bar);
        const ProbeHealth health = after(everyTenSeconds(), checks);
        QCOMPARE(drawn(health.beats(8, at(now))), bar);
    }

    void holdsAConditionForSoManyChecks() {
        Probe probe = everyTenSeconds();
        probe.pass = QStringLiteral("http.status == 200 for 3 checks");
        QCOMPARE(after(probe, "++").standing(at(11), {}).verdict(), Verdict::Unknown);
        QCOMPARE(after(probe, "+++").standing(at(21), {}).verdict(), Verdict::Pass);
        QCOMPARE(after(probe, "+++-").standing(at(31), {}).verdict(), Verdict::Fail);
    }

    void anAnswerThatComesLateIsLeftOut() {
        ProbeHealth health = after(everyTenSeconds(), "++");
        health.take(reply('-', 5), {});
        QCOMPARE(health.standing(at(11), {}).verdict(), Verdict::Pass);
    }

    void refusesWhatIsNoCondition() {
        Probe probe = everyTenSeconds();
        probe.pass = QStringLiteral("body.ok = true");
        const auto made = ProbeHealth::make(probe);
        QVERIFY(!made);
        QVERIFY(made.error().message.contains(probe.pass));
    }

    void theWorstSpeaksForAll() {
        models::HealthStanding passing;
        passing.state = HealthState::Passing;
        models::HealthStanding unknown;
        unknown.state = HealthState::Unknown;
        models::HealthStanding failing;
        failing.state = HealthState::Failing;
        QCOMPARE(models::worstOf({passing, unknown}).state, HealthState::Unknown);
        QCOMPARE(models::worstOf({passing, unknown, failing}).state, HealthState::Failing);
        QCOMPARE(models::worstOf({}).verdict(), Verdict::Unknown);
    }

    void spreadsWhatIsDue() {
        ProbeSchedule schedule;
        for (int i = 0; i < 1000; ++i)
            schedule.add(QByteArray::number(i), 10s, at(0));
        // The first ones within a second, then evenly over ten.
        QSet<std::int64_t> moments;
        std::vector<ProbeSchedule::Check> first = schedule.take(at(1));
        QCOMPARE(first.size(), 1000U);
        for (const auto& check : first) {
            moments.insert(check.due.nanoseconds);
            QVERIFY(check.due >= at(0) && check.due < at(1));
            schedule.finish(check.number, at(1));
        }
        QVERIFY(moments.size() > 990);
        int most = 0;
        int all = 0;
        for (int tenth = 10; tenth < 110; ++tenth) {
            const int due = int(schedule.take(at(1 + tenth / 10.0 - 0.9)).size());
            most = std::max(most, due);
            all += due;
        }
        QCOMPARE(all, 1000);
        QVERIFY2(most < 30, qPrintable(QString::number(most)));
    }

    void startsNothingTwice() {
        ProbeSchedule schedule;
        const std::size_t number = schedule.add("portal", 10s, at(0));
        QVERIFY(schedule.take(at(-1)).empty());
        const auto first = schedule.take(at(1));
        QCOMPARE(first.size(), 1U);
        QVERIFY(schedule.take(at(100)).empty());
        QVERIFY(schedule.next().isNull());
        // What was missed while it was under way is not made up for.
        schedule.finish(number, at(100));
        const Instant next = schedule.next();
        QVERIFY(next > at(100) && next <= at(110));
        QVERIFY(schedule.take(next).front().due == next);
        schedule.finish(number, next);
        QCOMPARE(schedule.next(), Instant{next.nanoseconds + 10 * second});
        schedule.takeEarly(number);
        QVERIFY(schedule.next().isNull());
        schedule.clear();
        schedule.finish(number, at(300));
        QVERIFY(schedule.next().isNull());
    }
};

QTEST_GUILESS_MAIN(TestProbeHealth)
#include "tst_probehealth.moc"

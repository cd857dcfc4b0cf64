// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/logtally.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr Instant now{1'800'000'000'000'000'000};
const QStringList classes{QStringLiteral("critical"), QStringLiteral("slow")};

Instant before(std::chrono::nanoseconds time) {
    return {now.nanoseconds - time.count()};
}

WindowQuestion asks(const char* function, std::chrono::milliseconds window = 1h) {
    WindowQuestion question;
    question.function = QString::fromLatin1(function);
    question.window = window;
    return question;
}

HealthAnswer answer(const std::vector<const LogTally*>& logs, const WindowQuestion& question,
                    Instant at = now) {
    return logsOverTime(logs, QStringLiteral("critical"), question, at);
}

HealthValue number(double value) {
    return Quantity{value, Unit::None};
}

bool isMissing(const HealthAnswer& given, const char* reason) {
    const auto* const missing = std::get_if<Missing>(&given.value);
    return missing != nullptr && missing->reason.contains(QLatin1String(reason));
}

} // namespace

class TestLogTally : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsByClassInAWindow() {
        LogTally log(classes);
        log.cover(before(3h), now);
        log.count(0, before(2h));
        log.count(0, before(10min));
        log.count(1, before(10min));
        log.count(0, before(1s));
        QCOMPARE(answer({&log}, asks("count")).value, number(2));
        QCOMPARE(answer({&log}, asks("count")).basis, QStringLiteral("in 1 log"));
        QCOMPARE(answer({&log}, asks("count", 3h)).value, number(3));
    }

    void lateLinesCountWhereTheyBelong() {
        LogTally log(classes);
        log.cover(before(3h), now);
        log.count(0, before(1min));
        log.count(0, before(2h));
        QCOMPARE(answer({&log}, asks("count")).value, number(1));
    }

    void followedTimeIsSummedUp() {
        LogTally log(classes);
        for (auto time = 30min; time >= 0min; time -= 1min)
            for (auto part = 0s; part < 60s; part += 20s)
                if (time > 0min)
                    log.follow(before(time - part));
        log.follow(now);
        QCOMPARE(log.followed(before(1h), now), std::chrono::nanoseconds(30min));
        QCOMPARE(answer({&log}, asks("coverage")).value, number(0.5));
        QCOMPARE(answer({&log}, asks("coverage", 30min)).value, number(1));
    }

    void aConsoleThatSleptDidNotFollow() {
        LogTally log(classes);
        log.follow(before(30min));
        log.follow(before(30min - 10s));
        log.follow(before(10s));
        log.follow(now);
        QCOMPARE(log.followed(before(1h), now), std::chrono::nanoseconds(20s));
    }

    void whatWasReadLaterFillsTheGap() {
        LogTally log(classes);
        log.cover(before(1h), before(40min));
        log.cover(before(20min), now);
        log.cover(before(40min), before(20min));
        QCOMPARE(log.followed(before(1h), now), std::chrono::nanoseconds(1h));
        QCOMPARE(answer({&log}, asks("coverage")).value, number(1));
        log.cover(before(30min), before(10min));
        QCOMPARE(log.followed(before(1h), now), std::chrono::nanoseconds(1h));
    }

    void aLostLogIsNotKnown() {
        LogTally log(classes);
        QVERIFY(isMissing(answer({&log}, asks("count")), "not followed yet"));
        log.follow(before(30min));
        log.lose(before(30min - 5s));
        QVERIFY(isMissing(answer({&log}, asks("count")), "last followed"));
        QVERIFY(!isMissing(answer({&log}, asks("count"), before(29min + 50s)), ""));
        QCOMPARE(answer({&log}, asks("count"), before(29min + 50s)).value, number(0));
    }

    void theWorstOfSeveralDecides() {
        LogTally one(classes);
        LogTally other(classes);
        one.cover(before(1h), now);
        other.cover(before(15min), now);
        one.count(0, before(1min));
        other.count(0, before(1min));
        QCOMPARE(answer({&one, &other}, asks("count")).value, number(2));
        QCOMPARE(answer({&one, &other}, asks("coverage")).value, number(0.25));
    }

    void whatIsNotKnownHasItsReason() {
        LogTally log(classes);
        log.cover(before(1h), now);
        QVERIFY(isMissing(answer({}, asks("count")), "No log of it is followed"));
        QVERIFY(isMissing(answer({&log}, asks("p95")), "only count() and coverage()"));
        QVERIFY(isMissing(logsOverTime({&log}, QStringLiteral("fatal"), asks("count"), now),
                          "There are: critical, slow"));
    }

    void manyAtOnceAreABurst() {
        LogTally tally({QStringLiteral("error")});
        constexpr std::int64_t begin = 1'800'000'000;
        const auto at = [](std::int64_t seconds) {
            return models::Instant{(begin + seconds) * 1'000'000'000};
        };
        tally.cover(at(0), at(3600));
        // Two in ten seconds are usual here.
        for (int i = 0; i < 3600; i += 5)
            tally.count(0, at(i));
        QVERIFY(tally.bursts(0, at(0), at(3600)).empty());
        for (int i = 0; i < 60; ++i)
            tally.count(0, at(3000 + i / 3));
        const std::vector<LogTally::Burst> bursts = tally.bursts(0, at(0), at(3600));
        QCOMPARE(bursts.size(), 1U);
        QCOMPARE(bursts[0], (LogTally::Burst{at(3000), at(3020), 64}));
        QVERIFY(tally.bursts(0, at(0), at(2900)).empty());
        // One that goes on is no new one, and what is always so is none.
        LogTally loud({QStringLiteral("error")});
        loud.cover(at(0), at(7200));
        for (int i = 0; i < 7200; ++i)
            loud.count(0, at(i));
        QCOMPARE(loud.bursts(0, at(0), at(7200)).size(), 1U);
        QVERIFY(loud.bursts(0, at(3600), at(7200)).empty());
    }

    void aWeekIsKept() {
        LogTally log(classes);
        log.cover(before(24h * 9), before(24h * 8));
        log.count(0, before(24h * 8));
        log.follow(now);
        QCOMPARE(log.followed(before(24h * 10), now), 0ns);
        QCOMPARE(log.lines(0, before(24h * 10), now), 0U);
    }
};

QTEST_APPLESS_MAIN(TestLogTally)
#include "tst_logtally.moc"

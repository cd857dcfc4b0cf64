// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/healthcourse.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t base = 1'767'323'000'000'000'000; // ns

} // namespace

class TestHealthCourse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aServiceThatIsSomewhatLateHasNoGap() {
        Probe probe;
        probe.kind = Probe::Kind::Tcp;
        probe.every = 5s;
        ProbeHealth health = *ProbeHealth::make(probe);
        const auto answer = [&health](double seconds, ProbeReply::Outcome outcome) {
            ProbeReply reply;
            reply.outcome = outcome;
            reply.at = {base + std::int64_t(seconds * 1e9)};
            reply.phases.total = 20ms;
            health.take(reply, {});
        };
        for (const double at : {0., 5.1, 10.2, 15.3})
            answer(at, ProbeReply::Outcome::Answered);
        answer(20.4, ProbeReply::Outcome::Failed);
        answer(60, ProbeReply::Outcome::Answered); // nobody looked for a while
        HealthCourse course;
        addCourse(course, u"portal"_qs, health, {base}, {base + 100'000'000'000});
        QCOMPARE(course.rows.size(), 1);
        const QList<TimelineSpan>& spans = course.rows[0].spans;
        QCOMPARE(spans.size(), 3);
        QCOMPARE(spans[0].verdict, Verdict::Pass);
        QCOMPARE(spans[0].words, u"4 passed, 0 failed, 0 unknown"_qs);
        QCOMPARE(spans[0].to, spans[1].from);
        QVERIFY(spans[1].to < spans[2].from);
        QCOMPARE(course.curves.size(), 1);
        addCourse(course, u"nothing"_qs, health, {base + 200'000'000'000},
                  {base + 300'000'000'000});
        QCOMPARE(course.rows.size(), 1);
    }

    void manyLogLinesAtOnceAreARow() {
        LogTally log({u"error"_qs, u"slow"_qs});
        log.cover({base}, {base + 3'600'000'000'000});
        for (int line = 0; line < 40; ++line)
            log.count(0, {base + 1'805'000'000'000});
        log.count(1, {base + 1'805'000'000'000});
        HealthCourse course;
        addBursts(course, u"portal"_qs, log, {base}, {base + 3'600'000'000'000});
        QCOMPARE(course.rows.size(), 1);
        QCOMPARE(course.rows[0].name, u"portal · log error"_qs);
        QCOMPARE(course.rows[0].spans.size(), 1);
        QCOMPARE(course.rows[0].spans[0].words, u"40 lines of error at once"_qs);
        QVERIFY(course.rows[0].spans[0].from.nanoseconds >= base + 1'800'000'000'000);
        addBursts(course, u"portal"_qs, log, {base}, {base + 60'000'000'000});
        QCOMPARE(course.rows.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestHealthCourse)
#include "tst_healthcourse.moc"

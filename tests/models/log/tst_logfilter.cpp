// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfilter.h"
#include "models/log/logsift.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <limits>

using models::CompiledFilter;
using models::LogChannel;
using models::LogFilter;
using models::LogMatcher;
using models::LogPrefix;
using models::LogReader;
using models::LogSift;
using models::LogStore;

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

/// Line by line, as the filter's words say.
std::vector<std::int64_t> plainly(const LogStore& store, const LogFilter& filter) {
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    std::vector<std::int64_t> lines;
    std::vector<std::shared_ptr<const LogMatcher>> matchers;
    for (const LogFilter::Term& term : filter.terms)
        matchers.push_back(*LogMatcher::compile(term.pattern));
    for (std::int64_t line = store.firstLine(); line < store.lineCount(); ++line) {
        const models::LogLine found = reader.line(line);
        bool taken = (filter.levels >> int(found.level) & 1) != 0;
        for (size_t i = 0; i < matchers.size(); ++i)
            taken = taken && matchers[i]->matches(found.text) ==
                                 (filter.terms[qsizetype(i)].sense == LogFilter::Sense::Include);
        if (taken)
            lines.push_back(line);
    }
    return lines;
}

void fill(LogStore& store, int lines, unsigned seed) {
    tests::LogText random(seed);
    store.append(LogChannel::Stdout, random.lines(lines).join('\n') + '\n');
}

} // namespace

class TestLogFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void choosesSources();
    void readsWhateverItWrote();
    void isMadeOfItsParts();
    void addsAndRemoves();
    void turnsPartsRoundWhereTheyStand();
    void takesTimes();
    void takesWhatItSays_data();
    void takesWhatItSays();
};

void TestLogFilter::reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char* text, const char* written) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written);
    };
    row("", "");
    row("  error ", "error");
    row("level:error", "level:error");
    row("level:warning+", "level:warning+");
    row("level:warn,crit", "level:warning,fatal");
    row("-level:debug,trace,none", "level:info+");
    row("level:none", "level:none");
    row("source:portal,db -source:proxy", "source:portal,db -source:proxy");
    row("\"a b\" -\"c\"s", "\"a b\" -\"c\"s");
    row("\"ab\" -\"c\"", "ab -c");
    row("source:\"a b\",c,\"d,\\\"e\\\"\" x", "source:\"a b\",c,\"d,\\\"e\\\"\" x");
    row("time:2026-11-20T14:02:10Z..2026-11-20T14:03:00.5Z",
        "time:2026-11-20T14:02:10.000000000Z..2026-11-20T14:03:00.500000000Z");
    row("x time:..2026-11-20T14:02:10.000000001Z", "time:..2026-11-20T14:02:10.000000001Z x");
    row("/a\\/b\\d+/i -/x/", "/a\\/b\\d+/i -/x/");
    row("\"say \\\"x\\\" \\\\\"", "\"say \\\"x\\\" \\\\\"");
    row("- -a --b", "\"-\" -a -\"-b\"");
    row("\"level:error\"", "\"level:error\"");
    row("/\\\\/", "/\\\\/");
    row("level:", "level:");
}

void TestLogFilter::reads() {
    QFETCH(QString, text);
    const auto filter = LogFilter::parse(text);
    QVERIFY(filter);
    QTEST(filter->toString(), "written");
    QCOMPARE(LogFilter::parse(filter->toString()), filter);
}

void TestLogFilter::refuses_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"\"a", "/a", "level:loud", "/a/x", "\"a\"i", "/a(/", "source:\"a",
                             "time:now..", "time:", "-time:..", "time:2026-11-20T14:02:10..",
                             "time:2026-11-20T14:02:10Z..2026-11-20T14:02:09Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestLogFilter::refuses() {
    QFETCH(QString, text);
    const auto filter = LogFilter::parse(text);
    const auto made =
        filter ? CompiledFilter::compile(*filter) : tl::unexpected<models::Error>(filter.error());
    QVERIFY(!made);
    QCOMPARE(made.error().code, models::ErrorCode::InvalidInput);
    QVERIFY(!made.error().message.isEmpty());
}

void TestLogFilter::choosesSources() {
    const LogFilter filter = *LogFilter::parse(QStringLiteral("source:a,b -source:b"));
    QVERIFY(filter.takesSource(QStringLiteral("a")));
    QVERIFY(!filter.takesSource(QStringLiteral("b")));
    QVERIFY(!filter.takesSource(QStringLiteral("c")));
    QVERIFY(LogFilter().takesSource(QStringLiteral("c")));
}

void TestLogFilter::readsWhateverItWrote() {
    QRandomGenerator random(4);
    const QString signs = QStringLiteral("ab-\"\\/, :sitl.*");
    const auto word = [&] {
        QString made;
        for (int i = random.bounded(1, 6); i > 0; --i)
            made += signs[random.bounded(int(signs.size()))];
        return made;
    };
    for (int round = 0; round < 2000; ++round) {
        LogFilter filter;
        if (random.bounded(2) == 0)
            filter.levels = static_cast<models::LevelSet>(random.bounded(256));
        for (int i = random.bounded(3); i > 0; --i)
            filter.sources.append(word());
        for (int i = random.bounded(3); i > 0; --i)
            filter.excludedSources.append(word());
        if (random.bounded(3) == 0)
            filter.times = {{random.bounded(2) * 1'000'000'007LL}, {2'000'000'000}};
        for (int i = random.bounded(4); i > 0; --i) {
            LogFilter::Term term;
            term.pattern.text = word();
            term.pattern.sensitivity = models::LiteralFinder::Case(random.bounded(2));
            term.sense = LogFilter::Sense(random.bounded(2));
            filter.terms.append(term);
        }
        const auto read = LogFilter::parse(filter.toString());
        QVERIFY2(read, qPrintable(filter.toString()));
        QCOMPARE(*read, filter);
    }
}

void TestLogFilter::isMadeOfItsParts() {
    const LogFilter filter = *LogFilter::parse(
        QStringLiteral("level:warning+ source:a,b -source:c time:..2026-11-20T14:02:10Z x -/y/"));
    const QList<LogFilter> parts = filter.parts();
    QCOMPARE(parts.size(), 7);
    LogFilter whole;
    for (const LogFilter& part : parts) {
        QCOMPARE(part.parts(), QList<LogFilter>{part});
        whole.add(part);
    }
    QCOMPARE(whole, filter);
    for (const LogFilter& part : parts)
        whole.remove(part);
    QCOMPARE(whole, LogFilter());
    QVERIFY(LogFilter::parse(QStringLiteral("source:a -source:b"))->takesEveryLine());
    QVERIFY(!parts[4].takesEveryLine());
}

void TestLogFilter::addsAndRemoves() {
    LogFilter filter = *LogFilter::parse(QStringLiteral("level:info+ source:a x"));
    filter.add(*LogFilter::parse(QStringLiteral("-level:warning source:a,b x \"x\"s")));
    QCOMPARE(filter.toString(),
             QStringLiteral("level:info,notice,error,fatal source:a,b x \"x\"s"));
    filter.add(*LogFilter::parse(QStringLiteral("level:debug")));
    QCOMPARE(filter.toString(), QStringLiteral("level:debug source:a,b x \"x\"s"));
    filter.remove(*LogFilter::parse(QStringLiteral("level:error"))); // is not in it
    filter.remove(*LogFilter::parse(QStringLiteral("source:a x")));
    QCOMPARE(filter.toString(), QStringLiteral("level:debug source:b \"x\"s"));
}

void TestLogFilter::turnsPartsRoundWhereTheyStand() {
    LogFilter filter = *LogFilter::parse(QStringLiteral("level:warning+ source:a,b x -/y/ -z"));
    const QList<LogFilter> parts = filter.parts();
    for (const LogFilter& part : parts)
        filter.turnRound(part);
    QCOMPARE(filter.toString(),
             QStringLiteral("level:none,trace,debug,info,notice -source:a,b -x /y/ z"));
    for (const LogFilter& part : filter.parts())
        filter.turnRound(part);
    QCOMPARE(filter.parts(), parts);
    filter = *LogFilter::parse(QStringLiteral("a -b b"));
    filter.turnRound(*LogFilter::parse(QStringLiteral("b")));
    QCOMPARE(filter.toString(), QStringLiteral("a -b"));
    filter.turnRound(*LogFilter::parse(QStringLiteral("nothing"))); // is not in it
    QCOMPARE(filter.toString(), QStringLiteral("a -b"));
}

/// Lines from one second to the next, some without a time: they go with the line before them.
void TestLogFilter::takesTimes() {
    LogStore store(LogPrefix::DockerTimestamp, {0, unlimited, 0});
    const QDateTime begin(QDate(2026, 11, 20), QTime(14, 0), Qt::UTC);
    constexpr int seconds = 20'000;
    for (int i = 0; i < seconds; ++i) {
        const QByteArray at = begin.addSecs(i).toString(Qt::ISODate).toLatin1();
        store.append(LogChannel::Stdout, at + " line " + QByteArray::number(i) + '\n');
        if (i % 3 == 0)
            store.append(LogChannel::Stdout, "  behind it\n");
    }
    const auto count = [&](int from, int to) {
        LogFilter filter;
        filter.times = {{begin.addSecs(from).toMSecsSinceEpoch() * 1'000'000},
                        {begin.addSecs(to).toMSecsSinceEpoch() * 1'000'000}};
        LogSift sift(*CompiledFilter::compile(filter));
        sift.extend({store.snapshot()});
        (void)sift.lookBack();
        return static_cast<std::int64_t>(sift.lines(0).size());
    };
    QCOMPARE(count(0, seconds), store.lineCount());
    QCOMPARE(count(300, 303), 4);
    QCOMPARE(count(301, 303), 2);
    QCOMPARE(count(-10, 0), 0);
    QCOMPARE(count(seconds, seconds + 10), 0);
    QCOMPARE(count(-10, 3), 4);
    QCOMPARE(count(3'000, 9'000), 8'000);
    QCOMPARE(count(seconds - 2, seconds + 2), 3);
}

void TestLogFilter::takesWhatItSays_data() {
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "level:error+", "timeout", "timeout -worker", "level:warning+ timeout /took \\d+/",
          "/\\d{5}/ aab -/error/i", "-timeout", "-level:none \"a\"s \"ERROR\"s -\"INFO\"s", "/^$/",
          "no-such-text", "/(?=a)a/ timeout", "\xc3\xa9", "-/./"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestLogFilter::takesWhatItSays() {
    QFETCH(QString, text);
    const LogFilter filter = *LogFilter::parse(text);
    LogStore store(LogPrefix::None, {0, unlimited, 0});
    fill(store, 12'000, 5);
    if (const auto work = store.takeWork()) {
        auto taken = *work;
        taken.run();
        QVERIFY(!store.finishWork(std::move(taken)));
    }
    LogSift sift(*CompiledFilter::compile(filter));
    sift.extend({store.snapshot()});
    (void)sift.lookBack();
    QVERIFY(sift.isComplete());
    QCOMPARE(sift.lines(0), plainly(store, filter));
}

QTEST_GUILESS_MAIN(TestLogFilter)
#include "tst_logfilter.moc"

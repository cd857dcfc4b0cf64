// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logfilter.h"
#include "models/log/logsearch.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <thread>

using models::CompiledFilter;
using models::LogChannel;
using models::LogFilter;
using models::LogMatcher;
using models::LogPrefix;
using models::LogReader;
using models::LogSearch;
using models::LogStore;
using models::StandingFilter;

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

std::shared_ptr<const CompiledFilter> compiled(const QString& text) {
    return *CompiledFilter::compile(*LogFilter::parse(text));
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
    void takesWhatItSays_data();
    void takesWhatItSays();
    void searchesOnTwoThreadsNewestFirst();
    void stopsWhenCancelled();
    void standsWhileLinesCome();
};

void TestLogFilter::reads_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char* text, const char* written) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(written);
    };
    row("", "");
    row("  error ", "\"error\"");
    row("level:error", "level:error");
    row("level:warning+", "level:warning+");
    row("level:warn,crit", "level:warning,fatal");
    row("-level:debug,trace,none", "level:info+");
    row("level:none", "level:none");
    row("source:portal,db -source:proxy", "source:portal,db -source:proxy");
    row("\"a b\" -\"c\"s", "\"a b\" -\"c\"s");
    row("/a\\/b\\d+/i -/x/", "/a\\/b\\d+/i -/x/");
    row("\"say \\\"x\\\" \\\\\"", "\"say \\\"x\\\" \\\\\"");
    row("- -a --b", "\"-\" -\"a\" -\"-b\"");
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
    for (const char* text : {"\"a", "/a", "level:loud", "/a/x", "\"a\"i", "/a(/"})
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
    LogSearch search(store.snapshot(), *CompiledFilter::compile(filter));
    search.work();
    std::vector<std::int64_t> found;
    search.takeHits(found);
    QVERIFY(search.state() == LogSearch::State::Done);
    QCOMPARE(search.searchedFrom(), 0);
    std::reverse(found.begin(), found.end());
    QCOMPARE(found, plainly(store, filter));
}

void TestLogFilter::searchesOnTwoThreadsNewestFirst() {
    LogStore store(LogPrefix::None, {unlimited, unlimited, 0});
    fill(store, 40'000, 6);
    const LogFilter filter = *LogFilter::parse(QStringLiteral("timeout /took/"));
    LogSearch search(store.snapshot(), *CompiledFilter::compile(filter));
    std::thread helper([&search] { search.work(); });
    std::thread other([&search] { search.work(); });
    std::vector<std::int64_t> found;
    while (search.state() == LogSearch::State::Running) {
        search.takeHits(found);
        QVERIFY(std::is_sorted(found.rbegin(), found.rend()));
        // All that is newer than its progress is found.
        QVERIFY(found.empty() || found.back() >= search.searchedFrom());
    }
    helper.join();
    other.join();
    search.takeHits(found);
    std::reverse(found.begin(), found.end());
    QCOMPARE(found, plainly(store, filter));
    QCOMPARE(search.unreadLines(), 0);
}

void TestLogFilter::stopsWhenCancelled() {
    LogStore store;
    fill(store, 5'000, 7);
    LogSearch search(store.snapshot(), compiled(QStringLiteral("timeout")));
    search.cancel();
    search.work();
    std::vector<std::int64_t> found;
    search.takeHits(found);
    QVERIFY(found.empty());
    QVERIFY(search.state() == LogSearch::State::Cancelled);
    QCOMPARE(search.searchedFrom(), store.lineCount());
}

void TestLogFilter::standsWhileLinesCome() {
    const QString text = QStringLiteral("level:info+ took -/worker/");
    LogStore store;
    StandingFilter standing(compiled(text));
    for (unsigned part = 0; part < 40; ++part) {
        fill(store, int(part * part), part);
        const std::vector<std::int64_t> before = standing.lines();
        const std::int64_t more = standing.extend(store.snapshot());
        QCOMPARE(standing.lines().size(), before.size() + size_t(more));
    }
    QCOMPARE(standing.lines(), plainly(store, *LogFilter::parse(text)));
    QCOMPARE(standing.end(), store.lineCount());
    QCOMPARE(standing.extend(store.snapshot()), 0);
    standing.dropBefore(store.lineCount() / 2);
    QVERIFY(standing.lines().front() >= store.lineCount() / 2);
}

QTEST_GUILESS_MAIN(TestLogFilter)
#include "tst_logfilter.moc"

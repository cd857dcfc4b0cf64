// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a stream whose source does as it likes.
#include "app/log/logstream.h"

#include "tests/app/log/recordingsink.h"

#include <QSignalSpy>
#include <QTest>

using namespace app;
using namespace tests;
using namespace std::chrono_literals;

using Kind = models::LogMarker::Kind;
using Reason = LogFeed::End::Reason;
using State = LogStreamState::State;

namespace {

constexpr int patience = 20'000;

class FakeFeed final : public LogFeed {
public:
    void setFlow(Flow wanted) override { flow = wanted; }
    void end(Reason reason, const models::Error& error = {}, std::optional<int> status = {}) {
        End how;
        how.reason = reason;
        how.error = error;
        how.exitStatus = status;
        Q_EMIT ended(how);
    }

    Flow flow = Flow::Flowing;
};

class FakeOrigin final : public LogOrigin {
public:
    [[nodiscard]] Resuming resuming() const override { return how; }
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override {
        Q_UNUSED(context)
        if (isGivenUp && askedBy == models::AskedBy::Program)
            done(models::failure(models::ErrorCode::Cancelled, QStringLiteral("given up")));
        else if (isAway)
            waiting = std::move(done);
        else
            done(ready);
    }
    void look(QObject* context, LookCallback done) override {
        Q_UNUSED(context)
        ++looks;
        done(subject);
    }
    void newest(const QString& id, QObject* context, NewestCallback done) override {
        Q_UNUSED(id)
        Q_UNUSED(context)
        ++asked;
        done(newestLine);
    }
    std::unique_ptr<LogFeed> open(const LogOpening& opening) override {
        openings.append(opening);
        auto feed = std::make_unique<FakeFeed>();
        current = feed.get();
        return feed;
    }

    Resuming how = Resuming::ByRuntime;
    bool isAway = false;
    bool isGivenUp = false;
    models::Result<void> ready;
    ReadyCallback waiting;
    models::Result<Look> subject =
        Look{QStringLiteral("one"), QStringLiteral("portal"), true, {}, {}};
    models::Result<models::Instant> newestLine = models::Instant{};
    QList<LogOpening> openings;
    FakeFeed* current = nullptr;
    int looks = 0;
    int asked = 0;
};

QByteArray at(int second, const QByteArray& text) {
    return "2026-11-21T18:19:" + QByteArray::number(second) + ".000000001Z " + text + '\n';
}

models::Instant instantAt(int second) {
    return {(1'795'285'140LL + second) * 1'000'000'000};
}

} // namespace

class TestLogStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stream.reset(); }

    void takesUpWhereItWasCut();
    void waitsForTheConnection();
    void saysThatLinesOfACommandMayBeMissing();
    void takesUpByTheTimesOfLines_data();
    void takesUpByTheTimesOfLines();
    void goesOnAtItsPlace_data();
    void goesOnAtItsPlace();
    void saysWhatACommandEndedWith();
    void markersASilentStop();
    void takesSilenceForWhatItIs();
    void readsAStoppedContainerToItsEnd();
    void seesARunBetweenTwoLooks();
    void followsTheSuccessor();
    void saysThatTheLogWasRotated();
    void holdsTheSourceBack();
    void keepsTryingWhatMayComeBack();
    void connectsNothingThatWasGivenUp();
    void aProgramConnectsNothingThatWasGivenUp();
    void failsWhereAPersonIsNeeded();
    void saysNothingMoreWhenItIsStopped();
    void readsASpanAndNoMore();
    void saysThatASpanIsEmpty();
    void goesOnWithASpanWhereItWasCut();
    void readsOnlySoMuchOfASpan();
    void aSpanOfWhatIsGoneFails();

private:
    void readSpan();
    void follow();
    void follow(const QByteArray& lines);

    RecordingSink m_sink;
    FakeOrigin* m_origin = nullptr;
    std::unique_ptr<LogStream> m_stream;
};

void TestLogStream::init() {
    m_sink.clear();
    auto origin = std::make_unique<FakeOrigin>();
    m_origin = origin.get();
    m_stream =
        std::make_unique<LogStream>(std::move(origin), m_sink, 500, LogStream::Pace{20ms, 10ms});
}

/// From second 20 to second 30.
void TestLogStream::readSpan() {
    m_sink.clear();
    auto origin = std::make_unique<FakeOrigin>();
    m_origin = origin.get();
    m_stream =
        std::make_unique<LogStream>(std::move(origin), m_sink, 500, LogStream::Pace{20ms, 10ms},
                                    LogTimeSpan{instantAt(20), instantAt(30)});
    follow();
}

void TestLogStream::follow() {
    m_stream->start();
    QVERIFY(m_origin->current);
    Q_EMIT m_origin->current->began();
    QCOMPARE(m_stream->state().state, State::Following);
}

void TestLogStream::follow(const QByteArray& lines) {
    follow();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, lines);
    QCOMPARE(m_sink.out, lines);
}

void TestLogStream::takesUpWhereItWasCut() {
    const QByteArray lines = at(20, "a") + at(30, "b") + at(30, "b");
    follow(lines);
    QCOMPARE(m_origin->openings.first().tail, 500); // what was there before
    QVERIFY(!m_origin->openings.first().since);
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, "2026-11-21T18:19:3");
    m_origin->current->end(Reason::CutOff);
    QCOMPARE(m_stream->state().state, State::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QCOMPARE(*m_origin->openings.last().since, instantAt(28));
    QCOMPARE(m_origin->openings.last().tail, -1);
    Q_EMIT m_origin->current->began();
    QCOMPARE(m_sink.markers.size(), 0); // whether lines are missing is not known yet
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout,
                                   at(30, "b") + at(30, "b") + at(30, "b"));
    QCOMPARE(m_sink.out, lines + at(30, "b"));
    QCOMPARE(m_sink.markers.size(), 1);
    QCOMPARE(m_sink.markers.first().kind, Kind::Resumed);
    QVERIFY(m_sink.markers.first().length() > 0);
    QCOMPARE(m_stream->state().gaps, 1);
}

void TestLogStream::waitsForTheConnection() {
    follow(at(20, "a"));
    m_origin->isAway = true;
    m_origin->current->end(Reason::CutOff);
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->waiting, patience);
    QCOMPARE(m_stream->state().state, State::Waiting);
    QCOMPARE(m_origin->openings.size(), 1);
    // It goes again at once, several times: that is one gap.
    m_origin->waiting({});
    QCOMPARE(m_origin->openings.size(), 2);
    m_origin->isAway = false;
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 3, patience);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(20, "a"));
    QCOMPARE(m_stream->state().gaps, 1);
    QCOMPARE(m_sink.count(Kind::Resumed), 1);
}

void TestLogStream::saysThatLinesOfACommandMayBeMissing() {
    m_origin->how = LogOrigin::Resuming::Not;
    follow("no time\n");
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QCOMPARE(m_origin->looks, 0);
    Q_EMIT m_origin->current->began();
    QCOMPARE(m_sink.count(Kind::Gap), 1);
    QVERIFY2(m_sink.said().contains("may be missing, and some may come twice"),
             m_sink.said().constData());
    Q_EMIT m_origin->current->read(models::LogChannel::Stderr, "half");
    QCOMPARE(m_sink.err, QByteArray("half"));
}

void TestLogStream::takesUpByTheTimesOfLines_data() {
    QTest::addColumn<QByteArray>("again");
    QTest::addColumn<models::LogMarker::Kind>("kind");
    QTest::addColumn<QByteArray>("fresh");
    const QByteArray a = "2026-11-21T18:19:20.000001+0000 a\n";
    const QByteArray b = "2026-11-21 18:19:21.5 b\n";
    const QByteArray c = "2026-11-21 18:19:22.5 c\n";
    QTest::newRow("all is there again") << a + b + c << Kind::Resumed << c;
    QTest::newRow("only what is new") << c << Kind::Rotated << c;
    QTest::newRow("no times") << QByteArray("odd\n") + b + c << Kind::Resumed << "odd\n" + c;
}

void TestLogStream::takesUpByTheTimesOfLines() {
    QFETCH(const QByteArray, again);
    QFETCH(const models::LogMarker::Kind, kind);
    QFETCH(const QByteArray, fresh);
    m_origin->how = LogOrigin::Resuming::ByLineTimes;
    const QByteArray lines =
        "2026-11-21T18:19:20.000001+0000 a\n more of a\n2026-11-21 18:19:21.5 b\n";
    follow(lines);
    QVERIFY(m_stream->state().mayResume);
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QCOMPARE(*m_origin->openings.last().since, instantAt(19));
    QCOMPARE(m_origin->looks, 0);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, again);
    QCOMPARE(m_sink.out, lines + fresh);
    QCOMPARE(m_sink.markers.size(), 1);
    QVERIFY2(m_sink.markers.first().kind == kind, m_sink.said().constData());
    m_origin->current->end(Reason::Over, {}, 0);
    QCOMPARE(m_stream->state().state, State::Ended);
}

void TestLogStream::goesOnAtItsPlace_data() {
    QTest::addColumn<LogFeed::Joint>("joint");
    QTest::addColumn<models::LogMarker::Kind>("kind");
    QTest::newRow("whole") << LogFeed::Joint::Whole << Kind::Resumed;
    QTest::newRow("broken") << LogFeed::Joint::Broken << Kind::Rotated;
    QTest::newRow("unknown") << LogFeed::Joint::Unknown << Kind::Gap;
}

void TestLogStream::goesOnAtItsPlace() {
    QFETCH(const LogFeed::Joint, joint);
    QFETCH(const models::LogMarker::Kind, kind);
    m_origin->how = LogOrigin::Resuming::ByPlace;
    follow("a\n");
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    if (joint != LogFeed::Joint::Unknown)
        Q_EMIT m_origin->current->joined(joint);
    Q_EMIT m_origin->current->began();
    QCOMPARE(m_sink.markers.size(), 1);
    QVERIFY2(m_sink.markers.first().kind == kind, m_sink.said().constData());
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, "b\n");
    QCOMPARE(m_sink.out, QByteArray("a\nb\n"));
}

void TestLogStream::saysWhatACommandEndedWith() {
    m_origin->how = LogOrigin::Resuming::Not;
    follow("x\n");
    m_origin->current->end(Reason::Over, {}, 7);
    QCOMPARE(m_stream->state().state, State::Ended);
    QVERIFY(m_sink.markers.last().words.contains("status 7"));
}

void TestLogStream::markersASilentStop() {
    follow(at(20, "a"));
    m_origin->newestLine = instantAt(40);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QVERIFY(m_origin->asked >= 2); // what was written just now may be on its way
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(20, "a") + at(40, "b"));
    QCOMPARE(m_sink.out, at(20, "a") + at(40, "b"));
    QCOMPARE(m_sink.count(Kind::Silent), 1);
}

void TestLogStream::takesSilenceForWhatItIs() {
    follow(at(20, "a"));
    m_origin->newestLine = models::Instant{instantAt(20).nanoseconds + 1};
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->asked >= 3, patience);
    QCOMPARE(m_origin->openings.size(), 1);
    QVERIFY(m_sink.markers.isEmpty());
}

void TestLogStream::readsAStoppedContainerToItsEnd() {
    follow(at(20, "a"));
    m_origin->subject->isRunning = false;
    m_origin->subject->exitCode = 137;
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_origin->openings.size(), 2);
    QCOMPARE(m_origin->openings.last().extent, LogOpening::Extent::UntilNow);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout,
                                   at(20, "a") + at(21, "last").chopped(1));
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_stream->state().state, State::Stopped);
    QCOMPARE(m_sink.out, at(20, "a") + at(21, "last"));
    QCOMPARE(m_sink.markers.size(), 1);
    QVERIFY(m_sink.markers.first().words.contains("137"));

    // It stays so, however often it is looked at, until it runs.
    const int looks = m_origin->looks;
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->looks > looks + 2, patience);
    QCOMPARE(m_sink.markers.size(), 1);
    m_origin->subject->isRunning = true;
    m_origin->subject->startedAt = instantAt(30);
    Q_EMIT m_origin->changed();
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 3, patience);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(21, "last") + at(30, "again"));
    QCOMPARE(m_sink.count(Kind::Restarted), 1);
    QVERIFY(m_sink.out.endsWith(at(21, "last") + at(30, "again")));
}

void TestLogStream::seesARunBetweenTwoLooks() {
    m_origin->subject->isRunning = false;
    follow(at(20, "a"));
    m_origin->current->end(Reason::Over);
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_stream->state().state, State::Stopped);
    m_origin->subject->startedAt = instantAt(30);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 3, patience);
    QVERIFY(m_origin->openings.last().since);
}

void TestLogStream::followsTheSuccessor() {
    follow(at(20, "a"));
    m_origin->current->end(Reason::CutOff);
    m_origin->subject->id = QStringLiteral("two");
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QCOMPARE(m_origin->openings.last().id, QStringLiteral("two"));
    QVERIFY(!m_origin->openings.last().since);
    QCOMPARE(m_origin->openings.last().tail, -1);
    QCOMPARE(m_sink.count(Kind::Successor), 1);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(20, "a"));
    QCOMPARE(m_sink.out, at(20, "a") + at(20, "a"));
    QCOMPARE(m_stream->state().containerId, QStringLiteral("two"));
}

void TestLogStream::saysThatTheLogWasRotated() {
    follow(at(20, "a"));
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(50, "z"));
    QCOMPARE(m_sink.count(Kind::Rotated), 1);
    QCOMPARE(m_sink.out, at(20, "a") + at(50, "z"));
}

void TestLogStream::holdsTheSourceBack() {
    m_stream->setFlow(LogFeed::Flow::Held);
    follow();
    QCOMPARE(m_origin->current->flow, LogFeed::Flow::Held);
    m_stream->setFlow(LogFeed::Flow::Flowing);
    QCOMPARE(m_origin->current->flow, LogFeed::Flow::Flowing);
}

void TestLogStream::keepsTryingWhatMayComeBack() {
    m_origin->subject = models::failure(models::ErrorCode::NotFound, QStringLiteral("no such"));
    m_stream->start();
    QCOMPARE(m_stream->state().state, State::Waiting);
    QVERIFY(m_stream->state().error);
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->looks >= 3, patience);
    QCOMPARE(m_sink.count(Kind::Failed), 1); // said once
    m_origin->subject = models::failure(models::ErrorCode::NotReadable, QStringLiteral("down"));
    const int looks = m_origin->looks;
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->looks > looks, patience);
    m_origin->subject =
        LogOrigin::Look{QStringLiteral("one"), QStringLiteral("portal"), true, {}, {}};
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->current, patience);
    Q_EMIT m_origin->current->began();
    QCOMPARE(m_stream->state().state, State::Following);
    QVERIFY(!m_stream->state().error);

    m_origin->current->end(Reason::Gone, {models::ErrorCode::NotFound, QStringLiteral("gone"), {}});
    QCOMPARE(m_sink.count(Kind::Vanished), 1);
    QCOMPARE(m_stream->state().state, State::Waiting);
}

/// Its first look is what a person asked for; those after it are not.
void TestLogStream::connectsNothingThatWasGivenUp() {
    m_origin->isGivenUp = true;
    m_origin->subject = models::failure(models::ErrorCode::NotFound, QStringLiteral("no such"));
    m_stream->start();
    QCOMPARE(m_origin->looks, 1);
    QCOMPARE(m_stream->state().state, State::Waiting);
    QTRY_COMPARE_WITH_TIMEOUT(m_stream->state().state, State::Failed, patience);
    QCOMPARE(m_stream->state().error->message, QStringLiteral("given up"));
    QVERIFY(m_sink.said().contains("given up"));
    QCOMPARE(m_origin->looks, 1);
    m_origin->isGivenUp = false;
    m_origin->subject =
        LogOrigin::Look{QStringLiteral("one"), QStringLiteral("portal"), true, {}, {}};
    Q_EMIT m_origin->changed(); // it is connected again
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->current, patience);
}

void TestLogStream::aProgramConnectsNothingThatWasGivenUp() {
    m_origin->isGivenUp = true;
    m_stream->start(models::AskedBy::Program);
    QCOMPARE(m_stream->state().state, State::Failed);
    QCOMPARE(m_stream->state().error->message, QStringLiteral("given up"));
    QCOMPARE(m_origin->looks, 0);
    m_origin->isGivenUp = false;
    Q_EMIT m_origin->changed(); // it is connected again
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->current, patience);
}

void TestLogStream::failsWhereAPersonIsNeeded() {
    m_origin->subject = models::failure(models::ErrorCode::Refused, QStringLiteral("sudo"));
    m_stream->start();
    QCOMPARE(m_stream->state().state, State::Failed);
    QCOMPARE(m_stream->state().error->message, QStringLiteral("sudo"));
    QCOMPARE(m_sink.count(Kind::Failed), 1);
    m_origin->subject =
        LogOrigin::Look{QStringLiteral("one"), QStringLiteral("portal"), true, {}, {}};
    Q_EMIT m_origin->changed();
    QTRY_VERIFY_WITH_TIMEOUT(m_origin->current, patience);
}

void TestLogStream::saysNothingMoreWhenItIsStopped() {
    follow(at(20, "a"));
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(21, "b").chopped(1));
    m_stream->stop();
    QCOMPARE(m_stream->state().state, State::Ended);
    QCOMPARE(m_sink.out, at(20, "a") + at(21, "b"));
    QSignalSpy changes(m_stream.get(), &LogStream::stateChanged);
    Q_EMIT m_origin->changed();
    QCoreApplication::processEvents();
    QCOMPARE(m_origin->openings.size(), 1);
    QCOMPARE(changes.size(), 0);
}

void TestLogStream::readsASpanAndNoMore() {
    readSpan();
    const LogOpening opening = m_origin->openings.first();
    QCOMPARE(*opening.since, instantAt(20));
    QCOMPARE(*opening.until, instantAt(30));
    QCOMPARE(opening.extent, LogOpening::Extent::UntilNow);
    QCOMPARE(opening.tail, -1);
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(21, "a") + "2026-11-21T18:19:22");
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, ".000000001Z b");
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_stream->state().state, State::Ended);
    QCOMPARE(m_sink.out, at(21, "a") + at(22, "b"));
    QCOMPARE(m_sink.markers.size(), 1);
    QCOMPARE(m_sink.lengths.first(), m_sink.out.size());
    // It stands behind those lines among others, and not at the present time.
    QVERIFY(m_sink.markers.first().time().isNull());
    QVERIFY2(m_sink.said().contains("from 2026-11-21 18:19:20 UTC to 2026-11-21 18:19:30 UTC"),
             m_sink.said().constData());
    QCOMPARE(m_origin->openings.size(), 1);
    QCOMPARE(m_origin->asked, 0);
}

void TestLogStream::saysThatASpanIsEmpty() {
    readSpan();
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_stream->state().state, State::Ended);
    QVERIFY2(m_sink.said().contains("has no line from"), m_sink.said().constData());
}

void TestLogStream::goesOnWithASpanWhereItWasCut() {
    readSpan();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(24, "a"));
    m_origin->current->end(Reason::CutOff);
    QTRY_COMPARE_WITH_TIMEOUT(m_origin->openings.size(), 2, patience);
    QCOMPARE(*m_origin->openings.last().since, instantAt(22));
    QCOMPARE(*m_origin->openings.last().until, instantAt(30));
    Q_EMIT m_origin->current->began();
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(24, "a") + at(25, "b"));
    m_origin->current->end(Reason::Over);
    QCOMPARE(m_sink.out, at(24, "a") + at(25, "b"));
    QCOMPARE(m_stream->state().state, State::Ended);
}

void TestLogStream::readsOnlySoMuchOfASpan() {
    readSpan();
    const qint64 most = SpanReading::most;
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(21, "x").repeated(most - 1));
    QCOMPARE(m_stream->state().state, State::Following);
    Q_EMIT m_origin->current->read(models::LogChannel::Stdout, at(22, "y") + at(23, "z"));
    QCOMPARE(m_stream->state().state, State::Ended);
    QCOMPARE(m_sink.out.count('\n'), most);
    QVERIFY(m_sink.out.endsWith(at(22, "y")));
    QVERIFY2(m_sink.said().contains("the first 200,000 lines"), m_sink.said().constData());
    QCOMPARE(m_sink.markers.size(), 1);
}

void TestLogStream::aSpanOfWhatIsGoneFails() {
    auto origin = std::make_unique<FakeOrigin>();
    origin->subject = models::failure(models::ErrorCode::NotFound, u"There is none."_qs);
    m_stream =
        std::make_unique<LogStream>(std::move(origin), m_sink, 500, LogStream::Pace{20ms, 10ms},
                                    LogTimeSpan{instantAt(20), instantAt(30)});
    m_stream->start();
    QCOMPARE(m_stream->state().state, State::Failed);
    QCOMPARE(m_sink.said(), QByteArray("There is none."));
}

QTEST_GUILESS_MAIN(TestLogStream)
#include "tst_logstream.moc"

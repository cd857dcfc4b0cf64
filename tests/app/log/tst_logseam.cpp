// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logseam.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace app;

using Joint = LogSeam::Joint;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t start = 1'795'285'174 * second;

/// A log as a runtime keeps it.
struct Entry {
    models::LogChannel channel = models::LogChannel::Stdout;
    std::int64_t at = 0;
    QByteArray text;
};

enum class Precision { Nanoseconds, Seconds };

QByteArray stampText(std::int64_t at, Precision precision) {
    const QDateTime time = QDateTime::fromSecsSinceEpoch(at / second, Qt::UTC);
    QByteArray text = time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toLatin1();
    if (precision == Precision::Nanoseconds)
        text += '.' + QByteArray::number(qint64(at % second)).rightJustified(9, '0');
    return text + "Z ";
}

QByteArray lineOf(const Entry& entry, Precision precision) {
    return stampText(entry.at, precision) + entry.text + '\n';
}

/// What a runtime would send, from a moment on: pieces of both channels in the order of the log.
using Piece = std::pair<models::LogChannel, QByteArray>;
QList<Piece> sent(const QList<Entry>& log, std::optional<models::Instant> since,
                  Precision precision) {
    QList<Piece> pieces;
    for (const Entry& entry : log) {
        // Podman leaves out what is exactly at the moment.
        if (!since || entry.at > since->nanoseconds)
            pieces.append({entry.channel, lineOf(entry, precision)});
    }
    return pieces;
}

struct Delivered {
    QByteArray out;
    QByteArray err;

    void add(models::LogChannel channel, const QByteArray& bytes) {
        (channel == models::LogChannel::Stdout ? out : err) += bytes;
    }
    bool operator==(const Delivered&) const = default;
};

Delivered whole(const QList<Entry>& log, Precision precision) {
    Delivered all;
    for (const auto& [channel, bytes] : sent(log, {}, precision))
        all.add(channel, bytes);
    return all;
}

/// One go, torn into pieces anywhere, that ends after so many bytes.
void go(LogSeam& seam, Delivered& delivered, const QList<Piece>& pieces, qint64 bytes,
        QRandomGenerator& random) {
    for (const auto& [channel, text] : pieces) {
        for (qsizetype at = 0; at < text.size() && bytes > 0;) {
            const qsizetype most = std::min<qint64>(bytes, text.size() - at);
            const auto size = 1 + qsizetype(random.bounded(qint64(most)));
            delivered.add(channel, seam.take(channel, QByteArrayView(text).sliced(at, size)));
            at += size;
            bytes -= size;
        }
    }
}

} // namespace

class TestLogSeam : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losesNothingAndDoublesNothing_data();
    void losesNothingAndDoublesNothing();
    void leavesOutTheRestOfALineInParts();
    void goesOnInTheMiddleOfALongLine();
    void saysThatLinesAreGone();
    void saysThatTheClockWentBack();
    void beginsAgainWhereNothingCame();
    void givesALastLineAnEnd();
};

void TestLogSeam::losesNothingAndDoublesNothing_data() {
    QTest::addColumn<bool>("inSeconds");
    QTest::addColumn<int>("burst");
    QTest::addColumn<int>("wobble");
    QTest::newRow("one by one") << false << 1 << 0;
    QTest::newRow("bursts of equal lines") << false << 25 << 0;
    QTest::newRow("whole seconds") << true << 1 << 0;
    QTest::newRow("bursts in whole seconds") << true << 25 << 0;
    QTest::newRow("a clock that is slewed") << false << 3 << 40;
}

/// Whatever is cut, and however often.
void TestLogSeam::losesNothingAndDoublesNothing() {
    QFETCH(bool, inSeconds);
    QFETCH(int, burst);
    QFETCH(int, wobble);
    const Precision precision = inSeconds ? Precision::Seconds : Precision::Nanoseconds;
    for (quint32 seed = 1; seed <= 6; ++seed) {
        QRandomGenerator random(seed);
        QList<Entry> log;
        std::int64_t at = start + random.bounded(qint64(second));
        for (int i = 0; i < 200; ++i) {
            at += random.bounded(qint64(second / 5));
            const auto channel =
                random.bounded(3) == 0 ? models::LogChannel::Stderr : models::LogChannel::Stdout;
            const std::int64_t back = wobble == 0 ? 0 : random.bounded(wobble) * qint64(1'000'000);
            for (int j = 0; j < burst; ++j)
                log.append({channel, at - back, "tick " + QByteArray::number(i / 2)});
        }
        LogSeam seam;
        Delivered delivered;
        for (int goes = 0; goes < 25; ++goes) {
            const auto pieces = sent(log, seam.since(), precision);
            seam.cut();
            go(seam, delivered, pieces, random.bounded(4000), random);
            QVERIFY(seam.joint() != Joint::Broken);
        }
        const auto rest = sent(log, seam.since(), precision);
        seam.cut();
        go(seam, delivered, rest, std::numeric_limits<qint64>::max(), random);
        QCOMPARE(delivered.out.size(), whole(log, precision).out.size());
        QVERIFY(delivered == whole(log, precision));
        QVERIFY(!seam.hasJumpedBack());
    }
}

/// A runtime gives the parts of a long line times of their own; asked from a moment between them,
/// it begins in the middle of the line.
void TestLogSeam::leavesOutTheRestOfALineInParts() {
    LogSeam seam;
    QByteArray out =
        seam.take(models::LogChannel::Stdout, lineOf({{}, start, "a"}, Precision::Nanoseconds));
    const Entry last{{}, start + 4 * second, "b"};
    out += seam.take(models::LogChannel::Stdout, lineOf(last, Precision::Nanoseconds));
    const QByteArray before = out;
    seam.cut();
    out += seam.take(models::LogChannel::Stdout,
                     lineOf({{}, start + 3 * second, "the rest"}, Precision::Nanoseconds));
    QCOMPARE(out, before);
    out += seam.take(models::LogChannel::Stdout, lineOf(last, Precision::Nanoseconds));
    QCOMPARE(out, before);
    QCOMPARE(seam.joint(), Joint::Whole);
    const QByteArray fresh = lineOf({{}, start + 5 * second, "c"}, Precision::Nanoseconds);
    out += seam.take(models::LogChannel::Stdout, fresh);
    QCOMPARE(out, before + fresh);
}

/// 64 MB without an end, given on in pieces, and cut in between.
void TestLogSeam::goesOnInTheMiddleOfALongLine() {
    const QByteArray first = lineOf({{}, start, "first"}, Precision::Nanoseconds);
    const QByteArray giant =
        lineOf({{}, start + 1, QByteArray(64 * 1024 * 1024, 'x')}, Precision::Nanoseconds);
    LogSeam seam;
    QByteArray out = seam.take(models::LogChannel::Stdout, first);
    const auto give = [&](const QByteArray& bytes) {
        constexpr qsizetype piece = 300'000;
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            out += seam.take(models::LogChannel::Stdout,
                             QByteArrayView(bytes).sliced(at, std::min(piece, bytes.size() - at)));
    };
    for (const qsizetype size : {20'000'000, 5'000'000, 40'000'000}) {
        give(giant.first(size));
        QVERIFY(out.size() > first.size() + 2'000'000);
        QCOMPARE(seam.since()->nanoseconds, start - 2 * second);
        seam.cut();
        give(first);
    }
    give(giant);
    give(first);
    QVERIFY(out == first + giant + first);
    QCOMPARE(seam.joint(), Joint::Whole);
}

void TestLogSeam::saysThatLinesAreGone() {
    LogSeam seam;
    QByteArray out =
        seam.take(models::LogChannel::Stdout, lineOf({{}, start, "a"}, Precision::Nanoseconds));
    QCOMPARE(seam.joint(), Joint::None);
    seam.cut();
    QCOMPARE(seam.joint(), Joint::Open);
    out += seam.take(models::LogChannel::Stdout,
                     lineOf({{}, start + 90 * second, "b"}, Precision::Nanoseconds));
    QCOMPARE(seam.joint(), Joint::Broken);
    QCOMPARE(out.count('\n'), 2);

    // The one that was begun never comes back whole.
    out += seam.take(models::LogChannel::Stdout,
                     stampText(start + 91 * second, Precision::Nanoseconds) +
                         QByteArray(2'000'000, 'x'));
    seam.cut();
    out += seam.take(models::LogChannel::Stdout,
                     lineOf({{}, start + 200 * second, "c"}, Precision::Nanoseconds));
    QCOMPARE(out.count('\n'), 4);
    QVERIFY(out.endsWith('\n' + lineOf({{}, start + 200 * second, "c"}, Precision::Nanoseconds)));
}

void TestLogSeam::saysThatTheClockWentBack() {
    LogSeam seam;
    QByteArray out =
        seam.take(models::LogChannel::Stdout, lineOf({{}, start, "a"}, Precision::Nanoseconds));
    QVERIFY(!seam.hasJumpedBack());
    out += seam.take(models::LogChannel::Stdout,
                     lineOf({{}, start - 3600 * second, "b"}, Precision::Nanoseconds));
    QVERIFY(seam.hasJumpedBack());
    QCOMPARE(out.count('\n'), 2);
    QVERIFY(seam.since()->nanoseconds < start - 3600 * second);
}

void TestLogSeam::beginsAgainWhereNothingCame() {
    LogSeam seam;
    QVERIFY(!seam.since());
    seam.cut();
    QCOMPARE(seam.joint(), Joint::None);
    QCOMPARE(seam.take(models::LogChannel::Stderr, "no time\n"), QByteArray("no time\n"));
    QVERIFY(!seam.since());
    QCOMPARE(seam.take(models::LogChannel::Stderr, "torn"), QByteArray());
    seam.cut();
    QCOMPARE(seam.take(models::LogChannel::Stderr, QByteArrayView("a\0b\n", 4)),
             QByteArray("a\0b\n", 4));
}

void TestLogSeam::givesALastLineAnEnd() {
    LogSeam seam;
    const QByteArray line = lineOf({{}, start, "half"}, Precision::Seconds);
    QCOMPARE(seam.take(models::LogChannel::Stdout, line.chopped(1)), QByteArray());
    QCOMPARE(seam.finish(models::LogChannel::Stdout), line);
    QCOMPARE(seam.finish(models::LogChannel::Stdout), QByteArray());
    seam.cut();
    QCOMPARE(seam.take(models::LogChannel::Stdout, line), QByteArray());
}

QTEST_GUILESS_MAIN(TestLogSeam)
#include "tst_logseam.moc"

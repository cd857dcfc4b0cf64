// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linejoiner.h"

#include <QList>
#include <QTest>

using models::Instant;
using models::JoinedLine;
using models::LineJoiner;
using models::LineSink;
using models::LogChannel;
using models::LogPrefix;

namespace {

constexpr auto stamp = "2024-05-01T10:20:30.000000007Z ";
constexpr std::int64_t stampTime = 1'714'558'830'000'000'007;

struct Joined {
    QByteArray text;
    std::int64_t time = 0;
    bool continues = false;
    LogChannel channel = LogChannel::Stdout;
    bool operator==(const Joined&) const = default;
};

class Collector : public LineSink {
public:
    explicit Collector(LogPrefix prefix)
        : m_joiner(prefix, *this) {}

    LineJoiner& joiner() { return m_joiner; }
    void take(LogChannel channel, const JoinedLine& line) override {
        lines.append({line.text.toByteArray(), line.time.nanoseconds, line.continues, channel});
    }
    [[nodiscard]] QByteArrayList texts() const {
        QByteArrayList texts;
        for (const Joined& line : lines)
            texts.append(line.text);
        return texts;
    }

    QList<Joined> lines;

private:
    LineJoiner m_joiner;
};

} // namespace

class TestLineJoiner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsWhateverTheCut_data();
    void joinsWhateverTheCut();
    void keepsTheChannelsApart();
    void rejoinsDockersParts_data();
    void rejoinsDockersParts();
    void takesTextThatOnlyLooksStamped();
    void cutsALineWithoutEnd_data();
    void cutsALineWithoutEnd();
};

void TestLineJoiner::joinsWhateverTheCut_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("texts");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("one line") << QByteArray("one\n") << QByteArrayList{"one"};
    QTest::newRow("no end") << QByteArray("one\ntwo") << QByteArrayList{"one", "two"};
    QTest::newRow("empty lines") << QByteArray("\n\na\n\n") << QByteArrayList{"", "", "a", ""};
    QTest::newRow("NUL and bad UTF-8")
        << QByteArray("a\0b\n\xff\xfe\n", 7) << QByteArrayList{QByteArray("a\0b", 3), "\xff\xfe"};
}

void TestLineJoiner::joinsWhateverTheCut() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, texts);
    for (qsizetype size = 1; size <= bytes.size() + 1; ++size) {
        Collector collector(LogPrefix::None);
        for (qsizetype at = 0; at < bytes.size(); at += size)
            collector.joiner().append(LogChannel::Stdout, QByteArrayView(bytes).sliced(at).first(
                                                              qMin(size, bytes.size() - at)));
        collector.joiner().finish();
        QCOMPARE(collector.texts(), texts);
        QCOMPARE(collector.joiner().pending(), 0);
    }
}

void TestLineJoiner::keepsTheChannelsApart() {
    Collector collector(LogPrefix::None);
    collector.joiner().append(LogChannel::Stdout, "out ");
    collector.joiner().append(LogChannel::Stderr, "err ");
    collector.joiner().append(LogChannel::Stdout, "one\n");
    collector.joiner().append(LogChannel::Stderr, "two\n");
    const QList<Joined> expected{{"out one", 0, false, LogChannel::Stdout},
                                 {"err two", 0, false, LogChannel::Stderr}};
    QCOMPARE(collector.lines, expected);
}

void TestLineJoiner::rejoinsDockersParts_data() {
    QTest::addColumn<int>("length");
    QTest::newRow("empty") << 0;
    QTest::newRow("short") << 40;
    QTest::newRow("a part less one") << 16'383;
    QTest::newRow("one part") << 16'384;
    QTest::newRow("a part and one") << 16'385;
    QTest::newRow("two parts") << 32'768;
    QTest::newRow("many") << 262'144 + 17;
}

void TestLineJoiner::rejoinsDockersParts() {
    QFETCH(int, length);
    QByteArray text;
    for (int i = 0; i < length; ++i)
        text += static_cast<char>('a' + i % 23);
    // As the copier does: full parts, and then whatever is left with the line feed.
    QByteArray bytes;
    qsizetype at = 0;
    for (; text.size() - at >= LineJoiner::dockerPart; at += LineJoiner::dockerPart)
        bytes += stamp + text.mid(at, LineJoiner::dockerPart);
    bytes += stamp + text.mid(at) + '\n';
    for (const qsizetype size : {qsizetype(1), qsizetype(4'099), bytes.size()}) {
        Collector collector(LogPrefix::DockerTimestamp);
        for (qsizetype from = 0; from < bytes.size(); from += size)
            collector.joiner().append(LogChannel::Stdout, QByteArrayView(bytes).sliced(from).first(
                                                              qMin(size, bytes.size() - from)));
        const QList<Joined> expected{{text, stampTime, false, LogChannel::Stdout}};
        QVERIFY(collector.lines == expected);
    }
}

void TestLineJoiner::takesTextThatOnlyLooksStamped() {
    Collector collector(LogPrefix::DockerTimestamp);
    // A second stamp is the program's own; an impossible date is text.
    const QByteArray bytes =
        QByteArray(stamp) + stamp + "x\n2024-13-01T10:20:30.000000007Z y\n" + stamp + "\n";
    collector.joiner().append(LogChannel::Stdout, bytes);
    const QByteArrayList expected{QByteArray(stamp) + "x", "2024-13-01T10:20:30.000000007Z y", ""};
    QCOMPARE(collector.texts(), expected);
}

void TestLineJoiner::cutsALineWithoutEnd_data() {
    QTest::addColumn<bool>("docker");
    QTest::newRow("plain") << false;
    QTest::newRow("docker") << true;
}

void TestLineJoiner::cutsALineWithoutEnd() {
    QFETCH(bool, docker);
    constexpr int size = 64 << 20;
    Collector collector(docker ? LogPrefix::DockerTimestamp : LogPrefix::None);
    const QByteArray part(LineJoiner::dockerPart, 'x');
    for (int at = 0; at < size; at += static_cast<int>(part.size())) {
        if (docker)
            collector.joiner().append(LogChannel::Stdout, stamp);
        collector.joiner().append(LogChannel::Stdout, part);
        QVERIFY(collector.joiner().pending() < 2 * LineJoiner::maximumLine);
    }
    collector.joiner().append(LogChannel::Stdout, "\nnext\n");
    QCOMPARE(collector.lines.last().text, "next");
    collector.lines.removeLast();
    qsizetype total = 0;
    for (const Joined& line : collector.lines) {
        total += line.text.size();
        QCOMPARE(line.continues, &line != &collector.lines.last());
        QCOMPARE(line.time, docker ? stampTime : 0);
        QVERIFY(line.text.size() <= LineJoiner::maximumLine);
        QCOMPARE(line.text.count('x'), line.text.size());
    }
    QCOMPARE(total, size);
}

QTEST_GUILESS_MAIN(TestLineJoiner)
#include "tst_linejoiner.moc"

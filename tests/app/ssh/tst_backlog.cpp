// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/backlog.h"

#include "tests/support/openfiles.h"

#include <QTest>

#include <array>
#include <csignal>
#include <sys/resource.h>

using app::Backlog;
using app::OutputStream;
using tests::contentOfNamelessFiles;

namespace {

constexpr qsizetype memory = 100'000;

QByteArray lines(char mark, int count) {
    QByteArray all;
    for (int i = 0; i < count; ++i)
        all += mark + QByteArray::number(i) + '\n';
    return all;
}

void append(Backlog& backlog, OutputStream stream, const QByteArray& bytes) {
    backlog.append(stream, bytes.constData(), bytes.size(), memory);
}

/// What it holds, by stream, in portions of that size at most.
std::array<QByteArray, 2> takeAll(Backlog& backlog, qsizetype portion) {
    std::array<QByteArray, 2> all;
    while (!backlog.isEmpty()) {
        const Backlog::Piece piece = backlog.take(portion);
        if (piece.bytes.isEmpty() || piece.bytes.size() > portion)
            break;
        all[piece.stream == OutputStream::Stderr ? 1 : 0] += piece.bytes;
    }
    return all;
}

/// Files of this program can get no larger than that, for as long as this lives.
class FullDisk {
public:
    explicit FullDisk(rlim_t size) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{size, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }
    Q_DISABLE_COPY_MOVE(FullDisk)

private:
    rlimit m_before{};
};

} // namespace

class TestBacklog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheOrder_data();
    void keepsTheOrder();
    void isReadableToNobodyElse();
    void keepsWhatTheDiskDoesNotTake();
};

void TestBacklog::keepsTheOrder_data() {
    QTest::addColumn<qsizetype>("portion");
    QTest::newRow("in small portions") << qsizetype(1009);
    QTest::newRow("as it comes") << qsizetype(1'000'000);
}

void TestBacklog::keepsTheOrder() {
    QFETCH(qsizetype, portion);
    const QByteArray out = lines('o', 100'000);
    const QByteArray err = lines('e', 60'000);
    Backlog backlog;
    // Twice: the second time in a file that was empty again.
    for (int round = 0; round < 2; ++round) {
        for (qsizetype at = 0; at < out.size(); at += 77'777) {
            append(backlog, OutputStream::Stdout, out.mid(at, 77'777));
            append(backlog, OutputStream::Stderr, err.mid(at, 77'777));
            QVERIFY(backlog.inMemory() <= memory);
        }
        QCOMPARE(backlog.inMemory() + backlog.onDisk(), out.size() + err.size());
        const auto taken = takeAll(backlog, portion);
        QVERIFY(taken[0] == out);
        QVERIFY(taken[1] == err);
        QCOMPARE(contentOfNamelessFiles().size(), 0);
    }
}

void TestBacklog::isReadableToNobodyElse() {
    Backlog backlog;
    append(backlog, OutputStream::Stdout, QByteArray(memory, '.'));
    append(backlog, OutputStream::Stdout, QByteArray("the planted word ").repeated(20'000));
    const QByteArray file = contentOfNamelessFiles();
    QCOMPARE(file.size(), backlog.onDisk());
    QVERIFY(!file.isEmpty());
    QVERIFY(!file.contains("planted"));
    QVERIFY(takeAll(backlog, 50'000)[0].endsWith("the planted word "));
}

void TestBacklog::keepsWhatTheDiskDoesNotTake() {
    const FullDisk disk(200'000);
    const QByteArray out = lines('o', 100'000);
    Backlog backlog;
    for (qsizetype at = 0; at < out.size(); at += 50'000)
        append(backlog, OutputStream::Stdout, out.mid(at, 50'000));
    QVERIFY(backlog.inMemory() > memory);
    QVERIFY(takeAll(backlog, 64'000)[0] == out);
}

QTEST_GUILESS_MAIN(TestBacklog)

#include "tst_backlog.moc"

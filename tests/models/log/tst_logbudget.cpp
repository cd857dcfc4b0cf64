// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logsift.h"
#include "models/log/logstore.h"
#include "tests/models/log/logtext.h"

#include <QHash>
#include <QTest>

#include <mutex>

using models::CompiledFilter;
using models::ErrorCode;
using models::LogBudget;
using models::LogChannel;
using models::LogChunk;
using models::LogFilter;
using models::LogLine;
using models::LogMarker;
using models::LogPrefix;
using models::LogReader;
using models::LogSift;
using models::LogSnapshot;
using models::LogSpill;
using models::LogStore;
using models::LogWork;
using models::Result;

namespace {

class MemorySpill : public LogSpill {
public:
    Result<Handle> write(QByteArrayView bytes) override {
        const std::lock_guard guard(m_mutex);
        if (isFull)
            return models::failure(ErrorCode::NotWritable, QStringLiteral("the disk is full"));
        m_kept.insert(++m_last, bytes.toByteArray());
        return m_last;
    }
    Result<QByteArray> read(Handle handle) override {
        const std::lock_guard guard(m_mutex);
        QByteArray bytes = m_kept.value(handle);
        if (isDamaged)
            bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
        return bytes;
    }
    void drop(Handle handle) override {
        const std::lock_guard guard(m_mutex);
        m_kept.remove(handle);
    }

    [[nodiscard]] qsizetype count() const { return m_kept.size(); }

    bool isFull = false;
    bool isDamaged = false;

private:
    std::mutex m_mutex;
    QHash<Handle, QByteArray> m_kept;
    Handle m_last = 0;
};

void work(LogStore& store) {
    while (std::optional<LogWork> next = store.takeWork()) {
        next->run();
        if (store.finishWork(std::move(*next)))
            return;
    }
}

/// Appends lines that cannot be guessed, and gives them.
QByteArrayList fill(LogStore& store, int lines, unsigned seed) {
    tests::LogText random(seed);
    QByteArrayList texts = random.lines(lines);
    for (const QByteArray& piece : random.cut(texts.join('\n') + '\n', 90'000))
        store.append(LogChannel::Stdout, piece);
    return texts;
}

std::array<int, 3> formsOf(const LogSnapshot& snapshot) {
    std::array<int, 3> forms{};
    for (std::int64_t chunk = snapshot.firstChunk(); chunk < snapshot.endChunk(); ++chunk)
        ++forms[static_cast<size_t>(snapshot.chunk(chunk).form())];
    return forms;
}

constexpr int manyLines = 4'000; // less than a mebibyte
constexpr std::int64_t mebibyte = 1 << 20;

} // namespace

class TestLogBudget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryLineInEveryForm();
    void leavesASnapshotItsLines();
    void dropsTheOldestPastTheBudget();
    void triesAgainWhereTheDiskIsFull();
    void saysWhatCannotBeReadBack();
    void takesBackWorkOnWhatIsGone();
    void saysThatItsWorkIsBehind();
};

void TestLogBudget::keepsEveryLineInEveryForm() {
    const auto spill = std::make_shared<MemorySpill>();
    LogStore store(LogPrefix::None, {mebibyte, 2 * mebibyte, 64 * mebibyte}, {}, spill);
    QByteArrayList texts;
    for (unsigned part = 0; part < 24; ++part) {
        texts += fill(store, manyLines, part);
        work(store);
    }
    const std::array<int, 3> forms = formsOf(store.snapshot());
    QVERIFY(forms[0] > 1 && forms[1] > 1 && forms[2] > 1);
    QVERIFY(store.memory() < 2 * mebibyte);
    QCOMPARE(store.lineCount(), texts.size());
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    for (qint64 line = 0; line < texts.size(); ++line)
        QCOMPARE(reader.raw(line), texts[line]);
    QVERIFY(!reader.error());
    QVERIFY(spill->count() > 0);
}

void TestLogBudget::saysThatItsWorkIsBehind() {
    const auto spill = std::make_shared<MemorySpill>();
    LogStore store(LogPrefix::None, {mebibyte, 8 * mebibyte, 64 * mebibyte}, {}, spill);
    QVERIFY(!store.isBehind());
    unsigned part = 0;
    while (!store.isBehind() && part < 24)
        fill(store, manyLines, part++);
    QVERIFY(part > 1 && part < 24);
    QCOMPARE(store.firstLine(), 0); // said in time: nothing had to go
    work(store);
    QVERIFY(!store.isBehind());
}

void TestLogBudget::leavesASnapshotItsLines() {
    LogStore store(LogPrefix::None, {mebibyte, 2 * mebibyte, 0});
    const QByteArrayList texts = fill(store, 3'000, 1);
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    const LogLine kept = store.line(0);
    const QByteArray text = kept.text.toByteArray();
    for (unsigned part = 0; part < 20; ++part) {
        fill(store, manyLines, part);
        work(store);
    }
    QVERIFY(store.firstLine() > texts.size());
    QCOMPARE(reader.snapshot().lineCount(), texts.size());
    for (qint64 line = 0; line < texts.size(); ++line)
        QCOMPARE(reader.raw(line), texts[line]);
    QCOMPARE(kept.text.toByteArray(), text);
}

void TestLogBudget::dropsTheOldestPastTheBudget() {
    const auto spill = std::make_shared<MemorySpill>();
    LogStore store(LogPrefix::None, {mebibyte, mebibyte, mebibyte}, {}, spill);
    store.mark({LogMarker::Kind::Rotated, {}, {}, 0, {}});
    qsizetype lines = 1;
    for (unsigned part = 0; part < 30; ++part) {
        fill(store, manyLines, part);
        work(store);
        lines += manyLines;
    }
    QVERIFY(store.firstLine() > 0);
    QCOMPARE(store.lineCount(), lines);
    const LogLine gone = store.line(store.firstLine() - 1);
    QVERIFY(gone.marker && gone.marker->kind == LogMarker::Kind::Dropped);
    QCOMPARE(gone.marker->lines, store.firstLine());
    QVERIFY(store.snapshot().marker(0) == nullptr);
    tests::LogText random(29);
    const QByteArrayList last = random.lines(manyLines);
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    QCOMPARE(reader.raw(lines - 1), last.last());
    QCOMPARE(reader.raw(lines - 1'000), last[manyLines - 1'000]);
    const std::array<int, 3> forms = formsOf(store.snapshot());
    QCOMPARE(spill->count(), forms[2]);
}

void TestLogBudget::triesAgainWhereTheDiskIsFull() {
    const auto spill = std::make_shared<MemorySpill>();
    spill->isFull = true;
    LogStore store(LogPrefix::None, {mebibyte, 2 * mebibyte, 64 * mebibyte}, {}, spill);
    for (unsigned part = 0; part < 6; ++part)
        fill(store, manyLines, part);
    std::optional<models::Error> error;
    while (std::optional<LogWork> next = store.takeWork()) {
        next->run();
        error = store.finishWork(std::move(*next));
        if (error)
            break;
    }
    QVERIFY(error);
    QCOMPARE(error->code, ErrorCode::NotWritable);
    spill->isFull = false;
    work(store);
    QVERIFY(spill->count() > 0);
    QVERIFY(store.memory() < 2 * mebibyte);
    QCOMPARE(store.firstLine(), 0);
}

void TestLogBudget::saysWhatCannotBeReadBack() {
    const auto spill = std::make_shared<MemorySpill>();
    LogStore store(LogPrefix::None, {mebibyte, mebibyte, 64 * mebibyte}, {}, spill);
    for (unsigned part = 0; part < 8; ++part) {
        fill(store, manyLines, part);
        work(store);
    }
    spill->isDamaged = true;
    LogReader reader;
    reader.setSnapshot(store.snapshot());
    const LogLine first = reader.line(0);
    QVERIFY(first.text.isEmpty());
    QVERIFY(first.marker && first.marker->kind == LogMarker::Kind::Failed);
    QVERIFY(first.marker->words.contains("cannot be read back"));
    QVERIFY(reader.error());
    QCOMPARE(reader.error()->code, ErrorCode::Damaged);
    QVERIFY(reader.line(store.lineCount() - 1).owner != nullptr);

    // What nobody could look at is counted, by a search of what was there and of what comes.
    LogFilter filter;
    filter.terms.append({{QStringLiteral("e")}, LogFilter::Sense::Include});
    LogSift sift(*CompiledFilter::compile(filter));
    sift.extend({store.snapshot()});
    (void)sift.lookBack();
    QVERIFY(sift.unreadLines() > 0);
    QVERIFY(sift.unreadLines() < store.lineCount());
    QVERIFY(sift.lines(0).front() >= sift.unreadLines());
    LogSift standing(*CompiledFilter::compile(filter));
    standing.extend({LogStore().snapshot()});
    standing.extend({store.snapshot()});
    QCOMPARE(standing.unreadLines(), sift.unreadLines());
    QCOMPARE(standing.lines(0), sift.lines(0));
}

void TestLogBudget::takesBackWorkOnWhatIsGone() {
    LogStore store(LogPrefix::None, {mebibyte, 3 * mebibyte, 0});
    for (unsigned part = 0; part < 6; ++part)
        fill(store, manyLines, part);
    std::optional<LogWork> early = store.takeWork();
    QVERIFY(early);
    std::optional<LogWork> never = store.takeWork();
    QVERIFY(never);
    for (unsigned part = 0; part < 20; ++part) {
        fill(store, manyLines, part);
        work(store);
    }
    QVERIFY(store.firstLine() > 0);
    const std::int64_t memory = store.memory();
    early->run();
    QVERIFY(!store.finishWork(std::move(*early)));
    QVERIFY(!store.finishWork(std::move(*never))); // given back without having been run
    QCOMPARE(store.memory(), memory);
    work(store);
    QVERIFY(!store.takeWork());
}

QTEST_GUILESS_MAIN(TestLogBudget)
#include "tst_logbudget.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are read on several threads are the logs that they would be on one.
#include "app/log/logintake.h"

#include "app/log/logfilewriter.h"
#include "models/log/logstore.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <iterator>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

using app::LogIntake;
using models::LogChannel;
using models::LogLine;
using models::LogReader;
using models::LogStore;

namespace {

constexpr std::chrono::seconds patience{120};

/// A log as long as that: lines of many lengths, some with escapes, some with times.
QByteArray logOf(qsizetype size) {
    QByteArray bytes;
    for (int i = 0; bytes.size() < size; ++i) {
        if (i % 3 != 2)
            bytes += "2026-11-22T10:" + QByteArray::number(10 + i / 4'000 % 50) + ":00Z ";
        if (i % 11 == 0)
            bytes += "\x1b[31mERROR\x1b[0m ";
        bytes += "line " + QByteArray::number(i) + QByteArray(i % 97, 'x') + '\n';
    }
    return bytes;
}

/// Puts parts into stores as they come, and acknowledges them where it is told to.
class Collector {
public:
    enum class Acknowledging { AtOnce, Never };

    explicit Collector(Acknowledging acknowledging = Acknowledging::AtOnce)
        : m_acknowledges(acknowledging == Acknowledging::AtOnce)
        , m_intake(models::TextPool::make(), [this](std::vector<LogIntake::Part> parts) {
            const std::scoped_lock lock(m_mutex);
            std::move(parts.begin(), parts.end(), std::back_inserter(m_parts));
            m_changed.notify_one();
        }) {}

    LogIntake& intake() { return m_intake; }
    LogStore& store(quint64 log) { return m_stores[log].store; }
    std::optional<models::Error> error(quint64 log) { return m_stores[log].error; }
    qint64 bytes(quint64 log) { return m_stores[log].bytes; }

    /// Takes parts until so many logs are over; false where nothing comes for long.
    [[nodiscard]] bool takeUntilOver(int logs) {
        std::unique_lock lock(m_mutex);
        while (logs > 0) {
            if (!m_changed.wait_for(lock, patience, [this] { return !m_parts.empty(); }))
                return false;
            LogIntake::Part part = std::move(m_parts.front());
            m_parts.erase(m_parts.begin());
            lock.unlock();
            logs -= part.isLast ? 1 : 0;
            take(std::move(part));
            lock.lock();
        }
        return true;
    }
    /// Bytes of parts that came, once there are at least so many.
    [[nodiscard]] qint64 waitForBytes(qint64 wanted) {
        std::unique_lock lock(m_mutex);
        qint64 bytes = 0;
        m_changed.wait_for(lock, patience, [&] {
            bytes = 0;
            for (const LogIntake::Part& part : m_parts)
                bytes += part.bytes;
            return bytes >= wanted;
        });
        return bytes;
    }

private:
    struct Kept {
        LogStore store;
        std::optional<models::Error> error;
        qint64 bytes = 0;
    };

    void take(LogIntake::Part part) {
        Kept& kept = m_stores[part.log];
        kept.store.append(LogChannel::Stdout, part.torn);
        if (part.block)
            kept.store.append(std::move(*part.block));
        kept.store.append(LogChannel::Stdout, part.rest);
        if (part.isLast)
            kept.store.finish();
        kept.error = part.error;
        kept.bytes += part.bytes;
        if (m_acknowledges)
            m_intake.acknowledge(part.log, part.bytes);
    }

    const bool m_acknowledges;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<LogIntake::Part> m_parts;
    std::map<quint64, Kept> m_stores;
    LogIntake m_intake;
};

void compare(LogStore& found, const QByteArray& bytes) {
    LogStore wanted;
    wanted.append(LogChannel::Stdout, bytes);
    wanted.finish();
    QCOMPARE(found.lineCount(), wanted.lineCount());
    LogReader reader;
    LogReader other;
    reader.setSnapshot(found.snapshot());
    other.setSnapshot(wanted.snapshot());
    for (qint64 i = 0; i < wanted.lineCount(); ++i) {
        const LogLine line = reader.line(i);
        const LogLine same = other.line(i);
        if (line.text != same.text || line.time != same.time || line.level != same.level ||
            line.continues != same.continues || reader.raw(i) != other.raw(i))
            QFAIL(qPrintable(QStringLiteral("line %1 differs").arg(i)));
    }
}

} // namespace

class TestLogIntake : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    /// The path of a file with these bytes.
    QString put(const QString& name, const QByteArray& bytes) {
        const QString path = m_folder->filePath(name);
        app::LogFileWriter writer(path);
        if (!writer.open() || !writer.write(bytes) || !writer.commit())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsAFile_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray log = logOf(3'000'000);
        const qsizetype room = models::TextPool::textSize;
        const auto row = [](const char* name, const QByteArray& bytes) {
            QTest::newRow(name) << QStringLiteral("a.log") << bytes;
        };
        row("none", {});
        row("one line", "one\n");
        row("a torn line", "torn");
        row("many lines", log);
        row("torn at its end", log + "torn");
        row("line feeds", QByteArray(600'000, '\n'));
        row("a room of one line", QByteArray(room - 1, 'x') + "\nnext\n");
        row("a line one longer than a room", QByteArray(room, 'x') + "\nnext\n");
        row("a long line", "a\n" + QByteArray(3 * room + 17, 'x') + '\n' + log);
        row("a long line at the end", log + QByteArray(2 * room + 1, 'x'));
        row("long lines alone", (QByteArray(5 * room, 'x') + "\r\n").repeated(3));
        row("a line of 20 MB", log + QByteArray(20'000'000, 'x') + "\nnext\n");
        QTest::newRow("packed") << QStringLiteral("a.log.zst") << log + "torn";
    }
    void readsAFile() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        Collector collector;
        collector.intake().read(1, put(name, bytes));
        QVERIFY(collector.takeUntilOver(1));
        QVERIFY(!collector.error(1));
        QCOMPARE(collector.bytes(1), bytes.size());
        compare(collector.store(1), bytes);
    }

    void readsSeveralAtOnce() {
        constexpr int count = 7;
        Collector collector;
        QByteArrayList logs;
        for (int i = 0; i < count; ++i) {
            logs.append(logOf(400'000 * i) + QByteArray::number(i));
            collector.intake().read(static_cast<quint64>(i), put(QString::number(i), logs.last()));
        }
        collector.intake().read(count, m_folder->filePath(QStringLiteral("none")));
        QVERIFY(collector.takeUntilOver(count + 1));
        for (int i = 0; i < count; ++i)
            compare(collector.store(static_cast<quint64>(i)), logs[i]);
        QVERIFY(collector.error(count));
    }

    void waitsForAcknowledgements() {
        const QByteArray bytes = logOf(48 << 20);
        Collector collector(Collector::Acknowledging::Never);
        collector.intake().read(1, put(QStringLiteral("large"), bytes));
        constexpr qint64 bound = 32 << 20;
        const qint64 underWay = collector.waitForBytes(bound);
        QVERIFY(underWay >= bound);
        // Others are read while it waits, and it goes on with nothing that came meanwhile.
        collector.intake().read(2, put(QStringLiteral("small"), "one\n"));
        QVERIFY(collector.takeUntilOver(1));
        QCOMPARE(collector.store(2).lineCount(), 1);
        QVERIFY(collector.bytes(1) < bound + (1 << 20));
        collector.intake().acknowledge(1, collector.bytes(1));
        QVERIFY(collector.waitForBytes(1) > 0);
    }

    void closedFilesTellNothingMore() {
        const QByteArray bytes = logOf(4 << 20);
        Collector collector;
        for (quint64 log = 1; log <= 20; ++log) {
            collector.intake().read(log, put(QString::number(log), bytes));
            if (log % 2 == 0)
                collector.intake().close(log);
        }
        QVERIFY(collector.takeUntilOver(10));
        for (quint64 log = 1; log <= 20; log += 2)
            QCOMPARE(collector.bytes(log), bytes.size());
    }

    /// It may end whatever is under way.
    void endsInTheMiddle() {
        const QString path = put(QStringLiteral("large"), logOf(6 << 20));
        for (int i = 0; i < 20; ++i) {
            Collector collector;
            collector.intake().read(1, path);
            if (i % 2 == 0)
                QVERIFY(collector.waitForBytes(1 + i * 100'000) > 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestLogIntake)
#include "tst_logintake.moc"

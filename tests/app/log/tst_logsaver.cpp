// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/logsaver.h"
#include "models/log/logstore.h"
#include "tests/support/logcontent.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using app::LogSaver;
using app::LogSaving;
using models::LogChannel;
using models::LogPrefix;
using models::LogStore;
using models::MergedLine;
using Saved = models::Result<LogSaver::Saved>;

Q_DECLARE_METATYPE(Saved)

class TestLogSaver : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LogSaver> m_saver;

    [[nodiscard]] LogSaving saving(const QList<LogSaving::Source>& sources) const {
        LogSaving saving;
        saving.sources = sources;
        saving.path = m_folder->filePath(u"saved.log"_qs);
        saving.markerWords = [](const models::LogMarker& marker) {
            return QString::fromUtf8(marker.words);
        };
        saving.existing = LogSaving::Existing::Replace;
        return saving;
    }
    Saved save(const LogSaving& saving) {
        QSignalSpy finished(m_saver.get(), &LogSaver::finished);
        m_saver->save(saving);
        if (!m_saver->isSaving() || !finished.wait(60'000) || m_saver->isSaving())
            return models::failure(models::ErrorCode::Internal, u"It does not end"_qs);
        return finished.first().first().value<Saved>();
    }
    [[nodiscard]] QByteArray text(const QString& name = u"saved.log"_qs) const {
        return tests::contentOf(m_folder->filePath(name));
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_saver = std::make_unique<LogSaver>();
    }

    void savesTheVeryBytes() {
        const QByteArray bytes("first\r\n\x1b[31mred\x1b[0m ERROR\n\xff\xfe not UTF-8\n\n"
                               "{\"level\":\"info\"}\nlast\n");
        LogStore store;
        store.append(LogChannel::Stdout, bytes);
        const Saved saved = save(saving({{store.snapshot(), u"portal"_qs}}));
        QVERIFY(saved);
        QCOMPARE(saved->lines, 6);
        QCOMPARE(saved->bytes, bytes.size());
        QCOMPARE(text(), bytes);
    }

    void leavesOutWhatTheRuntimePutBefore() {
        LogStore store(LogPrefix::DockerTimestamp);
        store.append(LogChannel::Stdout, "2026-11-21T14:00:00.000000001Z one\n"
                                         "2026-11-21T14:00:01.5Z two\n");
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        QVERIFY(save(it));
        QCOMPARE(text(), "one\ntwo\n");
        it.times = LogSaving::Times::With;
        QVERIFY(save(it));
        QCOMPARE(text(), "2026-11-21T14:00:00.000000001Z one\n"
                         "2026-11-21T14:00:01.500000000Z two\n");
    }

    void namesTheSourcesOfAMergedView() {
        LogStore portal(LogPrefix::DockerTimestamp);
        portal.append(LogChannel::Stdout, "2026-11-21T14:00:00Z one\n2026-11-21T14:00:02Z three\n");
        LogStore worker(LogPrefix::DockerTimestamp);
        worker.append(LogChannel::Stderr, "2026-11-21T14:00:01Z two\n");
        LogSaving it =
            saving({{portal.snapshot(), u"portal"_qs}, {worker.snapshot(), u"a\nname\x1b[2J"_qs}});
        QVERIFY(save(it));
        QCOMPARE(text(), "portal | one\na name [2J | two\nportal | three\n");
        it.lines = {{MergedLine::of(1, 0), MergedLine::of(0, 1)}};
        QCOMPARE(it.lineCount(), 2);
        QVERIFY(save(it));
        QCOMPARE(text(), "a name [2J | two\nportal | three\n");
    }

    void saysWhereLinesAreMissing() {
        LogStore store;
        store.append(LogChannel::Stdout, "one\n", models::Instant{1'000'000'000});
        store.mark({models::LogMarker::Kind::Gap, {2'000'000'000}, {}, 0, "It was\naway."});
        store.append(LogChannel::Stdout, "two\n", models::Instant{3'000'000'000});
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        Saved saved = save(it);
        QVERIFY(saved);
        QCOMPARE(saved->leftOut, 1);
        QCOMPARE(text(), "one\ntwo\n");
        it.times = LogSaving::Times::With;
        saved = save(it);
        QVERIFY(saved);
        QCOMPARE(saved->leftOut, 0);
        QCOMPARE(text(), "1970-01-01T00:00:01.000000000Z one\n"
                         "1970-01-01T00:00:02.000000000Z -- It was away. --\n"
                         "1970-01-01T00:00:03.000000000Z two\n");
    }

    void joinsALineThatWasTooLongToBeOne() {
        const QByteArray bytes = "before\n" + QByteArray(3'000'000, 'x') + "\nbehind\n";
        LogStore store;
        store.append(LogChannel::Stdout, bytes);
        QVERIFY(store.lineCount() > 3);
        QVERIFY(save(saving({{store.snapshot(), u"portal"_qs}})));
        QVERIFY(text() == bytes);
    }

    void packsWhereTheNameSaysSo() {
        LogStore store;
        QByteArray bytes;
        for (int line = 0; line < 50'000; ++line)
            bytes += "line " + QByteArray::number(line) + " of a log that packs well\n";
        store.append(LogChannel::Stdout, bytes);
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        it.path += u".zst"_qs;
        const Saved saved = save(it);
        QVERIFY(saved);
        QVERIFY(saved->bytes < bytes.size() / 4);
        QVERIFY(text(u"saved.log.zst"_qs) == bytes);
    }

    void cancelLeavesNothing() {
        LogStore store;
        QByteArray bytes;
        for (int line = 0; line < 200'000; ++line)
            bytes += "line " + QByteArray::number(line) + '\n';
        store.append(LogChannel::Stdout, bytes);
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        it.lines.emplace();
        for (int times = 0; times < 25; ++times) {
            for (int line = 0; line < 200'000; ++line)
                it.lines->push_back(MergedLine::of(0, line));
        }
        QSignalSpy progressed(m_saver.get(), &LogSaver::progressed);
        QSignalSpy finished(m_saver.get(), &LogSaver::finished);
        m_saver->save(it);
        QTRY_VERIFY_WITH_TIMEOUT(progressed.size() > 1, 60'000);
        QCOMPARE(progressed.first().first().toLongLong(), 0);
        const qint64 done = progressed[1].first().toLongLong();
        QVERIFY(done > 0 && done < it.lineCount());
        m_saver->cancel();
        QVERIFY(finished.wait(60'000));
        const Saved saved = finished.first().first().value<Saved>();
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, models::ErrorCode::Cancelled);
        QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
        // And the next one is saved.
        it.lines->resize(10);
        QVERIFY(save(it));
    }

    void anEndInTheMiddleLeavesNothing() {
        LogStore store;
        store.append(LogChannel::Stdout, QByteArray(100'000, '\n'));
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        it.lines = std::vector<MergedLine>(5'000'000, MergedLine::of(0, 7));
        m_saver->save(it);
        m_saver.reset();
        QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
    }

    void replacesOnlyWhatItIsAskedTo() {
        LogStore store;
        store.append(LogChannel::Stdout, "one\n");
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        QVERIFY(save(it));
        it.existing = LogSaving::Existing::Keep;
        it.times = LogSaving::Times::With;
        store.append(LogChannel::Stdout, "two\n");
        it.sources[0].snapshot = store.snapshot();
        const Saved refused = save(it);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, models::ErrorCode::Refused);
        QCOMPARE(text(), "one\n");
        it.existing = LogSaving::Existing::Replace;
        QVERIFY(save(it));
        QCOMPARE(text(), "one\ntwo\n");
    }

    void saysWhereItCannotWrite() {
        LogStore store;
        store.append(LogChannel::Stdout, "one\n");
        LogSaving it = saving({{store.snapshot(), u"portal"_qs}});
        it.path = m_folder->filePath(u"nowhere/saved.log"_qs);
        const Saved saved = save(it);
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, models::ErrorCode::NotWritable);
        QVERIFY(saved.error().message.contains(it.path));
    }
};

QTEST_GUILESS_MAIN(TestLogSaver)
#include "tst_logsaver.moc"

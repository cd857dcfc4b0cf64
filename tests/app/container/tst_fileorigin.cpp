// SPDX-License-Identifier: GPL-3.0-or-later
// A file that is followed at a place, over cuts, rotations and other names. The lines of the way
// there are real processes; a cut is the end of one.
#include "app/container/filefeed.h"
#include "app/container/fileorigin.h"
#include "app/log/logstream.h"
#include "app/process/localreach.h"
#include "tests/app/container/fakechannel.h"
#include "tests/app/log/recordingsink.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using app::FileFeed;
using app::FileOrigin;
using app::FilePlace;
using app::LogFeed;
using models::LogChannel;
using Joint = LogFeed::Joint;

namespace {

constexpr int patienceMs = 20'000;

void append(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

app::LogSource fileSource(const QString& path) {
    app::LogSource made;
    made.kind = app::LogSource::Kind::File;
    made.path = path;
    return made;
}

/// What one go at a file gives.
class Go : public QObject {
public:
    Go(const QString& path, int tail, const std::shared_ptr<FilePlace>& place)
        : m_feed(m_reach.command(FileFeed::command(path, tail, *place)), place) {
        connect(&m_feed, &LogFeed::began, this, [this] { ++begun; });
        connect(&m_feed, &LogFeed::joined, this, [this](Joint told) { joint = told; });
        connect(&m_feed, &LogFeed::read, this, [this](LogChannel channel, const QByteArray& bytes) {
            (channel == LogChannel::Stdout ? out : err) += bytes;
        });
    }

    int begun = 0;
    Joint joint = Joint::Unknown;
    QByteArray out;
    QByteArray err;

private:
    app::LocalReach m_reach;
    FileFeed m_feed;
};

} // namespace

class TestFileOrigin : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<FilePlace> m_place;

    [[nodiscard]] std::unique_ptr<Go> go(int tail = 0) {
        return std::make_unique<Go>(m_path, tail, m_place);
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"it's $(one).log"_qs);
        m_place = std::make_shared<FilePlace>();
    }

    void beginsWithTheNewestLines_data() {
        QTest::addColumn<int>("tail");
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("some") << 2 << QByteArray("two\nthree\n");
        QTest::newRow("all") << -1 << QByteArray("one\ntwo\nthree\n");
        QTest::newRow("more than there are") << 99 << QByteArray("one\ntwo\nthree\n");
    }
    void beginsWithTheNewestLines() {
        QFETCH(const int, tail);
        QFETCH(const QByteArray, lines);
        append(m_path, "one\ntwo\nthree\n");
        const auto first = go(tail);
        QTRY_COMPARE_WITH_TIMEOUT(first->out, lines, patienceMs);
        QCOMPARE(first->begun, 1);
        QCOMPARE(m_place->offset, 14);
    }

    void goesOnWhereItWasCut() {
        append(m_path, "one\ntwo\n");
        auto first = go(1);
        QTRY_COMPARE_WITH_TIMEOUT(first->out, QByteArray("two\n"), patienceMs);
        append(m_path, "three\nhalf");
        QTRY_COMPARE_WITH_TIMEOUT(first->out, QByteArray("two\nthree\n"), patienceMs);
        first.reset();
        append(m_path, " a line\nfour\n");
        const auto second = go();
        QTRY_COMPARE_WITH_TIMEOUT(second->out, QByteArray("half a line\nfour\n"), patienceMs);
        QCOMPARE(second->joint, Joint::Whole);
        QCOMPARE(second->begun, 1);
    }

    void sameLinesAreNotTakenForAnother() {
        QByteArray many;
        for (int line = 0; line < 1000; ++line)
            many += "the same\n";
        append(m_path, many);
        auto first = go(-1);
        QTRY_COMPARE_WITH_TIMEOUT(first->out.size(), many.size(), patienceMs);
        first.reset();
        append(m_path, "the same\nthe same\n");
        const auto second = go();
        QTRY_COMPARE_WITH_TIMEOUT(second->out, QByteArray("the same\nthe same\n"), patienceMs);
        QCOMPARE(second->joint, Joint::Whole);
    }

    void saysThatItIsAnotherFileNow_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("shorter") << QByteArray("new\n");
        QTest::newRow("as long") << QByteArray("ONE\nTWO\nnew\n");
    }
    void saysThatItIsAnotherFileNow() {
        QFETCH(const QByteArray, bytes);
        append(m_path, "one\ntwo\n");
        auto first = go(-1);
        QTRY_COMPARE_WITH_TIMEOUT(first->out, QByteArray("one\ntwo\n"), patienceMs);
        first.reset();
        QVERIFY(QFile::rename(m_path, m_path + u".1"_qs));
        append(m_path, bytes);
        const auto second = go();
        QTRY_COMPARE_WITH_TIMEOUT(second->out, bytes, patienceMs);
        QCOMPARE(second->joint, Joint::Broken);
    }

    void keepsItsPlaceOverARotation() {
        append(m_path, "one\n");
        auto first = go(-1);
        QTRY_COMPARE_WITH_TIMEOUT(first->out, QByteArray("one\n"), patienceMs);
        QVERIFY(QFile::rename(m_path, m_path + u".1"_qs));
        append(m_path, "after\n");
        QTRY_COMPARE_WITH_TIMEOUT(first->out, QByteArray("one\nafter\n"), patienceMs);
        QVERIFY2(first->err.contains("(one).log"), first->err.constData()); // that it was rotated
        QCOMPARE(m_place->offset, 6);
        first.reset();
        append(m_path, "more\n");
        const auto second = go();
        QTRY_COMPARE_WITH_TIMEOUT(second->out, QByteArray("more\n"), patienceMs);
        QCOMPARE(second->joint, Joint::Whole);
    }

    void waitsForAFileThatIsNotThere() {
        tests::RecordingSink sink;
        app::LogStream stream(
            std::make_unique<FileOrigin>(std::make_unique<app::LocalReach>(), fileSource(m_path)),
            sink);
        stream.start();
        QTRY_VERIFY_WITH_TIMEOUT(sink.err.contains("(one).log"), patienceMs);
        QCOMPARE(stream.state().state, app::LogStreamState::State::Following); // it may come yet
        QVERIFY(stream.state().mayResume);
        append(m_path, "first\n");
        QTRY_COMPARE_WITH_TIMEOUT(sink.out, QByteArray("first\n"), patienceMs);
        stream.stop();
    }

    void readsWhateverSpeaksThere() {
        auto made = std::make_unique<tests::FakeChannel>();
        tests::FakeChannel* channel = made.get();
        FileFeed feed(std::move(made), m_place);
        QSignalSpy read(&feed, &LogFeed::read);
        QSignalSpy ended(&feed, &LogFeed::ended);
        Q_EMIT channel->outputRead("This account is not available.\n");
        QCOMPARE(read.size(), 1);
        QVERIFY(!m_place->isKnown);
        channel->end(1);
        QCOMPARE(ended.size(), 1);
    }

    void givesALongLineInParts() {
        auto made = std::make_unique<tests::FakeChannel>();
        tests::FakeChannel* channel = made.get();
        FileFeed feed(std::move(made), m_place);
        QByteArray out;
        connect(&feed, &LogFeed::read, this,
                [&out](LogChannel, const QByteArray& bytes) { out += bytes; });
        Q_EMIT channel->outputRead("gantry-file 10 anew\n");
        const QByteArray part(700'000, 'x');
        Q_EMIT channel->outputRead(part);
        QVERIFY(out.isEmpty());
        Q_EMIT channel->outputRead(part);
        QCOMPARE(out.size(), 2 * part.size());
        Q_EMIT channel->outputRead("tail: cannot open x\ntail: a line\nb\nc");
        QCOMPARE(out, part + part + "tail: cannot open x\ntail: a line\nb\n");
        QCOMPARE(m_place->offset, 10 + 2 * part.size() + 35);
    }
};

QTEST_GUILESS_MAIN(TestFileOrigin)
#include "tst_fileorigin.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyworker.h"
#include "tests/support/ordinaryrights.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using app::HistoryEntry;
using app::HistoryOptions;
using app::HistoryWorker;
using app::LastCheck;
using models::Instant;
using models::ProbeIdentity;
using models::Verdict;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t day = 86'400; ///< in seconds
/// Some midnight.
constexpr Instant start{20'000LL * 24 * hour};
const ProbeIdentity portal{QStringLiteral("shop"), QStringLiteral("prod"), QStringLiteral("portal"),
                           QStringLiteral("abc")};
const ProbeIdentity worker{QStringLiteral("shop"), QStringLiteral("prod"), QStringLiteral("worker"),
                           QStringLiteral("abc")};

HistoryEntry check(const ProbeIdentity& probe, Instant at, Verdict verdict = Verdict::Pass) {
    HistoryEntry entry;
    entry.probe = probe;
    entry.check.at = at;
    entry.check.verdict = verdict;
    entry.check.phases.firstByte = 30ms;
    entry.check.phases.total = 40ms;
    entry.last = {at, verdict, verdict, QStringLiteral("http.status was 200"), entry.check.phases};
    return entry;
}

} // namespace

class TestHistoryWorker : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_options = HistoryOptions{m_folder->filePath(QStringLiteral("kept"))};
        m_options.clock = [this] { return m_now; };
        m_now = start;
    }

    void keepsWhatWasFound() {
        {
            HistoryWorker history(m_options);
            QVERIFY(history.ready());
            QVERIFY(history.write({check(portal, after(0)), check(portal, after(10)),
                                   check(worker, after(5), Verdict::Fail)}));
            QVERIFY(history.write({check(portal, after(20), Verdict::Fail)}));
        }
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        const auto last = history.lastOf(portal);
        QVERIFY(last && *last);
        QCOMPARE((*last)->at, after(20));
        QCOMPARE((*last)->verdict, Verdict::Fail);
        QCOMPARE((*last)->reason, QStringLiteral("http.status was 200"));
        const auto past = history.pastOf(portal);
        QVERIFY(past);
        const auto summary = past->series.summary(start, after(100));
        QCOMPARE(summary.passed, 2U);
        QCOMPARE(summary.failed, 1U);
        QCOMPARE(summary.measured, 2U);
        QCOMPARE(past->phases.spans(start, after(100)).size(), 2U);
        QCOMPARE(history.pastOf(worker)->series.summary(start, after(100)).failed, 1U);
        // Another definition is another probe.
        ProbeIdentity other = portal;
        other.definition = QStringLiteral("def");
        QVERIFY(history.pastOf(other)->series.isEmpty());
        QVERIFY(!*history.lastOf(other));
    }

    void isPrivate() {
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        const auto owner =
            QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        QCOMPARE(QFileInfo(m_options.path()).permissions(), owner);
        QVERIFY(!QFileInfo(m_options.folder).permission(QFile::ReadGroup | QFile::ReadOther));
    }

    void twoConsolesDoNotHurtEachOther() {
        HistoryWorker one(m_options);
        HistoryWorker other(m_options);
        QVERIFY(one.ready() && other.ready());
        for (int i = 0; i < 20; ++i) {
            QVERIFY(one.write({check(portal, after(i * 10))}));
            QVERIFY(other.write({check(portal, after(i * 10 + 3))}));
        }
        // An older check of the slower one is not the last.
        QVERIFY(one.write({check(portal, after(150), Verdict::Fail)}));
        QCOMPARE((*other.lastOf(portal))->at, after(193));
        QCOMPARE(one.pastOf(portal)->series.summary(start, after(1000)).checks(), 41U);
        m_now = after(30 * 3600);
        QVERIFY(one.maintain() && other.maintain());
        QCOMPARE(other.pastOf(portal)->series.summary(start, m_now).checks(), 41U);
    }

    void rollsUpWhatIsOlderThanADay() {
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        std::vector<HistoryEntry> entries;
        constexpr int hours = 50;
        for (int at = 0; at < hours * 3600; at += 60)
            entries.push_back(
                check(portal, after(at), at % 3600 == 0 ? Verdict::Fail : Verdict::Pass));
        QVERIFY(history.write(entries));
        m_now = after(hours * 3600);
        const auto before = history.pastOf(portal);
        QVERIFY(history.maintain());
        const auto past = history.pastOf(portal);
        QCOMPARE(past->series.newest(10'000).size(), 24U * 60U);
        const auto summary = past->series.summary(start, m_now);
        QCOMPARE(summary.passed, 59U * hours);
        QCOMPARE(summary.failed, std::uint64_t(hours));
        QCOMPARE(summary.passed, before->series.summary(start, m_now).passed);
        const auto p95 = past->series.quantile(0.95, start, m_now);
        QVERIFY(std::abs(p95->seconds - 0.04) < 0.0008);
        QCOMPARE(past->series.spans(start, after(3600), 300s).size(), 12U);
        QCOMPARE(*past->phases.spans(start, m_now).front().means[3], double(0.03F));
        // Once is enough.
        QVERIFY(history.maintain());
        QCOMPARE(history.pastOf(portal)->series.summary(start, m_now).passed, 59U * hours);
    }

    void removesWhatIsOlderThanItIsKept() {
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        history.setRetention(std::chrono::days(30));
        QVERIFY(history.write({check(worker, after(0)), check(portal, after(0))}));
        m_now = after(40 * 86'400);
        QVERIFY(history.write({check(portal, m_now)}));
        QVERIFY(history.maintain());
        QVERIFY(!*history.lastOf(worker));
        QCOMPARE(history.pastOf(portal)->series.summary(start, after(41 * 86'400)).checks(), 1U);
    }

    void staysAsSmallAsItHasToBe() {
        m_options.mostBytes = 120'000;
        {
            HistoryWorker history(m_options);
            QVERIFY(history.ready());
            std::vector<HistoryEntry> entries;
            for (std::int64_t at = 0; at < 60 * day; at += 600)
                entries.push_back(check(portal, after(at)));
            QVERIFY(history.write(entries));
            m_now = after(60 * day);
            QVERIFY(history.maintain());
            const auto past = history.pastOf(portal);
            // The oldest goes first.
            QCOMPARE(past->series.summary(start, after(day)).checks(), 0U);
            QVERIFY(past->series.summary(after(58 * day), m_now).checks() > 200U);
        }
        QVERIFY2(QFileInfo(m_options.path()).size() <= 140'000,
                 qPrintable(QString::number(QFileInfo(m_options.path()).size())));
    }

    void aDamagedOneIsKeptAside() {
        {
            HistoryWorker history(m_options);
            QVERIFY(history.ready());
            QVERIFY(history.write({check(portal, after(0))}));
        }
        QFile file(m_options.path());
        QVERIFY(file.open(QFile::ReadWrite) && file.seek(0));
        file.write(QByteArray(4096, 'x'));
        file.close();
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        QVERIFY2(history.notice().contains(QStringLiteral("health history was damaged")),
                 qPrintable(history.notice()));
        QCOMPARE(QDir(m_options.folder)
                     .entryList({QStringLiteral("health-damaged-*.sqlite")}, QDir::Files)
                     .size(),
                 1);
        QVERIFY(!*history.lastOf(portal));
        QVERIFY(history.write({check(portal, after(10))}));
    }

    void aReadOnlyOneIsReadAndSaysSo() {
        const tests::OrdinaryRights rights;
        {
            HistoryWorker history(m_options);
            QVERIFY(history.ready());
            QVERIFY(history.write({check(portal, after(0))}));
        }
        QVERIFY(QFile::setPermissions(m_options.path(), QFile::ReadOwner));
        HistoryWorker history(m_options);
        QVERIFY(history.ready());
        QVERIFY(!history.notice().isEmpty());
        QVERIFY(*history.lastOf(portal));
        QCOMPARE(history.write({check(portal, after(10))}).error().code,
                 models::ErrorCode::NotWritable);
    }

    void aNewerOneIsLeftAlone() {
        {
            HistoryWorker history(m_options);
            QVERIFY(history.ready());
        }
        {
            app::Connection connection(QStringLiteral("health history"));
            QVERIFY(connection.open(m_options.path(), app::Connection::Access::ReadWrite));
            QVERIFY(connection.run(QStringLiteral("PRAGMA user_version=99")));
        }
        HistoryWorker history(m_options);
        const auto opened = history.ready();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, models::ErrorCode::Unsupported);
    }

private:
    static Instant after(std::int64_t seconds) { return {start.nanoseconds + seconds * second}; }

    const tests::TemporaryHome m_home;
    std::unique_ptr<QTemporaryDir> m_folder;
    HistoryOptions m_options;
    Instant m_now;
};

QTEST_GUILESS_MAIN(TestHistoryWorker)
#include "tst_historyworker.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/openworkspaces.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/filecontent.h"
#include "tests/support/knownhistory.h"
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using app::OpenWorkspace;
using app::OpenWorkspaces;

namespace {

constexpr int patience = 30'000;

} // namespace

class TestOpenWorkspaces : public QObject {
    Q_OBJECT

private:
    const tests::TemporaryHome m_home;
    std::optional<QTemporaryDir> m_folder;
    std::optional<tests::FakeHealth> m_fakes;
    std::optional<tests::FakeLogService> m_logs;
    std::optional<app::WorkspaceService> m_files;
    tests::KnownHistory m_history;
    std::optional<OpenWorkspaces> m_open;

    QString write(const QString& name, const QByteArray& bytes) {
        const QString path = QFileInfo(m_folder->path()).canonicalFilePath() + u'/' + name;
        tests::writeFile(path, bytes);
        return path;
    }
    /// Its folder. All of them have an environment prod with a service portal.
    QString workspace(const QString& name, const QByteArray& more = {}) {
        write(name + u"/release.md"_qs, "# Release\n\n- [ ] Tell the team\n");
        const QString file =
            write(name + u"/gantry.yaml"_qs,
                  "gantry: 1\nid: " + name.toUtf8() + "\nname: " + name.toUtf8() +
                      "\nenvironments:\n  prod: { services: { portal: { health: { http: \"http://" +
                      name.toUtf8() + ".example.com/\", every: 10s } } } }\n" + more);
        return QFileInfo(file).path();
    }
    [[nodiscard]] QStringList names() const {
        QStringList names;
        for (const auto& each : m_open->all())
            names.append(each->name());
        return names;
    }
    [[nodiscard]] bool isRead(const QString& path) const {
        const OpenWorkspace* const found = m_open->findPath(path);
        return found != nullptr && found->state() == OpenWorkspace::State::Read;
    }

private Q_SLOTS:
    void init() {
        m_folder.emplace();
        m_fakes.emplace();
        m_logs.emplace();
        m_files.emplace();
        m_history.asked.clear();
        m_history.isHeld = false;
        app::WatchParts parts = m_fakes->parts(*m_logs);
        parts.history = &m_history;
        m_open.emplace(*m_files, parts);
    }
    void cleanup() {
        m_open.reset();
        m_files.reset();
        m_logs.reset();
        m_fakes.reset();
    }

    void severalAreOpen() {
        QSignalSpy opened(&*m_open, &OpenWorkspaces::opened);
        const QString books = workspace(u"books"_qs);
        const QString shop = workspace(u"shop"_qs);
        m_open->open(books);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        m_open->open(shop);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, patience);
        QCOMPARE(names(), QStringList({u"books"_qs, u"shop"_qs}));
        QCOMPARE(m_open->find(u"shop"_qs), m_open->findPath(shop));
        // The environments have one name; what is known of them is each workspace's own.
        QCOMPARE(QSet<QString>(m_history.asked.begin(), m_history.asked.end()),
                 QSet<QString>({u"books/prod/portal"_qs, u"shop/prod/portal"_qs}));
        m_open->close(*m_open->findPath(books));
        QCOMPARE(names(), QStringList(u"shop"_qs));
        QCOMPARE(m_open->find(u"books"_qs), nullptr);
    }

    void theSameOneIsOpenedOnce() {
        QSignalSpy opened(&*m_open, &OpenWorkspaces::opened);
        const QString books = workspace(u"books"_qs);
        for (const QString& path : {books, books + u"/gantry.yaml"_qs, books + u"/release.md"_qs}) {
            m_open->open(path);
            QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
            QCOMPARE(opened.takeFirst().at(1).toString(), path);
        }
        QCOMPARE(names(), QStringList(u"books"_qs));
    }

    /// Whichever is read first.
    void theyStandInTheOrderInWhichTheyWereAskedFor() {
        const QString books = workspace(u"books"_qs);
        const QString shop = workspace(u"shop"_qs);
        const QString tools = workspace(u"tools"_qs);
        for (const QString& path : {tools, books, shop})
            m_open->open(path);
        // What was asked for last is there first.
        m_open->take(*app::WorkspaceService::read(shop));
        m_open->take(*app::WorkspaceService::read(books), OpenWorkspace::State::Outlined);
        QCOMPARE(names(), QStringList({u"books"_qs, u"shop"_qs}));
        QTRY_VERIFY_WITH_TIMEOUT(isRead(tools) && isRead(books), patience);
        QCOMPARE(names(), QStringList({u"tools"_qs, u"books"_qs, u"shop"_qs}));
        // One that was closed comes back behind the others.
        m_open->close(*m_open->findPath(tools));
        m_open->open(tools);
        QTRY_VERIFY_WITH_TIMEOUT(isRead(tools), patience);
        QCOMPARE(names(), QStringList({u"books"_qs, u"shop"_qs, u"tools"_qs}));
    }

    void aCopyUnderTheSameIdIsRefused() {
        QSignalSpy failed(&*m_open, &OpenWorkspaces::failed);
        const QString books = workspace(u"books"_qs);
        m_open->open(books);
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books), patience);
        const QString copy =
            QFileInfo(write(u"copy/gantry.yaml"_qs, "gantry: 1\nid: books\nname: Copy\n")).path();
        m_open->open(copy);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
        const QString said = failed[0][1].value<models::Error>().message;
        QVERIFY2(said.contains(books) && said.contains(copy), qPrintable(said));
        QCOMPARE(names(), QStringList(u"books"_qs));
        // One may take the place of the other.
        QCOMPARE(m_open->rivalOf(copy), m_open->findPath(books));
        m_open->close(*m_open->rivalOf(copy));
        QCOMPARE(m_open->rivalOf(copy), nullptr);
        m_open->open(copy);
        QTRY_COMPARE_WITH_TIMEOUT(names(), QStringList(u"Copy"_qs), patience);
    }

    /// What was seen last is there before the runbooks are, and nothing is probed by then.
    void theLastVerdictsComeBeforeTheRunbooks() {
        const QString books = workspace(u"books"_qs);
        models::HealthStanding first;
        auto state = OpenWorkspace::State::Unreadable;
        connect(&*m_open, &OpenWorkspaces::added, this, [&](OpenWorkspace* one) {
            connect(&one->health(), &app::HealthService::observed, one, [&, one] {
                if (!first.at.isNull())
                    return;
                state = one->state();
                first = one->health().standing(one->health().services()[0], m_history.at);
            });
        });
        m_open->restore({books});
        QCOMPARE(names(), QStringList(u"books"_qs));
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books), patience);
        QCOMPARE(state, OpenWorkspace::State::Outlined);
        QCOMPARE(first.at, m_history.at);
        QCOMPARE(first.state, models::HealthState::Failing);
        QVERIFY(m_fakes->prober.asked.empty()); // nobody has trusted it
        QCOMPARE(m_open->findPath(books)->workspace().runbooks, QStringList(u"release.md"_qs));
    }

    /// What is watched does not change with them, and its past is read once.
    void theRunbooksWaitForTheLastVerdicts() {
        m_history.isHeld = true;
        const QString books = workspace(u"books"_qs);
        m_open->restore({books});
        OpenWorkspace* const one = m_open->findPath(books);
        QTRY_VERIFY_WITH_TIMEOUT(one->health().awaitsLasts(), patience);
        QSignalSpy rebuilt(&one->health(), &app::HealthService::rebuilt);
        QCOMPARE(one->state(), OpenWorkspace::State::Outlined);
        m_history.release();
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books), patience);
        QCOMPARE(rebuilt.size(), 0);
        QCOMPARE(m_history.asked.size(), 1);
    }

    void oneThatCannotBeReadDisturbsNoOther() {
        const QString books = workspace(u"books"_qs);
        const QString gone = m_folder->path() + u"/gone"_qs;
        m_open->restore({gone, books});
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books), patience);
        OpenWorkspace* const lost = m_open->findPath(gone);
        QVERIFY(lost != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(lost->state(), OpenWorkspace::State::Unreadable, patience);
        QVERIFY(lost->problem().contains(gone));
        QCOMPARE(lost->name(), u"gone"_qs);
        // It comes to be there.
        workspace(u"gone"_qs);
        m_open->open(gone);
        QTRY_VERIFY_WITH_TIMEOUT(isRead(gone), patience);
        QVERIFY(lost->problem().isEmpty());
    }

    void eachIsReadAgainWhenItChanges() {
        const QString books = workspace(u"books"_qs);
        const QString shop = workspace(u"shop"_qs);
        m_open->restore({books, shop});
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books) && isRead(shop), patience);
        for (const QString& name : {u"books"_qs, u"shop"_qs}) {
            OpenWorkspace* const one = m_open->find(name);
            workspace(name, "  staging: {}\n");
            QTRY_VERIFY_WITH_TIMEOUT(one->workspace().environment(u"staging"_qs) != nullptr,
                                     patience);
        }
        // A file that is broken says what of it is, and the others stand.
        write(u"shop/gantry.yaml"_qs, "gantry: 1\nid: shop\nname: shop\nenvironments: [\n");
        QTRY_VERIFY_WITH_TIMEOUT(!m_open->findPath(shop)->workspace().diagnostics.isEmpty(),
                                 patience);
        QVERIFY(m_open->find(u"books"_qs)->workspace().diagnostics.isEmpty());
    }

    void eachIsTrustedForItself() {
        const QString books = workspace(u"books"_qs);
        const QString shop = workspace(u"shop"_qs);
        m_open->restore({books, shop});
        QTRY_VERIFY_WITH_TIMEOUT(isRead(books) && isRead(shop), patience);
        m_open->findPath(shop)->health().trustWorkspace();
        QTRY_COMPARE_WITH_TIMEOUT(m_fakes->prober.asked.size(), 1U, patience);
        QCOMPARE(m_fakes->prober.asked[0].probe.target, u"http://shop.example.com/"_qs);
    }

    void aTestIsToldOnceOnTheDesktop() {
        m_open->testNotices();
        QCOMPARE(m_fakes->notifier.notices.size(), 1);
        m_open->restore({workspace(u"books"_qs), workspace(u"shop"_qs)});
        m_open->testNotices();
        QCOMPARE(m_fakes->notifier.notices.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestOpenWorkspaces)
#include "tst_openworkspaces.moc"

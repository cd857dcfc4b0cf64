// SPDX-License-Identifier: GPL-3.0-or-later
// The logs of the demo host in the window, by mouse and keys, with real streams: containers are
// found and followed, lines filtered, searched, looked at and marked, and a cut is survived.
// GANTRY_PICTURES names a folder for pictures of it in light and dark, large and small.
#include "app/container/placecontainers.h"
#include "app/container/placeorigins.h"
#include "app/contract/placevariables.h"
#include "app/environment/workspaceservice.h"
#include "app/git/gitcommits.h"
#include "app/golive/runwatch.h"
#include "app/http/networkprober.h"
#include "app/journal/sqlitejournal.h"
#include "app/log/livelogservice.h"
#include "app/preflight/placelooker.h"
#include "app/preflight/preflightservice.h"
#include "app/process/localplace.h"
#include "app/process/localreach.h"
#include "app/run/enginethread.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "app/ssh/sshhostservice.h"
#include "models/run/resolve.h"
#include "tests/support/attending.h"
#include "tests/support/fakehealth.h"
#include "tests/support/filecontent.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/program.h"
#include "tests/support/temporaryhome.h"
#include "tests/ui/shots/photographer.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/log/logview.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTest>

using models::LogMarker;
using namespace tests;

namespace {

constexpr int limit = 30'000;
constexpr QSize large(1440, 900);
constexpr QSize small(1024, 640);

/// What the program is made of, at a demo host that its ssh configuration leads to.
struct Console {
    Console()
        : engine(std::make_shared<app::EngineThread>())
        , hosts(engine, secrets)
        , runs(
              journal, secrets,
              [this](const models::PlanContext& context,
                     const QString& name) -> std::unique_ptr<app::Place> {
                  if (name == models::localPlace)
                      return std::make_unique<app::LocalPlace>();
                  return hosts.makePlace(*context.host(name));
              },
              engine)
        , logs(engine,
               [this] {
                   return std::make_unique<app::PlaceOrigins>(
                       [this](const models::Host& host) -> std::unique_ptr<app::Reach> {
                           return hosts.makeReach(host);
                       });
               })
        , follower(logs, keeper)
        , window(ui::Services{runs, runbooks, workspaces, hosts, follower, open, runWatch,
                              preflight}) {
        attendAll(open, runWatch, preflight);
    }

    app::SqliteJournal journal;
    MemorySecretStore secrets;
    std::shared_ptr<app::EngineThread> engine;
    app::SshHostService hosts;
    app::RunService runs;
    app::LiveLogService logs;
    app::LogKeeper keeper;
    app::LogFollower follower;
    app::NetworkProber prober;
    app::TrustKeeper trust;
    FakeMetricSource metrics;
    FakeNotifier notifier;
    app::RunWatch runWatch{{runs, journal, notifier}};
    app::PlaceContainers containers{
        engine, [this](const models::Host& host) { return hosts.makeReach(host); }};
    app::GitCommits commits;
    app::PlaceVariables variables{engine,
                                  [this](const models::Host& host, models::AskedBy askedBy) {
                                      return hosts.makePlace(host, askedBy);
                                  }};
    app::PlaceLooker looker{engine, [this](const models::Host& host, models::AskedBy askedBy) {
                                return hosts.makePlace(host, askedBy);
                            }};
    app::PreflightService preflight{{hosts, looker, runs, trust, journal}};
    app::RunbookService runbooks;
    app::WorkspaceService workspaces;
    app::OpenWorkspaces open{workspaces,
                             {prober, metrics, containers, commits, variables, journal, logs,
                              notifier, notifier, trust}};
    ui::MainWindow window;
};

} // namespace

class TestDemoFlows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void opensTheDemo();
    void looksForContainers();
    void followsTwo();
    void filtersToErrors();
    void findsInTheLines();
    void looksAtALineInFull();
    void marksLines();
    void survivesACut();
    void leavesTheEndAndComesBack();
    void followsARecreatedContainer();

private:
    [[nodiscard]] ui::MainWindow& window() const { return m_console->window; }
    [[nodiscard]] ui::LogPage& logs() const { return *window().findChild<ui::LogPage*>(); }
    [[nodiscard]] ui::LogBoard& board() const { return logs().pane().board(); }
    [[nodiscard]] ui::LogView& view() const { return logs().pane().view(); }
    [[nodiscard]] qint64 rows() const { return board().endRow() - board().firstRow(); }
    [[nodiscard]] qint64 markers(LogMarker::Kind kind) const;
    template <class Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        for (Widget* found : window().findChildren<Widget*>(QLatin1String(name))) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    void click(const char* button);
    void choose(const QString& source);
    void type(QWidget* field, const QString& text) const;
    /// The field of the filter, or of the search.
    [[nodiscard]] QLineEdit* field(const char* name) const;
    void fault(const QString& service, const QByteArray& fault) const {
        writeFile(m_folder + QStringLiteral("/state/%1.fault").arg(service), fault);
    }
    void photograph(const char* name);

    Program m_host;
    QString m_folder;
    std::unique_ptr<Console> m_console;
};

void TestDemoFlows::initTestCase() {
    QVERIFY(m_host.start({QStringLiteral(GANTRY_DEMOHOST)},
                         {QStringLiteral("TMPDIR=") + QDir::homePath()}));
    m_folder = QFile::decodeName(m_host.readLine().mid(6).trimmed());
    QDir().mkpath(QDir::homePath() + QStringLiteral("/.ssh"));
    writeFile(QDir::homePath() + QStringLiteral("/.ssh/config"),
              "Include " + QFile::encodeName(m_folder) + "/ssh_config\n");
    m_console = std::make_unique<Console>();
    window().resize(large);
    window().show();
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
}

void TestDemoFlows::cleanupTestCase() {
    m_console.reset();
    m_host.closeInput();
    (void)m_host.exitCode();
}

void TestDemoFlows::click(const char* button) {
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(button), limit);
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>(button)->isEnabled(), limit);
    QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
}

void TestDemoFlows::choose(const QString& source) {
    auto* tree = find<QAbstractItemView>("logSources");
    const auto row = [tree, &source] {
        return tree->model()
            ->match(tree->model()->index(0, 0), Qt::DisplayRole, source, 1,
                    Qt::MatchExactly | Qt::MatchRecursive)
            .value(0);
    };
    QTRY_VERIFY_WITH_TIMEOUT(row().isValid(), limit);
    tree->scrollTo(row());
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(row()).center());
}

void TestDemoFlows::type(QWidget* field, const QString& text) const {
    field->setFocus();
    QTest::keyClicks(field, text);
}

QLineEdit* TestDemoFlows::field(const char* name) const {
    if (qstrcmp(name, "find") == 0)
        logs().pane().focusFind();
    else
        logs().pane().focusFilter();
    return qobject_cast<QLineEdit*>(QApplication::focusWidget());
}

qint64 TestDemoFlows::markers(LogMarker::Kind kind) const {
    qint64 count = 0;
    for (qint64 row = board().firstRow(); row < board().endRow(); ++row) {
        const ui::LogRow shown = board().row(row);
        count += shown.line.marker && shown.line.marker->kind == kind ? 1 : 0;
    }
    return count;
}

/// In light and dark, large and small.
void TestDemoFlows::photograph(const char* name) {
    const QString folder = qEnvironmentVariable("GANTRY_PICTURES");
    if (folder.isEmpty())
        return;
    for (const QSize size : {large, small}) {
        window().resize(size);
        for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
            ui::Theme::instance().setChoice(choice);
            const QString look = choice == ui::ThemeChoice::Dark ? QStringLiteral("dark-%1")
                                                                 : QStringLiteral("light-%1");
            Photographer(folder, look.arg(size.width()), window()).take(QLatin1String(name));
        }
    }
    window().resize(large);
    ui::Theme::instance().setChoice(ui::ThemeChoice::Light);
}

void TestDemoFlows::opensTheDemo() {
    window().openPath(m_folder + QStringLiteral("/workspaces/voxbento"));
    QTRY_VERIFY_WITH_TIMEOUT(window().windowTitle().startsWith(QLatin1String("VoxBento")), limit);
    window().showPage(ui::MainWindow::Page::Logs);
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractItemView>("logSources"), limit);
    photograph("demo-untouched");
}

void TestDemoFlows::looksForContainers() {
    click("lookForContainers");
    const auto isKnown = [this] {
        const QList<app::ContainerList> lists = m_console->logs.containers();
        return lists.size() == 1 && lists.first().state == app::ContainerList::State::Known;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), limit);
    QVERIFY(m_console->logs.containers().first().containers.size() > 2);
    photograph("demo-containers");
}

void TestDemoFlows::followsTwo() {
    choose(QStringLiteral("portal"));
    choose(QStringLiteral("mediamtx"));
    QTRY_COMPARE_WITH_TIMEOUT(board().sources().size(), 2, limit);
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 400, limit);
    const qint64 before = rows();
    QTRY_VERIFY_WITH_TIMEOUT(rows() > before + 2, limit); // and more come
    QVERIFY(view().isFollowing());
    photograph("demo-following");
}

void TestDemoFlows::filtersToErrors() {
    fault(QStringLiteral("portal"), "errors");
    const qint64 all = rows();
    QLineEdit* filter = field("filter");
    type(filter, QStringLiteral("level:warning+"));
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 0 && rows() < all / 2, limit);
    const qint64 before = rows();
    QTRY_VERIFY_WITH_TIMEOUT(rows() > before + 1, limit); // the filter stands for what comes
    for (qint64 row = board().firstRow(); row < board().endRow(); ++row)
        QVERIFY(board().row(row).line.level >= models::LogLevel::Warning);
    photograph("demo-errors");
}

void TestDemoFlows::findsInTheLines() {
    QLineEdit* search = field("find");
    type(search, QStringLiteral("media server"));
    QTRY_VERIFY_WITH_TIMEOUT(!board().hits().empty(), limit);
    QTRY_VERIFY_WITH_TIMEOUT(view().currentRow() >= 0, limit);
    const qint64 newest = view().currentRow();
    QTest::keyClick(search, Qt::Key_F3, Qt::ShiftModifier);
    QVERIFY(view().currentRow() < newest);
    QVERIFY(QString::fromUtf8(board().row(view().currentRow()).line.text)
                .contains(u"media server", Qt::CaseInsensitive));
    photograph("demo-found");
    search->clear();
    QTRY_VERIFY_WITH_TIMEOUT(board().hits().empty(), limit);
}

void TestDemoFlows::looksAtALineInFull() {
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_End);
    QTest::keyClick(&view(), Qt::Key_Return);
    QVERIFY(find<QWidget>("logInspector"));
    QVERIFY(!find<QWidget>("inspectorText")->accessibleName().isEmpty());
    photograph("demo-line");
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(!find<QWidget>("logInspector"));
}

void TestDemoFlows::marksLines() {
    QTest::keyClick(&view(), Qt::Key_B);
    QTest::keyClick(&view(), Qt::Key_Up);
    QTest::keyClick(&view(), Qt::Key_Up);
    QTest::keyClick(&view(), Qt::Key_B);
    const auto text = [this] { return board().row(view().currentRow()).line.text.toByteArray(); };
    const QByteArray marked = text();
    click("showBookmarks");
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractItemView>("bookmarks"), limit);
    QCOMPARE(find<QAbstractItemView>("bookmarks")->model()->rowCount(), 2);
    photograph("demo-bookmarks");
    QTest::keyClick(find<QAbstractItemView>("bookmarks"), Qt::Key_Escape);
    // Without the filter the line has another row, and is the same.
    QLineEdit* filter = field("filter");
    filter->clear();
    QTest::keyClick(filter, Qt::Key_Backspace); // takes the chip away
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 400, limit);
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_F2);
    if (text() != marked)
        QTest::keyClick(&view(), Qt::Key_F2);
    QCOMPARE(text(), marked);
}

void TestDemoFlows::survivesACut() {
    QTest::keyClick(&view(), Qt::Key_End);
    writeFile(m_folder + QStringLiteral("/state/cut"), {});
    QTRY_COMPARE_WITH_TIMEOUT(markers(LogMarker::Kind::Resumed), 2, limit);
    QCOMPARE(markers(LogMarker::Kind::Gap), 0);
    const qint64 before = rows();
    QTRY_VERIFY_WITH_TIMEOUT(rows() > before + 2, limit);
    photograph("demo-after-a-cut");
}

void TestDemoFlows::leavesTheEndAndComesBack() {
    QTest::keyClick(&view(), Qt::Key_PageUp);
    QTest::keyClick(&view(), Qt::Key_PageUp);
    QVERIFY(!view().isFollowing());
    const qint64 top = view().topRow();
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("newLinesPill"), limit);
    QCOMPARE(view().topRow(), top);
    photograph("demo-new-lines");
    click("newLinesPill");
    QVERIFY(view().isFollowing());
    QVERIFY(!find<QAbstractButton>("newLinesPill"));
}

/// By the command that the workspace names for it, with its confirmation: the old lines stay.
void TestDemoFlows::followsARecreatedContainer() {
    QTest::keyClick(&view(), Qt::Key_End);
    const qint64 before = rows();
    auto* tree = find<QAbstractItemView>("logSources");
    tree->setCurrentIndex(tree->model()
                              ->match(tree->model()->index(0, 0), Qt::DisplayRole,
                                      QStringLiteral("portal"), 1,
                                      Qt::MatchExactly | Qt::MatchRecursive)
                              .value(0));
    click("recreateService");
    click("runAction");
    QTRY_COMPARE_WITH_TIMEOUT(markers(LogMarker::Kind::Successor), 1, limit);
    QVERIFY(rows() > before);
    const qint64 since = rows();
    QTRY_VERIFY_WITH_TIMEOUT(rows() > since + 2, limit);
    photograph("demo-recreated");
}

int main(int argc, char** argv) {
    const TemporaryHome folders;
    QApplication application(argc, argv);
    ui::Theme::instance().install(application);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
    TestDemoFlows tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_demoflows.moc"

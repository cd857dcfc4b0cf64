// SPDX-License-Identifier: GPL-3.0-or-later
// The window at two real hosts, by mouse and keys: an unknown key is looked at and trusted, a step
// fails on one host and is retried there, a connection is cut in the middle of a step and comes
// back, a changed key is refused. GANTRY_PICTURES names a folder for pictures of it.
#include "app/environment/workspaceservice.h"
#include "app/golive/runwatch.h"
#include "app/journal/sqlitejournal.h"
#include "app/preflight/preflightservice.h"
#include "app/run/enginethread.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "app/ssh/sshhostservice.h"
#include "models/run/hosts.h"
#include "tests/app/ssh/sshtest.h"
#include "tests/support/attending.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/tcpproxy.h"
#include "tests/support/temporaryhome.h"
#include "tests/ui/shots/photographer.h"
#include "ui/run/outputview.h"
#include "ui/run/runpage.h"
#include "ui/run/stepview.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using models::StepStatus;
using namespace tests;

namespace {

constexpr char document[] = R"(# Release to the fleet

## Deploy

- [ ] Install the release
  ```sh {"on":"web-1,web-2"}
  echo "installing for $LOGNAME"
  if [ -e ~/refuse ]; then echo "no space left on device" >&2; exit 3; fi
  echo installed
  ```
- [ ] Warm the cache
  ```sh {"on":"web-1"}
  echo before
  until [ -e ~/go ]; do sleep 0.05; done
  echo after
  ```
- [ ] Take it back into the balancer
  ```sh {"on":"web-2"}
  echo back
  ```
)";

constexpr int limit = 20'000;

Lab* lab = nullptr;

/// What the program is made of, with a journal of its own.
struct Console {
    Console()
        : engine(std::make_shared<app::EngineThread>())
        , hosts(engine, secrets)
        , runs(
              journal, secrets,
              [this](const models::PlanContext& context, const QString& name) {
                  return hosts.makePlace(*context.host(name));
              },
              engine)
        , window(ui::Services{runs, runbooks, workspaces, hosts, logs.follower, open, runWatch,
                              preflight}) {
        attendAll(open, runWatch, preflight);
    }

    app::SqliteJournal journal;
    MemorySecretStore secrets;
    std::shared_ptr<app::EngineThread> engine;
    app::SshHostService hosts;
    app::RunService runs;
    app::RunbookService runbooks;
    app::WorkspaceService workspaces;
    FakeLogs logs;
    FakeHealth health;
    app::RunWatch runWatch{{runs, journal, health.notifier}};
    app::PreflightService preflight{{hosts, health.looker, runs, health.trust, journal}};
    app::OpenWorkspaces open{workspaces, health.parts(logs.service)};
    ui::MainWindow window;
};

} // namespace

class TestHostFlows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void opensTheRunbook();
    void asksBeforeItTrustsAKey();
    void showsWhatFailedOnOneHost();
    void retriesThatHostAlone();
    void comesBackToAStepAfterACut();
    void refusesAChangedKey();

private:
    [[nodiscard]] ui::RunPage& page() const { return *m_console->window.findChild<ui::RunPage*>(); }
    template <class Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        for (Widget* found : m_console->window.findChildren<Widget*>(QLatin1String(name))) {
            if (found->isVisible())
                return found;
        }
        return nullptr;
    }
    void click(const char* button) {
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(button), limit);
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(button)->isEnabled(), limit);
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void select(int step) {
        auto* steps = page().findChild<ui::StepView*>();
        const QModelIndex row = steps->model()
                                    ->match(steps->model()->index(0, 0), Qt::DisplayRole,
                                            page().state().plan->steps[step].step.title, 1,
                                            Qt::MatchExactly | Qt::MatchRecursive)
                                    .value(0);
        steps->scrollTo(row);
        QTest::mouseClick(steps->viewport(), Qt::LeftButton, {}, steps->visualRect(row).center());
    }
    [[nodiscard]] StepStatus status(int step) const {
        return models::effectiveStatus(page().state(), step);
    }
    [[nodiscard]] StepStatus hostStatus(int host) const {
        return models::hostProgress(page().state(), 0).value(host).status;
    }
    [[nodiscard]] QByteArray recordedOf(int step) const {
        const models::StepId id = page().state().plan->steps[step].step.id;
        const int last = int(page().state().step(id).attempts.size());
        return m_console->runs.output({page().run(), id, last}, 0, 1 << 20)
            .result()
            .value_or(QByteArray());
    }
    void photograph(const char* name);

    std::unique_ptr<TcpProxy> m_lines[2]; ///< to web-1 and web-2
    std::unique_ptr<Console> m_console;
};

void TestHostFlows::initTestCase() {
    const QString home = QDir::homePath();
    QDir().mkpath(home + QStringLiteral("/.ssh"));
    QDir().mkpath(home + QStringLiteral("/fleet"));
    writeFile(home + QStringLiteral("/.ssh/config"),
              "Host *\n  IdentitiesOnly yes\n  IdentityFile " +
                  lab->key(QStringLiteral("person")).toUtf8() + '\n');
    QByteArray yaml = "gantry: 1\nname: Fleet\nenvironments:\n  lab:\n    hosts:\n";
    const char* const users[]{"dash", "bash"};
    for (int host = 0; host < 2; ++host) {
        m_lines[host] = std::make_unique<TcpProxy>(lab->hostPort());
        yaml += "      web-" + QByteArray::number(host + 1) + ": { ssh: \"" + users[host] +
                "@127.0.0.1:" + QByteArray::number(m_lines[host]->port()) + "\" }\n";
    }
    writeFile(home + QStringLiteral("/fleet/gantry.yaml"), yaml + "runbooks: [ release.md ]\n");
    writeFile(home + QStringLiteral("/fleet/release.md"), document);
    writeFile(lab->home(QStringLiteral("bash")) + QStringLiteral("/refuse"), "full\n");
    m_console = std::make_unique<Console>();
    m_console->window.resize(1440, 900);
    m_console->window.show();
}

void TestHostFlows::cleanupTestCase() {
    m_console.reset();
}

void TestHostFlows::photograph(const char* name) {
    const QString folder = qEnvironmentVariable("GANTRY_PICTURES");
    if (!folder.isEmpty())
        Photographer(folder,
                     ui::Theme::instance().isDark() ? QStringLiteral("dark")
                                                    : QStringLiteral("light"),
                     m_console->window)
            .take(QLatin1String(name));
}

void TestHostFlows::opensTheRunbook() {
    m_console->window.openPath(QDir::homePath() + QStringLiteral("/fleet"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractItemView>("runbooks"), limit);
    m_console->window.openRunbook(QStringLiteral("release.md"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_console->window.page() == ui::MainWindow::Page::Run && page().state().plan, limit);
    QCOMPARE(page().state().plan->steps.size(), 3);
    click("primaryButton");
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::activeModalWidget(), limit);
    click("startRun");
    QTRY_VERIFY_WITH_TIMEOUT(page().isRunUnderWay(), limit);
}

void TestHostFlows::asksBeforeItTrustsAKey() {
    select(0);
    click("primaryButton");
    const QString key = QString::fromUtf8(
        tests::outputOf({QStringLiteral("ssh-keygen"), QStringLiteral("-lf"),
                         lab->key(QStringLiteral("host")) + QStringLiteral(".pub")}));
    for (int host = 0; host < 2; ++host) {
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("hostQuestionSheet"), limit);
        QWidget* sheet = find<QWidget>("hostQuestionSheet");
        auto* shown = find<QPlainTextEdit>("hostFingerprint");
        QVERIFY(shown);
        QCOMPARE(shown->toPlainText(), key.section(QLatin1Char(' '), 1, 1));
        // Nothing has run, and a key that was pressed for something else gives no trust.
        QVERIFY(status(0) != StepStatus::Passed && status(0) != StepStatus::Failed);
        QVERIFY(!find<QPushButton>("hostConfirm")->isDefault());
        if (host == 0)
            photograph("flow-unknown-key");
        click("hostConfirm");
        QTRY_VERIFY_WITH_TIMEOUT(!sheet->isVisible(), limit);
    }
}

void TestHostFlows::showsWhatFailedOnOneHost() {
    QTRY_COMPARE_WITH_TIMEOUT(status(0), StepStatus::Failed, limit);
    QCOMPARE(hostStatus(0), StepStatus::Passed);
    QCOMPARE(hostStatus(1), StepStatus::Failed);
    auto* list = find<QAbstractItemView>("stepHostList");
    QVERIFY(list);
    QCOMPARE(list->model()->rowCount(), 2);
    // The one that needs a person is shown without being asked for.
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("web-2"));
    QVERIFY(find<QLabel>("stepHostReason")->text().startsWith(u"web-2"));
    QCOMPARE(find<QPushButton>("primaryButton")->text(), QStringLiteral("Retry web-2"));
    photograph("flow-one-failed");
    // A look at the other one, by key.
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Up);
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("web-1"));
    photograph("flow-other-host");
}

void TestHostFlows::retriesThatHostAlone() {
    QFile::remove(lab->home(QStringLiteral("bash")) + QStringLiteral("/refuse"));
    auto* list = find<QAbstractItemView>("stepHostList");
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    QVERIFY(find<QPushButton>("host:Retry step"));
    click("host:Retry step");
    QTRY_COMPARE_WITH_TIMEOUT(status(0), StepStatus::Passed, limit);
    const QList<models::HostProgress> hosts = models::hostProgress(page().state(), 0);
    QCOMPARE(hosts[0].tries, 1);
    QCOMPARE(hosts[1].tries, 2);
    select(0);
    photograph("flow-retried");
}

void TestHostFlows::comesBackToAStepAfterACut() {
    select(1);
    click("primaryButton");
    QTRY_COMPARE_WITH_TIMEOUT(status(1), StepStatus::Running, limit);
    // In the middle of it.
    QTRY_VERIFY_WITH_TIMEOUT(page().findChild<ui::OutputView*>()->copyText().contains(u"before"),
                             limit);
    m_lines[0]->setRefusing(true);
    m_lines[0]->cut();
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("hostBanner"), limit);
    QCOMPARE(status(1), StepStatus::Running);
    photograph("flow-cut");
    // It ends while nobody is connected.
    writeFile(lab->home(QStringLiteral("dash")) + QStringLiteral("/go"), "go\n");
    m_lines[0]->setRefusing(false);
    QTRY_COMPARE_WITH_TIMEOUT(status(1), StepStatus::Passed, limit);
    QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("hostBanner"), limit);
    QCOMPARE(recordedOf(1), "before\nafter\n");
    select(1);
    photograph("flow-back");
}

void TestHostFlows::refusesAChangedKey() {
    const QByteArray other =
        contentOf(lab->key(QStringLiteral("stranger")) + QStringLiteral(".pub")).split(' ')[1];
    const QString record = QDir::homePath() + QStringLiteral("/.ssh/known_hosts");
    writeFile(record, "[127.0.0.1]:" + QByteArray::number(m_lines[1]->port()) + " ssh-ed25519 " +
                          other + '\n');
    m_lines[1]->cut();
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("hostBanner"), limit);
    const auto isRefused = [this] {
        for (const app::HostLink& link : m_console->hosts.links()) {
            if (link.state == app::HostLink::State::Failed &&
                link.cause == app::HostLink::Cause::HostKey)
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), limit);
    QVERIFY(!find<QWidget>("hostQuestionSheet"));
    m_console->window.showPage(ui::MainWindow::Page::Hosts);
    auto* list = find<QAbstractItemView>("hostList");
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("linkError"), limit);
    // The only button looks again; none goes on.
    QCOMPARE(find<QPushButton>("connectNow")->text(), QStringLiteral("Look at the key again"));
    QVERIFY(!find<QPushButton>("hostConfirm"));
    photograph("flow-changed-key");
    click("connectNow");
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), limit);
    QVERIFY(!find<QWidget>("hostQuestionSheet"));
}

int main(int argc, char** argv) {
    const TemporaryHome folders;
    QApplication application(argc, argv);
    ui::Theme::instance().install(application);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
    if (qEnvironmentVariable("GANTRY_LOOK") == QLatin1String("dark"))
        ui::Theme::instance().setChoice(ui::ThemeChoice::Dark);
    Lab real;
    if (!real.start()) {
        std::printf("SKIPPED WHOLE TEST: %s\n", qPrintable(real.refusal()));
        return 0;
    }
    lab = &real;
    TestHostFlows tests;
    return QTest::qExec(&tests, argc, argv);
}

#include "tst_hostflows.moc"

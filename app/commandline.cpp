// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "app/commandlinehosts.h"
#include "app/commandlinejournal.h"
#include "app/commandlineoutput.h"
#include "app/commandlinepeople.h"
#include "app/commandlinerollback.h"
#include "app/commandlinerun.h"
#include "app/commandlineworkspace.h"
#include "app/container/placecontainers.h"
#include "app/contract/contractservice.h"
#include "app/contract/placevariables.h"
#include "app/demohostprocess.h"
#include "app/diagnostics/logging.h"
#include "app/diagnostics/stalls.h"
#include "app/engineparts.h"
#include "app/environment/trustkeeper.h"
#include "app/environment/workspaceservice.h"
#include "app/git/gitcommits.h"
#include "app/golive/rollbackcheck.h"
#include "app/golive/runwatch.h"
#include "app/health/placeprober.h"
#include "app/history/sqlitehealthhistory.h"
#include "app/http/networkprober.h"
#include "app/journal/sqlitejournal.h"
#include "app/notify/desktopnotifier.h"
#include "app/notify/webhookposter.h"
#include "app/people/sshsignatures.h"
#include "app/power/loginsleepinhibitor.h"
#include "app/preflight/placelooker.h"
#include "app/preflight/preflightservice.h"
#include "app/prometheus/prometheussource.h"
#include "app/run/keepawake.h"
#include "app/runbook/runbookservice.h"
#include "app/secret/keychainstore.h"
#include "app/secret/sessionstore.h"
#include "app/workspace/openworkspaces.h"
#include "ui/front/lastseen.h"
#include "ui/shell/window.h"

#include <QApplication>
#include <QFileInfo>
#include <QProcess>

#include <array>
#include <memory>
#include <optional>

namespace app {
namespace {

struct Subcommand {
    QLatin1String name;
    int (*run)(const QStringList& arguments);
};

constexpr std::array<Subcommand, 13> subcommands = {{
    {QLatin1String("inspect"), inspectCommand},
    {QLatin1String("check"), checkCommand},
    {QLatin1String("schema"), schemaCommand},
    {QLatin1String("hosts"), hostsCommand},
    {QLatin1String("run"), runCommand},
    {QLatin1String("rollback"), rollbackCommand},
    {QLatin1String("unblock"), unblockCommand},
    {QLatin1String("approve"), approveCommand},
    {QLatin1String("hand-over"), handOverCommand},
    {QLatin1String("take-over"), takeOverCommand},
    {QLatin1String("runs"), runsCommand},
    {QLatin1String("report"), reportCommand},
    {QLatin1String("journal"), journalCommand},
}};

const Subcommand* findSubcommand(const char* name) {
    for (const Subcommand& candidate : subcommands) {
        if (candidate.name == QLatin1String(name))
            return &candidate;
    }
    return nullptr;
}

QString usage() {
    return u"Gantry, a desktop console for release managers.\n\n"
           "Usage:\n"
           "  gantry [PATH...]                  opens the window, on folders or Markdown files,\n"
           "                                    or on a log: FILE.log, FILE.log.zst, FILE.gz\n"
           "  gantry --demo                     opens it on a host of its own, to try things out\n"
           "  gantry inspect FILE.md            prints a runbook as it is understood\n"
           "  gantry check WORKSPACE            validates gantry.yaml and every runbook\n"
           "  gantry schema                     prints the keys of gantry.yaml for editors\n"
           "  gantry hosts WORKSPACE            says whether steps can run at its hosts\n"
           "  gantry run WORKSPACE [RUNBOOK]    runs a runbook without the window\n"
           "  gantry rollback RUN               takes a run back\n"
           "  gantry unblock WORKSPACE ENVIRONMENT --reason TEXT\n"
           "                                    lets what was taken back go there again\n"
           "  gantry approve REQUEST            signs an approval with your SSH key\n"
           "  gantry hand-over RUN FILE --to NAME\n"
           "                                    gives a run to a colleague's console\n"
           "  gantry take-over FILE             drives such a run here\n"
           "  gantry runs                       lists the runs of the journal\n"
           "  gantry report RUN                 prints the record of a run\n"
           "  gantry journal verify [FILE]      checks chains, outputs and signatures of every "
           "run\n"
           "  gantry journal backup FILE        copies the journal\n"
           "  gantry journal export [FILE]      prints every event as JSON, one a line\n"
           "  gantry journal retention --days N removes the outputs of runs closed before that\n"
           "  gantry --version\n\n"
           "gantry COMMAND --help says more about a command.\n"
           "Exit status: 0 good, 1 what was checked fell short, 2 unusable input."_qs;
}

void nameApplication() {
    QCoreApplication::setApplicationName(u"gantry"_qs);
    QCoreApplication::setOrganizationName(u"gantry"_qs);
    QCoreApplication::setApplicationVersion(QStringLiteral(GANTRY_VERSION));
}

/// Logging for as long as the program runs.
class Logging {
public:
    Logging() { startLogging(qEnvironmentVariable("GANTRY_LOG", u"warning"_qs)); }
    ~Logging() { stopLogging(); }
    Q_DISABLE_COPY_MOVE(Logging)
};

int runHeadless(const Subcommand& subcommand, int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    nameApplication();
    const Logging logging;
    QStringList arguments = QCoreApplication::arguments();
    arguments.removeAt(1); // what is left is the command's own
    return subcommand.run(arguments);
}

enum class Opening { Path, Demo };

/// What is tried out leaves nothing in anybody's keychain.
std::unique_ptr<SecretStore> secretsFor(Opening opening) {
    if (opening == Opening::Demo)
        return std::make_unique<SessionStore>();
    return std::make_unique<KeychainStore>();
}

/// Beside this window, with a journal and an end of its own.
void openDemo() {
    QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_qs});
}

int openWindow(int argc, char** argv, Opening opening, QWidget* front = nullptr) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        return unusable(u"There is no display for the window. Set DISPLAY, or use the commands "
                        "that need none: gantry --help"_qs);
    }
    // Whoever has a front has made it.
    std::optional<QApplication> made;
    if (qApp == nullptr)
        made.emplace(argc, argv);
    nameApplication();
    const Logging logging;
    traceStalls();
    DemoHostProcess demo;
    if (opening == Opening::Demo) {
        // The window's settings go by this name: what was open last is not the demo.
        QCoreApplication::setApplicationName(u"gantry-demo"_qs);
        if (const models::Result<void> started = demo.start(); !started)
            return fail(started.error());
    }
    const bool isDemo = opening == Opening::Demo;
    QStringList paths = isDemo ? demo.workspaces() : QCoreApplication::arguments().mid(1);
    for (QString& path : paths) {
        if (!QFileInfo::exists(path)) {
            return unusable(
                u"There is no file, folder or command “%1”. gantry --help lists the commands."_qs
                    .arg(path));
        }
        path = QFileInfo(path).absoluteFilePath();
    }
    ui::readFontsAhead();
    const JournalOptions journalOptions = isDemo ? demo.journal() : JournalOptions();
    // First: the window waits for what it keeps.
    SqliteHealthHistory history({journalOptions.folder});
    SqliteJournal journal(journalOptions);
    const std::unique_ptr<SecretStore> secrets = secretsFor(opening);
    EngineParts engine(journal, *secrets,
                       [config = demo.sshConfig()] { return surroundingsWith(config); });
    engine.runs.setSigner(std::make_shared<SshSignatures>(SshSignatures::Asking::Desktop));
    LoginSleepInhibitor inhibitor;
    const KeepAwake keepAwake(engine.runs, inhibitor);
    RunbookService runbooks;
    WorkspaceService workspaces(isDemo ? WorkspaceService::Recent::Forgotten
                                       : WorkspaceService::Recent::Kept);
    TrustKeeper trust;
    for (const QString& workspace : isDemo ? demo.workspaces() : QStringList()) {
        trust.vouchFor(workspace);
        workspaces.addRecent(workspace);
    }
    NetworkProber network;
    PlaceProber prober(engine.thread, placesOf(engine), network);
    PlaceContainers containers(engine.thread, reachesOf(engine));
    GitCommits commits;
    RollbackCheck rollbackCheck(engine.runs);
    PlaceVariables variables(engine.thread, placesOf(engine));
    PlaceLooker looker(engine.thread, placesOf(engine));
    PreflightService preflight({engine.hosts, looker, engine.runs, trust, journal});
    PrometheusSource metrics(*secrets);
    DesktopNotifier desktop;
    WebhookPoster webhooks(*secrets);
    RunWatch runWatch({engine.runs, journal, desktop});
    OpenWorkspaces open(workspaces, {prober, metrics, containers, commits, variables, journal,
                                     engine.logs, desktop, webhooks, trust, &history});
    QObject::connect(&open, &OpenWorkspaces::added, &runWatch, [&](OpenWorkspace* workspace) {
        runWatch.attend(workspace->watch());
        rollbackCheck.attend(workspace->versions(), workspace->health());
        preflight.attend(workspace->contracts(), workspace->versions());
        workspace->notices().leaveTo(
            [&runWatch](const QString& id, const QString& environment, const QString& trigger) {
                return runWatch.asksAbout(id, environment, trigger);
            });
    });
    engine.runs.releaseLeftLocks();
    const ui::Services services{engine.runs,
                                runbooks,
                                workspaces,
                                engine.hosts,
                                engine.logFollower,
                                open,
                                runWatch,
                                preflight,
                                &history,
                                journal.notice(),
                                isDemo ? std::function<void()>() : openDemo,
                                isDemo ? QString() : ui::LastSeen::pathFor(u"gantry"_qs)};
    return ui::runWindow(services, paths, front);
}

} // namespace

int runCommandLine(int argc, char** argv, QWidget* front) {
    const char* first = argc > 1 ? argv[1] : "";
    const QLatin1String argument(first);
    if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
        print(usage());
        return exitGood;
    }
    if (argument == QLatin1String("--version") || argument == QLatin1String("-v")) {
        print(u"gantry "_qs + QStringLiteral(GANTRY_VERSION));
        return exitGood;
    }
    if (argument == QLatin1String("--demo"))
        return openWindow(argc, argv, Opening::Demo);
    if (const Subcommand* subcommand = findSubcommand(first))
        return runHeadless(*subcommand, argc, argv);
    if (argument.startsWith(QLatin1String("--")))
        return unusable(
            u"There is no option %1. gantry --help lists the commands."_qs.arg(argument));
    return openWindow(argc, argv, Opening::Path, front);
}

} // namespace app

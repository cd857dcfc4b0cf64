// SPDX-License-Identifier: GPL-3.0-or-later
// gantry_shots DIR [LOOK]: takes a picture of every page in its states, light and dark, wide and
// narrow, of the real window on the real services. LOOK takes those of one look, as it is in the
// pictures' names. Status 1: something was not reached, or a picture shows nothing.
#include "app/environment/workspaceservice.h"
#include "app/golive/runwatch.h"
#include "app/journal/sqlitejournal.h"
#include "app/preflight/preflightservice.h"
#include "app/process/localplace.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/attending.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "tour.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QTextStream>

namespace {

/// The team's own document where it is there, else one of the example.
QString firstDocument() {
    const QString shared = tests::sharedDir();
    return shared.isEmpty()
               ? tests::sourceDir() +
                     QStringLiteral("/resources/examples/voxbento/runbooks/2-go-live.md")
               : shared + QStringLiteral("/documents/interview-insights-production-checklist.md");
}

bool takeAll(const QString& folder, const QString& wanted) {
    tests::MemorySecretStore secrets;
    app::RunbookService runbooks;
    app::WorkspaceService workspaces;
    ui::Theme& theme = ui::Theme::instance();
    bool isComplete = true;
    bool isAny = false;
    for (const ui::ThemeChoice choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        theme.setChoice(choice);
        for (const QSize size : {QSize(1440, 900), QSize(1024, 640)}) {
            const QString look =
                QStringLiteral("%1-%2x%3")
                    .arg(theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(size.width())
                    .arg(size.height());
            if (!look.contains(wanted))
                continue;
            isAny = true;
            // Runs of the look before still hold what they changed.
            app::JournalOptions options;
            options.folder += QLatin1Char('/') + look;
            app::SqliteJournal journal(options);
            app::RunService runs(journal, secrets, [](const auto&, const QString&) {
                return std::make_unique<app::LocalPlace>();
            });
            tests::FakeHostService hosts;
            tests::FakeLogs logs;
            tests::FakeHealth health;
            app::RunWatch runWatch({runs, journal, health.notifier});
            app::RollbackCheck rollbackCheck(runs);
            app::PreflightService preflight({hosts, health.looker, runs, health.trust, journal});
            app::OpenWorkspaces open(workspaces, health.parts(logs.service));
            tests::attendAll(open, runWatch, preflight, &rollbackCheck);
            tests::Tour tour({runs,
                              runbooks,
                              workspaces,
                              hosts,
                              logs.follower,
                              open,
                              runWatch,
                              preflight,
                              nullptr,
                              {},
                              [] {}},
                             hosts, logs.service, health, folder, look, size);
            if (!tour.take(firstDocument())) {
                QTextStream(stderr) << "incomplete: " << look << Qt::endl;
                isComplete = false;
            }
        }
    }
    if (!isAny)
        QTextStream(stderr) << "no look is called " << wanted << Qt::endl;
    return isComplete && isAny;
}

} // namespace

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    const QString tools = tests::sourceDir() + QStringLiteral("/tests/ui/shots/tools:");
    qputenv("PATH", tools.toLocal8Bit() + qgetenv("PATH"));
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("gantry-shots"));
    QApplication::setApplicationName(QStringLiteral("gantry-shots"));
    const QString folder = QApplication::arguments().value(1);
    if (folder.isEmpty() || !QDir().mkpath(folder)) {
        QTextStream(stderr) << "usage: gantry_shots DIR [LOOK]" << Qt::endl;
        return 2;
    }
    ui::Theme::instance().install(application);
    ui::Theme::instance().setMotion(ui::Motion::Reduced);
    return takeAll(folder, QApplication::arguments().value(2)) ? 0 : 1;
}

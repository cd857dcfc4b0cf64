// SPDX-License-Identifier: GPL-3.0-or-later
// What the long record of a go-live costs when it is opened again and told, and the look before
// one.
#include "app/journal/sqlitejournal.h"
#include "app/run/runservice.h"
#include "benchmark.h"
#include "models/preflight/preflight.h"
#include "models/run/draft.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>

namespace tests {

namespace {

using models::ErrorCode;
using models::failure;
using models::Result;

constexpr int steps = 500;
constexpr int hosts = 100;
constexpr int events = 10'000;
constexpr int eventsTogether = 500;
constexpr int repetitions = 7;
constexpr std::chrono::seconds patience{30};

constexpr double reportBudget = 1'000;  ///< ms
constexpr double preflightBudget = 500; ///< ms

models::PlanPointer longPlan() {
    QByteArray document = "# Release\n\n## Deploy\n\n";
    for (int step = 0; step < steps; ++step)
        document += "- [ ] Deploy part " + QByteArray::number(step) + "\n\n  ```sh {\"on\":\"web-" +
                    QByteArray::number(step % hosts) + "\"}\n  docker compose up -d part-" +
                    QByteArray::number(step) + "\n  ```\n\n";
    models::PlanContext context;
    context.environment = QStringLiteral("prod");
    for (int host = 0; host < hosts; ++host) {
        models::Host known;
        known.name = QStringLiteral("web-%1").arg(host);
        known.ssh = known.name + QStringLiteral(".example.com");
        context.hosts.append(known);
    }
    return std::make_shared<const models::Plan>(
        models::makePlan(models::parseRunbook(document), context));
}

/// A journal of one run of that plan in which steps were skipped and reopened again and again, and
/// the services around it.
class History {
public:
    [[nodiscard]] Result<void> write() {
        const models::PlanPointer plan = longPlan();
        QList<models::EventDraft> drafts;
        for (int round = 0; drafts.size() < events - 1; ++round) {
            for (const models::PlanStep& step : plan->steps)
                drafts.append(round % 2 == 0 ? models::draft::stepSkipped(
                                                   step.step.id, QStringLiteral("Done by hand."))
                                             : models::draft::stepReopened(step.step.id));
        }
        drafts.resize(events - 1);
        app::SqliteJournal journal(m_options);
        if (const auto made = journal
                                  .create({m_run,
                                           {models::draft::runStarted(*plan, {})},
                                           {},
                                           QStringLiteral("operator@console-1")})
                                  .result();
            !made)
            return tl::unexpected(made.error());
        for (qsizetype at = 0; at < drafts.size(); at += eventsTogether) {
            if (const auto done = journal
                                      .append({m_run,
                                               drafts.mid(at, eventsTogether),
                                               {},
                                               QStringLiteral("operator@console-1")})
                                      .result();
                !done)
                return tl::unexpected(done.error());
        }
        return {};
    }

    /// From nothing to the state on the main thread, in ms. taken: the events.
    [[nodiscard]] Result<double> timeOfReopening(QList<models::Event>* taken) {
        Console console(m_options);
        QEventLoop loop;
        bool isOpen = false;
        QObject::connect(&console.runs, &app::RunService::runOpened, &loop,
                         [&](const models::RunId&, const QList<models::Event>& opened,
                             const QString&, const QString&) {
                             *taken = opened;
                             isOpen = true;
                             loop.quit();
                         });
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        const double time = millisecondsOf([&] {
            console.runs.open(m_run);
            loop.exec();
        });
        if (!isOpen || taken->size() < events)
            return failure(ErrorCode::Internal, QStringLiteral("the run did not open"));
        return time;
    }

    [[nodiscard]] Result<double> timeOfReport() {
        Console console(m_options);
        Result<QByteArray> report = failure(ErrorCode::Internal, QStringLiteral("no report"));
        const double time = millisecondsOf(
            [&] { report = console.runs.report(m_run, app::ReportFormat::Html).result(); });
        if (!report)
            return tl::unexpected(report.error());
        return time;
    }

private:
    struct Console {
        explicit Console(const app::JournalOptions& options)
            : journal(options) {}

        app::SqliteJournal journal;
        MemorySecretStore secrets;
        FakeHost place;
        app::RunService runs{journal, secrets, [this](const models::PlanContext&, const QString&) {
                                 return std::make_unique<FakePlace>(place);
                             }};
    };

    QTemporaryDir m_folder;
    app::JournalOptions m_options = [this] {
        app::JournalOptions options;
        options.folder = m_folder.filePath(QStringLiteral("journal"));
        return options;
    }();
    const models::RunId m_run{QStringLiteral("00000000000000000000000001")};
};

Result<Measurements> measureHistory() {
    History history;
    if (const auto written = history.write(); !written)
        return tl::unexpected(written.error());
    QList<double> reopening;
    QList<double> parsing;
    QList<double> telling;
    for (int i = 0; i < repetitions; ++i) {
        QList<models::Event> taken;
        const auto opened = history.timeOfReopening(&taken);
        if (!opened)
            return tl::unexpected(opened.error());
        reopening.append(*opened);
        parsing.append(millisecondsOf([&taken] {
            for (const models::Event& event : std::as_const(taken))
                (void)QJsonDocument::fromJson(event.bytes);
        }));
        const auto report = history.timeOfReport();
        if (!report)
            return tl::unexpected(report.error());
        telling.append(*report);
    }
    return Measurements{{QStringLiteral("golive.reopen10k"), median(reopening),
                         QStringLiteral("ms"), QStringLiteral("parsing the JSON of its events"),
                         median(parsing), repetitions},
                        {QStringLiteral("golive.report500"), median(telling), QStringLiteral("ms"),
                         QStringLiteral("budget"), reportBudget, repetitions}};
}

Result<Measurements> measurePreflight() {
    const models::RunState state = models::initialState(longPlan());
    models::PreflightFacts facts;
    facts.now = {1};
    for (const models::Host& host : state.plan->context.hosts)
        facts.hosts[host.name] = {models::Verdict::Pass, {}, {}, facts.now};
    QList<double> times;
    std::size_t lines = 0;
    for (int i = 0; i < repetitions; ++i)
        times.append(millisecondsOf([&] { lines = models::preflight(state, facts).size(); }));
    if (lines < hosts)
        return failure(ErrorCode::Internal, QStringLiteral("only %1 lines").arg(lines));
    return Measurements{{QStringLiteral("golive.preflight"), median(times), QStringLiteral("ms"),
                         QStringLiteral("budget"), preflightBudget, repetitions}};
}

const Registration history10k(QStringLiteral("golive"), QStringLiteral("golive.reopen10k"),
                              &measureHistory);
const Registration preflight100(QStringLiteral("golive"), QStringLiteral("golive.preflight"),
                                &measurePreflight);

} // namespace

} // namespace tests

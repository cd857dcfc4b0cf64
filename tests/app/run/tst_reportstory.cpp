// SPDX-License-Identifier: GPL-3.0-or-later
// That a report reads as the story of a release: on which numbers what was decided, and by whom.
#include "app/run/report.h"
#include "app/run/reportformats.h"
#include "models/run/observations.h"
#include "models/run/observeddraft.h"
#include "tests/models/run/runfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace models;
using namespace std::chrono_literals;
using app::ReportFormat;
using tests::manualStep;
using tests::RunFixture;

namespace {

const StepId gate(u"Errors stay low"_qs);
constexpr std::int64_t second = 1'000'000'000;

PlanContext context() {
    PlanContext context;
    context.environment = u"prod"_qs;
    context.target = {{u"portal"_qs, u"1.5.0"_qs}};
    context.previous = {{u"portal"_qs, u"1.4.0"_qs}};
    context.goLive.triggers = {{u"Portal fails"_qs, u"errors > 10%"_qs, {}}};
    context.goLive.watch.time = 60s;
    context.goLive.observed = {u"errors"_qs};
    return context;
}

GateStanding standing() {
    GateStanding standing;
    standing.verdict = Verdict::Pass;
    standing.samples = 5;
    standing.words = u"errors was 2 %"_qs;
    for (int i = 0; i < 5; ++i)
        standing.newest.append({{(4 + i) * second}, Verdict::Pass, u"errors was %1 %"_qs.arg(i)});
    return standing;
}

/// A gate passed, a trigger held, the release was taken back.
RunFixture release() {
    Step step = manualStep(gate.text());
    step.kind = StepKind::Gate;
    step.condition = u"errors < 10%"_qs;
    RunFixture run({step, manualStep(u"Tell everybody"_qs)}, context());
    run.feed(draft::gateEntered(gate, gateRuleOf(*run.state.plan, step), {1800 * second}));
    run.feed(draft::gateObserved(gate, standing()));
    run.feed(draft::gatePassedOn(gate, standing()));
    run.feed(draft::triggerArmed(u"Portal fails"_qs));
    run.feed(draft::triggerHeld(u"Portal fails"_qs, u"errors was 31 %"_qs));
    run.feed(draft::triggerAcknowledged(u"Portal fails"_qs, u"A probe is broken"_qs));
    run.feed(draft::stepConfirmed(StepId(u"Tell everybody"_qs), true, u"told the team"_qs));
    run.feed(draft::watchStarted(watchRuleOf(*run.state.plan), {9 * second}));
    run.feed(draft::watchObserved({{9 * second},
                                   {39 * second},
                                   Verdict::Fail,
                                   {{u"errors < 10%"_qs, Verdict::Fail, u"errors was 40 %"_qs}}}));
    run.feed(draft::rollbackStarted(RunId(QString(26, u'1')), u"The portal fails"_qs, {}));
    run.feed(draft::releaseBlocked(u"It failed in prod"_qs));
    return run;
}

app::RunRecord recordOf(const RunFixture& run) {
    app::StoredRun stored;
    stored.events = run.events;
    const auto none = [](const AttemptKey&, int) { return QByteArray(); };
    return app::makeRecord(stored, none, {60 * second});
}

HealthCourse course() {
    return {{{TimelineLane::Health,
              u"portal <health>"_qs,
              {{{second}, {9 * second}, Verdict::Fail, u"1 passed, 8 failed, 0 unknown"_qs, {}}}}},
            {{u"portal p95"_qs, {{{2 * second}, 0.25, true}, {{8 * second}, 0.5, false}}}}};
}

} // namespace

class TestReportStory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatWasDecidedOnWhichNumbers_data() {
        QTest::addColumn<ReportFormat>("format");
        QTest::newRow("markdown") << ReportFormat::Markdown;
        QTest::newRow("html") << ReportFormat::Html;
        QTest::newRow("json") << ReportFormat::Json;
    }
    void tellsWhatWasDecidedOnWhichNumbers() {
        QFETCH(ReportFormat, format);
        const QString report =
            QString::fromUtf8(formatReport(recordOf(release()), format)).remove(u'\\');
        for (const QString& said :
             {u"1.4.0"_qs, u"1.5.0"_qs, u"Errors stay low"_qs, u"errors was 4 %"_qs,
              u"Portal fails"_qs, u"errors was 31 %"_qs, u"A probe is broken"_qs,
              u"errors was 40 %"_qs, u"The portal fails"_qs, u"It failed in prod"_qs,
              u"told the team"_qs, u"Seen for 50 % of 60 s: good for 0 %, bad for 50 %"_qs})
            QVERIFY2(report.contains(said), qPrintable(said));
    }

    void theDecisionStandsBeforeTheSteps() {
        const QByteArray report = formatReport(recordOf(release()), ReportFormat::Markdown);
        QVERIFY(report.indexOf("## Deviations") < report.indexOf("## Gates"));
        QVERIFY(report.indexOf("## Who decided what") < report.indexOf("## Steps"));
    }

    void timesAreWrittenForPeople() {
        const QString report =
            QString::fromUtf8(formatReport(recordOf(release()), ReportFormat::Markdown));
        QVERIFY2(report.contains(u"until 1970-01-01 00:30:00 UTC"), qPrintable(report));
        QVERIFY(!report.contains(u"1970-01-01T"));
    }

    /// A worker that outlives its step outlives the run: whoever reads the report has to know.
    void tellsWhatWasLeftRunning() {
        const StepId worker(u"Start the worker"_qs);
        RunFixture run({tests::commandStep(worker.text(), u"worker &"_qs)}, context());
        run.feed(draft::stepStarted(worker, {}));
        Attempt ended;
        ended.exitCode = 0;
        ended.leftBehind = 2;
        run.feed(draft::stepFinished(worker, ended, StepStatus::Passed));
        const QString report =
            QString::fromUtf8(formatReport(recordOf(run), ReportFormat::Markdown)).remove(u'\\');
        QVERIFY2(report.contains(u"## Left running"_qs), qPrintable(report));
        QVERIFY2(report.contains(u"| Start the worker | local | 2 | 1970-01-01 00:00:03 UTC |"_qs),
                 qPrintable(report));
        QVERIFY(report.contains(u"Whether they still run was not looked at afterwards."_qs));
        const QJsonDocument json =
            QJsonDocument::fromJson(formatReport(recordOf(run), ReportFormat::Json));
        QCOMPARE(json[u"steps"][0][u"attempts"][0][u"left_running"].toInt(), 2);
    }

    void whatThereIsNotIsNoSection() {
        const QByteArray report =
            formatReport(recordOf(RunFixture({manualStep(u"a"_qs)})), ReportFormat::Markdown);
        for (const char* title :
             {"## Gates", "## Triggers", "## Watch", "## Rollback", "## Left running"})
            QVERIFY2(!report.contains(title), title);
    }

    void thePictureIsWellFormedWhateverItHolds() {
        app::RunRecord record = recordOf(release());
        record.timeline.add(course());
        const QString svg = app::timelineSvg(record.timeline);
        QXmlStreamReader reader(svg);
        int shapes = 0;
        int curves = 0;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement)
                continue;
            shapes += reader.name() == u"rect" || reader.name() == u"circle";
            curves += reader.name() == u"path";
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(svg.contains(u"portal &lt;health&gt;"));
        QVERIFY(svg.contains(u"highest 500 ms"));
        QCOMPARE(curves, 1);
        QVERIFY2(shapes >= 10, qPrintable(QString::number(shapes)));
    }

    void healthStandsBesideTheSteps() {
        app::RunRecord record = recordOf(release());
        record.timeline.add(course());
        const QJsonObject report =
            QJsonDocument::fromJson(formatReport(record, ReportFormat::Json)).object();
        QStringList lanes;
        for (const QJsonValue& row : report.value(u"timeline").toArray())
            lanes.append(row[u"lane"].toString());
        QCOMPARE(lanes, (QStringList{u"version"_qs, u"health"_qs, u"gate"_qs, u"trigger"_qs,
                                     u"watch"_qs, u"person"_qs}));
    }

    void aPdfHasPages() {
        app::RunRecord record = recordOf(release());
        record.timeline.add(course());
        const QByteArray pdf = formatReport(record, ReportFormat::Pdf);
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.contains("/Image")); // the timeline
        QVERIFY(!formatReport(app::RunRecord(), ReportFormat::Pdf).isEmpty());
    }
};

QTEST_MAIN(TestReportStory)
#include "tst_reportstory.moc"

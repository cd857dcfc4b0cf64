// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace models;

namespace tests {

/// Five documents as people wrote them, counted by hand. They are not part of the project.
class TestDocuments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checklistOfTasks();
    void checklistTriggersAndRollback();
    void checklistGates();
    void deploymentGuide();
    void deploymentGuideEnvironments();
    void deploymentGuideSmokeTests();
    void reviewWithLostHeadings();
    void reviewChecksAndRollback();
    void readinessReview();
    void finishedLog();
    void storedFormIsComplete_data();
    void storedFormIsComplete();
};

namespace {

/// Empty where the folder with the documents is absent.
QByteArray document(const char* name) {
    QFile file(sharedDir() + QStringLiteral("/documents/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template <class Test>
int countSteps(const Runbook& book, Test test) {
    return int(std::count_if(book.steps.begin(), book.steps.end(), test));
}

const Step* stepAt(const Runbook& book, int line) {
    const auto found = std::find_if(book.steps.begin(), book.steps.end(),
                                    [&](const Step& step) { return step.range.first == line; });
    return found == book.steps.end() ? nullptr : &*found;
}

int emptySections(const Runbook& book) {
    return int(std::count_if(
        book.diagnostics.begin(), book.diagnostics.end(),
        [](const Diagnostic& diagnostic) { return diagnostic.message.contains(u"is empty"); }));
}

QString sectionTitle(const Runbook& book, const Step& step) {
    return step.section < 0 ? QString() : book.sections[step.section].title;
}

} // namespace

#define OPEN_DOCUMENT(book, name)                                                                  \
    const QByteArray bytes = document(name);                                                       \
    if (bytes.isEmpty()) {                                                                         \
        QSKIP("The shared folder with " name " is absent.");                                       \
    }                                                                                              \
    const Runbook book = parseRunbook(bytes)

void TestDocuments::checklistOfTasks() {
    OPEN_DOCUMENT(book, "interview-insights-production-checklist.md");
    QCOMPARE(book.title, QStringLiteral("Production Deployment Checklist"));
    QCOMPARE(book.kind, DocumentKind::Runbook);
    QCOMPARE(book.counts.taskItems, 173);
    QCOMPARE(book.counts.taskItemsNested, 125);
    QCOMPARE(book.counts.taskItemsChecked, 0);
    QCOMPARE(book.counts.sections, 38);
    QCOMPARE(book.counts.shellBlocks, 10);
    QCOMPARE(book.counts.commands, 13);
    QCOMPARE(book.variables.size(), 3);
    QCOMPARE(book.variables[2].name, QStringLiteral("FLY_APP_NAME"));
    QCOMPARE(book.variables[2].value, QStringLiteral("interview-sdp-proxy"));
    // A file of assignments is no command.
    QVERIFY(stepAt(book, 152) != nullptr);
    QVERIFY(stepAt(book, 152)->commands.isEmpty());
    // Both never end by themselves.
    QVERIFY(stepAt(book, 30)->commands.first().streaming);
    QVERIFY(stepAt(book, 80)->commands.first().streaming);
    QVERIFY(!stepAt(book, 68)->commands.first().streaming);
    QCOMPARE(stepAt(book, 74)->expectations.size(), 1);
    QCOMPARE(stepAt(book, 74)->expectations.first().kind, ExpectationKind::Json);
    QCOMPARE(stepAt(book, 74)->expectations.first().line, 77);
    QCOMPARE(stepAt(book, 104)->placeholders,
             QStringList({QStringLiteral("your-project"), QStringLiteral("your-anon-key")}));
}

void TestDocuments::checklistTriggersAndRollback() {
    OPEN_DOCUMENT(book, "interview-insights-production-checklist.md");
    QList<ConditionText> triggers;
    QList<ConditionText> others;
    for (const ConditionText& condition : book.conditions) {
        (condition.trigger ? triggers : others).append(condition);
    }
    const auto isNumeric = [](const ConditionText& condition) {
        return condition.text.contains(u'%') || condition.text.contains(u'<');
    };
    QCOMPARE(triggers.size(), 6);
    QCOMPARE(std::count_if(triggers.begin(), triggers.end(), isNumeric), 3);
    QCOMPARE(std::count_if(others.begin(), others.end(), isNumeric), 5);
    // The two parents of the triggers and the triggers are no steps.
    QCOMPARE(countSteps(book,
                        [](const Step& step) {
                            return step.range.first >= 337 && step.range.first <= 348;
                        }),
             0);
    // The criteria with a check mark are what must come true, not what was done.
    QCOMPARE(std::count_if(others.begin(), others.end(),
                           [](const ConditionText& c) { return c.line >= 370 && c.line <= 374; }),
             5);
    QCOMPARE(book.counts.rollbackSteps, 12);
    QCOMPARE(
        countSteps(book,
                   [](const Step& step) { return step.lane == Lane::Rollback && step.parent < 0; }),
        3);
    QCOMPARE(
        countSteps(
            book, [](const Step& step) { return step.lane == Lane::Rollback && step.parent >= 0; }),
        9);
    // 173 check boxes without the 8 of the triggers, 3 phases, the last note.
    QCOMPARE(book.counts.steps, 173 - 8 + 3 + 1);
}

void TestDocuments::checklistGates() {
    OPEN_DOCUMENT(book, "interview-insights-production-checklist.md");
    const Step* restart = stepAt(book, 30);
    QVERIFY(restart->urgent);
    QCOMPARE(restart->kind, StepKind::Command);
    const Step* note = stepAt(book, 391);
    QVERIFY(note != nullptr);
    QCOMPARE(note->kind, StepKind::Gate);
    QCOMPARE(note->lane, Lane::Main);
    QVERIFY(note->urgent);
    QCOMPARE(countSteps(book, [](const Step& step) { return step.urgent; }), 2);
    for (const Step& step : book.steps) {
        QVERIFY(step.range.first <= step.range.last);
        QVERIFY(!step.title.isEmpty());
    }
}

void TestDocuments::deploymentGuide() {
    OPEN_DOCUMENT(book, "readme-deployment-guide.md");
    QCOMPARE(book.counts.taskItems, 0);
    const auto inSection = [&](const QString& title) {
        return countSteps(book, [&](const Step& step) {
            return step.parent < 0 && sectionTitle(book, step) == title;
        });
    };
    QCOMPARE(inSection(QStringLiteral("Supabase")), 3);
    QCOMPARE(inSection(QStringLiteral("Queue Broker (Upstash Redis)")), 3);
    QCOMPARE(inSection(QStringLiteral("Railway")), 5);
    QCOMPARE(inSection(QStringLiteral("Pipecat Cloud")), 5);
    QCOMPARE(inSection(QStringLiteral("Vercel")), 4);
    QCOMPARE(inSection(QStringLiteral("Dev")), 7);
    QCOMPARE(inSection(QStringLiteral("Prod")), 8);
    QCOMPARE(inSection(QStringLiteral("6) Smoke Tests (Both Environments)")), 3);
    QCOMPARE(inSection(QStringLiteral("7) Local Dev Stack Commands")), 3);
    // 39 of the 86 numbered items are for reference, 3 are expectations.
    QCOMPARE(book.counts.steps, 86 - 39 - 3);
    for (const Section& section : book.sections) {
        const bool isReference = section.title.startsWith(u"1)") ||
                                 section.title.startsWith(u"2)") ||
                                 section.title.startsWith(u"3)") ||
                                 section.title.startsWith(u"8)") || section.title.startsWith(u"9)");
        QCOMPARE(section.lane, isReference ? Lane::Reference : Lane::Main);
    }
}

void TestDocuments::deploymentGuideEnvironments() {
    OPEN_DOCUMENT(book, "readme-deployment-guide.md");
    QCOMPARE(stepAt(book, 102)->environment, QStringLiteral("dev"));
    QCOMPARE(stepAt(book, 119)->environment, QStringLiteral("prod"));
    QVERIFY(stepAt(book, 65)->environment.isEmpty());
    const Step* gate = stepAt(book, 112);
    QCOMPARE(gate->kind, StepKind::Gate);
    QCOMPARE(gate->requiresEnvironment, QStringLiteral("dev"));
    for (const int line : {108, 119}) {
        const QString reference = stepAt(book, line)->refersTo;
        QVERIFY(reference.startsWith(u'#'));
        QCOMPARE(book.sections[reference.mid(1).toInt()].title,
                 QStringLiteral("6) Smoke Tests (Both Environments)"));
    }
}

void TestDocuments::deploymentGuideSmokeTests() {
    OPEN_DOCUMENT(book, "readme-deployment-guide.md");
    // Five fences hang behind lists, and each belongs to the item above it.
    QCOMPARE(countSteps(book, [](const Step& step) { return !step.commands.isEmpty(); }), 5);
    QCOMPARE(book.counts.commands, 5);
    const Step* upload = stepAt(book, 128);
    QCOMPARE(upload->range.last, 139);
    QCOMPARE(upload->expectations.size(), 3);
    QCOMPARE(upload->expectations[0].kind, ExpectationKind::HttpStatus);
    QCOMPARE(upload->expectations[0].text, QStringLiteral("200"));
    QCOMPARE(upload->expectations[1].kind, ExpectationKind::Manual);
    QVERIFY(upload->placeholders.contains(QStringLiteral("API_BASE_URL")));
    QVERIFY(upload->placeholders.contains(QStringLiteral("/absolute/path/to/book.pdf")));
    const auto isUndefined = [](const Diagnostic& d) {
        return d.message.contains(u"API_BASE_URL");
    };
    const auto found = std::find_if(book.diagnostics.begin(), book.diagnostics.end(), isUndefined);
    QVERIFY(found != book.diagnostics.end());
    QCOMPARE(found->line, 125);
    // One list for Markdown, whose numbers restart: the third test has three parts.
    const Step* frontend = stepAt(book, 141);
    QVERIFY(frontend != nullptr);
    QCOMPARE(countSteps(book,
                        [&](const Step& step) {
                            return step.parent >= 0 && book.steps[step.parent].id == frontend->id;
                        }),
             3);
    // "up" without -d blocks.
    QVERIFY(stepAt(book, 151)->commands.first().streaming);
    QVERIFY(stepAt(book, 155)->commands.first().streaming);
    QVERIFY(!stepAt(book, 159)->commands.first().streaming);
}

void TestDocuments::reviewWithLostHeadings() {
    OPEN_DOCUMENT(book, "voxbento-deployment-review.md");
    QCOMPARE(book.title, QStringLiteral("Skill: Deployment Review"));
    QCOMPARE(book.sections.size(), 1 + 11);
    QCOMPARE(book.counts.commands, 12);
    QCOMPARE(book.contract.size(), 11);
    QCOMPARE(book.contract.first().name, QStringLiteral("SECRET_KEY"));
    QVERIFY(book.contract.first().rules.contains(u"32+ char"));
    QVERIFY(book.contract.first().rules.contains(u"NOT change-me"));
    QCOMPARE(book.contract.first().line, 16);
    QVERIFY(book.contract[5].rules.contains(u"HTTPS"));
    const auto delimiter = std::find_if(book.diagnostics.begin(), book.diagnostics.end(),
                                        [](const Diagnostic& d) { return d.line == 15; });
    QVERIFY(delimiter != book.diagnostics.end());
    QVERIFY(delimiter->message.contains(u"|---|---|"));
    // "jitsi-*" and "--workers N" are what they say.
    QCOMPARE(book.counts.placeholders, 2); // the base address of the two requests
    QVERIFY(std::none_of(book.steps.begin(), book.steps.end(), [](const Step& step) {
        return step.range.first >= 75 && step.range.first <= 81;
    }));
}

void TestDocuments::reviewChecksAndRollback() {
    OPEN_DOCUMENT(book, "voxbento-deployment-review.md");
    int json = 0;
    for (const Step& step : book.steps) {
        json += int(
            std::count_if(step.expectations.begin(), step.expectations.end(),
                          [](const Expectation& e) { return e.kind == ExpectationKind::Json; }));
    }
    QCOMPARE(json, 3);
    QCOMPARE(stepAt(book, 83)->expectations.first().text,
             QStringLiteral("{ok: true, mediamtx_ok: true}"));
    // The arrow of line 37 is information, that of line 39 an expectation.
    QVERIFY(stepAt(book, 36)->expectations.isEmpty());
    QCOMPARE(stepAt(book, 38)->expectations.first().line, 39);
    QCOMPARE(countSteps(book,
                        [&](const Step& s) {
                            return sectionTitle(book, s) == QStringLiteral("Startup Sequence");
                        }),
             6);
    QCOMPARE(book.counts.rollbackSteps, 4);
    const Step* downgrade = stepAt(book, 63);
    QCOMPARE(downgrade->kind, StepKind::Manual);
    QCOMPARE(downgrade->commands.size(), 1);
    QVERIFY(!downgrade->commands.first().asWritten);
    QVERIFY(downgrade->commands.first().destructive);
    QCOMPARE(downgrade->commands.first().text, QStringLiteral("uv run alembic downgrade -1"));
    QCOMPARE(countSteps(book,
                        [&](const Step& s) {
                            return sectionTitle(book, s) ==
                                       QStringLiteral("Post-Deploy Verification") &&
                                   s.kind == StepKind::Manual;
                        }),
             7);
}

void TestDocuments::readinessReview() {
    OPEN_DOCUMENT(book, "voxbento-production-readiness-review.md");
    QCOMPARE(book.counts.commands, 5);
    QCOMPARE(countSteps(book, [](const Step& s) { return s.kind == StepKind::Command; }), 5);
    QCOMPARE(countSteps(book, [](const Step& s) { return s.kind == StepKind::Manual; }), 5);
    QCOMPARE(emptySections(book), 3);
    const auto gap = [](const Risk& risk) { return !risk.status.isEmpty(); };
    const auto open = [](const Risk& risk) { return risk.status.startsWith(u"Not fixed"); };
    QCOMPARE(std::count_if(book.risks.begin(), book.risks.end(), gap), 5);
    QCOMPARE(std::count_if(book.risks.begin(), book.risks.end(), open), 3);
    QCOMPARE(book.risks.size(), 5 + 5);
    QVERIFY(book.risks[5].text.contains(u"MAX_TOTAL_WORKERS = 10"));
}

void TestDocuments::finishedLog() {
    OPEN_DOCUMENT(book, "yapit-production-deployment-verification.md");
    QCOMPARE(book.kind, DocumentKind::History);
    QVERIFY(std::all_of(book.sections.begin(), book.sections.end(),
                        [](const Section& section) { return section.lane == Lane::Reference; }));
    QCOMPARE(countSteps(book, [](const Step& s) { return s.lane != Lane::Reference; }), 0);
    QCOMPARE(countSteps(book, [](const Step& s) { return !s.commands.isEmpty(); }), 0);
    QCOMPARE(book.counts.commands, 0);
    // The four tests for the user are readable, and the five criteria are known.
    QCOMPARE(
        countSteps(book, [](const Step& s) { return s.range.first >= 50 && s.range.first <= 53; }),
        4);
    QCOMPARE(book.counts.steps, 4);
    QCOMPARE(book.conditions.size(), 5);
}

void TestDocuments::storedFormIsComplete_data() {
    QTest::addColumn<QByteArray>("bytes");
    bool isAny = false;
    for (const char* name :
         {"interview-insights-production-checklist.md", "readme-deployment-guide.md",
          "voxbento-deployment-review.md", "voxbento-production-readiness-review.md",
          "yapit-production-deployment-verification.md"}) {
        const QByteArray bytes = document(name);
        if (!bytes.isEmpty()) {
            QTest::newRow(name) << bytes;
            isAny = true;
        }
    }
    if (!isAny) {
        QSKIP("The shared folder is absent.");
    }
}

void TestDocuments::storedFormIsComplete() {
    QFETCH(QByteArray, bytes);
    const Runbook book = parseRunbook(bytes);
    Result<Runbook> back = runbookFromJson(runbookToJson(book));
    QVERIFY(back.has_value());
    back->source = bytes;
    QVERIFY(*back == book);
    QCOMPARE(parseRunbook(bytes), book);
}

} // namespace tests

QTEST_APPLESS_MAIN(tests::TestDocuments)
#include "tst_documents.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/report.h"

#include "app/journal/sqlitejournal.h"
#include "models/run/draft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <cmark-gfm.h>

using app::ReportFormat;
using models::StepId;

namespace {

const models::RunId run(QStringLiteral("01testrun00000000000000001"));

/// Would be mark-up in any of the formats, if it were let through.
const QString hostile = QStringLiteral(
    "<script>alert(1)</script> [a](javascript:x) ![i](http://example.com/i.png) **b** `c` "
    "http://example.com | # h &amp; \"q\" 'r' %1 </pre></style>");

models::Step step(const QString& id, const QString& title, const QString& command = {}) {
    models::Step made;
    made.id = StepId(id);
    made.title = title;
    made.section = 0;
    if (!command.isEmpty()) {
        made.kind = models::StepKind::Command;
        models::Command one;
        one.language = QStringLiteral("sh");
        one.text = command;
        made.commands = {one};
    }
    return made;
}

/// Texts of a run, all of them alike.
struct Texts {
    QString text;

    [[nodiscard]] models::Plan plan() const {
        models::Runbook runbook;
        runbook.title = text;
        runbook.sha256 = QStringLiteral("00ff");
        models::Section section;
        section.title = text;
        runbook.sections = {section};
        runbook.steps = {step(QStringLiteral("build"), text, text),
                         step(QStringLiteral("check"), text), step(QStringLiteral("tell"), text)};
        models::PlanContext context;
        context.workspaceName = text;
        context.runbookPath = text;
        context.environment = text;
        context.overrides = {{text, text}};
        return models::makePlan(runbook, context);
    }

    [[nodiscard]] QList<models::EventDraft> drafts() const {
        namespace draft = models::draft;
        models::Attempt attempt;
        attempt.script = text;
        attempt.edited = true;
        attempt.exitCode = 3;
        attempt.reason = text;
        attempt.expectations = {
            {{models::ExpectationKind::Contains, text, 4}, {models::Verdict::Fail, text, text}}};
        const StepId build(QStringLiteral("build"));
        return {draft::runStarted(plan(), {{QStringLiteral("A"), text}}),
                draft::variablesSet({{QStringLiteral("B"), text}}, {QStringLiteral("TOKEN")}),
                draft::stepStarted(build, attempt),
                draft::stepFinished(build, attempt, models::StepStatus::Failed),
                draft::stepMarkedPassed(build, text),
                draft::stepSkipped(StepId(QStringLiteral("check")), text),
                draft::noteAdded(StepId(QStringLiteral("check")), text),
                draft::noteAdded(StepId(), text),
                draft::evidencePinned(StepId(QStringLiteral("check")), text, {{{}, text, text}}),
                draft::evidencePinned(StepId(), text, {{{}, text, text}}),
                draft::runClosed(models::RunOutcome::SucceededWithDeviations, text)};
    }

    [[nodiscard]] app::StoredRun stored() const {
        app::StoredRun made;
        QByteArray head = models::chainOrigin();
        qint64 seq = 0;
        for (const models::EventDraft& one : drafts()) {
            models::Event event;
            event.run = run;
            event.seq = ++seq;
            event.at = {1'767'323'045'000'000'000 + seq * 1'000'000'000};
            event.actor = text;
            event.console = QStringLiteral("c1");
            event.kind = one.kind;
            event.payload = one.payload;
            models::sealEvent(event, head);
            head = event.hash;
            made.events.append(event);
        }
        return made;
    }

    [[nodiscard]] QByteArray report(ReportFormat format) const {
        const models::Instant written{1'767'400'000'000'000'000};
        const auto output = [](const models::AttemptKey&, int) { return QByteArray(); };
        return app::formatReport(app::makeRecord(stored(), output, written), format);
    }
};

/// The kinds of nodes of a Markdown document, in order, with runs of text as one.
QStringList nodesOf(const QByteArray& markdown) {
    cmark_node* document = cmark_parse_document(
        markdown.constData(), static_cast<size_t>(markdown.size()), CMARK_OPT_DEFAULT);
    cmark_iter* iterator = cmark_iter_new(document);
    QStringList kinds;
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        const QString kind =
            QString::fromLatin1(cmark_node_get_type_string(cmark_iter_get_node(iterator)));
        if (kind != QLatin1String("text") || kinds.isEmpty() || kinds.last() != kind)
            kinds.append(kind);
    }
    cmark_iter_free(iterator);
    cmark_node_free(document);
    return kinds;
}

QStringList elementsOf(const QByteArray& html) {
    QByteArray xml = html.mid(html.indexOf("<body>"));
    xml.chop(xml.size() - xml.indexOf("</html>"));
    QXmlStreamReader reader(xml);
    QStringList elements;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement)
            elements.append(reader.name().toString());
    }
    if (reader.hasError())
        elements.append(reader.errorString());
    return elements;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formatsByName() {
        QCOMPARE(app::reportFormatFromName(QStringLiteral("md")), ReportFormat::Markdown);
        QCOMPARE(app::reportFormatFromName(QStringLiteral("html")), ReportFormat::Html);
        QCOMPARE(app::reportFormatFromName(QStringLiteral("json")), ReportFormat::Json);
        QCOMPARE(app::reportFormatFromName(QStringLiteral("pdf")), ReportFormat::Pdf);
        QVERIFY(!app::reportFormatFromName(QStringLiteral("doc")));
    }

    void saysWhoDidWhatWhenAndWhy() {
        const Texts texts{QStringLiteral("words")};
        const QJsonObject report =
            QJsonDocument::fromJson(texts.report(ReportFormat::Json)).object();
        QCOMPARE(report.value(QLatin1String("run")).toString(), run.text());
        QCOMPARE(report.value(QLatin1String("outcome")).toString(),
                 QStringLiteral("succeeded with deviations"));
        QCOMPARE(report.value(QLatin1String("secrets")).toArray(),
                 QJsonArray{QStringLiteral("TOKEN")});
        const QJsonArray steps = report.value(QLatin1String("steps")).toArray();
        QCOMPARE(steps.size(), 3);
        QCOMPARE(steps[0].toObject().value(QLatin1String("status")).toString(),
                 QStringLiteral("passed"));
        QCOMPARE(steps[0].toObject().value(QLatin1String("evidence")).toString(),
                 QStringLiteral("words"));
        const QJsonObject attempt =
            steps[0].toObject().value(QLatin1String("attempts")).toArray()[0].toObject();
        QCOMPARE(attempt.value(QLatin1String("exit")).toInt(), 3);
        QVERIFY(attempt.value(QLatin1String("edited")).toBool());
        QCOMPARE(attempt.value(QLatin1String("expectations"))
                     .toArray()[0]
                     .toObject()
                     .value(QLatin1String("verdict"))
                     .toString(),
                 QStringLiteral("fail"));
        QCOMPARE(steps[1].toObject().value(QLatin1String("status")).toString(),
                 QStringLiteral("skipped"));
        const QJsonValue pin = steps[1][u"pins"][0];
        QCOMPARE(pin[u"remark"].toString(), QStringLiteral("words"));
        QCOMPARE(pin[u"lines"][0][u"text"].toString(), QStringLiteral("words"));
        QCOMPARE(report[u"pins"].toArray().size(), 1);
        QStringList deviations;
        for (const QJsonValue& fact : report.value(QLatin1String("deviations")).toArray())
            deviations.append(fact.toObject().value(QLatin1String("what")).toString());
        QCOMPARE(
            deviations,
            (QStringList{QStringLiteral("Started all the same"), QStringLiteral("Step started"),
                         QStringLiteral("Step marked passed"), QStringLiteral("Step skipped")}));
        QCOMPARE(report.value(QLatin1String("events")).toArray().size(), 11);
        const QJsonObject chain = report.value(QLatin1String("chain")).toObject();
        QVERIFY(chain.value(QLatin1String("verified")).toBool());
        QCOMPARE(chain.value(QLatin1String("head")).toString(),
                 QString::fromLatin1(texts.stored().events.last().hash.toHex()));
    }

    void readableFormatsSayTheSame_data() {
        QTest::addColumn<ReportFormat>("format");
        QTest::newRow("markdown") << ReportFormat::Markdown;
        QTest::newRow("html") << ReportFormat::Html;
    }
    void readableFormatsSayTheSame() {
        QFETCH(ReportFormat, format);
        const Texts texts{QStringLiteral("words")};
        QString report = QString::fromUtf8(texts.report(format)).remove(QLatin1Char('\\'));
        for (const QString& said :
             {QStringLiteral("succeeded with deviations"), QStringLiteral("Step skipped"),
              QStringLiteral("exit status 3"), QStringLiteral("FAIL: words"),
              QStringLiteral("2026-01-02 03:04:06 UTC"), QStringLiteral("(secret)"),
              QStringLiteral("after 10.00 s"), QStringLiteral("The chain of 11 events verified"),
              QStringLiteral("1 line of words"),
              QString::fromLatin1(texts.stored().events.last().hash.toHex())})
            QVERIFY2(report.contains(said), qPrintable(said));
    }

    void nothingBecomesMarkUpInMarkdown() {
        const QByteArray report = Texts{hostile}.report(ReportFormat::Markdown);
        QCOMPARE(nodesOf(report),
                 nodesOf(Texts{QStringLiteral("words")}.report(ReportFormat::Markdown)));
        const QByteArray fences =
            Texts{QStringLiteral("```\n~~~~\n````\n# x\n<!-- y")}.report(ReportFormat::Markdown);
        QCOMPARE(nodesOf(fences), nodesOf(report));
    }

    void plainWordsNeedNoEscapes() {
        const QString plain = QStringLiteral("GET /healthz: 200 (v1.4.0-rc.1) at 05:28:50, ok!");
        const QByteArray report = Texts{plain}.report(ReportFormat::Markdown);
        QVERIFY(report.contains(plain.toUtf8()));
    }

    void nothingBecomesMarkUp_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"1. list",
                                 "2) list",
                                 "- list",
                                 "+ list",
                                 "=== ",
                                 "# heading",
                                 "www.example.com",
                                 "see WWW.example.com",
                                 "http://example.com",
                                 "ops@example.com",
                                 "mailto:a@b.c",
                                 "xmpp:a@b.c/d",
                                 "*a*",
                                 "_a_",
                                 "~~a~~",
                                 "![a](b)",
                                 "[a]: b",
                                 "<b>",
                                 "&lt;",
                                 "a|b",
                                 "`a`",
                                 "a\\",
                                 ":smile:",
                                 "$a$",
                                 "> quote",
                                 "* * *",
                                 "--- | ---"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void nothingBecomesMarkUp() {
        QFETCH(QString, text);
        QCOMPARE(nodesOf(Texts{text}.report(ReportFormat::Markdown)),
                 nodesOf(Texts{QStringLiteral("words")}.report(ReportFormat::Markdown)));
    }

    void nothingBecomesMarkUpInHtml() {
        const QByteArray report = Texts{hostile}.report(ReportFormat::Html);
        QCOMPARE(elementsOf(report),
                 elementsOf(Texts{QStringLiteral("words")}.report(ReportFormat::Html)));
        QVERIFY(!report.contains("<script"));
        QVERIFY(!report.contains("<img"));
        QVERIFY(!report.contains("href"));
        QVERIFY(report.contains("default-src 'none'; style-src 'unsafe-inline'"));
        QVERIFY(report.contains("prefers-color-scheme: dark"));
    }

    void damageIsSaid_data() { readableFormatsSayTheSame_data(); }
    void damageIsSaid() {
        QFETCH(ReportFormat, format);
        app::StoredRun stored = Texts{QStringLiteral("words")}.stored();
        stored.damage = QStringLiteral("Event 3 was changed");
        const auto none = [](const models::AttemptKey&, int) { return QByteArray(); };
        const QByteArray report = app::formatReport(app::makeRecord(stored, none, {}), format);
        QVERIFY(report.contains("does NOT verify"));
        QVERIFY(report.contains("Event 3 was changed"));
    }

    void anEmptyOrForeignRunIsNoCrash() {
        const auto none = [](const models::AttemptKey&, int) { return QByteArray(); };
        for (const ReportFormat format :
             {ReportFormat::Markdown, ReportFormat::Html, ReportFormat::Json}) {
            QVERIFY(!app::formatReport(app::makeRecord({}, none, {}), format).isEmpty());
            app::StoredRun stored = Texts{QStringLiteral("words")}.stored();
            stored.events.removeFirst();
            QVERIFY(!app::formatReport(app::makeRecord(stored, none, {}), format).isEmpty());
        }
    }

    void readableOutput_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QByteArrayLiteral("a\tb\nc") << QStringLiteral("a\tb\nc");
        QTest::newRow("colour") << QByteArrayLiteral("\x1b[1;31mred\x1b[0m")
                                << QStringLiteral("red");
        QTest::newRow("title") << QByteArrayLiteral("\x1b]0;title\x07text")
                               << QStringLiteral("text");
        QTest::newRow("link") << QByteArrayLiteral("\x1b]8;;http://example.com\x1b\\text")
                              << QStringLiteral("text");
        QTest::newRow("charset") << QByteArrayLiteral("\x1b(Btext\x1b=") << QStringLiteral("text");
        QTest::newRow("returns") << QByteArrayLiteral("1%\r2%\r\ndone")
                                 << QStringLiteral("1%\n2%\ndone");
        QTest::newRow("controls") << QByteArray("a\0b\x08"
                                                "c\x7f",
                                                6)
                                  << QStringLiteral("abc");
        QTest::newRow("invalid") << QByteArrayLiteral("a\xff") << QStringLiteral("a\uFFFD");
        QTest::newRow("direction") << QByteArrayLiteral("a\u202Eb") << QStringLiteral("a\uFFFDb");
    }
    void readableOutput() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(app::readableOutput(bytes), text);
    }

    void readableDuration_data() {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << qint64(350) << QStringLiteral("0.35 s");
        QTest::newRow("minute") << qint64(64'000) << QStringLiteral("1 min 04 s");
        QTest::newRow("hours") << qint64(7'500'000) << QStringLiteral("2 h 05 min");
        QTest::newRow("backwards") << qint64(-5) << QStringLiteral("–");
    }
    void readableDuration() {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, text);
        const models::Instant from{1'700'000'000'000'000'000};
        QCOMPARE(app::readableDuration(from, {from.nanoseconds + milliseconds * 1'000'000}), text);
    }

    void takesOutputsFromTheJournal() {
        const QTemporaryDir folder;
        app::JournalOptions options;
        options.folder = folder.filePath(QStringLiteral("gantry"));
        app::SqliteJournal journal(options);
        const QList<models::EventDraft> drafts = Texts{QStringLiteral("words")}.drafts();
        app::Append first{run, drafts.mid(0, 3), {}, QStringLiteral("lead@desk")};
        auto created = journal.create(first);
        created.waitForFinished();
        QVERIFY(created.result());
        app::Append rest{run, drafts.mid(3), {}, QStringLiteral("lead@desk")};
        const models::AttemptKey key{run, StepId(QStringLiteral("build")), 1};
        const QByteArray lines = QByteArray("one line of many\n").repeated(500);
        rest.bodies = {{key, 0, 0, lines.size(), lines}, {key, 1, 0, 8, "warning\n"}};
        auto appended = journal.append(rest);
        appended.waitForFinished();
        QVERIFY(appended.result());

        auto report = app::makeReport(journal, run, ReportFormat::Html, {1}, {}, 1000);
        report.waitForFinished();
        QVERIFY(report.result());
        const QByteArray html = report.result().value();
        QVERIFY(html.contains("<pre>one line of many\n"));
        QVERIFY(html.contains("<pre>warning\n</pre>"));
        QVERIFY(html.contains("left out here"));
        QVERIFY(html.count("one line of many") < 70);

        auto missing = app::makeReport(journal, models::RunId(QStringLiteral("none")),
                                       ReportFormat::Html, {1});
        missing.waitForFinished();
        QCOMPARE(missing.result().error().code, models::ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"

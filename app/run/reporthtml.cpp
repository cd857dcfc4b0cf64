// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"

namespace app {

namespace {

QString escaped(const QString& text) {
    // Beside mark-up, the quotes, so that a text may stand in an attribute as well.
    return text.toHtmlEscaped().replace(QLatin1Char('\''), QStringLiteral("&#39;"));
}

QString element(const QString& name, const QString& text) {
    return QStringLiteral("<%1>%2</%1>\n").arg(name, escaped(text));
}

QString labelled(const QString& label, const QString& text) {
    return text.isEmpty()
               ? QString()
               : QStringLiteral("<p><b>%1</b> %2</p>\n").arg(escaped(label), escaped(text));
}

QString block(const QString& label, const QString& text) {
    return text.isEmpty() ? QString()
                          : QStringLiteral("<p class=\"label\">%1</p>\n<pre>%2</pre>\n")
                                .arg(escaped(label), escaped(text));
}

QString pairs(const QList<QPair<QString, QString>>& values) {
    QString rows;
    for (const auto& [name, value] : values)
        rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n")
                    .arg(escaped(name), escaped(value));
    return QStringLiteral("<table>\n%1</table>\n").arg(rows);
}

QString cells(const QString& tag, const QStringList& texts) {
    QString row;
    for (const QString& text : texts)
        row += QStringLiteral("<%1>%2</%1>").arg(tag, escaped(text));
    return QStringLiteral("<tr>%1</tr>\n").arg(row);
}

QString table(const QStringList& header, const QList<QStringList>& rows) {
    QString text = cells(QStringLiteral("th"), header);
    for (const QStringList& row : rows)
        text += cells(QStringLiteral("td"), row);
    return QStringLiteral("<table>\n%1</table>\n").arg(text);
}

QString facts(const QList<RecordedFact>& list) {
    QList<QStringList> rows;
    for (const RecordedFact& fact : list)
        rows.append({readableTime(fact.at), fact.actor, fact.what, fact.step, fact.detail});
    return table({QStringLiteral("When"), QStringLiteral("Who"), QStringLiteral("What"),
                  QStringLiteral("Step"), QStringLiteral("Detail")},
                 rows);
}

QString decided(const ReportTable& what) {
    QString text = element(QStringLiteral("h2"), what.title);
    if (!what.remark.isEmpty())
        text += element(QStringLiteral("p"), what.remark);
    return what.rows.isEmpty() ? text : text + table(what.header, what.rows);
}

QString notes(const QList<models::Note>& list) {
    QString items;
    for (const models::Note& note : list)
        items +=
            element(QStringLiteral("li"),
                    QStringLiteral("%1, %2: %3").arg(readableTime(note.at), note.actor, note.text));
    return items.isEmpty() ? items : QStringLiteral("<ul>\n%1</ul>\n").arg(items);
}

QString pins(const QList<models::Pin>& list) {
    QString text;
    for (const models::Pin& pin : list)
        text += block(pinSentence(pin), models::pinText(pin));
    return text;
}

QString attempt(const AttemptRecordText& record) {
    QString text = QStringLiteral("<div class=\"attempt\">\n");
    text += element(QStringLiteral("p"), attemptSentence(record));
    text += labelled(QStringLiteral("Reason"), record.attempt.reason);
    text += block(QStringLiteral("Evidence"), record.attempt.evidence);
    text += block(QStringLiteral("Command"), record.attempt.script);
    QString expectations;
    for (const models::ExpectationResult& result : record.attempt.expectations)
        expectations += element(QStringLiteral("li"), expectationSentence(result));
    if (!expectations.isEmpty())
        text += QStringLiteral("<ul>\n%1</ul>\n").arg(expectations);
    text += block(QStringLiteral("Output"), record.output[0]);
    text += block(QStringLiteral("Error output"), record.output[1]);
    return text + QStringLiteral("</div>\n");
}

/// Colours go by the status's own name, which is one of ours.
QString statusBadge(const QString& status, const QString& words) {
    return QStringLiteral("<span class=\"status %1\">%2</span>")
        .arg(escaped(status.section(QLatin1Char(' '), 0, 0)), escaped(words));
}

QString hosts(const QList<models::HostProgress>& list) {
    QList<QPair<QString, QString>> rows;
    for (const models::HostProgress& host : list)
        rows.append({host.host, hostSentence(host)});
    return labelled(QStringLiteral("Hosts"), models::hostSummary(list)) + pairs(rows);
}

QString step(const StepRecord& record) {
    const models::StepState& state = record.state;
    QString text = QStringLiteral("<section class=\"step\">\n<h3>%1 %2</h3>\n")
                       .arg(escaped(record.title), statusBadge(record.status, record.standing));
    text += labelled(QStringLiteral("Owner"), state.owner);
    if (!state.actor.isEmpty())
        text += labelled(QStringLiteral("Decided by"),
                         QStringLiteral("%1, %2").arg(state.actor, readableTime(state.changedAt)));
    text += labelled(QStringLiteral("Reason"), state.reason);
    text += block(QStringLiteral("Evidence"), state.evidence);
    if (!record.hosts.isEmpty())
        text += hosts(record.hosts);
    text += notes(state.notes) + pins(state.pins);
    for (const AttemptRecordText& one : record.attempts)
        text += attempt(one);
    return text + QStringLiteral("</section>\n");
}

QString style() {
    return QStringLiteral(R"(
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #ffffff;
  --plate: #f3f5f7; --line: #d0d7de; --good: #1a7f37; --bad: #c6262f; --unsure: #8a5a00;
  --curve: #0b62c4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #9aa5b1; --paper: #14181d;
  --plate: #1e242b; --line: #38414b; --good: #4cc26a; --bad: #ff7b7b; --unsure: #e3b341;
  --curve: #6cb0ff; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem;
  border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
pre { background: var(--plate); border: 1px solid var(--line); border-radius: 4px; padding: .5rem;
  white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.4 ui-monospace, monospace; }
p { margin: .25rem 0; } .label { color: var(--soft); }
.step { border-top: 1px solid var(--line); padding: .75rem 0; } .attempt { margin-left: 1rem; }
.status { font-size: .8rem; font-weight: 600; border: 1px solid; border-radius: 1rem;
  padding: 0 .5rem; color: var(--soft); }
.passed { color: var(--good); } .failed { color: var(--bad); } .unknown { color: var(--unsure); }
.damage { color: var(--bad); font-weight: 600; }
.timeline { width: 100%; height: auto; }
.timeline .quiet { fill: var(--soft); } .timeline .good { fill: var(--good); }
.timeline .bad { fill: var(--bad); } .timeline .unsure { fill: var(--unsure); }
.timeline .line { fill: var(--line); } .timeline .curve { fill: none;
  stroke: var(--curve); stroke-width: 1.5; stroke-linecap: round; } .timeline .soft { fill: var(--soft); }
@media print { body { max-width: none; margin: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
)");
}

QString head(const RunRecord& record) {
    return QStringLiteral(
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'unsafe-inline'\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<title>%1</title>\n<style>%2</style>\n</head>\n<body>\n")
        .arg(escaped(reportTitle(record)), style());
}

} // namespace

QString htmlBody(const RunRecord& record, const QString& timeline) {
    QString text =
        element(QStringLiteral("h1"), reportTitle(record)) + pairs(reportSummary(record));
    text += QStringLiteral("<h2>Deviations</h2>\n");
    text +=
        record.deviations.isEmpty() ? QStringLiteral("<p>None.</p>\n") : facts(record.deviations);
    if (!timeline.isEmpty())
        text += QStringLiteral("<h2>Timeline</h2>\n") + timeline + QLatin1Char('\n');
    for (const ReportTable& one : reportTables(record))
        text += decided(one);
    if (const auto variables = reportVariables(record); !variables.isEmpty())
        text += QStringLiteral("<h2>Variables</h2>\n") + pairs(variables);
    if (!record.state.notes.isEmpty())
        text += QStringLiteral("<h2>Notes</h2>\n") + notes(record.state.notes);
    if (!record.state.pins.isEmpty())
        text += QStringLiteral("<h2>Pinned log lines</h2>\n") + pins(record.state.pins);
    text += QStringLiteral("<h2>Steps</h2>\n");
    QString section;
    for (const StepRecord& one : record.steps) {
        if (one.section != section)
            text += QStringLiteral("<p class=\"label\">%1</p>\n").arg(escaped(one.section));
        section = one.section;
        text += step(one);
    }
    text += QStringLiteral("<h2>What happened</h2>\n") + facts(record.facts);
    text += QStringLiteral("<h2>Journal</h2>\n<p%1>%2</p>\n<p>Head: <code>%3</code></p>\n")
                .arg(record.damage.isEmpty() ? QString() : QStringLiteral(" class=\"damage\""),
                     escaped(chainSentence(record)), record.head);
    return text;
}

QByteArray htmlReport(const RunRecord& record) {
    return (head(record) + htmlBody(record, timelineSvg(record.timeline)) +
            QStringLiteral("</body>\n</html>\n"))
        .toUtf8();
}

} // namespace app
